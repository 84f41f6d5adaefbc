"""The way back as a screen has it: what opens nothing is said, what opens gives the passphrase."""

from __future__ import annotations

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import FileUnreadable, RecoveryKeyStrange, SheetHalfMistyped
from stockpile.domain.recovery_sheets import split
from tests.helpers.books import SeededChance
from tests.helpers.house import copied_house
from ui.desk import Desk
from ui.notices import Notices
from ui.view_models.recovering import RecoveringModel

NEW = "five words that belong apart"


@pytest.fixture
def desk():
    made = Desk(Notices())
    yield made
    made.close()


def test_both_halves_give_the_store_its_new_passphrase(desk, tmp_path, qtbot):
    built = copied_house(tmp_path / "home")
    secret, first, second = split(SeededChance("sheet").bytes)
    built.stockpile.key_desk.room.add_sheet(first.sheet, secret)
    built.stockpile.close()
    model = RecoveringModel(desk, built.home)
    with qtbot.waitSignal(model.refused) as said:
        model.by_sheet(first.text, "nonsense", NEW)
    assert isinstance(said.args[0], SheetHalfMistyped)
    assert said.args[0].half == 2
    with qtbot.waitSignal(model.recovered) as said:
        model.by_sheet(first.text, second.text, NEW)
    assert said.args == [NEW]
    open_home(built.home, NEW).close()
    file = tmp_path / "identity"
    with qtbot.waitSignal(model.refused) as said:
        model.by_authority(file, NEW)
    assert isinstance(said.args[0], FileUnreadable)
    file.write_text("nothing of the kind")
    with qtbot.waitSignal(model.refused) as said:
        model.by_authority(file, NEW)
    assert isinstance(said.args[0], RecoveryKeyStrange)
