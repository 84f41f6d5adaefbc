"""Each letter for metal is told apart from every other, as dots and as strokes."""

from __future__ import annotations

import itertools
import random
import unicodedata
from functools import partial

import pytest

from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_fonts import (
    COLUMNS,
    ROWS,
    STROKE_HEIGHT,
    STROKE_WIDTH,
    alphabet,
    dots_of,
    letters,
    shape_of,
    strokes_of,
)
from tests.helpers.cutting import cut

GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
BALKAN_AND_UKRAINIAN = "ЂЃЄЅІЇЈЉЊЋЌЎЏҐ"


def drawn(character):
    """Return the letter's strokes as ink on a grid of the font's own steps."""
    ink = set()
    for stroke in strokes_of(character):
        for (left, low), (right, high) in itertools.pairwise(stroke):
            for step in range(25):
                x = left + (right - left) * step / 24
                y = low + (high - low) * step / 24
                ink.add((round(x), round(y)))
    return ink


def grown(ink):
    """Return ink with a step more on each of its four sides: about as wide as a pen cuts."""
    return {
        (x + dx, y + dy) for x, y in ink for dx, dy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
    }


@pytest.mark.parametrize(
    "characters",
    [
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "0123456789",
        "-./+:()# ★",
        GREEK,
        RUSSIAN,
        BALKAN_AND_UKRAINIAN,
    ],
)
def test_the_alphabets_of_the_directive_can_be_cut(characters):
    assert set(characters) <= set(alphabet())
    assert all(dots_of(character) is not None for character in characters)
    assert all(strokes_of(character) is not None for character in characters)


def test_every_letter_fills_a_grid_of_five_by_seven_and_holds_nothing_else():
    for letter in letters():
        rows = dots_of(letter)
        assert len(rows) == ROWS
        assert {len(row) for row in rows} == {COLUMNS}
        assert set("".join(rows)) == {"#", "."}


def test_every_stroke_stays_in_its_letter():
    for letter in letters():
        for stroke in strokes_of(letter):
            assert len(stroke) > 1
            assert all(0 <= x <= STROKE_WIDTH and 0 <= y <= STROKE_HEIGHT for x, y in stroke)


def test_two_letters_of_dots_differ_by_three_dots_or_more():
    for one, other in itertools.combinations(letters(), 2):
        pairs = zip("".join(dots_of(one)), "".join(dots_of(other)), strict=True)
        assert sum(mine != yours for mine, yours in pairs) >= 3, (one, other)


def test_figures_are_far_from_the_letters_that_they_are_mistaken_for():
    for pair in ("0O", "0D", "0Q", "1I", "2Z", "5S", "6G", "8B", "3З", "4Ч", "4A"):
        pairs = zip("".join(dots_of(pair[0])), "".join(dots_of(pair[1])), strict=True)
        assert sum(mine != yours for mine, yours in pairs) >= (3 if pair == "0O" else 5), pair


def test_two_letters_of_strokes_differ_by_more_than_a_pens_width():
    thin = {letter: drawn(letter) for letter in letters()}
    thick = {letter: grown(ink) for letter, ink in thin.items()}
    for one, other in itertools.combinations(letters(), 2):
        apart = len(thin[one] - thick[other]) + len(thin[other] - thick[one])
        assert apart >= 3, (one, other, apart)


def test_a_letter_of_another_alphabet_with_the_same_shape_is_cut_alike():
    assert shape_of("А") == shape_of("Α") == "A"
    assert dots_of("Р") == dots_of("P")
    assert strokes_of("П") == strokes_of("Π")


def test_each_character_is_one_and_is_not_told_twice():
    characters = alphabet()
    assert len(set(characters)) == len(characters)
    assert unicodedata.normalize("NFC", characters) == characters


def test_what_cannot_be_cut_is_said_and_a_space_is_empty():
    assert dots_of("é") is None
    assert strokes_of("é") is None
    assert "#" not in "".join(dots_of(" "))
    assert strokes_of(" ") == ()


def apart(noisy, seen, letter):
    """Return how far a noisy picture is from a clean one of a letter."""
    return sum((a - b) ** 2 for a, b in zip(noisy, seen[letter], strict=True))


@pytest.mark.parametrize("font", ["dots", "strokes"])
def test_a_letter_of_the_least_height_is_nearest_to_itself_through_noise(font):
    """At 1.6 mm with a dot of 0.25 mm, seen at ten pixels a millimetre with a coarse grain."""
    layout = MarkLayoutSet("x", 1_600, 2_000, font=font, text_x=200, text_y=200, text_height=1_600)
    seen = {
        letter: cut(lay_out(layout, letter).drawing, 1_600, 2_000, 40).reduce(4).tobytes()
        for letter in letters()
    }
    grain = random.Random(4)
    for letter, clean in seen.items():
        noisy = [pixel + grain.gauss(0, 30) for pixel in clean]
        nearest = min(
            seen,
            key=partial(apart, noisy, seen),
        )
        assert nearest == letter
