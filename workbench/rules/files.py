"""The shapes of the files under `resources/rules`: what a rule, finding, advice, event or region may say."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from workbench.models.results import Confidence, Level, Source
from workbench.resources import Text, YesNo

EpisodeKind = Literal[
    "remand",
    "custody",
    "community-order",
    "suspended-sentence-order",
    "licence",
    "recall-custody",
    "hospital",
    "court",
]
Role = Literal[
    "practitioner", "pso", "spo", "aco", "court-officer", "vlo", "administrator", "data-protection"
]


class Suggestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number nobody has set: ours, off until a region switches it on."""

    suggest: str


Number = str | Suggestion
"""An amount, a plain number, `empty`, or a suggestion for an empty number."""


class InForce(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """The days on which a text is in force: `from_` inclusive, `until` exclusive."""

    from_: str
    until: str | None = None


class Meeting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The entry that meets a duty: its form, what its answers must say, and whether it must be countersigned.

    With `another` it is not the entry that started the clock, nor a later version of that one. With `by`
    only what one of these roles signed, or countersigned, counts.
    """

    form: str
    where: str | None = None
    state: Literal["signed", "countersigned"] = "signed"
    another: YesNo = "no"
    choice: str | None = None
    by: tuple[Role, ...] = ()


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How serious a miss is, and who is told.

    With `soon` they are told from the day on which it counts as due soon, and it stands before other duties.
    """

    level: Level
    tells: tuple[Role, ...] = ()
    soon: Literal["yes", "no"] = "no"


class Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a duty is not owed, or waits, and what the register then says.

    With `always` it is true of the whole time, whenever it was recorded: the duty was never owed.
    """

    when: str
    says: Text
    always: YesNo = "no"


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another wording of the same duty, and what meets it then."""

    when: str
    asks: Text
    met_by: tuple[Meeting, ...] = ()


class Due(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One way to reckon a last day; amounts are names of numbers.

    `within` counts from the start, `before` back from a fact by the amount `by`, `every` again and again
    from the day it was met or was due. Of several, the sooner or the later holds.
    """

    within: str | None = None
    before: str | None = None
    by: str | None = None
    every: str | None = None
    from_: Literal["met", "due"] | None = None
    sooner_of: tuple[Due, ...] = ()
    later_of: tuple[Due, ...] = ()
    then: Literal["next working day"] | None = None


class Branch(Due, frozen=True, forbid_unknown_fields=True):
    """One step of a due ladder: without `when` it holds for every case that comes so far."""

    when: str | None = None
    choice: str | None = None
    confidence: Confidence | None = None


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that a worked example holds; `says` are facts, `blind` an author who had not seen the others."""

    form: str
    on: str
    answers: dict[str, Any] = {}
    says: dict[str, str] = {}
    role: str = "practitioner"
    countersigned: YesNo = "no"
    withdrawn: YesNo = "no"
    blind: YesNo = "no"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A worked example: what is recorded, and what must follow from it.

    `given` holds facts by path, and three words: `episode` (its first day), `kind` (a community order where
    none is named) and `until` (the last day of the sentence). `today` is the first day of the episode where
    none is named. `due` is a day, a moment or `none`; a `state` of `none` means that nothing is owed.
    """

    given: dict[str, str] = {}
    entries: tuple[Given, ...] = ()
    today: str | None = None
    suggestions: YesNo = "no"
    choice: str | None = None
    n: int = 1
    due: str | None = None
    state: str | None = None
    unknown: tuple[str, ...] = ()
    says: Literal["yes", "no", "asks"] | None = None
    tells: tuple[Role, ...] = ()


class TextFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text of a rule: in force from a day, with its source, numbers, ladder and worked examples."""

    text: int
    in_force: InForce
    source: Source
    due: tuple[Branch, ...]
    examples: tuple[Example, ...] = ()
    numbers: dict[str, Number] = {}
    corrects: int | None = None


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"in_": "in"}):
    """One rule; `starts` is `each episode`, the path of a fact about the case, or the entries that start it.

    Entries start it only `after` an earlier one of the same stretch that matches, and not where one of
    `unless` came earlier. With `joins` what starts while an earlier one stands open is the same duty.
    """

    rule: str
    asks: Text
    owed_by: Role
    in_: tuple[EpisodeKind, ...]
    starts: str | Meeting | tuple[Meeting, ...]
    late: Late
    confidence: Confidence
    texts: tuple[TextFile, ...]
    met_by: Meeting | tuple[Meeting, ...] = ()
    pauses: tuple[EpisodeKind, ...] = ()
    ends: tuple[Literal["recall", "end"], ...] = ()
    stops: tuple[Stop, ...] = ()
    waits: tuple[Stop, ...] = ()
    variants: tuple[Variant, ...] = ()
    after: tuple[Meeting, ...] = ()
    unless: tuple[Meeting, ...] = ()
    joins: YesNo = "no"
    choices: tuple[str, ...] = ()
    limit: str | None = None
    asked_by: Meeting | None = None
    deferred_by: tuple[Role, ...] = ("practitioner", "spo", "aco")
    soon: str = "7 calendar days"
    note: Text | None = None


class PromptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"in_": "in"}):
    """A recall prompt: the states of a recall that open it, end it, follow its end, and that only the ACO may set.

    It stands on every day until it ends; with `within` it is owed by so long after it opened. An entry of
    `met_also` meets it too, from the day on which it opened. `says` are its sentences in the words of the book
    while it is open, and once it is met.
    """

    prompt: str
    asks: Text
    owed_by: Role
    form: str
    question: str
    reason: str
    opened_by: tuple[str, ...]
    met_by: tuple[str, ...]
    follows: tuple[str, ...]
    cancelled_by: str
    cancelled_role: Role
    ended_by_death: Stop
    tells: tuple[Role, ...]
    people: tuple[str, ...]
    confidence: Confidence
    source: Source
    examples: tuple[Example, ...]
    note: Text | None = None
    within: str | None = None
    met_also: tuple[Meeting, ...] = ()
    says: tuple[str, str] = ("recall_open", "recall_closed")


class FindingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"in_": "in"}):
    """One quality finding.

    `looks` names the code that finds it. With `answers`, `when` finds it in the answers of the newest
    entry of each form; with `unfollowed`, where no entry of `of` came on that day or since; with `words`, where
    one of `terms` stands in one of its `questions`, or with `missing` none does. With `facts`, `when` finds it in
    the facts of today, unless an entry of `of` settles it; with `in-a-row`, in each of the last entries of `of`;
    with `nothing-since`, where there was none of them for a time; with `unanswered`, in the conditions of the kinds
    in `terms` that no action of it answers. With `silence`, `changes` and `passed`, `gap`
    is the fact it turns on.
    """

    finding: str
    says: Text
    level: Level
    confidence: Confidence
    source: Source
    looks: Literal[
        "answers", "self-report", "old-evidence", "bare-allegation", "late-actions", "two-accounts", "cannot-tell",
        "not-covered", "silence", "facts", "changes", "in-a-row", "passed", "unfollowed", "words", "nothing-since",
        "unanswered",
    ]  # fmt: skip
    forms: tuple[str, ...] = ()
    when: str | None = None
    sources: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    missing: YesNo = "no"
    in_: tuple[EpisodeKind, ...] = ()
    stops: tuple[Stop, ...] = ()
    of: tuple[Meeting, ...] = ()
    gap: str | None = None
    numbers: dict[str, str] = {}
    tells: dict[str, tuple[Role, ...]] = {}
    urgent: Literal["yes", "no"] = "no"
    examples: tuple[Example, ...] = ()


class AdviceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"in_": "in"}):
    """One line of advice: `applies` says whom it may concern, `when` whether it speaks, `choice` what settles it."""

    advice: str
    says: Text
    applies: str
    when: str
    confidence: Confidence
    source: Source
    examples: tuple[Example, ...]
    in_: tuple[EpisodeKind, ...] = ()
    settled: str | None = None


class StepFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of an event's checklist; `met_by` names an entry that does it, besides its own row.

    One that `must` be done no reason replaces.
    """

    step: str
    asks: Text
    owed_by: Role
    when: Literal["today", "next working day", "as soon as possible", "review"]
    must: YesNo = "no"
    met_by: tuple[Meeting, ...] = ()


class EventFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of event, its checklist, and the confidence of its times.

    While a step that must be done is not, only a person's closing that says what `closing` asks for ends it.
    """

    event: str
    asks: Text
    owed_by: Role
    level: Level
    confidence: Confidence
    source: Source
    joins: str
    steps: tuple[StepFile, ...]
    examples: tuple[Example, ...]
    closed_by: tuple[Role, ...] = ("practitioner", "spo", "aco")
    closing: Meeting | None = None
    note: Text | None = None


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What a region sets for one rule, from which day, and on whose word."""

    from_: str
    source: Source
    numbers: dict[str, str] = {}
    choice: str | None = None


class Ours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a region makes of something that is marked ours: other numbers (of a finding), or off."""

    source: Source
    off: YesNo = "no"
    numbers: dict[str, str] = {}


class RegionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region's overlay of rules: its own numbers, choices and days off; suggestions switched on or not.

    `ours` changes or switches off rules, findings and advice that are marked ours. `short_notice` is the
    time it gives to what was already past when first known.
    """

    region: str
    title: Text
    rules: dict[str, tuple[Setting, ...]] = {}
    ours: dict[str, Ours] = {}
    suggestions: YesNo = "no"
    days_off: tuple[str, ...] = ()
    short_notice: str | None = None


Cell = Literal["no", "ask", "gist", "vetted", "initials", "first-name", "yes"]


class AudienceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One audience: what it may see of an answer with each mark; a mark left out is no."""

    audience: str
    confidence: Confidence
    third_party: Cell = "no"
    child: Cell = "no"
    police: Cell = "no"
    intelligence: Cell = "no"
    mappa_meeting: Cell = "no"
    health: Cell = "no"
    polygraph: Cell = "no"
    victim: Cell = "no"
    not_for_disclosure: Cell = "no"

    def cell(self, mark: str) -> Cell:
        """What a mark allows; no where the mark is not known."""
        return _CELLS[mark](self) if mark in _CELLS else "no"


_CELLS = {
    "third-party": lambda row: row.third_party,
    "child": lambda row: row.child,
    "police": lambda row: row.police,
    "intelligence": lambda row: row.intelligence,
    "mappa-meeting": lambda row: row.mappa_meeting,
    "health": lambda row: row.health,
    "polygraph": lambda row: row.polygraph,
    "victim": lambda row: row.victim,
    "not-for-disclosure": lambda row: row.not_for_disclosure,
}
