"""Long lists that stay quick: rows of one height, drawn not built, with a name for each row to a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.ui.look import icons
from workbench.ui.look.look import Look, in_force
from workbench.ui.look.tokens import TARGET
from workbench.ui.widgets.listed import ITEM, Index, Listed
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.standing import StandingList

# From one line to the next, and what its letters need.
_TITLE, _BELOW = (24, 20), (21, 18)


class RowsModel(Listed[Row]):
    """Rows that say their own words."""

    def words(self, item: Row) -> str:
        """Its title."""
        return item.title

    def spoken(self, item: Row) -> str:
        """All of it."""
        return item.spoken


class RowsDelegate(QStyledItemDelegate):
    """Draws a row: title and badge, a quiet line, a line in its tone; `lines` is how many it has room for."""

    def __init__(self, lines: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        look = in_force()
        words = look.line(*_TITLE) + look.line(*_BELOW) * (self._lines - 1)
        return QSize(10, max(TARGET, 2 * look.gap(8) + words))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one."""
        row = index.data(ITEM)
        if not isinstance(row, Row):
            return
        look, area = in_force(), QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, look, area, state)
        inner = area.adjusted(look.px(12), look.gap(8), -look.px(12), -look.gap(8))
        top = QRectF(inner.x(), inner.y(), inner.width(), look.line(22, 20))
        taken = _badge(painter, look, row, top)
        _text(painter, look, row.title, top.adjusted(0, 0, -taken, 0), "text", bold=True)
        below = top.translated(0, look.line(*_TITLE))
        if self._lines > 1 and row.line:
            _text(painter, look, row.line, below, "quiet", size=14)
            below = below.translated(0, look.line(*_BELOW))
        if row.note and self._lines > (2 if row.line else 1):
            side = look.px(16)
            if row.note_icon:
                where = QRectF(below.x(), below.y() + (below.height() - side) / 2, side, side)
                icons.draw(painter, row.note_icon, where, row.note_tone)
                below.adjust(side + look.px(6), 0, 0, 0)
            _text(painter, look, row.note, below, row.note_tone, size=14)
        painter.restore()


def _ground(painter: QPainter, look: Look, area: QRectF, state: QStyle.StateFlag) -> None:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    box = area.adjusted(2, 2, -2, -2)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("chosen"))
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        painter.setBrush(look.colour("accent"))
        painter.drawRect(QRectF(box.x(), box.y() + look.px(6), look.px(3), box.height() - look.px(12)))
    else:
        painter.setPen(look.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
    if chosen and state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("focus"), 2))
        painter.drawRoundedRect(box, look.px(6), look.px(6))


def _badge(painter: QPainter, look: Look, row: Row, top: QRectF) -> float:
    """Draws the badge at the right and gives the room it took."""
    if not row.badge:
        return 0
    painter.setFont(look.font(13, bold=True))
    width = painter.fontMetrics().horizontalAdvance(row.badge) + look.px(14)
    pill(painter, row.badge, row.badge_tone, top.adjusted(top.width() - width, 0, 0, 0))
    return float(width + look.px(8))


def pill(painter: QPainter, words: str, tone: str, area: QRectF) -> None:
    """Draws a short state in a tinted shape, as `Pill` does: at the left of an area, in the middle of its height."""
    look = in_force()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.font(13, bold=True))
    width = painter.fontMetrics().horizontalAdvance(words) + look.px(14)
    height = look.px(22)
    box = QRectF(area.x(), area.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}_soft"))
    painter.drawRoundedRect(box, look.px(5), look.px(5))
    painter.setPen(look.colour("text" if tone == "plain" else tone))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _text(
    painter: QPainter,
    look: Look,
    text: str,
    where: QRectF,
    colour: str,
    *,
    size: float = 15,
    bold: bool = False,
) -> None:
    """Draws a line, cut with an ellipsis where it does not fit; the whole of it stands in the spoken name."""
    painter.setFont(look.font(size, bold=bold))
    painter.setPen(look.colour(colour))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(where.width()))
    painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class Rows(StandingList):
    """A list of rows; Enter or a click opens one, arrows move, typing is left to the field above."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, name: str, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowsDelegate(lines, self))
        self.setUniformItemSizes(True)
        self.rows.modelReset.connect(self.updateGeometry)
        self.clicked.connect(lambda index: self.opened.emit(index.data(ITEM).key))
        self.selectionModel().currentChanged.connect(self._told)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows and keeps the chosen one chosen, where it is still there."""
        held = self.current()
        self.rows.show_items(rows)
        if held:
            self.choose(held)

    def high(self) -> int:
        """How high all its rows are: each as high as the first."""
        return max(0, self.sizeHintForRow(0)) * len(self.rows.items)

    def choose(self, key: str) -> bool:
        """Chooses a row by its key, without opening it; says whether it is there."""
        for number, row in enumerate(self.rows.items):
            if row.key == key:
                index = self.rows.index(number)
                blocked = self.selectionModel().blockSignals(True)
                self.setCurrentIndex(index)
                self.selectionModel().blockSignals(blocked)
                self.viewport().update()
                return True
        return False

    def current(self) -> str:
        """The key of the chosen row; empty where none is."""
        row = self.currentIndex().data(ITEM)
        return row.key if isinstance(row, Row) else ""

    def step(self, by: int) -> None:
        """Moves the choice up or down."""
        number = max(0, min(len(self.rows.items) - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self.rows.index(number))

    def steered_by(self, field: QWidget) -> None:
        """Lets arrows and Enter in a field work this list."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes from a field that steers it the keys that are for a list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = _STEPS.get(Qt.Key(event.key()))
            if by is not None:
                self.step(by)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
                self.opened.emit(self.current())
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def _told(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.moved.emit(self.current())
