"""The roles as people say them."""

from __future__ import annotations

ROLES = {
    "practitioner": "Practitioner (probation officer, COM or POM)",
    "pso": "Probation service officer (PSO)",
    "spo": "Senior probation officer (SPO)",
    "aco": "Head of PDU (ACO)",
    "court-officer": "Court officer",
    "vlo": "Victim liaison officer (VLO)",
    "administrator": "Regional administrator",
    "data-protection": "Data protection lead",
}
ENCRYPTED = {"yes": "Yes", "no": "No", "not-known": "I do not know"}
