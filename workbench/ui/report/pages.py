"""The pages of a report as pictures: drawn as they come into sight, each with its text for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from workbench.models.released import Picture
from workbench.resources import Words, say
from workbench.ui.look.look import in_force
from workbench.ui.widgets.flow import column
from workbench.ui.words import said

A4 = 297 / 210
_STILL_MS = 150
# Pixels by which a picture may miss the page it was drawn for.
_ROUNDED = 2
DRAFT = Words("DRAFT, NOT ISSUED", "DRAFFT, HEB EI GYHOEDDI")
_PAGE = Words("Page {page} of {count}", "Tudalen {page} o {count}")
_PAGES = Words("Pages of the report", "Tudalennau'r adroddiad")


def image_of(picture: Picture) -> QImage:
    """A picture as Qt holds it; the bytes are copied."""
    made = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return made.copy()


def stamp_draft(painter: QPainter, width: float, height: float, language: str) -> None:
    """Writes across a page that it is a draft, in the language of the report."""
    draft = say(DRAFT, language)
    painter.save()
    painter.translate(width / 2, height / 2)
    painter.rotate(-52)
    font = painter.font()
    font.setPixelSize(round(width / 11))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(120, 12, 40, 46))
    across = painter.fontMetrics().horizontalAdvance(draft)
    painter.drawText(round(-across / 2), round(width / 30), draft)
    painter.restore()


class Leaf(QWidget):
    """One page; blank paper until its picture comes. `stamp` is the language of the report."""

    def __init__(self, name: str, stamp: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._stamp = stamp
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.image: QImage | None = None
        self.draft = True

    def fit(self, width: int) -> None:
        """Takes the height that this width asks for."""
        self.setFixedSize(QSize(width, round(width * A4)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the paper and what stands on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._picture_at(self.image), self.image)
        if self.draft:
            stamp_draft(painter, self.width(), self.height(), self._stamp)
        painter.setPen(in_force().colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _picture_at(self, image: QImage) -> QRectF:
        """Where the picture goes: one drawn for this size is not stretched by its last pixel, which would blur it."""
        ratio = self.devicePixelRatioF()
        if abs(image.width() / ratio - self.width()) > _ROUNDED:
            return QRectF(self.rect())
        return QRectF(0, 0, image.width() / ratio, image.height() / ratio)


class Pages(QScrollArea):
    """All pages under one another; `wanted` tells which came into sight and at what width in pixels."""

    wanted = Signal(int, int)

    def __init__(self, language: str = "en", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setAccessibleName(say(_PAGES, language))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self._held = QWidget()
        self._held.setProperty("ground", "true")
        self._lines = column(self._held, gap=14, margin=14)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._held)
        self._leaves: list[Leaf] = []
        # The width at which each was asked for: a picture drawn for a smaller page is blurred on a larger one.
        self._asked: dict[int, int] = {}
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_STILL_MS)
        self._settled.timeout.connect(self._sharpen)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look())

    def show_report(self, pages: int, *, draft: bool, text: str = "", stamp: str = "en") -> None:
        """Lays out blank pages; their pictures are asked for as they come into sight.

        `stamp` is the language of the report, in which a draft says so.
        """
        for leaf in self._leaves:
            self._lines.removeWidget(leaf)
            leaf.deleteLater()
        self._leaves = [
            Leaf(said(_PAGE, self._language, page=page, count=pages), stamp) for page in range(1, pages + 1)
        ]
        self._asked = {}
        for leaf in self._leaves:
            leaf.draft = draft
            self._lines.addWidget(leaf)
        self.setAccessibleDescription(text)
        self._fit()
        self._look()

    def show_page(self, number: int, picture: Picture) -> None:
        """Puts a picture on its page."""
        if number < len(self._leaves):
            self._leaves[number].image = image_of(picture)
            self._leaves[number].update()

    def _fit(self) -> None:
        width = min(self.viewport().width() - in_force().px(34), in_force().px(820))
        for leaf in self._leaves:
            leaf.fit(max(200, width))

    def _look(self) -> None:
        """Asks for the pages in sight and the one after; for none while nobody sees them."""
        if not self.isVisible():
            return
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for number, leaf in enumerate(self._leaves):
            near = leaf.height()
            y = number * (leaf.height() + self._lines.spacing())
            if y + near * 2 > top and y - near < bottom and number not in self._asked:
                self._asked[number] = leaf.width()
                self.wanted.emit(number, leaf.width())

    def _sharpen(self) -> None:
        """Asks anew for what was drawn for smaller pages, once the window is no longer being drawn larger."""
        width = self._leaves[0].width() if self._leaves else 0
        self._asked = {number: asked for number, asked in self._asked.items() if asked >= width}
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the pages to the room there is."""
        super().resizeEvent(event)
        self._fit()
        drawn = self._leaves
        self._asked = {number: at for number, at in self._asked.items() if drawn[number].image is not None}
        self._look()
        self._settled.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Asks for what is seen now."""
        super().showEvent(event)
        self._fit()
        self._look()
        self._settled.start()
