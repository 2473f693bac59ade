"""One form being written: its pages, what stands beside them, checking and signing."""

from __future__ import annotations

import copy
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from workbench.casework.drafting import Spot
from workbench.resources import Words, say
from workbench.ui.form import states
from workbench.ui.form.checking import CheckPage, check_words
from workbench.ui.form.lists import EvidenceField
from workbench.ui.form.offer import Offer
from workbench.ui.form.pages import FormPage, PageList
from workbench.ui.form.passages import Passage
from workbench.ui.form.presenter import Opened
from workbench.ui.form.rows import RowsField
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.side import Side
from workbench.ui.form.tabbing import put_in_order, stops
from workbench.ui.form.texts import NarrativeField
from workbench.ui.form.wrong import OneLine
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.inputs import Choose
from workbench.ui.widgets.text import Label, Pill
from workbench.ui.writing.find import FindBar

# From this width on (pixels at 100 %) pages, questions and what stands beside them lie side by side.
WIDE = 960
LEFT = 226
RIGHT = 332
_AMEND = Words("Amend: {title}", "Diwygio: {title}")
_PAGE = Words("Page of this form", "Tudalen o'r ffurflen hon")
_PAGE_OF = Words("{place} of {count}: {title}, {says}", "{place} o {count}: {title}, {says}")
_GUIDANCE = Words("Guidance", "Canllaw")
_QUESTIONS = Words("Questions", "Cwestiynau")
_BACK = Words("Back", "Yn ôl")
_NEXT = Words("Next page", "Tudalen nesaf")
_DISCARD = Words("Discard the draft", "Taflu'r drafft")
CHECK = "@check"  # no page of a form may be called this
MOST = 16_777_215  # Qt's own word for no limit
# Big targets for fingers, where the window is narrow or the screen is touched: 44 pixels with the padding.
TOUCHED = 44
_TOUCH = """
QPushButton, QLineEdit, QComboBox {{ min-height: {inside}px; }}
QRadioButton, QCheckBox {{ min-height: {box}px; }}
"""


class Work(QWidget):
    """A form as it is written; `signs` carries the reason of an amendment, `discards` that it shall not be kept."""

    signs = Signal(str)
    discards = Signal()

    def __init__(
        self, opened: Opened, sheet: Sheet, *, touch: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.opened = opened
        self.sheet = sheet
        self._touched = touch
        self._narrow: bool | None = None
        self._made: dict[str, FormPage] = {}
        self._visited: set[str] = set()
        self._at = ""
        self._question = opened.spot.question
        self._way: list[QWidget] = []
        lines = self._lines = column(self, gap=0)
        lines.addWidget(self._head())
        self._offers = QWidget(self)
        self._bands = column(self._offers, gap=8)
        self._offers.hide()
        lines.addWidget(self._offers)
        self.pages = PageList(sheet, self)
        self.pages.chosen.connect(self.go)
        self.stack = QStackedWidget(self)
        self.side = Side(sheet, self)
        self.check = CheckPage(sheet, self)
        self.stack.addWidget(self.check)
        self.find_bar: FindBar | None = None
        lines.addLayout(self._middle(), 1)
        self._below = self._foot()
        lines.addWidget(self._below)
        for widget in (self.pages, self.side, self._chooser):
            widget.hide()
        self._wire()
        pages = [page.page for page in opened.form.pages]
        self.go(opened.spot.page if opened.spot.page in pages else pages[0], focus=False)

    # Where somebody is

    def spot(self) -> Spot:
        """The page and the question with the cursor."""
        return Spot("" if self._at == CHECK else self._at, self._question.split("/")[0], open=True)

    def go(self, page: str, *, focus: bool = True) -> None:
        """Shows a page, or the check."""
        self.sheet.settle()
        self._leave()
        self._at = page
        if page == CHECK:
            self.sheet.all_due()
            self.check.show_check()
            self.stack.setCurrentWidget(self.check)
        else:
            known = page in self._made
            self.stack.setCurrentWidget(self._page(page))
            if known:
                self._page(page).refresh()
        self._put_offers()
        self._tell()
        asked, self._question = self._first_asked() or self._question, ""
        widget = self.first()
        if focus and widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        # Where the cursor came says which question it is; it does not come into a window that is not in front.
        if not self._question:
            self._focused(asked)

    def reveal(self, path: str) -> None:
        """Goes to the question at a path."""
        name = path.split("/", maxsplit=1)[0]
        for page in self.opened.form.pages:
            if any(question.id == name for question in page.questions):
                self.go(page.page, focus=False)
                self._page(page.page).reveal(path)

    def first(self) -> QWidget | None:
        """Where the cursor goes on the page shown; where nothing is asked there, to the button that leads on."""
        if self._at == CHECK:
            return self.check.first()
        return self._page(self._at).first() or (self._sign if self._next.isHidden() else self._next)

    def step(self, by: int) -> None:
        """Goes to the next page or the one before; after the last comes the check."""
        pages = [*(page.page for page in self.opened.form.pages), CHECK]
        place = max(0, min(len(pages) - 1, pages.index(self._at) + by))
        if pages[place] != self._at:
            self.go(pages[place])

    def press_sign(self) -> None:
        """The first time checks, the second signs."""
        if self._at == CHECK:
            self.check.press()
        else:
            self.go(CHECK)

    def open_evidence(self) -> None:
        """Opens the drawer of evidence, or closes what stands beside in a narrow window."""
        if self._narrow and not self.side.isHidden() and self.side.tabs.current() == "evidence":
            self._turn_side()
            return
        self._show_side()
        self.side.open_evidence()
        self._aim()

    def find_here(self) -> None:
        """Opens the bar that finds in this page."""
        if self.find_bar is None:
            self.find_bar = FindBar(self._texts, self, language=self.sheet.language)
            self.find_bar.closed.connect(self._close_find)
            self.find_bar.shown.connect(self._show_found)
            self._above.insertWidget(0, self.find_bar)
        self.find_bar.open_bar()

    def may_discard(self) -> None:
        """Offers to throw away what is written, now that something is."""
        self._discard.show()

    def say_saved(self, text: str, failed: bool) -> None:
        """Shows the state of saving."""
        self.may_discard()
        self._saved.say(text)
        self._saved.setProperty("tone", "danger" if failed else "")
        self._saved.style().polish(self._saved)

    def take_before(self, question: str) -> None:
        """Begins an answer from what was signed last time."""
        previous = self.sheet.session.known.previous or {}
        page = self._page(self._at) if self._at != CHECK else None
        block = page.block(question) if page else None
        if block is None or question not in previous:
            return
        if isinstance(block.field, NarrativeField):
            block.field.field.put_in(str(previous[question]), all_of_it=True)
            self.sheet.settle()
        elif isinstance(block.field, RowsField):
            block.field.replace(copy.deepcopy(previous[question]))
        else:
            self.sheet.put_rows(question, copy.deepcopy(previous[question]))
            block.field.show_value()
        widget = block.field.first()
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, offer: Offer) -> None:
        """Shows what may be done before anything more is written."""
        self._bands.addWidget(offer)
        self._offers.show()

    def withdraw(self) -> None:
        """Takes away all that is offered."""
        empty(self._bands)
        self._offers.hide()

    # The parts

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setProperty("head", "true")
        lines = self._head_lines = column(head, gap=6, margin=14)
        holder = QWidget(head)
        flow = Flow(holder, gap=10)
        title = self.opened.title
        told = self.sheet.say(_AMEND, title=title) if self.opened.writing.entry else title
        self._title_words = OneLine(told, "title", parent=holder)
        flow.addWidget(self._title_words)
        who = self.opened.head
        flow.addWidget(OneLine(f"{who.name}  ·  {who.crn}" if who.crn else who.name, "quiet", parent=holder))
        for text, tone in who.pills:
            flow.addWidget(Pill(text, tone, holder))
        lines.addWidget(holder)
        self._chooser = QWidget(head)
        bar = row(self._chooser, gap=8)
        self._choose = Choose(self.sheet.say(_PAGE), {}, self._chooser)
        self._choose.activated.connect(lambda _: self.go(self._choose.key()))
        self._beside = Button(
            self.sheet.say(_GUIDANCE), self._turn_side, icon="panel-right", parent=self._chooser
        )
        bar.addWidget(self._choose, 1)
        bar.addWidget(self._beside)
        lines.addWidget(self._chooser)
        return head

    def _middle(self) -> QHBoxLayout:
        body = row(gap=0)
        self._centre = QWidget(self)
        self._above = column(self._centre, gap=0)
        self._above.addWidget(self.stack, 1)
        body.addWidget(self.pages)
        body.addWidget(self._centre, 1)
        body.addWidget(self.side)
        return body

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        foot.setProperty("foot", "true")
        foot.setProperty("surface", "true")
        lines = self._foot_lines = column(foot, gap=0, margin=10)
        holder = QWidget(foot)
        flow = Flow(holder, gap=10)
        say_ = self.sheet.say
        self._back = Button(say_(_BACK), lambda: self.step(-1), icon="arrow-left", parent=holder)
        self._next = Button(say_(_NEXT), lambda: self.step(1), icon="arrow-right", parent=holder)
        self._sign = Button(
            check_words(self.opened), self.press_sign, icon="list-checks", kind="primary", parent=holder
        )
        self._discard = Button(say_(_DISCARD), self.discards.emit, kind="link", parent=holder)
        self._discard.hide()
        self._saved = Label("", "small", wrap=False, parent=holder)
        for widget in (self._back, self._next, self._sign, self._discard, self._saved):
            flow.addWidget(widget)
        lines.addWidget(holder)
        return foot

    def _wire(self) -> None:
        sheet = self.sheet
        sheet.changed.connect(lambda _: self._refresh())
        sheet.focused.connect(self._focused)
        sheet.grew.connect(self._order)
        sheet.wants_evidence.connect(self._wants_evidence)
        sheet.wants_row.connect(self.reveal)
        self.check.goes.connect(self.reveal)
        self.check.signs.connect(self.signs)
        self.check.returns.connect(lambda: self.go(self.opened.form.pages[-1].page))
        self.side.takes.connect(self.take_before)
        self.side.drew.connect(lambda drawer: drawer.takes.connect(self._take_evidence))
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+Return", self.press_sign),
            ("Ctrl+Enter", self.press_sign),
            ("Ctrl+PgDown", lambda: self.step(1)),
            ("Ctrl+PgUp", lambda: self.step(-1)),
            ("Ctrl+E", self.open_evidence),
            ("Ctrl+M", self.mark_here),
        )
        for key, press in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(press)

    def mark_here(self) -> None:
        """Opens the marks of the question one is at."""
        block = self._page(self._at).block(self._question) if self._at != CHECK and self._question else None
        if block is not None:
            block.mark()

    def _page(self, page: str) -> FormPage:
        if page not in self._made:
            found = next(each for each in self.opened.form.pages if each.page == page)
            self._made[page] = FormPage(self.sheet, found, self.stack)
            self.stack.addWidget(self._made[page])
        return self._made[page]

    # What follows from what

    def _first_asked(self) -> str:
        page = next((each for each in self.opened.form.pages if each.page == self._at), None)
        asked = (
            (question.id for question in page.questions if self.sheet.visible(question.id)) if page else ()
        )
        return next(iter(asked), "")

    def _leave(self) -> None:
        if self._at and self._at != CHECK:
            self._visited.add(self._at)
            self._page(self._at).leave()

    def _refresh(self) -> None:
        if self._at and self._at != CHECK:
            self._page(self._at).refresh()
        self._tell()

    def _tell(self) -> None:
        pages = self.opened.form.pages
        sheet = self.sheet
        found = [
            states.page_state(
                page, say(page.title), sheet, visited=page.page in self._visited, language=sheet.language
            )
            for page in pages
        ]
        progress = states.progress(self.opened.form, sheet, sheet.language)
        self.pages.show_states(found, self._at, progress)
        count = len(found)
        named = {
            state.page: sheet.say(
                _PAGE_OF, place=place, count=count, title=state.title, says=state.says.lower()
            )
            for place, state in enumerate(found, start=1)
        }
        named[CHECK] = check_words(self.opened)
        if [self._choose.itemText(at) for at in range(self._choose.count())] != list(named.values()):
            self._choose.clear()
            for key, words in named.items():
                self._choose.addItem(words, key)
        self._choose.choose(self._at)
        self._back.setEnabled(self._at != pages[0].page)
        self._next.setVisible(self._at not in (CHECK, pages[-1].page))
        self._sign.setVisible(self._at != CHECK)

    def _focused(self, path: str) -> None:
        self._question = path
        self.side.show_question(path)
        self._aim()
        self._order()

    def _order(self) -> None:
        """Lets Tab go from the list of pages through the page to its buttons, then to what stands beside."""
        parts = (self._chooser, self.pages, self.stack.currentWidget(), self._below, self.side)
        way = [stop for part in parts if part is not None for stop in stops(part)]
        if way != self._way:
            self._way = way
            put_in_order(way)

    def _aim(self) -> None:
        target = self._evidence()
        self.side.aim(f"{target.name}, {self._title()}" if target else "")

    def _title(self) -> str:
        return next((say(page.title) for page in self.opened.form.pages if page.page == self._at), "")

    def _evidence(self) -> EvidenceField | None:
        """The place for evidence that the cursor is in, else the first one of the page."""
        if not self._at or self._at == CHECK:
            return None
        shown = [each for each in self._page(self._at).findChildren(EvidenceField) if each.isEnabled()]
        near = (each for each in shown if each.path.split("/")[0] == self._question.split("/")[0])
        return next(near, next(iter(shown), None))

    def _wants_evidence(self, path: str) -> None:
        self._question = path
        self._show_side()
        self.side.open_evidence()
        self._aim()

    def _take_evidence(self, passage: Passage, start: int, end: int) -> None:
        target = self._evidence()
        if target is not None:
            target.take(passage, start, end)
            if self._narrow:
                self._turn_side()

    def _put_offers(self) -> None:
        """Lets what is offered scroll with the questions where there is little room."""
        self.check.hold(self._offers if self._narrow and self._at == CHECK else None)
        if not self._narrow:
            self._lines.insertWidget(1, self._offers)
        elif self._at != CHECK:
            self._page(self._at).column.insertWidget(0, self._offers)

    def _texts(self) -> list[QWidget]:
        return [] if self._at == CHECK else self._page(self._at).texts()

    def _show_found(self, field: QWidget) -> None:
        if self._at != CHECK:
            self._page(self._at).ensureWidgetVisible(field, 0, in_force().px(80))

    def _close_find(self) -> None:
        widget = self.first()
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self) -> None:
        """Shows what stands beside; in a narrow window it takes the place of the questions."""
        self.side.show()
        self._centre.setVisible(not self._narrow)
        self._beside.say(self.sheet.say(_QUESTIONS), "arrow-left")

    def _turn_side(self) -> None:
        if self.side.isHidden():
            self._show_side()
            return
        self.side.hide()
        self._centre.show()
        self._beside.say(self.sheet.say(_GUIDANCE), "panel-right")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way where there is little room: the list becomes a line, the panel goes below."""
        super().resizeEvent(event)
        look = in_force()
        narrow = self.width() < look.px(WIDE)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._put_offers()
        self.pages.setVisible(not narrow)
        self._chooser.setVisible(narrow)
        self.side.setVisible(not narrow)
        self._centre.show()
        self._beside.say(self.sheet.say(_GUIDANCE), "panel-right")
        self.pages.setFixedWidth(look.px(LEFT))
        self.side.setMinimumWidth(0 if narrow else look.px(RIGHT))
        self.side.setMaximumWidth(MOST if narrow else look.px(RIGHT))
        self._title_words.setProperty("role", "strong" if narrow else "title")
        self._title_words.style().polish(self._title_words)
        for lines, margin in (
            (self._head_lines, 8 if narrow else 14),
            (self._foot_lines, 6 if narrow else 10),
        ):
            pad = look.gap(margin)
            lines.setContentsMargins(pad, pad, pad, pad)
        inside, box = max(look.px(20), TOUCHED - 2 * look.gap(7)), max(look.px(24), TOUCHED - 2 * look.gap(4))
        self.setStyleSheet(_TOUCH.format(inside=inside, box=box) if narrow or self._touched else "")
