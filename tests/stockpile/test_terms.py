from __future__ import annotations

import typing
from typing import get_args

import pytest

from stockpile.adapters.marking.markers import DRIVERS
from stockpile.domain import (
    collecting,
    deactivating,
    destruction,
    gate_passes,
    trace_requests,
    vocabulary,
)
from stockpile.domain.facts import (
    InvestigationClosed,
    InvestigationOpened,
    StocktakeOpened,
    WaybillOpened,
    WeaponLost,
)
from stockpile.domain.places import PlaceKind
from stockpile.domain.weapon_types import TYPES
from stockpile.language import use_language
from stockpile.terms import TermList, classes, term


def codes_of(body: type, field: str) -> tuple[str, ...]:
    return typing.get_args(typing.get_type_hints(body)[field])


LISTS: dict[str, tuple[str, ...]] = {
    "action": vocabulary.ACTIONS, "origin": vocabulary.ORIGINS, "frame": vocabulary.FRAMES,
    "custody": vocabulary.CUSTODY_TYPES, "component": vocabulary.COMPONENTS,
    "symbol": vocabulary.SYMBOLS, "script": vocabulary.SCRIPTS, "position": vocabulary.POSITIONS,
    "mark_kind": vocabulary.MARK_KINDS, "legibility": vocabulary.LEGIBILITIES,
    "kit": vocabulary.KIT, "place": get_args(PlaceKind),
    "transfer": codes_of(WaybillOpened, "purpose"), "basis": codes_of(StocktakeOpened, "basis"),
    "discrepancy": codes_of(InvestigationOpened, "kind"),
    "investigated": codes_of(InvestigationClosed, "outcome"), "loss": codes_of(WeaponLost, "how"),
    "mode": vocabulary.MODES, "ground": vocabulary.GROUNDS, "view": vocabulary.VIEWS,
    "driver": tuple(DRIVERS),
    "participant": collecting.CATEGORIES, "hand_in": collecting.SITES, "sex": ("f", "m", "x"),
    "signed": get_args(collecting.How), "gate": ("expired", *get_args(gate_passes.State)),
    "destroying": destruction.METHODS, "destruction": get_args(destruction.State),
    "attendant": destruction.ROLES, "altered": deactivating.ALTERED,
    "trace": get_args(trace_requests.State), "trace_outcome": trace_requests.OUTCOMES,
    "trace_refusal": trace_requests.REFUSALS,
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
