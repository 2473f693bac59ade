"""What stands for the day of release and what is missing, matter by matter, in words. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbench.casework.releasing import WayOut
from workbench.resources import say
from workbench.ui.case.release.papers import Papers, Said
from workbench.ui.case.release.wanted import GROUPS, PLAN, Ask, Wanted
from workbench.ui.words import long_day


class Gap(msgspec.Struct, frozen=True):
    """Something nobody has recorded, and the form that records it: `entry` is amended, else a new one is begun.

    `form` is empty where the person at this store may not write it; `question` is where to begin.
    """

    says: str
    form: str = ""
    title: str = ""
    entry: str = ""
    question: str = ""


class Matter(msgspec.Struct, frozen=True):
    """One line of the board: what is recorded of it and what is missing."""

    name: str
    said: tuple[Said, ...]
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> tuple[str, str]:
        """How it stands in words, and the tone that repeats it."""
        if not self.gaps:
            return "Settled", "good"
        return ("Open", "warn") if self.said else ("Not recorded", "danger")


Groups = tuple[tuple[str, tuple[Matter, ...]], ...]


def groups(papers: Papers, way: WayOut, name: str) -> Groups:
    """Every matter that counts in this case, in groups."""
    words = {"name": name, "open": long_day(way.open_again) if way.open_again else ""}
    return tuple(
        (title, tuple(_matter(papers, way, each, words) for each in wanted if _counts(papers, way, each)))
        for title, wanted in GROUPS
    )


def _counts(papers: Papers, way: WayOut, wanted: Wanted) -> bool:
    if wanted.only == "closed":
        return way.open_again is not None
    return wanted.only != "mappa" or papers.known.raw("mappa.category") != "none"


def _matter(papers: Papers, way: WayOut, wanted: Wanted, words: dict[str, str]) -> Matter:
    said: list[Said] = []
    gaps: list[Gap] = []
    for ask in wanted.asks:
        found = _answer(papers, way, wanted, ask)
        if found is not None:
            said.append(found)
        missing = _missing(papers, ask, found)
        if missing:
            gaps.append(_gap(papers, ask, missing.format(**words)))
    if wanted.adds == "referral" and (referred := papers.referred()) is not None:
        said.append(referred)
    if wanted.adds == "checks":
        said += papers.checks()
    if wanted.adds == "plan":
        gaps += _unsigned(papers)
    return Matter(wanted.name.format(**words), tuple(said), tuple(gaps))


def _answer(papers: Papers, way: WayOut, wanted: Wanted, ask: Ask) -> Said | None:
    """The answer to one question; what another form says as well counts where the first says nothing."""
    found = papers.fact(ask.fact, ask.name) if ask.fact else papers.said(ask.form, ask.question, ask.name)
    if found is not None:
        return found
    if wanted.adds == "level" and ask.question == "level_told_on":
        return papers.told_of_level()
    if wanted.adds == "address" and ask.question == "tonight" and way.day is not None:
        return papers.address_from(way.day.isoformat())
    return None


def _missing(papers: Papers, ask: Ask, found: Said | None) -> str:
    if found is not None:
        return dict(ask.short).get(found.raw, "")
    if ask.after and papers.said(ask.form, ask.after) is None:
        return ""
    return ask.gap


def _gap(papers: Papers, ask: Ask, says: str) -> Gap:
    form = papers.desk.library.form(ask.form)
    if papers.desk.device.card.role not in form.for_:
        return Gap(says)
    entries = papers.of(ask.form)
    return Gap(says, form.form, say(form.title), entries[0].id if entries else "", ask.question)


def _unsigned(papers: Papers) -> Iterator[Gap]:
    """A plan of this time in custody that nobody has countersigned yet."""
    plans = papers.of(PLAN)
    if plans and plans[0].status != "countersigned":
        yield Gap("The plan is not countersigned.")
