"""Beside the form: guidance, what is known, what was written last time, and the words to take as evidence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from workbench.forms.claims import named
from workbench.forms.definition import Page as FormPageDefinition
from workbench.forms.definition import Question
from workbench.resources import Words, say
from workbench.ui.form import words
from workbench.ui.form.drawer import Drawer
from workbench.ui.form.known import Known
from workbench.ui.form.pages import on_surface
from workbench.ui.form.sheet import Sheet
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, Page, column
from workbench.ui.widgets.panels import Line
from workbench.ui.widgets.text import Label, Pill

TABS = {
    "guidance": Words("Guidance", "Canllaw"),
    "known": Words("Known", "Hysbys"),
    "before": Words("Last time", "Cynt"),
    "evidence": Words("Evidence", "Tystiolaeth"),
}
_BESIDE = Words("Beside the question", "Wrth ochr y cwestiwn")
_WRITE = Words(
    "Write what a colleague who knows nothing of the case would need.",
    "Ysgrifennwch yr hyn y byddai ei angen ar gydweithiwr nad yw'n gwybod dim am yr achos.",
)
_MUST = Words("What is checked", "Yr hyn a wirir")
_BECOMES = Words("What becomes known by it", "Yr hyn a ddaw'n hysbys drwyddo")
_MARKS = Words("Marks it bears", "Y marciau sydd arno")
_RECORD_ONLY = Words(
    "It is kept for the record; nothing is worked out from it.",
    "Fe'i cedwir ar gyfer y record; ni chyfrifir dim ohono.",
)
_NOT_KNOWN = Words(
    "Nothing is recorded about this question yet.", "Nid oes dim wedi'i gofnodi am y cwestiwn hwn eto."
)
_OF_CASE = Words("Of the case", "Am yr achos")
_OPEN = Words("Open the entry", "Agor y cofnod")
_TWO_ACCOUNTS = Words("Two accounts", "Dau hanes")
_NO_BEFORE = Words(
    "This form was not signed for this case before.",
    "Ni lofnodwyd y ffurflen hon ar gyfer yr achos hwn o'r blaen.",
)
_SIGNED = Words("Signed {day} by {name}.", "Llofnodwyd ar {day} gan {name}.")
_NOT_ANSWERED = Words("This question was not answered then.", "Ni chafodd y cwestiwn hwn ei ateb bryd hynny.")
_BEGIN = Words("Begin from this", "Dechrau o hwn")
_STILL_TRUE = Words(
    "If it is still true, say how you checked. What stands unchanged is shown before you sign.",
    "Os yw'n dal yn wir, dywedwch sut y gwnaethoch wirio. Dangosir yr hyn sydd heb newid cyn i chi lofnodi.",
)


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
        self.setAccessibleName(sheet.say(_BESIDE))
        lines = column(self, gap=0)
        head = QWidget(self)
        above = column(head, gap=4, margin=12)
        self._name = Label("", "strong", parent=head)
        self.tabs = Choice(
            sheet.say(_BESIDE), {tab: sheet.say(text) for tab, text in TABS.items()}, "tab", head, gap=8
        )
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
            yield Label(self._sheet.say(_WRITE), "quiet")
        if say(question.else_):
            yield Label(self._sheet.say(_MUST), "strong")
            yield Label(say(question.else_), "quiet")
        yield from self._means(question)

    def _means(self, question: Question) -> Iterable[QWidget]:
        form = self._sheet.form
        told = self._sheet.opened.facts
        facts = dict.fromkeys(told[row.fact] for row in form.sets if question.id in (row.each, *named(row)))
        if facts:
            yield Label(self._sheet.say(_BECOMES), "strong")
            yield Label(". ".join(facts) + ".", "quiet")
        marks = (*form.marks, *self._sheet.marks(question))
        if marks:
            yield Label(self._sheet.say(_MARKS), "strong")
            language = self._sheet.language
            for mark in dict.fromkeys(marks):
                yield Label(f"{words.mark(mark, language)}. {words.mark_says(mark, language)}.", "quiet")
        if question.record_only == "yes":
            yield Label(self._sheet.say(_RECORD_ONLY), "quiet")

    def _known(self, question: Question | None) -> Iterable[QWidget]:
        opened = self._sheet.opened
        about = opened.known.get(question.id, ()) if question else ()
        for known in about:
            yield self._known_line(known)
        if not about:
            yield Label(self._sheet.say(_NOT_KNOWN), "quiet")
        if opened.general:
            yield Line()
            yield Label(self._sheet.say(_OF_CASE), "strong")
            for known in opened.general:
                yield self._known_line(known)

    def _known_line(self, known: Known) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=1)
        lines.addWidget(Label(known.what, "small"))
        lines.addWidget(Label(known.value, "strong", copyable=True))
        lines.addWidget(Label(known.source, "small"))
        sheet = self._sheet
        source = Button(sheet.say(_OPEN), lambda: self.opens.emit(known.entry), kind="source")
        source.setAccessibleName(f"{sheet.say(_OPEN)}: {known.source}")
        lines.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)
        pills = [(words.mark(mark, sheet.language), "info") for mark in known.marks]
        if known.disputed:
            pills.insert(0, (sheet.say(_TWO_ACCOUNTS), "warn"))
        if pills:
            row = QWidget()
            flow = Flow(row, gap=4)
            for text, tone in pills:
                flow.addWidget(Pill(text, tone))
            lines.addWidget(row)
        return holder

    def _before(self, question: Question | None) -> Iterable[QWidget]:
        before = self._sheet.opened.before
        if before is None:
            yield Label(self._sheet.say(_NO_BEFORE), "quiet")
            return
        yield Label(self._sheet.say(_SIGNED, day=before.on, name=before.by), "small")
        told = before.words.get(question.id, "") if question else ""
        if question is None or not told:
            yield Label(self._sheet.say(_NOT_ANSWERED), "quiet")
            return
        for text in told.split("\n"):
            yield Label(text, copyable=True)
        if question.kind not in ("shown", "computed") and self._sheet.visible(question.id):
            begin = self._sheet.say(_BEGIN)
            take = Button(begin, lambda: self.takes.emit(question.id), icon="copy", kind="secondary")
            holder = QWidget()
            lines = column(holder, gap=4)
            lines.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
            lines.addWidget(Label(self._sheet.say(_STILL_TRUE), "small"))
            yield holder

    def _page_of(self, question: Question | None) -> FormPageDefinition | None:
        return next((page for page in self._sheet.form.pages if question in page.questions), None)
