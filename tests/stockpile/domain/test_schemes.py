"""What a mark says, by which scheme, and where on a weapon it may stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import check_characters, schemes
from stockpile.domain.errors import (
    ComponentNotInScheme,
    FieldMissing,
    FieldUnreadable,
    PolymerUnmarkable,
    PositionNotInScheme,
    ReasonNotInScheme,
    SchemePatternWrong,
    StockpileError,
)
from stockpile.domain.facts import Glyph, SchemeSet, SchemeWord
from stockpile.domain.schemes import Said, text_of
from tests.helpers.builders import a_weapon

AT = 1_795_000_000_000  # 18 November 2026
AK = Said(
    "UG", AT, 42, serial="5741246", maker="IZHMASH", model="AKM", calibre="7.62x39",
    made_in="SUHH", made_year="1974", country3="UGA",
)  # fmt: skip
POLICE = SchemeWord("force", "POL", "Police")
ARMY = SchemeWord("force", "UPDF", "Army")


def scheme(pattern="{iso2} {yy} {seq}", **told):
    return SchemeSet("National mark", pattern, **told)


# --- the parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{iso3}-{yyyy}-{newserial}", "UGA-2026-000042"),
        ("{date}/{seq}", "20261118/000042"),
        ("{made_in} {made_yy} {seq}", "SUHH 74 000042"),
        ("Nr. {seq}", "Nr. 000042"),
    ],
)
def test_parts_and_what_stands_between_them(pattern, text):
    assert text_of(scheme(pattern), AK) == text


@pytest.mark.parametrize(
    ("pattern", "missing", "said"),
    [
        ("{iso2} {seq}", "iso2", replace(AK, country="")),
        ("{iso3} {seq}", "iso3", replace(AK, country3="")),
        ("{serial}", "serial", replace(AK, serial=" ")),
        ("{made_yy}", "made_yy", replace(AK, made_year="")),
        ("{seq}", "seq", replace(AK, number=0)),
        ("{force} {seq}", "force", AK),
    ],
)
def test_a_part_of_which_nothing_is_known_is_asked_for(pattern, missing, said):
    with pytest.raises(FieldMissing) as refused:
        text_of(scheme(pattern), said)
    assert refused.value.field == missing


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{serial}", replace(AK, serial="57?1246")),
        ("{serial}", replace(AK, serial="5741*")),
        ("{maker}", replace(AK, maker="★")),
        ("{iso2}", replace(AK, country="UGA")),
        ("{iso2}", replace(AK, country="ug")),
        ("{lic8} {seq}", replace(AK, words=(SchemeWord("lic8", "1234567"),))),
    ],
)
def test_what_was_not_read_or_is_no_code_is_never_cut(pattern, said):
    with pytest.raises(FieldUnreadable):
        text_of(scheme(pattern), said)


def test_a_single_word_is_always_cut_and_of_several_one_is_chosen():
    one = scheme("{force} {seq}", words=(POLICE,))
    two = scheme("{force} {seq}", words=(POLICE, ARMY))
    assert text_of(one, AK) == "POL 000042"
    assert text_of(two, replace(AK, words=(ARMY,))) == "UPDF 000042"
    with pytest.raises(FieldMissing):
        text_of(two, AK)
    with pytest.raises(FieldUnreadable):
        text_of(two, replace(AK, words=(SchemeWord("force", "NAVY"),)))


def test_a_maker_is_cut_by_the_code_that_the_scheme_has_for_it():
    coded = scheme("{maker} {seq}", words=(SchemeWord("maker", "IZ", "Izhmash"),))
    assert text_of(coded, AK) == "IZ 000042"
    assert text_of(coded, replace(AK, maker="Norinco")) == "Norinco 000042"


def test_a_number_wider_than_its_digits_is_known_as_such():
    assert schemes.largest_number(scheme(digits=4)) == 9999


def test_a_matrix_holds_the_text_without_its_signs():
    assert schemes.matrix_text("★ UG POL 000042") == "UG POL 000042"


# --- check characters ---------------------------------------------------------------------------

SYSTEMS = {
    "mod_11_10": lambda text: check_characters.hybrid_holds(
        "".join(one for one in text if one.isdigit()), check_characters.DIGITS
    ),
    "mod_37_36": lambda text: check_characters.hybrid_holds(alone(text)),
    "mod_97_10": lambda text: check_characters.pure_holds(
        "".join(one for one in text if one.isdigit()), 97, 10
    ),
    "mod_1271_36": lambda text: check_characters.pure_holds(
        alone(text), 1271, 36, check_characters.DIGITS_AND_LETTERS
    ),
}


def alone(text):
    return "".join(filter(str.isalnum, text.upper()))


@given(st.integers(1, 999_999), st.sampled_from(sorted(SYSTEMS)))
def test_check_characters_hold_over_the_whole_text(number, system):
    body = scheme("{iso2} {yy}-{seq}-{check}", check_system=system)
    schemes.check(body)
    text = text_of(body, replace(AK, number=number))
    assert text.startswith(f"UG 26-{number:06d}-")
    assert SYSTEMS[system](text)


def test_letters_that_the_check_system_does_not_know_are_refused():
    body = scheme("{serial} {seq} {check}", check_system="mod_37_36")
    with pytest.raises(FieldUnreadable):
        text_of(body, replace(AK, serial="ГХ 1234"))


# --- schemes that cannot be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (scheme("{iso2 {seq}"), "brace"),
        (scheme("{iso2} seq}"), "brace"),
        (scheme("{iso4} {seq}"), "part"),
        (scheme("{} {seq}"), "part"),
        (scheme("UG 26"), "fixed"),
        (scheme("{seq}?"), "character"),
        (scheme("★ {seq}"), "character"),
        (scheme("{seq}\x07"), "character"),
        (scheme("{iso2}  {seq}"), "spaces"),
        (scheme("{seq} {newserial}"), "twice"),
        (scheme("{seq} {check}"), "check"),
        (scheme("{seq}", check_system="mod_37_36"), "check"),
        (scheme(digits=0), "digits"),
        (scheme(min_height_um=0), "limits"),
        (scheme("{iso2} {yy}", reasons=("state_stock",)), "unique"),
        (scheme("{seq}", words=(POLICE,)), "word"),
        (scheme("{seq} {lic8}", words=(SchemeWord("lic8", "123"),)), "word"),
        (scheme("{star} {seq}", glyphs=(Glyph("star", ("#", "##")),)), "glyph"),
        (scheme("{star} {seq}", glyphs=(Glyph("moon", ("#",)),)), "glyph"),
    ],
)
def test_a_scheme_by_which_no_mark_can_be_made_is_refused(body, flaw):
    with pytest.raises(SchemePatternWrong) as refused:
        schemes.check(body)
    assert refused.value.flaw == flaw


def test_a_scheme_needs_a_name_and_a_pattern():
    for body in (SchemeSet(" ", "{seq}"), SchemeSet("N", " ")):
        with pytest.raises(FieldMissing):
            schemes.check(body)


@given(st.text(max_size=40))
def test_any_pattern_is_taken_or_refused_in_words(pattern):
    body = scheme(pattern)
    try:
        schemes.check(body)
        text = text_of(body, replace(AK, words=(POLICE,)))
    except StockpileError:
        return
    assert text


# --- where ----------------------------------------------------------------------------------------


def demand(body, frame="steel", component="", position="", reason="import"):
    schemes.demand_part(body, replace_frame(frame), component, position, reason)


def replace_frame(frame):
    return a_weapon(frame=frame)


def test_frame_or_receiver_is_the_first_part_by_whatever_name():
    body = scheme(also=("barrel",))
    for component in ("", "receiver", "frame", "lower_receiver", "barrel"):
        demand(body, component=component)
    with pytest.raises(ComponentNotInScheme):
        demand(body, component="stock")


def test_spots_and_reasons_are_the_schemes():
    body = scheme(positions=("left side",), reasons=("state_stock",))
    demand(body, position="left side", reason="state_stock")
    with pytest.raises(PositionNotInScheme):
        demand(body, position="magazine well", reason="state_stock")
    with pytest.raises(ReasonNotInScheme):
        demand(body, reason="import")


@pytest.mark.parametrize("frame", ["polymer", "printed"])
def test_plastic_is_marked_only_where_the_scheme_says_so_and_then_twice(frame):
    twice = scheme(polymer="plate_or_two", also=("barrel",))
    demand(twice, frame)
    assert schemes.parts_due(twice, replace_frame(frame)) == ("receiver", "barrel")
    for rule in ("plate", "refuse"):
        with pytest.raises(PolymerUnmarkable):
            demand(scheme(polymer=rule), frame)
        demand(scheme(polymer=rule, also=("barrel",)), frame, component="barrel")


def test_a_plate_in_the_frame_is_metal():
    body = scheme(polymer="plate")
    demand(body, "polymer_with_plate")
    assert schemes.parts_due(body, replace_frame("polymer_with_plate")) == ("receiver",)
