"""The drawer of evidence: the words of the record to search, read and take over, by keys or by dragging."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QMimeData,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.resources import Words
from workbench.ui.form.lists import DRAGGED
from workbench.ui.form.pages import on_surface
from workbench.ui.form.passages import Found, Passage
from workbench.ui.form.sheet import Sheet
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column
from workbench.ui.widgets.inputs import PlainField, SearchField
from workbench.ui.widgets.listed import ITEM, Index, Listed
from workbench.ui.widgets.text import Label

_SEARCH = Words("Search the record", "Chwilio'r record")
_CLEAR = Words("Clear this search", "Clirio'r chwiliad hwn")
_SEARCH_NAME = Words("Search the record for evidence", "Chwilio'r record am dystiolaeth")
_LIST = Words("Words of the record", "Geiriau o'r record")
_WORDS = Words("The words; select a part to take only that", "Y geiriau; dewiswch ran i gymryd honno'n unig")
_ADD = Words("Add as evidence", "Ychwanegu fel tystiolaeth")
_ONE = Words("1 passage", "1 darn")
_FOUND = Words("{count} passages", "{count} darn")
_LATEST = Words(
    "The latest {count} passages; search to find others",
    "Y {count} darn diweddaraf; chwiliwch i ddod o hyd i rai eraill",
)
_NOTHING = Words(
    "Nothing in the record holds these words", "Nid oes dim yn y record yn cynnwys y geiriau hyn"
)
_HELD_BACK = Words(
    "{count} of intelligence: these are not copied", "{count} o gudd-wybodaeth: ni chaiff y rhain eu copïo"
)
_GOES_TO = Words("Goes to: {words}", "Yn mynd i: {words}")
_NOWHERE = Words(
    "This page has no question for evidence.", "Nid oes cwestiwn am dystiolaeth ar y dudalen hon."
)


class Passages(Listed[Passage]):
    """Passages in a list; what is dragged is named by the sheet alone."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def spoken(self, item: Passage) -> str:
        """Where it stands, what was asked, and the words."""
        return f"{item.where}. {item.question} {item.text}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be chosen and dragged."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Our own: it means nothing outside this window."""
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """Notes what is dragged."""
        passage = self.items[indexes[0].row()]
        self._sheet.dragged = (passage, 0, len(passage.text))
        made = QMimeData()
        made.setData(DRAGGED, b"passage")
        return made


class Drawn(QStyledItemDelegate):
    """A passage in four lines: entry, then the first words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows of one height."""
        look = in_force()
        small, body = QFontMetrics(look.font(13)), QFontMetrics(look.font(14))
        return QSize(look.px(120), 2 * small.height() + 2 * body.lineSpacing() + look.px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws it."""
        look = in_force()
        passage: Passage = index.data(ITEM)
        painter.save()
        rect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("chosen"))
        inside = rect.adjusted(look.px(10), look.px(8), -look.px(10), -look.px(8))
        self._line(painter, inside, passage.where, "quiet", 0)
        below = QFontMetrics(look.font(13)).height()
        self._line(painter, inside, passage.question, "quiet", below)
        painter.setFont(look.font(14))
        painter.setPen(look.colour("text"))
        words = inside.adjusted(0, 2 * below + look.px(2), 0, 0)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, _start(passage.text))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, text: str, colour: str, down: int) -> None:
        look = in_force()
        painter.setFont(look.font(13))
        painter.setPen(look.colour(colour))
        metrics = QFontMetrics(look.font(13))
        line = QRect(rect.left(), rect.top() + down, rect.width(), metrics.height())
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()),
        )


class PassageList(QListView):
    """The list; Enter takes the one with the cursor over."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes over."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class Drawer(QWidget):
    """Search above, the list, the words of the one chosen, and the button that takes them over.

    `asks` wants passages for these words; `takes` gives a passage with the place of the words in it.
    """

    asks = Signal(str)
    takes = Signal(object, int, int)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._aimed = False
        page = Page(0, 12, self)
        on_surface(page)
        column(self).addWidget(page)
        lines = page.column
        lines.setSpacing(in_force().gap(8))
        self.search = SearchField(sheet.say(_SEARCH_NAME), sheet.say(_SEARCH), self, clear=sheet.say(_CLEAR))
        self.search.asked.connect(lambda _: self.ask())
        self.model = Passages(sheet)
        self.list = PassageList(self)
        self.list.setAccessibleName(sheet.say(_LIST))
        self.list.setModel(self.model)
        self.list.setItemDelegate(Drawn(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(in_force().px(140))
        self.list.setDragEnabled(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.list.taken.connect(self.take)
        self._says = Label("", "small", parent=self)
        self.words = PlainField(sheet.say(_WORDS), self)
        self.words.setReadOnly(True)
        self.words.setMaximumHeight(in_force().px(96))
        self._target = Label("", "small", parent=self)
        self.button = Button(sheet.say(_ADD), self.take, icon="quote", kind="secondary", parent=self)
        for widget, stretch in ((self.search, 0), (self._says, 0), (self.list, 1), (self.words, 0)):
            lines.addWidget(widget, stretch)
        lines.addWidget(self._target)
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._asked = False
        self._show()

    def begin(self) -> None:
        """Puts the cursor into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask(self) -> None:
        """Asks for the passages that hold what is searched for."""
        self._asked = True
        self.asks.emit(self.search.text())

    def show_found(self, found: Found) -> None:
        """Shows passages."""
        self.model.show_items(found.passages)
        count = len(found.passages)
        text = _LATEST if found.more else {0: _NOTHING, 1: _ONE}.get(count, _FOUND)
        told = self._sheet.say(text, count=count)
        if found.held_back:
            told = f"{told}. {self._sheet.say(_HELD_BACK, count=found.held_back)}"
        self._says.say(f"{told}.")
        if found.passages:
            self.list.setCurrentIndex(self.model.index(0))
        self._show()

    def aim(self, words: str) -> None:
        """Says where words are taken to; empty where the page has no place for evidence."""
        self._aimed = bool(words)
        self._target.say(self._sheet.say(_GOES_TO if words else _NOWHERE, words=words))
        self.button.setEnabled(self._aimed and self._passage() is not None)

    def take(self) -> None:
        """Takes the words selected, or all of them, over."""
        passage = self._passage()
        if passage is None or not self.button.isEnabled():
            return
        cursor = self.words.textCursor()
        start, end = 0, len(passage.text)
        if cursor.hasSelection():
            start, end = (
                _letters(passage.text, at) for at in (cursor.selectionStart(), cursor.selectionEnd())
            )
        self.takes.emit(passage, start, end)

    def _passage(self) -> Passage | None:
        found = self.list.currentIndex().data(ITEM) if self.list.currentIndex().isValid() else None
        return found if isinstance(found, Passage) else None

    def _show(self) -> None:
        passage = self._passage()
        self.words.setPlainText(passage.text if passage else "")
        self.words.setVisible(passage is not None)
        self.button.setEnabled(passage is not None and self._aimed)


def _letters(text: str, at: int) -> int:
    """A place that Qt counts in UTF-16 as a count of characters."""
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))


def _start(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 110 else f"{flat[:108]}…"
