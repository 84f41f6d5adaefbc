from __future__ import annotations

from ui.pages.sync_by_itself import ByItselfCard


def test_what_is_chosen_is_remembered_and_half_a_word_is_not(seat, qtbot):
    card = ByItselfCard(seat.session)
    qtbot.addWidget(card)
    assert (card.every.value(), card.photos.value()) == ("15", "always")
    card.every.set_value("0")
    card.photos.set_value("night")
    assert seat.session.settings.exchange_every == "0"
    card.photos.box.setCurrentText("At ni")
    assert seat.session.settings.exchange_photos == "night"
    again = ByItselfCard(seat.session)
    qtbot.addWidget(again)
    assert (again.every.value(), again.photos.value()) == ("0", "night")
