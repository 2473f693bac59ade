"""The sample caseload: what is filed there is filed as what it is."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

import pytest

from tests.conftest import NOW, Kept
from workbench.casework import opening, sample, stories
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.casework.stories_outline import CUSTODIAL
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring


@pytest.fixture
def desk(kept: Kept) -> Iterator[Desk]:
    """The desk of a sample of fourteen."""
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    folder = kept.copy("fourteen", lambda made: sample.make(made, clock, ids, stories.tellers(14)))
    secret = Secret((folder / "passphrase.txt").read_text().strip())
    desk = opening.open_desk(folder, secret, clock, ids, NoKeyring())
    yield desk
    desk.close()


def test_every_condition_is_of_the_kind_its_sentence_can_have(desk: Desk) -> None:
    facts, day = desk.library.facts, desk.today.isoformat()
    kinds: set[tuple[bool, str]] = set()
    for row in desk.store.cases():
        held = tuple(desk.case(row.case).facts(day, facts))
        custodial = any(found.fact == "sentence.kind" and found.value in CUSTODIAL for found in held)
        places = {found.of for found in held if found.fact == "condition.zone"}
        for found in held:
            if found.fact == "condition.kind":
                kinds.add((custodial, str(found.value)))
                assert found.value != "exclusion" or found.of in places
    assert {(True, "licence-additional"), (False, "requirement")} <= kinds
    assert (False, "licence-additional") not in kinds


def test_of_a_woman_nothing_is_said_as_of_a_man(desk: Desk) -> None:
    """And of the men it is still said."""
    his = re.compile(rb"\b(?:he|him|his|himself)\b", re.IGNORECASE)
    said: dict[str, bool] = {}
    for row in desk.store.cases():
        case = desk.case(row.case)
        gender = str(case.known("identity.gender", None, desk.today.isoformat()).value)
        found = any(version.content and his.search(version.content.answers) for version in case.versions())
        said[gender] = said.get(gender, False) or found
    assert said == {"man": True, "woman": False}
