"""Things to choose whose words wrap: a round one of several, a box of many."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from workbench.ui.look import icons
from workbench.ui.look.look import in_force

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Radio(QRadioButton):
    """One of several."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        _prepare(self, text)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its words need."""
        return _height(self, width)

    def sizeHint(self) -> QSize:
        """All its words in one line."""
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        """A few letters wide."""
        return _least(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the circle, then the words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _paint(self, option, QStyle.ControlElement.CE_RadioButton)


class Tick(QCheckBox):
    """One of many; ticked, and not only filled, when it is chosen."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        _prepare(self, text)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its words need."""
        return _height(self, width)

    def sizeHint(self) -> QSize:
        """All its words in one line."""
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        """A few letters wide."""
        return _least(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, its tick, then the words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        _paint(self, option, QStyle.ControlElement.CE_CheckBox)
        if self.isChecked():
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            painter = QPainter(self)
            icons.draw(painter, "check", QRectF(box).adjusted(3, 3, -3, -3), "on_accent")
            painter.end()


Option = Radio | Tick


def _prepare(button: QAbstractButton, text: str) -> None:
    button.setAccessibleName(text)
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def _beside(button: QAbstractButton) -> int:
    """The room that circle or box and the edges take."""
    look = in_force()
    return look.px(20) + look.px(10) + 2 * look.px(4) + 8


def _words(button: QAbstractButton) -> str:
    return button.text().replace("&&", "&")


def _height(button: QAbstractButton, width: int) -> int:
    room = QRect(0, 0, max(1, width - _beside(button)), 10_000)
    words = button.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, _words(button))
    look = in_force()
    least = look.px(20) + 2 * look.gap(4) + 8
    return max(words.height() + 2 * look.gap(4) + 4, least, button.minimumHeight())


def _hint(button: QAbstractButton) -> QSize:
    width = button.fontMetrics().horizontalAdvance(_words(button)) + _beside(button) + 2
    return QSize(width, _height(button, width))


def _least(button: QAbstractButton) -> QSize:
    letters = 14 * button.fontMetrics().averageCharWidth()
    width = min(_hint(button).width(), _beside(button) + letters)
    return QSize(width, in_force().px(20))


def _paint(button: QAbstractButton, option: QStyleOptionButton, element: QStyle.ControlElement) -> None:
    option.text = ""
    painter = QStylePainter(button)
    painter.drawControl(element, option)
    look = in_force()
    left = _beside(button) - look.px(4)
    painter.setPen(look.colour("text" if button.isEnabled() else "quiet"))
    painter.drawText(button.rect().adjusted(left, 0, 0, 0), _WRAP, _words(button))
    painter.end()
