"""A new recovery code in the real window: locked at any moment, one code holds, and it is said which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.conftest import PASSPHRASE, Stores
from tests.journeys.conftest import Journey
from workbench.casework.opening import Made, Secret
from workbench.errors import StoreProblem
from workbench.ui.gate.recovery import RecoveryCode
from workbench.ui.shell.place import Place

MOMENTS = ("asked", "shown", "written", "typed")


def field(journey: Journey, name: str) -> QLineEdit:
    """The field in sight of this name."""
    (found,) = (
        each
        for each in journey.window.findChildren(QLineEdit)
        if each.isVisible() and each.accessibleName() == name
    )
    return found


def go_on(journey: Journey, moment: str) -> str:
    """Makes a new code up to a moment, without waiting for what was asked last; gives the code, once it is shown."""
    journey.workspace.go(Place("settings", tab="safety"))
    journey.settle()
    field(journey, "Present passphrase, for a new code").setText(PASSPHRASE)
    journey.button("Make a new recovery code").click()
    if moment == "asked":
        return ""
    journey.settle()
    (shown,) = journey.window.findChildren(RecoveryCode)
    code = shown._code
    if moment != "shown":
        journey.click("I have written it down")
    if moment == "typed":
        field(journey, "Recovery code, typed back").setText(code)
        journey.button("Check it and go on").click()
    return code


@pytest.mark.parametrize("moment", MOMENTS)
def test_after_a_lock_one_code_holds_and_it_is_said_which(
    moment: str, stores: Stores, open_window: Callable[..., Journey]
) -> None:
    """The old one until the new one was typed back, then the new one, though nobody saw the store encrypted anew."""
    made: Made = stores.make()
    journey = open_window()
    journey.unlock()
    code = go_on(journey, moment)
    journey.press("Ctrl+L")
    journey.settle()
    assert journey.window.workspace is None
    journey.unlock()
    journey.workspace.go(Place("settings", tab="safety"))
    journey.settle()
    fresh = moment == "typed"
    says = (
        "The code made on 10 March 2026 holds"
        if fresh
        else "The code that was shown when this store was made"
    )
    assert says in journey.words()
    journey.press("Ctrl+L")
    journey.settle()
    holds, opens_nothing = (code, made.recovery) if fresh else (made.recovery, code)
    stores.open(secret=Secret(recovery=holds)).store.close()
    if opens_nothing:
        with pytest.raises(StoreProblem, match="not the recovery code"):
            stores.open(secret=Secret(recovery=opens_nothing))
