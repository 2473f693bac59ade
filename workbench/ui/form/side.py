"""Beside the form: guidance, what is known, what was written last time, and the words to take as evidence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from workbench.forms.claims import named
from workbench.forms.definition import Page as FormPageDefinition
from workbench.forms.definition import Question
from workbench.resources import say
from workbench.ui.form import words
from workbench.ui.form.drawer import Drawer
from workbench.ui.form.known import Known
from workbench.ui.form.pages import on_surface
from workbench.ui.form.sheet import Sheet
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, Page, column
from workbench.ui.widgets.panels import Line
from workbench.ui.widgets.text import Label, Pill

TABS = {"guidance": "Guidance", "known": "Known", "before": "Last time", "evidence": "Evidence"}


class Side(QFrame):
    """The panel at the right; it follows the question with the cursor.

    `takes` asks for the answer of last time, `opens` for the entry something is known from; `drew`
    tells that there is a drawer of evidence now.
    """

    takes = Signal(str)
    opens = Signal(str)
    drew = Signal(object)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._path = ""
        self._aimed = ""
        self.setProperty("side", "true")
        self.setAccessibleName("Beside the question")
        lines = column(self, gap=0)
        head = QWidget(self)
        above = column(head, gap=4, margin=12)
        self._name = Label("", "strong", parent=head)
        self.tabs = Choice("Beside the question", TABS, "tab", head, gap=8)
        self.tabs.chosen.connect(lambda _: self._draw())
        above.addWidget(self._name)
        above.addWidget(self.tabs)
        lines.addWidget(head)
        lines.addWidget(Line())
        self._page = Page(0, 14, self)
        on_surface(self._page)
        self._drawer: Drawer | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._page)
        lines.addWidget(self._stack, 1)
        self.tabs.choose("guidance")

    @property
    def drawer(self) -> Drawer:
        """The drawer of evidence, made when it is first wanted; `drew` tells of it."""
        if self._drawer is None:
            self._drawer = Drawer(self._sheet, self)
            self._stack.addWidget(self._drawer)
            self.drew.emit(self._drawer)
        return self._drawer

    def aim(self, words: str) -> None:
        """Says where evidence is taken to."""
        self._aimed = words
        if self._drawer is not None:
            self._drawer.aim(words)

    def show_question(self, path: str) -> None:
        """Shows what stands beside the question that a path lies in."""
        if path and path != self._path:
            self._path = path
            self._draw()

    def open_evidence(self) -> None:
        """Shows the words of the record, with the cursor in their search."""
        self.tabs.choose("evidence")
        self._draw()
        self.drawer.begin()

    def _draw(self) -> None:
        question = self._sheet.form.question(self._path.split("/", maxsplit=1)[0])
        self._name.say(words.asks(question) if question else self._sheet.opened.title)
        tab = self.tabs.current()
        self._stack.setCurrentWidget(self.drawer if tab == "evidence" else self._page)
        if tab == "evidence":
            self.drawer.aim(self._aimed)
            self.drawer.ask()
            return
        self._page.clear()
        for widget in {"guidance": self._guidance, "known": self._known, "before": self._before}[tab](
            question
        ):
            self._page.column.addWidget(widget)
        self._page.column.addStretch(1)

    def _guidance(self, question: Question | None) -> Iterable[QWidget]:
        page = self._page_of(question)
        if question is None:
            yield Label(say(self._sheet.form.about))
            return
        told = [say(question.guide), say(page.guide) if page else ""]
        for text in filter(None, told):
            yield Label(text)
        if not any(told):
            yield Label("Write what a colleague who knows nothing of the case would need.", "quiet")
        if say(question.else_):
            yield Label("What must hold", "strong")
            yield Label(say(question.else_), "quiet")
        yield from self._means(question)

    def _means(self, question: Question) -> Iterable[QWidget]:
        form = self._sheet.form
        told = self._sheet.opened.facts
        facts = dict.fromkeys(told[row.fact] for row in form.sets if question.id in (row.each, *named(row)))
        if facts:
            yield Label("What becomes known by it", "strong")
            yield Label(". ".join(facts) + ".", "quiet")
        marks = (*form.marks, *self._sheet.marks(question))
        if marks:
            yield Label("Marks it bears", "strong")
            for mark in dict.fromkeys(marks):
                yield Label(f"{words.MARKS.get(mark, mark)}. {words.MARKS_SAY.get(mark, '')}.", "quiet")
        if question.record_only == "yes":
            yield Label("It is kept for the record; nothing is worked out from it.", "quiet")

    def _known(self, question: Question | None) -> Iterable[QWidget]:
        opened = self._sheet.opened
        about = opened.known.get(question.id, ()) if question else ()
        for known in about:
            yield self._known_line(known)
        if not about:
            yield Label("Nothing is recorded about this question yet.", "quiet")
        if opened.general:
            yield Line()
            yield Label("Of the case", "strong")
            for known in opened.general:
                yield self._known_line(known)

    def _known_line(self, known: Known) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=1)
        lines.addWidget(Label(known.what, "small"))
        lines.addWidget(Label(known.value, "strong", copyable=True))
        source = Button(known.source, lambda: self.opens.emit(known.entry), kind="link")
        source.setAccessibleName(f"Open the entry: {known.source}")
        lines.addWidget(Label(known.source, "small"))
        pills = [words.MARKS.get(mark, mark) for mark in known.marks]
        if known.disputed:
            pills.insert(0, "Two accounts")
        if pills:
            row = QWidget()
            flow = Flow(row, gap=4)
            for text in pills:
                flow.addWidget(Pill(text, "warn" if text == "Two accounts" else "info"))
            lines.addWidget(row)
        return holder

    def _before(self, question: Question | None) -> Iterable[QWidget]:
        before = self._sheet.opened.before
        if before is None:
            yield Label("This form was not signed for this case before.", "quiet")
            return
        yield Label(f"Signed {before.on} by {before.by}.", "small")
        told = before.words.get(question.id, "") if question else ""
        if question is None or not told:
            yield Label("This question was not answered then.", "quiet")
            return
        for text in told.split("\n"):
            yield Label(text, copyable=True)
        if question.kind not in ("shown", "computed") and self._sheet.visible(question.id):
            take = Button(
                "Begin from this", lambda: self.takes.emit(question.id), icon="copy", kind="secondary"
            )
            holder = QWidget()
            lines = column(holder, gap=4)
            lines.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
            says = "If it is still true, say how you checked. What stands unchanged is shown before you sign."
            lines.addWidget(Label(says, "small"))
            yield holder

    def _page_of(self, question: Question | None) -> FormPageDefinition | None:
        return next((page for page in self._sheet.form.pages if question in page.questions), None)
