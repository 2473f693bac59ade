"""Bringing in case files: judged whole before anything is written, each refusal with its place."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from workbench import clock as clocks
from workbench.casework.desk import Desk
from workbench.casework.fileids import FileIds, row_texts
from workbench.casework.signing import Said, Signer, commit, form_name, from_base64, moment_of
from workbench.errors import BadInput, Expected
from workbench.exchange import casefile
from workbench.exchange.casefile import ActItem, CaseFile, Item, Signed
from workbench.forms import claims as claiming
from workbench.forms import marks as marking
from workbench.forms import values
from workbench.forms.definition import Form, received
from workbench.models import canonical
from workbench.models.ids import case_of, is_uuid
from workbench.models.records import (
    HEAD_ACTS,
    MARKS,
    Act,
    Author,
    Brought,
    Card,
    FileRef,
    Header,
    Version,
    read_version,
    to_sign,
)
from workbench.security.signing import card_holds, holds
from workbench.store import attachments
from workbench.store.store import CaseRow, Write

BROUGHT_IN = "brought-in-file"
MOST = casefile.MAX_BYTES
# What a status stands for where a file names no act.
ACT_OF = {"countersigned": "countersign", "returned": "return", "withdrawn": "withdraw"}


class Brought_(msgspec.Struct, frozen=True):  # noqa: N801 (Brought is the model's word)
    """What importing one file did."""

    case: str
    crn: str
    new: int
    held: int


class _Plan(msgspec.Struct):
    """Everything a file would add, judged and ready to be signed."""

    said: list[tuple[str, Said]] = []
    signed: list[Version] = []
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
        self._cards = {**desk.cards, **{card.sha256(): card for card in file.cards}}
        self._plan = _Plan()
        self._roots: dict[str, str] = {}
        self._twins: Counter[str] = Counter()

    def run(self) -> Brought_:
        """Judges, then writes."""
        self._check_names()
        self._forms = self._read_definitions()
        answers = [self._answers(item, place) for place, item in enumerate(self._file.entries)]
        texts = [self._text(item, place) for place, item in enumerate(self._file.entries)]
        if len(set(texts)) != len(texts):
            raise BadInput("two items bear the same id", "$.entries")
        row_ids = (
            frozenset().union(*(row_texts(form, said) for form, said in answers)) if answers else frozenset()
        )
        self._ids = FileIds(self._case, row_ids, frozenset(texts))
        self._versions = {text: self._ids.of("entry", text) for text in texts}
        self._roots = {
            text: item.amends or min(item.parents, default="")
            for text, item in zip(texts, self._file.entries, strict=True)
        }
        self._amended = {
            parent
            for item, (form, _) in zip(self._file.entries, answers, strict=True)
            if form.act == "record"
            for parent in (item.amends, *item.parents)
        }
        for place, item in enumerate(self._file.entries):
            self._item(item, texts[place], *answers[place], f"$.entries[{place}]")
        self._erased()
        return self._write()

    # What names the file uses

    def _check_names(self) -> None:
        if not self._crn or len(self._crn) > 40 or not self._crn.isprintable():
            raise BadInput("a CRN of up to 40 letters and digits is needed", "$.case.crn")
        if self._file.case.id is not None and not is_uuid(self._file.case.id):
            raise BadInput("not a UUID", "$.case.id")
        others = [row for row in self._desk.store.cases() if row.case == self._case and row.crn != self._crn]
        if others:
            raise BadInput(f"this case is held here under the CRN {others[0].crn}", "$.case.crn")
        for place, card in enumerate(self._file.cards):
            if not card_holds(card):
                raise BadInput("the card's signature does not hold", f"$.cards[{place}]")

    def _read_definitions(self) -> dict[tuple[str, int], Form]:
        found: dict[tuple[str, int], Form] = {}
        for sha256, raw in self._file.definitions.items():
            place = f"$.definitions.{sha256[:64]}"
            try:
                data = canonical.encode(msgspec.json.decode(raw))
            except BadInput as error:
                raise BadInput(error.says, place) from None
            if canonical.sha256(data) != sha256:
                raise BadInput("the definition is not the one its hash names", place)
            try:
                form = received(data)
            except Expected as error:
                raise BadInput(error.says, place) from None
            found[form.form, form.version] = form
        return found

    def _form(self, item: Item, place: str) -> Form:
        key = (item.form, item.version)
        shipped = self._desk.library.forms.get(key)
        form = shipped or self._forms.get(key)
        if form is None:
            raise BadInput(
                f"the form {item.form[:60]} version {item.version} is not known, and its definition is not in the file",
                f"{place}.form",
            )
        return form

    def _answers(self, item: Item, place: int) -> tuple[Form, dict[str, Any]]:
        where = f"$.entries[{place}]"
        form = self._form(item, where)
        try:
            answers = msgspec.json.decode(item.answers)
            canonical.encode(answers)
        except BadInput as error:
            raise BadInput(
                error.says.partition(": ")[2] or error.says, f"{where}.answers{error.place[1:]}"
            ) from None
        problems = values.problems(form, answers)
        if problems:
            path = f"{where}.answers.{problems[0].path.replace('/', '.')}".rstrip(".")
            raise BadInput(problems[0].says, path)
        return form, answers

    def _text(self, item: Item, place: int) -> str:
        if item.id is not None:
            if not 0 < len(item.id) <= 200:
                raise BadInput("an id has 1 to 200 letters", f"$.entries[{place}].id")
            return item.id
        name = f"{item.form}/{item.at}/{item.author.name}/{item.author.role}"
        self._twins[name] += 1
        return f"{name}/{self._twins[name] - 1}"

    # One item

    def _item(self, item: Item, text: str, form: Form, answers: dict[str, Any], place: str) -> None:
        turned = self._ids.answers(form, answers)
        moment = self._moment(item.at, f"{place}.at")
        marks = self._marks(item, form, turned, place)
        files = tuple(self._attach(file, f"{place}.files[{n}]") for n, file in enumerate(item.files))
        if item.signed is not None:
            self._signed(item.signed, item, turned, place)
        else:
            on = self._on(item, form, turned, moment, place)
            parents = self._parents(item, place)
            act: Act = "join" if len(parents) > 1 else "amend" if parents else "record"
            act = act if form.act == "record" else form.act
            entry = self._root(text, place) if parents else None
            day = claiming.day_happened(form, turned, clocks.moment(moment)) if not item.on else on[:10]
            said = Said(
                act=act,
                entry=entry,
                form=(form.form, form.version, form.sha256),
                answers=turned,
                claims=claiming.claims(form, turned, day, clocks.moment(moment), item.marks),
                on=on,
                parents=parents,
                marks=marks,
                because=item.because,
                brought=Brought(act, item.author, moment),
                files=files,
                id=self._versions[text],
            )
            self._add(said, place)
        self._acts(item, text, form, place)

    def _moment(self, text: str, place: str) -> str:
        try:
            return moment_of(text)
        except ValueError:
            raise BadInput(f"{text[:40]!r} is not a moment such as 2026-03-05T10:14:22Z", place) from None

    def _on(self, item: Item, form: Form, answers: Mapping[str, Any], at: str, place: str) -> str:
        if item.on is None:
            return claiming.happened(form, answers, clocks.moment(at))
        try:
            if "T" in item.on:
                clocks.moment(item.on)
            elif len(item.on) != 10 or date.fromisoformat(item.on) is None:
                raise ValueError
        except ValueError:
            raise BadInput(f"{item.on[:40]!r} is neither a day nor a moment", f"{place}.on") from None
        return item.on

    def _marks(
        self, item: Item, form: Form, answers: Mapping[str, Any], place: str
    ) -> dict[str, tuple[str, ...]]:
        for path, found in item.marks.items():
            unknown = set(found) - set(MARKS)
            if unknown:
                raise BadInput(f"there is no mark {sorted(unknown)[0][:40]!r}", f"{place}.marks.{path[:60]}")
        return marking.by_path(form, answers, item.marks)

    def _attach(self, file: casefile.FileItem, place: str) -> FileRef:
        try:
            data = from_base64(file.data)
            kind = attachments.type_of(data)
        except (ValueError, BadInput) as error:
            raise BadInput(str(error) or "not base64", f"{place}.data") from None
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise BadInput("the file is not the one its hash names", f"{place}.sha256")
        if len(data) > attachments.MAX_FILE:
            raise BadInput("a file may have 25 MB", place)
        if (
            not file.name.isprintable()
            or any(part in file.name for part in ("/", "\\", ".."))
            or len(file.name) > 200
        ):
            raise BadInput("a file name is a plain name, not a path", f"{place}.name")
        self._plan.files[file.sha256] = data
        return FileRef(len(data), file.name, file.sha256, kind)

    def _parents(self, item: Item, place: str) -> tuple[str, ...]:
        named = item.parents or ((item.amends,) if item.amends else ())
        if item.amends and item.parents and item.amends not in item.parents:
            raise BadInput("amends one item and joins others", f"{place}.parents")
        return tuple(sorted({self._known(text, f"{place}.amends") for text in named}))

    def _known(self, text: str, place: str) -> str:
        if text in self._versions:
            return self._versions[text]
        if is_uuid(text) and self._desk.store.version(text) is not None:
            return text
        raise BadInput(f"{text[:60]!r} is no item of this file", place)

    def _root(self, text: str, place: str) -> str:
        """The entry an item belongs to: the first item of its chain."""
        seen: set[str] = set()
        while self._roots.get(text):
            if text in seen:
                raise BadInput("items that amend one another in a ring", f"{place}.amends")
            seen.add(text)
            text = self._roots[text]
        if text in self._versions:
            return self._versions[text]
        held = self._desk.store.version(text) if is_uuid(text) else None
        return held.header.entry if held else self._ids.of("entry", text)

    # Acts on an item

    def _acts(self, item: Item, text: str, form: Form, place: str) -> None:
        told = {act.act for act in item.acts}
        wanted = ACT_OF.get(item.status)
        amended = text in self._amended
        agrees = (
            (item.status == "superseded" and amended)
            or (item.status == "signed" and not amended and not told & set(ACT_OF.values()))
            or (wanted is not None and (not item.acts or wanted in told))
        )
        if not agrees and not (item.signed is not None and form.act != "record"):
            raise BadInput(
                f"the status {item.status!r} does not agree with its acts and amendments", f"{place}.status"
            )
        acts = item.acts
        if wanted is not None and not acts:
            acts = (ActItem(wanted, item.at, Author("", "")),)  # type: ignore[arg-type]
        for n, act in enumerate(acts):
            self._one_act(act, n, item, text, form, f"{place}.acts[{n}]")

    def _one_act(self, act: ActItem, n: int, item: Item, text: str, form: Form, place: str) -> None:
        if act.act in HEAD_ACTS or act.act == "bring":
            raise BadInput(f"{act.act} is not something done to an item", f"{place}.act")
        at = self._moment(act.at, f"{place}.at")
        if act.signed is not None:
            self._signed(act.signed, None, None, place)
            return
        said = Said(
            act=act.act,
            entry=self._root(text, place),
            form=(form.form, form.version, form.sha256),
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
        if held is None:
            self._plan.said.append((place, said))
            return
        self._plan.held += 1
        content = held.content
        if content is None:
            return
        same = (
            held.answers() == dict(said.answers)
            and content.brought == said.brought
            and content.claims == said.claims
        )
        if not same:
            raise BadInput("an item with this id is held here and says something else", place)

    # What arrives signed

    def _signed(
        self, signed: Signed, item: Item | None, answers: Mapping[str, Any] | None, place: str
    ) -> None:
        try:
            header, content = from_base64(signed.header), from_base64(signed.content)
            signature = from_base64(signed.signature)
        except ValueError:
            raise BadInput("not base64", f"{place}.signed") from None
        try:
            version = read_version(header, content, signature)
        except BadInput as error:
            raise BadInput(error.says, f"{place}.signed") from None
        self._check_signature(version.header, header, signature, f"{place}.signed", signed.card)
        if item is not None and answers is not None:
            self._check_equal(version, item, answers, place)
        self._keep_signed(version, place)

    def _check_signature(self, header: Header, data: bytes, signature: bytes, place: str, card: str) -> None:
        found: Card | None = self._cards.get(header.card)
        if found is None or card != header.card:
            raise BadInput("the card that signed it is not in the file", place)
        if found.device != header.device or found.person != header.by or header.case != self._case:
            raise BadInput("the card, device or case is not the one that was signed", place)
        if not holds(found.signs, to_sign(data), signature):
            raise BadInput("the signature does not hold", place)

    def _check_equal(self, version: Version, item: Item, answers: Mapping[str, Any], place: str) -> None:
        card = self._cards[version.header.card]
        author = version.brought.author if version.brought else Author(card.name, card.role)
        stated = {
            "form": (item.form, item.version) == version.header.form[:2],
            "at": moment_of(item.at) == moment_of(version.said_at),
            "author": item.author == author,
            "answers": dict(answers) == version.answers(),
            "on": item.on is None or item.on == version.header.on,
            "id": item.id is None or item.id == version.id,
        }
        for field, equal in stated.items():
            if not equal:
                raise BadInput("differs from what was signed", f"{place}.{field}")

    def _keep_signed(self, version: Version, place: str) -> None:
        held = self._desk.store.version(version.id)
        if held is not None:
            if held.header_bytes != version.header_bytes:
                raise BadInput("a version with this id is held here and says something else", place)
            dropped = held.content is None and version.content is not None
            if not dropped or self._desk.store.refused(version.id):
                self._plan.held += 1
                return
        if self._desk.store.refused(version.id):
            version = version.without_content()
        self._plan.signed.append(version)

    def _erased(self) -> None:
        for n, item in enumerate(self._file.erased):
            place = f"$.erased[{n}]"
            try:
                header, signature = from_base64(item.header), from_base64(item.signature)
            except ValueError:
                raise BadInput("not base64", place) from None
            version = read_version(header, None, signature)
            self._check_signature(version.header, header, signature, place, version.header.card)
            self._keep_signed(version, place)

    # Writing

    def _write(self) -> Brought_:
        desk, plan = self._desk, self._plan
        new = len(plan.said) + len(plan.signed)
        if not new:
            return Brought_(self._case, self._crn, 0, plan.held)
        self._check_places(plan.signed)
        for data in plan.files.values():
            attachments.put(desk.store.folder, desk.store.connection, data, desk.stamp(), desk.ids.bytes(32))
        signer = Signer(desk, self._case)
        versions = [*plan.signed, *(signer.sign(said) for _, said in plan.said)]
        if plan.said:
            versions.append(signer.sign(self._file_entry()))
        used = {version.header.form[2] for version in versions}
        write = Write(
            CaseRow(self._case, self._crn),
            desk.logged("brought in", self._case),
            cards=self._file.cards,
            definitions={form.sha256: form.data() for form in self._forms.values() if form.sha256 in used},
            how="import",
        )
        detail = f"{new} versions, file {hashlib.sha256(self._data).hexdigest()[:16]}"
        desk.cards.update(self._cards)
        commit(desk, self._case, versions, "brought in", crn=self._crn, detail=detail, write=write)
        return Brought_(self._case, self._crn, new, plan.held)

    def _check_places(self, versions: list[Version]) -> None:
        """One place in a device's count belongs to one version."""
        taken = {
            (version.header.device, version.header.seq): version.id
            for version in self._desk.store.versions(self._case)
        }
        for version in versions:
            place = (version.header.device, version.header.seq)
            if taken.setdefault(place, version.id) != version.id:
                raise BadInput("two versions claim the same place in one device's count", "$.entries")

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
