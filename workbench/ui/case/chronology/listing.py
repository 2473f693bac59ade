"""The list of the chronology: cards of one height, drawn not built, their words read as they come into sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.ui.case.chronology.lines import Line, Preview, Shown, spoken
from workbench.ui.look import icons
from workbench.ui.look.look import Look, in_force
from workbench.ui.widgets.listed import ITEM, Index, Listed

PREVIEW = ITEM + 1
_GRAVE = ("significant-event", "recall", "warning-signs")
_CARD, _GUTTER, _HEADING = 138, 46, 28
# In the compact list: the height of a line, and the room of the day, the time and the author.
_LINE, _LETTERS, _DAY, _TIME, _BY = 36, 24, 150, 50, 150


class LinesModel(Listed[Line]):
    """The lines, and the previews read so far."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.previews: dict[str, Preview] = {}
        self.today = date.min

    def show_lines(self, lines: Shown) -> None:
        """Shows these."""
        self.today = lines.found.today
        self.show_items(lines)

    def add_previews(self, found: Mapping[str, Preview]) -> None:
        """Takes words that were read."""
        self.previews.update(found)
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line, its preview, or its words."""
        if role == PREVIEW and index.isValid():
            return self.previews.get(self.items[index.row()].entry)
        return super().data(index, role)

    def spoken(self, item: Line) -> str:
        """With what was read of it so far."""
        return spoken(item, self.previews.get(item.entry), self.today)


class LinesDelegate(QStyledItemDelegate):
    """Draws the day at the first entry of it, an icon in the gutter, and the card; or all of it in one line."""

    compact = False

    def height(self) -> int:
        """One height for all, so that five thousand are laid out at once."""
        look = in_force()
        return look.line(_LINE, _LETTERS) if self.compact else look.px(_CARD + _HEADING)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as all others."""
        return QSize(10, self.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one."""
        line = index.data(ITEM)
        if not isinstance(line, Line):
            return
        look, area = in_force(), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.compact:
            frame = "focus" if focused else "accent" if chosen else ""
            _in_one_line(painter, look, line, index.data(PREVIEW), area, frame)
            painter.restore()
            return
        painter.setFont(look.font(14, bold=True))
        painter.setPen(look.colour("quiet"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(look.px(6), 0, 0, -look.px(_CARD)), left, line.day)
        body = area.adjusted(0, look.px(_HEADING), 0, 0)
        _gutter(painter, look, line, body)
        card = body.adjusted(look.px(_GUTTER), look.px(2), -look.px(10), -look.px(8))
        painter.setBrush(look.colour("raised"))
        painter.setPen(
            QPen(look.colour("focus" if focused else "accent" if chosen else "line"), 2 if chosen else 1)
        )
        painter.drawRoundedRect(card, look.px(8), look.px(8))
        _words(
            painter,
            look,
            line,
            index.data(PREVIEW),
            card.adjusted(look.px(13), look.px(9), -look.px(13), -look.px(8)),
        )
        painter.restore()


def _in_one_line(
    painter: QPainter, look: Look, line: Line, preview: object, area: QRectF, frame: str
) -> None:
    """The day where it is the first of it, icon, time, title and the first words; at the right state and author."""
    if line.day:
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(area.topLeft(), area.topRight())
    if frame:
        painter.setPen(QPen(look.colour(frame), 2))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(area.adjusted(1, 2, -look.px(8), -1), look.px(5), look.px(5))
    left = area.adjusted(look.px(6), 0, 0, 0)
    _put(painter, look, line.day, _begin(left, look.px(_DAY - 8)), "quiet", bold=True)
    left.setLeft(left.x() + look.px(_DAY))
    side = look.px(16)
    where = QRectF(left.x(), left.center().y() - side / 2, side, side)
    icons.draw(painter, line.icon, where, "danger" if line.form in _GRAVE else "info")
    left.setLeft(where.right() + look.px(10))
    _put(painter, look, line.time, _begin(left, look.px(_TIME)), "quiet")
    left.setLeft(left.x() + look.px(_TIME))
    left.setRight(_at_right(painter, look, line, area))
    left.setLeft(left.x() + _put(painter, look, line.title, left, "text", bold=True) + look.px(10))
    if isinstance(preview, Preview) and left.width() > look.px(40):
        _put(painter, look, preview.text, left, "text")


def _at_right(painter: QPainter, look: Look, line: Line, area: QRectF) -> float:
    """Who wrote it, where there is room, and its state before that; gives how far the rest may go."""
    right = area.right() - look.px(16)
    if area.width() >= look.px(700):
        right -= look.px(_BY)
        _put(painter, look, line.by, QRectF(right, area.y(), look.px(_BY), area.height()), "quiet")
        right -= look.px(10)
    if line.status:
        wide = _pill_width(painter, look, line.status)
        right -= wide
        pill = QRectF(right, area.y(), wide, area.height())
        _pills(painter, look, [(line.status, line.status_tone)], pill)
        right -= look.px(10)
    return right


def _begin(area: QRectF, width: float) -> QRectF:
    return QRectF(area.x(), area.y(), width, area.height())


def _put(
    painter: QPainter, look: Look, words: str, area: QRectF, colour: str, *, bold: bool = False
) -> float:
    """Writes as much as there is room for, and gives how far it went."""
    room = max(0, int(area.width()))
    painter.setFont(look.font(14, bold=bold))
    painter.setPen(look.colour(colour))
    told = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)
    return float(painter.fontMetrics().horizontalAdvance(told))


def _gutter(painter: QPainter, look: Look, line: Line, body: QRectF) -> None:
    middle, side = body.x() + look.px(22), look.px(30)
    painter.setPen(QPen(look.colour("line"), 2))
    painter.drawLine(QPointF(middle, body.top()), QPointF(middle, body.bottom() + look.px(_HEADING)))
    grave = line.form in _GRAVE
    circle = QRectF(middle - side / 2, body.top() + look.px(6), side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("danger_soft" if grave else "info_soft"))
    painter.drawEllipse(circle)
    inset = look.px(7)
    icons.draw(
        painter, line.icon, circle.adjusted(inset, inset, -inset, -inset), "danger" if grave else "info"
    )


def _words(painter: QPainter, look: Look, line: Line, preview: object, area: QRectF) -> None:
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    top = QRectF(area.x(), area.y(), area.width(), look.px(22))
    about = " · ".join(part for part in (line.time, line.by) if part)
    painter.setFont(look.font(14))
    painter.setPen(look.colour("quiet"))
    about = painter.fontMetrics().elidedText(about, Qt.TextElideMode.ElideRight, int(top.width() * 0.5))
    taken = painter.fontMetrics().horizontalAdvance(about)
    painter.drawText(top, right, about)
    painter.setFont(look.font(15, bold=True))
    painter.setPen(look.colour("text"))
    room = int(top.width() - taken - look.px(10))
    painter.drawText(
        top, left, painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, room)
    )
    pills = [(line.status, line.status_tone)] if line.status else []
    if isinstance(preview, Preview):
        _text(
            painter,
            look,
            preview.text,
            QRectF(area.x(), top.bottom() + look.px(3), area.width(), look.px(58)),
        )
        pills += preview.pills
    _pills(painter, look, pills, area)


def _text(painter: QPainter, look: Look, text: str, area: QRectF) -> None:
    """Three lines of what was written, the last one cut."""
    font = look.font(14)
    made = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.beginLayout()
    painter.setFont(font)
    painter.setPen(look.colour("text"))
    metrics = painter.fontMetrics()
    step = look.px(19)
    for number in range(3):
        line = made.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        rest = (
            text[line.textStart() :]
            if number == 2
            else text[line.textStart() : line.textStart() + line.textLength()]
        )
        if number == 2:
            rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(QPointF(area.x(), area.y() + step * number + metrics.ascent()), rest.rstrip())
    made.endLayout()


def _pills(painter: QPainter, look: Look, pills: Sequence[tuple[str, str]], area: QRectF) -> None:
    """Short states at the foot of an area; in the middle of one that is a single line."""
    x, height = area.x(), look.px(20)
    foot = area.center().y() + height / 2 if area.height() < 2 * height else area.bottom()
    for words, tone in pills:
        width = _pill_width(painter, look, words)
        if x + width > area.right() + 1:
            break
        box = QRectF(x, foot - height, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{tone}_soft"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setPen(look.colour("text" if tone == "plain" else tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        x += width + look.px(7)


def _pill_width(painter: QPainter, look: Look, words: str) -> float:
    painter.setFont(look.font(12.5, bold=True))
    return float(painter.fontMetrics().horizontalAdvance(words) + look.px(14))


class Listing(QListView):
    """The list; `opened` tells which entry is to be read, `wanted` which came into sight unread."""

    opened = Signal(str)
    wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Chronology")
        self.setProperty("ground", "true")
        self.lines = LinesModel(self)
        self.shown: Shown | None = None
        self.setModel(self.lines)
        self._drawn = LinesDelegate(self)
        self.setItemDelegate(self._drawn)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.opened.emit(index.data(ITEM).entry))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._soon.start())

    def show_lines(self, lines: Shown) -> None:
        """Shows these lines."""
        self.shown = lines
        self.lines.show_lines(lines)
        if lines and not self.currentIndex().isValid():
            # Enter opens the latest, without a key to choose it first.
            self.setCurrentIndex(self.lines.index(0))
        self._soon.start()

    def stand(self, *, compact: bool) -> None:
        """One line an entry, or a card; the chosen one stays in sight."""
        self._drawn.compact = compact
        self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._soon.start()

    def current(self) -> str:
        """The chosen entry; empty where none is."""
        line = self.currentIndex().data(ITEM)
        return line.entry if isinstance(line, Line) else ""

    def choose(self, entry: str) -> bool:
        """Chooses an entry and brings it into sight; says whether it is there."""
        place = self.shown.where(entry) if self.shown is not None else None
        if place is None:
            return False
        index = self.lines.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
        self._soon.start()
        return True

    def _look(self) -> None:
        """Asks for the words of the entries in sight and a page beyond."""
        height = self._drawn.height()
        first = max(0, self.verticalScrollBar().value() // height - 2)
        last = first + self.viewport().height() // height * 2 + 5
        unread = [
            line.entry for line in self.lines.items[first:last] if line.entry not in self.lines.previews
        ]
        if unread:
            self.wanted.emit(unread)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or space opens the chosen entry."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What came into sight is read."""
        super().resizeEvent(event)
        self._soon.start()
