"""Schemes on record: what ships, what may be edited, what only a next version may say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    OfficerNotAuthorised,
    SchemeInUse,
    SchemePatternWrong,
    SchemeUnknown,
)
from stockpile.domain.facts import Draft, MarkingBegun, SchemeSet, SchemeWord
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.seed_schemes import SEED_SCHEMES
from stockpile.domain.values import SchemeId
from tests.helpers.builders import YEAR

STATE = SchemeId("UG_STATE")
BODY = SchemeSet("Uganda: State's weapons", "{star} {iso2} {force} {seq}", digits=5)


def begun(house, scheme, number=1, text="UG 1"):
    """Draw a number for a weapon, as the bench does."""
    weapon = house.stockpile.books.weapon(house.register(f"KB {scheme} {number}"))
    body = MarkingBegun(f"job-{scheme}-{number}", scheme, text, number, "bench")
    house.stockpile.books.record([Draft(weapon.id, body, weapon.heads.marking)], by=None)
    return weapon.id


def test_every_seed_stands_on_record_from_the_first_day(house):
    found = dict(house.stockpile.schemes.all())
    assert found == dict(SEED_SCHEMES)
    assert house.stockpile.schemes.offered() == ()
    assert house.stockpile.schemes.scheme(MOSAIC_IMPORT).pattern == "{iso2} {yy} {seq}"
    with pytest.raises(SchemeUnknown):
        house.stockpile.schemes.scheme(SchemeId("NONE"))


def test_a_national_scheme_is_made_and_edited_until_it_is_used(house):
    schemes = house.stockpile.schemes
    schemes.set(STATE, BODY, by=house.officer)
    wider = replace(BODY, digits=6)
    assert len(schemes.set(STATE, wider, by=house.officer).facts) == 1
    assert schemes.set(STATE, wider, by=house.officer).facts == ()
    begun(house, STATE)
    with pytest.raises(SchemeInUse) as refused:
        schemes.set(STATE, replace(wider, digits=7), by=house.officer)
    assert (refused.value.name, refused.value.version) == (BODY.name, 1)
    with pytest.raises(SchemeInUse):
        schemes.set(STATE, replace(wider, digits=7, version=3), by=house.officer)
    schemes.set(STATE, replace(wider, digits=7, version=2), by=house.officer)
    assert (schemes.scheme(STATE).version, schemes.scheme(STATE).digits) == (2, 7)


def test_a_new_scheme_is_version_one_and_a_wrong_one_is_refused(house):
    schemes = house.stockpile.schemes
    schemes.set(STATE, replace(BODY, version=7), by=house.officer)
    assert schemes.scheme(STATE).version == 1
    for id_, body, refusal in [
        ("", BODY, FieldMissing),
        ("ug state", BODY, FieldUnreadable),
        (house.stockpile.keys.node, BODY, FieldUnreadable),
        (STATE, replace(BODY, pattern="{iso4}"), SchemePatternWrong),
        (STATE, replace(BODY, name=" "), FieldMissing),
    ]:
        with pytest.raises(refusal):
            schemes.set(SchemeId(id_), body, by=house.officer)


def test_who_may_not_set_a_scheme_is_told_so(house):
    house.stockpile.people.appoint("P. Ilunga", ("armourer",), "1357", by=house.officer)
    armourer = house.stockpile.people.sign_in("P. Ilunga", "1357")
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.schemes.set(STATE, BODY, by=armourer)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.schemes.retire(MOSAIC_IMPORT, by=armourer)


def test_a_retired_scheme_stays_on_record_and_comes_last(house):
    schemes = house.stockpile.schemes
    assert len(schemes.retire(SchemeId("CA_IMPORT"), by=house.officer).facts) == 1
    assert schemes.retire(SchemeId("CA_IMPORT"), by=house.officer).facts == ()
    assert schemes.all()[-1][0] == "CA_IMPORT"


def test_an_example_shows_the_home_s_country_and_the_first_choice(house):
    schemes = house.stockpile.schemes
    assert schemes.preview(schemes.scheme(MOSAIC_IMPORT)) == f"UG {YEAR} 000001"
    assert schemes.preview(schemes.scheme(SchemeId("RECSA_STATE"))) == "★ UG POL 000001"
    assert schemes.preview(BODY, (SchemeWord("force", "UPDF"),), 77) == "★ UG UPDF 00077"
    assert schemes.preview(replace(BODY, pattern="{iso3} {seq}")) == "UGA 00001"
    for _id, body in schemes.all():
        assert schemes.preview(body)


def test_a_text_is_made_of_the_weapons_own_record(house):
    stockpile = house.stockpile
    weapon = stockpile.books.weapon(house.register("5741246", year="1974"))
    body = SchemeSet("n", "{iso3} {maker} {model} {serial} {made_yy} {seq}")
    assert stockpile.schemes.text(body, weapon, 3) == "UGA Izhmash AKM 5741246 74 000003"


def test_a_home_from_before_is_offered_what_ships_now(house):
    schemes = house.stockpile.schemes
    assert schemes.add_offered(by=house.officer).facts == ()
