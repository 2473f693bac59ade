"""The sample caseload: invented people, years of entries, by seed; made only in a store marked as sample."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from workbench import clock as clocks
from workbench import resources
from workbench.casework import opening
from workbench.casework.desk import Desk, Device
from workbench.casework.opening import Secret
from workbench.casework.recording import said_by
from workbench.casework.signing import Said, Signer, commit, form_name
from workbench.casework.team_stories import ALONE, Pace, pace
from workbench.clock import LONDON, Clock, FixedClock
from workbench.errors import Refused
from workbench.forms.session import Context, Session
from workbench.models.ids import Ids
from workbench.models.records import Act, Version
from workbench.security.keyring import NoKeyring
from workbench.security.keys import offered_passphrase
from workbench.security.signing import make_card, new_device_keys
from workbench.store.store import CaseRow, Write


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names that invented people and places are made from."""

    officers: dict[str, str]
    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...]
    long: str
    partners: tuple[str, ...]
    children: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    aps: tuple[str, ...]


class Material(msgspec.Struct, frozen=True):
    """Names and sentences, as read."""

    names: Names
    phrases: dict[str, tuple[str, ...]]


def material() -> Material:
    """The names and sentences of the sample caseload."""
    folder = resources.root() / "sample"
    names = resources.read(folder / "people.yaml").to(Names)
    phrases = resources.read(folder / "phrases.yaml").to(dict[str, tuple[str, ...]])
    return Material(names, phrases)


ROLES = {
    "practitioner": "practitioner",
    "spo": "spo",
    "aco": "aco",
    "earlier": "practitioner",
    "second": "practitioner",
    "third": "practitioner",
    "fourth": "practitioner",
    "pso": "pso",
    "data-protection": "data-protection",
}


class Team:
    """The invented colleagues who sign in the sample, each with a card and keys of their own."""

    def __init__(self, desk: Desk, names: Names, own: str, chance: random.Random, since: str) -> None:
        ids = Ids(FixedClock(clocks.moment(since)), chance.randbytes)
        self.devices: dict[str, Device] = {}
        for part, role in ROLES.items():
            if part == own:
                self.devices[part] = desk.device
                continue
            keys, device = new_device_keys(chance.randbytes(64)), ids.new()
            card = make_card(keys, ids.new(), names.officers[part], role, device, since, None)
            self.devices[part] = Device(device, card, keys)

    def name(self, part: str) -> str:
        """The name of a colleague."""
        return self.devices[part].card.name

    def led_by(self, part: str) -> Team:
        """The same colleagues, another of them the responsible officer."""
        other = copy.copy(self)
        held, led = self.devices["practitioner"], self.devices[part]
        other.devices = {**self.devices, part: held, "practitioner": led}
        return other


Answers = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


class Turn:
    """One entry of a story, planned first and signed when its day comes."""

    def __init__(self, form: str, answers: Answers) -> None:
        self.form = form
        self.answers = answers
        self.version: Version | None = None

    @property
    def signed(self) -> Version:
        """The version it became."""
        assert self.version is not None
        return self.version


_HERS = {"he": "she", "him": "her", "his": "her", "himself": "herself"}
_HIS = re.compile(rf"\b(?:{'|'.join(_HERS)})\b", re.IGNORECASE)


def _hers(value: Any) -> Any:
    """The same answers, said of a woman."""
    if isinstance(value, str):
        return _HIS.sub(lambda found: _as(found.group(), _HERS[found.group().lower()]), value)
    if isinstance(value, Mapping):
        return {key: _hers(each) for key, each in value.items()}
    return [_hers(each) for each in value] if isinstance(value, list | tuple) else value


def _as(word: str, other: str) -> str:
    """The other word, with a capital where the first has one."""
    return other.capitalize() if word[0].isupper() else other


class Story:
    """One invented case: its turns are planned in any order, and signed one after another by their days."""

    def __init__(
        self,
        desk: Desk,
        team: Team,
        stuff: Material,
        chance: random.Random,
        crn: str,
        name: str,
        today: date,
        pace: Pace = ALONE,
    ) -> None:
        self.team = team
        self.pace = pace
        self.stuff = stuff
        self.chance = chance
        self.crn = crn
        self.name = name
        self.first = name.split(maxsplit=1)[0]
        self.today = today
        # The sentences are written of men; of a woman they are put in her words.
        self.woman = False
        self._desk = desk
        self._clock = FixedClock(datetime(2000, 1, 1, tzinfo=UTC))
        self.ids = Ids(self._clock, chance.randbytes)
        self.case = self.ids.new()
        self._turns: list[tuple[date, int, int, Turn, Callable[[], Said], str, Turn | None]] = []

    # Words

    def say(self, topic: str, count: int = 1) -> str:
        """A few sentences on a topic, about this person."""
        picked = self.chance.sample(self.stuff.phrases[topic], min(count, len(self.stuff.phrases[topic])))
        return " ".join(picked).replace("{name}", self.first)

    def rows(self, *columns: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows with ids of their own."""
        return [{"id": self.ids.new(), **row} for row in columns]

    def pick(self, options: Sequence[str]) -> str:
        """One of several."""
        return self.chance.choice(options)

    # Turns

    def add(
        self,
        form: str,
        on: date,
        answers: Answers,
        *,
        by: str = "practitioner",
        amends: Turn | None = None,
        unseen: Turn | None = None,
        because: str = "",
        hour: int = 15,
    ) -> Turn:
        """An entry signed by somebody of the team on a day; `unseen` is one that they had not seen."""
        turn = Turn(form, answers)

        def said() -> Said:
            definition = self._desk.library.form(form)
            session = Session(definition, Context(case=self.case), {}, self._clock, self.ids)
            given = answers() if callable(answers) else answers
            session.restore(_hers(given) if self.woman else given)
            return said_by(
                self._desk,
                session,
                entry=amends.signed.header.entry if amends else None,
                parents=(amends.signed.id,) if amends else (),
                because=because or None,
            )

        if form == "contact" and on > self.today - timedelta(days=self.pace.unsent):
            return turn
        return self._plan(on, hour, turn, said, by, unseen)

    def act(self, act: Act, on_turn: Turn, on: date, by: str = "spo", because: str | None = None) -> Turn:
        """Countersigns, returns or withdraws an entry; what nobody has come to yet stays undone."""
        if act == "countersign" and on > self.today - timedelta(days=self.pace.behind):
            return Turn(on_turn.form, {})

        def said() -> Said:
            version = on_turn.signed
            return Said(
                act,
                version.header.entry,
                version.header.form,
                {},
                (),
                on.isoformat(),
                parents=(version.id,),
                because=because,
            )

        return self._plan(on, 16, Turn(on_turn.form, {}), said, by, None)

    def keep(self, form: str, on_turn: Turn, on: date, answers: Callable[[], Mapping[str, Any]]) -> Turn:
        """An act with a form of its own, such as a restriction."""

        def said() -> Said:
            definition = self._desk.library.form(form)
            version = on_turn.signed
            return Said(
                definition.act,
                version.header.entry,
                form_name(self._desk, definition),
                answers(),
                (),
                on.isoformat(),
                parents=(version.id,),
            )

        return self._plan(on, 16, Turn(form, answers), said, "data-protection", None)

    def at(self, on: date, hour: int = 14, minute: int = 0) -> str:
        """A moment of a day, as the record writes it."""
        return clocks.stamp(datetime.combine(on, time(hour, minute), LONDON))

    def _plan(
        self, on: date, hour: int, turn: Turn, said: Callable[[], Said], by: str, unseen: Turn | None
    ) -> Turn:
        self._turns.append((min(on, self.today), hour, len(self._turns), turn, said, by, unseen))
        return turn

    def sign_all(self) -> list[Version]:
        """Signs every turn in the order of its day."""
        self._desk.clock, self._desk.ids = self._clock, self.ids
        signer = Signer(self._desk, self.case)
        for on, hour, _, turn, said, by, unseen in sorted(self._turns, key=lambda planned: planned[:3]):
            moment = datetime.combine(on, time(hour, self.chance.randrange(60)), LONDON).astimezone(UTC)
            self._clock.at = max(moment, self._clock.at + timedelta(seconds=1))
            seen = None
            if unseen is not None:
                header = unseen.signed.header
                seen = {**signer.seen(), header.device: header.seq - 1}
            turn.version = signer.sign(said(), self.team.devices[by], seen)
        return [turn.signed for *_, turn, _, _, _ in self._turns]


Teller = Callable[[Story], None]


def make(
    path: Path,
    clock: Clock,
    ids: Ids,
    tellers: Sequence[Teller],
    *,
    role: str = "practitioner",
    today: date | None = None,
    seed: int = 1,
) -> None:
    """Makes a sample store at `path` and tells one story for each case; nothing else ever makes one.

    Raises:
        Refused: the role has no sample.
        StoreProblem: the folder is not empty.
    """
    if role not in ("practitioner", "spo", "aco"):
        raise Refused("The sample caseload is for a practitioner, an SPO or a head of PDU.", "Use --role.")
    stuff = material()
    passphrase = offered_passphrase(opening.word_list(), ids)
    name = stuff.names.officers[role]
    opening.make(path, name, role, passphrase, clock, ids, NoKeyring(), sample=True)
    desk = opening.open_desk(path, Secret(passphrase), clock, ids, NoKeyring())
    try:
        _tell(desk, stuff, tellers, role, today or clocks.today(clock), seed)
    finally:
        desk.close()


def _tell(desk: Desk, stuff: Material, tellers: Sequence[Teller], role: str, today: date, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (invented people, no secret)
    team = Team(desk, stuff.names, role, chance, "2014-01-06T09:00:00.000Z")
    cards = tuple(device.card for device in team.devices.values())
    desk.cards.update({card.sha256(): card for card in cards})
    clock, ids = desk.clock, desk.ids
    taken: set[str] = set()
    for place, teller in enumerate(tellers):
        own = random.Random(f"{seed}/{place}")  # noqa: S311
        name = _name(stuff.names, own, place, taken)
        kept = pace(place, role)
        crn, led = f"X9{place + 1:05d}", team.led_by(kept.officer)
        story = Story(desk, led, stuff, own, crn, name, today, kept)
        teller(story)
        versions = story.sign_all()
        desk.clock, desk.ids = clock, ids
        write = Write(
            CaseRow(story.case, story.crn),
            desk.logged("recorded", story.case),
            cards=cards,
            how="sample",
            received_as_signed=True,
        )
        commit(desk, story.case, versions, "recorded", crn=story.crn, why="sample", write=write)


def _name(names: Names, chance: random.Random, place: int, taken: set[str]) -> str:
    if place == 34:
        return names.long
    firsts = names.women if place in (11, 24) else names.men
    for _ in range(1000):
        name = f"{chance.choice(firsts)} {chance.choice(names.last)}"
        if name not in taken:
            break
    taken.add(name)
    return name
