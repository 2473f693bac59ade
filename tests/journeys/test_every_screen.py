"""Every screen of the sample caseload: each control has a name and is reached by Tab, and no label is cut."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from tests.conftest import Kept
from workbench.casework import opening, sample, stories
from workbench.casework.opening import Secret
from workbench.clock import SystemClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.settings import Settings
from workbench.ui import tour
from workbench.ui.look import look
from workbench.ui.shell.window import Opening, Window

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
# What a screen may cut, since its whole stands in the control's name: nothing else.
SLACK = 2
WALKS = ((100, "roomy"), (200, "roomy"), (200, "close"))


@pytest.fixture(scope="module")
def made(kept: Kept) -> tuple[Path, str]:
    """One sample store for all walks."""
    folder = kept.copy("practitioner", _make)
    return folder, (folder / "passphrase.txt").read_text().strip()


def _make(folder: Path) -> None:
    clock = SystemClock()
    tellers = stories.tellers(len(stories.TELLERS))
    sample.make(folder, clock, Ids(clock, secrets.token_bytes), tellers)


@pytest.fixture(params=WALKS, ids=lambda walk: f"{walk[0]}-{walk[1]}")
def window(request: pytest.FixtureRequest, qapp: QApplication, made: tuple[Path, str]) -> Iterator[Window]:
    """The unlocked window on it, at a text size and spacing."""
    folder, passphrase = made
    clock = SystemClock()
    ids = Ids(clock, secrets.token_bytes)
    size, spacing = request.param
    settings = Settings(text_size=size, spacing=spacing, still=True)
    look.load_fonts()
    look.put_on(qapp, look.chosen(settings))
    shown = Window(
        qapp,
        settings,
        clock,
        Opening(lambda secret: opening.open_desk(folder, secret, clock, ids, NoKeyring())),
    )
    shown.resize(tour.WIDTH, tour.HEIGHT)
    shown.show()
    tour.settle(qapp, shown)
    shown.unlock(Secret(passphrase))
    tour.settle(qapp, shown)
    yield shown
    shown.close()
    shown.deleteLater()
    qapp.processEvents()


def named(widget: QWidget) -> str:
    """The name a screen reader is given."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def controls(root: QWidget) -> list[QWidget]:
    """Everything in sight that can be worked."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.objectName() != "qt_spinbox_lineedit"
        and not isinstance(widget.parent(), QComboBox | QLineEdit)
    ]


def unreached(window: Window, application: QApplication) -> list[str]:
    """The controls that a walk with Tab never comes to; of a group of choices one is enough."""
    wanted = {
        widget
        for widget in controls(window)
        if not _one_of_several(widget) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    }
    seen: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 40):
        if wanted <= seen:
            break
        QTest.keyClick(application.focusWidget() or window, Qt.Key.Key_Tab)
        here = application.focusWidget()
        if here is not None:
            seen.add(here)
    proxies = {widget.focusProxy() for widget in seen if widget.focusProxy() is not None}
    return sorted(f"{type(widget).__name__} {named(widget)!r}" for widget in wanted - seen - proxies)


def _one_of_several(widget: QWidget) -> bool:
    """Whether arrows lead to it from its neighbour: Tab stops once at such a group."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return isinstance(widget, QRadioButton) or (group is not None and group.exclusive())


def cut(root: QWidget) -> list[str]:
    """The labels and buttons in sight that are narrower or lower than their words."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton) or not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + SLACK:
                found.append(f"{widget.text()[:60]!r}: {widget.height()} of {needed} high")
        elif widget.sizeHint().width() > widget.width() + SLACK:
            found.append(f"{widget.text()[:60]!r}: {widget.width()} of {widget.sizeHint().width()} wide")
    return found


def spills(root: QWidget) -> list[str]:
    """The pages whose content is wider than they are: nothing scrolls sideways."""
    found = []
    for area in root.findChildren(QAbstractScrollArea):
        bar = area.horizontalScrollBar()
        if area.isVisible() and not isinstance(area, QPlainTextEdit) and bar.maximum() > 0:
            found.append(f"{type(area).__name__} {area.accessibleName()!r} by {bar.maximum()}")
    return found


def taken(forms: tuple[str, ...], walk: int) -> tuple[str, ...]:
    """Every third form, others in each walk; WORKBENCH_FORMS=all takes all, as before a release."""
    return forms if os.environ.get("WORKBENCH_FORMS") == "all" else forms[walk :: len(WALKS)]


@pytest.mark.timeout(400)
def test_every_screen_is_named_reached_and_uncut(window: Window, qapp: QApplication) -> None:
    """One walk through the whole tour."""
    found: list[tour.Cases] = []
    window.desks.with_desk(tour.cases, found.append)
    tour.settle(qapp, window)
    wrong: dict[str, list[str]] = {}
    worn = look.in_force()
    walk = WALKS.index((round(100 * worn.scale), worn.spacing))
    who = msgspec.structs.replace(found[0], forms=taken(found[0].forms, walk))
    for stop in tour.stops(who):
        stop.go(window)
        tour.settle(qapp, window)
        nameless = [type(widget).__name__ for widget in controls(window) if not named(widget)]
        told = [*(f"no name: {each}" for each in nameless), *(f"cut: {each}" for each in cut(window))]
        told += [f"not reached: {each}" for each in unreached(window, qapp)]
        told += [f"spills: {each}" for each in spills(window)]
        if told:
            wrong[stop.name] = told
    assert "\n".join(f"{name}: {each}" for name, told in wrong.items() for each in told) == ""
