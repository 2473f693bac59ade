"""Fields for a line or a page of writing; what is pasted comes in as plain text."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from workbench.ui.look.icons import draw
from workbench.ui.look.look import in_force
from workbench.ui.look.tokens import TARGET

_PAUSE_MS = 70


class LineField(QLineEdit):
    """One line of writing with a name."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)


class SecretField(LineField):
    """One line that is not shown while it is written, unless it is asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)


class _Clear(QAbstractButton):
    """The cross at the end of a field; keys clear a field by themselves, so Tab passes it."""

    def __init__(self, name: str, field: QLineEdit) -> None:
        super().__init__(field)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the cross, on a ground of its own under the mouse."""
        look, painter = in_force(), QPainter(self)
        if self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), look.px(5), look.px(5))
        side = look.px(16)
        # Whole pixels: half of one would blur it.
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        draw(painter, "x", QRectF(left, top, side, side), "text" if self.underMouse() else "quiet")
        painter.end()


class SearchField(LineField):
    """Search as you type: tells what is written once the writer has paused for a moment."""

    asked = Signal(str)

    def __init__(
        self, name: str, hint: str, parent: QWidget | None = None, *, clear: str = "Clear this search"
    ) -> None:
        super().__init__(name, hint, parent)
        look = in_force()
        self._end = max(TARGET, look.px(26))
        self.setTextMargins(look.px(16 + 6), 0, self._end - look.gap(9), 0)
        self._cross = _Clear(clear, self)
        self._cross.clicked.connect(self._clear)
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textChanged.connect(lambda _: self._pause.start())

    def _clear(self) -> None:
        """Empties it, and writing goes on there."""
        self.clear()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the cross at its end, as high as the field and no less than a target."""
        super().resizeEvent(event)
        self._cross.setGeometry(self.width() - self._end - 2, 0, self._end, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the glass that says what it is for."""
        super().paintEvent(event)
        side = in_force().px(16)
        painter = QPainter(self)
        draw(painter, "search", QRectF(in_force().gap(9), (self.height() - side) // 2, side, side), "quiet")
        painter.end()


class Choose(QComboBox):
    """One of a list; the wheel scrolls the page, never the answer."""

    def __init__(self, name: str, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        for key, words in choices.items():
            self.addItem(words, key)

    def key(self) -> str:
        """The chosen one."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Shows one as chosen."""
        self.setCurrentIndex(self.findData(key))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the arrow that says it opens."""
        super().paintEvent(event)
        side = in_force().px(16)
        where = QRectF(self.width() - side * 1.6, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        draw(painter, "chevron-down", where, "text" if self.isEnabled() else "quiet")
        painter.end()


class Tick(QCheckBox):
    """A box to tick; a drawn tick says it, not the colour alone."""

    def __init__(self, words: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setAccessibleName(name or words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tick into the box."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        # The style has hundreds of names, made when it is first named: not where no box is ticked yet.
        from PySide6.QtWidgets import QStyle, QStyleOptionButton

        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        draw(painter, "check", QRectF(box).adjusted(3, 3, -3, -3), "on_accent")
        painter.end()


class PlainField(QPlainTextEdit):
    """A page of writing: plain text in, plain text out; Tab goes to the next field."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Takes the words alone of what is pasted."""
        if source.hasText():
            self.insertPlainText(source.text().replace("\x00", ""))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words only."""
        return source.hasText()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the field while it is being written in, else the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
