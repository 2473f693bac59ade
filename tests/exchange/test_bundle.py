"""The sealed bundle and the papers: every change to one is refused with its reason, and changes no store."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tests.casework.meeting import team
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import ROOT, ROOT_KEYS, Stores
from tests.exchange.build import refused_rows, snapshot
from workbench.casework import opening, receiving, sending
from workbench.casework.desk import Desk
from workbench.errors import BadInput, Expected
from workbench.exchange import bundle, papers
from workbench.models.vouching import Voucher
from workbench.security.sealing import seal
from workbench.security.signing import make_card, new_device_keys
from workbench.security.wrapping import unwrap, wrap

# In the suite a few hundred; WORKBENCH_MUTATIONS=10000 for a long run.
MUTATIONS = int(os.environ.get("WORKBENCH_MUTATIONS", "240"))


class World:
    """A case at its author's, a receiver who knows them, and a bundle between the two."""

    def __init__(self, stores: Stores) -> None:
        self.ann, self.sam, _ = team(stores)
        self.case = case_of(self.ann)
        record(self.ann, self.case, "rosh", ROSH)
        self.data = sending.bundle(self.ann, self.case, "Sam Spo").data

    def inside(self) -> tuple[list[bytes], bytes]:
        """The lines of the bundle, and its key."""
        head = b"".join(line + b"\n" for line in self.data.split(b"\n", 2)[:2])
        wrapped = json.loads(head.split(b"\n")[1])["for"][0]["key"]
        key = unwrap(self.sam.device.keys.opens, base64.b64decode(wrapped), bundle.PURPOSE)
        return opened(self.data, key), key


def opened(data: bytes, key: bytes) -> list[bytes]:
    """The lines inside, opened as the format is written down, by another hand than the program's."""
    first, second, sealed = data.split(b"\n", 2)
    bound = hashlib.sha256(first + b"\n" + second + b"\n").digest()
    size, found = 65_536 + 16, b""
    count = -(-len(sealed) // size)
    for place in range(count):
        nonce = place.to_bytes(11, "big") + bytes([place == count - 1])
        found += AESGCM(key).decrypt(nonce, sealed[place * size : (place + 1) * size], bound)
    return found.split(b"\n")


@pytest.fixture
def world(stores: Stores) -> World:
    """The world of this test."""
    return World(stores)


def test_the_format_is_the_one_that_is_written_down(world: World) -> None:
    """Two lines in clear that tell nobody's name; HPKE, AES-256-GCM and JSON lines as any other program reads them."""
    head = world.data.split(b"\n")[:2]
    assert head[0] == b"WB1"
    named = json.loads(head[1])
    assert list(named) == ["v", "bundle", "for"]
    assert [each["card"] for each in named["for"]] == [world.sam.device.card.sha256()]
    assert all(word not in world.data for word in (b"X100001", b"Gwyn", b"Ann Example"))
    private = X25519PrivateKey.from_private_bytes(world.sam.device.keys.opens)
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    wrapped = base64.b64decode(named["for"][0]["key"])
    key = suite.decrypt(wrapped, private, info=b"workbench-bundle/1")
    lines = [json.loads(line) for line in opened(world.data, key) if line]
    assert lines[0]["kind"] == "manifest"
    assert lines[0]["cases"] == [
        {"case": world.case, "crn": "X100001", "from": {}, "to": {world.ann.device.device: 2}}
    ]
    kinds = {line["kind"] for line in lines}
    assert kinds == {"manifest", "card", "voucher", "definition", "version"}


def test_a_key_is_wrapped_for_one_device_and_one_purpose() -> None:
    """Anybody else's key, another purpose or a cut gives nothing."""
    keys, other = new_device_keys(bytes(range(64))), new_device_keys(bytes(64))
    wrapped = wrap(keys.public()[1], b"k" * 32, b"purpose")
    assert unwrap(keys.opens, wrapped, b"purpose") == b"k" * 32
    for opens, sealed, purpose in (
        (other.opens, wrapped, b"purpose"),
        (keys.opens, wrapped, b"another"),
        (keys.opens, wrapped[:-1], b"purpose"),
        (keys.opens, b"", b"purpose"),
    ):
        with pytest.raises(BadInput):
            unwrap(opens, sealed, purpose)
    with pytest.raises(BadInput, match="card cannot be used"):
        wrap("AAAA", b"k" * 32, b"purpose")


def test_eight_words_are_88_bits_of_both_cards() -> None:
    """Worked out by hand from the bytes; the order of the two does not matter."""
    other = make_card(new_device_keys(bytes(64)), ROOT.person, "Bo", "spo", ROOT.device, ROOT.made, None)
    words = opening.word_list()
    first, second = sorted((ROOT, other), key=lambda card: card.sha256())
    both = b"".join(json.dumps(msgspec.to_builtins(card), sort_keys=True, separators=(",", ":")).encode()
                    for card in (first, second))  # fmt: skip
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(both).digest()[:11])
    expected = tuple(words[int(bits[place : place + 11], 2)] for place in range(0, 88, 11))
    assert papers.eight_words(ROOT, other, words) == papers.eight_words(other, ROOT, words) == expected


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with one thing changed."""
    place = chance.randrange(len(data))
    how = chance.choice(("flip", "flip", "cut", "drop", "double", "insert"))
    if how == "flip":
        return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
    if how == "cut":
        return data[:place]
    if how == "drop":
        return data[:place] + data[place + 1 :]
    if how == "double":
        return data[:place] + data[place : place + 20] + data[place:]
    return data[:place] + bytes([chance.randrange(256)]) + data[place:]


def told_by(data: bytes) -> object:
    """What JSON says, keys that stand twice twice; the bytes where it is none. White space between says nothing."""
    try:
        return json.loads(data, object_pairs_hook=list)
    except ValueError:
        return data


def refuse(desk: Desk, data: bytes) -> None:
    """A file is refused with a reason, and nothing is changed."""
    before, rows = snapshot(desk), refused_rows(desk)
    with pytest.raises(Expected) as told:
        receiving.receive(desk, data)
    assert len(told.value.sentence()) > 10
    assert told.value.sentence().isprintable()
    assert snapshot(desk) == before
    assert refused_rows(desk) == rows + 1


def test_no_change_to_a_bundle_is_taken_in(world: World) -> None:
    """Whatever bit, wherever it is cut."""
    chance = random.Random(1)
    for _ in range(MUTATIONS):
        spoilt = mutated(world.data, chance)
        if spoilt != world.data:
            refuse(world.sam, spoilt)
    assert receiving.receive(world.sam, world.data).new == 2


def test_no_change_to_a_card_or_voucher_is_taken_in(world: World, stores: Stores) -> None:
    """A field, a letter of a signature, a missing or further key."""
    chance = random.Random(2)
    keys = new_device_keys(bytes(range(64)))
    card = make_card(keys, ROOT.person, "Kim Example", "spo", stores.ids.new(), ROOT.made, None)
    made = papers.make_voucher(ROOT_KEYS, ROOT, card, vetted=True, from_="2026-01-01", until="2027-01-01")
    ended = papers.make_ended(ROOT_KEYS, ROOT, card, "2026-01-01T00:00:00.000Z", "Stolen.")
    for found in ((card,), (card, made), (card, ended)):
        data = msgspec.json.encode([msgspec.to_builtins(each) for each in found])
        for _ in range(MUTATIONS // 6):
            spoilt = mutated(data, chance)
            if told_by(spoilt) != told_by(data):
                refuse(world.sam, spoilt)


def sealed_again(world: World, lines: list[bytes], key: bytes) -> bytes:
    """Lines sealed by somebody who knows the receiver's card, as every colleague does."""
    head = b"".join(line + b"\n" for line in world.data.split(b"\n", 2)[:2])
    return head + seal(key, b"\n".join(lines), hashlib.sha256(head).digest())


def signed_again(world: World, lines: list[bytes]) -> list[bytes]:
    """The lines under a manifest that the sender signs anew: a colleague who means harm."""
    manifest = msgspec.json.decode(lines[0], type=bundle.Manifest)
    rest = b"\n".join(lines[1:])
    counts: dict[str, int] = {}
    for line in lines[1:-1]:
        kind = json.loads(line)["kind"]
        counts[kind] = counts.get(kind, 0) + 1
    blank = msgspec.structs.replace(
        manifest, rest=hashlib.sha256(rest).hexdigest(), counts=counts, signature=""
    )
    signature = base64.b64encode(world.ann.device.keys.sign(blank.to_sign())).decode()
    return [bundle.encode(msgspec.structs.replace(blank, signature=signature)), *lines[1:]]


def test_lines_sealed_by_somebody_else_are_refused(world: World) -> None:
    """The manifest is the sender's own, and names what is below it."""
    lines, key = world.inside()
    chance = random.Random(3)
    assert sealed_again(world, lines, key) == world.data
    for _ in range(MUTATIONS // 3):
        place = chance.randrange(len(lines) - 1)
        changed = [*lines[:place], mutated(lines[place], chance), *lines[place + 1 :]]
        if changed != lines:
            refuse(world.sam, sealed_again(world, changed, key))


def test_a_colleague_who_means_harm_meets_reasons_and_never_a_fault(world: World) -> None:
    """Lines changed, dropped, doubled and put in another order, under a signature that holds."""
    lines, key = world.inside()
    chance = random.Random(4)
    refused = 0
    for _ in range(MUTATIONS // 3):
        place = chance.randrange(1, len(lines) - 1)
        changed = list(lines)
        how = chance.choice(("change", "drop", "double"))
        if how == "change":
            changed[place] = _one_value(lines[place], chance)
        elif how == "drop":
            del changed[place]
        else:
            changed.insert(place, lines[place])
        data = sealed_again(world, signed_again(world, changed), key)
        before = snapshot(world.sam)
        with suppress(Expected):
            receiving.receive(world.sam, data)
            continue
        refused += 1
        assert snapshot(world.sam) == before
    assert refused > MUTATIONS // 12


def _one_value(line: bytes, chance: random.Random) -> bytes:
    data = json.loads(line)
    key = chance.choice(sorted(data.keys() - {"kind"}))
    data[key] = chance.choice((None, 0, -1, "", "x", [], {}, str(data[key])[:-1], 2**53, "A" * 64))
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: lines[:-2] + lines[-1:], "versions are missing"),
        (
            lambda lines: [line for line in lines if b'"kind":"definition"' not in line],
            None,
        ),
        (lambda lines: [line for line in lines if b'"kind":"card"' not in line], None),
        (lambda lines: [*lines[:-1], _hole(9), lines[-1]], "does not name"),
        (lambda lines: [*lines[:-1], lines[-2], lines[-1]], None),
    ],
)
def test_a_bundle_is_judged_whole(
    world: World, change: Callable[[list[bytes]], list[bytes]], says: str | None
) -> None:
    """Nothing may be missing between what is held and what it says; what comes twice counts once."""
    lines, key = world.inside()
    data = sealed_again(world, signed_again(world, change(lines)), key)
    if says is None:
        assert receiving.receive(world.sam, data).new == 2
        return
    with pytest.raises(BadInput, match=says):
        receiving.receive(world.sam, data)


def _hole(seq: int) -> bytes:
    case, device = "0c000000-0000-4000-8000-000000000001", "0d000000-0000-4000-8000-000000000001"
    return bundle.encode(bundle.HoleLine(case, device, seq, "0" * 64))


def test_a_false_hole_does_not_keep_the_version_out(world: World) -> None:
    """A colleague names a place as withheld under a hash of their own; the signed version comes all the same."""
    lines, key = world.inside()
    hole = bundle.encode(bundle.HoleLine(world.case, world.ann.device.device, 2, "0" * 64))
    second = next(n for n, line in enumerate(lines) if n > 0 and _seq(line) == 2)
    changed = [*lines[:second], hole, *lines[second + 1 :]]
    receiving.receive(world.sam, sealed_again(world, signed_again(world, changed), key))
    assert len(world.sam.store.holes(world.case)) == 1
    assert receiving.receive(world.sam, world.data).new == 1
    assert world.sam.store.holes(world.case) == ()


def _seq(line: bytes) -> int:
    data: dict[str, Any] = json.loads(line) if line else {}
    if data.get("kind") != "version":
        return 0
    return int(json.loads(base64.b64decode(data["header"]))["seq"])


def test_overlays_and_case_files_are_told_apart(world: World) -> None:
    """Each with what to do instead; a picture is none of them."""
    refuse(world.sam, b"PK\x03\x04 a zip")
    refuse(world.sam, b'{"format": "workbench-case/1", "case": {"crn": "X1"}, "entries": []}')
    refuse(world.sam, b"\x89PNG\r\n\x1a\n")
    refuse(world.sam, b"")
    assert isinstance(papers.read(papers.write((_voucher(world),)))[0], Voucher)


def _voucher(world: World) -> Voucher:
    return papers.make_voucher(
        ROOT_KEYS, ROOT, world.ann.device.card, vetted=False, from_="2026-01-01", until=None
    )
