"""Overlays: checked on arrival, without effect until a vouched administrator signs, and the same in every store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.casework.meeting import meet, send
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import Stores, vouch
from tests.exchange.build import refused_rows, snapshot
from tests.exchange.overlays import FILES, FORM, REGION, RULE, signed, with_
from tests.forms.examples import EXAMPLES
from workbench import settings
from workbench.casework import (
    backups,
    guarding,
    overlays,
    overlays_cost,
    overlays_made,
    overlays_switched,
    reading,
    receiving,
    reporting,
)
from workbench.casework.desk import Desk
from workbench.errors import BadInput, NotFound, Refused
from workbench.models.results import Duty
from workbench.reports import library as report_library

KEY = "touch-periodic/interval"


@pytest.fixture
def ada(stores: Stores) -> Desk:
    """The store of an administrator."""
    return stores.desk("ada", role="administrator", person="Ada Admin-North")


@pytest.fixture
def ann(stores: Stores, ada: Desk) -> Desk:
    """The store of a practitioner who relies on the same administrator; one case of medium risk."""
    desk = stores.desk("ann")
    vouch(desk, ada)
    case = case_of(desk)
    order = {"id": "s1", "kind": "community-order", "made_on": "2026-03-02"}
    said = {"sentenced_on": "2026-03-02", "sentences": [order], "registered": "no", "exploitation": "no"}
    record(desk, case, "sentence", {**EXAMPLES["sentence"][0], **said})
    record(desk, case, "rosh", {**ROSH, "children": "medium", "overall": "medium"})
    return desk


def visit(desk: Desk) -> Duty:
    """The first home visit that the store's one case owes."""
    return next(duty for duty in desk.store.duties() if duty.rule == "home-visit-first")


def hand(ada: Desk, ann: Desk) -> tuple[str, ...]:
    """What was decided in one store, received in another and worked out there."""
    says = receiving.receive(ann, overlays.hand_on(ada)).says
    reading.refresh(ann)
    return says


def on(desk: Desk, **changes: object) -> str:
    """Takes an overlay in and switches it on; gives its hash."""
    receiving.receive(desk, signed(desk, **changes))
    found = (
        overlays.listed(desk)[0] if not changes else max(overlays.listed(desk), key=lambda each: each.called)
    )
    overlays.switch_overlay(desk, found.sha256, on=True, why="Agreed in North.")
    return found.sha256


def test_it_counts_only_once_it_is_switched_on_and_every_duty_says_so(ada: Desk, ann: Desk) -> None:
    before = visit(ann)
    says = receiving.receive(ada, signed(ada)).says
    assert "passed every check: 7 changes. An administrator switches it on." in says[0]
    assert ada.book.regions == ()
    sha256 = overlays.listed(ada)[0].sha256
    overlays.switch_overlay(ada, sha256, on=True, why="Agreed in North.")
    assert [region.region for region in ada.book.regions] == ["north"]
    assert ada.laid.policy.idle_minutes == 3
    told = hand(ada, ann)
    assert told == ("The overlay North 3 is here.", "Switched on: North 3.")
    after = visit(ann)
    assert (after.because.book, before.because.book) == ("north", "national")
    assert after.because.national is not None
    assert after.because.national["says"] == "national 6 weeks, region 4 weeks"
    assert after.due is not None and before.due is not None and after.due < before.due
    assert any(duty.rule == "north-call" for duty in ann.store.duties())
    assert any(duty.rule == "police-exchange" for duty in ann.store.duties())
    assert "custody-contact" not in ann.book.findings
    assert ann.library.form("north-call").version == 1
    assert [check.says for check in guarding.verify(ann) if not check.ok] == []


def test_a_longer_number_is_called_longer(ada: Desk, ann: Desk) -> None:
    files = with_("rules/north.yaml", "medium: 4 weeks", "medium: 8 weeks")
    receiving.receive(ada, signed(ada, files))
    overlays.switch_overlay(ada, overlays.listed(ada)[0].sha256, on=True, why="Agreed.")
    hand(ada, ann)
    told = visit(ann).because.national
    assert told is not None
    assert "longer than national" in str(told["says"])
    change = next(each for each in overlays.listed(ada)[0].changes if each.what == "medium")
    assert (change.national, change.region, change.longer) == ("6 weeks", "8 weeks", True)


def test_switched_off_the_national_book_stands_again(ada: Desk, ann: Desk) -> None:
    before, book = visit(ann), ann.book.sha256
    sha256 = on(ada)
    hand(ada, ann)
    assert ann.book.sha256 != book
    overlays.switch_overlay(ada, sha256, on=False, why="Ended.")
    hand(ada, ann)
    assert (visit(ann), ann.book.sha256) == (before, book)
    assert "north-call" not in {form for form, _ in ann.library.forms}


def test_a_newer_version_replaces_the_one_in_force(ada: Desk) -> None:
    first = on(ada)
    second = on(ada, version=4)
    assert first != second
    assert [(each.called, each.in_force) for each in overlays.listed(ada)] == [
        ("North 4", True),
        ("North 3", False),
    ]


def test_backups_go_once_they_are_older_than_the_region_keeps_them(
    stores: Stores, ada: Desk, tmp_path: Path
) -> None:
    old = guarding.back_up(ada, tmp_path / "backups")
    stores.clock.move(timedelta(days=10))
    second = guarding.back_up(ada, tmp_path / "backups")
    assert old.exists()
    on(ada, files={**FILES, "policy.yaml": "backup_days: 9\n"})
    guarding.back_up(ada, tmp_path / "backups")
    assert (old.exists(), second.exists()) == (False, True)


def test_a_region_keeps_reports_off_paper_and_asks_where_backups_go(ada: Desk) -> None:
    """Only the reports it names; and only until the person has chosen a folder."""
    reporting.may_print(ada, "two-in-the-morning")
    assert backups.asked_for(ada) == ""
    policy = "not_printed: [two-in-the-morning]\nbackup_folder: yes\n"
    on(ada, files={**FILES, "policy.yaml": policy})
    with pytest.raises(Refused, match="does not let this report be printed"):
        reporting.may_print(ada, "two-in-the-morning")
    reporting.may_print(ada, "my-plan")
    assert backups.asked_for(ada).startswith("Your region asks you to choose a folder for backups")
    chosen = {**msgspec.to_builtins(settings.load()), "backup_folder": "/media/stick"}
    settings.save(msgspec.convert(chosen, settings.Settings))
    assert backups.asked_for(ada) == ""


def test_one_whose_day_has_not_come_is_not_switched_on(ada: Desk) -> None:
    with pytest.raises(Refused, match="North 3 holds from 11 March 2026"):
        on(ada, from_="2026-03-11")
    assert ada.switched.decisions == ()


def test_nobody_but_an_administrator_switches_or_makes(ada: Desk, ann: Desk, tmp_path: Path) -> None:
    data = signed(ada)
    receiving.receive(ann, data)
    sha256 = overlays.listed(ann)[0].sha256
    with pytest.raises(Refused, match="Only an administrator"):
        overlays.switch_overlay(ann, sha256, on=True, why="I want it.")
    with pytest.raises(Refused, match="Only an administrator"):
        overlays_made.make(ann, tmp_path, id="north", region="North", version=1, from_="2026-01-01")
    assert ann.book.regions == ()


def test_an_administrator_who_is_not_vouched_for_has_no_effect(stores: Stores) -> None:
    stores.make("eve", "administrator", "Eve Admin")
    eve, bo = stores.open("eve"), stores.desk("bo", person="Bo Example")
    overlays.switch_suggestion(eve, KEY, on=True, why="Tried.")
    with pytest.raises(BadInput, match="nobody here has verified"):
        receiving.receive(bo, overlays.hand_on(eve))
    meet(bo, eve)
    # Words compared say whose card it is; another administrator is the root here already.
    told = "It is without effect here: nobody has vouched for that role."
    assert receiving.receive(bo, overlays.hand_on(eve)).says[-1].endswith(told)
    assert bo.switched.suggested == {}
    vouch(bo, eve)
    assert bo.switched.suggested == {KEY: "16 weeks"}
    with pytest.raises(BadInput, match="signed by Bo Example, who does not count as an administrator"):
        receiving.receive(eve, signed(bo))


def test_a_suggestion_is_switched_on_by_itself_and_is_ours(ada: Desk, ann: Desk) -> None:
    found = {each.key: each for each in overlays.suggestions(ada)}
    assert (found[KEY].suggestion, found[KEY].amount) == (
        "16 weeks",
        "",
    )
    overlays.switch_suggestion(ada, KEY, on=True, why="Tried for a quarter.", weekly="2 each")
    assert overlays.suggestions(ada)[list(found).index(KEY)].amount == "16 weeks"
    assert hand(ada, ann) == ("Switched on: the suggestion touch-periodic/interval (16 weeks).",)
    duty = next(each for each in ann.store.duties() if each.rule == "touch-periodic")
    assert duty.because.confidence == "ours"
    assert not any(
        each.rule == "rmp-draft" and each.because.confidence == "ours" for each in ann.store.duties()
    )
    overlays.switch_suggestion(ada, KEY, on=False, why="Too much.")
    hand(ada, ann)
    assert not any(each.rule == "touch-periodic" for each in ann.store.duties())
    with pytest.raises(NotFound):
        overlays.switch_suggestion(ada, "home-visit-first/medium", on=True, why="x")


def test_decisions_are_the_same_in_any_order_and_change_nothing_twice(ada: Desk, ann: Desk) -> None:
    sha256 = on(ada)
    first = overlays.hand_on(ada)
    overlays.switch_overlay(ada, sha256, on=False, why="Ended.")
    second = overlays.hand_on(ada)
    receiving.receive(ann, second)
    stood = snapshot(ann)
    assert receiving.receive(ann, first).says == ("The overlay North 3 is here.",)
    assert (ann.switched.overlay, len(ann.switched.decisions)) == ("", 2)
    told = receiving.receive(ann, first).says
    assert told == ("Nothing new: everything in this file is held here already.",)
    receiving.receive(ann, second)
    assert {k: v for k, v in snapshot(ann).items() if k != "overlays"} == {
        k: v for k, v in stood.items() if k != "overlays"
    }


def test_the_work_a_number_makes_is_reckoned_from_the_cases_before_it_is_switched_on(
    ada: Desk, ann: Desk
) -> None:
    costs = overlays_cost.of_suggestions(ann)
    assert costs.keys() == {each.key for each in overlays.suggestions(ann)}
    assert costs[KEY].cases == 1
    (share,) = costs[KEY].shares
    # One case on supervision comes round once in sixteen weeks.
    assert (share.role, share.weekly, share.at_once) == ("spo", 1 / 16, 0)
    (work,) = costs["work-started/start"].shares
    assert (work.role, work.weekly) == ("practitioner", 1 / 52)
    receiving.receive(ann, signed(ada))
    found = overlays_cost.of_overlay(ann, overlays.listed(ann)[0].sha256)
    assert {rule: round(sum(share.weekly for share in cost.shares), 3) for rule, cost in found.items()} == {
        "home-visit-first": 0,
        "north-call": round(1 / 52, 3),
        "police-exchange": round(1 / 6, 3),
    }


def test_a_bundle_says_by_which_overlay_its_sender_works(stores: Stores, ada: Desk, ann: Desk) -> None:
    on(ada)
    hand(ada, ann)
    sam = stores.desk("sam", role="spo", person="Sam Spo")
    for desk in (ann, sam):
        vouch(desk, ann, sam)
    case = ann.store.cases()[0].case
    says = send(ann, sam, case).says
    assert says[1].startswith("Ann Example works with the overlay North 3; here there is none.")
    vouch(sam, ada)
    receiving.receive(sam, overlays.hand_on(ada))
    assert not any("overlay" in each for each in send(ann, sam, case).says)


def test_a_decision_that_was_changed_is_found(ada: Desk) -> None:
    on(ada)
    sql = ada.store.connection
    sql.execute("DROP TRIGGER versions_never_change")
    sql.execute("UPDATE versions SET signature = x'00' WHERE case_id = ?", (overlays_switched.TEAM,))
    assert [check.check for check in guarding.verify(ada) if not check.ok] == ["versions"]


def test_the_team_is_no_case(ada: Desk) -> None:
    on(ada)
    assert ada.store.cases() == ()
    with pytest.raises(NotFound):
        ada.find(overlays_switched.TEAM)
    assert reading.refresh(ada) == 0


BLOCK = "reports/home-visit-record/record.person_view.xml.j2"
VIEW = "<para>North asks: {{ visit.account | disclose }}</para>"


def test_a_region_writes_a_section_of_a_report_in_its_own_way(ada: Desk) -> None:
    receiving.receive(ada, signed(ada, {**FILES, BLOCK: VIEW}))
    held = overlays.listed(ada)[0]
    assert [(each.rule, each.what, each.region) for each in held.changes][-1:] == [
        ("home-visit-record", "person_view", "written anew")
    ]
    national = report_library.Library().definition("home-visit-record")
    overlays.switch_overlay(ada, held.sha256, on=True, why="Agreed.")
    own = report_library.Library(blocks=ada.laid.blocks).definition("home-visit-record")
    assert "North asks" in own.templates["record.xml.j2"]
    assert "<signature" in own.templates["record.xml.j2"]
    assert own.sha256 != national.sha256


# What a block itself may not do stands in tests/reports/test_blocks.py.
BLOCKS = {
    "a section that signs": ("reports/my-plan/mine.sign.xml.j2", VIEW, "holds signatures"),
    "a report that is not there": ("reports/nothing/mine.help.xml.j2", VIEW, "There is no report"),
    "a path that names none": ("reports/my-plan/words.yaml", VIEW, "a block is called"),
    "python": (BLOCK, "<para>{{ visit.__class__ }}</para>", "not for templates"),
    "a value that is not disclosed": (BLOCK, "<para>{{ visit.account }}</para>", "without disclose"),
    "a word nobody wrote": (BLOCK, "<para>{{ words.nobody }}</para>", "which words.yaml does not have"),
    "a letter that turns the line": (BLOCK, "<para>\u202ex</para>", "no page can show"),
}


def test_what_no_block_may_do_is_refused_with_its_reason(ada: Desk) -> None:
    before = snapshot(ada)
    for name, (path, text, reason) in BLOCKS.items():
        with pytest.raises(BadInput) as refused:
            receiving.receive(ada, signed(ada, {**FILES, path: text}))
        assert reason in refused.value.says, (name, refused.value.says)
    assert snapshot(ada) == before


REFUSED = {
    "a firm rule switched off": (
        with_("rules/north.yaml", "custody-contact", "home-visit-first"),
        "home-visit-first is not marked ours",
    ),
    "recall-open": (
        with_("rules/north.yaml", "custody-contact", "recall-open"),
        "recall-open is a recall prompt",
    ),
    "child present": (
        with_("rules/north.yaml", "custody-contact", "child-present"),
        "child-present is an event",
    ),
    "as good as off": (with_("rules/north.yaml", "16 weeks", "999 weeks"), "switches the rule off"),
    "nothing": (with_("rules/north.yaml", "16 weeks", "0 weeks"), "cannot be nothing"),
    "no such number": (with_("rules/north.yaml", "medium:", "middle:"), "no number called 'middle'"),
    "hours for weeks": (with_("rules/north.yaml", "16 weeks", "16 hours"), "counted in days"),
    "every day off": (
        with_(
            "rules/north.yaml",
            "[2026-03-17]",
            str([f"2026-03-{n:02}" for n in range(1, 20)]).replace("'", ""),
        ),
        "at most 10 in one year",
    ),
    "no prefix": (with_("rules/north-call.yaml", "rule: north-call", "rule: call"), "is called north-"),
    "a national rule written anew": (
        with_("rules/north-call.yaml", "rule: north-call", "rule: home-visit-first"),
        "home-visit-first is national",
    ),
    "a wrong example": (with_("rules/north-call.yaml", "2026-03-09", "2026-03-20"), "the example expects"),
    "no example": (
        with_(
            "rules/north-call.yaml",
            "examples: [{given: {episode: 2026-03-02}, due: 2026-03-09}]",
            "corrects: 1",
        ),
        "has no worked example",
    ),
    "no way to reckon": (
        with_("rules/north-call.yaml", "[{within: call}]", "[{when: 'registered'}]"),
        "is due within",
    ),
    "audiences": (
        {**FILES, "rules/access.yaml": "- audience: court\n  confidence: firm\n  victim: yes\n"},
        "does not change what an audience may see",
    ),
    "a prompt": ({**FILES, "rules/p.yaml": "prompt: north-recall\n"}, "no recall prompts"),
    "an event": ({**FILES, "rules/e.yaml": "event: north-event\n"}, "no events"),
    "the words": ({**FILES, "rules/w.yaml": "words: {owed: {en: x, cy: x}}\n"}, "does not change the words"),
    "a form that erases": (
        with_("forms/north-call-1.yaml", "happened: on", "happened: on\nact: erase"),
        "takes nothing out of the record",
    ),
    "a form that says facts": (
        with_(
            "forms/north-call-1.yaml",
            "happened: on",
            "happened: on\nsets:\n  - {fact: rosh.overall, is: what, from: on}",
        ),
        "neither says facts",
    ),
    "a national form": (
        {
            **FILES,
            "forms/rosh-9.yaml": FORM.replace("north-call", "rosh").replace("version: 1", "version: 9"),
        },
        "is called north-",
    ),
    "idle for an hour": ({**FILES, "policy.yaml": "idle_minutes: 60\n"}, "from 1 to 10"),
    "a page of the guide without a title": ({**FILES, "guidance/north-x.md": "Words.\n"}, "begins with '# '"),
    "a page with a link": (
        {**FILES, "guidance/north-x.md": "# T\n\n[x](start)\n"},
        "north-x.md:3: a page has words",
    ),
    "a page with markup": (
        {**FILES, "guidance/north-x.md": "# T\n<b>x</b>\n"},
        "north-x.md:2: a page has words",
    ),
    "a national page": ({**FILES, "guidance/start.md": "# T\n"}, "is called north-"),
    "a report nobody has": ({**FILES, "policy.yaml": "not_printed: [diary]\n"}, "no report called diary"),
    "a half-hearted folder": (
        {**FILES, "policy.yaml": "backup_folder: maybe\n"},
        "Invalid enum value 'maybe'",
    ),
    "backups for a day": ({**FILES, "policy.yaml": "backup_days: 1\n"}, "from 7 to 35"),
    "marks": ({**FILES, "marks.yaml": "x: y\n"}, "and nothing else"),
    "no region": (
        {name: text for name, text in FILES.items() if name != "rules/north.yaml"},
        "needs one file",
    ),
    "another region": (with_("rules/north.yaml", "region: north", "region: south"), "region: north"),
    "an alias": ({**FILES, "rules/a.yaml": "rule: &x north-a\n"}, "anchors and aliases"),
    "an unknown key": (
        with_("rules/north.yaml", "days_off:", "audit: off\ndays_off:"),
        "unknown field `audit`",
    ),
}


def test_what_no_overlay_may_do_is_refused_with_its_reason(ada: Desk) -> None:
    before = snapshot(ada)
    for name, (files, reason) in REFUSED.items():
        with pytest.raises(BadInput) as refused:
            receiving.receive(ada, signed(ada, files))
        assert reason in refused.value.says, name
    assert snapshot(ada) == before
    assert refused_rows(ada) == len(REFUSED)


def test_made_from_a_folder_it_is_checked_and_told(ada: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "north"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    data = overlays_made.make(ada, folder, id="north", region="North", version=3, from_="2026-01-01")
    assert data == signed(ada)
    told = [(each.rule, each.what, each.national, each.region) for each in overlays_made.changes(ada, data)]
    assert told == [
        ("home-visit-first", "medium", "6 weeks", "4 weeks"),
        ("home-visit-first", "low", "12 weeks", "16 weeks"),
        ("police-exchange", "gap", "", "6 weeks"),
        ("custody-contact", "", "on", "off"),
        ("", "days off", "", "2026-03-17"),
        ("north-call", "rule", "A call in the first week", "added"),
        ("north-call", "form", "Call in the first week", "added"),
        (
            "",
            "the window locks itself",
            "after as many minutes as each person chooses, 10 at most",
            "after 3 minutes at most",
        ),
    ]
    policy = "backup_days: 9\nbackup_folder: yes\nnot_printed: [two-in-the-morning]\n"
    asked = overlays_made.changes(ada, signed(ada, {**FILES, "policy.yaml": policy}))[-3:]
    assert [(each.what, each.region) for each in asked] == [
        ("a backup is kept", "9 days at most"),
        ("backups lie", "in a folder that each person is asked to choose"),
        ("the report 'Two-in-the-morning sheet'", "not printed from the window"),
    ]
    assert overlays.listed(ada) == ()
    (folder / "rules" / "north.yaml").write_text(REGION.replace("medium", "middle"))
    with pytest.raises(BadInput):
        overlays_made.make(ada, folder, id="north", region="North", version=3, from_="2026-01-01")
    assert RULE in (folder / "rules" / "north-call.yaml").read_text()
