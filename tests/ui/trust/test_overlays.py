"""Overlays in the settings: read by everybody, switched by an administrator, with the work each makes beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.casework.test_recording import case_of, record
from tests.conftest import Stores, vouch
from tests.exchange.overlays import FILES, signed
from tests.ui.conftest import Frame
from tests.ui.trust.test_view import press, words
from workbench.casework import guarding, overlays, receiving, recording
from workbench.casework.desk import Desk
from workbench.casework.overlays_cost import Cost, Share
from workbench.ui.case.chronology import presenter as chronology
from workbench.ui.guidance import presenter as guidance
from workbench.ui.shell import counts
from workbench.ui.shell.place import Place
from workbench.ui.today import presenter as today
from workbench.ui.trust import overlays_presenter as presenter
from workbench.ui.trust import presenter as safety
from workbench.ui.trust.overlays import OverlaysPart

KEY = "touch-periodic/interval"


@pytest.fixture
def ada(stores: Stores) -> Desk:
    """The store of an administrator."""
    return stores.desk("ada", role="administrator", person="Ada Admin-North")


def part(frame: Frame, qtbot: QtBot) -> OverlaysPart:
    """The part, shown."""
    made = OverlaysPart(frame)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    made.show()
    made.arrive(Place("settings", tab="overlays"))
    return made


def why(shown: OverlaysPart, text: str) -> None:
    """Types a reason into the field that is open."""
    (field,) = [each for each in shown.findChildren(QLineEdit) if each.isVisible()]
    field.setText(text)


def test_an_administrator_receives_reads_and_switches_on(
    frame: Frame, ada: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame.desk = ada
    shown = part(frame, qtbot)
    file = tmp_path / "north.zip"
    file.write_bytes(signed(ada))
    shown._files.take_in(file)
    told = words(shown)
    assert "North 3: Not in force" in told
    assert "Medium: national 6 weeks, region 4 weeks" in told
    assert "Low: national 12 weeks, region 16 weeks" in told
    assert told.count("Longer than national") == 1
    press(shown, "Switch it on: North 3")
    press(shown, "Sign: Switch it on: North 3")
    assert "Give the reason." in words(shown)
    assert not ada.book.regions
    why(shown, "Agreed in North.")
    press(shown, "Sign: Switch it on: North 3")
    assert "North 3: In force" in words(shown)
    assert [region.region for region in ada.book.regions] == ["north"]
    assert counts.most_idle(ada) == 3
    assert frame.said == [("Signed. Every case was worked out anew.", "good")]


def test_what_a_region_asks_of_every_store_is_told_and_stands_beside_the_backups(ada: Desk) -> None:
    """Reports by their titles; the folder only while nobody chose one."""
    asks = "Your region asks you to choose a folder for backups"
    assert asks not in " ".join(told.says for told in safety.safety(ada).told)
    policy = "not_printed: [my-plan, two-in-the-morning]\nbackup_folder: yes\n"
    receiving.receive(ada, signed(ada, {**FILES, "policy.yaml": policy}))
    (held,) = overlays.listed(ada)
    overlays.switch_overlay(ada, held.sha256, on=True, why="Agreed.")
    (shown,) = presenter.shown(ada).overlays
    assert "Not printed from the window: My plan, Two-in-the-morning sheet." in shown.told
    assert "Each person chooses a folder for their backups." in shown.told
    assert asks in " ".join(told.says for told in safety.safety(ada).told)


def test_others_read_it_and_are_told_who_can(frame: Frame, ada: Desk, qtbot: QtBot) -> None:
    vouch(frame.desk, ada)
    receiving.receive(frame.desk, signed(ada))
    shown = part(frame, qtbot)
    told = words(shown)
    assert f"You can read this. {overlays.WHO_CAN}" in told
    assert "North 3: Not in force" in told
    assert "Switch it on" not in told


def test_a_suggestion_is_signed_with_the_work_that_was_shown(frame: Frame, ada: Desk, qtbot: QtBot) -> None:
    frame.desk = ada
    shown = part(frame, qtbot)
    assert presenter.NO_CASES in words(shown)
    title = next(each.title for each in presenter.shown(ada).suggestions if each.key == KEY)
    press(shown, f"Switch it on: {title}")
    why(shown, "Tried for a quarter.")
    press(shown, f"Sign: Switch it on: {title}")
    QApplication.processEvents()
    (decision,) = ada.switched.decisions
    assert (decision.key, decision.amount, decision.weekly) == (KEY, "16 weeks", "not reckoned")
    assert ada.switched.suggested == {KEY: "16 weeks"}


def test_work_in_words() -> None:
    shares = (
        Share("Sam Spo", "spo", 34.375, 3),
        Share("", "spo", 0.25, 0),
        Share("Ann Example", "practitioner", -0.5, -2),
    )
    reckoned = presenter.reckoned({KEY: Cost(shares, 550)})
    assert "the 550 cases in this store" in reckoned.way
    assert reckoned.work[KEY].people == (
        ("Sam Spo (senior probation officer)", "34.4 a week"),
        ("Senior probation officer", "1 every 4 weeks"),
        ("Ann Example (practitioner)", "1 every 2 weeks fewer"),
    )
    assert reckoned.work[KEY].at_once == "On the first day 1 stands there at once: the day has passed."


def test_another_file_is_told_apart(frame: Frame, ada: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    frame.desk = ada
    shown = part(frame, qtbot)
    file = tmp_path / "card.json"
    file.write_bytes(b"{}")
    shown._files.take_in(file)
    assert "This is no overlay." in words(shown)


def test_what_was_begun_with_a_form_of_the_region_outlives_it(frame: Frame, ada: Desk) -> None:
    ann = frame.desk
    vouch(ann, ada)
    case = case_of(ann)
    receiving.receive(ada, signed(ada))
    (held,) = overlays.listed(ada)
    overlays.switch_overlay(ada, held.sha256, on=True, why="Agreed.")
    receiving.receive(ann, overlays.hand_on(ada))
    entry = record(ann, case, "north-call", {"on": "2026-03-09", "what": "They are well."}).entry
    recording.begin_draft(ann, case, "north-call")
    overlays.switch_overlay(ada, held.sha256, on=False, why="Ended.")
    receiving.receive(ann, overlays.hand_on(ada))
    assert [begun.title for begun in today.today(ann).drafts] == ["North call"]
    whole = chronology.whole(ann, case, entry or "")
    assert whole
    assert (whole.title, whole.may_amend) == ("Call in the first week", False)
    assert [check.says for check in guarding.verify(ann) if not check.ok] == []


def test_a_page_of_the_region_stands_in_the_guide(ada: Desk) -> None:
    title = "Who answers at night (North, invented)"
    page = f"# {title}\n\n## At night\n\n- The duty line.\n1. Ring it.\n> Keep it short.\n"
    receiving.receive(ada, signed(ada, {**FILES, "guidance/north-night.md": page}))
    (held,) = overlays.listed(ada)
    before = [topic.key for topic in guidance.guide(ada).topics]
    overlays.switch_overlay(ada, held.sha256, on=True, why="Agreed.")
    topic = guidance.guide(ada).topic("north-night")
    assert "north-night" not in before
    assert (topic.title, topic.section) == (title, "guide")
    assert [block.kind for block in topic.blocks] == ["heading", "item", "number", "note"]
