"""Who owes a duty: a role of the rule, resolved to a person, and never to nobody."""

from __future__ import annotations

from workbench.rules.record import Record

# Whose name is asked for, in turn, where a role has nobody.
_NAMES = {"practitioner": "officer.name", "pso": "officer.name", "spo": "spo.name", "aco": "aco.name"}
_NEXT = {"practitioner": "spo", "pso": "spo"}


def owner(record: Record, role: str) -> tuple[str, str]:
    """The role and the name that owe: where a practitioner is not named, the SPO; failing both, the holder."""
    asked: str | None = role
    while asked is not None:
        name = _named(record, _NAMES.get(asked, ""))
        if name is not None:
            return asked, name
        asked = _NEXT.get(asked)
    holder = _named(record, "case.held_by")
    return role, holder or record.book.say("holder", record.language)


def people(record: Record, facts: tuple[str, ...]) -> tuple[str, ...]:
    """The names that stand under these facts; of accounts that differ, every one."""
    names: dict[str, None] = {}
    for fact in facts:
        names.update(dict.fromkeys(str(value) for value in record.view().resolved(fact).values))
    return tuple(names)


def _named(record: Record, fact: str) -> str | None:
    value = record.view().value(fact)
    return value if isinstance(value, str) else None
