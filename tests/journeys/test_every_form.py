"""Each form through the real window by keys alone: opened, filled, signed, found, amended, handed on by file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.conftest import PASSPHRASE, Stores, case_file
from tests.forms.examples import EXAMPLES
from tests.journeys.conftest import Journey
from workbench import clock
from workbench.casework import importing, opening
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.opening import Secret
from workbench.forms.definition import Form
from workbench.forms.library import load
from workbench.resources import say
from workbench.security.keyring import NoKeyring
from workbench.settings import Settings
from workbench.ui import tour
from workbench.ui.form.base import Field
from workbench.ui.form.checking import CheckPage
from workbench.ui.form.choices import IdsField, ListField, ManyField, RadioField
from workbench.ui.form.days import DayField, MomentField
from workbench.ui.form.pages import FormPage
from workbench.ui.form.rows import RowsField
from workbench.ui.form.texts import NarrativeField, NumberField, TextField
from workbench.ui.form.work import Work
from workbench.ui.gate.gate import Opening
from workbench.ui.look import look
from workbench.ui.report.pages import Pages
from workbench.ui.search.results import Hits
from workbench.ui.shell.place import Place
from workbench.ui.shell.window import Window

FORMS = load().latest()
# The suite takes every third, so that each kind of field comes; WORKBENCH_FORMS=all takes all, as before a release.
TAKEN = FORMS if os.environ.get("WORKBENCH_FORMS") == "all" else FORMS[::3]
# Written in a store of this role where several roles may: each role writes something.
ROLES = {"victims": "vlo", "pre-sentence-report": "court-officer", "brought-in-file": "administrator"}
WRITING = (TextField, NarrativeField)
BY_KEYS = (
    RowsField,
    RadioField,
    ManyField,
    ListField,
    IdsField,
    DayField,
    MomentField,
    NumberField,
    *WRITING,
)
# Answered with a file at hand, or from the drawer of evidence: they have journeys of their own.
BY_MORE = ("files", "evidence", "actions")


def role_of(form: Form) -> str:
    """Who writes it here."""
    return ROLES.get(form.form, form.for_[0])


class Office:
    """A window for each role over a store of that role, and the store that everything is handed on to."""

    def __init__(self, folder: Path, application: QApplication) -> None:
        self.stores = Stores(folder)
        self.application = application
        self._journeys: dict[str, Journey] = {}
        self._other: Desk | None = None
        self._cases = 0

    def at(self, role: str) -> Journey:
        """The unlocked window of somebody in this role."""
        if role not in self._journeys:
            self._journeys[role] = self._unlocked(role)
        journey = self._journeys[role]
        if not journey.window.isActiveWindow():
            for other, hidden in self._journeys.items():
                hidden.window.setVisible(other == role)
            journey.window.activateWindow()
            journey.settle()
        return journey

    def _unlocked(self, role: str) -> Journey:
        stores = self.stores
        stores.desk(role, role=role).close()

        def desk(secret: Secret) -> Desk:
            return opening.open_desk(stores.folder / role, secret, stores.clock, stores.ids, NoKeyring())

        window = Window(self.application, Settings(still=True), stores.clock, Opening(desk))
        window.resize(tour.WIDTH, tour.HEIGHT)
        # Nobody looks: what is drawn is not what is tested here.
        window.setUpdatesEnabled(False)
        window.show()
        window.unlock(Secret(PASSPHRASE))
        return Journey(self.application, window)

    def person(self, journey: Journey) -> str:
        """A sample case: registered, with somebody around the person, an address and a sentence."""
        self._cases += 1
        crn = f"X30{self._cases:04}"
        author = {"name": "Kim Example", "role": "practitioner"}
        entries = [
            {
                "id": form,
                "form": form,
                "version": 1,
                "at": "2026-03-04T09:00:00Z",
                "author": author,
                "status": "signed",
                "answers": {**EXAMPLES[form][0], **({"crn": crn} if form == "registration" else {})},
            }
            for form in ("registration", "people", "address", "sentence", "contact")
        ]
        data = case_file(crn, entries=entries)
        return str(journey.desk(lambda desk: importing.bring(desk, data, "case.json").case))

    def given(self, journey: Journey, case: str) -> dict[str, str]:
        """What a form asks that no example can know: ids of the case, the CRN of another, one not yet held."""
        # Which forms were taken before in this process is chance; another person is there in any case.
        if journey.desk(Desk.count_cases) == 1:
            self.person(journey)

        def known(desk: Desk) -> dict[str, str]:
            contact = desk.case(case).of_form("contact")[0]
            other = next(row.crn for row in desk.cases() if row.case != case)
            return {
                "entry": contact.id,
                "version": contact.head.id,
                "path": "note",
                "other_case": other,
            }

        found = journey.desk(known)
        assert isinstance(found, dict)
        return {**found, "crn": f"X39{self._cases:04}"}

    @property
    def other(self) -> Desk:
        """A second store."""
        if self._other is None:
            self._other = self.stores.desk("other", person="Bea Other")
        return self._other

    def close(self) -> None:
        """Closes the windows and what is open behind them."""
        for journey in self._journeys.values():
            journey.window.close()
            journey.window.deleteLater()
        self.application.processEvents()
        self.stores.close()


@pytest.fixture(scope="module")
def office(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all forms."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        look.load_fonts()
        look.put_on(qapp, look.Look("light", 1.0, still=True))
        made = Office(folder, qapp)
        yield made
        made.close()


class Hand:
    """Somebody who fills a form by Tab, typed keys and arrows, and touches nothing else."""

    def __init__(self, journey: Journey, form: Form, given: dict[str, str]) -> None:
        self._journey = journey
        self._form = form
        self._example = EXAMPLES[form.form][0]
        self._given = given
        self._done: set[str] = set()
        self._work: Work | None = None
        self.marker = f"kestrel{form.form.replace('-', '')}"
        self.marked = False

    @property
    def work(self) -> Work:
        """The form on the screen."""
        if self._work is None:
            found = self._journey.workspace.at().findChild(Work)
            assert isinstance(found, Work), self._journey.words()
            self._work = found
        return self._work

    def begin(self, case: str) -> None:
        """Opens the form on a case."""
        self._journey.workspace.go(Place("form", case=case, form=self._form.form))
        self._journey.settle()

    def amend(self) -> None:
        """Goes from the entry that is read to its amendment."""
        journey = self._journey
        for _ in range(3):
            here = journey.application.focusWidget()
            if here is not None and here.accessibleName() == "Amend":
                break
            journey.press("Tab")
        assert here is not None and here.accessibleName() == "Amend", "Amend is not near the entry"
        journey.press("Space")
        journey.settle()
        self._work = None

    def sign(self, because: str = "") -> str:
        """Checks and signs by the shortcut, an amendment with its reason; gives the entry that is then read."""
        journey = self._journey
        if not isinstance(self.work.stack.currentWidget(), CheckPage):
            journey.press("Ctrl+Return")
        assert self.work.sheet.errors() == {}
        journey.type(because)
        journey.press("Ctrl+Return")
        journey.settle()
        here = journey.workspace.here
        assert (here.screen, here.tab) == ("case", "chronology"), journey.words()
        return here.entry

    def fill(self) -> None:
        """Goes through every page in the order of Tab and answers what must be, and what the example answers."""
        for _ in self.work.opened.form.pages:
            self._page()
            self._journey.press("Ctrl+PgDown")

    def change(self) -> None:
        """Adds to the first words of the form; where it asks for none, goes a day back."""
        sheet = self.work.sheet
        worded = any(
            question.kind in ("text", "narrative")
            and sheet.visible(question.id)
            and question.id not in self._given
            for question in sheet.form.questions()
        )
        for _ in sheet.form.pages:
            for field in self._walk():
                if self._changed(field, worded=worded):
                    return
            self._journey.press("Ctrl+PgDown")
        raise AssertionError("nothing on this form can be changed")

    def _page(self) -> None:
        for field in self._walk():
            if field.path not in self._done and self._wants(field):
                self._done.add(field.path)
                self._answer(field)

    def _walk(self) -> Iterator[Field]:
        """The field at the cursor, then the next by Tab, until the cursor leaves the page."""
        page = self.work.stack.currentWidget()
        assert isinstance(page, FormPage), "the check came before the last page"
        here = self._journey.application.focusWidget()
        assert page.first() is None or page.isAncestorOf(here), f"no field of {page.page.page} has the cursor"
        steps = 0
        while here is not None and page.isAncestorOf(here):
            field = field_of(here)
            if field is not None and here in field.inputs():
                yield field
            if here is self._journey.application.focusWidget():
                self._journey.press("Tab")
            here = self._journey.application.focusWidget()
            steps += 1
            assert steps < 400, f"Tab never leaves the page {page.page.page}"

    def _wants(self, field: Field) -> bool:
        errors = self.work.sheet.errors()
        name, _, part = field.path.partition("/")
        asked = self.work.opened.form.question(name)
        if asked is not None and asked.kind == "factor" and part in ("known", "evidence", "rating"):
            return True
        if field.path == "versions":
            return self.work.sheet.value("versions") is None
        if isinstance(field, WRITING) and not self.marked and field.path.count("/") == 0:
            return self.work.sheet.value(field.path) is None
        return field.path in errors or (self._left(field.path) and isinstance(field, BY_KEYS))

    def _left(self, path: str) -> bool:
        """Whether the example answers what is not answered here, needed or not."""
        return self._hint(path) is not None and self.work.sheet.value(path) in (None, "", [], ())

    def unanswered(self) -> list[str]:
        """What the example answers, is asked here, and was passed over."""
        asked = self.work.opened.form.questions()
        return [
            question.id
            for question in asked
            if question.kind not in BY_MORE
            and self.work.sheet.visible(question.id)
            and self._left(question.id)
        ]

    # By kind

    def _answer(self, field: Field) -> None:
        hint = self._hint(field.path)
        if isinstance(field, RowsField):
            self._journey.press("Space")
        elif isinstance(field, RadioField):
            self._choose(field, hint)
        elif isinstance(field, ManyField):
            self._journey.press("Space")
        elif isinstance(field, ListField | IdsField):
            self._pick(field, hint)
        elif isinstance(field, DayField):
            self._type(str(hint or "2026-03-09"))
        elif isinstance(field, MomentField):
            self._moment(field, clock.moment(str(hint or "2026-03-09T14:30:00Z")))
        elif isinstance(field, NumberField):
            self._type(str(hint or 3))
        elif isinstance(field, WRITING):
            self._type(self._words(field))
        else:
            raise AssertionError(f"nothing answers a {type(field).__name__} by keys")

    def _moment(self, field: MomentField, at: datetime) -> None:
        self._type(f"{at:%d/%m/%Y}")
        while self._journey.application.focusWidget() is not field.time:
            self._journey.press("Tab")
        self._type(f"{at:%H:%M}")

    def _type(self, text: str) -> None:
        self._journey.press("Ctrl+A")
        self._journey.type(text)

    def _words(self, field: Field) -> str:
        given = self._given.get(field.path.rpartition("/")[2])
        if given is not None:
            return given
        self.marked = True
        return f"{self.marker} was said."

    def _choose(self, field: RadioField, hint: Any) -> None:
        options = field.inputs()
        keys = list(field.choices)
        place = keys.index(hint) if hint in keys else 0
        for _ in range(place):
            self._journey.press("Down")
        if not place:
            self._journey.press("Space")
        assert options[place].isChecked()  # type: ignore[attr-defined]

    def _pick(self, field: ListField | IdsField, hint: Any) -> None:
        box = field.inputs()[0]
        keys = [box.itemData(at) for at in range(box.count())]  # type: ignore[attr-defined]
        place = keys.index(hint) if hint in keys else 1
        if box.isEditable():  # type: ignore[attr-defined]
            self._journey.type(box.itemText(place))  # type: ignore[attr-defined]
            popup = self._journey.application.activePopupWidget()
            if popup is not None:
                # Keys go to what popped up, and from there to the field.
                QTest.keyClick(popup, Qt.Key.Key_Escape)
        else:
            self._journey.press("Down", place)

    def _hint(self, path: str) -> Any:
        held: Any = self._example
        for part in path.split("/"):
            if isinstance(held, list):
                # The id of a row: the first of the example stands for every one.
                held = held[0] if held else None
            else:
                held = held.get(part) if isinstance(held, dict) else None
        return held

    def _changed(self, field: Field, *, worded: bool) -> bool:
        if isinstance(field, WRITING) and field.path.rpartition("/")[2] not in self._given:
            self._journey.press("Ctrl+End" if isinstance(field, NarrativeField) else "End")
            self._journey.type(" Heard again.")
            return True
        if isinstance(field, DayField | MomentField) and not worded:
            self._journey.press("Down")
            return True
        return False


def field_of(widget: QWidget | None) -> Field | None:
    """The innermost field that a widget lies in."""
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    return widget


def found(journey: Journey, word: str) -> list[str]:
    """The entries in which a search finds a word."""
    journey.press("Ctrl+Shift+F")
    journey.settle()
    journey.press("Ctrl+A")
    journey.type(word)
    journey.press("Return")
    journey.settle()
    hits = journey.workspace.at().findChild(Hits)
    assert isinstance(hits, Hits)
    return [hit.entry for hit in hits.hits.items]


def handed_on(office: Office, journey: Journey, case: str, entry: str) -> list[tuple[str, str]]:
    """The versions of an entry once a file has brought the case to another store, where they are the same."""
    told = journey.desk(lambda desk: (export(desk, case), versions_of(desk, case, entry)))
    assert isinstance(told, tuple)
    data, versions = told
    importing.bring(office.other, data, "case.json")
    assert versions_of(office.other, case, entry) == versions
    return versions


def versions_of(desk: Desk, case: str, entry: str) -> list[tuple[str, str]]:
    """The versions of an entry with what each does, oldest first."""
    return [(version.id, version.act) for version in desk.case(case).entries[entry].versions]


def printed(journey: Journey, case: str, entry: str, hand: Hand) -> None:
    """Opens the entry, presses Ctrl+P, and sees its page before it goes to the printer."""
    journey.workspace.go(Place("case", case=case, tab="chronology", entry=entry))
    journey.settle()
    journey.press("Ctrl+P")
    journey.settle()
    assert journey.workspace.here == Place("report", case=case, entry=entry)
    said = journey.window.findChildren(Pages)[-1].accessibleDescription()
    assert said, "no page was drawn"
    if hand.marked:
        assert hand.marker in said


@pytest.mark.parametrize("form", TAKEN, ids=lambda form: form.form)
def test_a_form_goes_its_whole_way(office: Office, form: Form) -> None:
    """By keys: begun, filled, signed, found again, amended with a reason; then handed on by file."""
    journey = office.at(role_of(form))
    case = office.person(journey)
    given = office.given(journey, case)
    hand = Hand(journey, form, given)
    hand.begin("" if form.form == "registration" else case)
    hand.fill()
    assert hand.unanswered() == []
    entry = hand.sign()
    case = journey.workspace.here.case
    if form.act != "record":
        assert entry == given["entry"]
        assert form.act in [act for _, act in handed_on(office, journey, case, entry)]
        return
    hand.amend()
    hand.change()
    assert hand.sign("Heard again.") == entry
    assert [act for _, act in handed_on(office, journey, case, entry)] == ["record", "amend"]
    on_paper = FORMS if len(TAKEN) == len(FORMS) else FORMS[::9]
    if form in on_paper:
        printed(journey, case, entry, hand)
    if hand.marked:
        assert entry in found(journey, hand.marker)


def test_forms_of_other_roles_are_refused_with_a_sentence(office: Office) -> None:
    """Whoever asks for one reads who writes it."""
    journey = office.at("practitioner")
    case = office.person(journey)
    others = [form for form in FORMS if "practitioner" not in form.for_]
    assert others
    for form in others:
        journey.workspace.go(Place("form", case=case, form=form.form))
        journey.settle()
        said = f"The form '{say(form.title)}' is not written by a practitioner. It is for: {', '.join(form.for_)}."
        assert said in journey.words()
