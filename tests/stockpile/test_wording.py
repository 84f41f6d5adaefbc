"""Every fact and every failure has its sentence."""

from __future__ import annotations

import dataclasses
import inspect

from stockpile import wording
from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.domain.people import Act
from stockpile.language import plain, use_language
from tests.helpers.every import every

FAMILIES = {
    errors.Refused,
    errors.Unavailable,
    errors.Damaged,
    errors.StockpileError,
    errors.Cancelled,
}
CLASSES = [
    one
    for _name, one in inspect.getmembers(errors, inspect.isclass)
    if issubclass(one, StockpileError) and one not in FAMILIES
]
VALUES = {"str": "KB-44", "int": 812, "tuple[str, ...]": ("A1", "B2")}


def example(kind):
    return kind(**{one.name: VALUES[one.type] for one in dataclasses.fields(kind)})


@every(CLASSES, ["en", "x_pseudo"])
def test_every_failure_says_what_happened_with_its_values(kind, language):
    use_language(language)
    try:
        said = plain(wording.error_sentence(example(kind)))
    finally:
        use_language("en")
    assert "{" not in said
    assert len(said.split()) > 3


def test_values_are_isolated_so_that_no_neighbour_reorders_them():
    said = wording.error_sentence(errors.WeaponUnknown("7.62x39"))
    assert "\u20667.62x39\u2069" in said


def test_an_instant_is_shown_as_iso_to_the_minute():
    assert wording.instant(1_795_000_000_000) == "2026-11-18 11:06"


def test_names_fall_back_to_the_id():
    names = wording.Names({"p": "Rack 4"})
    assert (names.of("p"), names.of("q"), names.of(None)) == ("Rack 4", "q", "")


def test_our_own_codes_are_said_in_words():
    for act in Act.__args__:
        said = plain(wording.error_sentence(errors.OfficerNotAuthorised("A", act)))
        assert wording.guard.ACTS[act]() in said
    assert "Year of make" in plain(wording.error_sentence(errors.FieldUnreadable("year", "19")))
    assert "Paused" in plain(wording.error_sentence(errors.MachineNotReady("bench", "paused")))
