"""Lists of people: as personnel offices keep them, taken in twice and mended without doubles."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    CardTaken,
    FieldMissing,
    FileUnreadable,
    ListNamesNobody,
    OfficerNotAuthorised,
)
from stockpile.domain.holders import Details


def bring_in(house, tmp_path, text, **said):
    file = tmp_path / "people.csv"
    file.write_text(text, "utf-8")
    return house.stockpile.holder_lists.bring_in(file, by=said.get("by", house.officer))


LIST = """Rank;Surname and name;Service number;Unit;Badge;Remarks
Cpl;Ilunga Paul;A-118;2 Coy;C1;tall
Pte;Okello Ana;A-119;2 Coy;;
"""


def test_people_come_in_from_a_list_in_one_act(house, tmp_path):
    recorded, report = bring_in(house, tmp_path, LIST)
    assert (report.added, report.changed, report.same, report.refused) == (2, 0, 0, ())
    assert len(recorded.entries) == 1
    found = {one.reference: one for one in house.stockpile.holders.all()}
    assert found["A-118"].details == Details("Ilunga Paul", "A-118", "Cpl", "2 Coy", "C1")
    assert house.stockpile.holders.by_card("C1") == found["A-118"].id


def test_a_list_that_comes_again_adds_nobody_and_takes_over_what_is_new(house, tmp_path):
    bring_in(house, tmp_path, LIST)
    recorded, report = bring_in(house, tmp_path, LIST)
    assert (report.same, recorded.facts) == (2, ())
    mended = "Number,Name,Rank,Unit\nA118,Ilunga Paul,Sgt,\nA-120,Kato,Pte,3 Coy\n"
    _, report = bring_in(house, tmp_path, mended)
    assert (report.added, report.changed, report.same) == (1, 1, 0)
    paul = house.stockpile.holders.find("A118")[0]
    assert (paul.rank, paul.unit, paul.card) == ("Sgt", "2 Coy", "C1")


def test_what_cannot_come_in_is_said_with_its_row_and_the_rest_comes(house, tmp_path):
    text = "Nom,Matricule,Carte\nIlunga,1,C1\n,2,C2\nOkello,3,c-1\nKato,4,C4\n"
    _, report = bring_in(house, tmp_path, text)
    assert report.added == 2
    assert [(one.row, type(one.error)) for one in report.refused] == [
        (3, FieldMissing), (4, CardTaken),
    ]  # fmt: skip
    assert report.refused[1].error.name == "Ilunga"


def test_an_arabic_list_is_read(house, tmp_path):
    _, report = bring_in(house, tmp_path, "الاسم,الرقم,الرتبة\nسالم القائد,١٢,عريف\n")
    assert report.added == 1
    assert house.stockpile.holders.find("القائد")[0].rank == "عريف"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("Weapon,Serial\nAKM,1\n", ListNamesNobody), ("  ", FileUnreadable)],
)
def test_a_list_of_something_else_is_refused(house, tmp_path, text, refusal):
    with pytest.raises(refusal):
        bring_in(house, tmp_path, text)


def test_only_whose_role_says_so_brings_people_in(house, tmp_path):
    house.stockpile.people.appoint("I. Spector", ("inspector",), "1357", by=house.officer)
    inspector = house.stockpile.people.sign_in("I. Spector", "1357")
    with pytest.raises(OfficerNotAuthorised):
        bring_in(house, tmp_path, LIST, by=inspector)
