"""A field that grows with what is written: spelling, short forms, plain paste, undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.widgets.inputs import PlainField
from workbench.ui.writing.snippets import expansion
from workbench.ui.writing.speller import WORD
from workbench.ui.writing.tools import Tools


def opens_evidence(event: QEvent) -> bool:
    """Whether a key is Ctrl+E, which opens the drawer of evidence."""
    control = Qt.KeyboardModifier.ControlModifier
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_E and event.modifiers() == control


class Spelling(QSyntaxHighlighter):
    """Underlines words that no dictionary has, but never the one being typed; `cursor` is -1 where none is."""

    def __init__(self, document: QTextDocument, tools: Tools, cursor: Callable[[], int]) -> None:
        super().__init__(document)
        self._tools = tools
        self._cursor = cursor
        self._spared = -1
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._format.setUnderlineColor(in_force().colour("danger"))

    def moved(self) -> None:
        """The cursor went elsewhere: the word it was in is finished."""
        spared = self._spared
        if spared >= 0 and self._cursor() != spared:
            self._spared = -1
            self.rehighlightBlock(self.document().findBlock(spared))

    def highlightBlock(self, text: str) -> None:
        """Underlines the words of one paragraph."""
        right = self._tools.speller.right
        start, cursor = self.currentBlock().position(), self._cursor()
        for found in WORD.finditer(text):
            if right(found.group()):
                continue
            if start + found.end() == cursor:
                self._spared = cursor
            else:
                self.setFormat(found.start(), found.end() - found.start(), self._format)


class WritingField(PlainField):
    """A field for a paragraph or many; `left` when the cursor goes elsewhere, `wrote` at each change by hand."""

    wrote = Signal()
    left = Signal()
    entered = Signal()

    def __init__(
        self, name: str, tools: Tools, *, least: int = 3, most: int = 22, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._tools = tools
        self._lines = (least, most)
        self._quiet = False
        self._last = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spelling = Spelling(self.document(), tools, self._writing_at)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._spelling.moved)
        tools.changed.connect(self._spelling.rehighlight)
        self._fit()

    def put(self, text: str) -> None:
        """Shows a text as the one to start from: there is nothing to undo."""
        if text != self.toPlainText():
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False

    def put_in(self, text: str, *, all_of_it: bool = False) -> None:
        """Writes words in at the cursor, or in place of everything; one undo takes them out again."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if all_of_it:
            cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def words(self) -> int:
        """How many words there are."""
        return len(self.toPlainText().split())

    def event(self, event: QEvent) -> bool:
        """Leaves Ctrl+E to the page, where a platform would take it for the end of the line."""
        if event.type() == QEvent.Type.ShortcutOverride and opens_evidence(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Writes a short form out at a space."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and self._spread(" "):
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab writes a short form out where one stands before the cursor; else it goes to the next field."""
        return (forward and self._spread("")) or super().focusNextPrevChild(forward)

    def _spread(self, gap: str) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        found = expansion(cursor.block().text()[: cursor.positionInBlock()], self._tools.snippets)
        if found is None:
            return False
        length, text = found
        cursor.beginEditBlock()
        for _ in range(length):
            cursor.deletePreviousChar()
        cursor.insertText(text if text.endswith(" ") else text + gap)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Loads spelling with the first writing."""
        super().focusInEvent(event)
        self._tools.wake()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The last word is finished too."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._spelling.moved()
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Words that may have been meant, then what every field offers."""
        cursor = self.cursorForPosition(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            cursor = self.textCursor()
        self.menu_at(cursor).exec(event.globalPos() if event.globalPos() != QPoint() else self.pos())

    def menu_at(self, cursor: QTextCursor) -> QMenu:
        """The menu for the word under a cursor."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.insertActions(menu.actions()[0], self._about_word(menu, cursor))
        menu.addSeparator()
        snippets = menu.addAction("Short forms…")
        snippets.triggered.connect(lambda _=False: self._tools.edits_snippets.emit())
        return menu

    def _about_word(self, menu: QMenu, cursor: QTextCursor) -> list[QAction]:
        block, place = cursor.block(), cursor.positionInBlock()
        within = (word for word in WORD.finditer(block.text()) if word.start() <= place <= word.end())
        found = next(within, None)
        speller = self._tools.speller
        if found is None or speller.right(found.group()):
            return []
        made: list[QAction] = []
        start = block.position() + found.start()
        for near in speller.suggest(found.group()):
            action = QAction(near, menu)
            action.triggered.connect(
                lambda _=False, near=near: self._replace(start, len(found.group()), near)
            )
            made.append(action)
        if not made:
            nothing = QAction("No suggestions", menu)
            nothing.setEnabled(False)
            made.append(nothing)
        add = QAction("Add to my words", menu)
        add.triggered.connect(lambda _=False: self._tools.adds.emit(found.group()))
        line = QAction(menu)
        line.setSeparator(True)
        return [*made, add, line]

    def _replace(self, start: int, length: int, word: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Any width; as high as the words need."""
        return QSize(super().sizeHint().width(), self.height())

    def _changed(self) -> None:
        # Underlining is told as a change too; only other words are one.
        text = self.toPlainText()
        changed, self._last = text != self._last, text
        if changed and not self._quiet:
            self.wrote.emit()

    def _writing_at(self) -> int:
        return self.textCursor().position() if self.hasFocus() else -1

    def _fit(self) -> None:
        least, most = self._lines
        lines = min(max(int(self.document().size().height()), least), most)
        around = self.contentsMargins().top() + self.contentsMargins().bottom()
        frame = 2 * round(self.document().documentMargin()) + around + in_force().px(14)
        height = lines * self.fontMetrics().lineSpacing() + frame
        if height != self.height():
            self.setFixedHeight(height)
