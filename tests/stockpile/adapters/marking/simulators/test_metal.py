from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.metal import Metal, lettered, modules
from stockpile.adapters.marking.simulators.pictures import text_on

TEXT = "UGA-26-00042"


def test_bare_metal_has_nothing_on_it():
    assert Metal().size == (0, 0)
    assert lettered("", 0) == Metal()
    assert modules("") == ()


def test_a_line_of_letters_grows_with_its_matrix_beside_it():
    whole = lettered(TEXT, len(TEXT))
    for cut in range(len(TEXT)):
        part = lettered(TEXT, cut)
        assert len(part.dots) < len(lettered(TEXT, cut + 1).dots) <= len(whole.dots)
        assert set(part.dots) <= set(whole.dots)
    assert text_on(whole) == TEXT
    assert text_on(lettered(TEXT, len(TEXT) // 2)) == ""


@pytest.mark.parametrize("text", ["СРБ-26-0001", "ΕΛΛ-26-0001", "жъя"])
def test_texts_of_every_alphabet_can_be_read_off_the_metal(text: str):
    assert text_on(lettered(text, len(text))) == text


def test_more_than_a_matrix_holds_is_letters_only():
    assert modules("A" * 4000) == ()


def test_metal_reaches_as_far_as_its_dots_and_grooves():
    metal = Metal([(1000, 2000, 200)], [(0, 0, 5000, 1000, 100)])
    assert metal.size == (5050, 2100)
    more = Metal()
    more.add(metal)
    assert more == metal
