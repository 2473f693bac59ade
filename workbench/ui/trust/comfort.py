"""Look and comfort: theme, text size, spacing, motion, language, the cover over offence detail, the idle lock."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QWidget

from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust.choosing import choose
from workbench.ui.trust.part import Sheet
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.text import Label

THEMES = {"light": "Light", "dark": "Dark", "contrast": "High contrast"}
SIZES = {str(size): f"{size} %" for size in (75, 100, 125, 150, 175, 200)}
SPACINGS = {"roomy": "Roomy", "close": "Close"}
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
MINUTES = {str(number): str(number) for number in range(1, 11)}


class Comfort(Sheet):
    """Choices that take effect at once."""

    title = "Look and comfort"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._choices: dict[str, Choice] = {}
        self._ticks: dict[str, Tick] = {}
        self._at = ""
        seen = Card("How it looks", gap=10)
        self._choice(seen, "theme", "Colours", THEMES)
        self._choice(seen, "text_size", "Text size", SIZES, int)
        self._choice(seen, "spacing", "Spacing", SPACINGS)
        self._tick(seen, "still", "Keep things still", "No moving bars or sliding lists.")
        words = Card("Words", gap=10)
        self._choice(words, "language", "Language of forms and reports", LANGUAGES)
        words.body.addWidget(Label("Where a form has no Welsh yet, its English is shown.", "quiet"))
        calm = Card("When you read, and when you are away", gap=10)
        self._tick(
            calm,
            "shielded",
            "Cover offence detail until I ask for it",
            "Each time a cover is lifted, the log of who looked says so.",
        )
        self._choice(
            calm, "idle_minutes", "Lock after so many minutes without a key or a touch", MINUTES, int
        )
        for card in (seen, words, calm):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Shows what is chosen; the cursor goes back to what was changed."""
        self._at = place.words
        chosen = msgspec.to_builtins(self.shell.settings())
        for key, choice in self._choices.items():
            choice.choose(str(chosen[key]))
        for key, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(chosen[key])
            tick.blockSignals(False)

    def first(self) -> QWidget | None:
        """What was changed last, else the first choice."""
        if self._at in self._ticks:
            return self._ticks[self._at]
        choice = self._choices.get(self._at, self._choices["theme"])
        return choice.button(choice.current())

    def mark(self) -> str:
        """What was changed last."""
        return self._at

    def _choice(
        self,
        card: Card,
        key: str,
        name: str,
        choices: dict[str, str],
        read: Callable[[str], object] = str,
    ) -> None:
        card.body.addWidget(Label(name, "strong"))
        choice = Choice(name, choices)
        choice.chosen.connect(lambda value: self._take(key, read(value)))
        card.body.addWidget(choice)
        self._choices[key] = choice

    def _tick(self, card: Card, key: str, name: str, says: str) -> None:
        tick = Tick(name)
        tick.setAccessibleDescription(says)
        tick.toggled.connect(lambda on: self._take(key, on))
        card.body.addWidget(tick)
        card.body.addWidget(Label(says, "quiet"))
        self._ticks[key] = tick

    def _take(self, key: str, value: object) -> None:
        self._at = key
        choose(self.shell, **{key: value})
