"""In the room: the person's own record in plain words, and nothing that is not theirs to see."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.ui.room import presenter
from workbench.ui.room.view import Room
from workbench.ui.widgets.text import Label


def sign(desk: Desk, case: str, form: str, **more: object) -> None:
    """Signs the worked example of a form."""
    session = recording.start(desk, case, form)
    session.restore({**EXAMPLES[form][0], **more})
    recording.sign(desk, case, session)


def test_only_what_is_released_for_the_person_is_there(desk: Desk, registered: Callable[..., str]) -> None:
    """What a third party said stays out of the state, not merely out of sight."""
    case = registered(name="Gwyn Sample")
    sign(desk, case, "orders-and-conditions")
    sign(desk, case, "people")
    sign(desk, case, "victims")
    state = presenter.room(desk, case, "en")
    told = " ".join(line for part in state.parts for line in part.lines)
    names = [row["name"] for row in EXAMPLES["people"][0]["people"]]
    assert state.name == "Gwyn Sample"
    assert "Your conditions" in [part.title for part in state.parts]
    assert [name for name in names if name in told] == []


def test_it_speaks_the_language_of_the_person(desk: Desk, registered: Callable[..., str]) -> None:
    """Whatever the person at the laptop chose for themselves."""
    case = registered(name="Gwyn Sample", language="cy")
    sign(desk, case, "orders-and-conditions")
    assert "Eich amodau" in [part.title for part in presenter.room(desk, case, "en").parts]
    english = registered(crn="X100002", name="Kim Sample", language="en")
    sign(desk, english, "orders-and-conditions")
    assert "Your conditions" in [part.title for part in presenter.room(desk, english, "cy").parts]


def test_going_into_the_room_is_logged(desk: Desk, registered: Callable[..., str]) -> None:
    """As a look."""
    case = registered()
    presenter.room(desk, case, "en")
    last = list(desk.store.log_rows())[-1]
    assert (last.what, last.detail) == ("looked", "in the room")


def test_an_empty_record_says_so(frame: Frame, registered: Callable[..., str], qtbot: QtBot) -> None:
    """And the way out has the cursor."""
    room = Room(frame, registered())
    qtbot.addWidget(room)
    room.show()
    assert "Nothing to show yet" in [label.text() for label in room.findChildren(Label)]
    left: list[bool] = []
    room.left.connect(lambda: left.append(True))
    room.first().click()  # type: ignore[attr-defined]
    assert left == [True]
