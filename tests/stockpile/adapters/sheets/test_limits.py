from __future__ import annotations

import zipfile

from stockpile.adapters.sheets import limits
from tests.helpers.lists import real

EXCEL_ROWS, EXCEL_CELL = 1_048_576, 32_767


def test_whatever_excel_can_hold_in_rows_and_cells_is_honest():
    assert limits.MOST_ROWS >= EXCEL_ROWS
    assert limits.LONGEST_CELL >= EXCEL_CELL
    assert limits.SMALL <= limits.LARGEST_UNPACKED
    assert limits.LARGEST_STRINGS <= limits.LARGEST_UNPACKED


def test_a_real_workbook_stays_far_below():
    file = real("rio", "rj_2021_apreensao.xlsx")
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    assert sum(part.file_size for part in parts) * 50 < limits.LARGEST_UNPACKED
    assert all(part.file_size * 3 < limits.STEEPEST * part.compress_size for part in parts)
    assert file.stat().st_size * 100 < limits.LARGEST_FILE
