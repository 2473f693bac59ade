"""Acceptance at the edges: short invented cases in which a clock is easily wrong, each read on the day that shows it.

The cases lie under `resources/sample/replays/edges`. A day is read with nothing known that was signed later.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from tests import team as teams
from tests.casework.test_importing import MISFILED
from tests.conftest import NOW, PASSPHRASE, QUICK, Kept
from workbench import resources
from workbench.casework import documents, importing, keeping, opening, overseeing, refiling
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock, end_of, noon, stamp
from workbench.errors import Refused
from workbench.models.fold import fold
from workbench.models.ids import Ids
from workbench.models.records import to_sign
from workbench.models.results import Duty
from workbench.rules import book as books
from workbench.rules import states
from workbench.rules.book import RuleBook
from workbench.rules.evaluate import Outcome, evaluate
from workbench.rules.files import InForce, RegionFile, Setting
from workbench.security.keyring import NoKeyring
from workbench.security.signing import holds
from workbench.store.store import CaseRow

FOLDER = resources.root() / "sample" / "replays" / "edges"
AFTER = date(2027, 6, 1)
VISIT = "home-visit-first"
MENS_TOOLS = ("arms-initial", "osp-recorded")


class Edges:
    """The cases of the edges in one store, each to be read on any day."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.book = books.load(openings=desk.book.openings)
        self.cases: dict[str, str] = {}
        for path in sorted(FOLDER.glob("*.json")):
            data = path.read_bytes()
            importing.bring(desk, data, path.name)
            self.cases[path.stem] = desk.find(json.loads(data)["case"]["crn"]).case

    def on(self, day: str, edge: str, book: RuleBook | None = None) -> Outcome:
        """What follows from a case at noon of a day, by what was signed by its end."""
        at = date.fromisoformat(day)
        case = self.cases[edge]
        known = [v for v in self.desk.case(case).versions() if v.said_at < stamp(end_of(at))]
        told = [version for version in known if version.header.form[0] != "brought-in-file"]
        desk = self.desk
        return evaluate(
            fold(case, told), book or self.book, desk.library.facts, desk.shapes, desk.author, noon(at)
        )

    def duties(self, day: str, edge: str, rule: str, book: RuleBook | None = None) -> list[Duty]:
        """The duties of one rule."""
        return [duty for duty in self.on(day, edge, book).duties if duty.rule == rule]

    def one(self, day: str, edge: str, rule: str, book: RuleBook | None = None) -> Duty:
        """The only duty of one rule."""
        found = self.duties(day, edge, rule, book)
        assert len(found) == 1, [duty.duty for duty in found]
        return found[0]


def state(duty: Duty, day: str) -> str:
    return states.state(duty, noon(date.fromisoformat(day)))


def rules(outcome: Outcome) -> set[str]:
    """The rules of everything that still stands."""
    return {duty.rule for duty in outcome.duties if duty.ended_on is None and duty.met_on is None}


def made(folder: Path, role: str) -> Desk:
    clock = FixedClock(noon(AFTER))
    ids = Ids(clock, secrets.token_bytes)
    opening.make(
        folder, "Replay Officer", role, PASSPHRASE, clock, ids, NoKeyring(), sample=True, strength=QUICK
    )
    return opening.open_desk(folder, Secret(PASSPHRASE), clock, ids, NoKeyring())


def brought(desk: Desk, edge: str) -> CaseRow:
    """Brings in the case of an edge, and gives its line."""
    data = (FOLDER / f"{edge}.json").read_bytes()
    importing.bring(desk, data, f"{edge}.json")
    return desk.find(json.loads(data)["case"]["crn"])


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edges]:
    folder: Path = tmp_path_factory.mktemp("edges")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
            patch.setenv(name, str(folder / "home"))
        desk = made(folder / "store", "practitioner")
        yield Edges(desk)
        desk.close()


@pytest.mark.parametrize(
    ("edge", "first", "release", "short"),
    [
        ("recalled-for-56-days", "2026-05-13", "2026-07-07", {"mappa-screen", "mappa-level-told"}),
        ("short-sentence", "2026-01-12", "2026-04-14", {"mappa-screen", "mappa-level-told"}),
    ],
)
def test_what_counts_back_too_far_is_short_notice_and_never_overdue(
    edges: Edges, edge: str, first: str, release: str, short: set[str]
) -> None:
    day = date.fromisoformat(first)
    found = edges.on(first, edge)
    assert short <= {duty.rule for duty in found.duties if duty.short_notice and duty.due == first}
    while day <= date.fromisoformat(release):
        late = [
            duty.rule
            for duty in edges.on(day.isoformat(), edge).duties
            if duty.short_notice and state(duty, day.isoformat()) == "overdue"
        ]
        assert late == []
        day += timedelta(days=14)


def test_a_release_on_a_friday_before_a_bank_holiday_counts_from_that_day(edges: Edges) -> None:
    assert edges.one("2026-04-20", "friday-release", "licence-ready").due == "2026-04-29"
    assert edges.one("2026-05-02", "friday-release", VISIT).due == "2026-05-16"
    closed = {
        day: [
            f.rule
            for f in edges.on(day, "friday-release").findings
            if f.rule == "release-into-closed-offices"
        ]
        for day in ("2026-04-13", "2026-04-20")
    }
    assert closed == {"2026-04-13": ["release-into-closed-offices"], "2026-04-20": []}


@pytest.mark.parametrize(
    ("edge", "day", "unknown", "says"),
    [
        ("rosh-not-recorded", "2026-03-03", ("rosh.overall",), "Not recorded"),
        ("registration-not-known", "2026-03-03", ("registered",), "Not recorded"),
        ("two-accounts-of-rosh", "2026-03-07", ("rosh.overall",), "Two accounts that differ"),
    ],
)
def test_what_is_not_known_gives_the_earliest_day_and_is_said(
    edges: Edges, edge: str, day: str, unknown: tuple[str, ...], says: str
) -> None:
    duty = edges.one(day, edge, VISIT)
    assert (duty.due, duty.because.unknown) == ("2026-03-17", unknown)
    assert says in duty.because.says


def test_an_order_inside_a_licence_opens_no_first_clock_again(edges: Edges) -> None:
    for rule in (VISIT, "oasys-initial", "arms-initial"):
        assert len(edges.duties("2026-06-02", "order-inside-licence", rule)) == 1
    assert edges.one("2026-06-02", "order-inside-licence", VISIT).met_on == "2026-03-20T13:00:00Z"


def test_an_earlier_order_turning_up_moves_the_duty_and_keeps_its_deferral(edges: Edges) -> None:
    before, after = (edges.one(day, "earlier-order-turns-up", VISIT) for day in ("2026-03-20", "2026-04-02"))
    assert [(duty.due, duty.deferred_until) for duty in (before, after)] == [
        ("2026-06-01", "2026-07-01"),
        ("2026-05-25", "2026-07-01"),
    ]


def test_a_second_recall_prompts_again_and_each_release_has_its_own_clocks(edges: Edges) -> None:
    found = edges.duties("2026-02-09", "recalled-twice", "recall-open")
    assert [duty.met_on is not None for duty in found] == [True, False]
    visits = edges.duties("2026-02-09", "recalled-twice", VISIT)
    assert [duty.started_on for duty in visits] == ["2025-03-03", "2026-01-05"]


def test_a_transfer_on_day_ten_moves_the_duty_and_not_its_clock(edges: Edges) -> None:
    before, after = (edges.one(day, "transfer-on-day-ten", VISIT) for day in ("2026-03-11", "2026-03-13"))
    assert before.duty == after.duty
    assert (before.due, after.due) == ("2026-03-17", "2026-03-17")
    assert (before.officer, after.officer) == ("Replay Officer Ceri Blackmore", "Replay Officer Tomos Vale")


def test_with_both_away_and_the_entry_withdrawn_the_recall_stands_for_all_who_act(edges: Edges) -> None:
    duty = edges.one("2026-05-20", "both-away", "recall-open")
    assert state(duty, "2026-05-20") == "due"
    assert set(duty.people) >= {
        "Replay Officer Tomos Vale",
        "Replay SPO Kit Larwood",
        "Replay ACO Dafydd Prosser",
    }


def test_a_failure_after_a_warning_goes_to_the_enforcement_officer_on_an_order_alone(edges: Edges) -> None:
    referred = edges.one("2026-05-06", "warned-on-order", "warned-12-months")
    assert (referred.started_on, state(referred, "2026-05-06")) == ("2026-05-06", "owed-no-date")
    assert edges.duties("2026-05-06", "warned-on-licence", "warned-12-months") == []


def test_any_band_above_low_counts_and_a_missing_one_is_asked_for(edges: Edges) -> None:
    medium, missing = (
        {line.rule: line.because.unknown for line in edges.on("2026-03-05", edge).advice}
        for edge in ("medium-on-images", "band-missing")
    )
    assert ("programme-consider" in medium, "maps-must" in medium) == (True, False)
    assert {("osp.iic",)} == {
        unknown for rule, unknown in missing.items() if rule.startswith(("maps", "programme"))
    }


def test_no_adult_tool_before_eighteen_and_the_clocks_from_that_day(edges: Edges) -> None:
    assert not rules(edges.on("2026-05-09", "turns-eighteen")) & {"recall-open"}
    said = {
        day: {line.rule for line in edges.on(day, "turns-eighteen").advice}
        for day in ("2026-05-09", "2026-05-10")
    }
    assert ("maps-must" in said["2026-05-09"], "maturity-screen" in said["2026-05-09"]) == (False, False)
    assert "maturity-screen" in said["2026-05-10"]
    young = edges.one("2026-05-09", "turns-eighteen", "arms-initial")
    grown = edges.one("2026-05-10", "turns-eighteen", "arms-initial")
    assert (young.due, grown.started_on) == (None, "2026-05-10")
    assert edges.on("2026-05-09", "turns-eighteen").stale_on == date(2026, 5, 10)


def test_no_mens_tool_is_owed_for_a_woman(edges: Edges) -> None:
    found = edges.on("2026-03-20", "woman")
    assert rules(found).isdisjoint(MENS_TOOLS)
    assert "women-route" in {line.rule for line in found.advice}


def test_where_the_clinician_leads_their_clocks_are_not_ours(edges: Edges) -> None:
    standing = rules(edges.on("2026-06-02", "hospital-order"))
    assert standing.isdisjoint({VISIT, "mappa-l1-review", "oasys-initial", *MENS_TOOLS})
    assert "vcs-refer" in standing


def test_nobody_is_asked_to_visit_an_address_that_is_not_there(edges: Edges) -> None:
    before, after = (edges.one(day, "no-fixed-abode", VISIT) for day in ("2026-03-09", "2026-03-10"))
    assert before.asks == "Seen where the person stays, or at the office, and an address pursued"
    assert (state(before, "2026-03-09"), state(after, "2026-03-10")) == ("not-yet", "met")


def test_a_recall_on_the_wrong_case_goes_with_its_entry(tmp_path: Path, home: Path) -> None:
    """Misfiling takes the prompt from the wrong case; on the right one it stands, with the heading it bore."""
    desk = made(tmp_path / "store", "data-protection")
    wrong, right = (brought(desk, edge) for edge in ("both-away", "wrong-case"))
    recall = next(e for e in desk.case(wrong.case).entries.values() if e.form == "recall")
    versions = [{"id": f"r{n}", "version": each.id} for n, each in enumerate(recall.versions)]
    current = [head.id for head in recall.heads]
    answers = {"versions": versions, "right_case": right.crn, **MISFILED}
    with pytest.raises(Refused, match="the case it is filed on"):
        keeping.misfile(desk, wrong.case, current, {**answers, "right_case": wrong.crn})
    keeping.misfile(desk, wrong.case, [v["version"] for v in versions], answers)
    open_recalls = [
        any(duty.rule == "recall-open" for duty in desk.outcome(desk.case(row.case)).duties)
        for row in (wrong, right)
    ]
    moved = next(e for e in desk.case(right.case).entries.values() if e.form == "recall")
    file = moved.head.content.files[-1] if moved.head.content else None
    carried = refiling.headings(documents.read(desk, right.case, file.sha256, "looked")) if file else ()
    signs = desk.device.card.signs
    desk.close()
    assert open_recalls == [False, True]
    assert moved.head.answers() == recall.head.answers()
    assert (moved.on, moved.head.brought.author.name if moved.head.brought else "") == (
        recall.on,
        "Replay Officer Ceri Blackmore",
    )
    assert moved.status == recall.status == "withdrawn"
    assert [each.header.encode() for each in carried] == [v.header_bytes for v in recall.versions]
    assert all(holds(signs, to_sign(each.header.encode()), b64decode(each.signature)) for each in carried)


def test_after_an_early_end_nothing_is_owed(edges: Edges) -> None:
    assert rules(edges.on("2026-06-02", "ends-early")) == set()


def test_death_stops_every_clock_that_day_even_a_recall(edges: Edges) -> None:
    assert "recall-open" in rules(edges.on("2026-05-11", "dies"))
    found = edges.on("2026-05-12", "dies")
    assert {duty.rule for duty in found.duties if states.is_item(duty, noon(date(2026, 5, 12)))} == {
        "recall-review"
    }


def test_where_no_officer_is_named_the_duties_are_the_spos(edges: Edges) -> None:
    duty = edges.one("2026-03-03", "officer-gone", VISIT)
    assert (duty.owed_by, duty.officer) == ("spo", "Replay SPO Ines Hartigan")


def test_a_child_nobody_named_or_knows_the_age_of_opens_it(edges: Edges) -> None:
    event = edges.one("2026-03-11", "child-at-the-door", "child-present")
    assert state(event, "2026-03-11") == "due"
    assert event.steps[0].step == "danger-now"


def test_a_withdrawn_visit_is_owed_again(edges: Edges) -> None:
    met, owed = (edges.one(day, "visit-withdrawn", VISIT) for day in ("2026-03-20", "2026-03-24"))
    assert (state(met, "2026-03-20"), state(owed, "2026-03-24")) == ("met-late", "overdue")


def changed(book: RuleBook, *, corrects: int | None) -> RuleBook:
    """The book with a second text of the first visit, in force from 25 March 2026: medium has 8 weeks."""
    rule = book.rules[VISIT]
    first = rule.texts[0]
    text = msgspec.structs.replace(
        first, text=2, in_force=InForce("2026-03-25"), corrects=corrects,
        numbers={**first.numbers, "high": "8 weeks"},
    )  # fmt: skip
    return msgspec.structs.replace(
        book, rules={**book.rules, VISIT: msgspec.structs.replace(rule, texts=(first, text))}
    )


@pytest.mark.parametrize(("corrects", "due"), [(None, "2026-03-17"), (1, "2026-04-27")])
def test_a_changed_text_leaves_what_was_met_and_governs_what_it_corrects(
    edges: Edges, corrects: int | None, due: str
) -> None:
    book = changed(edges.book, corrects=corrects)
    now, then = (edges.one("2026-03-26", "visit-met", VISIT, each) for each in (edges.book, book))
    assert then == now
    assert edges.one("2026-03-26", "visit-withdrawn", VISIT, book).due == due


def test_a_regions_number_holds_for_what_starts_from_its_day(edges: Edges) -> None:
    rule = edges.book.rules[VISIT]
    source = rule.texts[0].source
    due = []
    for day in ("2026-03-02", "2026-03-03"):
        region = RegionFile("x", "X", {VISIT: (Setting(day, source, {"high": "8 calendar days"}),)})
        book = msgspec.structs.replace(edges.book, regions=(region,))
        due.append(edges.one("2026-03-04", "rosh-not-recorded", VISIT, book).due)
    assert due == ["2026-03-10", "2026-03-17"]


def test_a_report_without_checks_is_said_and_the_checks_stay_owed(edges: Edges) -> None:
    found = edges.on("2026-03-30", "before-court")
    assert "report-without-checks" in {each.rule for each in found.findings if each.level == "serious"}
    stands = {duty.rule: state(duty, "2026-03-31") for duty in edges.on("2026-03-31", "before-court").duties}
    assert (stands["psr-due"], stands["psr-checks"]) == ("met", "overdue")


def test_a_plan_shown_to_the_board_is_asked_about_after_release(edges: Edges) -> None:
    found = edges.on("2026-03-20", "plan-shown-to-the-board")
    assert "parole-plan-unmet" in {each.rule for each in found.findings}
    assert (
        state(edges.one("2026-03-20", "plan-shown-to-the-board", "touch-parole-after"), "2026-03-20")
        == "owed-no-date"
    )


def test_a_second_decision_not_to_recall_is_the_acos_and_each_challenge_is_a_new_one(edges: Edges) -> None:
    assert edges.duties("2026-04-13", "not-recalled-twice", "recall-again") == []
    again = edges.one("2026-05-18", "not-recalled-twice", "recall-again")
    assert (again.owed_by, again.officer) == ("aco", "Replay ACO Dafydd Prosser")
    challenged = edges.one("2026-05-20", "not-recalled-twice", "recall-challenged")
    assert (challenged.due, state(challenged, "2026-05-21")) == ("2026-05-20", "overdue")


def test_a_laptop_that_is_silent_for_a_week_is_an_item_for_the_spo(kept: Kept) -> None:
    desk = teams.open_(teams.copy(kept))
    silent = [load.officer for load in overseeing.team(desk).loads if load.silent]
    desk.close()
    assert silent == ["Sample Officer Bronwen Fairhurst"]


def test_what_fell_due_since_a_laptop_was_last_heard_from_is_not_known_to_be_done(kept: Kept) -> None:
    """A week later, with nothing new from anywhere; what fell due before that is overdue as ever."""
    folder = teams.copy(kept)
    clock = FixedClock(NOW + timedelta(days=7))
    desk = opening.open_desk(
        folder, Secret(teams.passphrase(folder)), clock, Ids(clock, secrets.token_bytes), NoKeyring()
    )
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for row in desk.store.cases():
        heard = overseeing.heard_of(desk, row.case).get(row.case)
        for duty in desk.outcome(desk.case(row.case)).duties if heard else ():
            theirs = duty.owed_by == "practitioner" and states.state(duty, desk.now) == "overdue"
            if heard and duty.due and theirs:
                since = duty.due >= heard.at[:10]
                found[since].add(overseeing.stands(desk, duty, heard))
    desk.close()
    assert found == {True: {"not-known-done"}, False: {"overdue"}}
