"""What the parts of the exchange have in common."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Shell
from workbench.ui.trust.part import WIDEST, Part
from workbench.ui.widgets.announce import announce
from workbench.ui.widgets.flow import Page, column


class ExchangePart(Part):
    """A part of the exchange; `changed` asks anew what waits in the others."""

    changed = Signal()
    help_page = "exchange"


class ExchangeSheet(ExchangePart):
    """A part that is a column of cards and scrolls."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.page = Page(width=WIDEST)
        column(self).addWidget(self.page)
        self.column = self.page.column

    def reveal(self, widget: QWidget) -> None:
        """Scrolls so that a widget just made stands at the top, and has it read out."""
        announce(widget)
        # The page takes its new height in the turn after this one's layout.
        QTimer.singleShot(0, widget, lambda: QTimer.singleShot(0, widget, lambda: self._scroll_to(widget)))

    def _scroll_to(self, widget: QWidget) -> None:
        sheet = self.page.widget()
        if sheet is not None and sheet.isAncestorOf(widget):
            self.page.verticalScrollBar().setValue(widget.mapTo(sheet, QPoint()).y() - in_force().px(10))
