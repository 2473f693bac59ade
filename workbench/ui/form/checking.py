"""Check and sign: what is missing, what is worth a look, what the entry becomes, and the button that signs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from workbench.forms.definition import Form
from workbench.models.results import Finding
from workbench.resources import Words, say
from workbench.ui.form import words
from workbench.ui.form.presenter import Opened
from workbench.ui.form.sheet import Sheet
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.panels import Band, Card, Icon
from workbench.ui.widgets.text import Label, Pill
from workbench.ui.writing.field import WritingField

_CHECK = Words("Check", "Gwirio")
_CHECK_AND_SIGN = Words("Check and sign", "Gwirio a llofnodi")
_WHY = Words("Why is this amended?", "Pam mae hyn yn cael ei ddiwygio?")
_WHY_FIRST = Words(
    "An amendment says why. Write the reason first.",
    "Mae diwygiad yn dweud pam. Ysgrifennwch y rheswm yn gyntaf.",
)
_WHY_SEEN = Words(
    "The version before stays beside it. Whoever reads both sees this reason.",
    "Mae'r fersiwn flaenorol yn aros wrth ei hochr. Mae pawb sy'n darllen y ddwy yn gweld y rheswm hwn.",
)
_ALL_THERE = Words("Everything that is needed is there.", "Mae popeth gofynnol yno.")
_ONE_LEFT = Words("Still to do: 1 thing", "I'w wneud o hyd: 1 peth")
_LEFT = Words("Still to do: {count} things", "I'w wneud o hyd: {count} peth")
_WORTH = Words("Worth a look", "Gwerth edrych arno")
_NO_STOP = Words(
    "None of this stops you from signing. It is seen by you and your countersigner.",
    "Nid oes dim o hyn yn eich atal rhag llofnodi. Chi a'ch cydlofnodwr sy'n ei weld.",
)
_MORE = Words("Show {count} more", "Dangos {count} arall")
_BECOMES = Words("What you are about to sign", "Yr hyn rydych ar fin ei lofnodi")
_ABOUT = Words("{title}, {day}, about {name}.", "{title}, {day}, am {name}.")
_MARKS = Words(
    "Some readers are not simply shown it all. It bears the marks:",
    "Nid yw pob darllenydd yn cael gweld y cyfan. Dyma'r marciau sydd arno:",
)
_COUNTERSIGNED = Words(
    "It then waits for the countersignature of your {roles}.", "Yna mae'n aros am gydlofnod eich {roles}."
)
_OR = Words("or", "neu")
_TO_SITTING = Words("Back to the sitting", "Yn ôl i'r eisteddiad")
_SIGN = Words("Sign", "Llofnodi")
_TO_FORM = Words("Back to the form", "Yn ôl i'r ffurflen")
_GO = Words("Go there", "Mynd yno")
# So many findings at once; the rest comes when it is asked for.
FIRST = 4
_TONES = {"serious": "warn", "warn": "warn", "note": "info"}


def check_words(opened: Opened) -> str:
    """What the last page of a form is called: one of a sitting is signed with the others, elsewhere."""
    return say(_CHECK if opened.together else _CHECK_AND_SIGN, opened.language)


class CheckPage(Page):
    """The last page of every form; `goes` names the place to put right, `signs` that it is to be signed."""

    goes = Signal(str)
    signs = Signal(str)
    returns = Signal()

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(760, 24, parent)
        self._sheet = sheet
        self._why = WritingField(sheet.say(_WHY), sheet.tools, least=2)
        self._sign: Button | None = None
        self._failed = ""
        self._offers: QWidget | None = None
        self.setAccessibleName(check_words(sheet.opened))

    @property
    def ready(self) -> bool:
        """Whether nothing stands between the draft and signing."""
        return not self._sheet.errors() and not self._sheet.opened.refusals

    def show_check(self) -> None:
        """Looks at the draft as it stands."""
        because = self._why.toPlainText()
        focus = QApplication.focusWidget()
        held = self.isVisible() and focus is not None and self.isAncestorOf(focus)
        self._why.setParent(None)
        if self._offers is not None:
            self.column.removeWidget(self._offers)
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
        self.hold(self._offers)
        if held:
            self._take_cursor()

    def _take_cursor(self) -> None:
        """Brings the cursor back onto a page that was drawn anew under it."""
        first = self.first()
        shown = first
        while shown is not None and shown is not self.widget():
            shown.show()
            shown = shown.parentWidget()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self, offers: QWidget | None) -> None:
        """Shows what is offered above all else; with None it has gone elsewhere."""
        self._offers = offers
        if offers is not None:
            self.column.insertWidget(0, offers)

    def press(self) -> None:
        """Signs, where that may be; else says what is missing."""
        because = self._why.toPlainText().strip()
        if not self.ready:
            self.show_check()
        elif self._sheet.opened.writing.entry and not because:
            self._failed = self._sheet.say(_WHY_FIRST)
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
            self.column.addWidget(Band(self._sheet.say(_ALL_THERE), "good"))
            return
        count = len(errors)
        card = Card(self._sheet.say(_ONE_LEFT if count == 1 else _LEFT, count=count))
        for path, says in errors.items():
            line = _GoRow(self._sheet, says, path, "circle-alert", "danger")
            line.button.clicked.connect(lambda _=False, path=path: self.goes.emit(path))
            self._first_gap = self._first_gap or line.button
            card.body.addWidget(line)
        self.column.addWidget(card)

    def _findings(self) -> None:
        found = self._sheet.session.findings(self._sheet.language)
        if not found:
            return
        card = Card(self._sheet.say(_WORTH))
        card.body.addWidget(Label(self._sheet.say(_NO_STOP), "quiet"))
        lines = [self._finding(finding) for finding in found]
        for line in lines:
            card.body.addWidget(line)
        if len(lines) > FIRST:
            for line in lines[FIRST:]:
                line.hide()
            more = Button(self._sheet.say(_MORE, count=len(lines) - FIRST), kind="link")

            def show_all() -> None:
                more.hide()
                for line in lines:
                    line.show()

            more.clicked.connect(lambda _=False: show_all())
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)

    def _finding(self, finding: Finding) -> QWidget:
        path = finding.question or ""
        line = _GoRow(self._sheet, finding.says, path, "lightbulb", _TONES[finding.level])
        line.button.clicked.connect(lambda _=False: self.goes.emit(path))
        return line

    def _reason(self, because: str) -> None:
        card = Card(self._sheet.say(_WHY))
        card.body.addWidget(Label(self._sheet.say(_WHY_SEEN), "quiet"))
        self._why.put(because)
        card.body.addWidget(self._why)
        self.column.addWidget(card)

    def _becomes(self) -> None:
        sheet = self._sheet
        card = Card(sheet.say(_BECOMES))
        day = words.day_words(sheet.session.happened(), sheet.language)
        told = sheet.say(_ABOUT, title=sheet.opened.title, day=day, name=sheet.opened.head.name)
        card.body.addWidget(Label(told))
        marks = sorted({mark for found in sheet.session.marks().values() for mark in found})
        if marks:
            card.body.addWidget(Label(sheet.say(_MARKS), "quiet"))
            holder = QWidget()
            flow = Flow(holder, gap=6)
            for mark in marks:
                flow.addWidget(Pill(words.mark(mark, sheet.language), "info"))
            card.body.addWidget(holder)
        for told in self._carried():
            card.body.addWidget(Label(told, "quiet"))
        if sheet.opened.countersigned_by:
            roles = f" {sheet.say(_OR)} ".join(role.upper() for role in sheet.opened.countersigned_by)
            card.body.addWidget(Label(sheet.say(_COUNTERSIGNED, roles=roles), "quiet"))
        self.column.addWidget(card)

    def _carried(self) -> list[str]:
        sheet = self._sheet
        answers = sheet.session.answers()
        told = [
            words.carried(system, carry, answers, sheet.language) for system, carry in sheet.opened.carries
        ]
        return [each for each in told if each]

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=10)
        sheet = self._sheet
        does = sheet.say(_TO_SITTING if sheet.opened.together else _SIGN)
        self._sign = Button(does, self.press, icon="file-check-2", kind="primary")
        self._sign.setEnabled(self.ready)
        flow.addWidget(self._sign)
        flow.addWidget(Button(sheet.say(_TO_FORM), self.returns.emit))
        return holder


class _GoRow(QWidget):
    """A sentence, where it belongs, and the button that goes there."""

    def __init__(self, sheet: Sheet, says: str, path: str, icon: str, tone: str) -> None:
        super().__init__()
        line = row(self, gap=8)
        line.addWidget(Icon(icon, tone))
        told = column(gap=1)
        told.addWidget(Label(says))
        told.addWidget(Label(_place(sheet.form, path), "small"))
        line.addLayout(told, 1)
        self.button = Button(sheet.say(_GO), kind="link")
        self.button.setAccessibleName(f"{sheet.say(_GO)}: {says}")
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
