"""Settings and trust on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.shell.place import Shell
from workbench.ui.trust.parted import PartedScreen
from workbench.ui.trust.parts import PARTS


class SettingsScreen(PartedScreen):
    """Settings and trust; a place names its part in `tab`."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "settings", "Settings and trust", PARTS, parent)
