"""Two laptops that meet: the window at one, a desk at the other, and only files pass between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tests.casework.test_recording import ROSH, amend, case_of, record
from tests.conftest import Stores
from tests.journeys.conftest import Journey
from workbench.casework import receiving, sending, trusting
from workbench.casework.desk import Desk
from workbench.models.fold import Case
from workbench.ui.exchange import files
from workbench.ui.exchange.picking import AddresseePicker
from workbench.ui.shell.place import Place
from workbench.ui.widgets.inputs import Choose, Tick
from workbench.ui.widgets.rows import Rows
from workbench.ui.writing.field import WritingField


@pytest.fixture
def bo(stores: Stores) -> Desk:
    """The other laptop."""
    return stores.desk("bo", person="Bo Example")


class Table:
    """Where files lie that one gives the other: what is saved comes here, what is chosen lies here."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.chosen: tuple[Path, ...] = ()
        monkeypatch.setattr(files, "where_to", lambda over, names: tuple(folder / name for name in names))
        monkeypatch.setattr(files, "to_take_in", lambda over, title: self.chosen)

    def lay(self, name: str, data: bytes) -> None:
        """Lays a file down, to be chosen next."""
        (self.folder / name).write_bytes(data)
        self.chosen = (self.folder / name,)

    def take(self, before: set[Path]) -> bytes:
        """The one file that was not there before."""
        (found,) = set(self.folder.iterdir()) - before
        return found.read_bytes()

    def seen(self) -> set[Path]:
        """What lies there now."""
        return set(self.folder.iterdir())


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    """An empty one."""
    folder = tmp_path / "table"
    folder.mkdir()
    return Table(folder, monkeypatch)


def at(journey: Journey, kind: type[QWidget]) -> QWidget:
    """The first widget of a kind in sight."""
    return next(each for each in journey.window.findChildren(kind) if each.isVisible())


def test_a_case_goes_and_comes_back_and_two_accounts_are_settled(
    at_work: Journey, bo: Desk, table: Table
) -> None:
    """Cards, words, bundle, receipt; then both amend one entry apart, and the person at the window says which."""
    case = str(at_work.desk(case_of))
    entry = at_work.desk(lambda desk: record(desk, case, "rosh", ROSH).entry)
    assert isinstance(entry, str)
    at_work.press("Ctrl+6")
    at_work.settle()
    # Cards pass, and both compare the words.
    before = table.seen()
    at_work.click("Save your card as a file")
    receiving.receive(bo, table.take(before))
    table.lay("card.json", trusting.own_card(bo))
    at_work.click("Take in a card")
    ann = next(card for card in bo.cards.values() if card.name == "Ann Example").sha256()
    heard = trusting.words(bo, ann)
    assert f"The eight words: {', '.join(heard)}" in at_work.words()
    trusting.trust(bo, ann, " ".join(heard))
    at(at_work, Tick).setChecked(True)
    at_work.click("Trust this card")
    assert "The card of Bo Example (practitioner) is trusted here." in at_work.words()
    # The case goes, and its receipt comes back.
    at_work.workspace.go(Place("exchange", tab="send"))
    at_work.settle()
    at_work.type("gwyn")
    at_work.settle()
    at_work.press("Return")
    whom = next(each for each in at(at_work, AddresseePicker).findChildren(Choose))
    whom.choose("Bo Example")
    whom.activated.emit(whom.currentIndex())
    at_work.settle()
    assert "2 versions of 2 entries." in at_work.words()
    before = table.seen()
    at_work.click("Seal and save")
    came = receiving.receive(bo, table.take(before))
    assert came.cases == (case,)
    assert came.receipt
    table.lay("receipt.wbundle", came.receipt)
    at_work.workspace.go(Place("exchange", tab="receive"))
    at_work.settle()
    at_work.click("Choose files")
    at_work.workspace.go(Place("exchange", tab="sent"))
    at_work.settle()
    assert [row.badge for row in at(at_work, Rows).rows.items] == ["Receipt came"]
    # Both amend the same entry, neither having read the other's.
    at_work.desk(lambda desk: amend(desk, case, entry, children="very high", overall="very high"))
    amend(bo, case, entry, children="medium", overall="medium")
    table.lay("back.wbundle", sending.bundle(bo, case, "Ann Example").data)
    at_work.workspace.go(Place("exchange", tab="receive"))
    at_work.settle()
    at_work.click("Choose files")
    assert "Amended apart by " in at_work.words()
    at_work.click("Settle: ")
    at_work.click("Begin from the account of Bo Example")
    assert at_work.workspace.here.screen == "form"
    at_work.press("Ctrl+Return")
    at_work.settle()
    at(at_work, WritingField).setFocus()
    at_work.type("Bo had the police report.")
    at_work.press("Ctrl+Return")
    at_work.settle()
    found = at_work.desk(lambda desk: desk.case(case))
    assert isinstance(found, Case)
    assert not found.entries[entry].forked
    assert found.known("rosh.overall", None, "2026-03-10").value == "medium"
    at_work.workspace.go(Place("exchange", tab="accounts"))
    at_work.settle()
    assert "Nothing to settle" in at_work.words()
