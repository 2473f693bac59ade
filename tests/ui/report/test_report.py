"""A report before it leaves: every page looked at, a draft says so on each, what is held back is listed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from tests.ui.spoken import english_in, fixed, said
from workbench.casework import documents, recording, reporting
from workbench.casework.desk import Desk
from workbench.casework.reporting import Drawn
from workbench.models.released import Chosen
from workbench.settings import Settings
from workbench.ui.report import leaving, presenter
from workbench.ui.report.pages import DRAFT, Pages, image_of
from workbench.ui.report.presenter import Asked
from workbench.ui.report.view import ReportScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button

PLAN = Asked("release-plan", "agencies", "en")


@pytest.fixture
def planned(desk: Desk, registered: Callable[..., str]) -> str:
    """A person with a plan."""
    case = registered(name="Gwyn Sample")
    session = recording.start(desk, case, "risk-management-plan")
    session.restore(EXAMPLES["risk-management-plan"][0])
    recording.sign(desk, case, session)
    return case


@pytest.fixture
def drawn(desk: Desk, planned: str) -> Drawn:
    """Its report, drawn."""
    return reporting.render(presenter.prepare(desk, planned, PLAN).prepared, "pdf")


def test_the_readers_are_words(desk: Desk, planned: str) -> None:
    """And the language is the person's own."""
    found = presenter.choices(desk, planned)
    assert found.audiences["release-plan"]["agencies"] == "MAPPA agencies"
    assert found.language == "en"


def test_what_is_held_back_is_listed_without_its_words(desk: Desk, planned: str) -> None:
    """The reader's list says what and why, never the thing itself."""
    ready = presenter.prepare(desk, planned, Asked("release-plan", "person", "en"))
    made = reporting.render(ready.prepared, "pdf")
    shown = presenter.shown(made, "The person on probation", ready.called)
    told = " ".join(f"{held.what} {held.why}" for held in shown.held)
    secrets = [value.text for value in made.withheld.values if len(value.text) > 12]
    assert shown.held
    assert [secret for secret in secrets if secret in told] == []


def test_pages_become_pictures(drawn: Drawn) -> None:
    """White paper with dark words; beyond the end there is none."""
    first = image_of(reporting.page_pictures(drawn.data, range(1), 1.0)[0])
    assert (first.width(), first.height()) == (596, 842) or (first.width(), first.height()) == (595, 842)
    assert first.pixelColor(2, 400).lightness() > 250
    assert reporting.page_pictures(drawn.data, range(drawn.pages, drawn.pages + 3), 1.0) == ()


@pytest.mark.parametrize("draft", [True, False])
def test_paper_says_draft_until_it_is_issued(qapp: object, drawn: Drawn, tmp_path: Path, draft: bool) -> None:
    """On every page."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    leaving.put_on(printer, drawn, draft=draft)
    pages = pypdf.PdfReader(tmp_path / "paper.pdf").pages
    said = [DRAFT.en.split(",")[0] in page.extract_text().replace("\n", "") for page in pages]
    assert said == [draft] * drawn.pages


def test_a_copy_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A folder that is not there is told, and leaves nothing behind."""
    assert leaving.written(tmp_path / "a.pdf", b"data") == ""
    assert (tmp_path / "a.pdf").read_bytes() == b"data"
    told = leaving.written(tmp_path / "missing" / "a.pdf", b"data")
    assert told.endswith("Choose another folder.")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.pdf"]


def test_the_screen_draws_and_says_what_stops_it(frame: Frame, planned: str, qtbot: QtBot) -> None:
    """A plan that is not countersigned may be looked at; it may not be issued while something is missing."""
    screen = ReportScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("report", case=planned))
    qtbot.wait(1)
    leaves = screen.findChild(Pages)._leaves
    issue = next(button for button in screen.findChildren(Button) if "issue it" in button.accessibleName())
    assert leaves
    assert leaves[0].draft
    assert issue.isEnabled() == (not screen._drawn.gaps)  # type: ignore[union-attr]


def test_what_was_issued_is_kept_as_it_left(desk: Desk, planned: str, drawn: Drawn) -> None:
    """The very bytes, among the documents of the case."""
    import msgspec

    whole = msgspec.structs.replace(drawn, gaps=())
    presenter.issue(desk, planned, whole, "Sam Example, police", "MAPPA", whole.to_tick)
    held = documents.files(desk, planned)[0]
    assert documents.read(desk, planned, held.file.sha256, "looked") == drawn.data


def test_a_chronology_is_cut_to_the_days_and_kinds_chosen(desk: Desk, planned: str, qtbot: QtBot) -> None:
    """The choices stand only beside a report that has them, and the pages keep to them."""
    screen = ReportScreen(Frame(desk))
    qtbot.addWidget(screen)
    screen.show()
    side = screen._side
    side.offer(presenter.choices(desk, planned), "chronology-extract")
    narrowing = side._narrowing
    assert narrowing.isVisible()
    narrowing._since.line.setText("1 March 2026")
    narrowing._until.line.setText("2026-03-31")
    narrowing._ticks["plan"].setChecked(True)
    narrowing._purpose.setText("For the hearing")
    chosen = side.wanted().chosen
    assert (chosen.since, chosen.until, chosen.kinds) == ("2026-03-01", "2026-03-31", ("plan",))
    made = reporting.render(presenter.prepare(desk, planned, side.wanted()).prepared, "html")
    assert "For the hearing" in made.data.decode()
    side.offer(presenter.choices(desk, planned), "release-plan")
    assert not narrowing.isVisible()
    assert side.wanted().chosen == Chosen()


def test_the_screen_speaks_welsh(desk: Desk, planned: str, qtbot: QtBot) -> None:
    """All of it differs from the English screen but names, and what is said in the report's own language."""
    frame = Frame(desk)
    screen = ReportScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    told: dict[str, set[str]] = {"en": set(), "cy": set()}
    own = {"Gwyn Sample", "X100001", "English", "Cymraeg"}
    for language, texts in told.items():
        frame.chosen = Settings(language="cy" if language == "cy" else "en")
        screen.arrive(Place("report", case=planned, report="chronology-extract"))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        texts.update(said(screen))
        drawn = screen._drawn
        assert drawn is not None
        screen._issued = True
        screen._show(drawn)
        texts.update(said(screen))
        own |= {*drawn.gaps, *drawn.to_tick, screen._pages.accessibleDescription()}
    assert fixed(told["en"] & told["cy"], own) == {}
    assert english_in(told["cy"], own) == []


@pytest.mark.parametrize(("width", "both"), [(1200, True), (700, False)])
def test_where_it_is_narrow_the_choices_or_the_pages_are_shown(
    frame: Frame, planned: str, qtbot: QtBot, width: int, both: bool
) -> None:
    """Never two small areas that scroll; the keys go from one to the other and back."""
    screen = ReportScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(width, 700)
    screen.show()
    screen.arrive(Place("report", case=planned))
    pages, side = screen._pages, screen._side
    assert (pages.isVisible(), side.isVisible(), screen._sides.isVisible()) == (both, True, not both)
    if not both:
        qtbot.keyClick(screen._sides.button("choose"), Qt.Key.Key_Right)
        qtbot.keyClick(screen._sides.button("pages"), Qt.Key.Key_Space)
        assert (pages.isVisible(), side.isVisible()) == (True, False)
        assert screen.first() is screen._sides.button("pages")
        qtbot.waitUntil(lambda: pages._leaves[0].width() > 600 and pages._leaves[0].image is not None)
        screen.resize(1200, 700)
        assert side.isVisible()


def test_a_page_is_drawn_sharp(frame: Frame, planned: str, qtbot: QtBot) -> None:
    """Anew where it has become larger, and never stretched by its last pixel."""
    screen = ReportScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1010, 700)
    screen.show()
    screen.arrive(Place("report", case=planned))
    leaf = screen._pages._leaves[0]
    small = leaf.width()
    screen.resize(1300, 700)
    assert leaf.width() > small + 50
    qtbot.waitUntil(lambda: leaf.image is not None and abs(leaf.image.width() - leaf.width()) <= 2)
    assert leaf.image is not None
    assert leaf._picture_at(leaf.image).width() == leaf.image.width()


def test_nothing_of_the_last_person_can_leave_while_the_next_is_drawn(
    frame: Frame, planned: str, registered: Callable[..., str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages are gone at once, and a drawing that comes late is not shown as another's."""
    other = registered(crn="X100002", name="Dai Other")
    late: list[Callable[[], None]] = []
    at_once = frame.apart

    def ask(work: Callable[[Desk], Any], then: Callable[[Any], None], *_: Any, key: str = "") -> None:
        at_once(lambda: work(frame.desk), then)

    monkeypatch.setattr(frame, "ask", ask)
    monkeypatch.setattr(frame, "apart", lambda *asked: late.append(partial(at_once, *asked)))
    screen = ReportScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("report", case=planned))
    late.pop(0)()
    assert screen._drawn is not None
    late.clear()  # the pictures of its pages
    screen.arrive(Place("report", case=planned))
    screen.arrive(Place("report", case=other))
    assert (screen._drawn, screen._pages._leaves) == (None, [])
    shown = [button.accessibleName() for button in screen.findChildren(Button) if button.isVisible()]
    assert [name for name in shown if "Print" in name or "Save" in name] == []
    late.pop(0)()
    assert screen._drawn is None
    late.pop(0)()
    assert screen._drawn is not None
    assert screen._about.text() == "Dai Other, X100002"
