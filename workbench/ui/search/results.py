"""The list of what was found: name, where it stands, the words around with the match in bold."""

from __future__ import annotations

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.ui.look.look import Look, in_force
from workbench.ui.search.presenter import Hit
from workbench.ui.widgets.listed import ITEM, Index, Listed
from workbench.ui.widgets.standing import StandingList

# From whose it is to where it stands, and what the letters of each need.
_NAME, _WHERE = (24, 21), 22


class HitsModel(Listed[Hit]):
    """Hits, each with the words around the match."""

    def spoken(self, item: Hit) -> str:
        """Whose, where, and the words."""
        old = "Superseded. " if item.superseded else ""
        return f"{item.name}. {item.where}. {old}{item.extract}"


class HitsDelegate(QStyledItemDelegate):
    """Draws a hit; plain text laid out by hand, never markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of head, and as many of text as it takes."""
        look, hit = in_force(), index.data(ITEM)
        width = option.rect.width() or look.px(600)
        height = (
            2 * look.gap(8)
            + look.line(*_NAME)
            + look.px(_WHERE)
            + look.gap(2)
            + (_laid(hit, look, width - look.px(24)).boundingRect().height() if hit else 0)
        )
        return QSize(10, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one."""
        hit, look, area = index.data(ITEM), in_force(), QRectF(option.rect)
        if not isinstance(hit, Hit):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(look.colour("chosen"))
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(look.colour("focus"), 2) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), look.px(6), look.px(6))
        painter.setPen(look.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(look.px(12), look.gap(8), -look.px(12), 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        top = QRectF(inner.x(), inner.y(), inner.width(), look.px(_WHERE))
        painter.setFont(look.font(bold=True))
        painter.setPen(look.colour("text"))
        painter.drawText(top, left, _cut(painter, hit.name, top.width()))
        below = top.translated(0, look.line(*_NAME))
        painter.setFont(look.font(13))
        painter.setPen(look.colour("warn" if hit.superseded else "quiet"))
        where = f"Superseded. {hit.where}" if hit.superseded else hit.where
        painter.drawText(below, left, _cut(painter, where, below.width()))
        painter.setPen(look.colour("text"))
        _laid(hit, look, inner.width()).draw(painter, QPointF(inner.x(), below.bottom() + look.gap(2)))
        painter.restore()


def _cut(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))


def _laid(hit: Hit, look: Look, width: float) -> QTextLayout:
    """The extract in lines of this width, what matches in bold and underlined."""
    made = QTextLayout(hit.extract, look.font(14))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setFontUnderline(True)
    formats = []
    for start, end in hit.marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, end - start, bold
        formats.append(part)
    made.setFormats(formats)
    made.beginLayout()
    height = 0.0
    while (line := made.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    made.endLayout()
    return made


class Hits(StandingList):
    """The list; Enter or a click opens the place."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        # How high the texts were when they were last laid out; making the list asks for it.
        self._laid_out = 0
        super().__init__(parent)
        self.setAccessibleName("What was found")
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(HitsDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.opened.emit(index.data(ITEM)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen one."""
        hit = self.currentIndex().data(ITEM)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(hit, Hit):
            self.opened.emit(hit)
            return
        super().keyPressEvent(event)

    def updateGeometries(self) -> None:
        """Tells the page that scrolls it how high the texts are, once they are laid out."""
        super().updateGeometries()
        if self.high() != self._laid_out:
            self._laid_out = self.high()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the texts out anew at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
