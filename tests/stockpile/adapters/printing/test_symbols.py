"""The modules of symbols: as large as they are placed for."""

from __future__ import annotations

import pytest

from stockpile.adapters.printing.symbols import modules
from stockpile.domain.label_layouts import SHAPES


@pytest.mark.parametrize("what", ["matrix", "code128", "code39"])
def test_a_symbol_is_as_large_as_its_place(what: str):
    shape = SHAPES[what]
    text = "K8Z1PN3K1VKND01234567" if shape.rows else "K8Z1PN3K1VKND"
    rows = modules(what, text)
    assert (len(rows[0]), len(rows)) == (shape.columns, shape.rows or 1)
    assert rows[0][0] == 1


def test_a_qr_code_is_no_larger_than_its_place():
    rows = modules("qr", "K8Z1PN3K1VKND01234567")
    assert len(rows[0]) == len(rows) <= SHAPES["qr"].columns
