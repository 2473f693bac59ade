"""The log: ids, counts and rule names, never content.

`note` takes named values of an allow-list and nothing else; a value that is not an id, a number or a
short fixed word is written as `<left out>`.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

ALLOWED = frozenset(
    [
        "case",
        "entry",
        "version",
        "device",
        "store",
        "rule",
        "form",
        "report",
        "count",
        "ms",
        "kind",
        "seq",
        "step",
        "error",
        "line",
        "file_kind",
        "pages",
        "bytes",
    ]
)
_SAFE = re.compile(r"[A-Za-z0-9_.:/-]{1,80}\Z")
_log = logging.getLogger("workbench")


def note(what: str, **values: object) -> None:
    """Writes one line: a fixed sentence of ours and allow-listed values."""
    told = [f"{name}={_safe(name, value)}" for name, value in sorted(values.items())]
    _log.info("%s %s", what, " ".join(told))


def bug(error: BaseException) -> str:
    """Writes where a bug happened (kind of error, file, line; never its message) and gives that place."""
    tail = error.__traceback__
    where = "?"
    while tail is not None:
        where = f"{Path(tail.tb_frame.f_code.co_filename).name}:{tail.tb_lineno}"
        tail = tail.tb_next
    place = f"{type(error).__name__} at {where}"
    _log.error("bug %s", place)
    return place


def to_file(path: Path) -> None:
    """Sends the log to `path` (created for this user alone)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


def _safe(name: str, value: object) -> str:
    if name not in ALLOWED:
        return "<left out>"
    if isinstance(value, bool | int):
        return str(value)
    return value if isinstance(value, str) and _SAFE.match(value) else "<left out>"
