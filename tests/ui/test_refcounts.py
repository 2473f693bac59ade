"""The toolkit keeps Python's own objects: a release of it that drops references ends in a crash after minutes."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QStringListModel, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextDocument
from PySide6.QtWidgets import QApplication, QPlainTextEdit

MOST = 50


class _Teller(QObject):
    told = Signal(bool)


class _Silent(QSyntaxHighlighter):
    def highlightBlock(self, text: str) -> None:
        """Marks nothing."""


def test_none_true_and_false_keep_their_counts(qapp: QApplication) -> None:
    """A thousand calls of each kind that is known to have dropped them."""
    teller, model, field = _Teller(), QStringListModel(["a"]), QPlainTextEdit()
    document = QTextDocument("one\ntwo")
    highlighter = _Silent(document)
    teller.told.connect(lambda _: None)
    before = [sys.getrefcount(each) for each in (None, True, False)]
    for number in range(1_000):
        teller.told.emit(bool(number % 2))
        model.data(model.index(5))
        field.setPlainText("words")
        highlighter.rehighlight()
    after = [sys.getrefcount(each) for each in (None, True, False)]
    assert all(now > then - MOST for then, now in zip(before, after, strict=True))
