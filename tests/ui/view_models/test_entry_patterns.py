"""The site's own offers: its open places, and each model as it was entered last."""

from __future__ import annotations

from functools import partial

from ui.view_models.entry_patterns import Pattern, offered


def test_each_model_is_offered_once_as_it_was_entered_last(seat):
    rack = seat.open_place("Rack 01")
    seat.register("KB1", rack, model="AKM")
    seat.register("KB2", rack, model="FAL", make="FN", type="RIF", calibre="7.62x51")
    seat.register("KB3", rack, model="akm", make="Tula")
    seat.register("KB4", rack, model="")
    told = seat.on_books(partial(offered, seat.stockpile))
    assert rack in told.places
    assert told.patterns == (
        Pattern("ASR", "Tula", "akm", "7.62x39 mm"),
        Pattern("RIF", "FN", "FAL", "7.62x51"),
    )
