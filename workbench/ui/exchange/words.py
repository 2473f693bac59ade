"""Roles as the screens of the exchange say them; no Qt."""

from __future__ import annotations

ROLES = {
    "practitioner": "practitioner",
    "pso": "probation service officer",
    "spo": "SPO",
    "aco": "head of PDU",
    "court-officer": "court officer",
    "vlo": "victim liaison officer",
    "administrator": "administrator",
    "data-protection": "data protection lead",
}


def role_words(role: str) -> str:
    """A role within a sentence."""
    return ROLES.get(role, role)


def a_role(role: str) -> str:
    """A role with its article."""
    words = role_words(role)
    return f"{'an' if words[0] in 'aeiou' or role == 'spo' else 'a'} {words}"
