"""What is kept of a proof: read again as it was written, and never a reason not to start."""

from __future__ import annotations

from stockpile import wording
from stockpile.domain.errors import RegisterDiffers
from ui.view_models import proof_kept


def test_what_was_found_wrong_is_read_as_it_was_written():
    error = RegisterDiffers("w1")
    kept = proof_kept.written(error, 7)
    assert proof_kept.read(kept) == (wording.error_sentence(error), 7)
    assert proof_kept.written(None, 7) == ""


def test_what_cannot_be_read_is_nothing():
    for strange in ("", "[]", "nonsense", '{"at": 1}', '{"said": "x", "at": null}'):
        assert proof_kept.read(strange) == ("", 0)


def test_a_record_that_was_never_proved_counts_its_days_and_a_proof_ends_them(seat):
    seat.register("KB1")
    found = seat.on_books(lambda: proof_kept.proof_days(seat.stockpile))
    assert (found.proved_at, found.days) == (0, 0)
    seat.on_books(lambda: seat.stockpile.checking.check(deep=True))
    assert seat.on_books(lambda: proof_kept.proof_days(seat.stockpile)).proved_at >= found.now
