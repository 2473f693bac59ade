"""Oversight on the screen: open recalls on top, one list at a time, and the entry to be countersigned beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workbench.errors import Expected
from workbench.models.results import Changes
from workbench.ui.case.chronology.presenter import Whole
from workbench.ui.case.chronology.reading import Reading
from workbench.ui.look.look import in_force
from workbench.ui.oversight import presenter
from workbench.ui.oversight.presenter import Open, Oversight
from workbench.ui.oversight.sampling import SamplePart
from workbench.ui.oversight.team import TeamPart
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.filled import Filled, OneOf
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.panels import Card, Icon, Nothing
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

PARTS = ("looks", "beyond", "signing", "team", "upward", "sample")
_LISTS = ("looks", "beyond", "signing", "upward")
_WORDS = {
    "looks": "Looks this week",
    "beyond": "Not reached",
    "signing": "To countersign",
    "team": "Team",
    "upward": "Taken upward",
    "sample": "Dip sample",
}
_EMPTY = {
    "looks": ("No look is owed this week", "Looks that come due in the next days will stand here."),
    "beyond": (
        "Everything fits into the week",
        "What your hours do not reach will stand here, to be taken upward.",
    ),
    "signing": (
        "Nothing waits for you",
        "What others sign and you are to countersign will stand here, oldest first.",
    ),
    "upward": ("Nothing is open", "What was taken to somebody above and has no answer yet will stand here."),
}
_READ_BESIDE, _LEAST = 1000, 300
RECALL = "Recall agreed and not yet carried out"
# More looks than any week holds.
MOST = 99


class OversightScreen(Screen):
    """The team, for the person who oversees it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Oversight")
        self._found: Oversight | None = None
        self._no_way_in: Nothing | None = None
        self._part = "looks"
        self._key = ""
        lines = column(self)
        self._page = Filled()
        self._page.stood.connect(lambda _: self._stand())
        lines.addWidget(self._page)
        into = self._page.column
        into.addWidget(self._head())
        self._recalls: QVBoxLayout = column(gap=8)
        into.addLayout(self._recalls)
        self._tabs = Choice("Parts of oversight", _WORDS, "tab")
        self._tabs.chosen.connect(self._to_part)
        into.addWidget(self._tabs)
        self._hours = self._hours_part()
        into.addWidget(self._hours)
        self._search = SearchField("Search this list", "Name, CRN, officer or what is asked")
        self._search.asked.connect(lambda _: self._fill())
        into.addWidget(self._search)
        self._page.fill(self._stacked(), _LEAST)

    # Parts

    def _head(self) -> QWidget:
        held = QWidget()
        flow = Flow(held, gap=16)
        flow.addWidget(Label("Oversight", "display", wrap=False))
        self._below = Label("", "quiet", wrap=False)
        flow.addWidget(self._below)
        return held

    def _stacked(self) -> OneOf:
        """One list, or other part, at a time."""
        self._stack = OneOf()
        self._lists = {part: self._list(part) for part in _LISTS}
        self._team, self._sample = TeamPart(), SamplePart(self.shell)
        self._nothing = QWidget()
        self._nothing_lines = column(self._nothing)
        self._reading = self._pane()
        self._signing = QWidget()
        beside = row(self._signing, gap=12)
        beside.addWidget(self._lists["signing"], 2)
        beside.addWidget(self._reading, 3)
        for widget in (
            self._lists["looks"],
            self._lists["beyond"],
            self._lists["upward"],
            self._signing,
            self._team,
            self._sample,
            self._nothing,
        ):
            self._stack.add(widget)
        return self._stack

    def _hours_part(self) -> QWidget:
        held = QWidget()
        flow = Flow(held, gap=10)
        self._a_week = Label("", "strong", wrap=False)
        self._fewer = Button("Fewer looks a week", lambda: self._plan_for(-1), icon="minus", kind="icon")
        self._more = Button("More looks a week", lambda: self._plan_for(1), icon="plus", kind="icon")
        for widget in (self._fewer, self._a_week, self._more):
            flow.addWidget(widget)
        self._plan = Label("", "quiet")
        flow.addWidget(self._plan)
        self._escalate = Button("Take it upward", self._take_upward, icon="flag", kind="secondary")
        flow.addWidget(self._escalate)
        return held

    def _list(self, part: str) -> Rows:
        made = Rows(_WORDS[part])
        made.opened.connect(lambda key: self._open(part, key))
        return made

    def _pane(self) -> Reading:
        pane = Reading()
        pane.closed.connect(self._close_reading)
        pane.countersign.connect(self._countersign)
        pane.give_back.connect(self._give_back)
        pane.lifted.connect(self._lifted)
        pane.hide()
        return pane

    # Coming and going

    def arrive(self, place: Place) -> None:
        """Asks for everything that waits, and shows one part of it."""
        self._search.clear()
        self._part = place.tab if place.tab in PARTS else "looks"
        self._tabs.choose(self._part)
        self._close_reading()
        # What was found last stands there until what is found now comes.
        self._show_part()
        self.shell.ask(presenter.oversight, self.show_oversight, key="oversight")

    def _to_part(self, part: str) -> None:
        self.shell.go(Place("oversight", tab=part))

    def first(self) -> QWidget | None:
        """The list of the part shown, its tab where nothing is in it; for who oversees nobody, the way out."""
        if self._found is not None and not self._found.may:
            return self._no_way_in.button if self._no_way_in is not None else None
        if self._part == "sample":
            return self._sample.first()
        if self._found is None or self._rows(self._found).get(self._part):
            return self._lists.get(self._part) or self._tabs.button(self._part)
        return self._tabs.button(self._part)

    def find_here(self) -> None:
        """Goes to the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "oversight"

    # Showing

    def show_oversight(self, found: Oversight) -> None:
        """Draws it."""
        self._found = found
        self._below.say(found.heading)
        for widget in (self._tabs, self._stack, self._hours, self._search):
            widget.setVisible(found.may)
        empty(self._recalls)
        if not found.may:
            nobody = self._no_way_in = self._nobody()
            self._recalls.addWidget(nobody)
            nobody.show()
            if self.isVisible() and nobody.button is not None:
                nobody.button.setFocus()
            return
        for recall in found.recalls:
            self._recalls.addWidget(RecallCard(self.shell, recall))
        self._count(found)
        self._a_week.say(f"Hours for {found.a_week} look{'s' if found.a_week != 1 else ''} a week")
        self._fewer.setEnabled(found.a_week > 0)
        self._plan.say(found.plan)
        self._fill()
        self._team.show_team(found)
        self._show_part()
        self._chain()

    def _nobody(self) -> Nothing:
        return Nothing(
            "Oversight is for SPOs and heads of PDU",
            "Your own work stands under Today.",
            "Go to Today",
            lambda: self.shell.go(Place("today")),
            icon="users",
        )

    def _fill(self) -> None:
        """Fills the lists with what the search leaves."""
        if self._found is not None:
            for part, rows in self._rows(self._found).items():
                self._lists[part].show_rows(presenter.chosen(rows, self._search.text()))

    def _rows(self, found: Oversight) -> dict[str, tuple[Row, ...]]:
        return {
            "looks": found.looks,
            "beyond": found.beyond,
            "signing": found.waiting,
            "upward": found.upward,
        }

    def _count(self, found: Oversight) -> None:
        counts = {part: len(rows) for part, rows in self._rows(found).items()} | {
            "team": len(found.officers),
            "sample": 0,
        }
        for part, words in _WORDS.items():
            self._tabs.button(part).say(f"{words} ({counts[part]})" if counts[part] else words)

    def _show_part(self) -> None:
        found, part = self._found, self._part
        if found is None or not found.may:
            return
        self._hours.setVisible(part in ("looks", "beyond"))
        self._escalate.setVisible(part == "beyond" and bool(found.beyond) and found.may_escalate)
        self._search.setVisible(part in _LISTS and bool(self._rows(found)[part]))
        if part not in _LISTS:
            self._stack.choose(self._team if part == "team" else self._sample)
            return
        rows = self._lists[part]
        if not self._rows(found)[part]:
            self._say_nothing(part)
        else:
            self._stack.choose(self._signing if part == "signing" else rows)
            if not rows.current():
                rows.setCurrentIndex(rows.rows.index(0))
            held = QApplication.focusWidget()
            if self.isVisible() and (held is None or not self.isAncestorOf(held)):
                rows.setFocus()

    def _say_nothing(self, part: str) -> None:
        title, says = _EMPTY[part]
        if self._found is not None and not self._found.cases:
            title, says = "No people yet", "Cases come from the laptops of the team, or as case files."
        empty(self._nothing_lines)
        self._nothing_lines.addWidget(Nothing(title, says))
        self._nothing_lines.addStretch(1)
        self._stack.choose(self._nothing)

    # Doing

    def _plan_for(self, by: int) -> None:
        if self._found is None:
            return
        number = max(0, min(MOST, self._found.a_week + by))
        pressed = self._more if by > 0 else self._fewer

        def planned(found: Oversight) -> None:
            self.show_oversight(found)
            pressed.setFocus()

        self.shell.ask(lambda desk: presenter.plan_for(desk, number), planned, key="oversight")

    def _take_upward(self) -> None:
        """The form for what cannot be settled here, on the chosen case."""
        case = self._lists["beyond"].current()
        if case:
            given = (("matter", "A look at this case is owed, and the hours of this week do not reach it."),)
            self.shell.go(Place("form", case=case, form="escalation", given=given))

    def _open(self, part: str, key: str) -> None:
        if part in ("looks", "beyond"):
            self.shell.go(Place("review", case=key))
        elif part == "upward":
            case, entry = key.split("/")
            self.shell.go(Place("case", case=case, tab="chronology", entry=entry))
        else:
            self._read(key)

    def _read(self, key: str) -> None:
        self._key = key

        def show(whole: Whole | None) -> None:
            if key == self._key:
                self._reading.show_entry(whole, shielded=self.shell.settings().shielded)
                self._reading.show()
                self._stand()
                self._chain()
                if self.isVisible():
                    self._reading.first().setFocus()
                self._page.bring(self._reading)

        self.shell.ask(lambda desk: presenter.read(desk, key), show, key="read")

    def _close_reading(self) -> None:
        self._key = ""
        was = self._reading.isVisible()
        self._reading.hide()
        self._stand()
        if was:
            self._lists["signing"].setFocus()
            self._page.bring(self._lists["signing"])

    def _countersign(self) -> None:
        key = self._key
        self.shell.ask(
            lambda desk: presenter.countersign(desk, key), self._done("Countersigned."), self._refused
        )

    def _give_back(self, points: dict[str, str]) -> None:
        key = self._key
        told = self._done("Returned for rework, with your point.")
        self.shell.ask(lambda desk: presenter.give_back(desk, key, points), told, self._refused)

    def _done(self, says: str) -> Callable[[Changes], None]:
        def told(changes: Changes) -> None:
            self.shell.changed(changes)
            keys = [row.key for row in self._lists["signing"].rows.items]
            place = keys.index(self._key) if self._key in keys else 0
            self._close_reading()
            self.shell.ask(presenter.oversight, lambda found: self._go_on(found, place), key="oversight")
            self.shell.say(says, "good")

        return told

    def _go_on(self, found: Oversight, place: int) -> None:
        """Draws what waits now; the entry after the one that is done is chosen, not the first again."""
        self.show_oversight(found)
        rows = self._lists["signing"].rows
        if rows.items:
            self._lists["signing"].setCurrentIndex(rows.index(min(place, len(rows.items) - 1)))

    def _refused(self, failure: Expected) -> None:
        self._reading.refuse(failure)

    def _lifted(self) -> None:
        case = self._key.split("/")[0]
        self.shell.ask(lambda desk: desk.log("revealed", case=case))

    def _chain(self) -> None:
        """Tab goes from top to bottom, also to what was made later than what stands below it."""
        order: list[QWidget] = [
            button for card in self.findChildren(RecallCard) for button in card.findChildren(Button)
        ]
        order += [self._tabs.button(part) for part in PARTS]
        order += [self._fewer, self._more, self._escalate, self._search, *self._lists.values()]
        order += [self._reading.first(), *self._reading.findChildren(Button)]
        for before, after in pairwise(dict.fromkeys(order)):
            QWidget.setTabOrder(before, after)

    def _stand(self) -> None:
        """The entry beside the list, or in its place where there is no room for both."""
        beside = self.width() >= in_force().px(_READ_BESIDE) and not self._page.whole
        self._lists["signing"].setVisible(beside or self._reading.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way where there is little room."""
        super().resizeEvent(event)
        self._stand()


class RecallCard(Card):
    """An open recall: how far it has gone, since when, who must see it, and the next step."""

    def __init__(self, shell: Shell, recall: Open) -> None:
        super().__init__(gap=2)
        self.setProperty("band", "danger")
        self.setAccessibleName(f"Open recall: {recall.name}, {recall.stands}")
        top = QWidget()
        flow = Flow(top, gap=10)
        flow.addWidget(Icon("siren", "danger"))
        flow.addWidget(Label("Open recall", "heading", tone="danger", wrap=False))
        flow.addWidget(Button(recall.name, lambda: shell.go(Place("case", case=recall.case)), kind="link"))
        flow.addWidget(Label(recall.crn, "quiet", wrap=False))
        form = Place("form", case=recall.case, form="recall")
        step = Button("Write the next step", lambda: shell.go(form), icon="pencil", kind="link")
        step.setAccessibleName(f"Write the next step of the recall, {recall.name}")
        why = Button("Why?", lambda: shell.explain(RECALL, recall.because), kind="link")
        why.setAccessibleName(f"Why: open recall, {recall.name}")
        flow.addWidget(step)
        flow.addWidget(why)
        self.body.addWidget(top)
        self.body.addWidget(Label(f"{recall.stands} {recall.since}.", "strong"))
        self.body.addWidget(Label(f"Must be seen by: {recall.people}", "quiet"))
