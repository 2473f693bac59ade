"""What was filed on the wrong case stands on the right one, and leaves the other."""

from __future__ import annotations

from tests.casework.meeting import send, team
from tests.casework.test_importing import MISFILED
from tests.casework.test_recording import ROSH, amend, case_of, record, rosh
from tests.conftest import Stores
from workbench.casework import keeping
from workbench.casework.desk import Desk


def misfile(desk: Desk, case: str, versions: list[str], right: str) -> None:
    """Takes versions out as misfiled, naming the right case."""
    rows = [{"id": f"r{n}", "version": each} for n, each in enumerate(versions)]
    keeping.misfile(desk, case, versions, {"versions": rows, "right_case": right, **MISFILED})


def both(stores: Stores) -> tuple[Desk, str, str, list[str]]:
    """The lead's store with two cases of Ann's; on the first an amended RoSH that belongs to the second."""
    ann, _, joan = team(stores)
    wrong, right = case_of(ann), case_of(ann, crn="X100002", name="Wyn Sample")
    changes = record(ann, wrong, "rosh", ROSH)
    assert changes.entry
    amend(ann, wrong, changes.entry, who="Children of another household.")
    for case in (wrong, right):
        send(ann, joan, case)
    versions = [version.id for version in joan.case(wrong).entries[changes.entry].versions]
    return joan, wrong, right, versions


def test_it_stands_on_the_right_case_as_its_author_wrote_it_last(stores: Stores) -> None:
    """With its facts, its day and its author, and read as brought in; nothing of it is left where it was."""
    joan, wrong, right, versions = both(stores)
    misfile(joan, wrong, versions, "x100002")
    (moved,) = joan.case(right).of_form("rosh")
    assert moved.head.answers()["who"] == "Children of another household."
    assert (rosh(joan, right), rosh(joan, wrong)) == ("high", None)
    assert moved.head.brought is not None
    assert (moved.on, joan.author(moved.head).name) == ("2026-03-09", "Ann Example")
    assert len(moved.versions) == 1


def test_words_that_stay_on_the_case_are_filed_nowhere_else(stores: Stores) -> None:
    """Only an earlier version was on the wrong case; and a right case that is not held here is only named."""
    joan, wrong, right, versions = both(stores)
    misfile(joan, wrong, versions[:1], "X100002")
    misfile(joan, wrong, versions[1:], "X999999")
    assert joan.case(right).of_form("rosh") == ()
    assert rosh(joan, wrong) is None
