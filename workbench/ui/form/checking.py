"""Check and sign: what is missing, what is worth a look, what the entry becomes, and the button that signs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.forms.definition import Form
from workbench.models.results import Finding
from workbench.resources import say
from workbench.ui.form import words
from workbench.ui.form.presenter import Opened
from workbench.ui.form.sheet import Sheet
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.panels import Band, Card, Icon
from workbench.ui.widgets.text import Label, Pill
from workbench.ui.writing.field import WritingField

# So many findings at once; the rest comes when it is asked for.
FIRST = 4
_TONES = {"serious": "warn", "warn": "warn", "note": "info"}


def check_words(opened: Opened) -> str:
    """What the last page of a form is called: one of a sitting is signed with the others, elsewhere."""
    return "Check" if opened.together else "Check and sign"


class CheckPage(Page):
    """The last page of every form; `goes` names the place to put right, `signs` that it is to be signed."""

    goes = Signal(str)
    signs = Signal(str)
    returns = Signal()

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(760, 24, parent)
        self._sheet = sheet
        self._why = WritingField("Why is this amended?", sheet.tools, least=2)
        self._sign: Button | None = None
        self._failed = ""
        self.setAccessibleName(check_words(sheet.opened))

    @property
    def ready(self) -> bool:
        """Whether nothing stands between the draft and signing."""
        return not self._sheet.errors() and not self._sheet.opened.refusals

    def show_check(self) -> None:
        """Looks at the draft as it stands."""
        because = self._why.toPlainText()
        self._why.setParent(None)
        self.clear()
        sheet = self._sheet
        self.column.addWidget(Label(check_words(sheet.opened), "display"))
        for refusal in sheet.opened.refusals:
            self.column.addWidget(Band(refusal, "danger"))
        if self._failed:
            self.column.addWidget(Band(self._failed, "danger"))
        self._missing()
        if sheet.opened.writing.entry:
            self._reason(because)
        self._findings()
        self._becomes()
        self.column.addWidget(self._buttons())
        self.column.addStretch(1)

    def press(self) -> None:
        """Signs, where that may be; else says what is missing."""
        because = self._why.toPlainText().strip()
        if not self.ready:
            self.show_check()
        elif self._sheet.opened.writing.entry and not because:
            self._failed = "An amendment says why. Write the reason first."
            self.show_check()
            self._why.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._failed = ""
            self.signs.emit(because)

    def refused(self, says: str) -> None:
        """Signing failed."""
        self._failed = says
        self.show_check()

    def first(self) -> QWidget | None:
        """The first thing to put right; else the reason of an amendment; else the button that signs."""
        if not self.ready:
            return self._first_gap
        return self._why if self._sheet.opened.writing.entry else self._sign

    def _missing(self) -> None:
        self._first_gap: QWidget | None = None
        errors = self._sheet.errors()
        if not errors:
            self.column.addWidget(Band("Everything that is needed is there.", "good"))
            return
        count = len(errors)
        card = Card(f"Still to do: {count} thing{'s' if count != 1 else ''}")
        for path, says in errors.items():
            line = _GoRow(says, _place(self._sheet.form, path), "circle-alert", "danger")
            line.button.clicked.connect(lambda _=False, path=path: self.goes.emit(path))
            self._first_gap = self._first_gap or line.button
            card.body.addWidget(line)
        self.column.addWidget(card)

    def _findings(self) -> None:
        found = self._sheet.session.findings()
        if not found:
            return
        card = Card("Worth a look")
        card.body.addWidget(
            Label("None of this stops you from signing. It is seen by you and your countersigner.", "quiet")
        )
        lines = [self._finding(finding) for finding in found]
        for line in lines:
            card.body.addWidget(line)
        if len(lines) > FIRST:
            for line in lines[FIRST:]:
                line.hide()
            more = Button(f"Show {len(lines) - FIRST} more", kind="link")

            def show_all() -> None:
                more.hide()
                for line in lines:
                    line.show()

            more.clicked.connect(lambda _=False: show_all())
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)

    def _finding(self, finding: Finding) -> QWidget:
        path = finding.question or ""
        line = _GoRow(finding.says, _place(self._sheet.form, path), "lightbulb", _TONES[finding.level])
        line.button.clicked.connect(lambda _=False: self.goes.emit(path))
        return line

    def _reason(self, because: str) -> None:
        card = Card("Why is this amended?")
        card.body.addWidget(
            Label("The version before stays beside it. Whoever reads both sees this reason.", "quiet")
        )
        self._why.put(because)
        card.body.addWidget(self._why)
        self.column.addWidget(card)

    def _becomes(self) -> None:
        sheet = self._sheet
        card = Card("What you are about to sign")
        happened = words.day_words(sheet.session.happened())
        card.body.addWidget(Label(f"{sheet.opened.title}, {happened}, about {sheet.opened.head.name}."))
        marks = sorted({mark for found in sheet.session.marks().values() for mark in found})
        if marks:
            card.body.addWidget(
                Label("Some readers are not simply shown it all. It bears the marks:", "quiet")
            )
            holder = QWidget()
            flow = Flow(holder, gap=6)
            for mark in marks:
                flow.addWidget(Pill(words.MARKS.get(mark, mark), "info"))
            card.body.addWidget(holder)
        for told in self._carried():
            card.body.addWidget(Label(told, "quiet"))
        if sheet.opened.countersigned_by:
            roles = " or ".join(role.upper() for role in sheet.opened.countersigned_by)
            card.body.addWidget(Label(f"It then waits for the countersignature of your {roles}.", "quiet"))
        self.column.addWidget(card)

    def _carried(self) -> list[str]:
        answers = self._sheet.session.answers()
        told = [words.carried(system, carry, answers) for system, carry in self._sheet.opened.carries]
        return [each for each in told if each]

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=10)
        words = "Back to the sitting" if self._sheet.opened.together else "Sign"
        self._sign = Button(words, self.press, icon="file-check-2", kind="primary")
        self._sign.setEnabled(self.ready)
        flow.addWidget(self._sign)
        flow.addWidget(Button("Back to the form", self.returns.emit))
        return holder


class _GoRow(QWidget):
    """A sentence, where it belongs, and the button that goes there."""

    def __init__(self, says: str, where: str, icon: str, tone: str) -> None:
        super().__init__()
        line = row(self, gap=8)
        line.addWidget(Icon(icon, tone))
        told = column(gap=1)
        told.addWidget(Label(says))
        told.addWidget(Label(where, "small"))
        line.addLayout(told, 1)
        self.button = Button("Go there", kind="link")
        self.button.setAccessibleName(f"Go there: {says}")
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(in_force().px(36))


def _place(form: Form, path: str) -> str:
    """Where a path lies, in words: the page and the question."""
    name = path.split("/", maxsplit=1)[0]
    for page in form.pages:
        for question in page.questions:
            if question.id == name:
                title, ask = say(page.title), words.asks(question)
                return title if title == ask else f"{title}: {ask}"
    return ""
