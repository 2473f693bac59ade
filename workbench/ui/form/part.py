"""One part of a row: a small heading, what is wrong, the field; several stand side by side where there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from workbench.ui.form.base import Field
from workbench.ui.form.wrong import Wrong
from workbench.ui.look.look import in_force
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.text import Label

WIDE = ("narrative", "evidence", "actions", "repeat")
LEAST = 215


class Part(QWidget):
    """A field of a row with its small heading."""

    def __init__(
        self,
        field: Field,
        title: str,
        *,
        wide: bool = False,
        when: Callable[[], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._when = when
        self.wide = wide or field.question.kind in WIDE
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        lines = column(self, gap=3)
        lines.addWidget(Label(title, "small", parent=self))
        self._wrong = Wrong(self)
        lines.addWidget(self._wrong)
        lines.addWidget(field)
        field.show_value()

    def refresh(self) -> bool:
        """Follows the sheet; gives whether it is asked."""
        asked = self.field.sheet.visible(self.field.path) and (self._when is None or self._when())
        says = self.field.sheet.error(self.field.path) if asked else ""
        self._wrong.say(says)
        self.field.say_wrong(says)
        self.field.refresh()
        return asked


class Parts(QWidget):
    """Parts side by side in as many columns as there is room for; wide ones take a line of their own."""

    def __init__(self, parts: Iterable[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = list(parts)
        for part in self.parts:
            # Shown before it is laid out it would be a window of its own, and take the cursor from this one.
            part.setParent(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        look = in_force()
        self._grid.setHorizontalSpacing(look.gap(14))
        self._grid.setVerticalSpacing(look.gap(10))
        self._laid: tuple[int, tuple[bool, ...]] = (0, ())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.refresh()

    def refresh(self) -> None:
        """Follows the sheet."""
        shown = tuple(part.refresh() for part in self.parts)
        # Where the whole list is left out, its rows stay as they were, greyed.
        self._lay(shown if any(shown) or not self._laid[1] else self._laid[1])

    def event(self, event: QEvent) -> bool:
        """Lays its parts out anew at another width."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Resize:
            self._lay(self._laid[1])
        return handled

    def _lay(self, shown: tuple[bool, ...]) -> None:
        columns = max(1, min(3, self.width() // in_force().px(LEAST)))
        if (columns, shown) == self._laid:
            return
        self._laid = (columns, shown)
        for part in self.parts:
            # Not `takeAt`: Qt then keeps the heights that it measured for each width, whatever is said there later.
            self._grid.removeWidget(part)
        line, at = 0, 0
        for part, visible in zip(self.parts, shown, strict=True):
            part.setVisible(visible)
            if not visible:
                continue
            if part.wide or at == columns:
                line, at = line + (1 if at else 0), 0
            if part.wide:
                self._grid.addWidget(part, line, 0, 1, columns)
                line += 1
            else:
                self._grid.addWidget(part, line, at, Qt.AlignmentFlag.AlignTop)
                at += 1
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
