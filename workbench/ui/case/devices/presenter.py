"""Devices and accounts in registers, with their checks; and what visits saw of them. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.casework.desk import Desk
from workbench.casework.reading import kept_away
from workbench.ui.case.registers import Item, Register, Written, answered, register, written
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

FORM = "devices"
LAST_VISITS = 5
# The orders under which devices are declared and looked at.
_TERMS = ("shpo", "licence-additional", "requirement")
_ONLINE = ("device", "internet", "online", "computer", "telephone", "phone")


def devices(desk: Desk, case: str) -> tuple[Register, ...]:
    """Devices, accounts, checks, the terms that bear on them, and the last visits."""
    known = Knowing(desk, case)
    held = [_device(each, known.day) for each in written(desk, known, FORM, "devices")]
    accounts = [_account(each) for each in written(desk, known, FORM, "accounts")]
    found = [
        register(desk, "Devices", held, "No device is recorded.", FORM, add="Add a device"),
        register(
            desk,
            "Checks, and what they found",
            _checks(desk, known),
            "No check is recorded.",
            FORM,
            add="Add a check",
        ),
        register(desk, "Accounts", accounts, "No account is recorded.", FORM, add="Add an account"),
        Register(
            "Conditions that speak of devices",
            tuple(_terms(known)),
            "No condition in force speaks of devices.",
        ),
        Register("As the last visits saw them", tuple(_seen(desk, known)), "No visit recorded devices."),
    ]
    if life := tuple(
        answered(known, FORM, ("use", "What the person does online"), ("account", "What the person says"))
    ):
        found.append(Register("Online life", life, ""))
    return tuple(found)


def _declared(row: Written) -> tuple[str, str]:
    return {"yes": ("Declared", "good"), "no": ("Not declared", "danger")}.get(
        row.raw("declared"), ("Declared? Not known", "warn")
    )


def _device(device: Written, today: str) -> Item:
    until = device.raw("until_day")
    state, tone = _declared(device)
    if until and until <= today:
        return Item(
            device.raw("what"), f"No longer held from {day_words(until)}", "plain", (), (), device.entries
        )
    facts = device.facts(("number", "Number or mark"), ("monitored", "Monitoring"))
    alight = () if device.raw("monitored") else ("How it is monitored is not recorded.",)
    return Item(device.raw("what"), state, tone, facts, alight, device.entries, device.at)


def _account(account: Written) -> Item:
    state, tone = _declared(account)
    return Item(
        account.raw("what"), state, tone, account.facts(("called", "Name")), (), account.entries, account.at
    )


def _checks(desk: Desk, known: Knowing) -> Iterator[Item]:
    """When the next check is, then each check, the latest first."""
    away = kept_away(desk, known.case)
    entries = [entry for entry in known.case.of_form(FORM) if entry.id not in away]
    coming = next((entry for entry in reversed(entries) if entry.head.answers().get("next_check_on")), None)
    if coming is not None:
        day = str(coming.head.answers()["next_check_on"])
        done = any(each.raw("done_on") >= day for each in written(desk, known, FORM, "checks"))
        late = day < known.day and not done
        alight = ("No check on or after that day is recorded.",) if late else ()
        entry = ((day_words(coming.on[:10]), coming.id),)
        yield Item(f"Next check: {day_words(day)}", "Past" if late else "", "warn", (), alight, entry)
    checks = sorted(written(desk, known, FORM, "checks"), key=lambda each: each.raw("done_on"), reverse=True)
    for check in checks:
        facts = check.facts(("by", "By"), ("found", "Found"))
        alight = () if check.raw("found") else ("What was found is not recorded.",)
        yield Item(check.words("done_on"), "", "plain", facts, alight, check.entries)


def _terms(known: Knowing) -> Iterator[Item]:
    for found in known.each("condition.in_force"):
        text, kind = known.fact("condition.text", found.of), known.fact("condition.kind", found.of)
        told = text.words.casefold()
        if found.raw == "yes" and kind.raw in _TERMS and any(word in told for word in _ONLINE):
            yield Item(text.words, kind.words, "info", entries=((day_words(text.since), text.entry),))


def _seen(desk: Desk, known: Knowing) -> Iterator[Item]:
    away = kept_away(desk, known.case)
    visits = [entry for entry in known.case.of_form("home-visit") if entry.id not in away]
    for entry in reversed(visits[-LAST_VISITS:]):
        seen = entry.head.answers().get("devices")
        if isinstance(seen, str):
            yield Item(
                f"Visit, {day_words(entry.on[:10])}", facts=(("", seen),), entries=(("The entry", entry.id),)
            )
