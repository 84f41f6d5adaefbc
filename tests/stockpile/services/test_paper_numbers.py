"""Every series of papers counts for itself, and a number is found again as it was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import CollectionReceived, GatePassIssued


@pytest.fixture
def issued(house):
    desk = house.stockpile.gate_passes
    said = replace(desk.of_weapons([house.register()]), bearer="C. Driver")
    return desk.issue(said, by=house.officer)[1]


@pytest.fixture
def numbers(house):
    return house.stockpile.gate_passes.numbers


def test_a_series_goes_on_after_its_last_and_after_what_is_given_out_beside(numbers, issued):
    first = issued.issued.number
    stem, year = first.removesuffix("-0001"), numbers.now()[2:4]
    assert stem == f"GP-KLA-{year}"
    assert numbers.next("GP", GatePassIssued) == f"{stem}-0002"
    assert numbers.next("GP", GatePassIssued, [f"{stem}-0002"]) == f"{stem}-0003"
    assert numbers.next("CR", CollectionReceived) == f"CR-KLA-{year}-0001"


def test_a_number_finds_its_paper_in_any_case_and_no_paper_by_a_part(numbers, issued):
    number = issued.issued.number
    found = numbers.numbered(f" {number.lower()} ", GatePassIssued)
    assert found is not None
    assert found.subject == issued.id
    for wrong in ("", number[:-1], "GP-KLA-00-9999"):
        assert numbers.numbered(wrong, GatePassIssued) is None
    assert numbers.numbered(number, CollectionReceived) is None
