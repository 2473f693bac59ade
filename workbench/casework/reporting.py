"""Reports: released for their reader, drawn in the worker, searched for leaks, and issued as an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.casework.desk import Desk
from workbench.casework.recording import places_of, sign, start
from workbench.errors import NotFound, Refused
from workbench.models.records import FileRef
from workbench.models.released import ALL, Chosen, Picture, ReleasedCase, ReleasedDuty, Rendered, Withheld
from workbench.models.results import Changes, Duty
from workbench.reports import context, library, worker
from workbench.reports.dictionary import Dictionary
from workbench.resources import Text, say
from workbench.rules import access, states
from workbench.store import attachments

if TYPE_CHECKING:
    from workbench.reports import leak

OVER = frozenset({"met", "met-late", "ended"})
KEEPERS = frozenset({"file", "receiving-officer", "spo", "review"})


class Drawn(msgspec.Struct, frozen=True):
    """A finished report that may leave once a person has read what is listed.

    `gaps` say what must be recorded before it can be issued; `to_tick` are words for a person to look at
    one by one; `sentences` tell which versions each sentence rests on.
    """

    report: str
    audience: str
    format: str
    language: str
    data: bytes
    sha256: str
    pages: int
    gaps: tuple[str, ...]
    to_tick: tuple[str, ...]
    withheld: Withheld
    sentences: tuple[tuple[str, tuple[str, ...]], ...]
    hashes: dict[str, str]
    released: ReleasedCase


def release(
    desk: Desk, case: str, audience: str, language: str, whole: str = ""
) -> tuple[ReleasedCase, Withheld]:
    """A case cut to one audience, and what was held back from it; `whole` is an entry to be read in full."""
    # Paper leads nowhere: an address is written out, for those who keep the record.
    held, day = desk.case(case), desk.today.isoformat()
    places = places_of(held) if whole and audience in KEEPERS else {}
    return access.release(
        held,
        audience,
        book=desk.book,
        shapes=desk.shapes,
        facts=desk.library.facts,
        authors=desk.author,
        as_of=day,
        names=places,
        crn=desk.store.case_row(case).crn,
        language=language,
        duties=_owed(desk, case, language),
        sample=desk.about.sample,
        whole=whole,
    )


def _owed(desk: Desk, case: str, language: str) -> tuple[ReleasedDuty, ...]:
    """What is still owed in a case, the most pressing first, in one language."""
    whole = desk.case(case)
    kept = desk.store.duties(whole.id) if desk.known_until is None else desk.outcome(whole).duties
    duties = sorted(kept, key=lambda duty: states.pressing(duty, desk.now))
    return tuple(
        ReleasedDuty(duty.rule, _asked(desk, duty, language), duty.owed_by, state, duty.due)
        for duty in duties
        if (state := states.state(duty, desk.now)) not in OVER
    )


def _asked(desk: Desk, duty: Duty, language: str) -> str:
    """What a duty asks for, in one language: the words of its rule, where they are those of the duty."""
    book = desk.book
    found = book.rules.get(duty.rule) or book.prompts.get(duty.rule) or book.events.get(duty.rule)
    parts = (*getattr(found, "variants", ()), *getattr(found, "steps", ()))
    asked = [found.asks, *(part.asks for part in parts)] if found else []
    return next((say(text, language) for text in asked if say(text) == duty.asks), duty.asks)


class Prepared(msgspec.Struct, frozen=True):
    """A case released for one report and reader, ready to be drawn without the store.

    `blocks` are the sections that the region writes in its own way.
    """

    report: str
    language: str
    released: ReleasedCase
    withheld: Withheld
    chosen: Chosen = ALL
    blocks: Mapping[str, str] = {}


def prepare(
    desk: Desk, report: str, case: str, audience: str, language: str = "en", chosen: Chosen = ALL
) -> Prepared:
    """Releases a case for one report and reader; logged, since somebody is about to read it.

    `chosen` narrows the chronology of reports that have one (days inclusive), and says what the copy is for.

    Raises:
        NotFound: there is no such report, or the entry chosen is not there for this reader.
        Refused: it is not written for this audience, or what was chosen does not fit it.
    """
    blocks = desk.laid.blocks
    definition = library.Library(blocks=blocks).definition(report)
    if audience not in definition.report.audiences:
        raise Refused(
            f"The report '{say(definition.report.title)}' is not written for {audience}.",
            f"It is for: {', '.join(definition.report.audiences)}.",
        )
    library.check_chosen(definition.report, chosen)
    released, withheld = release(desk, case, audience, language, chosen.entry)
    if chosen.entry:
        released = _alone(released, chosen.entry)
    desk.log("reported", case=case, detail=f"{report} for {audience}")
    return Prepared(report, language, released, withheld, chosen, blocks)


def _alone(released: ReleasedCase, entry: str) -> ReleasedCase:
    """The case with this entry alone; its finished file is still searched for all that is held back of the case.

    Raises:
        NotFound: it was taken out of the record, or is kept from this reader.
    """
    alone = tuple(
        each for each in released.entries if each.entry == entry and each.status not in context.GONE
    )
    if not alone:
        raise NotFound(
            "That entry cannot be put on paper for this reader.",
            "It was taken out, or is kept to named people.",
        )
    return msgspec.structs.replace(released, entries=alone)


def render(prepared: Prepared, format: str) -> Drawn:
    """Draws what was prepared and searches the finished bytes; touches no store, so any thread may wait for it.

    Raises:
        Refused: something withheld stands in the finished file.
    """
    # It reads every format that is drawn: what it loads, no other command waits for.
    from workbench.reports import leak

    report, released, withheld = prepared.report, prepared.released, prepared.withheld
    reports = library.Library(blocks=prepared.blocks)
    rendered = worker.render(
        released, report, format, prepared.language, chosen=prepared.chosen, reports=reports
    )
    name = library.file_name(report, released.audience, released.as_of, format)
    asked = (words for entry in released.entries for words in entry.asks.values())
    fixed = "\n".join((library.fixed_words(reports, report, prepared.language), *asked))
    found = leak.search(rendered.data, format, name, released, withheld, Dictionary(), fixed)
    if found.stops:
        places = ", ".join(sorted({stop.path or stop.where for stop in found.stops}))
        raise Refused(
            f"The report was stopped: it would have shown what is withheld from {released.audience} ({places}).",
            "Take it out of the text it stands in, or record its release to this reader.",
        )
    gaps = context.unmet(released, reports.definition(report).report, prepared.language)
    if one := prepared.chosen.entry:
        of_it = tuple(value for value in withheld.values if value.entry == one)
        withheld = msgspec.structs.replace(withheld, values=of_it)
    return _drawn(report, format, rendered, released, withheld, gaps, found)


def draw(
    desk: Desk,
    report: str,
    case: str,
    audience: str,
    format: str,
    language: str = "en",
    chosen: Chosen = ALL,
) -> Drawn:
    """Draws a report for one audience and searches the finished bytes; nothing is written anywhere.

    Raises:
        NotFound: there is no such report.
        Refused: it is not written for this audience, or something withheld stands in the finished file.
    """
    return render(prepare(desk, report, case, audience, language, chosen), format)


class Offered(msgspec.Struct, frozen=True):
    """A report that can be drawn: its title, its readers, and the kinds of its chronology, in words.

    `whole` says whether it is about one entry.
    """

    report: str
    title: Text
    audiences: dict[str, Text]
    kinds: dict[str, Text] = {}
    whole: bool = False


def offered() -> tuple[Offered, ...]:
    """Every report there is, in order of its id."""
    found = (library.Library().definition(report) for report in library.Library().ids())
    return tuple(
        Offered(
            each.report.report,
            each.report.title,
            {reader: each.words[f"audience_{reader}"] for reader in each.report.audiences},
            {
                told.kind: each.words[f"kind_{told.kind}"]
                for told in each.report.reads.chronology
                if f"kind_{told.kind}" in each.words
            },
            each.report.reads.whole == "yes",
        )
        for each in found
    )


def file_name(drawn: Drawn) -> str:
    """The name a copy is offered under; no person's name stands in it."""
    return library.file_name(drawn.report, drawn.audience, drawn.released.as_of, drawn.format)


def page_pictures(data: bytes, pages: range, scale: float) -> tuple[Picture, ...]:
    """Pages of a PDF we drew, as pictures; `scale` 1.0 is 72 dots an inch."""
    from workbench.reports import pictures

    return pictures.of_pages(data, pages, scale)


def _drawn(
    report: str,
    format: str,
    rendered: Rendered,
    released: ReleasedCase,
    withheld: Withheld,
    gaps: tuple[str, ...],
    found: leak.Search,
) -> Drawn:
    return Drawn(
        report=report,
        audience=released.audience,
        format=format,
        language=released.language,
        data=rendered.data,
        sha256=hashlib.sha256(rendered.data).hexdigest(),
        pages=rendered.pages,
        gaps=gaps,
        to_tick=tuple(dict.fromkeys(tick.words for tick in found.ticks)),
        withheld=withheld,
        sentences=rendered.sentences,
        hashes=rendered.hashes,
        released=released,
    )


def may_print(desk: Desk, report: str) -> None:
    """Stops a report that the region keeps off paper; whatever is printed elsewhere is beyond this program.

    Raises:
        Refused: the region does not let it be printed.
    """
    if report in desk.laid.policy.not_printed:
        raise Refused(
            "Your region does not let this report be printed.",
            "Show it on the screen, or ask your administrator.",
        )


def issue(
    desk: Desk, case: str, drawn: Drawn, answers: Mapping[str, Any], ticked: tuple[str, ...]
) -> Changes:
    """Issues a report: the very file is kept, encrypted, and an entry signs its hash, reader and basis.

    `answers` are those the person gives (recipient, lawful basis, that the withheld list was read).

    Raises:
        Refused: something it must hold is not recorded, or a listed word was not ticked.
    """
    if drawn.gaps:
        raise Refused(f"The report cannot be issued yet. {drawn.gaps[0]}", "Record it, then draw it again.")
    left = [words for words in drawn.to_tick if words not in ticked]
    if left:
        raise Refused(
            f"Somebody must look at {left[0]!r} before it leaves.", "Tick each word that may stand."
        )
    sha256, kind = attachments.put(
        desk.store.folder, desk.store.connection, drawn.data, desk.stamp(), desk.ids.bytes(32)
    )
    session = start(desk, case, "report-issued")
    session.restore(
        {
            "report": drawn.report,
            "audience": drawn.audience,
            "sha256": sha256,
            "file": sha256,
            "format": drawn.format,
            "program": drawn.hashes["program"],
            "template_sha256": drawn.hashes["template"],
            "fonts_sha256": drawn.hashes["fonts"],
            "withheld": len(drawn.withheld.values),
            "withheld_list": [
                {
                    "id": desk.ids.new(),
                    "what": f"{value.how}: {value.path}",
                    "why": ", ".join(value.marks) or value.how,
                }
                for value in drawn.withheld.values
            ],
            **answers,
        }
    )
    name = library.file_name(drawn.report, drawn.audience, drawn.released.as_of, drawn.format)
    return sign(desk, case, session, files=(FileRef(len(drawn.data), name, sha256, kind),))


def issued_file(desk: Desk, sha256: str) -> bytes:
    """The file of an issued report, exactly as it left."""
    return attachments.get(desk.store.folder, desk.store.connection, sha256)
