"""The rail at the left: where one can go, whether everything is saved, and the lock."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, row
from workbench.ui.widgets.panels import Icon
from workbench.ui.widgets.text import Label, Pill

# key, words, icon, key stroke
PLACES = (
    ("today", "Today", "layout-dashboard", "Ctrl+1"),
    ("caseload", "Caseload", "users", "Ctrl+2"),
    ("carry", "Carry-over", "clipboard-check", "Ctrl+5"),
    ("oversight", "Oversight", "eye", "Ctrl+3"),
    ("pdu", "Head of PDU", "gavel", "Ctrl+9"),
    ("cover", "Covering for", "calendar-clock", "Ctrl+7"),
    ("figures", "Figures", "chart-column", "Ctrl+4"),
    ("exchange", "Exchange", "arrow-left-right", "Ctrl+6"),
    ("waysout", "Ways out", "shield", "Ctrl+8"),
    ("search", "Search", "search", "Ctrl+Shift+F"),
    ("guidance", "Guidance", "book-open", "F1"),
)
WIDE, NARROW = 208, 64
# Shown once it is known that the person at this store oversees others, heads a PDU, carries over what they sign,
# or takes things out of the record.
OVERSEEING = "oversight"
HEADING = "pdu"
CARRYING = "carry"
TAKING_OUT = "waysout"
# Screens that belong to a place of the rail.
_WITHIN = {"case": "caseload", "card": "caseload", "report": "caseload", "review": OVERSEEING}


class Rail(QFrame):
    """The rail; it keeps to its icons where the window is narrow."""

    chosen = Signal(str)
    locked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rail", "true")
        self.setAccessibleName("Main places")
        look = in_force()
        self._outer = outer = column(self, gap=3)
        self._ways = _Ways()
        outer.addWidget(self._ways, 1)
        self._brand(self._ways.lines)
        self._buttons: dict[str, Button] = {}
        self._badges: dict[str, Pill] = {}
        for key, words, icon, stroke in PLACES:
            self._place(self._ways.lines, key, words, icon, stroke)
        self._ways.lines.addStretch(1)
        self._foot = lines = column(gap=4)
        lines.setContentsMargins(0, 0, look.px(10), 0)
        outer.addLayout(lines)
        self._saved_state(lines)
        self._place(lines, "settings", "Settings and trust", "settings", "Ctrl+,")
        self._lock = Button("Lock now", self.locked.emit, icon="lock", kind="rail")
        self._lock.setToolTip("Lock now (Ctrl+L)")
        lines.addWidget(self._lock)
        self._names = {**{key: words for key, words, _, _ in PLACES}, "settings": "Settings and trust"}
        self._narrow = False
        self._widen()
        for key in (OVERSEEING, HEADING, CARRYING, TAKING_OUT):
            self.offer(key, offered=False)

    def _brand(self, lines: QVBoxLayout) -> None:
        self._mark = brand = QWidget()
        across = row(brand, gap=10)
        across.setContentsMargins(in_force().px(6), 0, 0, in_force().px(12))
        across.addWidget(Icon("heart-handshake", "rail_text", 26), 0, Qt.AlignmentFlag.AlignVCenter)
        words = column(gap=0)
        self._title, self._sub = (
            Label("Workbench", "heading", wrap=False),
            Label("Probation practice", "small", wrap=False),
        )
        words.addWidget(self._title)
        words.addWidget(self._sub)
        across.addLayout(words, 1)
        lines.addWidget(brand)

    def _place(self, lines: QVBoxLayout, key: str, words: str, icon: str, stroke: str) -> None:
        button = Button(words, lambda: self.chosen.emit(key), icon=icon, kind="rail")
        button.setCheckable(True)
        button.setToolTip(f"{words} ({stroke})")
        badge = Pill("", "plain", button)
        badge.setProperty("badge", "true")
        inside = row(button, gap=0)
        inside.setContentsMargins(0, 0, in_force().px(8), 0)
        inside.addStretch(1)
        inside.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        badge.hide()
        self._buttons[key], self._badges[key] = button, badge
        lines.addWidget(button)

    def _saved_state(self, lines: QVBoxLayout) -> None:
        self._state = QFrame()
        self._state.setProperty("saved", "true")
        across = row(self._state, gap=8, margin=9)
        self._state_icon = Icon("hard-drive", "rail_text")
        across.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        words = column(gap=0)
        self._saved = Label("Everything is saved", "strong")
        self._where = Label("On this device, encrypted", "small")
        words.addWidget(self._saved)
        words.addWidget(self._where)
        across.addLayout(words, 1)
        lines.addWidget(self._state)

    def show_place(self, screen: str) -> None:
        """Shows where one is."""
        for key, button in self._buttons.items():
            button.setChecked(key == _WITHIN.get(screen, screen))

    def offer(self, key: str, *, offered: bool) -> None:
        """Offers a place that is not for everybody, or not."""
        self._buttons[key].setVisible(offered)

    def show_count(self, key: str, count: int) -> None:
        """Shows how many things wait at a place; none shows nothing."""
        badge, button = self._badges[key], self._buttons[key]
        badge.say(f"{count:,}" if count else "", "plain")
        badge.setVisible(bool(count) and not self._narrow)
        button.setAccessibleName(f"{self._names[key]}, {count:,}" if count else self._names[key])

    def show_saved(self, text: str, *, failed: bool) -> None:
        """Shows the state of saving."""
        self._saved.say(text)
        self._state_icon.draw("triangle-alert" if failed else "hard-drive", "rail_text")
        self._where.say("Try again, or copy the words" if failed else "On this device, encrypted")
        self._state.setToolTip(text)
        self._state.setAccessibleName(text)

    def give_way(self, *, narrow: bool) -> None:
        """Keeps to icons, or shows words again."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for key, button in (*self._buttons.items(), ("", self._lock)):
            words = self._names.get(key, "Lock now")
            button.setText("" if narrow else words)
            button.setProperty("tight", "true" if narrow else "false")
            button.style().polish(button)
        for badge in self._badges.values():
            badge.setVisible(bool(badge.text()) and not narrow)
        # Narrow is large text or a small window: what only says whose program it is gives its height away.
        for words_of in (self._mark, self._title, self._sub, self._saved, self._where):
            words_of.setVisible(not narrow)
        self._widen()

    def _widen(self) -> None:
        look = in_force()
        # With the bar of places that scroll, an icon still has its whole room.
        side = 6 if self._narrow else 10
        self._outer.setContentsMargins(look.px(side), look.px(14), 0, look.px(12))
        for lines in (self._ways.lines, self._foot):
            lines.setSpacing(0 if self._narrow else look.px(4))
        self.setFixedWidth(look.px(NARROW if self._narrow else WIDE))

    def sizeHint(self) -> QSize:
        """As wide as its words, or its icons."""
        return QSize(in_force().px(NARROW if self._narrow else WIDE), 400)


class _Ways(QScrollArea):
    """The places; they scroll where the window is too low for all, with the bar in the margin beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held = QWidget()
        self.lines = column(held, gap=4)
        self.setWidget(held)
        held.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lets the bar stand where the margin was."""
        super().resizeEvent(event)
        # The width that is told here is what a bar leaves; to ask for the bar would define every class of the toolkit.
        scrolls = event.size().width() < self.width()
        self.lines.setContentsMargins(0, 0, 0 if scrolls else in_force().px(10), 0)

    def minimumSizeHint(self) -> QSize:
        """A place or two: what is below stays in sight whatever the height."""
        return QSize(0, in_force().px(60))
