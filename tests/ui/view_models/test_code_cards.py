"""Cards are drawn beside the other papers."""

from __future__ import annotations

from ui.view_models.code_cards import CardsModel


def test_a_card_stands_in_its_file(seat, qtbot):
    model = CardsModel(*seat.made_with)
    with qtbot.waitSignal(model.drawn) as drawn:
        model.draw("commands")
    assert drawn.args[0] == seat.stockpile.home / "papers" / "commands-card.pdf"
    assert drawn.args[0].is_file()
