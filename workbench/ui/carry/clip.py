"""One text on the clipboard: asked to be kept out of every history, and gone after a minute if it is still there."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtWidgets import QApplication

CLEARED_AFTER_S = 60
# Each says in its own words: keep no copy. KDE's clipboard; Windows' monitors, its history, its cloud.
KDE = "x-kde-passwordManagerHint"
_NO = bytes(4)
UNKEPT = {
    f'application/x-qt-windows-mime;value="{name}"': _NO
    for name in (
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
    )
}


class Clip(QObject):
    """The one text that was put there; it outlives the screen it came from, and goes with the program."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._clipboard = application.clipboard()
        self._held = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CLEARED_AFTER_S * 1000)
        self._timer.timeout.connect(self.clear)
        application.aboutToQuit.connect(self.clear)

    def put(self, text: str) -> None:
        """Puts a text there for a minute."""
        data = QMimeData()
        data.setText(text)
        data.setData(KDE, b"secret")
        for name, value in UNKEPT.items():
            data.setData(name, value)
        self._clipboard.setMimeData(data)
        self._held = _hash(text)
        self._timer.start()

    def clear(self) -> None:
        """Takes it away, unless something else was copied since."""
        self._timer.stop()
        held, self._held = self._held, b""
        if held and _hash(self._clipboard.text()) == held:
            self._clipboard.clear()


def clip(application: QApplication) -> Clip:
    """The one of this program; a screen that was made anew finds the text of the one before."""
    return application.findChild(Clip) or Clip(application)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
