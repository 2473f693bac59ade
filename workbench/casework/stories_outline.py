"""The outline of an invented life, and what later turns of its story point back to."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from workbench.casework.sample import Story, Turn

CUSTODIAL = ("determinate", "extended", "indeterminate")


class Life(msgspec.Struct, frozen=True):
    """The outline of one case, from which a plausible history is written; days count back from today."""

    kind: str = "determinate"
    began: int = 700
    released: int | None = 400
    release_in: int | None = None
    ends_in: int = 500
    rosh: str = "high"
    registered: str = "yes"
    osp: tuple[str, str] | None = ("medium", "low")
    gender: str = "man"
    born: date = date(1979, 5, 14)
    language: str = "en"
    gap: int = 14
    silence: int = 3
    visit: bool = True
    arms: bool = True
    oasys: bool = True
    after_arms: bool = True
    mappa: tuple[str, str] | None = ("1", "1")
    plan: str = "countersigned"
    child: bool = False
    partner: bool = False
    place: str = "rented"
    innocence: bool = False
    lead: str = "probation"
    opd: bool = True
    maps: str = "use"
    polygraph: bool = False


class Told(msgspec.Struct):
    """What later turns of a story point back to; conditions by what checks them."""

    entries: dict[str, Turn] = {}
    people: dict[str, str] = {}
    conditions: dict[str, list[str]] = {}
    place: str = ""


def day(story: Story, ago: int) -> date:
    """So many days before today."""
    return story.today - timedelta(days=ago)
