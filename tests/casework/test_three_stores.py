"""Three stores, their clocks up to three days apart, exchanging bundles in any order: equal in the end.

Equal in what all may read: what was kept to named readers lies with its author and with them, and nowhere else.
Their overlays may differ; by the national book alone they owe the same.
"""

from __future__ import annotations

import os
import secrets
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.casework.test_importing import ERASED, MISFILED
from tests.conftest import NOW, PASSPHRASE, QUICK, vouch
from tests.exchange.overlays import signed
from tests.forms.examples import EXAMPLES
from workbench.casework import guarding, keeping, opening, overlays, receiving, recording, sending
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.errors import BadInput, Refused
from workbench.models.fold import fold
from workbench.models.ids import Ids
from workbench.rules.evaluate import evaluate
from workbench.security.keyring import NoKeyring

PEOPLE = (("Ann Example", "practitioner"), ("Sam Spo", "spo"), ("Joan Lead", "data-protection"))
WHO = st.integers(0, len(PEOPLE) - 1)
LEVELS = ("low", "medium", "high", "very high")
PLAN = {"from_day": "2026-03-09", "gap_days": 14, "reduces": "no", "review_on": "2026-06-09"}
FORMS = ("rosh", "contact-plan")


class Exchange(RuleBasedStateMachine):
    """What people do at three laptops, and the bundles that are under way between them."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.desks: list[Desk] = []
        self.under_way: list[tuple[int, bytes]] = []
        self.here = self.folder / secrets.token_hex(4)
        self.folders: list[Path] = []
        self.moves = 0
        self.skews: tuple[int, ...] = ()
        # What was kept to readers: the version, and the places that hold its words.
        self.kept: dict[str, frozenset[int]] = {}
        self.administrator: Desk | None = None

    @initialize(skews=st.tuples(*[st.integers(-3, 3)] * 3))
    def begin(self, skews: tuple[int, ...]) -> None:
        """Everybody knows everybody's card, by the administrator's word; one case is known to all."""
        self.skews = skews
        for place, skew in enumerate(skews):
            folder = self.here / str(place)
            self.desks.append(self.opened(folder, *PEOPLE[place], skew))
            self.folders.append(folder)
        self.everybody_vouched()
        answers = {"crn": "X100001", "name": "Gwyn Sample", "born": "1980-02-01", "taken_on": "2026-03-01",
                   "officer": "Ann Example"}  # fmt: skip
        self.case = recording.new_case(self.desks[0], answers).case

    def opened(self, folder: Path, name: str, role: str, skew: int = 0) -> Desk:
        """A new store of somebody, open."""
        clock = FixedClock(NOW + timedelta(days=skew))
        ids = Ids(clock, secrets.token_bytes)
        opening.make(folder, name, role, PASSPHRASE, clock, ids, NoKeyring(), strength=QUICK)
        return opening.open_desk(folder, Secret(PASSPHRASE), clock, ids, NoKeyring())

    def everybody_vouched(self) -> None:
        """The administrator vouches for each card, in each store."""
        for desk in self.desks:
            vouch(desk, *(other for other in self.desks if other is not desk))

    def entry(self, desk: Desk, pick: int) -> Any:
        """One of the entries that stand."""
        stood = [e for e in desk.case(self.case).entries.values() if e.live and e.form in FORMS]
        stood.sort(key=lambda entry: entry.id)
        return stood[pick % len(stood)] if stood else None

    @rule(level=st.sampled_from(LEVELS))
    def record(self, level: str) -> None:
        """Only a practitioner writes a level of risk."""
        desk = self.desks[0]
        session = recording.start(desk, self.case, "rosh")
        session.restore({"on": "2026-03-01", "children": level, "public": "low", "known_adult": "low",
                         "staff": "low", "overall": level, "who": "Somebody"})  # fmt: skip
        recording.sign(desk, self.case, session)

    @rule()
    def plan(self) -> None:
        """A plan, which an SPO countersigns."""
        session = recording.start(self.desks[0], self.case, "contact-plan")
        session.restore(PLAN)
        recording.sign(self.desks[0], self.case, session)

    @rule(who=WHO, pick=st.integers(0, 3), level=st.sampled_from(LEVELS))
    def amend(self, who: int, pick: int, level: str) -> None:
        """Where the form is for their role."""
        desk = self.desks[who]
        entry = self.entry(desk, pick)
        if entry is None:
            return
        try:
            session = recording.start(desk, self.case, entry.form, amends=entry.id)
            if entry.form == "rosh":
                session.answer("overall", level)
            else:
                session.answer("gap_days", 7 + LEVELS.index(level))
            recording.amend(desk, self.case, entry.id, session, "Corrected.")
        except Refused:
            return

    @rule(pick=st.integers(0, 3))
    def countersign(self, pick: int) -> None:
        """The SPO, of what asks for it."""
        entry = self.entry(self.desks[1], pick)
        if entry is not None and entry.form == "contact-plan":
            recording.countersign(self.desks[1], self.case, entry.head.id)

    @rule(pick=st.integers(0, 3), misfiled=st.booleans())
    def take_out(self, pick: int, misfiled: bool) -> None:
        """The data-protection lead erases a version, or finds it misfiled."""
        desk = self.desks[2]
        entry = self.entry(desk, pick)
        if entry is None or len(entry.versions) < 2:
            return
        act, answers = (keeping.misfile, MISFILED) if misfiled else (keeping.erase, ERASED)
        head = entry.head.id
        act(desk, self.case, [head], {"versions": [{"id": "r1", "version": head}], **answers})

    @rule(who=WHO, reader=WHO)
    def keep(self, who: int, reader: int) -> None:
        """Something written for one reader, whom alone it reaches."""
        desk = self.desks[who]
        if not desk.store.versions(self.case):
            return
        session = recording.start(desk, self.case, "case-discussion")
        session.restore(EXAMPLES["case-discussion"][0])
        done = recording.sign(desk, self.case, session, readers=(PEOPLE[reader][0],))
        assert done.version
        self.kept[done.version] = frozenset({who, reader})

    @precondition(lambda self: self.administrator is None)
    @rule(who=WHO)
    def lay(self, who: int) -> None:
        """One store takes in a region's overlay, which the others never hear of."""
        ada = self.opened(self.here / "administrator", "Ada Admin-North", "administrator", self.skews[who])
        self.administrator = ada
        receiving.receive(ada, signed(ada))
        overlays.switch_overlay(ada, overlays.listed(ada)[0].sha256, on=True, why="Agreed in North.")
        vouch(self.desks[who], ada)
        receiving.receive(self.desks[who], overlays.hand_on(ada))

    @rule(here=WHO, there=WHO)
    def send(self, here: int, there: int) -> None:
        """Seals what is new; it arrives some time, or again and again."""
        if here != there and self.desks[here].store.versions(self.case):
            made = sending.bundle(self.desks[here], self.case, PEOPLE[there][0])
            self.under_way.append((there, made.data))

    @precondition(lambda self: self.under_way)
    @rule(pick=st.integers(0, 20), again=st.booleans())
    def arrive(self, pick: int, again: bool) -> None:
        """Any of the bundles under way, in any order; some come twice, and some answer with a receipt."""
        there, data = self.under_way[pick % len(self.under_way)]
        if not again:
            self.under_way.remove((there, data))
        self.take(there, data)

    def take(self, there: int, data: bytes) -> None:
        """Receives a bundle, unless it is sealed to a device that is no more."""
        desk = self.desks[there]
        if desk.device.card.sha256().encode() in data:
            receiving.receive(desk, data)
            return
        with pytest.raises(BadInput, match="no longer use"):
            receiving.receive(desk, data)

    @rule(who=WHO)
    def restore(self, who: int) -> None:
        """A laptop breaks; its backup is restored as another device, which is vouched for anew."""
        if self.moves >= 2:
            return
        self.moves += 1
        desk = self.desks[who]
        place = guarding.back_up(desk, self.here / f"backups-{self.moves}")
        desk.close()
        self.folders[who] = self.here / f"again-{self.moves}"
        self.desks[who], _ = guarding.restore(
            place, self.folders[who], Secret(PASSPHRASE), desk.wall, desk.ids, NoKeyring(), "it broke"
        )
        self.everybody_vouched()

    @rule(who=WHO)
    def copy(self, who: int) -> None:
        """A folder is copied and the copy opened: another device, which is vouched for anew."""
        if self.moves >= 2:
            return
        self.moves += 1
        desk = self.desks[who]
        desk.close()
        copied = self.here / f"copied-{self.moves}"
        shutil.copytree(self.folders[who], copied)
        self.folders[who] = copied
        self.desks[who] = opening.open_desk(copied, Secret(PASSPHRASE), desk.wall, desk.ids, NoKeyring())
        assert self.desks[who].device.device != desk.device.device
        self.everybody_vouched()

    @rule(who=WHO, minutes=st.integers(1, 600))
    def wait(self, who: int, minutes: int) -> None:
        """Time goes by at one place."""
        self.desks[who].wall.move(timedelta(minutes=minutes))  # type: ignore[attr-defined]

    @invariant()
    def lists_follow_from_the_record(self) -> None:
        """What is kept after each change is what a rebuild from the versions alone gives."""
        for desk in self.desks:
            kept = state(desk, self.case)
            fresh = fold(self.case, desk.marked(desk.store.versions(self.case)))
            assert kept == state_of(desk, fresh)

    def teardown(self) -> None:
        """Everything under way arrives, everybody sends everybody everything: all hold the same."""
        try:
            if self.desks:
                self.settle()
        finally:
            for desk in (*self.desks, *((self.administrator,) if self.administrator else ())):
                desk.store.close()
            shutil.rmtree(self.here, ignore_errors=True)

    def settle(self) -> None:
        """The last exchange, and the comparison."""
        for there, data in self.under_way:
            self.take(there, data)
        for _ in range(2):
            for here, desk in enumerate(self.desks):
                for there in range(len(self.desks)):
                    if here != there and desk.store.versions(self.case):
                        self.take(there, sending.bundle(desk, self.case, PEOPLE[there][0]).data)
        expected = self.agreed(self.desks[0])
        for place, desk in enumerate(self.desks):
            assert self.agreed(desk) == expected
            assert desk.store.vector(self.case) == self.desks[0].store.vector(self.case)
            held = {version.id for version in desk.store.versions(self.case) if version.content is not None}
            assert held & self.kept.keys() == {each for each, places in self.kept.items() if place in places}
            assert receiving.quarantined(desk) == ()
            bad = [check for check in guarding.verify(desk) if not check.ok]
            assert bad == []

    def agreed(self, desk: Desk) -> object:
        """What a store must agree on with the others: all but what was kept to readers, and what follows from it."""
        versions = desk.marked(desk.store.versions(self.case))
        stood = fold(self.case, [version for version in versions if version.id not in self.kept])
        outcome = evaluate(
            stood, overlays.national(), desk.library.facts, desk.shapes, desk.author, NOW + timedelta(days=30)
        )
        duties = [(duty.duty, duty.due, duty.met_by, duty.because.says) for duty in outcome.duties]
        return state_of(desk, stood), duties


def state(desk: Desk, case: str) -> object:
    """Everything that stores must agree on."""
    return state_of(desk, desk.case(case))


def state_of(desk: Desk, stood: Any) -> object:
    """The same, of a case as it stands."""
    return (
        {(v.id, v.content is not None, v.authority) for v in stood.versions()},
        {entry.id: (entry.status, [head.id for head in entry.heads]) for entry in stood.entries.values()},
        [(f.fact, f.of, f.values, f.disputed) for f in stood.facts("2026-03-20", desk.library.facts)],
    )


def test_three_stores_agree_in_the_end(tmp_path: Path) -> None:
    """A few runs in the suite; WORKBENCH_EXCHANGES=200 for a long one."""
    Exchange.folder = tmp_path
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=int(os.environ.get("WORKBENCH_EXCHANGES", "4")),
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
