"""What the entries of one time in custody say: of each question the latest answer, in words. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.forms.definition import rows
from workbench.models.fold import Entry
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words


class Said(msgspec.Struct, frozen=True):
    """An answer: under which name, in words, as recorded, since when, and the entry."""

    name: str
    words: str
    raw: str
    since: str
    entry: str


class Papers:
    """Reads the answers of a case since a day."""

    def __init__(self, desk: Desk, known: Knowing, since: str) -> None:
        self.desk = desk
        self.known = known
        self._since = since
        self._away = reading.kept_away(desk, known.case)
        self._held: dict[str, tuple[Entry, ...]] = {}

    def of(self, form: str) -> tuple[Entry, ...]:
        """The entries made with a form in this time, the latest first; none that is kept to others."""
        if form not in self._held:
            self._held[form] = tuple(
                entry
                for entry in reversed(self.known.case.of_form(form))
                if entry.on[:10] >= self._since and entry.id not in self._away
            )
        return self._held[form]

    def said(self, form: str, question: str, name: str = "") -> Said | None:
        """The latest answer to a question; None where nobody answered it."""
        found = (self._answer(entry, question, name) for entry in self.of(form))
        return next((said for said in found if said is not None), None)

    def fact(self, fact: str, name: str) -> Said | None:
        """A fact as it stands, whenever it was said; None where nobody said it."""
        found = self.known.fact(fact)
        return (
            Said(name, found.words, found.raw, day_words(found.since), found.entry)
            if found.recorded
            else None
        )

    def address_from(self, day: str) -> Said | None:
        """The address recorded for a day ahead; None where none was recorded in this time."""
        found = self.known.case.known("address.text", None, day)
        if found.disputed or not found.claims or found.claims[0].claim.from_ < self._since:
            return None
        live = found.claims[0]
        since = day_words(live.claim.from_)
        return Said("Address from " + since, str(found.value), "", since, live.version.header.entry)

    def checks(self) -> Iterator[Said]:
        """The last safeguarding check asked of each agency, and what came of it."""
        seen: set[str] = set()
        for entry in self.of("safeguarding-check"):
            whom, answer = self._answer(entry, "of_whom", ""), self._answer(entry, "answer", "")
            if whom is not None and answer is not None and whom.raw not in seen:
                seen.add(whom.raw)
                told = f"{whom.words}: {answer.words.lower()}"
                yield Said("Check", told, answer.raw, whom.since, entry.id)

    def referred(self) -> Said | None:
        """The last referral to Approved Premises: to whom, and where it stands."""
        for entry in self.of("referral"):
            answers = entry.head.answers()
            state = self._answer(entry, "state", "")
            if answers.get("kind") == "ap" and state is not None:
                told = f"{answers.get('to_whom', '')}: {state.words.lower()}"
                return Said("Referral", told, state.raw, state.since, entry.id)
        return None

    def told_of_level(self) -> Said | None:
        """Who was told the MAPPA level, with the day; a name without a day was not told yet."""
        for entry in self.of("mappa-level"):
            told = [row for row in rows(entry.head.answers().get("told")) if row.get("done_on")]
            if told:
                words = ", ".join(f"{row.get('who', '')} ({day_words(str(row['done_on']))})" for row in told)
                return Said("Told", words, "", day_words(entry.on[:10]), entry.id)
        return None

    def _answer(self, entry: Entry, question: str, name: str) -> Said | None:
        form = self.desk.form_of(entry.head)
        asked = form.question(question) if form else None
        value = entry.head.answers().get(question)
        if asked is None or value is None or value == []:
            return None
        return Said(name, answers_in.answer(asked, value, {}), str(value), day_words(entry.on[:10]), entry.id)
