"""Which screens there are; each is read only when somebody goes there, so that the start waits for none."""

from __future__ import annotations

from collections.abc import Callable

from workbench.ui.shell.place import Screen, Shell


def _today(shell: Shell) -> Screen:
    from workbench.ui.today.view import TodayScreen

    return TodayScreen(shell)


def _caseload(shell: Shell) -> Screen:
    from workbench.ui.caseload.view import CaseloadScreen

    return CaseloadScreen(shell)


def _case(shell: Shell) -> Screen:
    from workbench.ui.case.view import CaseScreen

    return CaseScreen(shell)


def _form(shell: Shell) -> Screen:
    from workbench.ui.form.view import FormScreen

    return FormScreen(shell)


def _report(shell: Shell) -> Screen:
    from workbench.ui.report.view import ReportScreen

    return ReportScreen(shell)


def _search(shell: Shell) -> Screen:
    from workbench.ui.search.view import SearchScreen

    return SearchScreen(shell)


def _oversight(shell: Shell) -> Screen:
    from workbench.ui.oversight.view import OversightScreen

    return OversightScreen(shell)


def _review(shell: Shell) -> Screen:
    from workbench.ui.oversight.review.view import ReviewScreen

    return ReviewScreen(shell)


def _pdu(shell: Shell) -> Screen:
    from workbench.ui.pdu.view import PduScreen

    return PduScreen(shell)


def _cover(shell: Shell) -> Screen:
    from workbench.ui.cover.view import CoverScreen

    return CoverScreen(shell)


def _sitting(shell: Shell) -> Screen:
    from workbench.ui.sitting.view import SittingScreen

    return SittingScreen(shell)


def _card(shell: Shell) -> Screen:
    from workbench.ui.card.view import CardScreen

    return CardScreen(shell)


def _carry(shell: Shell) -> Screen:
    from workbench.ui.carry.view import CarryScreen

    return CarryScreen(shell)


def _figures(shell: Shell) -> Screen:
    from workbench.ui.figures.view import FiguresScreen

    return FiguresScreen(shell)


def _exchange(shell: Shell) -> Screen:
    from workbench.ui.exchange.view import ExchangeScreen

    return ExchangeScreen(shell)


def _guidance(shell: Shell) -> Screen:
    from workbench.ui.guidance.view import GuidanceScreen

    return GuidanceScreen(shell)


def _settings(shell: Shell) -> Screen:
    from workbench.ui.trust.view import SettingsScreen

    return SettingsScreen(shell)


def _waysout(shell: Shell) -> Screen:
    from workbench.ui.waysout.view import WaysOutScreen

    return WaysOutScreen(shell)


SCREENS: dict[str, Callable[[Shell], Screen]] = {
    "today": _today,
    "caseload": _caseload,
    "case": _case,
    "form": _form,
    "report": _report,
    "search": _search,
    "oversight": _oversight,
    "review": _review,
    "pdu": _pdu,
    "cover": _cover,
    "sitting": _sitting,
    "card": _card,
    "carry": _carry,
    "figures": _figures,
    "exchange": _exchange,
    "guidance": _guidance,
    "settings": _settings,
    "waysout": _waysout,
}
