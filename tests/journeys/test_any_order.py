"""Three laptops, clocks three days apart, exchanging by file in any order: equal in the end, nothing lost."""

from __future__ import annotations

import os
import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW, PASSPHRASE, QUICK, vouch
from workbench.casework import exporting, guarding, importing, keeping, opening, recording
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.errors import Refused
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring

PEOPLE = (("Ann Example", "practitioner"), ("Sam Spo", "spo"), ("Joan Lead", "data-protection"))
LEVELS = ("low", "medium", "high", "very high")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["record", "amend", "withdraw", "countersign", "erase", "send", "send", "copy", "restore"]
        ),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    min_size=4,
    max_size=14,
)


class Laptop:
    """One store with a clock of its own."""

    def __init__(self, folder: Path, place: int, skew: int) -> None:
        self.clock = FixedClock(NOW + timedelta(days=skew))
        self.ids = Ids(self.clock, secrets.token_bytes)
        self.folder = folder / f"laptop-{place}"
        name, role = PEOPLE[place]
        opening.make(self.folder, name, role, PASSPHRASE, self.clock, self.ids, NoKeyring(), strength=QUICK)
        self.moves = 0
        self.desk = self.open()

    def open(self) -> Desk:
        """The desk over the store."""
        return opening.open_desk(self.folder, Secret(PASSPHRASE), self.clock, self.ids, NoKeyring())

    def copy(self) -> None:
        """The folder is copied and the copy goes on in its place: another device."""
        self.desk.close()
        self.moves += 1
        moved = self.folder.with_name(f"{self.folder.name}-{self.moves}")
        shutil.copytree(self.folder, moved)
        shutil.rmtree(self.folder)
        self.folder = moved
        self.desk = self.open()

    def restore(self) -> None:
        """The laptop breaks; its newest backup is restored, as another device."""
        place = guarding.back_up(self.desk, self.folder.parent / f"backups-{self.folder.name}")
        self.desk.close()
        self.moves += 1
        moved = self.folder.with_name(f"{self.folder.name}-{self.moves}")
        self.desk, _ = guarding.restore(
            place, moved, Secret(PASSPHRASE), self.clock, self.ids, NoKeyring(), "it broke"
        )
        self.folder = moved


def everybody_vouched(laptops: list[Laptop]) -> None:
    """The administrator vouches for each card, in each store."""
    for laptop in laptops:
        vouch(laptop.desk, *(other.desk for other in laptops if other is not laptop))


def act(laptop: Laptop, case: str, what: str, pick: int) -> None:
    """One thing that a person does, where the record and their role allow it."""
    desk = laptop.desk
    laptop.clock.move(timedelta(minutes=5))
    entries = sorted(
        (e for e in desk.case(case).entries.values() if e.live and e.form == "rosh"), key=lambda e: e.id
    )
    entry = entries[pick % len(entries)] if entries else None
    level = LEVELS[pick]
    try:
        if what == "record":
            session = recording.start(desk, case, "rosh")
            session.restore(
                {
                    "on": "2026-03-01",
                    "children": level,
                    "public": "low",
                    "known_adult": "low",
                    "staff": "low",
                    "overall": level,
                    "who": "Somebody",
                }
            )
            recording.sign(desk, case, session)
        elif entry and what == "amend":
            session = recording.start(desk, case, "rosh", amends=entry.id)
            session.answer("who", f"Somebody else {secrets.token_hex(2)}")
            recording.amend(desk, case, entry.id, session, "Corrected.")
        elif entry and what == "withdraw":
            recording.withdraw(desk, case, entry.head.id, "Wrong case.")
        elif entry and what == "countersign":
            recording.countersign(desk, case, entry.head.id)
        elif entry and what == "erase":
            keeping.erase(
                desk,
                case,
                [entry.head.id],
                {
                    "versions": [{"id": "r1", "version": entry.head.id}],
                    "ground": "order",
                    "order": "1",
                    "why": "Ordered.",
                },
            )
    except Refused:
        return


def state(desk: Desk, case: str) -> object:
    """Everything that two stores must agree on."""
    stood = desk.case(case)
    outcome = desk.outcome(stood)
    return (
        {(v.id, v.content is not None) for v in stood.versions()},
        {entry.id: (entry.status, [head.id for head in entry.heads]) for entry in stood.entries.values()},
        [(f.fact, f.of, f.values, f.disputed) for f in stood.facts("2026-03-20", desk.library.facts)],
        [(duty.duty, duty.due, duty.met_by, duty.because.says) for duty in outcome.duties],
        sorted(finding.finding for finding in outcome.findings),
    )


@settings(
    max_examples=int(os.environ.get("ANY_ORDER", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS, st.lists(st.integers(-3, 3), min_size=3, max_size=3))
def test_three_laptops_agree_in_the_end(
    tmp_path: Path, steps: list[tuple[str, int, int, int]], skews: list[int]
) -> None:
    """Amended, withdrawn, erased, copied, restored, in any order and with repeats."""
    folder = tmp_path / secrets.token_hex(4)
    laptops = [Laptop(folder, place, skew) for place, skew in enumerate(skews)]
    try:
        everybody_vouched(laptops)
        first = laptops[0].desk
        answers = {
            "crn": "X100001",
            "name": "Gwyn Sample",
            "born": "1980-02-01",
            "taken_on": "2026-03-01",
            "officer": "Ann Example",
        }
        case = recording.new_case(first, answers).case
        for other in laptops[1:]:
            importing.bring(other.desk, exporting.export(first, case), "first.json")
        made: set[str] = set()
        for what, here, there, pick in steps:
            laptop = laptops[here]
            if what == "send":
                importing.bring(laptops[there].desk, exporting.export(laptop.desk, case), "exchange.json")
            elif what in ("copy", "restore"):
                getattr(laptop, what)()
                everybody_vouched(laptops)
            else:
                act(laptop, case, what, pick)
            made |= {version.id for version in laptop.desk.case(case).versions()}
        for _ in range(2):
            for sender in laptops:
                for receiver in laptops:
                    importing.bring(receiver.desk, exporting.export(sender.desk, case), "last.json")
        moment = FixedClock(NOW + timedelta(days=10))
        for laptop in laptops:
            laptop.desk.clock = moment
        expected = state(laptops[0].desk, case)
        assert made <= {id for id, _ in expected[0]}  # type: ignore[index]
        for laptop in laptops[1:]:
            assert state(laptop.desk, case) == expected
        for laptop in laptops:
            laptop.desk.clock = laptop.clock
            assert [
                check for check in guarding.verify(laptop.desk) if not check.ok and check.check != "results"
            ] == []
    finally:
        for laptop in laptops:
            laptop.desk.store.close()
