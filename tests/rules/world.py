"""The book, facts and forms that the tests of rules share: those shipped, some cut small and opened up by hand."""

from __future__ import annotations

import msgspec

from tests.rules.build import authors, facts, noon
from workbench.forms import library
from workbench.forms.definition import shape
from workbench.models.fold import Case
from workbench.models.results import Duty
from workbench.models.shapes import FormShape, Opening, Shape
from workbench.resources import Words
from workbench.rules.book import RuleBook, load
from workbench.rules.evaluate import Outcome, evaluate
from workbench.rules.states import state

OPENINGS = (
    Opening(
        "child-present",
        "home-visit",
        "outcome in ('seen', 'out-others-seen', 'refused') and some others where (under_18 in ('yes', 'unknown')"
        " and (not on_network(person) or contact_allowed(person) != 'yes' or forbidden_by_condition(person)))",
        if_unknown=True,
    ),
    Opening("warning-sign", "contact", "some signs where (sign is known)"),
    Opening("child-present", "significant-event", "kind = 'child-present'"),
    Opening("warning-sign", "significant-event", "kind = 'warning-sign'"),
)


def question(kind: str, **columns: Shape) -> Shape:
    return Shape(kind, kind, columns=columns)


def form(name: str, marks: tuple[str, ...] = (), **questions: Shape) -> FormShape:
    return FormShape(name, 1, name.replace("-", " ").capitalize(), questions, marks)


_people = question("repeat", person=question("person"), under_18=question("yes-no-unknown"))
_steps = question("repeat", step=question("text"), done_on=question("day"), how=question("text"))
_outcome = Shape(
    "one-of", "What happened?", {"seen": Words("Seen at home", "Gwelwyd gartref"), "no-answer": "No answer"}
)
FORMS = (
    form(
        "home-visit", ("third-party",), outcome=_outcome, visited_on=question("moment"), others=_people,
        rooms=question("narrative"), concern=question("evidence"),
        children_things=Shape("narrative", "Children's things", marks=("child",)),
    ),
    form(
        "contact", how=question("one-of"), seen_by=question("one-of"),
        outcome=Shape("one-of", Words("How did it go?", "Sut aeth hi?")),
        on=question("moment"), notes=question("narrative"), met_with=question("person"),
        signs=question("repeat", sign=question("text"), what=question("text")),
    ),
    form("oasys-record", kind=question("one-of"), after_arms=question("yes-no")),
    form("arms", opportunity=question("factor"), hostile_orientation=question("factor")),
    form("rosh", children_evidence=question("evidence")),
    form("people"), form("safeguarding-check"), form("information-exchange"), form("mappa-level"),
    form("mappa-level-1-review", disclosure_considered=question("yes-no"), disclosure_reason=question("narrative")),
    form(
        "risk-management-plan",
        agencies=question("repeat", agency=question("agency"), name=question("text"), agreed=question("text")),
    ),
    form("recall", state=question("one-of"), reason=question("narrative")),
    form("significant-event", ("third-party",), kind=question("one-of"), steps=_steps),
    form("duty-deferred"), form("event-closed"),
)  # fmt: skip
SHIPPED = library.load().latest()
SHAPES = {(each.form, each.version): shape(each) for each in SHIPPED}
for each in FORMS:
    asked = {**SHAPES[each.form, each.version].questions, **each.questions}
    SHAPES[each.form, each.version] = msgspec.structs.replace(each, questions=asked)
_opened = {opening.event for opening in OPENINGS}
OPENINGS += tuple(o for each in SHIPPED for o in each.openings() if o.event not in _opened)
FACTS = facts()
BOOK = load(openings=OPENINGS)
DEMO = load(("demo",), openings=OPENINGS)


def outcome(case: Case, day: str, book: RuleBook = BOOK, language: str = "en") -> Outcome:
    return evaluate(case, book, FACTS, SHAPES, authors, noon(day), language=language)


def duties(case: Case, rule: str, day: str, book: RuleBook = BOOK) -> list[Duty]:
    return [duty for duty in outcome(case, day, book).duties if duty.rule == rule]


def only(case: Case, rule: str, day: str, book: RuleBook = BOOK) -> Duty:
    found = duties(case, rule, day, book)
    assert len(found) == 1, [duty.duty for duty in found]
    return found[0]


def state_of(duty: Duty, day: str) -> str:
    return state(duty, noon(day))
