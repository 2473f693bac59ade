"""Ways out of the record: misfiled, restricted, erased, a mark taken off; and dropping a handed-over copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from workbench.casework import refiling
from workbench.casework.desk import Desk
from workbench.casework.recording import start
from workbench.casework.signing import Signer, commit, destroy_files, form_name, said_of_act
from workbench.errors import NotFound, Refused
from workbench.models.amounts import counted
from workbench.models.fold import Case
from workbench.models.records import Version
from workbench.models.results import Changes

# How long the sender keeps a case that somebody else has accepted (ours).
DROP_AFTER = timedelta(days=28)


class Vanishing(msgspec.Struct, frozen=True):
    """What would leave the case as it stands, listed before an act is signed."""

    duties: tuple[str, ...]
    findings: tuple[str, ...]
    facts: tuple[str, ...]


def would_vanish(desk: Desk, case: str, versions: Iterable[str]) -> Vanishing:
    """The duties, findings and known facts that rest on these versions alone."""
    gone = set(versions)
    before = desk.case(case)
    kept = [version for version in before.versions() if version.id not in gone]
    after = Case(before.id, {}, {}).with_versions(kept)
    was, will = desk.outcome(before), desk.outcome(after)
    left_duties = {duty.duty for duty in will.duties}
    left_findings = {finding.finding for finding in will.findings}
    day, facts = desk.today.isoformat(), desk.library.facts
    known = {(found.fact, found.of) for found in after.facts(day, facts)}
    return Vanishing(
        tuple(duty.asks for duty in was.duties if duty.duty not in left_duties and not duty.met_by),
        tuple(finding.says for finding in was.findings if finding.finding not in left_findings),
        tuple(found.fact for found in before.facts(day, facts) if (found.fact, found.of) not in known),
    )


def restrict(desk: Desk, case: str, versions: Iterable[str], answers: Mapping[str, Any]) -> Changes:
    """Restricts versions of one entry: they leave the fold, search and reports, and stay for the people named."""
    version = _sign_act(desk, case, "restricted", versions, answers)
    return commit(desk, version.header.case, (version,), "recorded", detail=version.id, why=_why(answers))


def loosen(desk: Desk, case: str, versions: Iterable[str], answers: Mapping[str, Any]) -> Changes:
    """Takes a mark off an answer, as a second person agreed."""
    version = _sign_act(desk, case, "mark-loosened", versions, answers)
    return commit(desk, version.header.case, (version,), "recorded", detail=version.id, why=_why(answers))


def erase(desk: Desk, case: str, versions: Iterable[str], answers: Mapping[str, Any]) -> Changes:
    """Destroys the content of versions of one entry for ever; their headings stay, so that the chain still proves.

    Raises:
        Refused: a legal hold stands, or the person's role does not allow it.
    """
    _refuse_under_hold(desk, case)
    version = _sign_act(desk, case, "erased", versions, answers)
    return commit(desk, version.header.case, (version,), "recorded", detail=version.id, why=_why(answers))


def misfile(desk: Desk, case: str, versions: Iterable[str], answers: Mapping[str, Any]) -> Changes:
    """Takes what was filed on the wrong case out of it: content and headings go, a hash of each heading stays.

    Where the right case is named and held here, the words stand there first, so that nothing falls between.

    Raises:
        Refused: the right case is this one, or the person's role does not allow it.
    """
    right = refiling.right_case(desk, case, answers.get("right_case"))
    version = _sign_act(desk, case, "misfiled", versions, answers)
    if right is not None:
        entry = desk.case(case).entries[version.header.entry]
        refiling.refile(desk, right, entry, version.header.parents)
    return commit(desk, version.header.case, (version,), "recorded", detail=version.id, why=_why(answers))


def drop(desk: Desk, case: str) -> int:
    """Takes the content of a handed-over case away from this store; gives how many versions lost theirs.

    Linked cases go together; with its content gone, nothing here says any longer that they are one.
    Headings and the line in the list stay, nothing travels, and the case may come back by a file.

    Raises:
        Refused: nobody else has held the case for 28 calendar days (ours).
    """
    held = desk.case(case).known("case.held_by", None, desk.today.isoformat())
    since = held.claims[0].claim.from_ if held.known else None
    if held.value in (None, desk.device.card.name) or since is None:
        raise Refused("This case is held by you.", "Hand it over first; it is dropped 28 days after that.")
    left = date.fromisoformat(since) + DROP_AFTER - desk.today
    if left.days > 0:
        raise Refused(
            f"This case can be dropped in {counted(left.days, 'day')}.",
            "Until then somebody may ask you about it.",
        )
    versions = tuple(version for version in desk.case(case).versions() if version.content is not None)
    counts = Counter(version.header.case for version in versions)
    logs = {
        each: desk.logged("dropped", each, detail=counted(counts[each], "version"))
        for each in desk.links.together(case)
    }
    desk.store.drop(logs, desk.device.device, desk.device.card.name)
    desk.read_anew()
    destroy_files(desk, versions)
    return len(versions)


def _sign_act(
    desk: Desk, case: str, form: str, versions: Iterable[str], answers: Mapping[str, Any]
) -> Version:
    stood = desk.case(case)
    wanted = tuple(sorted(set(versions)))
    held = {version.id: version for version in stood.versions()}
    unknown = [name for name in wanted if name not in held]
    if unknown or not wanted:
        raise NotFound("Name the versions of this case that are meant.", "See 'workbench chronology'.")
    entries = {held[name].header.entry for name in wanted}
    if len(entries) > 1:
        raise Refused("One act names versions of one entry.", "Sign one act for each entry.")
    session = start(desk, case, form)
    session.restore(answers)
    entry = stood.entries[entries.pop()]
    said = said_of_act(desk, session, entry.id, wanted, form_name(desk, session.form))
    return Signer(desk, entry.case).sign(said)


def _refuse_under_hold(desk: Desk, case: str) -> None:
    if desk.case(case).known("legal_hold", None, desk.today.isoformat()).value == "yes":
        raise Refused("A legal hold stands on this case.", "It must be lifted before anything is erased.")


def _why(answers: Mapping[str, Any]) -> str | None:
    why = answers.get("why")
    return why if isinstance(why, str) else None
