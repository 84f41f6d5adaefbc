"""What a dossier says, before it is drawn."""

from __future__ import annotations

import pytest

from stockpile.domain.days import is_head
from stockpile.domain.facts import ClockObserved, Draft
from stockpile.language import plain, use_language
from stockpile.services.documents import Heading, Pairs, Table, Words
from stockpile.services.dossier_pages import dossier_paper
from tests.helpers.files import SERIAL, a_full_file

DAY = 86_400_000


@pytest.fixture
def full(house):
    return a_full_file(house)


def paper_of(house, weapon, missing=0):
    dossiers = house.stockpile.dossiers
    return dossier_paper(dossiers.open(weapon), dossiers.printing(house.officer), (), missing)


def words_of(paper):
    """Return every word of a paper in one text."""
    said = []
    for block in paper.blocks:
        match block:
            case Heading() | Words():
                said.append(block.text)
            case Pairs():
                said += [f"{one.name}: {one.value}" for one in block.rows]
            case Table():
                said += ["|".join(row) for row in block.rows]
    return plain("\n".join(said))


def test_it_tells_description_corrections_marks_components_custody_and_life(house, full):
    said = words_of(paper_of(house, full[0]))
    for expected in (
        f"Serial number: {SERIAL}", "Model: AK-74", "misread in bad light",
        "Arrow in a triangle 10", "Bolt: 77", "cracked", "Rack 4", "cleaning",
        "Put on record: Kampala Central",
        "Life of the joined record", "one photo, two lists", "Class, Tracing Instrument: Small arm",
        "chamber clear, cleared by Sgt Obi",
    ):  # fmt: skip
        assert expected in said


def test_both_entries_of_a_corrected_field_stand_in_it(house, full):
    paper = paper_of(house, full[0])
    entries = [row for block in paper.blocks if isinstance(block, Table) for row in block.rows]
    models = [plain(row[1]) for row in entries if row[0] == "Model"]
    assert models == ["AKM", "AK-74"]


def test_what_nobody_said_is_left_out(house, full):
    assert "Importer" not in words_of(paper_of(house, full[0]))
    assert "not said" not in words_of(paper_of(house, full[0]))


def test_a_joined_record_says_first_where_it_is_read_on(house, full):
    paper = paper_of(house, full[1])
    first = paper.blocks[0]
    assert isinstance(first, Words)
    assert first.loud
    number = house.stockpile.register.rows([full[0]])[0].number
    assert number in first.text


def test_the_foot_names_who_printed_it_and_the_seal_of_the_ledger(house, full):
    foot = paper_of(house, full[0]).bottom
    who, ledger = map(plain, foot.lines)
    tip = house.stockpile.books.tip()
    assert who.startswith("Printed by A. Mbuyi")
    assert (foot.by, foot.at > 0) == ("A. Mbuyi", True)
    # what stands there is what the page Today and `stockpile head verify` read
    assert is_head(ledger.rpartition(" ")[2], tip)


def test_an_arabic_paper_begins_at_the_right(house, full):
    assert not paper_of(house, full[0]).rtl
    use_language("ar")
    try:
        assert paper_of(house, full[0]).rtl
    finally:
        use_language("en")


def test_each_date_whose_clock_is_in_doubt_says_so(house, full):
    own = house.stockpile.keys.node
    assert "clock in doubt" not in words_of(paper_of(house, full[0]))
    house.stockpile.books.record([Draft(own, ClockObserved(3 * DAY, "registry"))], by=None)
    tables = [one for one in paper_of(house, full[0]).blocks if isinstance(one, Table)]
    dated = {
        plain(table.columns[at].title)
        for table in tables
        for row in table.rows
        for at, cell in enumerate(row)
        if "clock in doubt" in cell
    }
    assert dated == {"When", "Fitted", "Removed", "Since"}
