"""Who may read an entry: the people named when it was signed, or by a later entry about its readers."""

from __future__ import annotations

from workbench.models.fold import Case

FORM = "readers"


def kept(case: Case) -> dict[str, frozenset[str]]:
    """The entries kept to named people, by entry id, with the names (or person ids) of those who may read.

    A later readers entry takes the place of an earlier one and of what was named at signing; of several
    that had not seen each other, only whom all of them name may read.
    """
    found: dict[str, frozenset[str]] = {}
    for entry in case.entries.values():
        for version in entry.live:
            if version.content is not None and version.content.readers is not None:
                found[entry.id] = frozenset(version.content.readers)
    said: dict[str, list[frozenset[str]]] = {}
    for about in case.of_form(FORM):
        answers = about.head.answers()
        if answers.get("scope") == "entry":
            names = frozenset(str(row.get("reader")) for row in answers.get("readers", ()))
            said.setdefault(str(answers.get("entry")), []).append(names)
    for entry_id, lists in said.items():
        found[entry_id] = frozenset.intersection(*lists)
    return found
