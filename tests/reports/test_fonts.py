from __future__ import annotations

import pytest

from tests.reports.build import font_files
from workbench.reports.fonts import FACES, Fonts, joined

WELSH = "âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ"
NEXT, DEJAVU = FACES["regular"]


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(font_files())


@pytest.mark.parametrize("font", sorted({font for pair in FACES.values() for font in pair}))
def test_every_style_has_every_welsh_letter(fonts: Fonts, font: str) -> None:
    assert [char for char in WELSH + WELSH.upper() + "'’" if not fonts.has(font, char)] == []


def test_a_word_that_the_body_font_lacks_goes_whole_to_the_font_behind_it(fonts: Fonts) -> None:
    assert list(fonts.runs("Tŷ Γεώργιος ok")) == [(NEXT, "Tŷ "), (DEJAVU, "Γεώργιος"), (NEXT, " ok")]


def test_a_character_of_no_font_is_named_and_told() -> None:
    fonts = Fonts(font_files())
    assert list(fonts.runs("a 🚗 b")) == [(NEXT, "a [automobile] b")]
    assert list(fonts.replaced) == ["🚗"]


def test_letters_in_parts_are_composed_and_steering_marks_are_dropped(fonts: Fonts) -> None:
    assert list(fonts.runs("ty\u0302\u200b a\u00a0b")) == [(NEXT, "tŷ a b")]


def test_arabic_is_joined_and_reads_from_the_right() -> None:
    assert joined("محمد") == "\ufeaa\ufee4\ufea4\ufee3"
    assert joined("see محمد now") == "see \ufeaa\ufee4\ufea4\ufee3 now"


def test_words_from_right_to_left_change_places() -> None:
    assert joined("אב גד") == "דג בא"
