"""What a printer told: nothing in hand and no trouble, unless it says so."""

from __future__ import annotations

from stockpile.adapters.printing.tongue import Heard, Told


def test_a_printer_that_says_no_more_is_idle():
    told = Told()
    assert not told.troubles
    assert not told.busy
    assert not told.token
    assert Heard("cancel").label is None
