"""The caseload as a table, where there is room for its columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.ui.caseload import presenter
from workbench.ui.caseload.presenter import COLUMNS, Person
from workbench.ui.look.look import in_force
from workbench.ui.look.tokens import TARGET
from workbench.ui.widgets.rows import pill

Index = QModelIndex | QPersistentModelIndex
# How the width is shared, in thousandths: what is due and when must never be cut.
_SHARES = (178, 82, 86, 132, 154, 138, 230)
_ROSH, _DUE = 2, 4


class PeopleModel(QAbstractTableModel):
    """People in a plain list; another list takes its place whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: Sequence[Person] = ()
        self._today = date.min

    def show_people(self, people: Sequence[Person], today: date) -> None:
        """Shows these."""
        self.beginResetModel()
        self.people, self._today = people, today
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.people)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns."""
        return len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words, its tone, or the whole line for a screen reader."""
        if not index.isValid():
            return None
        person = self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return presenter.cells(person, self._today)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()]}: {presenter.cells(person, self._today)[index.column()]}"
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return in_force().font(bold=True)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _DUE:
            return in_force().colour(presenter.due_tone(person, self._today))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The name of a column."""
        across = orientation == Qt.Orientation.Horizontal
        return COLUMNS[section] if across and role == Qt.ItemDataRole.DisplayRole else None


class Levels(QStyledItemDelegate):
    """Draws the level of risk as the pill that it is everywhere else; the words alone say it too."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the ground of the cell, then the pill."""
        words = str(index.data())
        model = index.model()
        person = model.people[index.row()] if isinstance(model, PeopleModel) else None
        if person is None or not person.rosh:
            super().paint(painter, option, index)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        look, area = in_force(), QRectF(option.rect)
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        pill(painter, words, presenter.ROSH_TONES[person.rosh], area.adjusted(look.px(8) + 3, 0, 0, 0))


class PeopleTable(QTableView):
    """The table; Enter or a double click opens a line, a click on a heading sorts."""

    opened = Signal(str)
    sorted_by = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Caseload")
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self.setItemDelegateForColumn(_ROSH, Levels(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(TARGET, in_force().line(38, 26)))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setAccessibleName("Columns; a click sorts by one")
        self.horizontalHeader().sectionClicked.connect(self.sort_by)
        self.clicked.connect(lambda index: self.opened.emit(self.people.people[index.row()].case))
        self._sorted = (-1, False)

    def show_people(self, people: Sequence[Person], today: date) -> None:
        """Shows these, the chosen one still chosen where it is among them."""
        held = self.current()
        self.people.show_people(people, today)
        if held:
            for number, person in enumerate(people):
                if person.case == held:
                    self.selectRow(number)
                    break

    def current(self) -> str:
        """The chosen case; empty where none is."""
        index = self.currentIndex()
        return self.people.people[index.row()].case if index.isValid() else ""

    def sort_by(self, column: int) -> None:
        """Sorts by a column, the other way round where it is sorted by it already; -1 is what is due."""
        before, down = self._sorted
        self._sorted = (column, not down if column == before else False)
        self.horizontalHeader().setSortIndicatorShown(column >= 0)
        order = Qt.SortOrder.DescendingOrder if self._sorted[1] else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(max(0, column), order)
        self.sorted_by.emit(*self._sorted)

    def unsorted(self) -> None:
        """Forgets the column it was sorted by."""
        self._sorted = (-1, False)
        self.horizontalHeader().setSortIndicatorShown(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shares the width among the columns."""
        super().resizeEvent(event)
        room = self.viewport().width()
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, room * share // sum(_SHARES))
