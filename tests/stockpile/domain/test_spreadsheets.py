from __future__ import annotations

from stockpile.domain.spreadsheets import harmless
from tests.helpers.every import every


@every(["=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "|calc", "%x", "\ttext", "\rtext", "\ntext"])
def test_what_a_program_would_work_out_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@every(["", " ", "AB-12", "7.62x39", "KB 1+1", "م", "'=1"])
def test_what_it_would_show_as_it_is_stays_as_it_is(cell):
    assert harmless(cell) == cell
