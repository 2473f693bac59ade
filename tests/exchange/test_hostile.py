"""Files made to harm: refused whole by the command line, quickly, in little memory, with nothing changed."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import PASSPHRASE, Stores
from tests.exchange.build import CARD, data, plain, refused_rows, signed, snapshot
from workbench.casework import guarding
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.cli.main import main
from workbench.errors import Expected

MEGABYTE = 1024**2
SECONDS = 5.0
MOST_MEMORY = 300 * MEGABYTE


def inside(extra: bytes) -> bytes:
    """A valid file with one more key."""
    return data(plain())[:-1] + b"," + extra + b"}"


def many(count: int, **changes: Any) -> list[dict[str, Any]]:
    """Contacts with ids of their own."""
    contact = plain()["entries"][2]
    return [{**contact, "id": f"e{n}", **changes} for n in range(count)]


def ring(count: int) -> list[dict[str, Any]]:
    """Contacts that amend one another in a ring."""
    found = many(count, status="superseded")
    for n, item in enumerate(found):
        item["amends"] = f"e{(n - 1) % count}"
    return found


def small() -> dict[str, bytes]:
    """Small files, each harmful in its own way."""
    return {
        "nothing": b"",
        "not text": bytes(range(256)),
        "another format": b'{"format": "workbench-bundle/1"}',
        "deep": b'{"format":' * 5000 + b"1" + b"}" * 5000,
        "a key twice": inside(b'"format": "workbench-case/1"'),
        "a number without end": inside(b'"x": ' + b"9" * 100_000),
        "not a number": inside(b'"x": NaN'),
        "a terminal's control": inside(b'"\\u001b[2J\\u0007": 1'),
        "half a letter": data(plain(case={"crn": "\ud800"})),
        "a ring": data(plain(entries=ring(50))),
        "a broken signature": data(signed(signature=bytes(64))),
        "no card": data({**signed(), "cards": []}),
        "a path for an id": data(signed({"id": "../../store.json"})),
        "a day that is none": data(signed({"on": "yesterday"})),
    }


def large() -> Iterator[tuple[str, bytes]]:
    """Files that would fill the memory or the day."""
    yield "over 64 MB", b" " * (64 * MEGABYTE + 1)
    yield "one wide text", inside(b'"x": "\xf0\x9f\x99\x82' + b"a" * (60 * MEGABYTE) + b'"')
    yield "numbers", inside(b'"x": [' + b"1," * 1_999_000 + b"1]")
    yield "objects", inside(b'"x": [' + b"{}," * 1_900_000 + b"1]")
    yield "keys", inside(b'"x": {' + b",".join(b'"k%d" : 1' % n for n in range(1_000_000)) + b"}")
    definition = b'{"a":[' + b'"b",' * 200_000 + b'"c"]}'
    definitions = b",".join(b'"%064d":%s' % (n, definition) for n in range(9))
    yield "definitions", inside(b'"definitions": {' + definitions + b"}")
    yield "cards", data({**signed(), "cards": [msgspec.to_builtins(CARD)] * 20_000})
    yield "a ring of 20,000", data(plain(entries=ring(20_000)))
    acts = {"act": "countersign", "at": "2025-03-03T09:00:00Z", "author": {"name": "x", "role": "spo"}}
    yield "acts", data(plain(entries=many(1, acts=[acts] * 200_000)))


@pytest.fixture
def held(stores: Stores) -> tuple[Desk, list[str]]:
    """A store with one case, closed, and the options that open it."""
    desk = stores.desk()
    bring(desk, data(plain()), "case.json")
    desk.close()
    secret = stores.folder / "passphrase"
    secret.write_text(PASSPHRASE)
    return desk, ["--store", str(stores.folder / "store"), "--passphrase-file", str(secret)]


def test_small_ones_are_refused_by_the_command_line(
    held: tuple[Desk, list[str]], stores: Stores, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, one sentence on stderr with place and reason, the list of cases byte-equal, one row `refused` each."""
    options = held[1]
    assert main(["cases", "--json", *options]) == 0
    before = capsys.readouterr().out
    (tmp_path / "files").mkdir()
    for name, raw in small().items():
        (tmp_path / "files" / f"{name}.json").write_bytes(raw)
    for name in small():
        assert main(["import", str(tmp_path / "files" / f"{name}.json"), *options]) == 1, name
        told = capsys.readouterr()
        assert told.out == ""
        assert len(told.err.splitlines()) == 1
        assert told.err.startswith(f"{name}.json: ")
        assert told.err.strip().isprintable()
    assert main(["import", str(tmp_path / "files"), *options]) == 1
    assert len(capsys.readouterr().err.splitlines()) == len(small())
    assert main(["cases", "--json", *options]) == 0
    assert capsys.readouterr().out == before
    desk = stores.open()
    assert refused_rows(desk) == 2 * len(small())
    assert all(check.ok for check in guarding.verify(desk))


CHILD = """
import sys, time
from pathlib import Path
from workbench.cli.main import main
for path in sorted(Path(sys.argv[1]).iterdir()):
    began = time.process_time()
    code = main(["import", str(path), *sys.argv[2:]])
    print(f"{path.stem}|{code}|{time.process_time() - began}")
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(f"peak|{peak.split()[1]}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read where the system tells it")
def test_large_ones_are_refused_within_seconds_and_memory(
    held: tuple[Desk, list[str]], stores: Stores, tmp_path: Path
) -> None:
    """In a process of its own, which takes them one after another: processor seconds each, memory of the worst."""
    folder = tmp_path / "large"
    folder.mkdir()
    names = []
    for name, raw in large():
        (folder / name).write_bytes(raw)
        names.append(name)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), *held[1]], capture_output=True, text=True, check=True
    )
    print(done.stdout)
    *rows, (_, peak) = (line.split("|") for line in done.stdout.splitlines())
    assert {name: code for name, code, _ in rows} == dict.fromkeys(names, "1")
    assert {name: took for name, _, took in rows if float(took) > SECONDS} == {}
    assert int(peak) * 1024 < MOST_MEMORY
    assert len(done.stderr.splitlines()) == len(names)
    desk = stores.open()
    assert refused_rows(desk) == len(names)


# Valid files spoilt at random


def places(node: Any, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every path of a file."""
    yield before
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from places(value, (*before, key))


def valid() -> dict[str, Any]:
    """A small file with something of everything: amended, countersigned, marked, with a file, and signed."""
    file = plain()
    level = file["entries"][1]
    author = {"name": "Sam Spo", "role": "spo"}
    act = {"act": "countersign", "at": "2025-02-07T09:00:00Z", "author": author}
    level.update(status="superseded", marks={"who": ["police"]})
    file["entries"].append(
        {
            **level,
            "id": "again",
            "amends": "level",
            "because": "More.",
            "status": "countersigned",
            "acts": [act],
        }
    )
    stranger = signed({"form": file_form(), "id": OTHER, "entry": OTHER})
    file["entries"] += stranger["entries"]
    file["cards"] = stranger["cards"]
    file["case"] = stranger["case"]
    return file


def file_form() -> list[Any]:
    """How a heading names the RoSH form."""
    from workbench.forms import library

    form = library.load().form("rosh")
    return [form.form, form.version, form.sha256]


OTHER = "0e000000-0000-4000-8000-000000000002"
VALID = valid()
PLACES = [place for place in places(VALID) if place]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(
        ["", "signed", "level", "2025-02-30", "0001-01-01", "9999-12-31T23:59:59Z", "../x", OTHER]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "replace", "double", "swap"]), st.sampled_from(PLACES), VALUES),
    min_size=1,
    max_size=3,
)


def spoil(file: Any, how: str, place: tuple[str | int, ...], value: Any) -> None:
    """Changes one place of a file, where it is still there."""
    *path, last = place
    try:
        for key in path:
            file = file[key]
        if how == "drop":
            del file[last]
        elif how == "replace":
            file[last] = value
        elif how == "double" and isinstance(file, list):
            file.append(copy.deepcopy(file[last]))
        elif how == "swap" and isinstance(file, list):
            file[last], file[0] = file[0], file[last]
    except (KeyError, IndexError, TypeError):
        return


class Taker:
    """A store that takes spoilt files: an empty one as long as all are refused, then another empty one."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._made = 0
        self._desk = stores.desk("0")

    def take(self, raw: bytes) -> None:
        """A file is taken whole or refused whole; nothing else may happen."""
        desk = self._desk
        before, rows = snapshot(desk), refused_rows(desk)
        says = ""
        try:
            bring(desk, raw, "case.json")
        except Expected as error:
            says = error.says
        if says:
            assert says.isprintable()
            assert (snapshot(desk), refused_rows(desk)) == (before, rows + 1)
            return
        assert bring(desk, raw, "case.json").new == 0
        assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)
        for row in desk.store.cases():
            assert bring(desk, export(desk, row.case), "case.json").new == 0
        if desk.store.cases():
            desk.close()
            self._made += 1
            self._desk = self._stores.desk(str(self._made))


@pytest.fixture(scope="module")
def taker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taker]:
    """One for many examples."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("spoilt")
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
            patch.setenv(name, str(folder / "home"))
        made = Stores(folder)
        yield Taker(made)
        made.close()


@settings(max_examples=int(os.environ.get("WORKBENCH_EXAMPLES", "40")))
@given(changes=CHANGES)
def test_a_spoilt_file_is_taken_whole_or_refused_whole(
    taker: Taker, changes: list[tuple[str, tuple[str | int, ...], Any]]
) -> None:
    """Never a fault of the program, never a part of a file."""
    file = copy.deepcopy(VALID)
    for how, place, value in changes:
        spoil(file, how, place, value)
    try:
        raw = json.dumps(file).encode()
    except (ValueError, UnicodeEncodeError):
        return
    taker.take(raw)


@settings(max_examples=int(os.environ.get("WORKBENCH_EXAMPLES", "40")))
@given(place=st.integers(0, len(data(VALID)) - 1), length=st.integers(0, 60), middle=st.binary(max_size=8))
def test_a_file_with_changed_bytes_is_taken_whole_or_refused_whole(
    taker: Taker, place: int, length: int, middle: bytes
) -> None:
    """Cut, overwritten, with something put in."""
    raw = data(VALID)
    taker.take(raw[:place] + middle + raw[place + length :])
