"""What the tests of this room stand on."""

from __future__ import annotations

import pytest

from tests.casework.linked import level
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import Stores
from tests.forms.examples import EXAMPLES
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring


@pytest.fixture
def pair(stores: Stores) -> tuple[Desk, str, str]:
    """One desk with two cases under one CRN: registered here, and registered by a colleague, brought in."""
    desk, other = stores.desk(), stores.desk("other", person="Bo Example")
    ours = case_of(desk)
    record(desk, ours, "rosh", ROSH)
    theirs = case_of(other, name="Gwyn Sample-Jones")
    level(other, theirs, "medium", "Adults near Quokkaword.")
    record(other, theirs, "sentence", EXAMPLES["sentence"][0])
    bring(desk, export(other, theirs), "theirs.json")
    return desk, ours, theirs
