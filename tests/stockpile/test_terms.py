from __future__ import annotations

import typing

import pytest

from stockpile.domain import vocabulary
from stockpile.domain.weapon_types import TYPES
from stockpile.language import use_language
from stockpile.terms import TermList, classes, term

LISTS: dict[str, tuple[str, ...]] = {
    "action": vocabulary.ACTIONS, "origin": vocabulary.ORIGINS, "frame": vocabulary.FRAMES,
    "custody": vocabulary.CUSTODY_TYPES, "component": vocabulary.COMPONENTS,
    "symbol": vocabulary.SYMBOLS, "script": vocabulary.SCRIPTS, "position": vocabulary.POSITIONS,
    "mark_kind": vocabulary.MARK_KINDS, "legibility": vocabulary.LEGIBILITIES,
    "mode": vocabulary.MODES, "ground": vocabulary.GROUNDS, "view": vocabulary.VIEWS,
    "unroca": tuple({one.unroca for one in TYPES.values() if one.unroca}),
}  # fmt: skip


def test_every_list_of_the_record_is_here():
    assert set(LISTS) == set(typing.get_args(TermList))


@pytest.mark.parametrize("of", LISTS)
def test_every_code_has_a_name_of_its_own(of):
    names = [term(of, code) for code in LISTS[of]]
    assert len(set(names)) == len(names)
    assert all(name not in LISTS[of] for name in names)


def test_no_code_is_no_word_and_a_code_of_the_future_is_shown_as_it_is():
    assert term("action", "") == ""
    assert term("action", "rail_gun") == "rail_gun"


def test_the_names_are_looked_up_when_they_are_shown():
    try:
        use_language("x_pseudo")
        assert term("action", "bolt") != "Bolt action"
    finally:
        use_language("en")
    assert term("action", "bolt") == "Bolt action"


@pytest.mark.parametrize("code", TYPES)
def test_a_type_is_in_its_classes_at_once(code):
    iti, _unroca = classes(code)
    assert iti


def test_a_mortar_is_a_light_weapon_and_artillery_at_once():
    assert classes("MO2") == ("Light weapon", "Large-calibre artillery systems (category III)")
    assert classes("") == ("", "")
