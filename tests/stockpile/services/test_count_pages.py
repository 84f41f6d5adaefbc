"""Papers of a count in words: samples, types, numbers without serials, and right to left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.closing_counts import Found
from stockpile.domain.count_quantities import QuantityLine
from stockpile.domain.counting import Tally
from stockpile.domain.facts import StocktakeOpened
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import OfficerId, PlaceId
from stockpile.language import use_language
from stockpile.record_words import local_moment
from stockpile.services.count_pages import Counted, Reported, report_paper, sheet_paper
from stockpile.services.documents import Pairs, Table
from stockpile.services.weapon_files import Printing
from stockpile.wording import Names

PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 0, 7, "ab" * 32)
RACK = PlaceId("rack")
NAMES = Names({"rack": "Rack 1", "one": "A. Mbuyi", "two": "B. Okot"})


@pytest.fixture(autouse=True)
def english():
    yield
    use_language("en")


def told(**said):
    counters = (OfficerId("one"), OfficerId("two"))
    opened = StocktakeOpened(
        "place", **({"basis": "serial", "number": "ST-1", "counters": counters} | said)
    )
    return Counted(Stocktake("st", opened), "Rack 1", PRINTING.at, 0, (), NAMES)


def pairs(paper):
    return {one.name: one.value for one in paper.blocks[0].rows}


def test_what_is_not_the_whole_says_so():
    paper = sheet_paper(told(percent=10, types=("ASR", "PST")), (), (), PRINTING)
    assert "10" in pairs(paper)["Sample"]
    assert "ASR, PST" in pairs(paper)["Types"]
    assert "Sample" not in pairs(sheet_paper(told(), (), (), PRINTING))
    assert "Closed" not in pairs(paper)


def test_numbers_that_differ_are_in_the_report():
    line = QuantityLine(RACK, "ASR", 19, 20, 20, 20)
    found = Found((), (line,), (), Tally(expected=20, found=19, missing=1))
    paper = report_paper(told(basis="type"), Reported(found, {}, {}), PRINTING)
    (table,) = (one for one in paper.blocks if isinstance(one, Table))
    assert table.rows == (("Another quantity", "ASR: 19/20", "", "", "Rack 1"),)
    assert isinstance(paper.blocks[1], Pairs)


def test_moments_are_those_of_the_clock_there_and_say_so():
    here = replace(told(), zone=180)
    opened = pairs(sheet_paper(here, (), (), PRINTING))["Opened"]
    assert opened == local_moment(PRINTING.at, 180)
    assert opened.endswith(" +03:00")


def test_a_paper_turns_with_its_language():
    assert not sheet_paper(told(), (), (), PRINTING).rtl
    use_language("ar")
    assert sheet_paper(told(), (), (), PRINTING).rtl
