"""One entry on paper: in the order and words of its form, evidence with its footing, nothing that only points."""

from __future__ import annotations

from tests.reports.build import library
from workbench.models.released import Chosen, ReleasedCase, ReleasedEntry, Row, Value
from workbench.reports import whole
from workbench.reports.context import Context

ID = "00dc6acf-ac53-7f81-8fd3-d806e3cf6e5f"


def value(text: str, kind: str = "text", cut: str = "") -> Value:
    return Value(text, text, kind, ("v",), cut)


def entry(answers: dict[str, Value | tuple[Row, ...]], name: str = "e", **asks: str) -> ReleasedEntry:
    return ReleasedEntry(
        name, "v", "contact", 1, "Contact", "2026-03-02", "2026-03-02T09:00:00.000Z", "Ann", "practitioner",
        "signed", answers, asks=asks,
    )  # fmt: skip


def case(*entries: ReleasedEntry) -> ReleasedCase:
    return ReleasedCase("c", value("X1"), value("Gwyn"), "file", "en", "2026-03-10", False, entries, ())


def test_short_answers_stand_together_and_long_ones_under_their_question() -> None:
    said = entry(
        {
            "how": value("By telephone"),
            "outcome": value("Attended"),
            "note": value("Said much.", "narrative"),
            "next": value("x" * 81),
            "back": value("2026-03-09", "day"),
        },
        how="How?",
        note="What was said?",
    )
    blocks = whole.blocks(said)
    assert [[part.asks for part in block.short] for block in blocks] == [["How?", "Outcome"], [], ["Back"]]
    assert [[part.asks for part in block.long] for block in blocks] == [[], ["What was said?", "Next"], []]


def test_what_only_points_is_left_out_and_what_is_held_back_says_so() -> None:
    said = entry(
        {
            "where": value(ID, "place"),
            "links": value(f"{ID}, {ID}"),
            "empty": value(" "),
            "hidden": value("", cut="withheld"),
        }
    )
    assert [part.asks for block in whole.blocks(said) for part in block.short] == ["Hidden"]


def test_columns_stand_as_the_form_has_them_and_evidence_apart() -> None:
    point = Row("p", {"text": value("Seen near the school."), "source": value("police")})
    row = Row("r", {"act": value("Ring"), "evidence": (point,), "sign": value("Near the school")})
    said = entry(
        {"plan": (row,), "basis": (point,)}, **{"plan.sign": "If this happens", "plan.act": "Then this"}
    )
    plan, basis = whole.blocks(said)[0].long
    assert [cell.asks for cell in plan.rows[0].cells] == ["If this happens", "Then this"]
    assert [held.text.text for held in plan.rows[0].points] == ["Seen near the school."]
    assert [held.source.text for held in basis.points] == ["police"]
    assert basis.rows == ()


def test_the_entry_that_was_chosen_is_shown_with_each_account_of_it() -> None:
    report = library().definition("entry-record").report
    mine, other = entry({"note": value("One account.")}), entry({"note": value("Another.")})
    held = case(mine, other, entry({"note": value("Later.")}, "later"))
    shown = Context(held, report, chosen=Chosen(entry="e")).names()["whole"]
    assert [each.blocks[0].short[0].says.text for each in shown] == ["One account.", "Another."]
    assert [each.role for each in shown] == ["role_practitioner"] * 2
    kept = case(entry({"note": value("", cut="withheld")}))
    assert Context(kept, report, chosen=Chosen(entry="e")).names()["whole"] == ()
