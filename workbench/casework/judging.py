"""What arrives signed, judged against what this program knows: forms, facts, roles, and what is held here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.casework.desk import Desk
from workbench.casework.signing import WAYS_OUT, Said
from workbench.errors import BadInput
from workbench.forms import scope
from workbench.forms.definition import BASES, Form
from workbench.models.facts import FactDefinition
from workbench.models.records import BROUGHT_ACTS, HEAD_ACTS, MARKS, Card, Claim, FileRef, Header, Version
from workbench.store import attachments, exchanged


def version(desk: Desk, version: Version, form: Form, card: Card, place: str) -> None:
    """Refuses what the form it names could not have said, and an act that is not for the role on its card."""
    header, content = version.header, version.content
    if header.form[:2] != (form.form, form.version):
        raise BadInput("the form it names is not the one its hash names", f"{place}.header.form")
    if content is None:
        return
    act = version.act
    if act not in BROUGHT_ACTS and form.act != ("record" if act in HEAD_ACTS else act):
        raise BadInput("this form does something else to the record", f"{place}.header.act")
    if act in (*WAYS_OUT, "loosen"):
        if header.act == "bring":
            raise BadInput("a way out of the record is taken only as it was signed", f"{place}.header.act")
        if card.role not in form.for_:
            raise BadInput("this act is not for the role on the card", f"{place}.header.act")
    if act not in HEAD_ACTS and (content.claims or content.files):
        raise BadInput("only an entry says facts or holds files", f"{place}.content")
    if act in BROUGHT_ACTS and not _is_points(version.answers()):
        raise BadInput("only the points of a return are written here", f"{place}.content.answers")
    shipped = header.form[2] in desk.form_hashes
    for n, said in enumerate(content.claims):
        where = f"{place}.content.claims[{n}]"
        definition = desk.library.facts.get(said.fact)
        if definition is None or (shipped and form.form not in definition.said_by):
            raise BadInput("its form cannot say this fact", f"{where}.fact")
        _claim(said, definition, where)


def _is_points(answers: Mapping[str, Any]) -> bool:
    points = answers.get("points", {})
    return (
        set(answers) <= {"points"}
        and isinstance(points, dict)
        and all(isinstance(said, str) for said in points.values())
    )


def _claim(said: Claim, definition: FactDefinition, place: str) -> None:
    if (said.of is None) != (definition.of == "case"):
        raise BadInput("not what this fact is about", f"{place}.of")
    if not _fits(said.is_, definition):
        raise BadInput("not a value of this fact", f"{place}.is")
    for name, day in (("from", said.from_), ("until", said.until)):
        if day is not None and scope.day(day) is None:
            raise BadInput("not a day", f"{place}.{name}")
    if said.until is not None and said.until <= said.from_:
        raise BadInput("ends before it begins", f"{place}.until")
    if not set(said.marks) <= set(MARKS):
        raise BadInput("there is no such mark", f"{place}.marks")
    if said.basis is not None and said.basis not in BASES:
        raise BadInput("there is no such footing", f"{place}.basis")


def _fits(value: str | int, definition: FactDefinition) -> bool:
    if definition.type == "number":
        return isinstance(value, int) or scope.DECIMAL.match(value) is not None
    if not isinstance(value, str):
        return False
    if definition.type == "day":
        return scope.day(value) is not None
    if definition.type == "moment":
        return scope.moment(value) is not None
    if definition.type == "yes-no":
        return value in ("yes", "no")
    return definition.type != "one-of" or value in definition.values


def legal_hold(desk: Desk, header: Header, place: str) -> None:
    """Refuses an erasure that comes while a legal hold stands on the case here."""
    day = desk.today.isoformat()
    if header.act == "erase" and desk.case(header.case).known("legal_hold", None, day).value == "yes":
        raise BadInput("it erases, and a legal hold stands on this case here", place)


def places(desk: Desk, case: str, before: Mapping[str, Version], come: Iterable[Version]) -> None:
    """Refuses two versions in one place of a device's count; the place of a misfiled one is taken too.

    `before` is what is held of the case, by id.
    """
    store = desk.store
    held = (*before.values(), *store.twins(case))
    taken = {(version.header.device, version.header.seq): version.id for version in held}
    away = exchanged.withheld(store.connection, case)
    holes = {(hole.device, hole.seq) for hole in store.holes(case)}
    taken.update(dict.fromkeys(holes - away, ""))
    for version in come:
        if taken.setdefault((version.header.device, version.header.seq), version.id) != version.id:
            raise BadInput("two versions claim the same place in one device's count", "$.entries")


def entries(desk: Desk, come: Iterable[Version]) -> None:
    """Refuses a version that names one of another entry as its parent, or an entry of another case."""
    versions = tuple(come)
    known = {version.id: version.header.entry for version in versions}
    for version in versions:
        for parent in version.header.parents:
            held = None if parent in known else desk.store.version(parent)
            entry = held.header.entry if held else known.get(parent, version.header.entry)
            if entry != version.header.entry:
                raise BadInput("a version names one of another entry as its parent", "$.entries")
        first = None if version.header.entry in known else desk.store.version(version.header.entry)
        if first is not None and first.header.case != version.header.case:
            raise BadInput("a version of an entry that is on another case", "$.entries")


def files_named(
    desk: Desk, form: Form, answers: Mapping[str, Any], refs: Iterable[FileRef], place: str
) -> None:
    """Refuses an answer that is a file of which the bytes neither came nor are held."""
    come = {ref.sha256 for ref in refs}
    for question in form.questions():
        sha256 = answers.get(question.id) if question.kind == "file" else None
        if sha256 is None or sha256 in come:
            continue
        if not attachments.held(desk.store.connection, sha256):
            raise BadInput("the file it names is not in the case file", f"{place}.answers.{question.id}")


def says_the_same(held: Version, said: Said) -> bool:
    """Whether what is held of an unsigned item is what the file says of it now."""
    content = held.content
    return content is None or (
        held.answers() == dict(said.answers)
        and content.brought == said.brought
        and content.claims == said.claims
        and content.because == said.because
        and content.files == said.files
        and content.marks == dict(said.marks)
        and held.header.form == said.form
        and held.header.on == said.on
        and held.header.parents == said.parents
    )


def is_twin(held: Version, come: Version) -> bool:
    """Whether two stores brought in the same thing from the same file: two headings, one version.

    Where the content of either is gone, the headings alone must agree.
    """
    one, other = held.header, come.header
    if not one.act == other.act == "bring" or (one.entry, one.form, one.on, one.parents) != (
        other.entry,
        other.form,
        other.on,
        other.parents,
    ):
        return False
    mine, theirs = held.content, come.content
    if mine is None or theirs is None:
        return True
    return held.answers() == come.answers() and all(
        getattr(mine, field) == getattr(theirs, field)
        for field in ("brought", "claims", "because", "files", "marks", "readers")
    )
