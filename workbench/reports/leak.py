"""The leak gate: the finished bytes are searched in the parent, which alone holds what was withheld.

A stop means that nobody gets the file. A tick is one thing for a person to look at and sign.
Source: the table 'The leak gate' of the report rules; six words running were measured against 200
innocent reports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from workbench.models.released import ReleasedCase, Row, Value, Withheld, WithheldValue
from workbench.reports.days import day_forms
from workbench.reports.dictionary import Dictionary
from workbench.reports.extract import METADATA, Source, sources

RUN = 6
# A withheld text of fewer words than this, all of them common, says nothing by itself.
LEAST_RUN = 3
LEAST_WORD = 3
LEAST_INSIDE = 6
# Kinds whose released value a rule chose by id: the same value elsewhere is no slip of the pen.
CHOSEN = frozenset({"person", "agency", "place", "day", "moment"})
WRITTEN = frozenset({"narrative", "text", "evidence"})
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
# Letters that have no decomposition of their own.
_FLAT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


class Found(msgspec.Struct, frozen=True):
    """One thing found in a finished file; `entry`, `version` and `path` say what it was withheld as."""

    says: str
    words: str
    where: str
    entry: str = ""
    version: str = ""
    path: str = ""


class Search(msgspec.Struct, frozen=True):
    """What the gate found: any stop holds the file back; each tick is for a person to look at."""

    stops: tuple[Found, ...]
    ticks: tuple[Found, ...]


class Token(msgspec.Struct, frozen=True):
    """A word as it stands, and as it is compared."""

    raw: str
    plain: str


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text: accents, case, spaces, hyphens and line breaks make no difference."""
    if not text.isascii():
        composed = unicodedata.normalize("NFKC", text)
        text = "".join(char for char in composed if unicodedata.category(char) not in {"Cf", "Mn"})
    return tuple(Token(raw, _plain(raw)) for raw in _TOKEN.findall(text))


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char)).translate(_FLAT)


class _Text:
    """One source, ready to be searched for words that may be broken, joined or hyphenated."""

    def __init__(self, source: Source) -> None:
        self.where = source.where
        self.tokens = tokens(source.text)
        self.run = "".join(token.plain for token in self.tokens)
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        at = 0
        for index, token in enumerate(self.tokens):
            self._starts[at] = index
            at += len(token.plain)
            self._ends[at] = index

    def places(self, needle: str) -> Iterator[tuple[Token, ...]]:
        """Each place where the letters of `needle` stand: whole words, or inside one if it is long."""
        at = self.run.find(needle) if needle else -1
        while at >= 0:
            first, last = self._starts.get(at), self._ends.get(at + len(needle))
            if first is not None and last is not None:
                yield self.tokens[first : last + 1]
            elif len(needle) >= LEAST_INSIDE:
                inside = self._inside(at, at + len(needle))
                if inside is not None:
                    yield (inside,)
            at = self.run.find(needle, at + 1)

    def _inside(self, start: int, end: int) -> Token | None:
        """The one word that spans both places, if there is one."""
        for back in range(start, max(-1, start - 60), -1):
            if back in self._starts:
                token = self.tokens[self._starts[back]]
                return token if back + len(token.plain) >= end else None
        return None


class _Released:
    """What the audience may read: the words of every released value, and the values chosen by id."""

    def __init__(self, case: ReleasedCase, fixed: str) -> None:
        values = tuple(_values(case))
        texts = [_words(value.text) for value in values]
        self.words = {word for text in texts for word in text}
        self.runs = {run for text in texts for size in range(1, RUN + 1) for run in _runs(text, size)}
        self.chosen = {_squeezed(value.text) for value in values if value.kind in CHOSEN}
        headings = {case.name.text, case.crn.text, *(entry.by_name for entry in case.entries)}
        self.headings = {_squeezed(heading) for heading in headings}
        self.fixed = {token.plain for token in tokens(fixed)}
        self.fixed_lines = [_squeezed(line) for line in fixed.splitlines()]
        self.names = {token.plain for heading in headings for token in tokens(heading)}


def search(
    data: bytes,
    format: str,
    file_name: str,
    released: ReleasedCase,
    withheld: Withheld,
    dictionary: Dictionary,
    fixed: str = "",
) -> Search:
    """Searches a finished file, its metadata and its name for what was withheld.

    `fixed`: the report's fixed words. They silence ticks, and values made of common words alone (a withheld
    'Duty manager'), which else every such report would hold; a name is found in them as anywhere.

    Raises:
        Refused: the file holds something that cannot be searched.
    """
    texts = [_Text(source) for source in sources(data, format, file_name)]
    known = _Released(released, fixed)
    stops: list[Found] = []
    ticks: list[Found] = []
    for value in withheld.values:
        for text in texts:
            found = _identity if value.identifies else _narrative
            for stop, one in found(value, text, known, dictionary):
                (stops if stop else ticks).append(one)
    ticks += _strangers(texts, known, withheld, dictionary)
    return Search(_once(stops), _once(ticks))


def _once(found: Iterable[Found]) -> tuple[Found, ...]:
    """Each thing once, where it was found first."""
    kept: dict[tuple[str, str, str, str], Found] = {}
    for one in found:
        kept.setdefault((one.says, one.words, one.version, one.path), one)
    return tuple(kept.values())


def _found(value: WithheldValue, text: _Text, words: str, says: str) -> Found:
    return Found(f"{says} ({text.where})", words, text.where, value.entry, value.version, value.path)


def _identity(
    value: WithheldValue, text: _Text, known: _Released, dictionary: Dictionary
) -> Iterator[tuple[bool, Found]]:
    """Stops and ticks for a name, place, number or day that was withheld."""
    for form in _forms(value.text):
        yield from _whole(value, form, text, known, dictionary)
    words = [token for token in tokens(value.text) if _tellable(token)]
    for token in words:
        common = dictionary.common(token.raw)
        for place in text.places(token.plain):
            if common:
                named = len(words) == 1 or value.kind == "person"
                if named and place[0].raw[:1].isupper() and token.plain not in known.names | known.fixed:
                    says = "A withheld name that is also a common word stands in the file"
                    yield False, _found(value, text, place[0].raw, says)
            elif _by_chance(place, dictionary) or token.plain in known.words:
                says = "A word of a withheld value, which a released answer also holds, stands in the file"
                if token.plain not in known.names:
                    yield False, _found(value, text, token.raw, says)
            else:
                yield True, _found(value, text, token.raw, "A word of a withheld value stands in the file")


def _whole(
    value: WithheldValue, form: str, text: _Text, known: _Released, dictionary: Dictionary
) -> Iterator[tuple[bool, Found]]:
    squeezed = _squeezed(form)
    parts = tokens(form)
    alone = len(parts) == 1 and dictionary.common(parts[0].raw)
    if len(squeezed) < LEAST_WORD or alone or squeezed in known.headings:
        return
    plain = all(dictionary.common(part.raw) for part in parts)
    if plain and any(squeezed in line for line in known.fixed_lines):
        return
    for place in text.places(squeezed):
        if len(parts) == 1 and _by_chance(place, dictionary):
            continue
        # Common words written small (`duty manager`) name nobody; written large they may (`Rose Hill`).
        tick = squeezed in known.chosen or (plain and not _all_large(parts, place))
        says = "A withheld value stands in the file"
        told = f"{says}; it may be meant, look at it" if tick else says
        yield not tick, _found(value, text, form, told)


def _all_large(parts: tuple[Token, ...], place: tuple[Token, ...]) -> bool:
    letters = [token.raw for token in (*parts, *place) if token.raw.isalpha()]
    return not letters or all(raw[:1].isupper() for raw in letters)


def _by_chance(place: tuple[Token, ...], dictionary: Dictionary) -> bool:
    """Whether the letters stand there only because common words happen to follow one another."""
    return len(place) > 1 and all(len(token.raw) > 1 and dictionary.common(token.raw) for token in place)


def _tellable(token: Token) -> bool:
    """Whether a word of a withheld value tells anything by itself: letters, or a long number."""
    return len(token.plain) >= (LEAST_WORD if token.plain.isalpha() else 5)


def _forms(text: str) -> tuple[str, ...]:
    """The ways in which a withheld value may be written: days, telephone numbers, right to left."""
    forms = [text, *day_forms(text)]
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 9 and not re.search(r"[^\W\d_]", text):
        forms.append(digits[-9:] if digits.startswith("0") else digits)
        forms.append(digits.removeprefix("0"))
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text):
        forms.append(text[::-1])
    return tuple(dict.fromkeys(forms))


def _squeezed(text: str) -> str:
    return "".join(token.plain for token in tokens(text))


def _narrative(
    value: WithheldValue, text: _Text, known: _Released, dictionary: Dictionary
) -> Iterator[tuple[bool, Found]]:
    """Stops for six words running of a withheld text (all of it, if shorter) that nobody released."""
    if value.kind not in WRITTEN:
        return
    words = _words(value.text)
    size = min(RUN, len(words))
    telling = size >= LEAST_RUN or any(not dictionary.common(token.raw) for token in tokens(value.text))
    if not size or not telling:
        return
    for run in _runs(words, size):
        if run not in known.runs and any(True for _ in text.places("".join(run))):
            says = "Words running of a withheld text stand in the file"
            yield True, _found(value, text, " ".join(run), says)
            return


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.plain for token in tokens(text))


def _runs(words: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    return (words[at : at + size] for at in range(len(words) - size + 1))


def _strangers(
    texts: list[_Text], known: _Released, withheld: Withheld, dictionary: Dictionary
) -> Iterator[Found]:
    """Capitalised words, with the one after, that are in no dictionary and name nobody on the file."""
    named = (
        known.names | known.fixed | {token.plain for name in withheld.known_names for token in tokens(name)}
    )
    stop = Token("", "")
    for text in texts:
        if text.where == METADATA:
            continue
        for token, after in pairwise((*text.tokens, stop)):
            strange = token.raw[:1].isupper() and token.plain not in named and len(token.raw) >= LEAST_WORD
            if strange and not dictionary.knows(token.raw):
                words = f"{token.raw} {after.raw}" if after.raw[:1].isupper() else token.raw
                yield Found("A name that nobody on the file bears stands in the file", words, text.where)


def _values(case: ReleasedCase) -> Iterator[Value]:
    """Every value that the audience may read."""
    yield from (case.name, case.crn)
    for fact in case.facts:
        yield from (fact.value, *fact.accounts)
    for entry in case.entries:
        for answer in entry.answers.values():
            yield from _within(answer)


def _within(answer: Value | tuple[Row, ...]) -> Iterator[Value]:
    if isinstance(answer, Value):
        yield answer
        return
    for row in answer:
        for column in row.columns.values():
            yield from _within(column)
