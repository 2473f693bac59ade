"""A region's overlay made by hand: North (invented), with one of everything an overlay may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.casework.desk import Desk
from workbench.exchange import overlay

REGION = """\
region: north
title: {en: North (invented), cy: Gogledd (dychmygol)}
rules:
  home-visit-first:
    - from: 2026-01-01
      numbers: {medium: 4 weeks, low: 16 weeks}
      source: {document: North (invented), place: home visits, dated: 2026-01-01}
  police-exchange:
    - from: 2026-01-01
      numbers: {gap: 6 weeks}
      source: {document: North (invented), place: police, dated: 2026-01-01}
ours:
  custody-contact:
    off: yes
    source: {document: North (invented), place: custody, dated: 2026-01-01}
days_off: [2026-03-17]
"""
RULE = """\
rule: north-call
asks: {en: A call in the first week, cy: Galwad yn yr wythnos gyntaf}
owed_by: practitioner
in: [community-order, suspended-sentence-order, licence]
starts: each episode
ends: [recall, end]
met_by: {form: contact, where: "outcome = 'attended'"}
late: {level: warn, tells: [practitioner]}
confidence: firm
texts:
  - text: 1
    in_force: {from: 2026-01-01}
    source: {document: North (invented), place: first contact, dated: 2026-01-01}
    numbers: {call: 7 calendar days}
    due: [{within: call}]
    examples: [{given: {episode: 2026-03-02}, due: 2026-03-09}]
"""
FORM = """\
form: north-call
version: 1
title: {en: Call in the first week, cy: Galwad yn yr wythnos gyntaf}
for: [practitioner]
about: A call that North (invented) asks for.
happened: on
pages:
  - page: call
    title: {en: The call, cy: Yr alwad}
    questions:
      - {id: on, ask: When?, kind: day, default: today, required: yes}
      - {id: what, ask: What was said?, kind: text, required: yes}
"""
POLICY = "idle_minutes: 3\n"
FINDING = """\
finding: north-unasked
says: {en: People in the household were not asked about., cy: Ni ofynnwyd am bobl yn yr aelwyd.}
level: note
confidence: ours
source: {document: North (invented), place: households, dated: 2026-01-01}
looks: facts
in: [community-order]
when: some person where (network.household = 'yes')
of: [{form: safeguarding-check, where: "of_whom = 'childrens-services'"}]
numbers: {fresh: 3 months}
examples:
  - {given: {episode: 2026-03-02, network.household of mother: yes}, says: yes}
  - {given: {episode: 2026-03-02}, says: no}
  - given: {episode: 2026-03-02, network.household of mother: yes}
    entries: [{form: safeguarding-check, on: 2025-12-02, answers: {of_whom: childrens-services, asked_on: 2025-12-02}}]
    today: 2026-03-02
    says: no
  - given: {episode: 2026-03-02, network.household of mother: yes}
    entries: [{form: safeguarding-check, on: 2025-12-01, answers: {of_whom: childrens-services, asked_on: 2025-12-01}}]
    today: 2026-03-02
    says: yes
"""
ADVICE = """\
advice: north-raised
says: {en: They raised it., cy: Codwyd y mater.}
in: [community-order, licence]
applies: mmsa.state is known
when: mmsa.state = 'raised'
confidence: ours
source: {document: North (invented), place: advice, dated: 2026-01-01}
examples:
  - {given: {episode: 2026-03-02, mmsa.state: raised}, says: yes}
  - {given: {episode: 2026-03-02}, says: no}
"""
FILES = {
    "rules/north.yaml": REGION,
    "rules/north-call.yaml": RULE,
    "forms/north-call-1.yaml": FORM,
    "policy.yaml": POLICY,
}

# What else an overlay may add.
MORE = {"rules/north-unasked.yaml": FINDING, "rules/north-raised.yaml": ADVICE}


def signed(desk: Desk, files: Mapping[str, str | bytes] = FILES, **changes: Any) -> bytes:
    """An overlay of these files, signed by a store's person and checked by nobody."""
    made = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    told = {"id": "north", "region": "North", "version": 3, "from_": "2026-01-01", **changes}
    return overlay.make(made, card=desk.device.card, sign=desk.device.keys.sign, **told)


def with_(name: str, old: str, new: str) -> dict[str, str]:
    """The files, with one piece of text changed in one of them."""
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new)}
