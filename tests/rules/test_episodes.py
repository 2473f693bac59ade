"""Episodes and their runs."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.build import CASE, Build, claim
from workbench.models.fold import fold
from workbench.rules.episodes import COMMUNITY, Episode, episodes, paused, runs


def shown(found: tuple[Episode, ...]) -> list[tuple[str, str, str | None]]:
    return [(e.kind, e.from_.isoformat(), e.until.isoformat() if e.until else None) for e in found]


def test_an_order_lasts_through_its_last_day() -> None:
    b = Build()
    b.order("2026-03-02", "2027-03-01")
    assert shown(episodes(b.case())) == [("community-order", "2026-03-02", "2027-03-02")]


def test_custody_then_licence_then_recall_then_release_again() -> None:
    b = Build()
    b.licence("2025-06-02", "2028-01-31", sentenced="2024-01-10", of="s")
    b.say("recall.state", "revoked", "2025-09-01")
    b.add("sentence", "2026-02-02", claims=(claim("sentence.released_on", "2026-02-02", "2026-02-02", "s"),))
    expected = [
        ("custody", "2024-01-10", "2025-06-02"),
        ("licence", "2025-06-02", "2025-09-01"),
        ("recall-custody", "2025-09-01", "2026-02-02"),
        ("licence", "2026-02-02", "2028-02-01"),
    ]
    assert expected == shown(episodes(b.case()))


def test_an_indeterminate_licence_has_no_end() -> None:
    b = Build()
    b.order("2010-01-04", None, "indeterminate", of="s")
    b.add("sentence", "2025-02-03", claims=(claim("sentence.released_on", "2025-02-03", "2025-02-03", "s"),))
    assert shown(episodes(b.case()))[-1] == ("licence", "2025-02-03", None)


def test_a_later_account_of_one_release_takes_the_place_of_the_earlier() -> None:
    b = Build()
    b.licence("2025-06-02", of="s")
    b.add("sentence", "2025-06-09", claims=(claim("sentence.released_on", "2025-06-03", "2025-06-09", "s"),))
    assert [e.from_.isoformat() for e in episodes(b.case()) if e.kind == "licence"] == ["2025-06-03"]


def test_the_end_of_supervision_ends_all_that_has_begun() -> None:
    b = Build()
    b.order("2026-03-02")
    b.end("2026-05-01", "early")
    b.order("2026-08-03", "2027-08-02")
    assert [e[1:] for e in shown(episodes(b.case()))] == [
        ("2026-03-02", "2026-05-01"),
        ("2026-08-03", "2027-08-03"),
    ]


def test_a_disputed_kind_opens_nothing() -> None:
    b = Build()
    b.order("2026-03-02", of="s")
    b.say("sentence.kind", "determinate", "2026-03-02", "s", blind=True)
    assert episodes(b.case()) == ()


def test_an_order_inside_a_licence_joins_its_run_and_an_adjacent_one_does_not() -> None:
    b = Build()
    b.licence("2026-01-05", "2026-06-30", of="s")
    b.order("2026-03-02", "2026-08-31")
    b.order("2026-09-01", "2027-08-31")
    found = runs(episodes(b.case()), sorted(COMMUNITY))
    assert [(date(2026, 1, 5), date(2026, 9, 1)), (date(2026, 9, 1), date(2027, 9, 1))] == [
        (run.from_, run.until) for run in found
    ]


def test_a_recall_cuts_the_run_of_an_order_beside_the_licence() -> None:
    b = Build()
    order = b.order("2026-01-05", "2027-01-04")
    b.licence("2026-02-02", "2027-06-30", of="s")
    b.say("recall.state", "revoked", "2026-05-01")
    b.add("sentence", "2026-07-01", claims=(claim("sentence.released_on", "2026-07-01", "2026-07-01", "s"),))
    found = runs(episodes(b.case()), sorted(COMMUNITY), cut=True)
    assert [(date(2026, 1, 5), date(2026, 5, 1)), (date(2026, 7, 1), date(2027, 7, 1))] == [
        (run.from_, run.until) for run in found
    ]
    assert order.id == found[0].entry
    assert found[0].recalled


def test_days_in_custody_do_not_count() -> None:
    b = Build()
    b.order("2026-03-02", of="order")
    b.order("2026-03-10", None, "determinate", of="other")
    b.add(
        "sentence", "2026-03-20", claims=(claim("sentence.released_on", "2026-03-20", "2026-03-20", "other"),)
    )
    moved = paused(episodes(b.case()), ("custody",), date(2026, 3, 2), date(2026, 3, 17))
    assert date(2026, 3, 27) == moved


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_episodes(random: object) -> None:
    b = Build()
    b.licence("2025-06-02", "2028-01-31", of="s")
    b.say("recall.state", "revoked", "2025-09-01")
    b.add("sentence", "2026-02-02", claims=(claim("sentence.released_on", "2026-02-02", "2026-02-02", "s"),))
    b.order("2025-07-01", "2026-12-31")
    expected = episodes(b.case())
    mixed = [*b.versions, *b.versions[:2]]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert expected == episodes(fold(CASE, mixed))


def test_from_a_hearing_entered_to_the_sentence_the_case_is_before_court() -> None:
    b = Build()
    b.say("court.hearing_on", "2026-04-20", "2026-03-02")
    assert shown(episodes(b.case())) == [("court", "2026-03-02", None)]
    b.order("2026-04-20", "2027-04-19")
    assert shown(episodes(b.case())) == [
        ("court", "2026-03-02", "2026-04-20"),
        ("community-order", "2026-04-20", "2027-04-20"),
    ]
