"""Today on the screen: what presses, the diary, what waits on others, drafts to finish."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.casework import unfinished
from workbench.casework.owing import LOOK
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.today import presenter
from workbench.ui.today.presenter import Action, Appointment, Begun, Item, Today
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, empty, row
from workbench.ui.widgets.panels import Card, Icon, Line, Nothing
from workbench.ui.widgets.text import Label

_SIDE_BELOW = 1000
_ROW_BELOW = 480


class ItemRow(QWidget):
    """One thing that presses: what and whose at the left, what to do at the right, or below where it is narrow."""

    def __init__(self, item: Item, who: Button, acts: tuple[Button, ...]) -> None:
        super().__init__()
        self.setAccessibleName(f"{item.asks}, {item.name}, {item.stands}")
        across = row(self, gap=10)
        across.addWidget(Icon(item.icon, item.tone), 0, Qt.AlignmentFlag.AlignTop)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(in_force().gap(8))
        across.addLayout(self._parts, 1)
        words = column(gap=2)
        words.addWidget(Label(item.asks, "strong"))
        line = QWidget()
        flow = Flow(line, gap=8)
        flow.addWidget(who)
        flow.addWidget(Label(item.crn, "quiet", wrap=False))
        flow.addWidget(Label(item.stands, tone=item.tone, wrap=False))
        words.addWidget(line)
        self._parts.addLayout(words, 1)
        act = row(gap=12)
        for button in acts:
            act.addWidget(button)
        act.addStretch(0)
        self._parts.addLayout(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts what to do below where there is no room beside."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = event.size().width() >= in_force().px(_ROW_BELOW)
        self._parts.setDirection(ways.LeftToRight if beside else ways.TopToBottom)


class TodayScreen(Screen):
    """Today; it is asked for anew each time somebody comes here."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Today")
        lines = column(self)
        self._page = Page()
        lines.addWidget(self._page)
        self._heading = Label("Today", "display")
        self._below = Label("", "quiet")
        self._page.column.addWidget(self._heading)
        self._page.column.addWidget(self._below)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(in_force().gap(16))
        self._main, self._side = column(gap=14), column(gap=14)
        self._parts.addLayout(self._main, 5)
        self._parts.addLayout(self._side, 3)
        self._page.column.addLayout(self._parts)
        self._page.column.addStretch(1)
        self._first: QWidget | None = None

    def arrive(self, place: Place) -> None:
        """Asks for today and shows it."""
        self.shell.ask(presenter.today, self.show_today, key="today")

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "today"

    def first(self) -> QWidget | None:
        """The first thing to do."""
        return self._first

    def show_today(self, state: Today) -> None:
        """Draws it."""
        self._heading.say(state.heading)
        count = f"{state.pressing:,} things need doing" if state.pressing != 1 else "1 thing needs doing"
        people = f"{state.cases:,} people" if state.cases != 1 else "1 person"
        self._below.say(f"{state.whose}. {people}. {count if state.pressing else 'Nothing needs doing'}.")
        empty(self._main)
        empty(self._side)
        self._first = None
        self._main.addWidget(self._pressing(state))
        self._main.addStretch(1)
        self._side.addWidget(self._diary(state.diary))
        if state.drafts:
            self._side.addWidget(self._drafts(state.drafts))
        if state.thrown:
            self._side.addWidget(self._thrown(state.thrown))
        if state.waiting:
            self._side.addWidget(self._items("Waiting on others", state.waiting))
        self._side.addWidget(self._quick())
        self._side.addStretch(1)

    def _pressing(self, state: Today) -> QWidget:
        if not state.cases:
            return _carded(
                Nothing(
                    "No people yet",
                    "Register a person, or bring in a case file from a colleague.",
                    "Register a person",
                    lambda: self.shell.go(Place("form", form="registration")),
                    icon="users",
                )
            )
        if not state.items:
            return _carded(
                Nothing("Nothing needs doing today", "What becomes due in the next week will stand here.")
            )
        card = self._items("What needs doing, the most serious first", state.items)
        if state.held:
            card.body.addWidget(Line())
            card.body.addWidget(Label(state.held, "quiet"))
            all_ = Button(
                "See the whole caseload, due first", lambda: self.shell.go(Place("caseload")), kind="link"
            )
            card.body.addWidget(all_, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _items(self, title: str, items: tuple[Item, ...]) -> Card:
        card = Card(title, gap=10)
        for number, item in enumerate(items):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._item(item))
        return card

    def _item(self, item: Item) -> QWidget:
        who = Button(item.name, lambda: self.shell.go(Place("case", case=item.action.case)), kind="link")
        go = Button(item.action.words, lambda: self._act(item.action), kind="secondary")
        go.setAccessibleName(f"{item.action.words}, {item.name}")
        why = Button("Why?", lambda: self.shell.explain(item.asks, item.because), kind="link")
        why.setAccessibleName(f"Why: {item.asks}, {item.name}")
        self._first = self._first or who
        if not item.sits:
            return ItemRow(item, who, (why, go))
        place = Place("sitting", case=item.action.case)
        sit = Button("One sitting", lambda: self.shell.go(place), kind="link")
        sit.setAccessibleName(f"One sitting, {item.asks}, {item.name}")
        return ItemRow(item, who, (why, sit, go))

    def _act(self, action: Action) -> None:
        if action.form == LOOK:
            self.shell.go(Place("review", case=action.case))
            return
        screen = "form" if action.form else "case"
        self.shell.go(Place(screen, case=action.case, form=action.form))

    def _diary(self, diary: tuple[Appointment, ...]) -> Card:
        card = Card("Who is coming")
        if not diary:
            card.body.addWidget(Label("No appointment is recorded from today on.", "quiet"))
        for number, each in enumerate(diary):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._coming(each))
        return card

    def _coming(self, each: Appointment) -> QWidget:
        """Who and when at the left, the card to read before it at the right."""
        when = ", ".join(part for part in (each.day, each.time) if part)
        held = QWidget()
        across = row(held, gap=8)
        words = column(gap=0)
        who = Button(each.name, lambda: self.shell.go(Place("case", case=each.case)), kind="link")
        who.setAccessibleName(f"{each.name}, {when}")
        # A long name gives way to the card beside it.
        who.setMinimumWidth(1)
        words.addWidget(who, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(_indented(Label(f"{when[:1].upper()}{when[1:]}", "quiet")))
        across.addLayout(words, 1)
        read = self._link("Card", "timer", Place("card", case=each.case))
        read.setAccessibleName(f"Sixty-second card: {each.name}, {when}")
        across.addWidget(read)
        return held

    def _drafts(self, drafts: tuple[Begun, ...]) -> Card:
        card = Card("Drafts to finish")
        for each in drafts:
            place = Place("form", case=each.case, form=each.form, draft=each.draft)
            card.body.addWidget(self._link(f"{each.title}, {each.name}, {each.since}", "pencil", place))
        return card

    def _thrown(self, drafts: tuple[Begun, ...]) -> Card:
        card = Card("Thrown away")
        card.body.addWidget(Label("Kept for 14 days. Press one to fetch it back.", "quiet"))
        for each in drafts:
            words = f"{each.title}, {each.name}, {each.since}"
            button = Button(words, partial(self._fetch_back, each), icon="undo-2", kind="link")
            button.setAccessibleName(f"Fetch back: {words}")
            card.body.addWidget(button)
        return card

    def _fetch_back(self, each: Begun) -> None:
        place = Place("form", case=each.case, form=each.form, draft=each.draft)
        self.shell.ask(
            lambda desk: unfinished.fetch_back(desk, each.draft), lambda _: self.shell.go(place), key="fetch"
        )

    def _quick(self) -> Card:
        card = Card("Shortcuts")
        card.body.addWidget(self._link("Register a person", "plus", Place("form", form="registration")))
        card.body.addWidget(self._link("Search everything that was written", "search", Place("search")))
        return card

    def _link(self, words: str, icon: str, place: Place) -> Button:
        return Button(words, lambda: self.shell.go(place), icon=icon, kind="link")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the side below where there is no room beside."""
        super().resizeEvent(event)
        beside = event.size().width() >= in_force().px(_SIDE_BELOW)
        ways = QBoxLayout.Direction
        self._parts.setDirection(ways.LeftToRight if beside else ways.TopToBottom)


def _indented(label: Label) -> Label:
    """A line that begins where the words of the link above it begin."""
    label.setIndent(in_force().px(4))
    return label


def _carded(inner: QWidget) -> Card:
    card = Card()
    card.body.addWidget(inner)
    return card
