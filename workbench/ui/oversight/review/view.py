"""The review on the screen: the record at the left, the look at the right; one at a time where it is narrow."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.results import Because, Changes
from workbench.ui.form import presenter as forms
from workbench.ui.form.pen import Pen
from workbench.ui.form.presenter import Comfort
from workbench.ui.form.sheet import Sheet
from workbench.ui.look.look import in_force
from workbench.ui.oversight.review import presenter
from workbench.ui.oversight.review.cards import Laid
from workbench.ui.oversight.review.judging import Judging
from workbench.ui.oversight.review.presenter import Review
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.text import Label, Pill
from workbench.ui.writing.tools import Tools

_BOTH_FROM = 900
_SIDES = {"read": "Read", "look": "Your look"}


class ReviewScreen(Screen):
    """One look at one case."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Review")
        self._tools = Tools(self)
        self._place = Place("review")
        self._judging: Judging | None = None
        self._pen: Pen | None = None
        self._review: Review | None = None
        lines = column(self, gap=0)
        lines.addWidget(self._head())
        self._parts: QHBoxLayout = row(gap=0)
        self._laid = Laid(shell)
        self._parts.addWidget(self._laid, 5)
        lines.addLayout(self._parts, 1)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("head", "true")
        lines = column(head, gap=4, margin=14)
        holder = QWidget()
        flow = Flow(holder, gap=10)
        self._name = Label("", "title")
        flow.addWidget(self._name)
        self._pills = QWidget()
        self._pill_flow = Flow(self._pills, gap=6)
        flow.addWidget(self._pills)
        self._case = Button("Open the case", self._open_case, kind="link")
        flow.addWidget(self._case)
        self._why = Button("Why now?", self._explain, kind="link")
        flow.addWidget(self._why)
        lines.addWidget(holder)
        self._now, self._fresh = Label(""), Label("", "small")
        lines.addWidget(self._now)
        lines.addWidget(self._fresh)
        self._sides = Choice("Which side", _SIDES, "tab")
        self._sides.chosen.connect(lambda _: self._stand())
        self._sides.choose("read")
        lines.addWidget(self._sides)
        return head

    # Coming and going

    def arrive(self, place: Place) -> None:
        """Lays a case out, and takes up the look where it was left."""
        self._put_away()
        self._place = place
        case, language = place.case, self.shell.settings().language
        self.shell.ask(forms.comfort, self._comfort, lambda _: None)
        self.shell.ask(
            lambda desk: presenter.review(desk, case, language), self._show, self._cannot, key="review"
        )

    def leave(self) -> None:
        """Keeps what is written and lays the draft down."""
        if self._pen is not None:
            self._pen.close()

    def first(self) -> QWidget | None:
        """The first question that could be asked; where only one side is shown, the choice of it."""
        if self._judging is None:
            return None
        return self._judging.first() if self._judging.isVisible() else self._sides.button("read")

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "oversight"

    # Showing

    def _show(self, review: Review) -> None:
        self._put_away()
        self._review = review
        self._name.say(review.name)
        empty(self._pill_flow)
        self._pill_flow.addWidget(Label(review.crn, "quiet", wrap=False))
        for text, tone in review.pills:
            self._pill_flow.addWidget(Pill(text, tone))
        self._now.say(review.why_now)
        self._fresh.say(review.fresh)
        self._why.setVisible(review.because is not None)
        self._case.setVisible(True)
        self._laid.show_review(review)
        people = review.opened.session.known.people.values()
        self._tools.speller.names((review.name, *people))
        sheet = Sheet(review.opened, self._tools, self)
        judging = Judging(review, sheet, self)
        pen = Pen(self.shell, sheet, judging.spot, self)
        pen.said.connect(judging.say_saved)
        judging.signs.connect(self._sign)
        judging.opens_form.connect(self._whole_form)
        self._judging, self._pen = judging, pen
        self._parts.addWidget(judging, 4)
        judging.show()
        self._stand()
        first = self.first()
        if first is not None and self.isVisible():
            first.setFocus()

    def _cannot(self, error: Expected) -> None:
        self._put_away()
        self._name.say("This look cannot be begun")
        for widget in (self._why, self._case):
            widget.hide()
        self._laid.clear()
        says = f"{error.says} {error.next_step}".strip()
        shown = Nothing("Not here", says, "Go back", self.shell.back, icon="circle-alert")
        self._laid.column.addWidget(shown)
        self._laid.column.addStretch(1)
        self._stand()

    def _put_away(self) -> None:
        if self._pen is not None:
            self._pen.finish()
        if self._judging is not None:
            self._judging.hide()
            self._judging.deleteLater()
        self._judging = self._pen = self._review = None

    def _comfort(self, found: Comfort) -> None:
        self._tools.take(found.words, found.snippets)

    # Doing

    def _open_case(self) -> None:
        self.shell.go(Place("case", case=self._place.case))

    def _explain(self) -> None:
        because: Because | None = self._review.because if self._review else None
        if because is not None:
            self.shell.explain("Why a look is owed now", because)

    def _whole_form(self) -> None:
        """The same draft as a form; it is begun first, where nothing was written yet."""
        pen, judging = self._pen, self._judging
        if pen is None or judging is None:
            return
        judging.sheet.everything()
        pen.save()
        case, draft = self._place.case, pen.writing.draft
        self.shell.go(Place("form", case=case, draft=draft))

    def _sign(self) -> None:
        judging, pen = self._judging, self._pen
        if judging is None or pen is None:
            return
        pen.save()
        session = judging.sheet.session
        judging.setEnabled(False)

        def do(desk: Desk) -> tuple[Changes, str]:
            return forms.sign(desk, pen.writing, session, "", ())

        def signed(found: tuple[Changes, str]) -> None:
            changes, told = found
            pen.finish()
            self.shell.changed(changes)
            if self._judging is judging and not self.isHidden():
                self.shell.go(Place("oversight"))
            self.shell.say(told, "good")

        def refused(error: Expected) -> None:
            if self._judging is not judging or self.isHidden():
                self.shell.say(f"The look was not signed. {error.sentence()}", "danger")
            if self._judging is judging:
                judging.setEnabled(True)
                judging.refuse(error.sentence())

        self.shell.ask(do, signed, refused)

    def _stand(self) -> None:
        """Both sides where there is room, else the one that is chosen."""
        judging = self._judging
        both = self.width() >= in_force().px(_BOTH_FROM)
        chosen = self._sides.current()
        self._sides.setVisible(not both and judging is not None)
        self._laid.setVisible(both or judging is None or chosen == "read")
        if judging is not None:
            judging.setVisible(both or chosen == "look")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way where there is little room."""
        super().resizeEvent(event)
        self._stand()
