"""What a person has at hand: pins go by the case that is read, and one that is gone does no harm."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from tests.casework.linked import link, unlink
from workbench.casework import choices
from workbench.casework.choices import PINNED, Choices
from workbench.casework.desk import Desk
from workbench.errors import Refused


def test_a_case_is_pinned_once_and_let_go(desk: Desk, registered: Callable[..., str]) -> None:
    """In order of pinning, beside the searches that are kept."""
    one, two = registered("X100001"), registered("X100002")
    choices.keep_search(desk, "hostel", kept=True)
    for case in (two, one, two):
        choices.pin(desk, case, kept=True)
    assert choices.choices(desk) == Choices(saved=("hostel",), pinned=(one, two))
    choices.pin(desk, one, kept=False)
    assert choices.pinned(desk) == (two,)


def test_linked_cases_are_pinned_as_the_one_that_is_read(pair: tuple[Desk, str, str]) -> None:
    """Whichever was pinned before they were linked; unpinning lets both go."""
    desk, ours, theirs = pair
    read, other = sorted((ours, theirs))
    choices.pin(desk, other, kept=True)
    made = link(desk, ours, theirs)
    assert choices.pinned(desk) == (read,)
    assert choices.is_pinned(desk, other)
    unlink(desk, made)
    assert choices.pinned(desk) == (other,)
    link(desk, ours, theirs)
    choices.pin(desk, read, kept=False)
    assert choices.choices(desk).pinned == ()


def test_a_case_that_is_not_held_does_no_harm(desk: Desk, registered: Callable[..., str]) -> None:
    """It is passed over, and goes with the next pin."""
    case = registered()
    gone = Choices(pinned=("0c000000-0000-4000-8000-000000000009",))
    desk.store.set_meta({"choices": msgspec.json.encode(gone)}, desk.logged("choices kept"), "Ann", "d")
    assert choices.pinned(desk) == ()
    assert choices.pin(desk, case, kept=True).pinned == (case,)


def test_thirty_are_enough(desk: Desk, registered: Callable[..., str]) -> None:
    """Nobody whom somebody pinned is let go unasked."""
    cases = [registered(f"X1{number:05}") for number in range(PINNED + 1)]
    for case in cases[:PINNED]:
        choices.pin(desk, case, kept=True)
    with pytest.raises(Refused, match="30 people are pinned already"):
        choices.pin(desk, cases[PINNED], kept=True)
    choices.pin(desk, cases[0], kept=True)
    assert choices.pinned(desk) == (*cases[1:PINNED], cases[0])
