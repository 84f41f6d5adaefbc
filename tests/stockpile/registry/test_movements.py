from __future__ import annotations

import pytest

from stockpile.domain.facts import Draft, WaybillOpened
from stockpile.registry import movements
from tests.helpers import nations


@pytest.fixture
def connection(registry):
    nation = nations.found(registry)
    for number, due in enumerate(("2026-10-01", "", "2026-09-01", "soon"), 1):
        opened = WaybillOpened(f"WB-{number}", ("w",), "KLA-store", to_name="Abroad", due=due)
        nation.kampala.by_two(Draft(f"wb-{number}", opened))
    nation.send()
    with registry.database.reading() as found:
        yield found


def test_transfers_are_read_page_by_page_the_longest_overdue_first(connection):
    seen, after = [], None
    for _page in range(9):
        page = movements.transfers(connection, "under_way", "2026-09-21", after, 1)
        if not page:
            break
        seen.append(page[0].waybill.opened.number)
        after = (page[0].due, page[0].waybill.id)
    assert seen == ["WB-2", "WB-4", "WB-3", "WB-1"]


def test_what_has_no_day_is_never_overdue(connection):
    overdue = movements.transfers(connection, "overdue", "2026-12-31", None, 9)
    assert [one.waybill.opened.number for one in overdue] == ["WB-3", "WB-1"]
    assert overdue[0].to_node == ""
