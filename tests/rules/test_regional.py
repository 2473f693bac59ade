"""What no region may have: each refusal by itself, and what passes beside it."""

from __future__ import annotations

import msgspec
import pytest

from workbench.errors import BadDefinition
from workbench.forms import library
from workbench.resources import parse
from workbench.rules import book, regional
from workbench.rules.book import RuleBook
from workbench.rules.files import FindingFile, RegionFile, RuleFile

SOURCE = {"document": "North (invented)", "place": "here", "dated": "2026-01-01"}


@pytest.fixture(scope="module")
def national() -> RuleBook:
    """The national book."""
    return book.load(openings=tuple(o for form in library.load().all() for o in form.openings()))


def region(**parts: object) -> RegionFile:
    """A region that says this."""
    return msgspec.convert({"region": "north", "title": "North", **parts}, RegionFile)


def setting(rule: str, numbers: dict[str, str], **more: str) -> RegionFile:
    """A region that sets numbers of one rule."""
    said = {
        "from": "2026-01-01",
        "source": {"document": "d", "place": "p", "dated": "2026"},
        "numbers": numbers,
        **more,
    }
    return region(rules={rule: [said]})


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (setting("home-visit-first", {"medium": "4 weeks"}), ""),
        (setting("home-visit-first", {"medium": "60 weeks"}), ""),
        (setting("home-visit-first", {"medium": "61 weeks"}), "switches the rule off"),
        (setting("home-visit-first", {"medium": "0 weeks"}), "cannot be nothing"),
        (setting("home-visit-first", {"medium": "24 hours"}), "counted in days"),
        (setting("home-visit-first", {"middle": "1 week"}), "no number called"),
        (setting("recall-execute", {"within": "1 week"}), "is a recall prompt"),
        (setting("police-exchange", {"gap": "6 weeks"}), ""),
        (setting("police-exchange", {"gap": "often"}), "no amount of time"),
        (setting("police-exchange", {"gap": "6 weeks"}, **{"from": "soon"}), "is no day"),
        (setting("police-exchange", {}, choice="never"), "no choice called"),
        (setting("recall-open", {"within": "1 week"}), "is a recall prompt"),
        (setting("child-present", {"today": "1 week"}), "is an event"),
        (setting("two-accounts", {"x": "1 week"}), "no national rule"),
        (region(days_off=[f"2026-03-{n:02}" for n in range(1, 11)]), ""),
        (region(days_off=[f"2026-03-{n:02}" for n in range(1, 12)]), "at most 10 in one year"),
        (region(days_off=["2026-02-30"]), "a day is written"),
        (region(short_notice="28 calendar days"), ""),
        (region(short_notice="29 calendar days"), "at most 28"),
        (region(short_notice="2 weeks"), "at most 28"),
    ],
)  # fmt: skip
def test_what_a_region_asks_for(national: RuleBook, asked: RegionFile, reason: str) -> None:
    told = list(regional.problems(asked, national))
    assert (reason in told[0]) if reason else told == []


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("1", True),
        ("2.25", True),
        ("15", True),
        ("15.1", False),
        ("0", False),
        ("-1", False),
        ("1 week", False),
    ],
)
def test_a_number_of_a_finding_is_of_the_national_kind(national: RuleBook, written: str, fits: bool) -> None:
    ours = {"source": SOURCE, "numbers": {"practitioner": written}}
    told = list(regional.problems(region(ours={"custody-contact": ours}), national))
    assert (told == []) == fits


def test_only_what_is_ours_is_changed_even_where_nobody_asked(national: RuleBook) -> None:
    """The book itself refuses, whatever a check let through."""
    for name in ("home-visit-first", "household-unchecked", "recall-open", "nothing"):
        off = {"source": SOURCE, "off": "yes"}
        firm = {"region": "north", "title": "North", "ours": {name: off}}
        document = parse(msgspec.json.encode(firm), "rules/north.yaml")
        with pytest.raises(BadDefinition, match="is not marked ours"):
            book.load(("north",), extra=(document,))


def test_what_a_rule_of_its_own_needs(national: RuleBook) -> None:
    rule = national.rules["officer-new"]
    assert list(regional.rule_problems(rule)) == []
    text = rule.texts[0]
    broken: list[RuleFile] = [
        msgspec.structs.replace(rule, texts=()),
        msgspec.structs.replace(rule, soon="soon"),
        *(
            msgspec.structs.replace(rule, texts=(msgspec.structs.replace(text, **changes),))
            for changes in ({"due": ()}, {"corrects": 9}, {"numbers": {}}, {"numbers": {"meet": "0 weeks"}})
        ),
    ]
    assert [len(list(regional.rule_problems(each))) for each in broken] == [1] * len(broken)


def test_what_a_finding_of_its_own_needs(national: RuleBook) -> None:
    finding: FindingFile = national.findings["household-unchecked"]
    assert list(regional.finding_problems(finding)) == []
    assert list(regional.finding_problems(msgspec.structs.replace(finding, numbers={})))
    assert list(regional.finding_problems(msgspec.structs.replace(finding, when=None)))
    assert list(regional.finding_problems(national.findings["two-accounts"]))
