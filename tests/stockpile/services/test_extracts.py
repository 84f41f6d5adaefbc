"""What an extract says, and of which weapons."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stockpile.domain.days import is_head
from stockpile.domain.errors import Cancelled, FieldMissing, FieldUnreadable
from stockpile.domain.facts import PaperIssued
from stockpile.services.extracts import COLUMNS, Selection, Wanted, title
from stockpile.services.ports import RegisterFilter


@pytest.fixture
def full(house):
    """Five weapons of two makes."""
    for n in range(5):
        house.register(f"S{n}", make="FN" if n % 2 else "Izhmash")
    return house


def taken(house, file, chosen=None, columns=("serial", "make"), **options):
    stockpile = house.stockpile
    chosen = chosen or Selection()
    made = stockpile.extracts.write(
        chosen, Wanted("json", columns), file, by=house.officer, names=stockpile.names(), **options
    )
    said = json.loads(file.read_text("utf-8"))
    assert made.weapons == len(said["weapons"]) == stockpile.extracts.count(chosen)
    return said


def serials(said):
    return [one["serial"] for one in said["weapons"]]


def test_a_list_is_copied_out_in_its_order(full, tmp_path):
    said = taken(full, tmp_path / "x", Selection(order="make", falls=True))
    assert serials(said) == ["S4", "S2", "S0", "S3", "S1"]
    assert "A. Mbuyi" in said["about"]["notes"][0]
    seal = said["about"]["notes"][1].rstrip(".").rpartition(" ")[2]
    assert is_head(seal, full.stockpile.books.tip())


def test_an_extract_that_leaves_has_a_number_and_is_on_record(full, tmp_path):
    stockpile, file = full.stockpile, tmp_path / "list.json"
    recorded, made = stockpile.extracts.issue(
        Selection(),
        Wanted("json"),
        file,
        by=full.officer,
        names=stockpile.names(),
    )
    (fact,) = recorded.facts
    assert fact.body == PaperIssued(made.number, "extract", (), made.digest, "list.json")
    assert made.number == f"EX-KLA-{stockpile.extracts.numbers.now()[2:4]}-0001"
    assert made.number in json.loads(file.read_text("utf-8"))["about"]["notes"]


def test_only_what_was_chosen(full, tmp_path):
    every = full.stockpile.extracts.ids(Selection())
    some = (every[3], every[1])
    assert serials(taken(full, tmp_path / "x", Selection(only=some))) == ["S3", "S1"]
    but = Selection(RegisterFilter(make="izhmash"), but=frozenset({every[0]}))
    assert serials(taken(full, tmp_path / "y", but)) == ["S2", "S4"]
    assert full.stockpile.extracts.ids(but) == (every[2], every[4])


def test_more_than_a_page(full):
    two_a_page = replace(full.stockpile.extracts, page=2)
    assert two_a_page.ids(Selection()) == full.stockpile.extracts.ids(Selection())
    with pytest.raises(Cancelled):
        two_a_page.ids(Selection(), _stop)


def _stop(_done, _total):
    raise Cancelled


def test_every_column_has_a_title_and_a_value(full, tmp_path):
    said = taken(full, tmp_path / "x", columns=COLUMNS)
    first = said["weapons"][0]
    assert list(first) == list(COLUMNS)
    assert all(title(code) for code in COLUMNS)
    assert (first["status"], first["officer"]) == ("In store", full.officer.officer.name)


def test_no_column_and_an_unknown_one_are_refused(full, tmp_path):
    with pytest.raises(FieldMissing):
        taken(full, tmp_path / "x", columns=())
    with pytest.raises(FieldUnreadable):
        taken(full, tmp_path / "x", columns=("nonsense",))
