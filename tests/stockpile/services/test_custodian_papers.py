from __future__ import annotations

from stockpile.domain.facts import Draft, InvestigationOpened
from stockpile.language import plain
from stockpile.services.documents import Signatures, Table, Words
from tests.stockpile.services.test_custodians import count, rack, taking

__all__ = ["rack"]


def test_a_certificate_says_who_by_which_count_and_what_was_open(house, rack, tmp_path):
    desk, new = house.stockpile.custodians, taking(house)
    assert desk.print(rack.id, tmp_path / "none.pdf", by=house.officer) is None
    count(house, rack)
    case = InvestigationOpened("missing", "count1", "", rack.id, "slot 7 is empty", "2026-12-01")
    weapon = house.register("KB 1")
    kit = InvestigationOpened("kit", "HR-1", weapon, rack.id, "magazine 2, sling 1")
    drafts = [Draft("case1", case), Draft("case2", kit)]
    house.stockpile.books.record(drafts, by=house.officer.id)
    desk.hand_over(rack.id, new.officer, remarks="posted away", by=house.officer, witness=new)
    paper = desk.paper(rack.id, by=house.officer)
    table = next(one for one in paper.blocks if isinstance(one, Table))
    assert "slot 7 is empty" in table.rows[0][2]
    assert table.rows[1][1] == "KB 1"
    assert plain(table.rows[1][2]) == "2 x Magazine, 1 x Sling"
    boxes = next(one for one in paper.blocks if isinstance(one, Signatures)).boxes
    assert [("New" in one.name, "PIN" in one.said) for one in boxes] == [
        (True, True),
        (False, True),
    ]
    drawn = desk.print(rack.id, tmp_path / "handover.pdf", by=house.officer)
    assert drawn.pages == 1


def test_a_clean_handover_says_so(house, rack):
    desk, new = house.stockpile.custodians, taking(house)
    count(house, rack)
    desk.hand_over(rack.id, new.officer, by=house.officer, witness=new)
    said = [one.text for one in desk.paper(rack.id, by=new).blocks if isinstance(one, Words)]
    assert any("Nothing was open" in one for one in said)
