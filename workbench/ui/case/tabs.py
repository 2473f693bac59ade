"""Which tabs a case has, and which parts some of them; each is read only when somebody goes there."""

from __future__ import annotations

from collections.abc import Callable

from workbench.ui.case.tab import Tab
from workbench.ui.shell.place import Shell

TABS = {
    "summary": "Summary",
    "chronology": "Chronology",
    "assessments": "Assessments",
    "plan": "Plan",
    "release": "Release",
    "people": "People and places",
    "conditions": "Conditions and devices",
    "documents": "Documents and reports",
}
# Tabs that have several parts: the first stands under the tab's own key.
WITHIN = {
    "assessments": {"assessments": "Side by side", "thread": "Golden thread"},
    "people": {"people": "People", "agencies": "Team and agencies", "addresses": "Addresses"},
    "conditions": {"conditions": "Conditions", "devices": "Devices and accounts"},
}
# What stands in the one list of a narrow window where the words beside others say too little or too much.
LISTED = {"assessments": "Assessments", "documents": "Documents"}
OVER = {part: tab for tab, parts in WITHIN.items() for part in parts}


def _summary(shell: Shell) -> Tab:
    from workbench.ui.case.summary.view import Summary

    return Summary(shell)


def _chronology(shell: Shell) -> Tab:
    from workbench.ui.case.chronology.view import Chronology

    return Chronology(shell)


def _assessments(shell: Shell) -> Tab:
    from workbench.ui.case.assessments.view import Assessments

    return Assessments(shell)


def _thread(shell: Shell) -> Tab:
    from workbench.ui.case.thread.view import Thread

    return Thread(shell)


def _plan(shell: Shell) -> Tab:
    from workbench.ui.case.plan.view import Plan

    return Plan(shell)


def _release(shell: Shell) -> Tab:
    from workbench.ui.case.release.view import Release

    return Release(shell)


def _people(shell: Shell) -> Tab:
    from workbench.ui.case.people import presenter
    from workbench.ui.case.register_tab import RegisterTab

    return RegisterTab(shell, presenter.people, "people-tab")


def _agencies(shell: Shell) -> Tab:
    from workbench.ui.case.agencies import presenter
    from workbench.ui.case.register_tab import RegisterTab

    return RegisterTab(shell, presenter.agencies, "agencies")


def _addresses(shell: Shell) -> Tab:
    from workbench.ui.case.addresses import presenter
    from workbench.ui.case.register_tab import RegisterTab

    return RegisterTab(shell, presenter.addresses, "addresses")


def _conditions(shell: Shell) -> Tab:
    from workbench.ui.case.conditions import presenter
    from workbench.ui.case.register_tab import RegisterTab

    return RegisterTab(shell, presenter.conditions, "conditions")


def _devices(shell: Shell) -> Tab:
    from workbench.ui.case.devices import presenter
    from workbench.ui.case.register_tab import RegisterTab

    return RegisterTab(shell, presenter.devices, "devices")


def _documents(shell: Shell) -> Tab:
    from workbench.ui.case.documents.view import DocumentsTab

    return DocumentsTab(shell)


MAKE: dict[str, Callable[[Shell], Tab]] = {
    "summary": _summary,
    "chronology": _chronology,
    "assessments": _assessments,
    "thread": _thread,
    "plan": _plan,
    "release": _release,
    "people": _people,
    "agencies": _agencies,
    "addresses": _addresses,
    "conditions": _conditions,
    "devices": _devices,
    "documents": _documents,
}
