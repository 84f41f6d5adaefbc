"""The keys on a screen: two officers change them, and what was refused changes nothing."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import NoRecovery, WrongPassphrase
from tests.helpers.house import PASSPHRASE, second_officer
from tests.helpers.seats import seat
from ui.view_models.keys import KeysModel

__all__ = ["seat"]

NEW = "five words that belong apart"


@pytest.fixture
def second(seat):
    by = seat.session.officer
    return seat.on_books(lambda: second_officer(seat.stockpile, by))


def test_a_sheet_is_drawn_and_its_files_removed(seat, second, qtbot):
    model = KeysModel(*seat.made_with)
    with qtbot.waitSignal(model.came) as said:
        model.start()
    assert not said.args[0].state.has_way_back
    with qtbot.waitSignals([model.drawn, model.done, model.came]):
        model.make_sheet(second)
    (folder,) = seat.stockpile.home.glob("recovery-sheet")
    assert len(list(folder.iterdir())) == 2
    with qtbot.waitSignal(model.destroyed):
        model.destroy_papers()
    assert not folder.exists()


def test_the_key_and_the_passphrase_are_changed_by_who_knows_it(seat, second, qtbot):
    model = KeysModel(*seat.made_with)
    assert model.may
    with qtbot.waitSignal(model.refused) as said:
        model.renew("wrong", second)
    assert isinstance(said.args[1], WrongPassphrase)
    with qtbot.waitSignal(model.refused) as said:
        model.use_keyring(PASSPHRASE, second, on=True)
    assert isinstance(said.args[1], NoRecovery)
    for act, what in (
        (lambda: model.renew(PASSPHRASE, second), "renew"),
        (lambda: model.change_passphrase(PASSPHRASE, NEW, second), "passphrase"),
    ):
        with qtbot.waitSignal(model.done) as done:
            act()
        assert done.args == [what]
    with qtbot.waitSignal(model.came) as came:
        model.start()
    assert came.args[0].state.renewed_at > 0
    assert len(came.args[0].unrenewed) == 2
