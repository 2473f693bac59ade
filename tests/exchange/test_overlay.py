"""The zip of an overlay: written in one way, read in no other; whatever is done to it, no store changes."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.casework.test_recording import case_of, record
from tests.conftest import ROOT, Stores, vouch
from tests.exchange.build import KEYS, b64, refused_rows, snapshot
from tests.exchange.overlays import FILES, MORE, signed
from tests.forms.examples import EXAMPLES
from workbench.casework import overlays, receiving
from workbench.casework.desk import Desk
from workbench.casework.overlays_parts import openings, shapes
from workbench.errors import BadInput, Expected
from workbench.exchange import overlay
from workbench.forms import library as form_library
from workbench.rules import book as rule_book
from workbench.rules.evaluate import evaluate
from workbench.security.signing import make_card

# In the suite a hundred; WORKBENCH_MUTATIONS=10000 for a long run.
MUTATIONS = int(os.environ.get("WORKBENCH_MUTATIONS", "100"))
_TOKENS = (
    "yes",
    "no",
    "0",
    "-1",
    "2026-02-30",
    "north",
    "each episode",
    "recall-open",
    "''",
    "[]",
    "{}",
    "9999 weeks",
    "rosh",
)


@pytest.fixture
def ada(stores: Stores) -> Desk:
    """The store of an administrator."""
    return stores.desk("ada", role="administrator", person="Ada Admin-North")


def rezipped(data: bytes, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], None]) -> bytes:
    """The same files written by hand."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for row in old.infolist():
            change(new, row, old.read(row))
    return made.getvalue()


def with_member(data: bytes, name: str, text: bytes = b"x") -> bytes:
    """With one more file that nobody signed."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, text)
    return made.getvalue()


def squeezed(archive: zipfile.ZipFile, row: zipfile.ZipInfo, text: bytes) -> None:
    """Writes a file compressed."""
    archive.writestr(row.filename, text, zipfile.ZIP_DEFLATED)


def heading(data: bytes, **changes: Any) -> bytes:
    """With a heading that says something else and keeps its signature."""
    files = overlay.members(data)
    said = {**json.loads(files[overlay.HEADING]), **changes}
    return overlay.write({**files, overlay.HEADING: overlay.canonical.encode(said)})


def harmful(data: bytes) -> dict[str, tuple[bytes, str]]:
    """Zips, each harmful in its own way, and the reason for which it is refused."""
    files = overlay.members(data)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(overlay.HEADING, b"0" * 50_000_000)
    return {
        "nothing in it": (b"PK\x05\x06" + bytes(18), "no overlay.json"),
        "cut": (data[:-30], "damaged"),
        "not a zip": (b"PK and nothing else", "damaged"),
        "a bomb": (bomb.getvalue(), "compressed"),
        "compressed": (rezipped(data, squeezed), "compressed"),
        "something before it": (b"PK\x03\x04" + data, "not written by this program"),
        "something after it": (data + b"\n", "not written by this program"),
        "a path": (with_member(data, "../store.json"), "not a name"),
        "a path from the root": (with_member(data, "/etc/passwd"), "not a name"),
        "one more file": (with_member(data, "rules/more.yaml"), "not written by this program"),
        "one more file, written well": (overlay.write({**files, "rules/more.yaml": b"x: y\n"}), "do not agree"),
        "one less": (overlay.write({k: v for k, v in files.items() if k != "policy.yaml"}), "do not agree"),
        "another text": (overlay.write({**files, "policy.yaml": b"idle_minutes: 9\n"}), "not the one that was signed"),
        "a later version": (heading(data, version=4), "not signed by a card that is here"),
        "another id": (heading(data, id="../north"), "2 to 16 small letters"),
        "a version that is none": (heading(data, version=0), "count from 1"),
        "a day that is none": (heading(data, **{"from": "soon"}), "not a day"),
        "a name that moves a terminal": (heading(data, region="North\u202e"), "1 to 80 letters"),
        "no signature": (heading(data, signature=""), "not signed by a card that is here"),
        "an unknown key": (heading(data, more=1), "unknown key"),
        "too many files": (overlay.write({f"rules/a{n}.yaml": b"x" for n in range(501)}), "at most 500"),
        "too large": (b"PK" + bytes(overlay.MAX_BYTES * 2), "at most 16 MB"),
        "too large for one": (overlay.write({**files, "rules/a.yaml": bytes(overlay.MAX_BYTES)}), "at most 16 MB"),
    }  # fmt: skip


def test_it_is_read_as_it_was_written(ada: Desk) -> None:
    data = signed(ada)
    read = overlay.read(data)
    assert read.files == {name: text.encode() for name, text in FILES.items()}
    assert (read.heading.id, read.heading.called(), read.heading.from_) == ("north", "North 3", "2026-01-01")
    assert overlay.signature_holds(read.heading, ada.device.card)
    assert not overlay.signature_holds(read.heading, ROOT)


def test_harmful_ones_are_refused_with_their_reason_and_change_nothing(ada: Desk) -> None:
    found, before = harmful(signed(ada)), snapshot(ada)
    for name, (data, reason) in found.items():
        with pytest.raises(BadInput) as refused:
            receiving.receive(ada, data)
        assert reason in refused.value.sentence(), name
        assert refused.value.sentence().isprintable(), name
    assert snapshot(ada) == before
    assert refused_rows(ada) == len(found)


def test_a_stranger_who_calls_themselves_administrator_is_refused(ada: Desk) -> None:
    card = make_card(
        KEYS, "0a000000-0000-4000-8000-000000000009", "Mal Example", "administrator",
        "0d000000-0000-4000-8000-000000000009", "2025-01-01T09:00:00.000Z", None,
    )  # fmt: skip
    told = {"id": "north", "region": "North", "version": 1, "from_": "2026-01-01"}
    files = {name: text.encode() for name, text in FILES.items()}
    with pytest.raises(BadInput, match="not signed by a card that is here"):
        receiving.receive(ada, overlay.make(files, card=card, sign=KEYS.sign, **told))
    ada.store.add_card(card)
    ada.read_anew()
    with pytest.raises(BadInput, match="does not count as an administrator here"):
        receiving.receive(ada, overlay.make(files, card=card, sign=KEYS.sign, **told))


def test_spoilt_bytes_change_no_store(ada: Desk) -> None:
    chance, data, before = random.Random(20261122), signed(ada), snapshot(ada)
    for _ in range(MUTATIONS // 2):
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            spoilt[chance.randrange(2, len(spoilt))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del spoilt[chance.randrange(2, len(spoilt)) :]
        if bytes(spoilt) == data:
            continue
        with pytest.raises(Expected) as refused:
            receiving.receive(ada, bytes(spoilt))
        assert refused.value.sentence().isprintable()
    assert snapshot(ada) == before


def spoilt_text(chance: random.Random, text: str) -> str:
    """A text with a piece of it gone, doubled, or put in the place of another."""
    pieces = text.replace("\n", " \n ").split(" ")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(pieces))
        way = chance.randrange(4)
        if way == 0:
            del pieces[at]
        elif way == 1:
            pieces.insert(at, pieces[chance.randrange(len(pieces))])
        elif way == 2:
            pieces[at] = chance.choice(_TOKENS)
        else:
            other = chance.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
    return " ".join(pieces).replace(" \n ", "\n")


def reason(refused: Expected) -> str:
    """Why something was refused."""
    return refused.sentence()


def test_spoilt_definitions_signed_anew_are_refused_in_words_or_harm_nobody(
    ada: Desk, stores: Stores
) -> None:
    ann = stores.desk("ann")
    held = case_of(ann)
    record(ann, held, "sentence", EXAMPLES["sentence"][0])
    case, chance, before = ann.case(held), random.Random(20261123), snapshot(ada)
    national, reasons, passed = overlays.national(), list[str](), 0
    whole = {**FILES, **MORE}
    assert overlays.checked(ada, signed(ada, whole))
    firm = {name for name, rule in national.rules.items() if rule.confidence != "ours"}
    for _ in range(MUTATIONS // 2):
        name = chance.choice([name for name in whole if name != "policy.yaml"])
        files = {**whole, name: spoilt_text(chance, whole[name])}
        try:
            _, parts = overlays.checked(ada, signed(ada, files))
        except Expected as refused:
            reasons.append(reason(refused))
            continue
        passed += 1
        library = form_library.load(parts.forms)
        book = rule_book.load(("north",), openings=openings(library), extra=parts.rules)
        assert firm <= book.rules.keys()
        assert (book.prompts, book.events, book.access) == (
            national.prompts,
            national.events,
            national.access,
        )
        said = evaluate(case, book, library.facts, shapes(library), ann.author, ann.now)
        assert {duty.rule for duty in ann.outcome(case).duties} <= {duty.rule for duty in said.duties}
    assert snapshot(ada) == before
    assert all(each.isprintable() and len(each) < 400 for each in reasons)
    assert passed
    assert len(set(reasons)) > 10


def test_harmful_decisions_are_refused_with_their_reason_and_change_nothing(
    ada: Desk, stores: Stores
) -> None:
    overlays.switch_suggestion(ada, "touch-periodic/interval", on=True, why="Tried.")
    ann = stores.desk("ann")
    vouch(ann, ada)
    files = overlay.members(overlays.hand_on(ada))
    (decision,) = json.loads(files["decisions.json"])
    own = of_a_case(ann)
    spoilt = {
        "a broken signature": ([{**decision, "signature": b64(bytes(64))}], "its signature does not hold"),
        "another content": (
            [{**decision, "content": own["content"]}],
            "the content is not the one that was signed",
        ),
        "another heading": ([{**decision, "header": b64(b"{}")}], "not a version"),
        "not base64": ([{**decision, "header": "*"}], "not base64"),
        "an unknown key": ([{**decision, "more": 1}], "unknown key"),
        "no list": ({}, "expected"),
        "an entry of a case": ([own], "no decision about overlays"),
    }
    before = snapshot(ann)
    for name, (data, why) in spoilt.items():
        with pytest.raises(BadInput) as refused:
            receiving.receive(ann, overlay.write({**files, "decisions.json": json.dumps(data).encode()}))
        assert why in refused.value.sentence(), name
    for extra, data in (("store.json", b"{}"), ("overlay.zip", b"PK")):
        with pytest.raises(BadInput):
            receiving.receive(ann, overlay.write({**files, extra: data}))
    with pytest.raises(BadInput):
        receiving.receive(ann, overlay.write({"decisions.json": files["decisions.json"]}))
    assert snapshot(ann) == before
    assert receiving.receive(ann, overlay.write(files)).says


def of_a_case(desk: Desk) -> dict[str, str]:
    """An entry of a case, as a decision would travel."""
    (version,) = desk.store.versions(case_of(desk))
    parts = {"content": version.content_bytes, "header": version.header_bytes, "signature": version.signature}
    return {name: b64(held or b"") for name, held in parts.items()}
