"""Stores for the benchmarks: a sample caseload, an empty store, and cases and files of any size, all invented."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tests.conftest import PASSPHRASE, QUICK
from workbench.casework import opening, sample, stories
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.casework.signing import form_name
from workbench.clock import FixedClock, stamp
from workbench.models import canonical
from workbench.models.ids import Ids
from workbench.models.records import Claim, Version, content_data, read_version
from workbench.security.keyring import NoKeyring
from workbench.store.store import CaseRow, Logged, Results, Write

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
# Enough different words that an index is shaped like one of real notes.
VOCABULARY = tuple(
    f"{start}{middle}{end}"
    for start in ("al", "ber", "cor", "dun", "el", "far", "gri", "hol", "in")
    for middle in ("an", "ba", "ce", "do", "el", "fi", "go", "ha", "im", "ko", "la", "mo")
    for end in ("ton", "s", "ing", "ed", "er", "ly", "ment", "ow", "ate", "ish", "ora", "um")
)
RARE = "zanzibarword"


def text(chance: random.Random, words: int) -> str:
    """So many words, some far more frequent than others."""
    count = len(VOCABULARY)
    return " ".join(VOCABULARY[int(count * chance.random() ** 3)] for _ in range(words))


def caseload(folder: Path, cases: int) -> Desk:
    """A sample store with so many cases, open."""
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    sample.make(folder, clock, ids, stories.tellers(cases))
    return reopened(folder)


def reopened(folder: Path) -> Desk:
    """A sample store, open."""
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    words = (folder / "passphrase.txt").read_text(encoding="utf-8").strip()
    return opening.open_desk(folder, Secret(words), clock, ids, NoKeyring())


def empty(folder: Path, strength: tuple[int, int, int] = QUICK) -> Desk:
    """An empty store of a practitioner, open."""
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    opening.make(
        folder, "Ann Example", "practitioner", PASSPHRASE, clock, ids, NoKeyring(), strength=strength
    )
    return opening.open_desk(folder, Secret(PASSPHRASE), clock, ids, NoKeyring())


def fullest(desk: Desk) -> str:
    """The case with the most entries, of those that owe something still."""
    owing = [row.case for row in desk.store.cases() if row.next_due]
    return max(owing, key=lambda case: len(desk.case(case).entries))


class Region(msgspec.Struct, frozen=True):
    """A region's store, open, and the case in it that has entries; the others are rows alone."""

    desk: Desk
    folder: Path
    long: str


def region(folder: Path, cases: int, entries: int) -> Region:
    """A store of so many cases: the sample's stories again and again as rows, and one case with so many entries.

    What was met is left out, and the cases that are rows alone have no versions.
    """
    models = caseload(folder / "models", min(cases, len(stories.TELLERS)))
    told = [_model(models, row) for row in models.store.cases()]
    models.close()
    desk = empty(folder / "region")
    for begin in range(0, cases, 1000):
        numbers = range(begin, min(begin + 1000, cases))
        desk.store.put_results(_another(desk, told[number % len(told)], number) for number in numbers)
    long = desk.ids.new()
    row = CaseRow(long, "B900000", name="Long Example", book=desk.book.sha256)
    versions = tuple(history(long, form_name(desk, desk.library.form("contact")), entries))
    write = Write(row, Logged("recorded", desk.stamp()), versions=versions)
    desk.store.append(write, desk.device.device, "Ann Example")
    return Region(desk, folder / "region", long)


def _model(desk: Desk, row: CaseRow) -> Results:
    duties = tuple(duty for duty in desk.store.duties(row.case) if duty.met_on is None)
    return Results(row, duties, tuple(desk.store.findings(row.case)), tuple(desk.store.advice(row.case)))


def _another(desk: Desk, model: Results, number: int) -> Results:
    """The rows of one more case like a model."""
    case, replace = desk.ids.new(), msgspec.structs.replace
    name, crn = f"{model.row.name} {number}", f"R{number:06d}"
    return Results(
        replace(model.row, case=case, crn=crn, name=name, book=desk.book.sha256),
        tuple(replace(duty, case=case) for duty in model.duties),
        tuple(replace(finding, case=case) for finding in model.findings),
        tuple(replace(advice, case=case) for advice in model.advice),
    )


def contact(day: datetime, note: str) -> dict[str, str]:
    """The answers of one contact."""
    return {
        "on": stamp(day),
        "how": "face-to-face",
        "outcome": "attended",
        "seen_by": "responsible-officer",
        "note": note,
    }


def history(case: str, form: tuple[str, int, str], entries: int) -> Iterator[Version]:
    """Versions of one case, each with three claims and 60 words; unsigned, for nothing here checks them."""
    chance = random.Random(7)
    ids = Ids(FixedClock(NOW), chance.randbytes)
    for number in range(entries):
        moment = NOW - timedelta(hours=6 * (entries - number))
        day = moment.date().isoformat()
        facts = ("rosh.overall", f"contact.last{number % 40}", f"factor.seen{number % 15}")
        claims = tuple(Claim(fact, None, f"value {number % 7}", day, None, (), None) for fact in facts)
        content = content_data(
            answers=contact(moment, text(chance, 60)), claims=claims, salt=chance.randbytes(16)
        )
        id = ids.new()
        header = canonical.encode(
            {
                "act": "record",
                "at": stamp(moment),
                "by": "person",
                "card": "0" * 64,
                "case": case,
                "content": canonical.sha256(content),
                "device": "device",
                "entry": id,
                "form": list(form),
                "id": id,
                "on": stamp(moment),
                "parents": [],
                "seen": {"device": number} if number else {},
                "seq": number + 1,
                "v": 1,
            }
        )
        yield read_version(header, content, chance.randbytes(64), trusted=True)


def case_file(number: int, entries: int) -> bytes:
    """A case file of an invented person: a registration, a level, and contacts of 60 words."""
    chance = random.Random(number)
    author = {"name": "Kim Example", "role": "practitioner"}
    crn = f"B{number:06d}"
    began = NOW - timedelta(days=14 * entries)
    registration = {
        "taken_on": began.date().isoformat(),
        "name": f"{chance.choice(VOCABULARY).title()} {chance.choice(VOCABULARY).title()}",
        "crn": crn,
        "born": "1980-02-01",
        "officer": "Kim Example",
    }
    level = {
        "on": began.date().isoformat(),
        "children": "high",
        "public": "low",
        "known_adult": "low",
        "staff": "low",
        "overall": "high",
        "who": text(chance, 30),
    }
    answers: list[tuple[str, dict[str, str]]] = [("registration", registration), ("rosh", level)]
    moments = [began + timedelta(days=14 * place) for place in range(entries)]
    answers += [("contact", contact(moment, text(chance, 60))) for moment in moments[2:]]
    items = [
        {
            "id": f"item-{place}",
            "form": form,
            "version": 1,
            "at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "author": author,
            "status": "signed",
            "answers": given,
        }
        for place, ((form, given), moment) in enumerate(zip(answers, moments, strict=False))
    ]
    return json.dumps({"format": "workbench-case/1", "case": {"crn": crn}, "entries": items}).encode()
