"""What may come on record, and what a correction may say."""

from __future__ import annotations

import pytest

from stockpile.domain import receiving
from stockpile.domain.errors import FieldMissing, FieldUnreadable, ReasonMissing
from stockpile.domain.facts import Acquisition
from stockpile.domain.receiving import Description
from tests.helpers.builders import STORE, WEAPON, a_weapon


def registered(**said):
    return receiving.register(WEAPON, Description(**said), STORE).body


def test_a_description_is_tidied_and_kept_as_said():
    body = registered(type="asr", make=" Izhmash ", model="AKM", calibre="7.62×39", serial="кб 12")
    assert (body.type, body.make, body.calibre) == ("ASR", "Izhmash", "7.62×39")
    assert body.marks[0].text == "кб 12"
    assert body.marks[0].is_identity
    assert body.place == STORE


def test_a_makers_code_scanned_as_the_serial_gives_its_serial_and_stands_beside_it():
    scanned = "]d1[)>\x1e06\x1d17V1ABC2\x1d1PM4\x1dSW123456\x1e\x04"
    marks = registered(type="PST", serial=scanned).marks
    assert [(mark.kind, mark.text, mark.is_identity) for mark in marks] == [
        ("serial", "W123456", True), ("maker", "D1ABC2M4W123456", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("serial", "kinds"),
    [
        ("", []),
        ("N/A", []),
        ("0000", []),
        ("SUPRIMIDO", [("obliterated", False)]),
        ("12?4", [("partial", True)]),
        ("KB4471902", [("clear", True)]),
    ],
)
def test_words_for_no_number_are_never_a_serial(serial, kinds):
    marks = registered(type="PST", serial=serial).marks
    assert [(mark.legibility, mark.is_identity) for mark in marks] == kinds


def test_something_must_identify_it():
    with pytest.raises(FieldMissing):
        registered(calibre="9 mm", remarks="a weapon")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("type", "AK"),
        ("year", "19"),
        ("year", "3020"),
        ("condition", "shiny"),
        ("model", "x" * 201),
    ],
)
def test_what_is_plainly_impossible_is_refused_at_its_field(field, text):
    with pytest.raises(FieldUnreadable) as refused:
        registered(**{"serial": "1234", field: text})
    assert refused.value.field == field


@pytest.mark.parametrize("year", ["1974", "MCMLXXIV", "~1974", ""])
def test_years_are_kept_as_seen(year):
    assert registered(type="PST", year=year).year == year


def test_a_correction_names_what_changes_and_supersedes_the_heads():
    weapon = a_weapon(model="AK", make="Izhmash")
    draft = receiving.correct(weapon, {"model": "AKM", "serial": "KB 1"}, "misread")
    assert (draft.body.model, draft.body.make, draft.replaces) == (
        "AKM", None, weapon.heads.identity,
    )  # fmt: skip
    after = a_weapon(lambda one: receiving.correct(one, {"serial": "KB 1"}, "misread"))
    assert after.serial.text == "KB 1"


def test_parts_of_one_field_are_corrected_together():
    weapon = a_weapon(acquired=Acquisition("found", where="Goma"))
    said = {"mode": "seized", "case": "77/26", "import_year": "1988", "importer": "Obi Ltd"}
    body = receiving.correct(weapon, said, "misread").body
    assert body.acquired == Acquisition("seized", where="Goma", case="77/26")
    assert (body.imported.year, body.imported.importer) == ("1988", "Obi Ltd")


def test_illicit_grounds_are_corrected_by_their_codes():
    weapon = a_weapon(acquired=Acquisition("seized", grounds=("embargo",)))

    def grounds(text):
        return receiving.correct(weapon, {"grounds": text}, "misread").body.acquired.grounds

    assert grounds("unmarked, Embargo,unmarked") == ("unmarked", "embargo")
    assert grounds("") == ()
    assert receiving.correct(weapon, {"grounds": ""}, "misread").body.acquired.mode == "seized"
    with pytest.raises(FieldUnreadable) as refused:
        grounds("unmarked,ugly")
    assert refused.value.field == "grounds"


def test_a_correction_needs_a_reason_and_a_known_field():
    weapon = a_weapon()
    with pytest.raises(ReasonMissing):
        receiving.correct(weapon, {"model": "AKM"}, " ")
    with pytest.raises(FieldUnreadable):
        receiving.correct(weapon, {"colour": "red"}, "why not")
    with pytest.raises(FieldMissing):
        receiving.correct(weapon, {}, "why not")
