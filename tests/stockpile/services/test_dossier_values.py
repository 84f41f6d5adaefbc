"""A weapon's file as plain values: JSON takes it whole, and nothing is left out."""

from __future__ import annotations

import json

from stockpile.domain.facts import ClockObserved, Draft
from stockpile.services.dossier_values import file_value
from tests.helpers.files import a_full_file


def test_every_fact_of_both_lives_is_there_with_its_body(house):
    weapon, twin = a_full_file(house)
    books, file = house.stockpile.books, house.stockpile.dossiers.open(weapon)
    value = json.loads(json.dumps(file_value(file)))
    assert [one["hash"] for one in value["life"]] == [one.hash for one in books.history(weapon)]
    (joined,) = value["joined"]
    assert [one["hash"] for one in joined["life"]] == [one.hash for one in books.history(twin)]
    assert value["life"][0]["body"]["make"] == "Izhmash"
    assert value["life"][0]["by_name"] == "A. Mbuyi"


def test_the_book_tells_each_entry_with_its_reason(house):
    weapon, _twin = a_full_file(house)
    model = file_value(house.stockpile.dossiers.open(weapon))["book"]["model"]
    assert [(one["value"], one["reason"]) for one in model["versions"]] == [
        ("AKM", ""), ("AK-74", "misread in bad light"),
    ]  # fmt: skip
    assert (model["original"], model["corrected"], model["rivals"]) == ("AKM", "AK-74", [])


def test_a_fact_says_whether_its_clock_is_in_doubt(house):
    weapon, _twin = a_full_file(house)
    dossiers, books, own = (
        house.stockpile.dossiers,
        house.stockpile.books,
        house.stockpile.keys.node,
    )
    assert {one["clock_doubted"] for one in file_value(dossiers.open(weapon))["life"]} == {False}
    books.record([Draft(own, ClockObserved(3 * 86_400_000, "registry"))], by=None)
    assert {one["clock_doubted"] for one in file_value(dossiers.open(weapon))["life"]} == {True}
