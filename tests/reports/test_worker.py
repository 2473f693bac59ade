from __future__ import annotations

import multiprocessing
import os
import re
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest

from tests.reports.build import case, library, plan, rows
from workbench.errors import BadDefinition, BadInput, NotFound, Refused
from workbench.models.released import Withheld, WithheldValue
from workbench.reports import drawing, worker

# Made at run time, so that they stand in no source file that the child might read.
KEY = f"KEY-MARK-{os.urandom(16).hex()}".encode()
SECRET = f"WITHHELD-{os.urandom(16).hex()}"


def test_the_door_gives_a_finished_file() -> None:
    made = worker.render(case(), "release-plan", "html", "en")
    assert made.format == "html"
    assert made.data.startswith(b"<!DOCTYPE html>")
    assert made.sentences


@pytest.mark.parametrize(
    ("audience", "report", "format", "language", "error"),
    [
        ("court", "release-plan", "pdf", "en", Refused),
        ("file", "absent", "pdf", "en", NotFound),
        ("file", "release-plan", "odt", "en", BadInput),
        ("file", "release-plan", "pdf", "fr", BadInput),
    ],
)
def test_what_cannot_be_made_is_refused_before_a_process_starts(
    audience: str, report: str, format: str, language: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        worker.render(plan(audience), report, format, language)


def test_a_job_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match=r"longer than 0\.2 seconds"):
        worker.render(case(), "release-plan", "pdf", "en", timeout=0.2)
    assert time.monotonic() - began < 5


def test_a_cancelled_job_is_ended() -> None:
    job = worker.Worker(worker.job_bytes(library(), case(), "release-plan", "pdf", "en"), 60)
    with pytest.raises(Refused, match="cancelled"):
        job.result(lambda: True)
    assert job.process.exitcode is not None


def test_a_worker_that_dies_is_told() -> None:
    job = worker.Worker(worker.job_bytes(library(), case(), "release-plan", "pdf", "en"), 60)
    job.process.kill()
    job.process.join()
    with pytest.raises(Refused, match="could not be drawn"):
        job.result()


def changed(text: str) -> bytes:
    job = msgspec.msgpack.decode(
        worker.job_bytes(library(), case(), "release-plan", "html", "en"), type=drawing.Job
    )
    return msgspec.msgpack.encode(msgspec.structs.replace(job, template=text))


def test_a_fault_of_a_template_comes_back_as_a_sentence_with_its_line() -> None:
    with pytest.raises(BadDefinition, match=r"release-plan/plan.xml.j2:2: .*<b> may not stand"):
        worker.Worker(changed('<report title="t">\n<b/></report>'), 60).result()


def test_a_bug_is_told_by_its_name_and_without_a_value() -> None:
    with pytest.raises(Refused, match=r"fault of the program") as caught:
        worker.Worker(b"not a job " + SECRET.encode(), 60).result()
    assert SECRET not in caught.value.says


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_memory_of_the_worker_holds_neither_key_nor_withheld_value() -> None:
    withheld = Withheld("agencies", (WithheldValue("e", "v", "p", (), "no", SECRET, "person", True),), ())
    released = plan(
        "agencies", supervision="RELEASED-MARKER", contingency=rows(*[{"trigger": "x" * 900}] * 300)
    )
    job = worker.Worker(worker.job_bytes(library(), released, "release-plan", "html", "en"), 60)
    while not job.ready():
        pass
    # The answer is larger than the pipe: the worker stands still with all that it ever held.
    memory = memory_of(job.process.pid)
    rendered = job.result()
    assert b"RELEASED-MARKER" in memory
    assert b"RELEASED-MARKER" in rendered.data
    assert KEY not in memory
    assert withheld.values[0].text.encode() not in memory


def memory_of(pid: int | None) -> bytes:
    maps = Path(f"/proc/{pid}/maps").read_text()
    parts = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in re.findall(r"^([0-9a-f]+)-([0-9a-f]+) rw", maps, re.MULTILINE):
            memory.seek(int(start, 16))
            try:
                parts.append(memory.read(int(end, 16) - int(start, 16)))
            except OSError:
                continue
    return b"".join(parts)


def confess(connection: Connection) -> None:
    os.environ.clear()
    worker._limit(5)
    told = {"environment": len(os.environ)}
    try:
        with Path("should-not-be-written").open("wb") as file:
            file.write(b"x")
        told["wrote"] = 1
    except OSError:
        told["wrote"] = 0
    try:
        told["grew"] = len(bytearray(2_000_000_000))
    except MemoryError:
        told["grew"] = 0
    connection.send_bytes(msgspec.msgpack.encode(told))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")
def test_the_worker_can_neither_write_a_file_nor_grow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=confess, args=(there,))
    process.start()
    told = msgspec.msgpack.decode(here.recv_bytes())
    process.join()
    assert told == {"environment": 0, "wrote": 0, "grew": 0}
