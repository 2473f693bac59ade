"""What is kept of a case between two changes: whatever comes in, the rules say what they would say anew."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable

import pytest

from tests.conftest import NOW, Kept
from workbench.casework import opening, sample, stories
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.models.fold import Case, fold
from workbench.models.ids import Ids
from workbench.rules import duties
from workbench.rules.evaluate import Outcome, evaluate
from workbench.rules.files import RuleFile
from workbench.rules.record import Record
from workbench.rules.rounds import Owed
from workbench.security.keyring import NoKeyring

LAST = 12


class Counted:
    """How many rules are worked out."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.rules = 0
        self._owe = duties.owe
        patch.setattr(duties, "owe", self._count)

    def _count(self, record: Record, owed: Owed, rule: RuleFile) -> None:
        self.rules += 1
        self._owe(record, owed, rule)


def anew(desk: Desk, case: Case) -> Outcome:
    return evaluate(case, desk.book, desk.library.facts, desk.shapes, desk.author, desk.now)


@pytest.mark.parametrize("seed", range(2))
def test_what_changed_alone_gives_what_the_whole_gives(
    kept: Kept, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    folder = kept.copy("fourteen", lambda made: sample.make(made, clock, ids, stories.tellers(14)))
    secret = Secret((folder / "passphrase.txt").read_text().strip())
    desk = opening.open_desk(folder, secret, clock, ids, NoKeyring())
    counted = Counted(monkeypatch)
    changes = worked = 0
    for row in desk.store.cases():
        versions = list(desk.case(row.case).versions())
        random.Random(f"{seed} {row.crn}").shuffle(versions)
        case = fold(row.case, versions[:-LAST])
        desk.outcome(case)
        for n in range(len(versions) - min(LAST, len(versions)), len(versions), 2):
            case = case.with_versions(versions[n : n + 2])
            expected = anew(desk, case)
            counted.rules = 0
            assert expected == desk.outcome(case)
            worked += counted.rules
            changes += 1
    desk.close()
    assert changes > 50
    assert worked < changes * len(desk.book.rules) / 2


def test_a_form_that_comes_for_the_first_time_is_seen(kept: Kept) -> None:
    """What was worked out while there was none of it looked for it all the same."""
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    folder = kept.copy("fourteen", lambda made: sample.make(made, clock, ids, stories.tellers(14)))
    secret = Secret((folder / "passphrase.txt").read_text().strip())
    desk = opening.open_desk(folder, secret, clock, ids, NoKeyring())
    fullest = sorted((desk.case(row.case) for row in desk.store.cases()), key=lambda case: len(case.by_form))
    for case in fullest[-3:]:
        for form in case.by_form:
            own = [version for entry in case.by_form[form] for version in entry.versions]
            less = fold(case.id, [version for version in case.versions() if version not in own])
            desk.outcome(less)
            more = less.with_versions(own)
            assert anew(desk, more) == desk.outcome(more), form
    desk.close()


def test_a_case_of_another_day_is_worked_out_again(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    desk.outcome(desk.case(case))
    desk.clock = FixedClock(NOW.replace(year=NOW.year + 1))
    assert anew(desk, desk.case(case)) == desk.outcome(desk.case(case))
