"""The recovery code: shown once in groups of four, written down, and typed back before one goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from workbench.ui.gate.field import Field
from workbench.ui.gate.sheet import print_sheet
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import LineField
from workbench.ui.widgets.panels import Band
from workbench.ui.widgets.text import Label

_ACROSS = 5


def plain(code: str) -> str:
    """A code without what people add when they write it: spaces, hyphens, small letters."""
    return "".join(each for each in code.upper() if each.isalnum())


class RecoveryCode(QWidget):
    """Shows a code, covers it once it was written down, and asks for it; `known` is told when it was typed back."""

    known = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = code
        lines = column(self, gap=12)
        lines.addWidget(
            Label(
                "It opens the store when the passphrase is forgotten or this laptop is gone. "
                "It is shown now and never again. Nobody else has it."
            )
        )
        self._shown = QWidget()
        inner = column(self._shown, gap=12)
        inner.addWidget(_groups(code))
        inner.addWidget(
            Label("Write it down, or print it. Keep it apart from the laptop, in a locked place.", "quiet")
        )
        buttons = QWidget()
        across = Flow(buttons)
        self.go = Button("I have written it down", self._cover, kind="primary")
        across.addWidget(self.go)
        across.addWidget(Button("Print it", self._print, icon="printer", kind="secondary"))
        inner.addWidget(buttons)
        lines.addWidget(self._shown)
        self._asked = QWidget()
        inner = column(self._asked, gap=12)
        inner.addWidget(Band("The code is covered now. Type it from your paper.", "info"))
        self._typed = LineField("Recovery code, typed back")
        self._typed.returnPressed.connect(self._check)
        self.field = Field("Recovery code", self._typed, "Small letters and spaces do not matter.")
        inner.addWidget(self.field)
        buttons = QWidget()
        across = Flow(buttons)
        across.addWidget(Button("Check it and go on", self._check, kind="primary"))
        across.addWidget(Button("Show the code again", self._uncover, icon="eye", kind="link"))
        inner.addWidget(buttons)
        lines.addWidget(self._asked)
        self._asked.hide()

    def _cover(self) -> None:
        self._shown.hide()
        self._asked.show()
        self._typed.setFocus()

    def _uncover(self) -> None:
        self._asked.hide()
        self._shown.show()
        self.go.setFocus()

    def _check(self) -> None:
        if plain(self._typed.text()) == plain(self._code):
            self.field.refuse("")
            self.known.emit()
        else:
            self.field.refuse(self._difference())

    def _difference(self) -> str:
        """Which group is wrong, so that nobody types 52 letters again for one."""
        typed, wanted = plain(self._typed.text()), plain(self._code)
        if len(typed) != len(wanted):
            return f"The code has {len(wanted)} letters and digits; this has {len(typed)}."
        place = next(number for number in range(len(wanted)) if typed[number] != wanted[number])
        return f"Group {place // 4 + 1} is not as it was shown. Look at it again."

    def _print(self) -> None:
        print_sheet(self, self._code)


def _groups(code: str) -> QFrame:
    """The groups in lines of five, each with its number."""
    frame = QFrame()
    frame.setProperty("band", "plain")
    frame.setAccessibleName(f"Recovery code: {code.replace('-', ' ')}")
    held = column(frame, margin=14)
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(in_force().px(12))
    for place, group in enumerate(code.split("-")):
        pair = QWidget()
        lines = column(pair, gap=0)
        lines.addWidget(Label(str(place + 1), "small", wrap=False), 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(Label(group, "display", wrap=False))
        pair.setAccessibleName(f"Group {place + 1}: {' '.join(group)}")
        grid.addWidget(pair, *divmod(place, _ACROSS))
    held.addWidget(inner)
    return frame
