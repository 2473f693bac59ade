"""One page of a form, and the list of all of them with how far each is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QProgressBar, QSizePolicy, QWidget

from workbench.forms.definition import Page as FormPageDefinition
from workbench.resources import Words, say
from workbench.ui.form import words
from workbench.ui.form.block import Block
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.states import PageState, Progress
from workbench.ui.look import icons
from workbench.ui.look.look import in_force
from workbench.ui.widgets.flow import Page, column
from workbench.ui.widgets.panels import Line
from workbench.ui.widgets.text import Label

WIDTH = 760
_LEFT_OUT = Words(
    "Earlier answers leave every question of this page out.",
    "Mae atebion cynharach yn gadael pob cwestiwn ar y dudalen hon allan.",
)
_PAGES = Words("Pages of this form", "Tudalennau'r ffurflen hon")
_ANSWERS = Words("Needed answers", "Atebion gofynnol")


def on_surface(page: Page) -> None:
    """Puts a page upon the surface of a panel instead of the ground of the window."""
    outer = page.widget()
    if outer is not None:
        outer.setProperty("ground", "")
        outer.setProperty("surface", "true")
        outer.style().polish(outer)


class FormPage(Page):
    """The questions of one page, made when it is first shown."""

    def __init__(self, sheet: Sheet, page: FormPageDefinition, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, 18, parent)
        self.page = page
        self.setAccessibleName(say(page.title))
        self.column.setSpacing(in_force().gap(26))
        inner = self.column.parentWidget()
        head = QWidget(inner)
        lines = column(head, gap=2)
        lines.addWidget(Label(say(page.title), "display", parent=head))
        if say(page.guide):
            lines.addWidget(Label(say(page.guide), "quiet", parent=head))
        self.column.addWidget(head)
        self.blocks = [
            # Where the title of the page is the first question, it is not said twice.
            Block(sheet, question, inner, titled=place > 0 or words.asks(question) != say(page.title))
            for place, question in enumerate(page.questions)
        ]
        for block in self.blocks:
            self.column.addWidget(block)
        self._nothing = Label(sheet.say(_LEFT_OUT), "quiet", parent=inner)
        self._nothing.hide()
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Follows the sheet."""
        for block in self.blocks:
            block.refresh()
        nothing = not any(block.shown for block in self.blocks)
        if self._nothing.isHidden() == nothing:
            self._nothing.setVisible(nothing)

    def leave(self) -> None:
        """Is told that another page comes."""
        for block in self.blocks:
            block.leave()

    def block(self, path: str) -> Block | None:
        """The block that a path lies in."""
        name = path.split("/", maxsplit=1)[0]
        return next((block for block in self.blocks if block.question.id == name), None)

    def reveal(self, path: str) -> None:
        """Brings a path into sight and puts the cursor there."""
        block = self.block(path)
        widget = block.field.reveal(path) if block is not None else None
        if block is not None:
            self.ensureWidgetVisible(block, 0, in_force().px(20))
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(widget, 0, in_force().px(60))

    def texts(self) -> list[QWidget]:
        """Every field of writing on the page, in order."""
        return [each for block in self.blocks if block.isVisible() for each in block.field.texts()]

    def first(self) -> QWidget | None:
        """Where the cursor goes on this page."""
        shown = (block.field.first() for block in self.blocks if block.shown)
        return next((widget for widget in shown if widget is not None), None)


class PageRow(QAbstractButton):
    """A page in the list: icon, title and state, each in as many lines as it needs."""

    def __init__(self, state: PageState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._state = state
        # What was measured, by width and by whether it is the page shown: a layout asks many times over.
        self._measured: dict[tuple[int, bool], tuple[QRect, QRect, QRect]] = {}
        self.toggled.connect(lambda _: self.updateGeometry())
        self._name()

    def show_state(self, state: PageState) -> None:
        """Shows how far the page is."""
        if state == self._state:
            return
        self._state = state
        self._measured.clear()
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._state.title}: {self._state.says}")

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its words need."""
        _, _, says = self._rects(width)
        return says.bottom() + in_force().px(5)

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        width = in_force().px(200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(in_force().px(90), in_force().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it; the one shown is tinted and edged, the one with the cursor ringed."""
        look = in_force()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("chosen"))
            painter.drawRoundedRect(inside, look.px(7), look.px(7))
            painter.setBrush(look.colour("accent"))
            painter.drawRect(QRectF(0, look.px(8), look.px(3), self.height() - 2 * look.px(8)))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(inside, look.px(7), look.px(7))
        icon, title, says = self._rects(self.width())
        icons.draw(painter, self._state.icon, QRectF(icon), self._state.tone)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.setFont(look.font(15, bold=self.isChecked()))
        painter.setPen(look.colour("accent" if self.isChecked() else "text"))
        painter.drawText(title, wrap, self._state.title)
        painter.setFont(look.font(13))
        painter.setPen(look.colour(self._state.tone))
        painter.drawText(says, wrap, self._state.says)
        painter.end()

    def _rects(self, width: int) -> tuple[QRect, QRect, QRect]:
        key = (width, self.isChecked())
        if key not in self._measured:
            self._measured[key] = self._measure(width)
        return self._measured[key]

    def _measure(self, width: int) -> tuple[QRect, QRect, QRect]:
        look = in_force()
        left, top = look.px(36), look.px(5)
        room = max(1, width - left - look.px(8))
        wrap = Qt.TextFlag.TextWordWrap
        high = QFontMetrics(look.font(15, bold=self.isChecked())).boundingRect(
            0, 0, room, 10_000, wrap, self._state.title
        )
        low = QFontMetrics(look.font(13)).boundingRect(0, 0, room, 10_000, wrap, self._state.says)
        title = QRect(left, top, room, high.height())
        says = QRect(left, title.bottom() + look.px(1), room, low.height())
        side = look.px(18)
        return QRect(look.px(12), top + look.px(1), side, side), title, says


class PageList(QFrame):
    """Every page with its state, and how many of the needed answers are there."""

    chosen = Signal(str)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("side", "left")
        self.setAccessibleName(sheet.say(_PAGES))
        lines = column(self, gap=0)
        self._page = Page(0, 10, self)
        self._page.column.setSpacing(0)
        on_surface(self._page)
        lines.addWidget(self._page, 1)
        lines.addWidget(Line())
        foot = QWidget(self)
        below = column(foot, gap=6, margin=14)
        self._told = Label("", "small", parent=foot)
        self._bar = QProgressBar(foot)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(sheet.say(_ANSWERS))
        below.addWidget(self._told)
        below.addWidget(self._bar)
        lines.addWidget(foot)
        self._rows: dict[str, PageRow] = {}

    def show_states(self, states: list[PageState], current: str, progress: Progress) -> None:
        """Shows the pages as they stand."""
        if list(self._rows) != [state.page for state in states]:
            self._page.clear()
            self._rows = {}
            for state in states:
                made = PageRow(state, self._page.column.parentWidget())
                made.clicked.connect(lambda _=False, page=state.page: self.chosen.emit(page))
                self._rows[state.page] = made
                self._page.column.addWidget(made)
            self._page.column.addStretch(1)
        for state in states:
            self._rows[state.page].show_state(state)
            self._rows[state.page].setChecked(state.page == current)
        if current in self._rows:
            self._page.ensureWidgetVisible(self._rows[current], 0, in_force().px(20))
        self._told.say(progress.says)
        self._bar.setMaximum(max(1, progress.needed))
        self._bar.setValue(progress.done if progress.needed else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go up and down the list."""
        rows = list(self._rows.values())
        at = next((place for place, each in enumerate(rows) if each.hasFocus()), -1)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and at >= 0:
            rows[max(0, min(len(rows) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
