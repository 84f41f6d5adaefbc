from __future__ import annotations

import csv
import io

import pytest

from stockpile.domain.facts import ClockObserved, Draft
from stockpile.registry.web.exporting import as_text
from tests.helpers.nations import DAY
from tests.helpers.visitors import Browser


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def rows(answer):
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_list_is_taken_out_with_the_second_factor_and_written_down(visitor, amina):
    visitor.open("/weapons?site=KLA")
    refused = visitor.submit("/weapons/export?site=KLA", digits="000000")
    assert refused.status_code == 403
    visitor.open("/weapons?site=KLA")
    answer = visitor.submit("/weapons/export?site=KLA", digits=amina.digits())
    assert answer.headers["content-type"].startswith("text/csv")
    heads, *told = rows(answer)
    assert heads[1] == "Serial number"
    assert {row[1] for row in told} > {"KL-48213", "BS 00017"}
    assert len({row[0] for row in told}) == len(told) == 4
    assert "weapons site=KLA" in visitor.open("/audit").text


def test_no_cell_is_a_formula(visitor, amina):
    visitor.open("/weapons")
    told = rows(visitor.submit("/weapons/export", digits=amina.digits()))
    cells = [cell for row in told for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_count_by_a_clock_in_doubt_says_so_in_a_column_of_its_own(visitor, amina, nation):
    """Of those that were never counted nothing is said, though their clock is that one too."""

    def told():
        visitor.open("/weapons")
        heads, *lines = rows(visitor.submit("/weapons/export", digits=amina.digits()))
        at = heads.index("Doubt about the last count's date")
        assert heads[at - 1] == "Last counted"
        return {line[1]: line[at] for line in lines if line[at] or line[at - 1]}

    assert told() == {"KL-48213": ""}
    nation.kampala.write(Draft(nation.kampala.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    assert told() == {"KL-48213": "clock in doubt"}


def test_what_a_spreadsheet_would_run_is_text():
    for cell in ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "|calc", "%x", "\u2066=1\u2069"):
        assert as_text(cell).startswith("'"), cell
    for cell in ("", "AB-12", "7.62x39", "\u0645"):
        assert as_text(cell) == cell
