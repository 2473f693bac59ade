"""One sitting on the screen: walk what changed, write the forms, sign them together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.results import Changes
from workbench.ui.form.view import SITTING
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.sitting import presenter
from workbench.ui.sitting.presenter import Asked, Changed, Sitting, Written
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.panels import Band, Card, Icon, Line
from workbench.ui.widgets.text import Label, Pill

SHOWN = 4


class SittingScreen(Screen):
    """One sitting on one case; each form is written on the form screen and signed here."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("One sitting")
        self._case = ""
        self._shown: Sitting | None = None
        self._looked: set[tuple[str, str, str]] = set()
        self._count: Label | None = None
        self._first: QWidget | None = None
        self._busy = False
        lines = column(self)
        self._page = Page(900)
        lines.addWidget(self._page)

    def arrive(self, place: Place) -> None:
        """Asks for the sitting; another case's is gone at once."""
        if place.case != self._case:
            self._page.clear()
            self._looked, self._first = set(), None
        case = self._case = place.case
        self.shell.ask(lambda desk: presenter.opened(desk, case), self._show, key="sitting")

    def first(self) -> QWidget | None:
        """What is to be done next."""
        return self._first

    def help_page(self) -> str:
        """The guidance for it."""
        return "sitting"

    def _show(self, found: Sitting, failed: str = "") -> None:
        if found.case != self._case:
            return
        self._shown, self._first = found, None
        self._page.clear()
        lines = self._page.column
        lines.addWidget(Label("One sitting", "display"))
        who = Button(found.name, partial(self.shell.go, Place("case", case=self._case)), kind="link")
        lines.addWidget(who, 0, Qt.AlignmentFlag.AlignLeft)
        if failed:
            lines.addWidget(Band(failed, "danger"))
        if found.asked:
            lines.addWidget(self._asked(found.asked))
        lines.addWidget(self._changes(found))
        lines.addWidget(self._forms(found))
        lines.addWidget(self._sign_part(found))
        lines.addStretch(1)
        if self.isVisible() and (target := self.first()) is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What asks for it

    def _asked(self, asked: tuple[Asked, ...]) -> Card:
        card = Card("What asks for it", gap=6)
        for each in asked:
            held = QWidget()
            flow = Flow(held, gap=10)
            flow.addWidget(Label(each.asks, "strong"))
            flow.addWidget(Label(each.stands, "quiet"))
            why = Button("Why?", partial(self.shell.explain, each.asks, each.because), kind="link")
            why.setAccessibleName(f"Why: {each.asks}")
            flow.addWidget(why)
            card.body.addWidget(held)
        return card

    # What changed

    def _changes(self, found: Sitting) -> Card:
        card = Card("1. What changed", gap=8)
        if not found.since:
            says = "No ARMS and no plan stands yet: the first ones are written from the whole record."
            card.body.addWidget(Label(says, "quiet"))
            return card
        if not found.changes:
            card.body.addWidget(Label(f"Nothing is recorded as changed since: {found.since}.", "quiet"))
            return card
        self._count = Label("", "quiet")
        card.body.addWidget(self._count)
        for each in found.changes:
            card.body.addWidget(Line())
            card.body.addWidget(self._change(each))
        self._tell_count()
        return card

    def _change(self, change: Changed) -> QWidget:
        held = QWidget()
        across = row(held, gap=10)
        words = column(gap=1)
        words.addWidget(Label(change.name, "strong"))
        words.addWidget(Label(change.words, copyable=True))
        place = Place("case", case=self._case, tab="chronology", entry=change.entry)
        source = Button(change.since, partial(self.shell.go, place), kind="source")
        source.setAccessibleName(f"Open the entry: {change.name}, {change.words}")
        words.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)
        across.addLayout(words, 1)
        key = (change.entry, change.name, change.words)
        looked = Tick("Looked at", f"Looked at: {change.name}, {change.words}")
        looked.setChecked(key in self._looked)
        looked.toggled.connect(lambda on: self._note(key, on=on))
        across.addWidget(looked, 0, Qt.AlignmentFlag.AlignTop)
        return held

    def _note(self, key: tuple[str, str, str], *, on: bool) -> None:
        (self._looked.add if on else self._looked.discard)(key)
        self._tell_count()

    def _tell_count(self) -> None:
        if self._count is not None and self._shown is not None:
            done = sum((each.entry, each.name, each.words) in self._looked for each in self._shown.changes)
            self._count.say(f"Since: {self._shown.since}. {done} of {len(self._shown.changes)} looked at.")

    # The forms

    def _forms(self, found: Sitting) -> Card:
        card = Card("2. Write the forms", gap=10)
        for number, form in enumerate(found.forms):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._form(form))
        return card

    def _form(self, form: Written) -> QWidget:
        held = QWidget()
        held.setAccessibleName(f"{form.title}: {form.state}")
        lines = column(held, gap=4)
        head = QWidget()
        flow = Flow(head, gap=8)
        flow.addWidget(Label(form.title, "strong"))
        flow.addWidget(Pill(form.state, form.tone))
        lines.addWidget(head)
        for says in form.says[:SHOWN]:
            lines.addWidget(Label(says, "quiet"))
        if len(form.says) > SHOWN:
            lines.addWidget(Label(f"and {len(form.says) - SHOWN} more", "quiet"))
        ways = QWidget()
        flow = Flow(ways, gap=10)
        for button in self._ways(form):
            flow.addWidget(button)
        lines.addWidget(ways)
        return held

    def _ways(self, form: Written) -> list[Button]:
        ways: list[Button] = []
        if form.draft:
            words = "Look at it again" if form.ready else "Go on"
            ways.append(Button(words, partial(self._write, form.draft), icon="pencil", kind="secondary"))
        elif not form.refused:
            if form.carries:
                begin = partial(self._begin, form, from_last=True)
                ways.append(Button("Begin from the last one", begin, icon="copy", kind="secondary"))
            kind = "link" if form.carries else "secondary"
            ways.append(Button("Begin empty", partial(self._begin, form, from_last=False), kind=kind))
        for way in ways:
            way.setAccessibleName(f"{way.accessibleName()}: {form.title}")
        if ways and not form.ready:
            self._first = self._first or ways[0]
        if form.last:
            place = Place("case", case=self._case, tab="chronology", entry=form.last)
            last = Button(f"Last signed {form.last_on}", partial(self.shell.go, place), kind="source")
            last.setAccessibleName(f"Open the entry: {form.title}, {form.last_on}")
            ways.append(last)
        return ways

    def _begin(self, form: Written, *, from_last: bool) -> None:
        case, told = self._case, self._shown.told if self._shown else ""

        def begin(desk: Desk) -> str:
            return presenter.begin(desk, case, form.form, told, from_last=from_last)

        self.shell.ask(begin, self._write, self._refused)

    def _write(self, draft: str) -> None:
        self.shell.go(Place("form", case=self._case, tab=SITTING, draft=draft))

    # Signing

    def _sign_part(self, found: Sitting) -> Card:
        card = Card("3. Sign together", gap=8)
        ready = ", ".join(form.title for form in found.ready)
        if ready:
            card.body.addWidget(
                Label(f"Ready: {ready}. Each becomes an entry of its own; all are signed or none.")
            )
        else:
            card.body.addWidget(Label("Nothing is ready to be signed yet.", "quiet"))
        for form in found.unfinished:
            held = QWidget()
            across = row(held, gap=6)
            across.addWidget(Icon("circle-alert", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(
                Label(f"{form.title} is not finished. Signing now leaves it as a draft.", tone="warn"), 1
            )
            card.body.addWidget(held)
        count = len(found.ready)
        words = f"Sign {count} together" if count > 1 else "Sign"
        sign = Button(words, self._sign, icon="file-check-2", kind="primary")
        sign.setAccessibleName(f"{words}: {ready}" if ready else words)
        sign.setEnabled(bool(ready))
        if ready:
            self._first = self._first or sign
        card.body.addWidget(sign, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _sign(self) -> None:
        found = self._shown
        if found is None or self._busy:
            return
        self._busy = True
        case, drafts = self._case, tuple(form.draft for form in found.ready)
        told = f"Signed together: {', '.join(form.title for form in found.ready)}."

        def signed(changes: Changes) -> None:
            self._busy = False
            self.shell.changed(changes)
            if case == self._case and not self.isHidden():
                self.shell.go(Place("case", case=case, tab="chronology", entry=changes.entry or ""))
            self.shell.say(told, "good")

        self.shell.ask(lambda desk: presenter.sign(desk, case, drafts), signed, self._refused)

    def _refused(self, error: Expected) -> None:
        self._busy = False
        if self._shown is not None and not self.isHidden():
            self._show(self._shown, error.sentence())
        else:
            self.shell.say(error.sentence(), "danger")
