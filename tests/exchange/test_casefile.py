"""Reading a case file: strict, within its limits, each refusal with its place."""

from __future__ import annotations

import pytest

from tests.exchange.build import CASE, CRN, data, plain
from workbench.errors import BadInput
from workbench.exchange import casefile
from workbench.exchange.casefile import CaseFile

MEGABYTE = 1024**2


def refusal(raw: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(BadInput) as told:
        casefile.read(raw)
    assert told.value.says.isprintable()
    assert len(told.value.says) < 400
    return told.value.says


def inside(extra: bytes) -> bytes:
    """A valid file with one more key."""
    return data(plain())[:-1] + b"," + extra + b"}"


def test_what_is_written_is_read_again(caseload: object) -> None:
    """Byte for byte, for every case of the sample."""
    for raw in caseload.files.values():  # type: ignore[attr-defined]
        assert casefile.write(casefile.read(raw)) == raw


def test_a_valid_file_says_which_case_it_is() -> None:
    """By its CRN; the id is optional."""
    assert casefile.read(data(plain())).case == casefile.CaseName(CRN)
    named = casefile.read(data(plain(case={"crn": CRN, "id": CASE})))
    assert named.case == casefile.CaseName(CRN, CASE)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not well-formed"),
        (b"\xff{}", "not UTF-8"),
        (b"[]", "$: expected"),
        (data(plain()) + b"{}", "not well-formed"),
        (b'{"format": "workbench-case/1"', "not well-formed"),
        (b'"' * MEGABYTE, "$: expected"),
        (b'{"a": "' + b"x" * MEGABYTE, "unknown key"),
        (inside(b'"x": 1'), "unknown key: `x`"),
        (inside(b'"x\\n\\u001b[2J": 1'), "unknown key: `x??[2J`"),
        (inside(b'"case": {}'), 'The key "case" stands twice'),
        (inside(b'"\\u0063ase": {}'), 'The key "case" stands twice'),
        (inside(b'"x": {"\xc5\xb5": 1, "\\u0175": 2}'), "stands twice"),
        (data(plain()).replace(b"allotment", b"allot\xffment"), "not UTF-8"),
        (inside(b'"x": 1.5'), "has a fraction"),
        (inside(b'"x": 1e5'), "has a fraction"),
        (inside(b'"x": 12345678901234567'), "too large"),
        (inside(b'"x": ' + b"1" * MEGABYTE), "too large"),
        (inside(b'"x": NaN'), "unknown key"),
        (inside(b'"x": ' + b"[" * 40 + b"]" * 40), "deeper than 32"),
        (inside(b'"x": ' + b'{"a":' * 40 + b"1" + b"}" * 40), "deeper than 32"),
        (data(plain(format="workbench-case/2")), "$.format"),
        (data(plain(entries={})), "$.entries"),
        (data(plain(case={})), "missing: `crn`"),
        (data(plain(cards=[{}])), "$.cards[0]"),
        (data(plain(erased=[{"header": ""}])), "$.erased[0]"),
        (data(plain(definitions={"x": {"a": "b" * (MEGABYTE + 1)}})), "$.definitions.x"),
    ],
)
def test_what_is_no_case_file_is_refused_with_its_place(raw: bytes, says: str) -> None:
    """One printable line, never long."""
    assert says in refusal(raw)


def test_every_field_is_typed() -> None:
    """Each field of an item with a value of another kind, and each needed one left out."""
    item = plain()["entries"][1]
    for key in ("form", "version", "at", "author", "answers", "status"):
        left = {name: value for name, value in item.items() if name != key}
        assert "$.entries[0]" in refusal(data(plain(entries=[left])))
    for key in casefile.Item.__struct_fields__:
        if key != "answers":
            assert "$.entries[0]" in refusal(data(plain(entries=[{**item, key: {"not": "this"}}])))
    assert "$.entries[0]" in refusal(data(plain(entries=[{**item, "other": 1}])))


def test_limits_hold_at_their_numbers() -> None:
    """20,000 entries are read, one more is not; so for the answers of one entry and the cards."""
    item = plain()["entries"][2]
    assert len(casefile.read(data(plain(entries=[item] * 20_000))).entries) == 20_000
    assert "20,000 entries" in refusal(data(plain(entries=[item] * 20_001)))
    long = {**item, "answers": {"note": "x" * MEGABYTE}}
    assert "$.entries[0].answers" in refusal(data(plain(entries=[long])))


def test_the_schema_names_every_key() -> None:
    """What `schema case` prints is what is read."""
    told = casefile.schema()
    assert set(told["$defs"]["CaseFile"]["properties"]) == set(CaseFile.__struct_fields__)  # type: ignore[index]
