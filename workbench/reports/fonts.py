"""Which font shows which character: Atkinson Hyperlegible Next, else DejaVu Sans, else its name.

Arabic letters are joined and ordered here, for reportlab does neither.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Weight → body font, font behind it. DejaVu Sans has no bundled slope: upright serves both.
FACES = {
    "regular": ("AtkinsonHyperlegibleNext-Regular", "DejaVuSans"),
    "bold": ("AtkinsonHyperlegibleNext-Bold", "DejaVuSans-Bold"),
    "italic": ("AtkinsonHyperlegibleNext-Italic", "DejaVuSans"),
    "bold-italic": ("AtkinsonHyperlegibleNext-BoldItalic", "DejaVuSans-Bold"),
}
BODY, BOLD = FACES["regular"][0], FACES["bold"][0]
_SPACES = dict.fromkeys("\u00a0\u202f\u2007\u2009\u2003\u2002", " ")


class Fonts:
    """The bundled fonts, registered for drawing; remembers every character that none of them has."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._has: dict[str, frozenset[int]] = {}
        self.replaced: dict[str, None] = {}
        for file, data in sorted(files.items()):
            if file.endswith(".ttf"):
                font = TTFont(file.removesuffix(".ttf"), io.BytesIO(data))
                pdfmetrics.registerFont(font)
                self._has[font.fontName] = frozenset(font.face.charToGlyph)
        for body, _ in FACES.values():
            pdfmetrics.registerFontFamily(body, body, BOLD, FACES["italic"][0], FACES["bold-italic"][0])

    def runs(self, text: str, weight: str = "regular") -> Iterator[tuple[str, str]]:
        """The text as (font name, stretch), ready to be drawn from left to right."""
        words = re.split(r"(\s+)", joined(_drawable(text)))
        pieces = (piece for word in words for piece in self._word(word, weight))
        for font, group in groupby(pieces, key=lambda piece: piece[0]):
            yield font, "".join(piece[1] for piece in group)

    def has(self, font: str, char: str) -> bool:
        """Whether a registered font has a glyph for the character."""
        return ord(char) in self._has[font]

    def _word(self, word: str, weight: str) -> list[tuple[str, str]]:
        """A word in one font where one of the two has all of it, else character by character."""
        for font in FACES[weight]:
            if all(char == "\n" or self.has(font, char) for char in word):
                return [(font, word)]
        return [self._piece(char, weight) for char in word]

    def _piece(self, char: str, weight: str) -> tuple[str, str]:
        body, behind = FACES[weight]
        if self.has(body, char):
            return body, char
        if self.has(behind, char):
            return behind, char
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) == 1 and plain != char and self.has(body, plain):
            return body, plain
        self.replaced[char] = None
        return body, f"[{unicodedata.name(char, 'character ' + format(ord(char), 'X')).lower()}]"


def _drawable(text: str) -> str:
    """The text composed, with plain spaces, and without characters that only steer a display."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        _SPACES.get(char, char)
        for char in composed
        if unicodedata.category(char) != "Cf" and not 0xFE00 <= ord(char) <= 0xFE0F
    )


def joined(text: str) -> str:
    """The text with each run of Arabic letters joined, and runs of right-to-left words turned around."""
    if not any(_rightward(char) for char in text):
        return text
    out: list[str] = []
    for line in text.split("\n"):
        out.append("".join(_turned(line)))
    return "\n".join(out)


def _turned(line: str) -> Iterator[str]:
    """Runs of right-to-left words (with the spaces between them) reversed; all else as it stands."""
    start = 0
    while start < len(line):
        if not _rightward(line[start]):
            yield line[start]
            start += 1
            continue
        end = start
        for at in range(start, len(line)):
            if _rightward(line[at]) or unicodedata.combining(line[at]):
                end = at + 1
            elif not line[at].isspace():
                break
        yield _shaped(line[start:end])[::-1]
        start = end


def _rightward(char: str) -> bool:
    return unicodedata.bidirectional(char) in {"R", "AL"}


def _shaped(word: str) -> str:
    """Arabic letters in the form that their neighbours ask for; vowel signs are left out."""
    letters = [char for char in word if not unicodedata.combining(char)]
    shaped: list[str] = []
    for at, letter in enumerate(letters):
        before = letters[at - 1] if at else ""
        after = letters[at + 1] if at + 1 < len(letters) else ""
        joins_before = bool(_form(before, "initial")) and bool(_form(letter, "final"))
        joins_after = bool(_form(letter, "initial")) and bool(_form(after, "final"))
        wanted = {(True, True): "medial", (True, False): "final", (False, True): "initial"}
        shaped.append(_form(letter, wanted.get((joins_before, joins_after), "isolated")) or letter)
    return "".join(shaped)


def _form(letter: str, form: str) -> str:
    """The presentation form of an Arabic letter, or nothing where it has none."""
    if not letter or not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "")
    try:
        return unicodedata.lookup(f"{name} {form.upper()} FORM")
    except KeyError:
        return ""
