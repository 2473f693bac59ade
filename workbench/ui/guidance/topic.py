"""One page of the guide, whether it was written, is a form or is a rule."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Literal

import msgspec

from workbench.ui.guidance.pages import Block

Section = Literal["guide", "form", "rule"]


def plain(text: str) -> str:
    """Small letters without accents, in which a search looks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def parts(text: str) -> list[str]:
    """The words of a text as a search compares them; signs part words and are none themselves."""
    return "".join(each if each.isalnum() else " " for each in plain(text)).split()


class Topic(msgspec.Struct, frozen=True, dict=True):
    """A page: `key` is how a place names it, `lead` the line that tells what it is."""

    key: str
    section: Section
    title: str
    lead: str
    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> str:
        """All its words, for a search."""
        shown = (block for block in self.blocks if block.kind not in ("picture", "link"))
        return " ".join(
            f"{block.text} {block.more}" if block.kind == "pair" else block.text for block in shown
        )

    @cached_property
    def words(self) -> str:
        """All its words as a search compares them, title first, each after a blank."""
        return f" {' '.join(parts(f'{self.title} {self.text}'))}"
