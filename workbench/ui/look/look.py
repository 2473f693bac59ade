"""The look in force: a palette, a text size, fonts; set on the application and asked of it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from workbench import resources
from workbench.settings import Settings
from workbench.ui.look import sheet
from workbench.ui.look.tokens import PALETTES, Palette, Spacing, Theme

FAMILY = "Atkinson Hyperlegible Next"
FALLBACK = "DejaVu Sans"
_FILES = (
    "AtkinsonHyperlegibleNext-Regular.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",
    "AtkinsonHyperlegibleNext-Italic.ttf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
)
BODY = 15
# What is left of a gap in close spacing.
CLOSE = 0.65


class Look:
    """A theme at a text size, roomy or close; `scale` is 1.0 at 100 %."""

    def __init__(
        self,
        theme: Theme = "light",
        scale: float = 1.0,
        *,
        still: bool = False,
        spacing: Spacing = "roomy",
    ) -> None:
        self.theme: Theme = theme
        self.scale = scale
        self.still = still
        self.spacing: Spacing = spacing

    @property
    def palette(self) -> Palette:
        """The colours in force."""
        return PALETTES[self.theme]

    def px(self, size: float) -> int:
        """A length that grows with the text, in pixels; `size` is the length at 100 %."""
        return max(1, round(size * self.scale))

    def gap(self, size: float) -> int:
        """A length between things or around them, in pixels; `size` is the length at 100 % in roomy spacing."""
        return self.px(size * CLOSE if self.spacing == "close" else size)

    def line(self, size: float, letters: float) -> int:
        """The height of a line of a list: as a gap shrinks, but never below the `letters` it holds."""
        return max(self.gap(size), self.px(letters))

    def colour(self, name: str) -> QColor:
        """A colour of the palette by its name."""
        return QColor(getattr(self.palette, name))

    def font(self, size: float = BODY, *, bold: bool = False) -> QFont:
        """The window's font; `size` is in pixels at 100 %."""
        made = QFont([FAMILY, FALLBACK])
        made.setPixelSize(self.px(size))
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return made


def chosen(settings: Settings) -> Look:
    """The look that a person chose."""
    return Look(settings.theme, settings.text_size / 100, still=settings.still, spacing=settings.spacing)


def load_fonts() -> None:
    """Makes the bundled fonts known to the application."""
    for name in _FILES:
        QFontDatabase.addApplicationFontFromData((resources.root() / "fonts" / name).read_bytes())


def put_on(application: QApplication, look: Look) -> None:
    """Dresses the whole application; open windows follow."""
    colours = look.palette
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    application.setProperty("look", look)
    application.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, not look.still)
    application.setFont(look.font())
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, colours.ground),
        (QPalette.ColorRole.Base, colours.surface),
        (QPalette.ColorRole.AlternateBase, colours.ground),
        (QPalette.ColorRole.Button, colours.surface),
        (QPalette.ColorRole.WindowText, colours.text),
        (QPalette.ColorRole.Text, colours.text),
        (QPalette.ColorRole.ButtonText, colours.text),
        (QPalette.ColorRole.PlaceholderText, colours.quiet),
        (QPalette.ColorRole.ToolTipBase, colours.raised),
        (QPalette.ColorRole.ToolTipText, colours.text),
        (QPalette.ColorRole.Highlight, colours.accent),
        (QPalette.ColorRole.HighlightedText, colours.on_accent),
        (QPalette.ColorRole.Link, colours.accent),
    ):
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(sheet.of(colours, look.px, look.gap))


def in_force() -> Look:
    """The look the application wears; the light one before it is dressed."""
    application = QApplication.instance()
    worn = application.property("look") if application is not None else None
    return worn if isinstance(worn, Look) else Look()
