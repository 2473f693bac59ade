"""Two accounts to settle: entries two people amended apart, and facts two entries say differently. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from workbench.casework import drafting, reading
from workbench.casework.desk import Desk
from workbench.models.amounts import counted
from workbench.models.fold import Case, Entry, Live
from workbench.models.records import Version
from workbench.resources import say
from workbench.ui.case.chronology import presenter as chronology
from workbench.ui.case.chronology.presenter import Answered
from workbench.ui.exchange.beginning import begin
from workbench.ui.exchange.words import a_role, role_words
from workbench.ui.knowing import Account, Knowing
from workbench.ui.widgets.row import Row
from workbench.ui.words import day_words, fact_words, moment_words

ENTRY, FACTS = "entry", "facts"
HOW = (
    "Neither had read the other's. Both stand until somebody who has read both says which. Begin from the account "
    "that holds, change what needs changing, and sign it with the reason. Or leave both standing."
)


class Side(msgspec.Struct, frozen=True):
    """One account: who wrote it and when, as which version; `why_not` says why this person cannot begin from it."""

    version: str
    entry: str
    by: str
    says: str
    why_not: str


class Asked(msgspec.Struct, frozen=True):
    """One question with what each account answers, in the order of the sides; empty where it answers nothing."""

    ask: str
    cells: tuple[str, ...]
    differs: bool
    sensitive: bool = False


class Beside(msgspec.Struct, frozen=True):
    """Two or more accounts side by side: what differs first, then what they say alike."""

    case: str
    title: str
    says: str
    sides: tuple[Side, ...]
    rows: tuple[Asked, ...]


def to_look_through(desk: Desk) -> tuple[str, ...]:
    """Every case, to be looked through some at a time; the look is logged as one."""
    found = tuple(row.case for row in desk.cases())
    desk.log("listed", detail="two accounts")
    return found


def among(desk: Desk, cases: Iterable[str]) -> tuple[Row, ...]:
    """What is to be settled in these cases."""
    return tuple(row for case in cases for row in of_case(desk, case))


def of_case(desk: Desk, case: str) -> tuple[Row, ...]:
    """What is to be settled in one case; the key of each is what `beside` takes."""
    stood = desk.case(case)
    away = reading.kept_away(desk, stood)
    found = [
        _fork(desk, stood, entry) for entry in stood.entries.values() if entry.forked and entry.id not in away
    ]
    found += [_facts(desk, stood, *each) for each in _disputed(desk, stood) if _may_read(each[0], away)]
    return tuple(found)


def _may_read(lives: tuple[Live, ...], away: frozenset[str]) -> bool:
    return away.isdisjoint(live.version.header.entry for live in lives)


def _fork(desk: Desk, stood: Case, entry: Entry) -> Row:
    row = desk.store.case_row(stood.id)
    return Row(
        key=f"{stood.id}/{ENTRY}/{entry.id}",
        title=row.name or row.crn,
        badge="Entry",
        line=f"{row.crn} · {_title(desk, entry.head)}, {day_words(entry.on)}",
        note=f"Amended apart by {_authors(desk, entry.heads)}",
        note_icon="users",
        note_tone="warn",
    )


def _facts(
    desk: Desk, stood: Case, lives: tuple[Live, ...], facts: tuple[tuple[str, str | None], ...]
) -> Row:
    row, known = desk.store.case_row(stood.id), Knowing(desk, stood.id)
    versions = _versions(lives)
    says = [f"{fact_words(fact)}: {_either(known.fact(fact, of).accounts)}" for fact, of in facts]
    return Row(
        key=f"{stood.id}/{FACTS}/{'+'.join(version.id for version in versions)}",
        title=row.name or row.crn,
        badge="Fact" if len(facts) == 1 else counted(len(facts), "fact"),
        line=f"{row.crn} · {'; '.join(says)}",
        note=f"Written apart by {_authors(desk, versions)}",
        note_icon="users",
        note_tone="warn",
    )


def _either(accounts: Iterable[Account]) -> str:
    return " or ".join(dict.fromkeys(account.words for account in accounts))


def _disputed(
    desk: Desk, stood: Case
) -> Iterator[tuple[tuple[Live, ...], tuple[tuple[str, str | None], ...]]]:
    """The disputed facts, those together that the same versions dispute; a forked entry says it for its own."""
    grouped: dict[tuple[str, ...], tuple[tuple[Live, ...], list[tuple[str, str | None]]]] = {}
    for found in stood.facts(desk.today.isoformat(), desk.library.facts):
        entries = {live.version.header.entry for live in found.claims}
        if not found.disputed or (len(entries) == 1 and stood.entries[next(iter(entries))].forked):
            continue
        key = tuple(version.id for version in _versions(found.claims))
        grouped.setdefault(key, (found.claims, []))[1].append((found.fact, found.of))
    for lives, facts in grouped.values():
        yield lives, tuple(facts)


def _versions(lives: Iterable[Live]) -> tuple[Version, ...]:
    held = {live.version.id: live.version for live in lives}
    return tuple(held[name] for name in sorted(held))


def _authors(desk: Desk, versions: Iterable[Version]) -> str:
    return " and ".join(dict.fromkeys(desk.author(version).name for version in versions))


def _title(desk: Desk, version: Version) -> str:
    form = desk.form_of(version)
    return say(form.title) if form else version.header.form[0]


# Side by side


def beside(desk: Desk, key: str) -> Beside | None:
    """The accounts side by side, each look logged; None where they were settled meanwhile, or are kept to others."""
    case, kind, rest = key.split("/", 2)
    stood = desk.case(case)
    if kind == ENTRY:
        entry = stood.entries.get(rest)
        return _beside_fork(desk, stood, entry) if entry is not None and entry.forked else None
    for lives, facts in _disputed(desk, stood):
        versions = _versions(lives)
        if "+".join(version.id for version in versions) == rest:
            return _beside_facts(desk, stood, versions, facts)
    return None


def _beside_fork(desk: Desk, stood: Case, entry: Entry) -> Beside | None:
    whole = chronology.whole(desk, stood.id, entry.id)
    if whole is None:
        return None
    row = desk.store.case_row(stood.id)
    why_not = "" if whole.may_amend else _who_may(desk, entry.head)
    sides = tuple(_side(desk, version, why_not) for version in entry.heads)
    rows = _aligned(tuple(account.answers for account in whole.accounts))
    says = f"{row.name or row.crn}, {row.crn}. {whole.title} of {day_words(entry.on)}. {HOW}"
    return Beside(stood.id, f"Two accounts: {whole.title}", says, sides, rows)


def _beside_facts(
    desk: Desk, stood: Case, versions: tuple[Version, ...], facts: tuple[tuple[str, str | None], ...]
) -> Beside | None:
    wholes = [chronology.whole(desk, stood.id, version.header.entry) for version in versions]
    row, known = desk.store.case_row(stood.id), Knowing(desk, stood.id)
    rows: list[Asked] = []
    sides = []
    answers: list[tuple[Answered, ...]] = []
    for version, whole in zip(versions, wholes, strict=True):
        if whole is None:
            return None
        sides.append(_side(desk, version, "" if whole.may_amend else _who_may(desk, version)))
        answers.append(next((a.answers for a in whole.accounts if a.version == version.id), ()))
    for fact, of in facts:
        said = stood.known(fact, of, desk.today.isoformat()).claims
        words = {live.version.id: known.value(fact, live.claim.is_) for live in said}
        rows.append(Asked(fact_words(fact), tuple(words.get(v.id, "") for v in versions), differs=True))
    told = "; ".join(fact_words(fact) for fact, _ in facts)
    if len({version.header.form[0] for version in versions}) == 1:
        rows = list(_aligned(tuple(answers)))
        told = _title(desk, versions[0])
    return Beside(
        stood.id,
        f"Two accounts: {told}",
        f"{row.name or row.crn}, {row.crn}. {HOW}",
        tuple(sides),
        tuple(rows),
    )


def _side(desk: Desk, version: Version, why_not: str) -> Side:
    author = desk.author(version)
    because = version.content.because if version.content else None
    says = f"{role_words(author.role)}, {moment_words(version.said_at)}. {_title(desk, version)}."
    if because:
        says += f" Why: {because}"
    return Side(version.id, version.header.entry, author.name, says[:1].upper() + says[1:], why_not)


def _who_may(desk: Desk, version: Version) -> str:
    form = desk.form_of(version)
    who = " or ".join(a_role(role) for role in form.for_) if form else "nobody here"
    return f"This form is written by {who}."


def _aligned(accounts: tuple[tuple[Answered, ...], ...]) -> tuple[Asked, ...]:
    """The questions of all accounts with the answer of each: those that differ first, each part in their order."""
    order: dict[tuple[str, int], None] = {}
    told: list[dict[tuple[str, int], Answered]] = []
    for answers in accounts:
        seen: dict[str, int] = {}
        held: dict[tuple[str, int], Answered] = {}
        for answered in answers:
            seen[answered.ask] = seen.get(answered.ask, 0) + 1
            held[answered.ask, seen[answered.ask]] = answered
        order.update(dict.fromkeys(held))
        told.append(held)
    rows = []
    for place in order:
        found = [held.get(place) for held in told]
        cells = tuple(answered.words if answered else "" for answered in found)
        sensitive = any(answered.sensitive for answered in found if answered)
        rows.append(Asked(place[0], cells, len(set(cells)) > 1, sensitive))
    return tuple(sorted(rows, key=lambda row: not row.differs))


def begin_from(desk: Desk, case: str, entry: str, version: str) -> str:
    """Begins the draft of an entry's next version from one account, or finds it untouched; gives the draft.

    Of a forked entry the draft joins every account once it is signed; whoever signs has read them all.

    Raises:
        Refused: the form is not written by a person in this role.
    """
    found = desk.case(case).entries[entry]
    head = next(head for head in found.heads if head.id == version)
    writing, session = drafting.begin(desk, case, found.form, entry)
    answers = {**dict.fromkeys(session.answers()), **head.answers()}
    return begin(desk, writing, answers)
