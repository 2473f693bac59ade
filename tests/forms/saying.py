"""What worked examples are written with: a claim is `fact, of, value, from`; people and places are invented."""

from __future__ import annotations

from typing import Any

TODAY = "2026-03-03"
Claim = tuple[str, str | None, Any, str]
Example = tuple[dict[str, Any], list[Claim]]
ACTION = {"id": "a1", "what": "Change the route to work", "who": "A Example", "by": "2026-04-01"}


def case(day: str, **facts: Any) -> list[Claim]:
    """Claims about the case itself; `__` stands for the point in a fact's name."""
    return [(fact.replace("__", "."), None, value, day) for fact, value in facts.items()]
