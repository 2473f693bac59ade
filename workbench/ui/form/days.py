"""Fields for days and moments: typed as people say them, told back in words, or taken from a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QWidget

from workbench import clock
from workbench.forms.definition import Question
from workbench.resources import Words, say
from workbench.ui.form import typed
from workbench.ui.form.base import Field
from workbench.ui.form.sheet import Sheet
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import LineField
from workbench.ui.widgets.text import Label

_HINT = Words("3 March, today", "3 Mawrth, heddiw")
_CALENDAR = Words("Calendar", "Calendr")
_TIME = Words("{name} Time", "{name} Amser")
_NOW = Words("Now", "Nawr")
_TURNS = {
    "qt_calendar_prevmonth": Words("Month before", "Mis blaenorol"),
    "qt_calendar_nextmonth": Words("Next month", "Mis nesaf"),
}
_LOCALES = {"en": QLocale.Language.English, "cy": QLocale.Language.Welsh}


class Calendar(QFrame):
    """A month to pick a day from; Escape closes it."""

    def __init__(
        self, start: date, picked: Callable[[date], None], parent: QWidget, language: str = "en"
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("floating", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(say(_CALENDAR, language))
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale(_LOCALES[language], QLocale.Country.UnitedKingdom))
        for name, words in _TURNS.items():
            turn = self.month.findChild(QToolButton, name)
            if turn is not None:
                turn.setAccessibleName(say(words, language))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setSelectedDate(QDate(start.year, start.month, start.day))
        self.month.activated.connect(lambda day: self._take(day, picked))
        self.month.clicked.connect(lambda day: self._take(day, picked))
        column(self, margin=6).addWidget(self.month)

    def _take(self, day: QDate, picked: Callable[[date], None]) -> None:
        self.close()
        picked(date(day.year(), day.month(), day.day()))


class DayBox(QWidget):
    """A line for a day, the button of its calendar, and the day in words beside it."""

    def __init__(
        self,
        name: str,
        today: Callable[[], date],
        edited: Callable[[], None],
        beside: Sequence[QWidget] = (),
        parent: QWidget | None = None,
        *,
        language: str = "en",
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._edited = edited
        self._language = language
        flow = Flow(self, gap=8)
        self.line = LineField(name, say(_HINT, language), self)
        self.line.setMinimumWidth(in_force().px(150))
        self.line.setMaximumWidth(in_force().px(200))
        self.line.textEdited.connect(lambda _: self._changed())
        self.line.installEventFilter(self)
        opens = f"{say(_CALENDAR, language)}: {name}"
        self.pick = Button(opens, self._open, icon="calendar", kind="icon", parent=self)
        self.said = Label("", "quiet", wrap=False, parent=self)
        for widget in (self.line, self.pick, *beside, self.said):
            flow.addWidget(widget)

    def day(self) -> date | None:
        """The day that is typed; None where that is none."""
        return typed.day(self.line.text(), self._today())

    def put(self, text: str, day: date | None) -> None:
        """Shows a day, or what was typed instead of one."""
        if day is None:
            if self.line.text().strip() != text:
                self.line.setText(text)
        elif self.day() != day:
            self.line.setText(f"{day.day}/{day.month}/{day.year}")
        self.tell()

    def tell(self) -> None:
        """Says in words which day is meant."""
        day = self.day()
        self.said.say(typed.in_full(day, self._today(), self._language) if day else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go a day on and back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                start = self.day() or self._today()
                self._take(date.fromordinal(start.toordinal() + (step if self.day() else 0)))
                return True
        return False

    def _changed(self) -> None:
        self.tell()
        self._edited()

    def _open(self) -> None:
        calendar = Calendar(self.day() or self._today(), self._take, self, self._language)
        calendar.move(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        calendar.show()
        calendar.month.setFocus()

    def _take(self, day: date) -> None:
        self.put("", day)
        self._edited()


class DayField(Field):
    """A day."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.box = DayBox(self.name, sheet.today, self.typed, parent=self, language=sheet.language)
        self.body.addWidget(self.box)
        self.watch(self.box.line)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = str(self.sheet.value(self.path) or "")
        self.box.put(held, _day(held))

    def value(self) -> str | None:
        """The day as answers write it; what is none as it was typed."""
        day = self.box.day()
        return day.isoformat() if day else self.box.line.text().strip() or None

    def inputs(self) -> list[QWidget]:
        """The line and the button of the calendar."""
        return [self.box.line]


class MomentField(Field):
    """A day and a time, in Europe/London."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.time = LineField(sheet.say(_TIME, name=self.name), "14:30", self)
        self.time.setMinimumWidth(in_force().px(80))
        self.time.setMaximumWidth(in_force().px(100))
        self.time.textEdited.connect(lambda _: self.typed())
        now = Button(sheet.say(_NOW), self._now, kind="link", parent=self)
        beside = (self.time, now)
        self.box = DayBox(self.name, sheet.today, self.typed, beside, self, language=sheet.language)
        self.body.addWidget(self.box)
        self.watch(self.box.line, self.time)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = str(self.sheet.value(self.path) or "")
        try:
            at: datetime | None = clock.moment(held).astimezone(clock.LONDON) if held else None
        except ValueError:
            at = None
        if at is None:
            day, _, hour = held.partition(" at ")
            self.box.put(day, _day(day))
            if self.time.text().strip() != hour:
                self.time.setText(hour)
            return
        self.box.put("", at.date())
        shown = typed.clock_time(self.time.text())
        if shown is None or (shown.hour, shown.minute) != (at.hour, at.minute):
            self.time.setText(f"{at:%H:%M}")

    def value(self) -> str | None:
        """The moment as answers write it; what is none as it was typed, `day at time`."""
        day, hour = self.box.day(), typed.clock_time(self.time.text())
        if day and hour:
            return typed.moment(day, hour)
        said, at = self.box.line.text().strip(), self.time.text().strip()
        return f"{said} at {at}" if at else said or None

    def inputs(self) -> list[QWidget]:
        """The day, then the time."""
        return [self.box.line, self.time]

    def _now(self) -> None:
        at = self.sheet.opened.clock.now().astimezone(clock.LONDON)
        self.box.put("", at.date())
        self.time.setText(f"{at:%H:%M}")
        self.settled()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
