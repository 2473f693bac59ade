"""The window over a region's store: start, memory, caseload, a long case, and how long the window ever stands still.

20,000 cases as rows with what they owe, and one case of 5,000 entries; not a million versions, which no
figure here reads.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QEventLoop, QStringListModel, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from tests.bench import opening as opening_bench
from tests.bench import places
from tests.bench.harness import Line, Sizes, Spread, alone, compare, single, spread, took, versus
from tests.bench.places import Region
from tests.bench.window import dressed, swept
from tests.conftest import PASSPHRASE
from tests.journeys.conftest import Heart, Journey
from tests.ui.conftest import Frame
from workbench.casework import opening
from workbench.clock import stamp
from workbench.security.keyring import NoKeyring
from workbench.security.keys import STRONG
from workbench.settings import Settings
from workbench.ui.case.view import CaseScreen
from workbench.ui.caseload.view import CaseloadScreen
from workbench.ui.gate.gate import Opening
from workbench.ui.shell import counts
from workbench.ui.shell.place import Place
from workbench.ui.shell.window import Window
from workbench.ui.today import presenter as today

ROOT = Path(__file__).resolve().parents[2]
LOOKS_MS = 500
# What somebody types who looks for a person, letter by letter.
TYPED = ("p", "pr", "pri", "prit", "pritc", "pritchard", "r0", "r00", "r001", "")


def region(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """Everything that is measured over one store of a region."""
    held = places.region(folder, sizes.held, sizes.entries)
    key = held.desk.data_key.hex()
    try:
        yield from _today(sizes, held)
        yield from _caseload(sizes, held)
        yield from _long_case(sizes, held)
    finally:
        held.desk.close()
    yield from _start(sizes, held.folder, key)
    yield from _heartbeat(sizes, held)


# In a process of its own


def _start(sizes: Sizes, store: Path, key: str) -> Iterator[Line]:
    """From the start of the process to Today painted, and what it holds then and after a search."""
    asked = (str(store), key, stamp(places.NOW))
    rounds = {"bare": ("bare",), "today": ("today", *asked), "search": ("search", *asked, places.RARE)}
    waits: dict[str, list[float]] = {how: [] for how in rounds}
    holds: dict[str, list[float]] = {how: [] for how in rounds}
    for _ in range(sizes.rounds + 1 if sizes.rounds > 1 else 1):
        for how, arguments in rounds.items():
            seconds, kib = _first_paint(*arguments)
            waits[how].append(seconds)
            holds[how].append(kib / 1024)
    waits = {how: values[-sizes.rounds :] for how, values in waits.items()}
    floor = "a bare window of PySide6, cold"
    ratios = [above / below for above, below in zip(waits["today"], waits["bare"], strict=True)]
    bare = statistics.median(waits["bare"])
    cases = f"{sizes.held:,} cases"
    yield Line(
        f"start to Today painted, {cases}, data key handed in",
        f"{floor}: {bare * 1000:.0f} ms",
        _in_ms(waits["today"]),
        ratio=msgspec.structs.replace(spread(ratios), median=statistics.median(waits["today"]) / bare),
        may_take=round(1.5 * bare * 1000 + 150),
        note="may take 1.5 × the floor and 150 ms",
    )
    least = statistics.median(holds["bare"])
    for how, what, more in (("today", "on Today", 0), ("search", "after a search", 60)):
        yield Line(
            f"memory {what}, {cases}",
            f"a bare window of PySide6: {least:.0f} MB",
            spread(holds[how]),
            "MB",
            spread([each / least for each in holds[how]]),
            may_take=round(2 * least + more),
            note="may hold 2 × the floor" + (f" and {more} MB" if more else ""),
        )


def _first_paint(*arguments: str) -> tuple[float, int]:
    """The seconds until it was painted, and the KiB held."""
    # As installed: the compiled modules are kept, whatever this run of Python was told.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.first_paint", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "painted\n"
        seconds = time.perf_counter() - began
        return seconds, int(process.stdout.readline())


# Screens


def _today(sizes: Sizes, held: Region) -> Iterator[Line]:
    """What Today, the rail and the quick switcher ask of the desk."""
    desk, what = held.desk, f"{sizes.held:,} cases: "
    reads: dict[str, Callable[[], object]] = {
        "Today": lambda: today.today(desk),
        "the counts of the rail": lambda: counts.counts(desk),
        "people for the quick switcher": lambda: counts.people(desk, ()),
    }
    for name, read in reads.items():
        yield single(f"{what}{name}, read", alone(lambda read=read: took(read), sizes.rounds))


def _caseload(sizes: Sizes, held: Region) -> Iterator[Line]:
    """A letter typed into the caseload, from its being asked for to the rows painted."""
    application = dressed()
    screen = CaseloadScreen(Frame(held.desk))
    screen.resize(1150, 700)
    screen.show()
    screen.arrive(Place("caseload"))
    application.processEvents()
    bare = _bare_list()
    sql = held.desk.store.connection
    query = (
        "SELECT name FROM cases WHERE kind = 'case' AND instr(lower(coalesce(name, '') || ' ' || crn), ?) "
        "ORDER BY open_recall DESC, next_due"
    )

    def typed() -> float:
        each = []
        for text in TYPED:
            screen._search.blockSignals(True)
            screen._search.setText(text)
            screen._search.blockSignals(False)
            began = time.perf_counter()
            screen._search.asked.emit(text)
            application.processEvents()
            each.append(time.perf_counter() - began)
        return statistics.mean(each)

    def raw() -> float:
        each = []
        for text in TYPED:
            began = time.perf_counter()
            names = [name or "" for (name,) in sql.execute(query, (text,))]
            _list(application, bare, names)
            each.append(time.perf_counter() - began)
        return statistics.mean(each)

    found = compare(typed, raw, sizes.rounds)
    what = f"a letter in the caseload's filter, {sizes.held:,} rows"
    yield versus(what, "raw SQL and a bare list", found, ratio=2, ms=40, note="mean of ten letters")
    for widget in (screen, bare):
        widget.deleteLater()
    swept(application)


def _long_case(sizes: Sizes, held: Region) -> Iterator[Line]:
    """The chronology of a long case, opened to painted."""
    application = dressed()
    desk, case = held.desk, held.long
    sql = desk.store.connection
    screen = CaseScreen(Frame(desk))
    screen.resize(1150, 700)
    screen.show()
    bare = _bare_list()
    read = "SELECT header, content, signature FROM versions WHERE case_id = ? ORDER BY n"

    def opens() -> float:
        began = time.perf_counter()
        screen.arrive(Place("case", case=case, tab="chronology"))
        application.processEvents()
        return time.perf_counter() - began

    def opens_first() -> float:
        desk.forget(case)
        return opens()

    def raw() -> float:
        began = time.perf_counter()
        rows = sql.execute(read, (case,)).fetchall()
        _list(application, bare, [bytes(header[:40]).decode() for header, _, _ in rows])
        return time.perf_counter() - began

    # As its first use leaves the program: the case is kept as it stands until something is said of it or the lock.
    opens_first()
    found = compare(opens, raw, sizes.rounds)
    what = f"open a case of {sizes.entries:,} entries to painted"
    yield versus(what, "its rows by raw SQL and a bare list", found, ratio=2, ms=100)
    found = compare(opens_first, raw, sizes.rounds)
    note = "every entry is decoded and folded"
    yield versus(f"{what}, the first time", "its rows by raw SQL and a bare list", found, ms=100, note=note)
    for widget in (screen, bare):
        widget.deleteLater()
    swept(application)


# The whole window


def unlock(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """From Enter to the unlocked frame, against Argon2id itself."""
    strength = STRONG if sizes.rounds > 1 else (8, 1, 1)
    desk = places.empty(folder / "locked", strength)
    clock, ids = desk.clock, desk.ids
    desk.close()
    application = dressed()
    window = Window(
        application,
        Settings(still=True),
        clock,
        Opening(lambda secret: opening.open_desk(folder / "locked", secret, clock, ids, NoKeyring())),
    )
    window.resize(1366, 768)
    window.show()
    journey, entered = Journey(application, window), []
    window.opened.connect(lambda: entered.append(time.perf_counter()))

    def opens() -> float:
        journey.settle()
        journey.type(PASSPHRASE)
        began = time.perf_counter()
        journey.press("Return")
        while not entered:
            # Waits as the running program does: a loop that never sleeps would take turns from the desk.
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        seconds = entered.pop() - began
        journey.settle()
        window.lock()
        journey.settle()
        return seconds

    argon = lambda: took(lambda: opening_bench._argon2id(*strength))
    found = compare(opens, argon, sizes.rounds)
    window.close()
    window.deleteLater()
    swept(application)
    yield versus("unlock in the window, from Enter", "Argon2id itself", found, ratio=1.2)


def _heartbeat(sizes: Sizes, held: Region) -> Iterator[Line]:
    """A day's places one after another, with a timer of 5 ms that says how long the window ever stood still."""
    application = dressed()
    clock, ids = held.desk.clock, held.desk.ids
    window = Window(
        application,
        Settings(still=True),
        clock,
        Opening(lambda secret: opening.open_desk(held.folder, secret, clock, ids, NoKeyring())),
    )
    window.resize(1366, 768)
    window.show()
    journey = Journey(application, window)
    journey.settle()
    gaps: list[tuple[float, str]] = []
    for what, does in _steps(journey, held.long):
        heart = Heart()
        does()
        journey.settle()
        # Somebody looks at what came, for a moment; a loop of its own beats as the program's does.
        pause = QEventLoop()
        QTimer.singleShot(LOOKS_MS, pause.quit)
        pause.exec()
        heart.stop()
        gaps += [(gap, what) for gap in heart.gaps]
    window.close()
    window.deleteLater()
    swept(application)
    each = [gap * 1000 for gap, _ in gaps]
    late = statistics.quantiles(each, n=100)[-1]
    longest, where = max(gaps)
    what = "the window's heart, over a journey: "
    yield Line(
        f"{what}99th percentile",
        took=Spread(late, late, late),
        may_take=50,
        note=f"{len(each):,} beats; half a second to look at each place",
    )
    long = longest * 1000
    yield Line(f"{what}longest gap", took=Spread(long, long, long), may_take=200, note=where)


def _steps(journey: Journey, case: str) -> Sequence[tuple[str, Callable[[], object]]]:
    """What is done, in order, each with its name."""
    go: Callable[..., Callable[[], None]] = lambda *at, **more: (
        lambda: journey.workspace.go(Place(*at, **more))
    )

    def switch() -> None:
        journey.press("Ctrl+K")
        journey.settle()
        journey.type("pritchard")
        journey.press("Escape")

    def filter() -> None:
        journey.type("pritch")
        QTest.qWait(100)

    return (
        ("unlocking", journey.unlock),
        ("caseload", go("caseload")),
        ("filter of the caseload", filter),
        ("summary of a long case", go("case", case=case)),
        ("chronology of a long case", go("case", case=case, tab="chronology")),
        ("down the chronology", lambda: journey.press("PgDown", 8)),
        *((tab, go("case", case=case, tab=tab)) for tab in ("assessments", "plan", "people", "documents")),
        ("form", go("form", case=case, form="contact")),
        ("writing", lambda: journey.type("Spoke of the allotment and of recieving visitors.")),
        ("spelling comes", lambda: QTest.qWait(700)),
        ("long form", go("form", case=case, form="risk-management-plan")),
        ("search", go("search", words=places.RARE)),
        ("switcher", switch),
        ("guidance", go("guidance", words="start")),
        ("settings", go("settings")),
        ("back on Today", go("today")),
        ("locking", journey.window.lock),
    )


# Floors


def _bare_list() -> QListView:
    bare = QListView()
    bare.setUniformItemSizes(True)
    bare.setModel(QStringListModel(bare))
    bare.resize(1150, 600)
    bare.show()
    return bare


def _list(application: QApplication, bare: QListView, words: list[str]) -> None:
    model = bare.model()
    assert isinstance(model, QStringListModel)
    model.setStringList(words)
    application.processEvents()


def _in_ms(seconds: Sequence[float]) -> Spread:
    return spread([each * 1000 for each in seconds])
