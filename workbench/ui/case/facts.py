"""Lines and parts of a case in words, the same on every tab; no Qt here."""

from __future__ import annotations

import msgspec

from workbench.ui.knowing import Known
from workbench.ui.words import day_words


class Fact(msgspec.Struct, frozen=True):
    """One line of the page: what, how it stands, since when, and the entry it comes from.

    `accounts` are words, author and entry of each, where two differ.
    """

    name: str
    words: str
    since: str = ""
    entry: str = ""
    recorded: bool = True
    tone: str = ""
    accounts: tuple[tuple[str, str, str], ...] = ()


class Part(msgspec.Struct, frozen=True):
    """A part of the page; `sensitive` is covered until asked for, `tab` is where more of it stands."""

    title: str
    facts: tuple[Fact, ...]
    empty: str
    tab: str = ""
    sensitive: bool = False


def fact_of(name: str, known: Known) -> Fact:
    """A fact as a line."""
    accounts = tuple((account.words, account.by, account.entry) for account in known.accounts)
    since = day_words(known.since) if known.recorded else ""
    return Fact(name, known.words, since, known.entry, known.recorded, accounts=accounts)
