"""The form screen: opens a form or a draft, keeps it, recovers it, signs it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputDevice, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.results import Changes
from workbench.resources import Words, say
from workbench.ui.form import presenter
from workbench.ui.form.files import FileField
from workbench.ui.form.offer import Offer
from workbench.ui.form.passages import Found
from workbench.ui.form.pen import Pen
from workbench.ui.form.presenter import Comfort, Opened
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.work import CHECK, Work
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.flow import column, empty, while_there
from workbench.ui.widgets.panels import Nothing
from workbench.ui.words import said
from workbench.ui.writing.shortforms import ShortForms
from workbench.ui.writing.tools import Tools

# Until a form that was opened is painted, on any machine that is quick enough to work on.
_PAINTED_MS = 200
# The tab of a place where a form is one of a sitting.
SITTING = "sitting"
_IN_SITTING = Words(
    "Part of one sitting: what you write here is signed together with its other forms.",
    "Rhan o un eisteddiad: llofnodir yr hyn a ysgrifennwch yma gyda'i ffurflenni eraill.",
)
_TO_SITTING = Words("Back to the sitting", "Yn ôl i'r eisteddiad")
_MOVED_ON = Words(
    "This entry has changed since you began. Your words are kept; signing them makes a second account.",
    "Mae'r cofnod hwn wedi newid ers i chi ddechrau. Cedwir eich geiriau; mae eu llofnodi'n gwneud ail hanes.",
)
_FROM_NEW = Words("Begin again from the new version", "Dechrau eto o'r fersiwn newydd")
_KEEP_MINE = Words("Keep mine", "Cadw fy ngeiriau i")
_BEGUN = Words(
    "You began this form before, on {day}, and did not sign it.",
    "Gwnaethoch ddechrau'r ffurflen hon o'r blaen, ar {day}, ac ni wnaethoch ei llofnodi.",
)
_CONTINUE_IT = Words("Continue that one", "Parhau â honno")
_ANOTHER = Words("Begin another", "Dechrau un arall")
_RECOVERED = Words(
    "This is what you had written at {day}. The workbench ended before you left the form; nothing is lost.",
    "Dyma'r hyn yr oeddech wedi'i ysgrifennu erbyn {day}. Daeth y rhaglen i ben cyn i chi adael y ffurflen; "
    "nid oes dim ar goll.",
)
_CONTINUE = Words("Continue", "Parhau")
_START_AGAIN = Words("Start again", "Dechrau eto")
_DISCARD = Words("Discard", "Taflu'r drafft")
_NEVER_SIGNED = Words(
    "These words were never signed. Thrown away, they can be fetched back on Today for 14 days.",
    "Ni lofnodwyd y geiriau hyn erioed. Ar ôl eu taflu, gellir eu hadfer ar Today am 14 diwrnod.",
)
_THROWN = Words(
    "The draft was thrown away. Today keeps it for 14 days.",
    "Taflwyd y drafft. Mae Today yn ei gadw am 14 diwrnod.",
)
_KEEP = Words("Keep them", "Eu cadw")
_THROW = Words("Throw them away", "Eu taflu")
_THROW_AND_START = Words("Throw them away and start again", "Eu taflu a dechrau eto")
_CANNOT = Words("This form cannot be opened", "Ni ellir agor y ffurflen hon")
_GO_BACK = Words("Go back", "Mynd yn ôl")
_PAGES = {"home-visit": "home-visit", "home-visit-plan": "home-visit"}


class FormScreen(Screen):
    """Writes one form at a time.

    `Place("form", case, form=…)` begins one, with `entry` it amends that entry, `draft` takes a draft up;
    a registration needs no case. `words` is the question to begin at. With the tab
    `sitting` it is one of a sitting: it is written here and signed there.
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._tools = Tools(self)
        self._tools.adds.connect(self._add_word)
        self._tools.edits_snippets.connect(self._edit_snippets)
        self._place = Place("form")
        self._work: Work | None = None
        self._pen: Pen | None = None
        self._refused: Nothing | None = None
        self._lines: QVBoxLayout = column(self, gap=0)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self._save_now)

    # What the frame asks

    def arrive(self, place: Place) -> None:
        """Shows a form; one that was begun here is taken up where it was left."""
        self._place = place
        self._put_away()
        language = self._tools.language = self.shell.settings().language
        self.shell.ask(presenter.comfort, self._comfort, lambda _: None)
        self.shell.ask(
            lambda desk: presenter.opened(
                desk, place.case, place.form, place.entry, place.draft, language, place.given
            ),
            self._show,
            self._cannot,
            key="form",
        )

    def leave(self) -> None:
        """Keeps what is written and lays the draft down."""
        if self._pen is not None:
            self._pen.close()

    def here(self) -> Place | None:
        """The draft that was begun since, so that coming back finds it."""
        pen = self._pen
        if pen is None or not pen.begun:
            return None
        return Place("form", case=self._place.case, tab=self._place.tab, draft=pen.writing.draft)

    def first(self) -> QWidget | None:
        """The first field, or the one with the cursor last; of a form that cannot be opened, the way back."""
        if self._refused is not None:
            return self._refused.button
        return self._work.first() if self._work is not None else None

    def help_page(self) -> str:
        """The page about home visits while one is planned or recorded, else the one about writing forms."""
        form = self._work.opened.writing.form if self._work is not None else ""
        return _PAGES.get(form, "forms")

    def find_here(self) -> None:
        """Finds in the page of the form."""
        if self._work is not None:
            self._work.find_here()

    # Opening

    def _make_ready(self, work: Work) -> None:
        if self._at(work):
            case = work.opened.writing.case
            self.shell.ask(lambda desk: presenter.make_ready(desk, case), lambda _: None, lambda _: None)

    def _show(self, opened: Opened) -> None:
        self._put_away()
        opened = msgspec.structs.replace(opened, together=self._place.tab == SITTING)
        names = (
            opened.head.name,
            *opened.session.known.people.values(),
            *opened.session.known.places.values(),
        )
        self._tools.speller.names(names)
        sheet = Sheet(opened, self._tools, self)
        work = Work(opened, sheet, touch=_touched(), parent=self)
        pen = Pen(self.shell, sheet, work.spot, self)
        pen.said.connect(work.say_saved)
        sheet.wants_file.connect(self._attach)
        work.signs.connect(self._sign)
        work.discards.connect(lambda: self._ask_twice(opened, work, start=False))
        if pen.begun:
            work.may_discard()
        work.side.opens.connect(lambda entry: self._open_entry(opened, entry))
        work.side.drew.connect(lambda drawer: drawer.asks.connect(self._find_passages))
        self._work, self._pen = work, pen
        self._lines.addWidget(work)
        self._offers(opened, work)
        # At its own size from the first, so that nothing is laid out twice.
        work.setGeometry(self.rect())
        work.show()
        # The rules wait until the page is painted: both at once take twice as long.
        QTimer.singleShot(_PAINTED_MS, work, lambda: self._make_ready(work))
        if question := opened.spot.question or self._place.words:
            work.reveal(question)
        else:
            first = work.first()
            if first is not None and not self.isHidden():
                first.setFocus()

    def _offers(self, opened: Opened, work: Work) -> None:
        language = opened.language

        def choice(text: Words, press: Callable[[], None]) -> tuple[str, Callable[[], None]]:
            return say(text, language), press

        if opened.together:
            back = choice(_TO_SITTING, self._to_sitting)
            work.offer(Offer(say(_IN_SITTING, language), [back]))
        if opened.recovered is not None:
            choices = [
                choice(_CONTINUE, work.withdraw),
                choice(_START_AGAIN, lambda: self._ask_twice(opened, work, start=True)),
                choice(_DISCARD, lambda: self._ask_twice(opened, work, start=False)),
            ]
            work.offer(Offer(said(_RECOVERED, language, day=opened.recovered.at), choices))
        if opened.moved_on:
            choices = [
                choice(_FROM_NEW, lambda: self._ask_twice(opened, work, start=True)),
                choice(_KEEP_MINE, work.withdraw),
            ]
            work.offer(Offer(say(_MOVED_ON, language), choices, "warn"))
        if opened.unfinished is not None:
            begun = Place("form", opened.writing.case, draft=opened.unfinished.draft)
            choices = [choice(_CONTINUE_IT, lambda: self.shell.go(begun)), choice(_ANOTHER, work.withdraw)]
            work.offer(Offer(said(_BEGUN, language, day=opened.unfinished.at), choices))
        for refusal in opened.refusals:
            work.offer(Offer(refusal, [], "danger"))

    def _ask_twice(self, opened: Opened, work: Work, *, start: bool) -> None:
        work.withdraw()
        language = opened.language
        throw = say(_THROW_AND_START if start else _THROW, language)
        do = (lambda: self._begin_again(opened)) if start else (lambda: self._discard(opened))
        asks = Offer(
            say(_NEVER_SIGNED, language), [(say(_KEEP, language), self._keep_writing), (throw, do)], "warn"
        )
        work.offer(asks)
        asks.show()
        asks.buttons[0].setFocus()

    def _keep_writing(self) -> None:
        """Nothing is thrown away: back to where one wrote."""
        work = self._work
        if work is not None:
            work.withdraw()
            if (first := work.first()) is not None:
                first.setFocus()

    def _begin_again(self, opened: Opened) -> None:
        self._finish_pen()
        self.shell.ask(
            lambda desk: presenter.again(desk, opened.writing, opened.language),
            self._show,
            self._cannot,
            key="form",
        )

    def _discard(self, opened: Opened) -> None:
        self._finish_pen()
        work = self._work

        def gone(_: None) -> None:
            if self._at(work):
                self.shell.back()
            self.shell.say(say(_THROWN, opened.language))

        self.shell.ask(lambda desk: presenter.discard(desk, opened.writing.draft), gone)

    def _cannot(self, error: Expected) -> None:
        self._put_away()
        empty(self._lines)
        says = f"{error.says} {error.next_step}".strip()
        title, back = say(_CANNOT, self._tools.language), say(_GO_BACK, self._tools.language)
        nothing = self._refused = Nothing(title, says, back, self.shell.back, icon="circle-alert")
        self._lines.addWidget(nothing)
        self._lines.addStretch(1)
        nothing.show()
        if self.isVisible() and nothing.button is not None:
            nothing.button.setFocus()

    def _put_away(self) -> None:
        self._finish_pen()
        self._work = self._pen = self._refused = None
        empty(self._lines)

    def _finish_pen(self) -> None:
        if self._pen is not None:
            self._pen.finish()

    # Writing

    def _save_now(self) -> None:
        if self._pen is not None:
            self._pen.save()

    def _comfort(self, found: Comfort) -> None:
        self._tools.take(found.words, found.snippets)

    def _add_word(self, word: str) -> None:
        self.shell.ask(lambda desk: presenter.add_word(desk, word), self._comfort)

    def _edit_snippets(self) -> None:
        editor = ShortForms(self._tools.snippets, self, self._tools.language)

        def kept(found: Comfort) -> None:
            self._comfort(found)
            editor.hide()

        def keep(wanted: dict[str, str]) -> None:
            self.shell.ask(
                lambda desk: presenter.keep_snippets(desk, wanted),
                kept,
                lambda error: editor.refuse(error.sentence()),
            )

        editor.keeps.connect(keep)
        editor.open_over(self)

    def _attach(self, name: str, data: bytes, field: FileField) -> None:
        self.shell.ask(
            lambda desk: presenter.attach(desk, name, data),
            while_there(field, field.taken),
            while_there(field, field.refused),
        )

    def _find_passages(self, asked: str) -> None:
        work = self._work
        if work is None:
            return
        case, language = work.opened.writing.case, work.opened.language

        def show(found: Found) -> None:
            if self._work is work:
                work.side.drawer.show_found(found)

        self.shell.ask(lambda desk: presenter.passages(desk, case, asked, language), show, key="passages")

    def _open_entry(self, opened: Opened, entry: str) -> None:
        self.shell.go(Place("case", opened.writing.case, tab="chronology", entry=entry))

    # Signing

    def _at(self, work: Work | None) -> bool:
        """Whether this is still what is written here: who went on meanwhile is not fetched back."""
        return self._work is work and not self.isHidden()

    def _to_sitting(self) -> None:
        self.shell.go(Place("sitting", case=self._place.case))

    def _sign(self, because: str) -> None:
        work, pen = self._work, self._pen
        if work is None or pen is None:
            return
        if work.opened.together:
            self._to_sitting()
            return
        pen.save()
        session, files = work.sheet.session, tuple(work.sheet.files.values())
        language = work.opened.language
        work.setEnabled(False)

        def do(desk: Desk) -> tuple[Changes, str]:
            return presenter.sign(desk, pen.writing, session, because, files, language)

        def signed(found: tuple[Changes, str]) -> None:
            changes, told = found
            pen.finish()
            self.shell.changed(changes)
            if self._at(work):
                self.shell.go(Place("case", changes.case, tab="chronology", entry=changes.entry or ""))
            elif self._work is work:
                self._put_away()
            self.shell.say(told, "good")

        def refused(error: Expected) -> None:
            if not self._at(work):
                self.shell.say(f"{work.opened.title}: {error.sentence()}", "danger")
            if self._work is work:
                work.setEnabled(True)
                work.go(CHECK, focus=self._at(work))
                work.check.refused(error.sentence())

        self.shell.ask(do, signed, refused)


def _touched() -> bool:
    """Whether this machine has a screen that is touched."""
    return any(device.type() == QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices())
