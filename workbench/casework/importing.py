"""Bringing in case files: judged whole before anything is written, each refusal with its place."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from workbench import clock as clocks
from workbench.casework import arriving, judging, merging, overlays_switched, standings
from workbench.casework.desk import Desk
from workbench.casework.fileids import FileIds, row_texts
from workbench.casework.signing import Said, Signer, commit, form_name, from_base64, moment_of
from workbench.casework.taking import Taking
from workbench.errors import BadInput, Expected
from workbench.exchange import casefile, papers
from workbench.exchange.casefile import ActItem, CaseFile, Item, Signed
from workbench.exchange.strict import shown
from workbench.forms import claims as claiming
from workbench.forms import marks as marking
from workbench.forms import values
from workbench.forms.definition import Form, received
from workbench.models import canonical
from workbench.models.amounts import counted
from workbench.models.ids import case_of, is_uuid
from workbench.models.records import (
    HEAD_ACTS,
    MARKS,
    Act,
    Author,
    Brought,
    Card,
    FileRef,
    Version,
)
from workbench.resources import say
from workbench.store import attachments
from workbench.store.store import CaseRow, Write

BROUGHT_IN = "brought-in-file"
MOST = casefile.MAX_BYTES


class Brought_(msgspec.Struct, frozen=True):  # noqa: N801 (Brought is the model's word)
    """What importing one file did."""

    case: str
    crn: str
    new: int
    held: int


class _Plan(msgspec.Struct):
    """Everything a file would add, judged and ready to be signed."""

    said: list[Said] = []
    files: dict[str, bytes] = {}
    held: int = 0


def bring(desk: Desk, data: bytes, name: str) -> Brought_:
    """Brings in one case file: all of it or nothing; the same file again changes nothing.

    Raises:
        BadInput: the file is refused; the store is as it was but for one row in the look-log.
    """
    try:
        file = casefile.read(data)
        return _Importer(desk, file, data, name).run()
    except Expected as error:
        desk.log("refused", detail=f"case file {hashlib.sha256(data).hexdigest()[:16]}")
        raise error


class _Importer:
    def __init__(self, desk: Desk, file: CaseFile, data: bytes, name: str) -> None:
        self._desk = desk
        self._file = file
        self._data = data
        self._name = name
        self._crn = file.case.crn.strip().upper()
        self._case = file.case.id or case_of(self._crn)
        self._papers = casefile.papers_of(file)
        come = {paper.sha256(): paper for paper in self._papers if isinstance(paper, Card)}
        self._cards = {**desk.cards, **come}
        self._plan = _Plan()
        self._roots: dict[str, str] = {}
        self._twins: Counter[str] = Counter()
        self._names: dict[tuple[str, int], tuple[str, int, str]] = {}
        self._definitions: dict[str, Form] = {}
        self._received: dict[tuple[str, int], Form] = {}
        self._form_ids: dict[str, str] = {}
        self._amended: set[str] = set()
        self._erased: list[tuple[str, Version]] = []
        self._taking = Taking(desk, self._case, self._cards, self._definitions)
        # The entry of each item whose chain was followed.
        self._first: dict[str, str] = {}

    def run(self) -> Brought_:
        """Judges all of it as if its vouchers were held already, then writes."""
        self._check_names()
        with standings.as_if(self._desk, self._papers):
            self._judge()
        return self._write()

    def _judge(self) -> None:
        """Cheap checks of every item first."""
        self._read_definitions()
        items = self._file.entries
        forms = [self._form(item, f"$.entries[{place}]") for place, item in enumerate(items)]
        texts = [self._text(item, f"$.entries[{place}]") for place, item in enumerate(items)]
        self._read_chains(forms, texts)
        self._read_erased()
        for place, item in enumerate(items):
            arriving.item(item, forms[place], texts[place] in self._amended, f"$.entries[{place}]")
        answers = [
            self._answers(item, forms[place], f"$.entries[{place}]") for place, item in enumerate(items)
        ]
        rows = (row_texts(form, said) for form, said in zip(forms, answers, strict=True))
        self._ids = FileIds(self._case, frozenset().union(*rows), frozenset(texts))
        self._versions = {text: self._ids.of("entry", text) for text in texts}
        for place, item in enumerate(items):
            self._item(item, texts[place], forms[place], answers[place], f"$.entries[{place}]")
        for where, version in self._erased:
            self._taking.keep(version, where)

    # What names the file uses

    def _check_names(self) -> None:
        if not self._crn or len(self._crn) > 40 or not self._crn.isprintable():
            raise BadInput("a CRN of up to 40 letters and digits is needed", "$.case.crn")
        if self._file.case.id is not None and not is_uuid(self._file.case.id):
            raise BadInput("not a UUID", "$.case.id")
        if self._case == overlays_switched.TEAM:
            raise BadInput("what belongs to the team comes in no case file", "$.case.id")
        others = [row for row in self._desk.store.cases() if row.case == self._case and row.crn != self._crn]
        if others:
            raise BadInput(f"this case is held here under the CRN {others[0].crn}", "$.case.crn")
        papers.check_signed(self._papers, self._cards, "$.cards")
        standings.check_devices(self._desk, self._papers)

    def _read_definitions(self) -> None:
        for sha256, raw in self._file.definitions.items():
            place = f"$.definitions.{shown(sha256)}"
            try:
                data = canonical.encode(msgspec.json.decode(raw))
                if canonical.sha256(data) != sha256:
                    raise BadInput("the definition is not the one its hash names")
                form = received(data)
            except BadInput as error:
                raise BadInput(error.says, place) from None
            self._definitions[sha256] = form
            self._received[form.form, form.version] = form

    def _read_chains(self, forms: list[Form], texts: list[str]) -> None:
        """Which item each one follows, and which are followed."""
        if len(set(texts)) != len(texts):
            raise BadInput("two items bear the same id", "$.entries")
        for text, item, form in zip(texts, self._file.entries, forms, strict=True):
            before = item.parents or ((item.amends,) if item.amends else ())
            self._roots[text] = item.amends or min(before, default="")
            self._form_ids[text] = form.form
            if form.act == "record":
                self._amended.update(before)

    def _form(self, item: Item, place: str) -> Form:
        key = (item.form, item.version)
        form = self._desk.library.forms.get(key) or self._received.get(key)
        if form is None:
            raise BadInput(
                f"the form {shown(item.form, 60)} version {item.version} is not known, "
                "and its definition is not in the file",
                f"{place}.form",
            )
        return form

    def _named(self, form: Form) -> tuple[str, int, str]:
        """How a header names a form; its definition is hashed once a file, not once an item."""
        key = (form.form, form.version)
        if key not in self._names:
            self._names[key] = (*key, self._desk.hash_of.get(key) or form.sha256)
        return self._names[key]

    def _answers(self, item: Item, form: Form, where: str) -> dict[str, Any]:
        answers: dict[str, Any] = msgspec.json.decode(item.answers)
        try:
            canonical.encode(answers)
        except BadInput as error:
            says = error.says.removeprefix(f"{error.place}: ")
            raise BadInput(says, f"{where}.answers{shown(error.place[1:])}") from None
        problems = values.problems(form, answers)
        if problems:
            path = shown(problems[0].path.replace("/", "."), 200)
            raise BadInput(say(problems[0].says), f"{where}.answers.{path}".rstrip("."))
        return answers

    def _text(self, item: Item, place: str) -> str:
        if item.id is not None:
            if not 0 < len(item.id) <= arriving.MAX_NAME or not item.id.isprintable():
                raise BadInput("an id has 1 to 200 letters", f"{place}.id")
            return item.id
        name = f"{item.form}/{item.at}/{item.author.name}/{item.author.role}"
        self._twins[name] += 1
        return f"{name}/{self._twins[name] - 1}"

    # One item

    def _item(self, item: Item, text: str, form: Form, answers: dict[str, Any], place: str) -> None:
        turned = self._ids.answers(form, answers)
        own = self._own_marks(item, form, place)
        files = tuple(self._attach(file, f"{place}.files[{n}]") for n, file in enumerate(item.files))
        judging.files_named(self._desk, form, turned, files, place)
        if item.signed is not None:
            self._signed(item.signed, item, answers, files, place)
        else:
            at = arriving.moment(item.at, place)
            marks = marking.by_path(form, turned, own)
            arriving.marks_kept(own, marks, place)
            on = item.on or claiming.happened(form, turned, clocks.moment(at))
            day = clocks.day_of(clocks.moment(on)).isoformat() if "T" in on else on
            parents = self._parents(item, form, place)
            act: Act = "join" if len(parents) > 1 else "amend" if parents else "record"
            said = Said(
                act=act,
                entry=self._root(text, place) if parents else None,
                form=self._named(form),
                answers=turned,
                claims=claiming.marked_claims(form, turned, day, clocks.moment(at), marks),
                on=on,
                parents=parents,
                marks=marks,
                because=item.because,
                brought=Brought(act, item.author, at),
                files=files,
                id=self._versions[text],
            )
            self._add(said, place)
        self._acts(item, text, form, place)

    def _own_marks(self, item: Item, form: Form, place: str) -> dict[str, tuple[str, ...]]:
        """The marks of an item, by the paths that its answers have here."""
        for path, found in item.marks.items():
            unknown = set(found) - set(MARKS)
            if unknown and item.signed is None:
                raise BadInput(
                    f"there is no mark '{shown(min(unknown), 40)}'",
                    f"{place}.marks.{shown(path)}",
                )
        return {self._ids.path(form, path): marks for path, marks in item.marks.items()}

    def _attach(self, file: casefile.FileItem, place: str) -> FileRef:
        ref, data = arriving.attached(file, place)
        self._plan.files[file.sha256] = data
        return ref

    def _parents(self, item: Item, form: Form, place: str) -> tuple[str, ...]:
        named = item.parents or ((item.amends,) if item.amends else ())
        return tuple(sorted({self._known(text, form, f"{place}.amends") for text in named}))

    def _known(self, text: str, form: Form, place: str) -> str:
        held = None
        if text not in self._versions and is_uuid(text):
            held = self._desk.store.version(text)
        if text not in self._versions and (held is None or held.header.case != self._case):
            raise BadInput(f"'{shown(text, 60)}' is no item of this file", place)
        if (held.header.form[0] if held else self._form_ids[text]) != form.form:
            raise BadInput("amends an item of another form", place)
        return self._versions.get(text, text)

    def _root(self, text: str, place: str) -> str:
        """The entry an item belongs to: that of the first item of its chain."""
        chain: dict[str, None] = {}
        while text not in self._first and self._roots.get(text):
            if text in chain:
                raise BadInput("items that amend one another in a ring", f"{place}.amends")
            chain[text] = None
            text = self._roots[text]
        first = self._first.get(text)
        if first is None:
            held = None if text in self._versions else self._desk.store.version(text)
            first = held.header.entry if held else self._versions[text]
        self._first.update(dict.fromkeys([*chain, text], first))
        return first

    # Acts on an item

    def _acts(self, item: Item, text: str, form: Form, place: str) -> None:
        acts = item.acts
        wanted = arriving.ACT_OF.get(item.status)
        if wanted is not None and not acts and item.signed is None:
            acts = (ActItem(wanted, item.at, Author("", "")),)
        for n, act in enumerate(acts):
            self._one_act(act, n, text, form, f"{place}.acts[{n}]")

    def _one_act(self, act: ActItem, n: int, text: str, form: Form, place: str) -> None:
        if act.signed is not None:
            version = self._read_signed(act.signed, place)
            stated = {
                "act": act.act == version.act,
                "at": arriving.moment(act.at, place) == moment_of(version.said_at),
                "author": act.author == self._taking.author(version),
                "because": version.content is not None and act.because == version.content.because,
                "signed": version.header.parents == (self._versions[text],),
            }
            _refuse_unequal(stated, place)
            self._taking.keep(version, place)
            return
        at = arriving.moment(act.at, place)
        said = Said(
            act=act.act,
            entry=self._root(text, place),
            form=self._named(form),
            answers={},
            claims=(),
            on=at[:10],
            parents=(self._versions[text],),
            because=act.because,
            brought=Brought(act.act, act.author, at),
            id=self._ids.of("act", f"{text}/{n}"),
        )
        self._add(said, place)

    def _add(self, said: Said, place: str) -> None:
        """Notes what is to be signed; what is held already must say the same."""
        assert said.id is not None
        held = self._desk.store.version(said.id)
        if held is None and not self._desk.store.refused(said.id):
            self._plan.said.append(said)
            return
        self._plan.held += 1
        if held is not None and not judging.says_the_same(held, said):
            raise BadInput("an item with this id is held here and says something else", place)

    # What arrives signed

    def _signed(
        self,
        signed: Signed,
        item: Item,
        answers: Mapping[str, Any],
        files: tuple[FileRef, ...],
        place: str,
    ) -> None:
        version = self._read_signed(signed, place)
        header, content = version.header, version.content
        assert content is not None
        parents = item.parents or ((item.amends,) if item.amends else ())
        stated = {
            "form": (item.form, item.version) == header.form[:2],
            "at": arriving.moment(item.at, place) == moment_of(version.said_at),
            "author": item.author == self._taking.author(version),
            "answers": dict(answers) == version.answers(),
            "on": item.on is None or item.on == header.on,
            "id": item.id is None or item.id == version.id,
            "because": item.because == content.because,
            "marks": item.marks == content.marks,
            "amends": {self._versions.get(text, text) for text in parents} == set(header.parents),
            "files": [(ref.sha256, ref.name) for ref in files]
            == [(ref.sha256, ref.name) for ref in content.files],
        }
        _refuse_unequal(stated, place)
        self._taking.keep(version, place)

    def _read_signed(self, signed: Signed, place: str) -> Version:
        try:
            header, content = from_base64(signed.header), from_base64(signed.content)
            signature = from_base64(signed.signature)
        except ValueError:
            raise BadInput("not base64", f"{place}.signed") from None
        version = self._taking.read(header, content, signature, f"{place}.signed")
        if version.header.card != signed.card:
            raise BadInput("the card is not the one that signed it", f"{place}.signed.card")
        return version

    def _read_erased(self) -> None:
        for n, item in enumerate(self._file.erased):
            place = f"$.erased[{n}]"
            try:
                header, signature = from_base64(item.header), from_base64(item.signature)
            except ValueError:
                raise BadInput("not base64", place) from None
            version = self._taking.read(header, None, signature, place)
            self._erased.append((place, version))
            if version.act in HEAD_ACTS:
                self._amended.update(version.header.parents)

    # Writing

    def _write(self) -> Brought_:
        desk, plan, come = self._desk, self._plan, self._taking
        new, held = len(plan.said) + len(come.signed), plan.held + come.held
        judging.places(desk, self._case, come.before, [*come.signed, *come.twins])
        judging.entries(desk, come.signed)
        if any(not isinstance(paper, Card) for paper in self._papers) and standings.take(desk, self._papers):
            merging.let_in(desk)
        if not new and not come.twins:
            return Brought_(self._case, self._crn, 0, held)
        signer = Signer(desk, self._case)
        versions = [*come.signed, *(signer.sign(said) for said in plan.said)]
        if plan.said:
            versions.append(signer.sign(self._file_entry()))
        used = {version.header.form[2] for version in versions}
        write = Write(
            CaseRow(self._case, self._crn),
            desk.logged("brought in", self._case),
            cards=tuple(paper for paper in self._papers if isinstance(paper, Card)),
            definitions={sha256: form.data() for sha256, form in self._definitions.items() if sha256 in used},
            twins=tuple(come.twins),
            how="import",
        )
        detail = f"{counted(new, 'version')}, file {hashlib.sha256(self._data).hexdigest()[:16]}"
        named = {ref.sha256 for version in versions if version.content for ref in version.content.files}
        for sha256 in sorted(named & plan.files.keys()):
            data = plan.files[sha256]
            attachments.put(desk.store.folder, desk.store.connection, data, desk.stamp(), desk.ids.bytes(32))
        desk.cards.update(self._cards)
        commit(desk, self._case, versions, "brought in", crn=self._crn, detail=detail, write=write)
        return Brought_(self._case, self._crn, new, held)

    def _file_entry(self) -> Said:
        """The entry that tells of the file itself."""
        desk = self._desk
        form = desk.library.form(BROUGHT_IN)
        answers = {
            "name": canonical.tidy(self._name)[:200] or "case file",
            "sha256": hashlib.sha256(self._data).hexdigest(),
            "items": len(self._plan.said),
        }
        return Said(
            "record",
            None,
            form_name(desk, form),
            answers,
            (),
            desk.today.isoformat(),
            marks=marking.by_path(form, answers),
        )


def plain_base64(data: bytes) -> str:
    """Base64 as case files write it."""
    return base64.b64encode(data).decode()


def _refuse_unequal(stated: Mapping[str, bool], place: str) -> None:
    """What a file says in plain beside a signature must be what was signed."""
    for field, equal in stated.items():
        if not equal:
            raise BadInput("differs from what was signed", f"{place}.{field}")
