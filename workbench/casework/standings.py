"""Taking in cards, vouchers and endings: what they make count is worked out in every case they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from workbench.casework import authority, judging
from workbench.casework.desk import Desk
from workbench.casework.signing import commit, destroy_files
from workbench.errors import BadInput
from workbench.models.amounts import counted
from workbench.models.fold import Case
from workbench.models.records import Card, Version
from workbench.models.vouching import CardEnded, Paper, Standing, Voucher, WordsCompared, name_of, standing
from workbench.store import papers as paper_rows
from workbench.store.store import CaseRow, Write


def fresh(desk: Desk, come: Iterable[Card | Paper]) -> tuple[tuple[Card, ...], tuple[Paper, ...]]:
    """The cards and papers that are not held here, each once."""
    cards: dict[str, Card] = {}
    papers: dict[str, Paper] = {}
    held = {_same(paper) for paper in paper_rows.held(desk.store.connection)}
    for each in come:
        if isinstance(each, Card):
            if each.sha256() not in desk.cards:
                cards[each.sha256()] = each
        elif _same(each) not in held:
            papers.setdefault(_same(each), each)
    return tuple(cards.values()), tuple(papers.values())


def check_devices(desk: Desk, come: Iterable[Card | Paper]) -> None:
    """Refuses a second card for one device: whose versions are whose could not be told.

    Raises:
        BadInput: such a card is among them.
    """
    held = {card.device: sha256 for sha256, card in desk.cards.items()}
    for each in come:
        if isinstance(each, Card) and held.setdefault(each.device, each.sha256()) != each.sha256():
            raise BadInput(f"another card of the device on the card of {each.name} is held here", "cards")


def _same(paper: Paper) -> str:
    # Words compared twice are one statement, whenever.
    return f"words/{paper.card}" if isinstance(paper, WordsCompared) else name_of(paper)


@contextmanager
def as_if(desk: Desk, come: Iterable[Card | Paper]) -> Iterator[None]:
    """Lets the desk judge as if these cards and papers were held already; nothing is written."""
    cards, papers = fresh(desk, come)
    if not cards and not papers:
        yield
        return
    _see(desk, _with(desk, cards, papers))
    try:
        yield
    finally:
        desk.read_anew()


def take(desk: Desk, come: Iterable[Card | Paper], what: str = "received", why: str | None = None) -> int:
    """Keeps what is new of these cards and papers, and lets what now counts take effect; gives how many are new.

    Raises:
        BadInput: an erasure would come to count on a case that a legal hold keeps; then nothing is written.
    """
    cards, papers = fresh(desk, come)
    if not cards and not papers:
        return 0
    before, after = desk.standing, _with(desk, cards, papers)
    turned = _turned(desk, before, after)
    old = {case: desk.case(case) for case in turned}
    _see(desk, after)
    try:
        for version in (each for versions in turned.values() for each in versions):
            if version.authority == "vouched":
                judging.legal_hold(desk, version.header, "$")
        detail = f"{counted(len(cards), 'card')}, {counted(len(papers), 'voucher')} and the like"
        log = desk.logged(what, why=why, detail=detail)
        paper_rows.put(desk.store.connection, cards, papers, log, desk.device.device, desk.device.card.name)
    finally:
        desk.read_anew()
    for case, versions in turned.items():
        _let_count(desk, case, old[case], versions)
    return len(cards) + len(papers)


def _with(desk: Desk, cards: tuple[Card, ...], papers: tuple[Paper, ...]) -> Standing:
    held = {**desk.cards, **{card.sha256(): card for card in cards}}
    known = (*paper_rows.held(desk.store.connection), *papers)
    return standing(held, known, desk.device.card.sha256(), sample=desk.about.sample)


def _see(desk: Desk, standing: Standing) -> None:
    """Sets what the desk goes by, until it reads anew."""
    desk.read_anew()
    desk.cards = dict(standing.cards)
    desk.standing = standing


def _turned(desk: Desk, before: Standing, after: Standing) -> dict[str, tuple[Version, ...]]:
    """The versions held, by case, that count for more or less than before."""
    changed = {
        card
        for card in {*before.verified, *after.verified, *before.vouchers, *after.vouchers, *after.roots}
        if (card in before.verified, card in before.roots, before.vouchers.get(card))
        != (card in after.verified, card in after.roots, after.vouchers.get(card))
    }
    devices = {after.cards[card].device for card in changed if card in after.cards}
    found: dict[str, list[Version]] = {}
    versions = tuple(desk.store.versions_of_devices(devices))
    marked = [authority.marked(versions, each, desk.library, desk.form_by_hash) for each in (before, after)]
    for was, now in zip(*marked, strict=True):
        if was.authority != now.authority:
            found.setdefault(now.header.case, []).append(now)
    return {case: tuple(found[case]) for case in sorted(found)}


def _let_count(desk: Desk, case: str, old: Case, versions: tuple[Version, ...]) -> None:
    """Writes what follows in a case now that versions held there count: also what they take out of it."""
    before = desk.store.versions(case)
    stood = desk.case(case)
    heads = {head.id for entry in stood.entries.values() for head in entry.heads}
    lost = {head.id for entry in old.entries.values() for head in entry.heads} - heads
    row = desk.store.case_row(case)
    write = Write(CaseRow(case, row.crn), desk.logged("received", case), superseded=tuple(sorted(lost)))
    told = counted(len(versions), "version counts", "versions count")
    commit(desk, case, versions, "received", detail=told, write=write)
    left = {version.id for version in desk.store.versions(case) if version.content is not None}
    gone = [version for version in before if version.content is not None and version.id not in left]
    if gone:
        destroy_files(desk, gone)


def about(
    desk: Desk, cards: Iterable[str], *, counting: bool = False
) -> tuple[Card | Voucher | CardEnded, ...]:
    """These cards, what others say of them, the cards of those who say it, and so on up to the root.

    Cards come first, by hash; then vouchers and endings in the order in which they came here, or with
    `counting` the vouchers alone that count here, by hash.
    """
    wanted = set(cards)
    known: list[Voucher | CardEnded]
    if counting:
        known = sorted((v for each in desk.standing.vouchers.values() for v in each), key=name_of)
    else:
        held = paper_rows.held(desk.store.connection)
        known = [paper for paper in held if not isinstance(paper, WordsCompared)]
    while makers := {paper.by for paper in known if paper.card in wanted} - wanted:
        wanted |= makers
    bearers = (desk.cards[card] for card in sorted(wanted & desk.cards.keys()))
    return (*bearers, *(paper for paper in known if paper.card in wanted))
