"""The paper of a half: what is typed from it opens, and its square code is the half."""

from __future__ import annotations

from stockpile.domain.recovery_sheets import read_half, split
from stockpile.services.documents import Table
from stockpile.services.recovery_papers import HalfSheet, half_paper
from stockpile.services.weapon_files import Printing
from tests.helpers.books import SeededChance


def test_what_stands_in_the_table_is_the_half_that_the_square_code_says():
    _secret, _first, half = split(SeededChance("paper").bytes)
    told = HalfSheet(half, "Kampala Central", "node")
    paper = half_paper(told, Printing("A. Mbuyi", 1_790_000_000_000, 60, 3, "ab" * 32))
    (table,) = [one for one in paper.blocks if isinstance(one, Table)]
    typed = " ".join(row[1] for row in table.rows)
    assert read_half(typed) == read_half(paper.seal_qr) == half
    assert paper.code == f"RS-{half.sheet}-2"
    assert "2" in paper.title
