"""The tour: every screen of the sample store as a picture, at each theme and text size."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from workbench.casework import heading, overseeing, releasing
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import Clock
from workbench.settings import Settings
from workbench.ui.gate.gate import Opening
from workbench.ui.look import look
from workbench.ui.look.tokens import Theme
from workbench.ui.shell.place import Place
from workbench.ui.shell.window import Window
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page
from workbench.ui.widgets.rows import Rows

WIDTH, HEIGHT = 1366, 768
_PATIENCE_S = 60.0
_QUIET = 12


class Stop(msgspec.Struct, frozen=True):
    """One picture: the name of its file, what it shows, and how to get there from where one is."""

    name: str
    says: str
    go: Callable[[Window], None]


def settle(application: QApplication, window: Window) -> None:
    """Waits until everything asked has come and is drawn.

    Raises:
        TimeoutError: something never came.
    """
    end = time.monotonic() + _PATIENCE_S
    quiet = 0
    while quiet < _QUIET:
        application.processEvents()
        # What was let go goes only in a running event loop, or when told to.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(0.002)
        quiet = quiet + 1 if window.settled() else 0
        if time.monotonic() > end:
            raise TimeoutError("a screen of the tour never came")


def pictures(
    application: QApplication, out: Path, opening: Opening, clock: Clock, theme: Theme, scale: float
) -> Iterator[tuple[str, str]]:
    """Writes the pictures of one theme and size into `out`; gives file names and what each shows."""
    settings = Settings(theme=theme, text_size=round(scale * 100), still=True)
    look.put_on(application, look.Look(theme, scale, still=True))
    window = Window(application, settings, clock, opening)
    window.resize(WIDTH, HEIGHT)
    window.show()
    suffix = f"{theme}-{round(scale * 100)}"

    def shot(name: str, says: str) -> tuple[str, str]:
        settle(application, window)
        file = f"{name}-{suffix}.png"
        window.grab().save(str(out / file))
        return file, f"{says} ({theme}, {round(scale * 100)} %)"

    try:
        yield shot("unlock", "Unlocking")
        assert opening.sample is not None
        window.unlock(Secret(opening.sample()))
        settle(application, window)
        found: list[Cases] = []
        window.desks.with_desk(cases, found.append)
        settle(application, window)
        for stop in stops(found[0]):
            stop.go(window)
            yield shot(stop.name, stop.says)
    finally:
        window.close()
        window.deleteLater()


class Cases(msgspec.Struct, frozen=True):
    """The people the tour visits, by case id: one with a plan, one with a recall, the longest name; every form's id.

    `looked` is one at whom a look is owed, where others are overseen; `inside` one who is to be released;
    `written` a contact of the first. Each is empty where there is none.
    """

    planned: str
    recalled: str
    longest: str
    forms: tuple[str, ...]
    looked: str = ""
    inside: str = ""
    written: str = ""
    heads: bool = False


def cases(desk: Desk) -> Cases:
    """Whom to visit in a sample store."""
    rows = desk.cases()
    recalled = next(row.case for row in rows if row.open_recall)
    longest = max(rows, key=lambda row: len(row.name or "")).case
    planned = next((row.case for row in rows if row.rosh == "high" and not row.open_recall), recalled)
    role = desk.device.card.role
    forms = tuple(form.form for form in desk.library.all() if role in form.for_)
    looks = overseeing.team(desk).looks if overseeing.oversees(desk) else ()
    ways = ((row.case, releasing.way_out(desk, row.case)) for row in rows)
    inside = next((case for case, way in ways if way is not None and way.day is not None), "")
    written = next(reversed(desk.case(planned).of_form("contact")), None)
    looked = looks[0].row.case if looks else ""
    return Cases(
        planned, recalled, longest, forms, looked, inside, written.id if written else "", heading.heads(desk)
    )


def stops(who: Cases) -> Iterator[Stop]:
    """Where the tour goes, in order; with somebody who oversees others only where they alone go."""
    if who.heads:
        for tab, says in HEADING:
            yield _to(f"pdu-{tab}", says, Place("pdu", tab=tab))
        return
    if who.looked:
        yield from _overseeing(who)
        return
    yield from _working(who)


def _working(who: Cases) -> Iterator[Stop]:
    """A practitioner's day, and everything that stands in it."""
    yield _to("today", "Today", Place("today"))
    yield Stop("why", "Why it is due", _ask_why)
    yield _to("caseload", "The caseload", Place("caseload"))
    for tab, says in TABS:
        yield _to(f"case-{tab}", says, Place("case", case=who.planned, tab=tab))
    yield _to(
        "case-release",
        "The day somebody walks out, and the weeks before",
        Place("case", case=who.inside, tab="release"),
    )
    yield _to("case-recall", "A case with an open recall", Place("case", case=who.recalled))
    yield _to("sitting", "Reviews written and signed in one sitting", Place("sitting", case=who.recalled))
    yield _to("card", "What to read before a contact", Place("card", case=who.planned))
    yield _to("case-long-name", "A name of sixty letters", Place("case", case=who.longest))
    for form in who.forms:
        yield _to(f"form-{form}", f"Form: {form}", Place("form", case=who.planned, form=form))
    yield from _reading(who)


def _reading(who: Cases) -> Iterator[Stop]:
    """What is read, sent and chosen."""
    yield _to("report", "A report before it leaves", Place("report", case=who.planned))
    yield _to("report-entry", "One entry on paper", Place("report", case=who.planned, entry=who.written))
    yield Stop("room", "In the room", lambda window: window.toggle_room())
    yield Stop("room-left", "Back from the room", lambda window: window.toggle_room())
    yield _to("search", "Search", Place("search", words="allotment"))
    yield _to("carry", "What waits to be carried over", Place("carry"))
    for tab, says in COVER:
        yield _to(f"cover-{tab}", says, Place("cover", tab=tab))
    yield _to("figures", "Figures", Place("figures"))
    for tab, says in EXCHANGE:
        yield _to(f"exchange-{tab}", says, Place("exchange", tab=tab))
    yield Stop("exchange-pair", "Two accounts side by side", _open_pair)
    for tab, says in WAYS_OUT:
        yield _to(f"waysout-{tab}", says, Place("waysout", tab=tab))
    yield _to("guidance", "Guidance", Place("guidance", words="start"))
    for tab, says in TRUST:
        yield _to(f"settings-{tab}", says, Place("settings", tab=tab))
    yield Stop("switcher", "The quick switcher", lambda window: window.switch())
    yield Stop("locked", "Locked again", lambda window: window.lock())


def _overseeing(who: Cases) -> Iterator[Stop]:
    for tab, says in OVERSIGHT:
        yield _to(f"oversight-{tab}", says, Place("oversight", tab=tab))
    yield Stop("oversight-reading", "An entry that waits to be countersigned", _read_first)
    yield _to("review", "One look at one case", Place("review", case=who.looked))
    yield Stop("review-lens", "The inspectors' questions", _unfold)
    yield _to("cover-team", "Covering for an officer of the team", Place("cover"))
    yield _to("figures-team", "Figures of a team", Place("figures"))


def _open_first(window: Window, place: Place) -> None:
    """Goes to a place and opens the first line of its list."""
    if window.workspace is not None:
        window.workspace.go(place)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            settle(application, window)
        lists = [rows for rows in window.findChildren(Rows) if rows.isVisible()]
        if lists and lists[0].current():
            lists[0].opened.emit(lists[0].current())


def _read_first(window: Window) -> None:
    """Opens the first entry that waits to be countersigned."""
    _open_first(window, Place("oversight", tab="signing"))


def _open_pair(window: Window) -> None:
    """Opens the first two accounts that are to be settled."""
    _open_first(window, Place("exchange", tab="accounts"))


def _unfold(window: Window) -> None:
    """Opens the inspectors' questions and scrolls to them."""
    folded = (
        button
        for button in window.findChildren(Button)
        if button.accessibleName().startswith("Read the case")
    )
    if (first := next(folded, None)) is not None:
        first.click()
        first.setFocus()
        pages = (page for page in window.findChildren(Page) if page.isAncestorOf(first))
        for page in pages:
            page.ensureWidgetVisible(first, 0, page.height() - first.height())


def _ask_why(window: Window) -> None:
    """Presses the first 'Why?' of Today."""
    asked = (button for button in window.findChildren(Button) if button.accessibleName().startswith("Why"))
    if (first := next(asked, None)) is not None:
        first.click()


def _to(name: str, says: str, place: Place) -> Stop:
    def go(window: Window) -> None:
        if window.workspace is not None:
            window.workspace.go(place)

    return Stop(name, says, go)


TABS = (
    ("summary", "A case on one page"),
    ("chronology", "Its chronology"),
    ("assessments", "Assessments side by side"),
    ("thread", "From factor to action to evidence"),
    ("plan", "The plan, and whether it happens"),
    ("people", "People around the person"),
    ("agencies", "The team and the agencies"),
    ("addresses", "Addresses and visits"),
    ("conditions", "Conditions in force"),
    ("devices", "Devices and accounts"),
    ("documents", "Documents and reports"),
)
EXCHANGE = (
    ("colleagues", "Colleagues and their cards"),
    ("send", "Sending a case"),
    ("receive", "Receiving files"),
    ("sent", "What was sent, and who was heard from"),
    ("apart", "What is kept apart"),
    ("handover", "Handing a case over"),
    ("accounts", "Two accounts to settle"),
)
WAYS_OUT = (
    ("out", "What was taken out of the record"),
    ("holds", "Legal holds"),
    ("requests", "Letters and requests"),
)
COVER = (
    ("dangerous", "Covering for a colleague: who is dangerous"),
    ("missed", "What must not be missed"),
    ("away", "While you were away"),
)
HEADING = (
    ("recalls", "The head of a PDU: recalls to authorise or cancel"),
    ("placements", "Placements without authority"),
    ("unreached", "What those who oversee could not reach"),
    ("sample", "A sample of decisions on recall"),
)
OVERSIGHT = (
    ("looks", "Oversight: looks of the week"),
    ("beyond", "What the hours do not reach"),
    ("signing", "What waits to be countersigned"),
    ("team", "How the load lies"),
    ("upward", "What was taken upward"),
    ("sample", "A dip sample"),
)
TRUST = (
    ("look", "Look and comfort"),
    ("safety", "Safety"),
    ("overlays", "Overlays, and the work that suggestions make"),
    ("log", "Who looked"),
    ("trust", "What this protects"),
)
