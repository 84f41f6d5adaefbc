"""What a label says: of a weapon in several languages, of a place, and of what does not fit."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import ELEMENTS, KINDS, WORDS, Problem
from stockpile.domain.numbers import registry_number
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.language import plain, use_language
from stockpile.services.label_words import (
    headline,
    kind_words,
    problem_words,
    said_of,
    said_of_place,
    sample,
    stock_words,
    type_words,
)
from stockpile.services.ports import StockFace
from stockpile.wording import label_element


def layout_of(*elements):
    boxed = tuple(
        LabelElement(what, 0, 0, 1, 1, language=language, text=text)
        for what, language, text in elements
    )
    return LabelLayoutSet("One", elements=boxed)


@pytest.fixture
def arabic():
    use_language("ar")
    yield
    use_language("en")


def test_a_weapon_is_said_in_the_languages_of_its_label(house):
    weapon = house.stockpile.books.weapon(house.register())
    layout = layout_of(
        ("serial", "", ""), ("type", "", ""), ("type", "ar", ""), ("type", "zh", ""),
        ("type", "ps", "ASR=اتومات ټوپک"), ("model", "", ""), ("number", "", ""),
        ("place", "", ""), ("mark", "", ""), ("text", "", "fixed"), ("tag", "", ""),
        ("matrix", "", ""),
    )  # fmt: skip
    assert said_of(weapon, layout, place="Rack 12") == (
        ("serial", "KB4471902"),
        ("type", "Assault rifle"),
        ("type:ar", type_words("ASR", "ar")),
        ("type:zh", type_words("ASR", "zh")),
        ("type:ps", "اتومات ټوپک"),
        ("model", "Izhmash AKM"),
        ("number", registry_number(weapon.id)),
        ("place", "Rack 12"),
        ("mark", ""),
    )
    assert type_words("ASR", "ar") != type_words("ASR", "zh") != "Assault rifle"


def test_the_language_of_the_screen_says_what_has_none_of_its_own(arabic):
    assert type_words("ASR") == type_words("ASR", "ar")
    assert type_words("ASR", "en") == "Assault rifle"


def test_a_long_name_leaves_the_headline_to_the_number():
    assert headline("KB-1", "N") == "KB-1"
    assert headline("", "N") == headline("K" * 25, "N") == "N"


def test_a_place_is_said_by_its_short_name():
    rack = Place(PlaceId("p1"), "Rack twelve", "rack", None, code="R12", tag="K8Z1PN3K1VKND")
    layout = layout_of(
        ("headline", "", ""), ("place", "", ""), ("number", "", ""), ("site", "", "")
    )
    assert said_of_place(rack, layout, site="Room 3") == (
        ("headline", "Rack twelve"),
        ("place", "Rack twelve"),
        ("number", "R12"),
        ("site", "Room 3"),
    )


def test_every_element_and_kind_has_a_name_and_an_example():
    words = layout_of(*[(what, "", "") for what in WORDS])
    said = dict(sample(words).said)
    assert all(said[what] for what in WORDS if what not in ("text", "tag"))
    assert all(label_element(what) != what for what in ELEMENTS)
    assert len({kind_words(kind) for kind in KINDS}) == len(KINDS)


def test_a_problem_is_said_with_its_millimetres():
    over = Problem("outside", 0, "serial", 1_500)
    assert plain(problem_words(over)) == "Serial: reaches over the edge of the label (1.5 mm)."
    over = Problem("covered", 0, "serial", 500, 1, "matrix")
    assert plain(problem_words(over)) == "Serial, Data Matrix: lies over something else (0.5 mm)."
    assert plain(problem_words(Problem("no_picture", 0, "logo"))) == "Logo: has no picture yet."


def test_a_stock_is_called_by_its_paper_and_its_size():
    sheet = StockFace("l7160", "weapon", 63_500, 38_100, 300, 3, 7, "A4")
    assert plain(stock_words(sheet)) == "A4, 3 x 7, 63.5 x 38.1 mm"
    tag = StockFace("tag", "tie_on", 80_000, 40_000, 203, 1, 1, "roll")
    assert plain(stock_words(tag)) == "Tie-on tag: Roll, 80 x 40 mm, 203 dpi"
