"""Overlays and suggestions on the screen: what each changes and costs, switched on and off with a signature."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import Expected
from workbench.models.results import Changes
from workbench.ui.exchange import files
from workbench.ui.gate.busy import Busy
from workbench.ui.gate.field import Field
from workbench.ui.look.look import in_force
from workbench.ui.shell import counts
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust import overlays_presenter as presenter
from workbench.ui.trust.overlays_presenter import Number, Overlay, Reckoned, Shown, Suggestion, Work
from workbench.ui.trust.part import Sheet
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty, while_there
from workbench.ui.widgets.inputs import LineField
from workbench.ui.widgets.panels import Band, Card, Line, Nothing, Values
from workbench.ui.widgets.text import Label, Pill

_LEFT = Qt.AlignmentFlag.AlignLeft
_HANDED = "decisions-of-the-administrator.zip"
_RECKONING = "Reckoning what work each makes …"


class OverlaysPart(Sheet):
    """Overlays and suggestions; whoever may not switch them reads them."""

    title = "Overlays"
    help_page = "overlays"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._who = column(gap=8)
        self.column.addLayout(self._who)
        self._files = Files(shell, self._came)
        self._overlays = column(gap=14)
        self._suggestions = Suggestions(shell, self._switched)
        self.column.addWidget(self._files)
        self.column.addLayout(self._overlays)
        self.column.addWidget(self._suggestions)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks how things stand."""
        self._ask()

    def first(self) -> QWidget | None:
        """The button that takes in a file."""
        return self._files.go

    def _ask(self) -> None:
        self.shell.ask(presenter.shown, self._show, key="overlays")

    def _show(self, shown: Shown) -> None:
        empty(self._who)
        if shown.who:
            self._who.addWidget(Band(f"You can read this. {shown.who}", "info"))
        self._files.show_decided(decided=shown.decided)
        empty(self._overlays)
        for overlay in shown.overlays:
            self._overlays.addWidget(OverlayCard(self.shell, overlay, self._switched))
        if not shown.overlays:
            self._overlays.addWidget(Nothing("No overlay is here", shown.alone, icon="book-open"))
        self._suggestions.show_suggestions(shown.suggestions, may=not shown.who)

    def _came(self) -> None:
        """A file came: what an administrator decided elsewhere may hold here now."""
        self._ask()
        self.shell.choose(self.shell.settings())
        self.shell.changed(Changes("", ("received",)))

    def _switched(self, shown: Shown) -> None:
        """Something was switched: every case is worked out anew, a few at a time, so that others get their turn."""
        self._show(shown)
        self.shell.choose(self.shell.settings())
        self._files.busy.begin("Working out every case by the rule book that now holds …")
        self._work_out(1)

    def _work_out(self, left: int) -> None:
        if left:
            self.shell.ask(counts.refresh_some, self._work_out)
            return
        self._files.busy.end()
        self.shell.changed(Changes("", ("switched",)))
        self.shell.say("Signed. Every case was worked out anew.", "good")


class Files(Card):
    """Taking a file in, and handing on what was decided."""

    def __init__(self, shell: Shell, changed: Callable[[], None]) -> None:
        super().__init__("The rule book here", gap=10)
        self._shell, self._changed = shell, changed
        self.body.addWidget(
            Label(
                "The national rule book comes with the program. A region lays its own numbers and rules over it by an "
                "overlay: a signed file. An overlay is checked when it arrives, and holds once an administrator "
                "has switched it on. None can switch off a firm rule, or weaken who may see what.",
                "quiet",
            )
        )
        buttons = QWidget()
        across = Flow(buttons)
        self.go = Button("Receive an overlay", self._choose, icon="download", kind="secondary")
        self._hand = Button("Save the decisions for colleagues", self._hand_on, icon="save", kind="link")
        across.addWidget(self.go)
        across.addWidget(self._hand)
        self._field = Field("A file with an overlay, or with what an administrator decided", buttons)
        self.body.addWidget(self._field)
        self.busy = Busy()
        self.body.addWidget(self.busy)
        self._says = column(gap=6)
        self.body.addLayout(self._says)

    def show_decided(self, *, decided: bool) -> None:
        """Offers to hand on, where anything was decided."""
        self._hand.setVisible(decided)

    def _choose(self) -> None:
        for path in files.to_take_in(self, "Choose an overlay")[:1]:
            self.take_in(path)

    def take_in(self, path: Path) -> None:
        """Takes in one file."""
        self._field.refuse("")
        empty(self._says)
        self.busy.begin(f"Checking {path.name} …")

        def came(says: tuple[str, ...]) -> None:
            self.busy.end()
            for sentence in says:
                self._says.addWidget(Band(sentence, "good"))
            self._changed()

        def refused(failure: Expected) -> None:
            self.busy.end()
            self._field.refuse(failure.sentence())

        self._shell.ask(lambda desk: presenter.receive(desk, path), came, refused)

    def _hand_on(self) -> None:
        def made(data: bytes) -> None:
            told = "{} is written. Colleagues receive it like any other file."
            files.save(self._shell, self, ((_HANDED, data),), lambda name: self._shell.say(told.format(name)))

        self._shell.ask(presenter.hand_on, made)


class OverlayCard(Card):
    """One overlay: how it stands, number by number, and the way to switch it."""

    def __init__(self, shell: Shell, overlay: Overlay, switched: Callable[[Shown], None]) -> None:
        super().__init__(gap=8)
        self.setAccessibleName(f"{overlay.title}: {overlay.state}")
        head = QWidget()
        across = Flow(head, gap=10)
        across.addWidget(Label(overlay.title, "heading"))
        across.addWidget(Pill(overlay.state, overlay.tone))
        self.body.addWidget(head)
        for told in overlay.told:
            self.body.addWidget(Label(told, "quiet"))
        for number in overlay.numbers:
            self.body.addWidget(_number(number))
        if not overlay.may_switch:
            return
        words = "Switch it off" if overlay.on else "Switch it on"
        signing = Signing(words, overlay.title)
        self.body.addWidget(signing)

        def sign(why: str, weekly: str) -> None:
            shell.ask(
                lambda desk: presenter.switch_overlay(desk, overlay.key, not overlay.on, why, weekly),
                switched,
                while_there(signing, signing.refuse),
            )

        def opened() -> None:
            shell.ask(
                lambda desk: presenter.reckon_overlay(desk, overlay.key),
                while_there(signing, partial(signing.show_work, overlay.key)),
                while_there(signing, signing.refuse),
            )

        signing.signed.connect(sign)
        signing.opened.connect(opened)


def _number(number: Number) -> QWidget:
    held = QWidget()
    lines = column(held, gap=2)
    lines.addWidget(Line())
    lines.addSpacing(in_force().gap(6))
    head = QWidget()
    across = Flow(head, gap=8)
    across.addWidget(Label(number.title, "strong"))
    if number.longer:
        across.addWidget(Pill("Longer than national", "warn"))
    lines.addWidget(head)
    lines.addWidget(Label(number.line))
    if number.source:
        lines.addWidget(Label(number.source, "small"))
    return held


class Suggestions(Card):
    """Numbers nobody has set, each with the program's suggestion and the work it makes."""

    def __init__(self, shell: Shell, switched: Callable[[Shown], None]) -> None:
        super().__init__("Numbers nobody has set", gap=10)
        self._shell, self._tell = shell, switched
        self.body.addWidget(
            Label(
                "For these no source gives a number. The program has a suggestion for each: ours, not policy. It "
                "stays off until an administrator switches it on. Beside each stands the work it makes.",
                "quiet",
            )
        )
        self._busy = Busy()
        self.body.addWidget(self._busy)
        self._way = Label("", "small")
        self.body.addWidget(self._way)
        self._list = column(gap=14)
        self.body.addLayout(self._list)
        self._rows: dict[str, SuggestionRow] = {}

    def show_suggestions(self, suggestions: tuple[Suggestion, ...], *, may: bool) -> None:
        """Shows them, and asks what work each makes."""
        empty(self._list)
        self._rows = {}
        for each in suggestions:
            made = SuggestionRow(self._shell, each, self._tell, may=may)
            self._rows[each.key] = made
            self._list.addWidget(made)
        self._busy.begin(_RECKONING)
        self._way.hide()
        self._shell.ask(presenter.reckon, self._reckoned, key="reckoned")

    def _reckoned(self, reckoned: Reckoned) -> None:
        self._busy.end()
        self._way.say(reckoned.way)
        self._way.show()
        for key, made in self._rows.items():
            made.show_work(reckoned.work.get(key))


class SuggestionRow(QWidget):
    """One suggestion."""

    def __init__(
        self, shell: Shell, suggestion: Suggestion, switched: Callable[[Shown], None], *, may: bool
    ) -> None:
        super().__init__()
        lines = column(self, gap=4)
        lines.addWidget(Line())
        lines.addSpacing(in_force().gap(6))
        head = QWidget()
        across = Flow(head, gap=8)
        across.addWidget(Label(suggestion.title, "strong"))
        across.addWidget(Pill(f"Suggested: {suggestion.says}", "info"))
        across.addWidget(Pill("Ours, not policy", "plain"))
        across.addWidget(Pill("On" if suggestion.on else "Off", "good" if suggestion.on else "plain"))
        lines.addWidget(head)
        lines.addWidget(Label(suggestion.told, "quiet"))
        self._work = WorkShown()
        lines.addWidget(self._work)
        self._signing: Signing | None = None
        if may:
            self._signing = signing = Signing(
                "Switch it off" if suggestion.on else "Switch it on", suggestion.title
            )
            lines.addWidget(signing)

            def sign(why: str, weekly: str) -> None:
                shell.ask(
                    lambda desk: presenter.switch_suggestion(
                        desk, suggestion.key, not suggestion.on, why, weekly
                    ),
                    switched,
                    while_there(signing, signing.refuse),
                )

            signing.signed.connect(sign)

    def show_work(self, work: Work | None) -> None:
        """Shows the work it makes, where it could be reckoned."""
        self._work.show_work(work)
        if self._signing is not None and work is not None:
            self._signing.weekly = work.signed


class WorkShown(QWidget):
    """Items a week for each person."""

    def __init__(self) -> None:
        super().__init__()
        lines = column(self, gap=4)
        self._says = Label("")
        self._people = Values()
        self._once = Label("", "quiet")
        for each in (self._says, self._people, self._once):
            lines.addWidget(each)
        self.hide()

    def show_work(self, work: Work | None) -> None:
        """Shows it; nothing where it could not be reckoned."""
        self.setVisible(work is not None)
        if work is None:
            return
        self._says.say(
            "It makes, for each:" if work.people else "In the cases of this store it makes no work."
        )
        self._people.show_values(work.people)
        self._people.setVisible(bool(work.people))
        self._once.say(work.at_once)
        self._once.setVisible(bool(work.at_once))


class Signing(QWidget):
    """Opens by a button; then asks why, shows the work, and signs."""

    signed = Signal(str, str)
    opened = Signal()

    def __init__(self, words: str, what: str) -> None:
        super().__init__()
        self.weekly = ""
        lines = column(self, gap=8)
        self._open = Button(words, self._opens, kind="secondary")
        self._open.setAccessibleName(f"{words}: {what}")
        lines.addWidget(self._open, 0, _LEFT)
        self._held = QWidget()
        inside = column(self._held, gap=8)
        self._work = WorkShown()
        inside.addWidget(self._work)
        self._why = LineField("Why?")
        self._why.setAccessibleName(f"Why? {words}: {what}")
        self._why.returnPressed.connect(self._sign)
        self._field = Field("Why?", self._why, "Agreed by whom, and when. It is signed with your card.")
        inside.addWidget(self._field)
        buttons = QWidget()
        across = Flow(buttons)
        sign = Button(f"Sign: {words[0].lower()}{words[1:]}", self._sign, icon="check", kind="primary")
        sign.setAccessibleName(f"Sign: {words}: {what}")
        leave = Button("Leave it as it is", self._close, kind="link")
        across.addWidget(sign)
        across.addWidget(leave)
        inside.addWidget(buttons)
        lines.addWidget(self._held)
        self._held.hide()

    def show_work(self, key: str, reckoned: Reckoned) -> None:
        """Shows the work it makes, before it is signed."""
        work = reckoned.work.get(key)
        self._work.show_work(work)
        self.weekly = work.signed if work is not None else ""

    def refuse(self, failure: Expected) -> None:
        """Says why it was not done."""
        self._field.refuse(failure.sentence())

    def _opens(self) -> None:
        self._open.hide()
        self._held.show()
        self._why.setFocus()
        self.opened.emit()

    def _close(self) -> None:
        self._held.hide()
        self._open.show()
        self._open.setFocus()

    def _sign(self) -> None:
        if not self._why.text().strip():
            self._field.refuse("Give the reason.")
            return
        self.signed.emit(self._why.text(), self.weekly)
