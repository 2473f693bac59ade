"""Rows as a person reads them on a terminal; whoever wants every key asks for --json."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Row = dict[str, Any]
# What a person cannot use on a terminal.
IDS = frozenset(["case", "entry", "version", "duty", "finding", "of", "sha256", "detail"])
HEADINGS = {"due": "What is due", "findings": "Look at", "facts": "What is known", "latest": "Latest entries"}


def as_text(found: list[Row] | Row) -> str:
    """The lines of a list, or of one object with its lists under headings."""
    if isinstance(found, list):
        return "\n".join(_line(row) for row in found) if found else "Nothing."
    if not any(keys <= set(found) for keys, _ in _KINDS):
        return "\n".join(_outline(found))
    lines = [_line({key: value for key, value in found.items() if key not in HEADINGS})]
    for key, heading in HEADINGS.items():
        if isinstance(found.get(key), list):
            rows = [f"  {_line(row)}".replace("\n", "\n  ") for row in found[key]] or ["  Nothing."]
            lines += ["", heading, *rows]
    return "\n".join(lines)


def _outline(found: object, margin: str = "") -> Iterator[str]:
    """A definition as it stands in its file, in English: what is long stands under its name."""
    for key, value in found.items() if isinstance(found, dict) else enumerate(found):  # type: ignore[arg-type]
        name = f"{margin}{key}:" if isinstance(found, dict) else f"{margin}-"
        said = value["en"] if isinstance(value, dict) and value.keys() == {"en", "cy"} else value
        flat = isinstance(said, list | tuple) and not any(isinstance(each, dict | list) for each in said)
        if said in (None, "", [], (), {}):
            continue
        if flat or not isinstance(said, dict | list | tuple):
            yield f"{name} {_value(list(said) if isinstance(said, tuple) else said)}"
        else:
            yield name
            yield from _outline(said, f"{margin}  ")


def _line(row: Row) -> str:
    for keys, write in _KINDS:
        if keys <= set(row):
            return write(row)
    return _plain(row)


def _due(row: Row) -> str:
    day = row["due_at"] or row["due"] or "no date"
    line = f"{row['state']:<12} {day:<10}  {row['crn']}  {row['asks']}\n    {row['because']['says']}"
    steps = [
        f"    {'x' if step['done'] else '-'} {step['asks']} ({step['when']})" for step in row.get("steps", ())
    ]
    return "\n".join([line, *steps])


def _finding(row: Row) -> str:
    return f"{row['level']:<8} {row['crn']}  {row['says']}"


def _fact(row: Row) -> str:
    accounts = "; ".join(f"{each['value']} ({each['by']['name']})" for each in row["disputed"])
    value = f"two accounts: {accounts}" if accounts else _value(row["value"])
    return f"{row['fact']:<26} {value}  (since {row['from']})"


def _entry(row: Row) -> str:
    return f"{str(row['on'])[:10]}  {row['title']:<36} {row['by']['name']}  {row['status']}"


def _case(row: Row) -> str:
    mappa = row["mappa"]
    told = [
        f"RoSH {row['rosh'] or 'not recorded'}",
        f"MAPPA {mappa['category'] or '?'}/{mappa['level'] or '?'}",
    ]
    told += [f"next due {row['next_due']}"] if row["next_due"] else []
    told += [f"{row['overdue']} overdue"] if row["overdue"] else []
    told += ["RECALL OPEN"] if row["open_recall"] else []
    told += [f"read with {each['crn']}" for each in row["linked"]]
    told += ["sample"] if row["sample"] else []
    return f"{row['crn']:<9} {row['name'] or 'no name':<34} {', '.join(told)}"


def _hit(row: Row) -> str:
    old = " (superseded)" if row["superseded"] else ""
    return f"{row['crn']}  {str(row['on'])[:10]}  {row['form']}{old}: {row['extract']}"


def _log(row: Row) -> str:
    return f"{row['at'][:19]}  {row['who']}  {row['what']}  {row['why'] or ''}".rstrip()


def _plain(row: Row) -> str:
    return "  ".join(
        f"{key}: {_value(value)}"
        for key, value in row.items()
        if key not in IDS and not isinstance(value, dict) and value not in (None, "", False, [])
    )


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_KINDS: tuple[tuple[set[str], Callable[[Row], str]], ...] = (
    ({"duty", "state", "asks"}, _due),
    ({"finding", "level", "says"}, _finding),
    ({"fact", "disputed"}, _fact),
    ({"entry", "title", "by", "status"}, _entry),
    ({"crn", "mappa", "next_due"}, _case),
    ({"extract", "superseded"}, _hit),
    ({"seq", "who", "what"}, _log),
)
