"""The report screen: choose the reader, look at every page, see what is held back, then issue, print or save."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.casework import reporting
from workbench.casework.reporting import Drawn
from workbench.errors import Expected
from workbench.models.released import Chosen, Picture
from workbench.models.results import Changes
from workbench.resources import Words, say
from workbench.ui.look.look import in_force
from workbench.ui.report import leaving, presenter
from workbench.ui.report.pages import Pages
from workbench.ui.report.presenter import Asked, Choices, Ready
from workbench.ui.report.side import Side
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.flow import column, empty, row
from workbench.ui.widgets.text import Label

_REPORT = Words("Report", "Adroddiad")
_ISSUED = Words(
    "Issued. The very file is kept with the case; what you print or save now is that file.",
    "Cyhoeddwyd. Cedwir yr union ffeil gyda'r achos; yr hyn a argraffwch neu a gadwch nawr yw'r ffeil honno.",
)
_SAVED = Words(
    "A copy was saved. It is outside the workbench now: look after it.",
    "Cadwyd copi. Mae y tu allan i'r rhaglen nawr: gofalwch amdano.",
)
_SIDES = {
    "choose": Words("Choose and issue", "Dewis a chyhoeddi"),
    "pages": Words("Pages", "Tudalennau"),
}
_WHICH = Words("Which part of the report", "Pa ran o'r adroddiad")
_BOTH_FROM = 1000


class ReportScreen(Screen):
    """A report of one case."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._case = self._entry = ""
        self._drawn: Drawn | None = None
        self._called: Mapping[tuple[str, str], str] = {}
        self._issued = False
        lines = column(self, gap=0)
        head = QFrame()
        head.setProperty("head", "true")
        words = column(head, gap=2, margin=16)
        self._title = Label("", "title")
        self._about = Label("", "quiet")
        words.addWidget(self._title)
        words.addWidget(self._about)
        self._switch: QVBoxLayout = column(gap=0)
        words.addLayout(self._switch)
        lines.addWidget(head)
        self._parts: QHBoxLayout = row(gap=0)
        lines.addLayout(self._parts, 1)
        self._speak(shell.settings().language)

    def _speak(self, language: str) -> None:
        """Makes the pages and what stands beside them in a language."""
        empty(self._parts)
        self._language = language
        self.setAccessibleName(say(_REPORT, language))
        self._title.say(say(_REPORT, language))
        self._pages = Pages(language)
        self._pages.wanted.connect(self._ask_page)
        self._side = Side(language)
        self._side.asked.connect(self._draw)
        self._side.issue.connect(self._issue)
        self._side.print_it.connect(self._print)
        self._side.save_it.connect(self._save)
        self._parts.addWidget(self._pages, 3)
        self._parts.addWidget(self._side, 2)
        empty(self._switch)
        sides = {key: say(words, language) for key, words in _SIDES.items()}
        self._sides = Choice(say(_WHICH, language), sides, "tab")
        self._sides.chosen.connect(lambda _: self._stand())
        self._sides.choose("choose")
        self._switch.addWidget(self._sides)
        self._stand()

    def arrive(self, place: Place) -> None:
        """Asks what can be drawn, then draws the first of it."""
        self._case, self._entry = place.case, place.entry
        self._issued = False
        # What was drawn last may be another person's: it can leave no more.
        self._drawn = None
        self._title.say(say(_REPORT, self._language))
        self._about.say("")
        self._pages.show_report(0, draft=True)
        self._side.working()
        case, entry, language = place.case, place.entry, self.shell.settings().language
        if language != self._language:
            self._speak(language)

        def offer(choices: Choices) -> None:
            self._about.say(f"{choices.name}, {choices.crn}")
            self._side.offer(choices, place.report)

        self.shell.ask(lambda desk: presenter.choices(desk, case, entry, language), offer, key="report")

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "reports"

    def first(self) -> QWidget | None:
        """The choice of the report; where the pages alone are shown, the way back to it."""
        return self._sides.button("pages") if self._side.isHidden() else self._side.first()

    # Drawing

    def _draw(self, asked: Asked) -> None:
        """Releases the case here, draws it apart: writing and saving go on meanwhile."""
        case, entry, language = self._case, self._entry, self._language
        wanted = self._about_entry(asked)
        self._issued = False
        self._side.working()

        def awaited() -> bool:
            return (case, entry, asked) == (self._case, self._entry, self._side.wanted())

        def stopped(failure: Expected) -> None:
            if awaited():
                self._stopped(failure)

        def prepared(ready: Ready) -> None:
            def drawn(made: Drawn) -> None:
                if awaited():
                    self._called = ready.called
                    self._show(made)

            self.shell.apart(lambda: reporting.render(ready.prepared, "pdf"), drawn, stopped)

        self.shell.ask(
            lambda desk: presenter.prepare(desk, case, wanted, language),
            prepared,
            stopped,
            key="prepare",
        )

    def _about_entry(self, asked: Asked) -> Asked:
        """What was asked for, of the one entry that is on the screen where there is one."""
        chosen = Chosen(entry=self._entry) if self._entry else asked.chosen
        return msgspec.structs.replace(asked, chosen=chosen)

    def _stopped(self, failure: Expected) -> None:
        self._drawn = None
        self._pages.show_report(0, draft=True)
        self._side.stopped(failure)

    def _show(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._title.say(self._side.title())
        text = " ".join(sentence for sentence, _ in drawn.sentences)
        self._pages.show_report(drawn.pages, draft=not self._issued, text=text, stamp=drawn.language)
        shown = presenter.shown(drawn, self._side.reader(), self._called, self._language)
        self._side.show_drawn(shown, issued=self._issued)

    def _ask_page(self, number: int, width: int) -> None:
        drawn = self._drawn
        if drawn is None:
            return
        scale = width * self.devicePixelRatioF() / 595

        def show(pictures: tuple[Picture, ...]) -> None:
            if pictures and self._drawn is drawn:
                self._pages.show_page(number, pictures[0])

        self.shell.apart(lambda: reporting.page_pictures(drawn.data, range(number, number + 1), scale), show)

    # Leaving

    def _issue(self, recipient: str, basis: str, ticked: tuple[str, ...]) -> None:
        drawn, case = self._drawn, self._case
        if drawn is None:
            return

        def issued(changes: Changes) -> None:
            self.shell.changed(changes)
            self.shell.say(say(_ISSUED, self._language), "good")
            if self._drawn is drawn:
                self._issued = True
                self._show(drawn)

        def refused(failure: Expected) -> None:
            self._side.refuse(failure)

        self.shell.ask(
            lambda desk: presenter.issue(desk, case, drawn, recipient, basis, ticked),
            issued,
            refused,
            key="issue",
        )

    def _print(self) -> None:
        drawn, case, draft = self._drawn, self._case, not self._issued
        if drawn is None:
            return

        def allowed(_: None) -> None:
            if leaving.printed(self, drawn, draft=draft):
                self._note(case, drawn, "printed")

        self.shell.ask(lambda desk: reporting.may_print(desk, drawn.report), allowed, self._side.refuse)

    def _save(self, format: str) -> None:
        drawn, case = self._drawn, self._case
        if drawn is None:
            return
        target = leaving.where_to_save(self, reporting.file_name(drawn), format)
        if target is None:
            return
        if format == "pdf":
            self._write(target, drawn, case)
            return
        asked = self._about_entry(self._side.wanted())

        def drawn_as(made: Drawn) -> None:
            self._write(target, made, case)

        def prepared(ready: Ready) -> None:
            self.shell.apart(lambda: reporting.render(ready.prepared, format), drawn_as, self._side.refuse)

        self.shell.ask(lambda desk: presenter.prepare(desk, case, asked), prepared, self._side.refuse)

    def _write(self, target: Path, drawn: Drawn, case: str) -> None:
        failed = leaving.written(target, drawn.data, self._language)
        if failed:
            self.shell.say(failed, "danger")
            return
        self._note(case, drawn, "exported")
        self.shell.say(say(_SAVED, self._language), "good")

    def _note(self, case: str, drawn: Drawn, how: str) -> None:
        self.shell.ask(lambda desk: presenter.copied(desk, case, drawn, how))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way where there is no room for both."""
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """The pages and the choices side by side, or the one that is chosen."""
        both = self.width() >= in_force().px(_BOTH_FROM)
        chosen = self._sides.current()
        self._sides.setVisible(not both)
        self._pages.setVisible(both or chosen == "pages")
        self._side.setVisible(both or chosen == "choose")
        self._side.setMaximumWidth(in_force().px(380) if both else 16_777_215)
