"""One case laid out for a look of five minutes, and the touch point begun with what is known; no Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from workbench.casework import overseeing, reading
from workbench.casework.desk import Desk
from workbench.casework.overseeing import Heard, Look
from workbench.casework.owing import LOOK
from workbench.models.fold import Case
from workbench.models.results import Because, Duty, Finding
from workbench.resources import say
from workbench.rules import states
from workbench.ui.caseload.presenter import ROSH_TONES
from workbench.ui.form import presenter as forms
from workbench.ui.form.presenter import Opened
from workbench.ui.knowing import PLAN, Knowing
from workbench.ui.oversight import presenter as oversight
from workbench.ui.oversight.review import changes, lens
from workbench.ui.oversight.review.changes import Since
from workbench.ui.oversight.review.lens import Seen
from workbench.ui.today.presenter import duty_words
from workbench.ui.words import day_words, short_day

MOST = 8
_LEVELS = 4
_ASKS = 3
_TOLD = {"serious": ("Serious", "danger"), "warn": ("Look at this", "warn"), "note": ("Note", "info")}
# What the page lays before its reader, by the form's own options of what was read.
_READ = {
    "plan": (PLAN,),
    "rosh": ("rosh",),
    "arms": ("arms",),
    "contacts": ("contact",),
    "visits": ("home-visit",),
}


class Item(msgspec.Struct, frozen=True):
    """One thing that is open: its words, how it stands, and why."""

    asks: str
    stands: str
    tone: str
    icon: str
    because: Because


class Action(msgspec.Struct, frozen=True):
    """One action of the plan: what, how it stands, and the entries (words, entry) that show it happened."""

    what: str
    stands: str
    tone: str
    shown: tuple[tuple[str, str], ...]


class Level(msgspec.Struct, frozen=True):
    """A level as it was recorded, the latest first: day, words and tone of each."""

    name: str
    cells: tuple[tuple[str, str, str], ...]


class Ask(msgspec.Struct, frozen=True):
    """A question that could be the one to ask, and what it comes from."""

    says: str
    comes_from: str


class Review(msgspec.Struct, frozen=True):
    """Everything on the screen; `asks` stand in order of weight."""

    case: str
    name: str
    crn: str
    pills: tuple[tuple[str, str], ...]
    why_now: str
    because: Because | None
    fresh: str
    since: Since
    levels: tuple[Level, ...]
    plan: str
    actions: tuple[Action, ...]
    open: tuple[Item, ...]
    more_open: int
    asks: tuple[Ask, ...]
    seen: tuple[Seen, ...]
    source: str
    opened: Opened


def review(desk: Desk, case: str, language: str = "en") -> Review:
    """A case laid out, and its touch point begun, or taken up where one was begun before.

    Raises:
        Refused: a touch point is not written by a person in this role.
        NotFound: there is no such case.
    """
    row = desk.store.case_row(case)
    known = Knowing(desk, case)
    look = overseeing.look(desk, case)
    since = changes.since(desk, known)
    fresh = _fresh(desk, row.case, look)
    duties = [duty for duty in desk.store.duties(case) if states.is_item(duty, desk.now)]
    duties.sort(key=lambda duty: states.pressing(duty, desk.now))
    findings = _findings(desk, case)
    actions = tuple(_actions(desk, known))
    heard = overseeing.heard_of(desk, case).get(desk.links.reading(case))
    items = [*(_due(desk, duty, heard) for duty in duties), *(_found(found) for found in findings)]
    opened = _opened(desk, case, language, look, since, fresh)
    return Review(
        case=case,
        name=row.name or row.crn,
        crn=row.crn,
        pills=opened.head.pills,
        why_now=_why_now(desk, look),
        because=look.duty.because if look else None,
        fresh=fresh,
        since=since,
        levels=tuple(_levels(known)),
        plan=_plan(known.case),
        actions=actions,
        open=tuple(items[:MOST]),
        more_open=max(0, len(items) - MOST),
        asks=tuple(_asks(desk, duties, findings, actions))[:_ASKS],
        seen=lens.seen(desk, known, since.on),
        source=lens.source_words(lens.lens()),
        opened=opened,
    )


def _opened(desk: Desk, case: str, language: str, look: Look | None, since: Since, fresh: str) -> Opened:
    """The form: what the page itself can say of the look is put down, the judgement is not."""
    given = (("reason", look.reason if look else "periodic"), ("fresh", fresh), ("changed", since.words))
    opened = forms.opened(desk, case, LOOK, language=language, given=given)
    if opened.unfinished is not None:
        return forms.opened(desk, case, draft=opened.unfinished.draft, form=LOOK, language=language)
    stood, question = desk.case(case), opened.form.question("read")
    offered = question.options if question is not None else ()
    read = [part for part in offered if stood.of_form(*_READ.get(part, ()))]
    opened.session.answer("read", read or None)
    return opened


def _why_now(desk: Desk, look: Look | None) -> str:
    if look is None:
        return "No look is owed now; you may look all the same."
    stands, _, _ = duty_words(look.duty, look.state, desk.today)
    return f"{'; '.join(dict.fromkeys((look.duty.asks, *look.also)))}: {stands}."


def _fresh(desk: Desk, case: str, look: Look | None) -> str:
    heard = overseeing.heard_of(desk, case).get(desk.links.reading(case))
    told = oversight.freshness(desk, heard)
    newest = max((entry.on for entry in desk.case(case).entries.values() if entry.heads), default="")
    return f"Newest entry {short_day(newest, desk.today)}; {told}." if newest else f"{told}."


# What stands open


def _due(desk: Desk, duty: Duty, heard: Heard | None) -> Item:
    """What is owed, as far as this laptop can tell."""
    words, tone, icon = duty_words(duty, overseeing.stands(desk, duty, heard), desk.today)
    return Item(duty.asks, words, tone, icon, duty.because)


def _findings(desk: Desk, case: str) -> list[Finding]:
    role, order = desk.device.card.role, list(_TOLD)
    found = [each for each in desk.store.findings(case) if not each.tells or role in each.tells]
    return sorted(found, key=lambda each: (order.index(each.level), each.finding))


def _found(finding: Finding) -> Item:
    words, tone = _TOLD[finding.level]
    return Item(finding.says, words, tone, "eye", finding.because)


# The plan against what shows that it happens


def _plan(case: Case) -> str:
    plans = case.of_form(PLAN)
    if not plans:
        return "No risk management plan is recorded."
    status = {"countersigned": "countersigned", "returned": "returned for rework"}
    return f"Plan of {day_words(plans[-1].on)}, {status.get(plans[-1].status, 'signed, not countersigned')}."


def _actions(desk: Desk, known: Knowing) -> Iterator[Action]:
    for row in known.planned():
        yield _action(desk, known, row)


def _action(desk: Desk, known: Knowing, row: Mapping[str, object]) -> Action:
    done, by = str(row.get("done_on") or ""), str(row.get("by") or "")
    shown = tuple(_evidence(desk, known, row.get("shown_by")))
    if done:
        stands, tone = f"done {day_words(done)}", "good" if shown else "warn"
        stands += "" if shown else "; nothing shows it"
    elif by and by < known.day:
        stands, tone = f"past its day, {day_words(by)}", "danger"
    else:
        stands, tone = (f"by {day_words(by)}" if by else "no day set"), "quiet"
    who = str(row.get("who") or "nobody named")
    return Action(f"{row.get('what', '')} ({who})", stands, tone, shown)


def _evidence(desk: Desk, known: Knowing, named: object) -> Iterator[tuple[str, str]]:
    """The entries that an action names as showing that it happened."""
    away = reading.kept_away(desk, known.case)
    for each in named if isinstance(named, list) else ():
        entry = known.case.entries.get(each)
        if entry is not None and entry.id not in away:
            form = desk.form_of(entry.head)
            yield f"{say(form.title) if form else entry.form}, {short_day(entry.on, desk.today)}", entry.id


# Levels as dated states


def _levels(known: Knowing) -> Iterator[Level]:
    for name, fact in (("RoSH", "rosh.overall"), ("MAPPA level", "mappa.level")):
        yield Level(name, tuple(_cells(known, fact)))
    arms = known.case.of_form("arms")[-_LEVELS:][::-1]
    form = known.desk.form_of(arms[0].head) if arms else None
    question = form.question("overall") if form else None
    options = {key: say(words) for key, words in question.options.items()} if question else {}
    told = ((entry.on, str(entry.head.answers().get("overall", ""))) for entry in arms)
    cells = tuple(
        (short_day(on, known.desk.today), options.get(said, "not said"), "plain") for on, said in told
    )
    yield Level("ARMS", cells)
    for name, fact in (("OSP/DC", "osp.dc"), ("OSP/IIC", "osp.iic")):
        yield Level(name, tuple(_cells(known, fact)))


def _cells(known: Knowing, fact: str) -> Iterator[tuple[str, str, str]]:
    lives = known.case.claims.get((fact, None), ())
    said = {(live.claim.from_, str(live.claim.is_)) for live in lives if live.claim.from_ <= known.day}
    for day, value in sorted(said, reverse=True)[:_LEVELS]:
        tone = ROSH_TONES.get(value, "plain") if fact.startswith("rosh") else "plain"
        yield short_day(day, known.desk.today), oversight.capital(known.value(fact, value)), tone


# The one question


def _asks(
    desk: Desk, duties: list[Duty], findings: list[Finding], actions: tuple[Action, ...]
) -> Iterator[Ask]:
    for duty in duties:
        if duty.stands and duty.rule in desk.book.prompts:
            says = "What stops the recall from being carried out today, and who acts if somebody is away?"
            yield Ask(says, duty.asks)
    for finding in findings:
        if finding.level == "serious":
            yield Ask(f"{finding.says} What follows from it, who does it, by when?", "a serious finding")
    for duty in duties:
        if states.state(duty, desk.now) == "overdue" and duty.owed_by not in overseeing.ROLES:
            says = f"{duty.asks}: what stands in the way, and what keeps people safe until it is done?"
            yield Ask(says, "overdue")
    for action in actions:
        if action.tone in ("danger", "warn"):
            yield Ask(f"{action.what}: did it happen, and how do we know?", f"the plan: {action.stands}")
    for finding in findings:
        if finding.level == "warn":
            yield Ask(f"{finding.says} What follows from it?", "a finding")
    yield Ask(
        "What would make you change the plan tomorrow, and would you hear of it in time?", "no rule; ours"
    )
