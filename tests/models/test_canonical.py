"""Canonical bytes: one way to write, everything else refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadInput
from workbench.models import canonical

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text().map(canonical.tidy),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text().map(canonical.tidy), inside, max_size=4)
    ),
    max_leaves=20,
)


@given(plain)
def test_what_is_written_is_read_back_and_only_that(value: object) -> None:
    """Writing, reading and writing again gives the same bytes."""
    data = canonical.encode(value)
    assert canonical.decode(data) == value
    assert canonical.encode(canonical.decode(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'"\\u0041"',
        b'"tab\\there"',
        '"e\u0301"'.encode(),
        b"[1,2",
        b"\xff",
        b"9007199254740993",
        b"[" * 40 + b"]" * 40,
    ],
)
def test_any_other_way_is_refused(data: bytes) -> None:
    """Order, spaces, doubled keys, fractions, escapes, controls, combining letters, depth."""
    with pytest.raises(BadInput):
        canonical.decode(data)


@given(st.text())
def test_tidied_text_can_always_be_signed(text: str) -> None:
    """What is typed or pasted becomes text that the record takes, and keeps its letters."""
    tidy = canonical.tidy(text)
    assert canonical.decode(canonical.encode(tidy)) == tidy
    assert unicodedata.is_normalized("NFC", tidy)


def test_the_place_of_a_refusal_is_told() -> None:
    """A reader learns where in the data the fault lies."""
    with pytest.raises(BadInput) as told:
        canonical.encode({"others": [{"name": "a\x07"}]})
    assert told.value.place == "$.others[0].name"
