"""Which forms somebody may write on a case, and which of them fit what was typed. No Qt."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.casework.desk import Desk
from workbench.forms.called import Fit, called, fit
from workbench.resources import say
from workbench.ui.widgets.row import Row

# Written every week: these stand first.
OFTEN = (
    "contact",
    "home-visit",
    "significant-event",
    "information-exchange",
    "safeguarding-check",
    "arms",
    "rosh",
    "risk-management-plan",
    "mappa-level-1-review",
    "recall",
)
# Made by other screens, never begun by hand.
ELSEWHERE = frozenset(
    {
        "registration",
        "report-issued",
        "duty-deferred",
        "event-closed",
        "mark-loosened",
        "misfiled",
        "restricted",
        "erased",
        "carried-over",
        "dispute",
        "brought-in-file",
        "release-of-withheld-answer",
        "switched",
    }
)


class Offered(msgspec.Struct, frozen=True):
    """One form: its title, what it is about, and what else people call it."""

    form: str
    title: str
    about: str
    also: tuple[str, ...]


def forms(desk: Desk) -> tuple[Offered, ...]:
    """The forms that the person at this store may write, those written most first."""
    role, others = desk.device.card.role, called().forms
    order = {form: number for number, form in enumerate(OFTEN)}
    found = [form for form in desk.library.latest() if role in form.for_ and form.form not in ELSEWHERE]
    found.sort(key=lambda form: (order.get(form.form, len(order)), say(form.title)))
    return tuple(
        Offered(
            form.form,
            say(form.title),
            say(form.about),
            (*(others[form.form].all() if form.form in others else ()), say(form.title, "cy")),
        )
        for form in found
    )


def fitting(forms: Iterable[Offered], typed: str) -> list[tuple[Fit, Offered]]:
    """The forms that fit what was typed, the best first."""
    fits = ((fit(typed, each.title, each.also, each.about), each) for each in forms)
    return sorted(((how, each) for how, each in fits if how is not None), key=lambda held: held[0].rank)


def rows(forms: Iterable[Offered], typed: str) -> list[Row]:
    """The forms that fit, as rows; where other words led to one, they are said."""
    return [
        Row(
            each.form,
            each.title,
            line=f"{how.by[:1].upper()}{how.by[1:]}: {each.about}" if how.by else each.about,
        )
        for how, each in fitting(forms, typed)
    ]
