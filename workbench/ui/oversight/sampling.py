"""A dip sample: cases drawn by chance, by a seed that is shown, so that the draw can be repeated."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.oversight import presenter
from workbench.ui.oversight.presenter import Drawn
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import Choose, LineField
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_COUNTS = {"5": "5 cases", "10": "10 cases", "20": "20 cases"}


class SamplePart(QWidget):
    """Draws a sample; each case of it opens as a look."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Dip sample")
        self._shell = shell
        lines = column(self, gap=10)
        tools = QWidget()
        flow = Flow(tools, gap=10)
        self._count = Choose("How many cases", _COUNTS)
        self._seed = LineField("Seed; leave it empty to draw by chance", "Seed, or empty")
        self._seed.returnPressed.connect(self.draw)
        flow.addWidget(self._count)
        flow.addWidget(self._seed)
        flow.addWidget(Button("Draw a sample", self.draw, icon="list-checks", kind="secondary"))
        lines.addWidget(tools)
        self._says = Label(
            "Cases drawn by chance, whatever is due on them. The draw is logged.",
            "quiet",
        )
        lines.addWidget(self._says)
        self._rows = Rows("Cases drawn", lines=2)
        self._rows.opened.connect(lambda case: shell.go(Place("review", case=case)))
        self._none = Nothing(
            "Nothing drawn yet", "The cases drawn will stand here; each opens as a look.", icon="list-checks"
        )
        lines.addWidget(self._none)
        lines.addWidget(self._rows, 1)
        lines.addStretch(0)
        self._rows.hide()

    def first(self) -> QWidget:
        """How many to draw."""
        return self._count

    def draw(self) -> None:
        """Draws."""
        seed, count = self._seed.text(), int(self._count.key())
        self._shell.ask(lambda desk: presenter.draw(desk, seed, count), self._show, key="sample")

    def _show(self, drawn: Drawn) -> None:
        self._says.say(drawn.says)
        self._rows.show_rows(drawn.rows)
        self._rows.setVisible(bool(drawn.rows))
        self._none.setVisible(not drawn.rows)
        self._rows.choose(drawn.rows[0].key if drawn.rows else "")
