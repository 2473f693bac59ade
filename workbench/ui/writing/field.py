"""A field that grows with what is written: spelling, short forms, plain paste, undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
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

from workbench.resources import Words, say
from workbench.ui.look.look import in_force
from workbench.ui.widgets.inputs import PlainField
from workbench.ui.writing.snippets import expansion
from workbench.ui.writing.speller import WORD
from workbench.ui.writing.tools import Tools

_SHORT_FORMS = Words("Short forms…", "Byrfoddau…")
_NO_SUGGESTION = Words("No suggestions", "Dim awgrymiadau")
_ADD_WORD = Words("Add to my words", "Ychwanegu at fy ngeiriau")
# Qt says these in English alone; their keys stay as they are.
_EDITING = {
    "edit-undo": Words("&Undo", "&Dadwneud"),
    "edit-redo": Words("&Redo", "&Ailwneud"),
    "edit-cut": Words("Cu&t", "&Torri"),
    "edit-copy": Words("&Copy", "&Copïo"),
    "edit-paste": Words("&Paste", "&Gludo"),
    "edit-delete": Words("Delete", "Dileu"),
    "select-all": Words("Select All", "Dewis popeth"),
}


def opens_evidence(event: QEvent) -> bool:
    """Whether a key is Ctrl+E, which opens the drawer of evidence."""
    control = Qt.KeyboardModifier.ControlModifier
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_E and event.modifiers() == control


def speak(menu: QMenu, language: str) -> None:
    """Has what every field offers said in a language."""
    for action in menu.actions():
        words = _EDITING.get(action.objectName())
        if words is not None:
            _, tab, key = action.text().partition("\t")
            action.setText(f"{say(words, language)}{tab}{key}")


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
        self,
        name: str,
        tools: Tools,
        *,
        least: int = 3,
        most: int = 22,
        spells: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._tools = tools
        self._lines = (least, most)
        self._quiet = False
        self._last = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spelling = Spelling(self.document(), tools, self._writing_at) if spells else None
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.textChanged.connect(self._changed)
        if self._spelling is not None:
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
            if self._spelling is not None:
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
        speak(menu, self._tools.language)
        menu.insertActions(menu.actions()[0], self._about_word(menu, cursor))
        menu.addSeparator()
        snippets = menu.addAction(say(_SHORT_FORMS, self._tools.language))
        snippets.triggered.connect(lambda _=False: self._tools.edits_snippets.emit())
        return menu

    def _about_word(self, menu: QMenu, cursor: QTextCursor) -> list[QAction]:
        block, place = cursor.block(), cursor.positionInBlock()
        within = (word for word in WORD.finditer(block.text()) if word.start() <= place <= word.end())
        found = next(within, None)
        speller = self._tools.speller
        if self._spelling is None or found is None or speller.right(found.group()):
            return []
        made: list[QAction] = []
        start = block.position() + found.start()
        for near in speller.suggest(found.group(), self._tools.language):
            action = QAction(near, menu)
            action.triggered.connect(
                lambda _=False, near=near: self._replace(start, len(found.group()), near)
            )
            made.append(action)
        if not made:
            nothing = QAction(say(_NO_SUGGESTION, self._tools.language), menu)
            nothing.setEnabled(False)
            made.append(nothing)
        add = QAction(say(_ADD_WORD, self._tools.language), menu)
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

    def room(self) -> int:
        """The pixels left free below the last line."""
        return in_force().px(14)

    def _fit(self) -> None:
        least, most = self._lines
        lines = min(max(int(self.document().size().height()), least), most)
        around = self.contentsMargins().top() + self.contentsMargins().bottom()
        frame = 2 * round(self.document().documentMargin()) + around + self.room()
        height = lines * self.fontMetrics().lineSpacing() + frame
        if height != self.height():
            self.setFixedHeight(height)


class LineOfWriting(WritingField):
    """One line that goes on below where its words need more room; Enter and pasted lines do not break it.

    What stands in one line is often a name or a number: its spelling is left alone.
    """

    def __init__(self, name: str, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(name, tools, least=1, most=80, spells=False, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._fit()

    def room(self) -> int:
        """What makes it as high as the fields of one line beside it."""
        return 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves Enter to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Takes the words of what is pasted, in one line."""
        if source.hasText():
            self.insertPlainText(" ".join(source.text().replace("\x00", "").splitlines()))
