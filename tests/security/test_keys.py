"""Keys: two slots to one data key, bound to their store, and refusals in words."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.clock import FixedClock
from workbench.errors import Refused, StoreProblem
from workbench.models.ids import Ids
from workbench.security import keys as slots
from workbench.security.keyring import Keyring, NoKeyring
from workbench.security.sealing import CHUNK, seal, unseal

IDS = Ids(FixedClock(datetime(2026, 1, 1, tzinfo=UTC)), secrets.token_bytes)
PHRASE = "otter violin maple harbour seven lantern"
QUICK = (8, 1, 1)


def made(device_secret: bytes | None = None) -> tuple[slots.Keys, bytes, bytes]:
    """Keys of a new store, its data key and recovery secret."""
    data_key, recovery = secrets.token_bytes(32), secrets.token_bytes(32)
    return (
        slots.new_keys("store-1", data_key, PHRASE, recovery, device_secret, IDS, QUICK),
        data_key,
        recovery,
    )


def test_both_slots_open_the_same_key() -> None:
    """Passphrase and printed recovery code, however it is typed."""
    keys, data_key, recovery = made()
    keys = slots.read_keys(msgspec.json.encode(keys))
    assert slots.open_with_passphrase(keys, PHRASE, None) == data_key
    code = slots.recovery_words(recovery)
    assert slots.open_with_recovery(keys, code.lower().replace("-", " ")) == data_key


def test_a_wrong_secret_says_so() -> None:
    """One sentence each, and no hint of how near it was."""
    keys, _, recovery = made()
    for attempt in (
        lambda: slots.open_with_passphrase(keys, PHRASE + "x", None),
        lambda: slots.open_with_recovery(keys, slots.recovery_words(secrets.token_bytes(32))),
        lambda: slots.open_with_recovery(keys, "ABCD"),
    ):
        with pytest.raises(StoreProblem) as told:
            attempt()
        assert told.value.kind == "wrong-key"
    assert slots.open_with_recovery(keys, slots.recovery_words(recovery))


def test_keys_of_another_store_do_not_open() -> None:
    """The wrapping is bound to the store's id."""
    keys, _, _ = made()
    other = msgspec.structs.replace(keys, store="store-2")
    with pytest.raises(StoreProblem):
        slots.open_with_passphrase(other, PHRASE, None)


def test_without_the_keyring_only_the_recovery_code_opens() -> None:
    """A reset keyring is a normal event with its own sentence."""
    secret = secrets.token_bytes(32)
    keys, data_key, recovery = made(secret)
    assert slots.open_with_passphrase(keys, PHRASE, secret) == data_key
    with pytest.raises(StoreProblem) as told:
        slots.open_with_passphrase(keys, PHRASE, None)
    assert told.value.kind == "keyring-missing"
    assert slots.open_with_recovery(keys, slots.recovery_words(recovery)) == data_key


def test_changing_the_passphrase_keeps_the_key() -> None:
    """Old keys files still open with the old passphrase."""
    keys, data_key, _ = made()
    fresh = slots.change_passphrase(keys, data_key, "another six words that are long", None, IDS)
    assert slots.open_with_passphrase(fresh, "another six words that are long", None) == data_key
    assert slots.open_with_passphrase(keys, PHRASE, None) == data_key
    with pytest.raises(StoreProblem):
        slots.open_with_passphrase(fresh, PHRASE, None)


@pytest.mark.parametrize("phrase", ["", "short", "aaaaaaaaaaaaaaaaaaaa", "five words are too few"[:13]])
def test_easy_passphrases_are_refused(phrase: str) -> None:
    """Six words, or 14 varied characters."""
    with pytest.raises(Refused):
        slots.check_passphrase(phrase)


def test_the_offered_passphrase_passes() -> None:
    """Six words of a list of 2,048."""
    words = tuple(f"word{n}" for n in range(2048))
    offered = slots.offered_passphrase(words, IDS)
    slots.check_passphrase(offered)
    assert len(offered.split()) == 6


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"v":2,"store":"x","slots":[]}',
        b'{"v":1,"store":"x","slots":[{"slot":"other"}]}',
        b"\xff",
    ],
)
def test_damaged_keys_are_told(data: bytes) -> None:
    """Never a stack trace."""
    with pytest.raises(StoreProblem) as told:
        slots.read_keys(data)
    assert told.value.kind == "keys-damaged"


def test_a_keyring_that_is_not_on_the_list_never_serves() -> None:
    """The null and fail backends of a headless machine, and none at all."""
    assert Keyring().put("x", b"y") is False
    assert Keyring().get("x") is None
    assert NoKeyring().serves() is False


@given(st.binary(max_size=300), st.integers(0, 3))
def test_sealing_gives_back_what_went_in(data: bytes, chunks: int) -> None:
    """Across chunk borders."""
    whole = data + b"x" * (CHUNK * chunks)
    key = secrets.token_bytes(32)
    assert unseal(key, seal(key, whole, b"name"), b"name") == whole


def test_a_cut_swapped_or_renamed_file_is_told() -> None:
    """Chunks are numbered and the last one is marked."""
    key = secrets.token_bytes(32)
    sealed = seal(key, b"a" * CHUNK + b"b" * CHUNK + b"c", b"name")
    size = CHUNK + 16
    swapped = sealed[size : 2 * size] + sealed[:size] + sealed[2 * size :]
    turned = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for bad in (sealed[: 2 * size], swapped, sealed[:-1], b"", turned):
        with pytest.raises(StoreProblem):
            unseal(key, bad, b"name")
    with pytest.raises(StoreProblem):
        unseal(key, sealed, b"other")
