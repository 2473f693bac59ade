"""What stands on every page of a file, whichever writer makes it."""

from __future__ import annotations

import msgspec

from workbench.models.released import ReleasedCase, ReleasedEntry
from workbench.reports.days import day_text
from workbench.reports.template import clean

# As much of a version id as a person can compare by eye.
SHORT = 8


class Page(msgspec.Struct, frozen=True):
    """Whose case, which version, for whom, signed or a draft; in one language."""

    title: str
    whose: str
    status: str
    reader: str
    facts_of: str
    version: str
    sample: bool
    language: str
    words: dict[str, str]


def page(
    case: ReleasedCase, rests: ReleasedEntry | str | None, title: str, language: str, words: dict[str, str]
) -> Page:
    """The page furniture for a case and the entry that the report rests on (None: never made).

    A report that rests on the record as a whole has the hash of the released record instead.

    The title is fixed words: it stands in metadata and holds no name and no CRN.
    """
    return Page(
        title=title,
        whose=clean(
            f"{_shown(case.name.text, case.name.cut, words)} · {_shown(case.crn.text, case.crn.cut, words)}"
        ),
        status=_status(rests, words),
        reader=words[f"audience_{case.audience}"],
        facts_of=day_text(case.as_of, language),
        version=_version(rests)[:SHORT] or words["no_version"],
        sample=case.sample,
        language=language,
        words=words,
    )


def _shown(text: str, cut: str, words: dict[str, str]) -> str:
    return words["withheld"] if cut == "withheld" else text


def _version(rests: ReleasedEntry | str | None) -> str:
    return rests.version if isinstance(rests, ReleasedEntry) else rests or ""


def _status(entry: ReleasedEntry | str | None, words: dict[str, str]) -> str:
    """Signed as the entry is signed; anything that was not signed is a draft, unless it rests on no one entry."""
    if isinstance(entry, str):
        return words["compiled"]
    if entry is None or entry.status not in {"signed", "countersigned", "returned"}:
        return words["draft"]
    return words[entry.status]
