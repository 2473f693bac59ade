"""What somebody types for a form, by the word they have for it: the right one comes first."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from workbench.casework.desk import Desk
from workbench.forms import library
from workbench.forms.called import called, fit
from workbench.ui.case import offered
from workbench.ui.shell import window

# As a practitioner would type it, in whatever letters.
TYPED = {
    "access": "request",
    "data access request": "request",
    "DSAR": "request",
    "subject access": "request",
    "complaint": "request",
    "cwyn": "request",
    "recall": "recall",
    "part a": "recall",
    "home visit": "home-visit",
    "ymweliad cartref": "home-visit",
    "hv": "home-visit",
    "review": "mappa-level-1-review",
    "SARA": "records",
    "OGRS": "scores",
    "rsr": "scores",
    "OSP/DC": "scores",
    "RM2000": "scores",
    "CRISSA": "contact",
    "appointment": "contact",
    "phone call": "contact",
    "missed appointment": "contact",
    "did not attend": "contact",
    "breach": "enforcement",
    "warning letter": "enforcement",
    "final warning": "enforcement",
    "warning": "warning-signs",
    "triggers": "warning-signs",
    "RMP": "risk-management-plan",
    "contingency": "risk-management-plan",
    "rosh": "rosh",
    "arms": "arms",
    "oasys": "oasys-record",
    "level 1": "mappa-level-1-review",
    "MAPPA A": "mappa-referral",
    "level 2": "mappa-referral",
    "VLO": "victims",
    "psr": "pre-sentence-report",
    "court report": "pre-sentence-report",
    "PAROM": "parole-report",
    "oral hearing": "parole-report",
    "SHPO": "orders-and-conditions",
    "curfew": "orders-and-conditions",
    "exclusion zone": "orders-and-conditions",
    "licence conditions": "orders-and-conditions",
    "change a condition": "licence-variation",
    "laptop": "devices",
    "partner": "people",
    "children": "people",
    "social worker": "safeguarding-check",
    "children's services": "safeguarding-check",
    "police": "information-exchange",
    "marac": "information-exchange",
    "disclosure": "information-exchange",
    "handover": "officer-change",
    "transfer": "officer-change",
    "housing": "address",
    "homeless": "address",
    "approved premises": "address",
    "denial": "own-account",
    "building choices": "programme-suitability",
    "Horizon": "referral",
    "arrest": "significant-event",
    "pregnancy": "significant-event",
    "died": "end-of-supervision",
    "close the case": "end-of-supervision",
    "lie detector": "polygraph",
    "prison": "custody",
    "autism": "learning-screen",
    "personality disorder": "opd-screen",
    "objectives": "sentence-plan",
    "merge": "same-person",
    "benefits": "resettlement",
    "release date": "pre-release",
}


@pytest.mark.parametrize("typed", TYPED)
def test_the_form_somebody_means_comes_first(desk: Desk, typed: str) -> None:
    assert offered.rows(offered.forms(desk), typed)[0].key == TYPED[typed]


def test_what_led_to_a_form_is_said(desk: Desk) -> None:
    """Only where its own title does not say it."""
    shown = offered.rows(offered.forms(desk), "dsar")[0]
    assert shown.line.startswith("DSAR: What the person asked")
    assert offered.rows(offered.forms(desk), "letter")[0].line.startswith("What the person asked")
    assert offered.rows(offered.forms(desk), "xyzzy") == []


def test_other_words_are_of_forms_and_commands_that_are_there() -> None:
    """None twice for forms, none that the title says already, and none left out that somebody may begin."""
    words = called()
    titles = {form.form: form for form in library.load().latest()}
    assert set(words.forms) == set(titles) - offered.ELSEWHERE
    code = Path(window.__file__).read_text("utf-8")
    commands = re.findall(r"Command\(\s*\"(\w+)\"", code) + re.findall(
        r"^    \(\"(\w+)\", \"", code, re.MULTILINE
    )
    assert set(words.commands) <= set(commands)
    said = [each.casefold() for each in chain.from_iterable(also.en for also in words.forms.values())]
    assert sorted(each for each in set(said) if said.count(each) > 1) == []


def test_what_fits_better_comes_first() -> None:
    ranks = [
        fit("warn", "Warning signs"),
        fit("red flags", "Warning signs", ("red flags",)),
        fit("signs warn", "Warning signs"),
        fit("red", "Warning signs", ("red flags",)),
        fit("arn", "Warning signs", ("red flags",), "What came before."),
        fit("blue", "Warning signs", ("red flags",), "What came before."),
    ]
    assert [each.rank if each else None for each in ranks] == [0, 1, 2, 3, 4, None]
