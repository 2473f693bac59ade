"""The worker: one spawned process a job, which gets bytes, gives bytes, and holds nothing else.

It is never forked (a forked child would hold the data key), gets no path to a store and no environment,
and cannot write a file. Both ways only msgspec bytes travel.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from workbench import __version__
from workbench.errors import BadDefinition, BadInput, Refused
from workbench.models.released import ALL, Chosen, ReleasedCase, Rendered
from workbench.reports import library
from workbench.reports.library import LANGUAGES, Library

FORMATS = ("pdf", "docx", "html")
MEMORY_BYTES = 1_000_000_000
# How often a waiting parent looks whether somebody cancelled.
LOOK_SECONDS = 0.05


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """What the worker sends instead of a file: a sentence, and whether the template is at fault."""

    says: str
    definition: bool = False


class Made(msgspec.Struct, frozen=True, tag="made"):
    """What the worker sends when the file is finished."""

    rendered: Rendered


class Worker:
    """One job in a process of its own."""

    def __init__(self, job: bytes, seconds: float) -> None:
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        self._seconds = seconds
        self._began = time.monotonic()
        self._connection = here
        self.process = spawn.Process(target=_work, args=(there, int(seconds) + 1), daemon=True)
        self.process.start()
        there.close()
        self._connection.send_bytes(job)

    def ready(self) -> bool:
        """Whether an answer waits, or the worker has ended without one."""
        return bool(self._connection.poll(LOOK_SECONDS))

    def result(self, cancelled: Callable[[], bool] = lambda: False) -> Rendered:
        """Waits for the finished file.

        Raises:
            Refused: it was cancelled, took too long, or the worker died.
            BadDefinition: the template is at fault.
        """
        try:
            while not self.ready():
                if cancelled():
                    raise Refused("The report was cancelled.", "Nothing was written.")
                if time.monotonic() - self._began > self._seconds:
                    raise Refused(
                        f"The report took longer than {self._seconds:g} seconds.",
                        "Choose a shorter period, or try again.",
                    )
            answer = msgspec.msgpack.decode(self._connection.recv_bytes(), type=Made | Failed)
        except (EOFError, OSError):
            raise Refused(
                "The report could not be drawn.", "Choose a shorter period, or try again."
            ) from None
        finally:
            self.stop()
        if isinstance(answer, Failed):
            raise BadDefinition(answer.says) if answer.definition else Refused(answer.says)
        return answer.rendered

    def stop(self) -> None:
        """Ends the process at once, whatever it is doing."""
        self._connection.close()
        self.process.kill()
        self.process.join()


def render(
    released: ReleasedCase,
    report_id: str,
    format: str,
    language: str,
    timeout: float = 60.0,
    cancelled: Callable[[], bool] = lambda: False,
    chosen: Chosen = ALL,
    reports: Library | None = None,
) -> Rendered:
    """The finished file of a report for the audience that the case was released to.

    `timeout` in seconds; `cancelled` is asked twenty times a second; `reports` are those of the program
    where none are given.

    Raises:
        NotFound: there is no such report.
        Refused: the report is not written for this audience, was cancelled, or took too long.
        BadInput: no such format or language.
        BadDefinition: the template is at fault.
    """
    job = job_bytes(reports or Library(), released, report_id, format, language, chosen)
    return Worker(job, timeout).result(cancelled)


def render_here(reports: Library, released: ReleasedCase, report_id: str, format: str) -> Rendered:
    """The same file drawn in this process: for invented cases and templates of our own, never for a store's.

    Raises as `render` does.
    """
    message = job_bytes(reports, released, report_id, format, released.language)
    answer = _answer(message)
    if isinstance(answer, Failed):
        raise BadDefinition(answer.says) if answer.definition else Refused(answer.says)
    return answer.rendered


def job_bytes(
    reports: Library,
    released: ReleasedCase,
    report_id: str,
    format: str,
    language: str,
    chosen: Chosen = ALL,
) -> bytes:
    """The message that asks the worker for one file; raises as `render` does."""
    if format not in FORMATS:
        raise BadInput(f"There is no format {format!r}.", next_step=f"Formats: {', '.join(FORMATS)}.")
    if language not in LANGUAGES:
        raise BadInput(f"There is no language {language!r}.", next_step="Languages: en, cy.")
    definition = reports.definition(report_id)
    name, text = library.template_for(definition, released.audience)
    files = library.fonts()
    job = {
        "case": released,
        "report": definition.report,
        "format": format,
        "language": language,
        "words": definition.spoken(language),
        "template_name": f"reports/{report_id}/{name}",
        "template": text,
        "files": files,
        "chosen": chosen,
        "hashes": {
            "program": hashlib.sha256(f"workbench {__version__}".encode()).hexdigest(),
            "template": definition.sha256,
            "fonts": _hash_of(files),
        },
    }
    return msgspec.msgpack.encode(job)


def _hash_of(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _work(connection: Connection, cpu_seconds: int) -> None:
    """What the child does: limits itself, takes one job, answers, ends."""
    os.environ.clear()
    _limit(cpu_seconds)
    message = connection.recv_bytes()
    connection.send_bytes(msgspec.msgpack.encode(_answer(message)))
    connection.close()


def _answer(message: bytes) -> Made | Failed:
    # The libraries that draw are loaded here, so that the parent never holds them.
    from workbench.reports.drawing import Job, draw

    try:
        return Made(draw(msgspec.msgpack.decode(message, type=Job)))
    except BadDefinition as error:
        return Failed(error.says, definition=True)
    except MemoryError:
        return Failed("The report needs more memory than a report may have. Choose a shorter period.")
    except Exception as error:
        # Nothing but bytes leaves this process: a bug is told by its name, never with a value.
        return Failed(
            f"The report could not be drawn ({type(error).__name__}). This is a fault of the program."
        )


def _limit(cpu_seconds: int) -> None:
    """Sets what the system enforces where it can; the parent's own limit of time holds everywhere."""
    if sys.platform != "linux":
        return
    import resource

    _lower(resource, resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource, resource.RLIMIT_CPU, cpu_seconds)
    _lower(resource, resource.RLIMIT_CORE, 0)
    # No file at all: a write to disk fails, the pipe to the parent does not.
    _lower(resource, resource.RLIMIT_FSIZE, 0)


def _lower(resource: Any, limit: int, value: int) -> None:
    resource.setrlimit(limit, (value, value))
