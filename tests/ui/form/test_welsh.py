"""The form room in Welsh: nothing in it stays English but names, figures and the words that both languages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from tests.forms.examples import EXAMPLES
from tests.journeys.test_every_screen import cut, spills
from tests.ui.conftest import Frame
from tests.ui.spoken import ENGLISH, english_in, fixed, leaves, said
from workbench.casework import drafting, recording
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.forms import quality
from workbench.forms.definition import Kind, Page, Question
from workbench.resources import Words
from workbench.settings import Settings
from workbench.ui.form import presenter
from workbench.ui.form.days import Calendar
from workbench.ui.form.passages import find
from workbench.ui.form.rows import RowsField
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import NarrativeField
from workbench.ui.form.view import FormScreen
from workbench.ui.form.work import CHECK, Work
from workbench.ui.look import look
from workbench.ui.look.tokens import Spacing
from workbench.ui.shell.place import Place
from workbench.ui.writing.find import FindBar
from workbench.ui.writing.shortforms import ShortForms
from workbench.ui.writing.tools import Tools

# Together they ask with every kind of field.
FORMS = (
    "arms",
    "home-visit",
    "information-exchange",
    "mappa-screening",
    "people",
    "report-issued",
    "risk-management-plan",
)
SIGNED = ("people", "address", "sentence", "home-visit", "mappa-level", "arms")
# What people wrote stands as they wrote it.
WROTE = {
    "Gwyn Sample",
    "Ann Example",
    "X100001",
    *(text for form in SIGNED for text in leaves(EXAMPLES[form][0]) if " " in text),
}
TABS = ("guidance", "known", "before", "evidence")

Open = Callable[..., Work]


@pytest.fixture
def case(desk: Desk, registered: Callable[..., str]) -> str:
    """A person with people around them, an address, a level and a visit whose concern may be evidence."""
    case = registered(gender="man")
    for form in SIGNED:
        session = recording.start(desk, case, form)
        session.restore(EXAMPLES[form][0])
        recording.sign(desk, case, session)
    return case


@pytest.fixture
def opens(qtbot: QtBot, frame: Frame) -> Iterator[Open]:
    """Opens a form in a language on a screen of a laptop's size."""
    screen = FormScreen(frame)
    screen._tools._asked = True  # spelling is tested apart; loading it takes a while
    screen.resize(1158, 720)
    screen.show()

    def open_(language: str, **place: str) -> Work:
        frame.chosen = Settings(language="cy" if language == "cy" else "en")
        screen.arrive(Place("form", **place))
        QApplication.processEvents()
        assert screen._work is not None
        return screen._work

    yield open_
    screen.hide()
    screen.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def walked(work: Work) -> set[str]:
    """What every page says (of those of factors one), with rows, all that is missing, and each tab beside it."""
    found: set[str] = set()
    pages = work.opened.form.pages
    factors = [page for page in pages if page.widget == "factor"][1:]
    for page in (page for page in pages if page not in factors):
        work.go(page.page)
        shown = work._page(page.page)
        for rows in shown.findChildren(RowsField):
            rows.add()
        work.sheet.all_due()
        work._refresh()
        for tab in TABS:
            work.side.tabs.choose(tab)
            work.side._draw()
            found |= said(work)
        for block in shown.blocks:
            found |= said(block._marking.menu())
    work.go(CHECK)
    return found | said(work)


def test_the_forms_walked_ask_with_every_kind_of_field(desk: Desk) -> None:
    """What the walks below see is all there is."""
    questions = [each for form in FORMS for each in desk.library.form(form).questions()]
    kinds = {each.kind for each in (*questions, *(column for each in questions for column in each.of))}
    assert kinds == set(get_args(Kind))


@pytest.mark.parametrize("form", FORMS)
def test_no_fixed_text_of_a_form_stays_english(opens: Open, case: str, form: str) -> None:
    """Every text, tip and name of each page differs between the languages."""
    english = walked(opens("en", case=case, form=form))
    welsh = walked(opens("cy", case=case, form=form))
    assert len(english) > 40
    assert fixed(english & welsh, WROTE) == {}
    assert english_in(welsh, WROTE) == []


@pytest.mark.parametrize(("size", "spacing"), [(1.0, "roomy"), (2.0, "roomy"), (1.0, "close")])
def test_no_welsh_label_is_cut(
    qtbot: QtBot, qapp: QApplication, opens: Open, case: str, size: float, spacing: Spacing
) -> None:
    """At a laptop's size, with all that is missing told and each tab beside it."""
    look.put_on(qapp, look.Look(scale=size, spacing=spacing, still=True))
    wrong: list[str] = []
    for form in ("arms", "home-visit", "risk-management-plan"):
        work = opens("cy", case=case, form=form)
        first = work.opened.form.pages[:2]
        for page in (*(page.page for page in first), CHECK):
            work.go(page)
            if page != CHECK:
                for rows in work._page(page).findChildren(RowsField):
                    rows.add()
                work.sheet.all_due()
                work._refresh()
            wrong += [f"{form} {page}: {each}" for each in laid_out(qtbot, work)]
            work._show_side()
            for tab in TABS:
                work.side.tabs.choose(tab)
                work.side._draw()
                wrong += [f"{form} {page} {tab}: {each}" for each in laid_out(qtbot, work)]
            if work._narrow:
                work._turn_side()
    assert "\n".join(wrong) == ""


def laid_out(qtbot: QtBot, work: Work) -> list[str]:
    """What is cut or spills once the layout has come to rest."""
    for _ in range(20):
        found = [*cut(work), *spills(work)]
        if not found:
            break
        qtbot.wait(5)
    return found


def test_what_is_offered_on_opening_is_welsh(opens: Open, frame: Frame, case: str) -> None:
    """A draft found after a crash, one begun before, and an entry that moved on."""
    writing, session = drafting.begin(frame.desk, case, "contact")
    session.answer("note", "Gwyn Sample")
    drafting.keep(frame.desk, writing, session.draft(), {}, Spot("record", "note", open=True))
    told = {}
    for language in ("en", "cy"):
        begun = opens(language, case=case, form="contact")
        told[language] = said(begun)
        crashed = opens(language, draft=writing.draft)
        told[language] |= said(crashed)
        screen = crashed.parent()
        assert isinstance(screen, FormScreen)
        screen._ask_twice(crashed.opened, crashed, start=True)
        told[language] |= said(crashed)
    assert fixed(told["en"] & told["cy"], WROTE) == {}
    assert any(
        text.startswith("Dyma'r hyn yr oeddech wedi'i ysgrifennu erbyn 10 Mawrth 2026") for text in told["cy"]
    )


def test_what_stands_over_a_form_is_welsh(qtbot: QtBot, opens: Open, case: str) -> None:
    """The bar that finds, the short forms, the calendar, the menu of a field."""
    told = {}
    for language in ("en", "cy"):
        work = opens(language, case=case, form="contact")
        find_bar = FindBar(list, work, language=language)
        short = ShortForms({}, work, language)
        month = Calendar(work.sheet.today(), lambda _: None, work, language)
        note = work._page("record").block("note")
        assert note is not None
        assert isinstance(note.field, NarrativeField)
        field = note.field.field
        menu = field.menu_at(field.textCursor())
        turns = {turn.accessibleName() for turn in month.findChildren(QToolButton) if turn.objectName()}
        told[language] = said(find_bar) | said(short) | said(menu) | {month.accessibleName()} | turns
        menu.close()
    assert {"Chwilio yn y dudalen hon", "Byrfoddau", "Gludo", "Calendr", "Mis nesaf"} <= {
        text.replace("&", "") for text in told["cy"]
    }
    assert fixed(told["en"] & told["cy"], WROTE) == {}


def test_the_menu_of_a_line_is_welsh(opens: Open, case: str) -> None:
    """Of a day, which has no other."""
    work = opens("cy", case=case, form="people")
    line = work._page("people").blocks[0].field.inputs()[0]
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(line, asked)
    menu = line.findChild(QMenu)
    assert menu is not None
    assert {"Dadwneud", "Torri", "Gludo", "Dewis popeth"} <= {text.replace("&", "") for text in said(menu)}
    menu.close()


def test_what_is_signed_and_found_is_told_in_welsh(desk: Desk, case: str) -> None:
    """The sentence after signing, what is known with its source, and the words of the record."""
    opened = presenter.opened(desk, case, "contact", language="cy")
    for question, answer in EXAMPLES["contact"][0].items():
        opened.session.answer(question, answer)
    _, told = presenter.sign(desk, opened.writing, opened.session, "", (), "cy")
    assert told.startswith("Llofnodwyd: Cyswllt, ")
    again = presenter.opened(desk, case, "home-visit", language="cy")
    (known,) = again.known["visited_on"]
    assert known.what == "Y diwrnod y gwelwyd y person gartref"
    assert known.source.startswith("Ymweliad cartref, ")
    assert find(desk, case, "", "cy").passages[0].title == "Cyswllt"


SENTENCES = [
    ("on", "never", "Ysgrifennwch ddiwrnod ac amser, megis 3 Mawrth a 14:30."),
    ("with_whom", "a" * 2_001, "Yn hwy na 2,000 o lythrennau."),
    ("with_whom", "one\ntwo", "Ysgrifennwch hyn ar un llinell."),
    ("with_whom", "\ud800", "Mae'n cynnwys nodau nad yw'r record yn eu derbyn."),
    ("outcome", None, "Beth oedd y canlyniad?: i'w ateb o hyd."),
]


@pytest.mark.parametrize(("question", "answer", "expected"), SENTENCES)
def test_what_is_wrong_with_an_answer_is_told_in_welsh(
    desk: Desk, case: str, question: str, answer: object, expected: str
) -> None:
    """Each sentence that a person can bring about on a field."""
    opened = presenter.opened(desk, case, "contact", language="cy")
    opened.session.answer(question, answer)
    told = Sheet(opened, Tools()).errors()
    assert told[question] == expected


def test_what_a_factor_still_needs_is_told_in_welsh(desk: Desk, case: str) -> None:
    """By the name of the factor, not of its part."""
    opened = presenter.opened(desk, case, "arms", language="cy")
    opened.session.answer("opportunity/rating", "high")
    opened.session.answer("opportunity/evidence", None)
    opened.session.answer("self_management/rating", "not-enough")
    opened.session.answer("social_influences/known", "Gwyn Sample")
    told = Sheet(opened, Tools()).errors()
    assert told["opportunity/evidence"] == "Cyfle: mae angen tystiolaeth ar gyfer sgôr."
    assert told["self_management/known"].endswith(": dywedwch sut y ceir yr wybodaeth sydd ar goll.")
    assert told["social_influences/rating"].endswith(": i'w sgorio o hyd.")


CHANCE = Words("Opportunity", "Cyfle")
FOUND = [
    *quality.self_report_only("opportunity", CHANCE, [{"source": "self-report"}]),
    *quality.factor_without_action("opportunity", CHANCE, {"rating": "medium"}),
    *quality.factor_without_action("opportunity", CHANCE, {"rating": "high"}),
    *quality.actions_incomplete("actions", [{"id": "a"}, {"id": "b", "who": "Ann"}, {"id": "c", "by": "x"}]),
    *quality.copied_forward("opportunity", CHANCE, "Gwyn Sample", "Gwyn Sample"),
    *quality.vague("opportunity", CHANCE, "Monitor."),
    *quality._page(Page("p", "P", (Question("victim_safety", "text"), Question("agencies", "text"))), {}),
]


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found[3].en)
def test_what_is_worth_a_look_is_told_in_welsh(found: quality.Found) -> None:
    """Each finding that the form alone shows."""
    en, cy = found[3].en, found[3].cy
    assert en != cy
    assert ENGLISH.search(cy) is None
