"""Types of weapons and the classes that reports ask for."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.weapon_types import TYPES, is_crew_served, read_type


@pytest.mark.parametrize(
    ("code", "iti", "unroca"),
    [
        ("PST", "small arm", "SA1"),
        ("ASR", "small arm", "SA4"),
        ("SHG", "small arm", "SA6"),
        ("MAN", "light weapon", "VII(b)"),
        ("MO1", "light weapon", "LW6"),
        ("MO2", "light weapon", "III"),
        ("MO3", "none", "III"),
    ],
)
def test_one_weapon_has_several_classes_at_once(code, iti, unroca):
    assert (TYPES[code].iti, TYPES[code].unroca) == (iti, unroca)


def test_codes_are_read_in_any_case_and_nothing_is_allowed():
    assert read_type(" asr ") == "ASR"
    assert read_type("") == ""
    with pytest.raises(FieldUnreadable):
        read_type("AK47")


def test_light_weapons_and_heavy_mortars_are_crew_served_and_nothing_else():
    served = {one.code for one in TYPES.values() if is_crew_served(one.code)}
    assert {"HMG", "RCL", "MO1", "MO2", "MO3"} <= served
    assert not served & {"ASR", "LMG", "PST", "SHG", "PRT", "REP"}
    assert not is_crew_served("")
    assert not is_crew_served("???")
