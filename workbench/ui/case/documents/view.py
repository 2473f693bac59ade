"""Documents and reports on the screen: look at what went out, save a copy, draw another report."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.casework import reporting
from workbench.models.released import Picture
from workbench.ui.case.documents import presenter
from workbench.ui.case.documents.presenter import Document, Documents
from workbench.ui.case.parts import PartsTab
from workbench.ui.report import leaving
from workbench.ui.report.pages import Pages
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets import choosing
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import row, while_there
from workbench.ui.widgets.panels import Card, Nothing
from workbench.ui.widgets.text import Label

_POINTS_ACROSS = 595
_MOST_PAGES = 400


class DocumentsTab(PartsTab):
    """Documents that came in and reports that went out."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        # What is looked at, by the hash of its file.
        self._open: dict[str, Pages] = {}

    def clear(self) -> None:
        """Takes everything away, also what is looked at."""
        super().clear()
        self._open.clear()

    def arrive(self, place: Place) -> None:
        """Asks for them."""
        self.come_to(place)
        case = place.case
        self.shell.ask(lambda desk: presenter.listed(desk, case), self._show, key="documents")

    def _show(self, found: Documents) -> None:
        if found.case != self.case:
            return
        self.clear()
        draw = partial(self.shell.go, Place("report", case=self.case))
        self.top.addWidget(
            Button("Make a report", draw, icon="file-text", kind="secondary"), 0, Qt.AlignmentFlag.AlignLeft
        )
        if not found.documents:
            says = "Reports stand here as they went out, with the files that were brought in."
            self.top.addWidget(Nothing("No document yet", says, icon="paperclip"))
        for document in found.documents:
            self.top.addWidget(self._card(document))

    def _card(self, document: Document) -> Card:
        card = Card("", gap=4)
        card.body.addWidget(Label(document.name, "strong", copyable=True))
        card.body.addWidget(Label(document.about, "quiet"))
        across = row(gap=14)
        if document.pages:
            look = Button("", icon="eye", kind="link")
            look.clicked.connect(lambda _=False: self._look(document, card, look))
            _say_look(look, document, opened=False)
            across.addWidget(look)
        save = Button("Save a copy", partial(self._save, document), icon="download", kind="link")
        save.setAccessibleName(f"Save a copy of {document.name}")
        across.addWidget(save)
        across.addWidget(self.to_entry("The entry", document.entry))
        across.addStretch(1)
        card.body.addLayout(across)
        return card

    def _look(self, document: Document, card: Card, button: Button) -> None:
        """Shows its pages below it, or closes them again."""
        case, shown = self.case, self._open.pop(document.sha256, None)
        _say_look(button, document, opened=shown is None)
        if shown is not None:
            shown.hide()
            shown.deleteLater()
            return
        pages = self._open[document.sha256] = Pages()
        pages.setMinimumHeight(max(320, self.height() - 80))
        card.body.addWidget(pages)

        def show(data: bytes) -> None:
            pages.wanted.connect(partial(self._draw, data, pages))
            self.shell.apart(
                lambda: len(reporting.page_pictures(data, range(_MOST_PAGES), 0.02)),
                while_there(pages, lambda count: pages.show_report(count, draft=False)),
            )

        self.shell.ask(
            lambda desk: presenter.read(desk, case, document.sha256, keep=False), while_there(pages, show)
        )

    def _draw(self, data: bytes, pages: Pages, number: int, width: int) -> None:
        scale = width * self.devicePixelRatioF() / _POINTS_ACROSS

        def show(found: tuple[Picture, ...]) -> None:
            if found:
                pages.show_page(number, found[0])

        self.shell.apart(
            lambda: reporting.page_pictures(data, range(number, number + 1), scale), while_there(pages, show)
        )

    def _save(self, document: Document) -> None:
        case = self.case
        ending = Path(document.name).suffix
        chosen = choosing.file_to_save(self, "Save a copy", f"document{ending}", f"*{ending}")
        if not chosen:
            return

        def write(data: bytes) -> None:
            failed = leaving.written(Path(chosen), data)
            says = "A copy was saved. It is outside the workbench now: look after it."
            self.shell.say(failed or says, "danger" if failed else "good")

        self.shell.ask(lambda desk: presenter.read(desk, case, document.sha256, keep=True), write)


def _say_look(button: Button, document: Document, *, opened: bool) -> None:
    """Says on the button what it does next, and of which document in its name."""
    button.say("Close it" if opened else "Look at it", "x" if opened else "eye")
    button.setAccessibleName(f"{'Close' if opened else 'Look at'} {document.name}")
