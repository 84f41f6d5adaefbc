"""The keeper of the safe, who writes a backup when one is due and its disk is here."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import DiskTrouble
from tests.helpers.patience import PATIENCE
from ui.view_models.backups import BackupsModel, SafeKeeper


def test_the_keeper_writes_when_it_is_due_once_and_only_where_the_stick_is(seat, qtbot, tmp_path):
    keeper = SafeKeeper.of(seat.desk, seat.session)
    assert SafeKeeper.of(seat.desk, seat.session) is keeper
    backups, stick = seat.stockpile.backups, tmp_path / "stick"
    identity = backups.choose(stick)
    seat.session.remember(backups=str(stick), backups_identity=identity)
    stick.rename(tmp_path / "pulled")
    keeper.look()
    safe = partial(backups.safe, stick, identity)
    qtbot.waitUntil(lambda: not keeper._busy)
    assert safe().failed == "missing"
    (tmp_path / "pulled").rename(stick)
    with qtbot.waitSignal(keeper.ended, timeout=PATIENCE):
        keeper.look()
        keeper.look()
    assert safe().last is not None
    keeper.look()
    qtbot.waitUntil(lambda: not keeper._busy)
    assert len(list(stick.glob("*.backup"))) == 1
    seat.session.remember(backups_every="never")
    keeper.look()
    assert not keeper._busy


def test_a_place_inside_the_stockpile_is_refused(seat, qtbot):
    model = BackupsModel(seat.desk, seat.session)
    with qtbot.waitSignal(model.failed, timeout=PATIENCE) as told:
        model.use_folder(seat.stockpile.home / "backups")
    assert isinstance(told.args[0], DiskTrouble)


@pytest.mark.parametrize("again", [False, True])
def test_one_work_at_a_time(seat, qtbot, tmp_path, again):
    model = BackupsModel(seat.desk, seat.session)
    seat.session.remember(backups=str(tmp_path / "stick"))
    with qtbot.waitSignal(model.made, timeout=PATIENCE):
        model.make()
        assert model.is_busy
        if again:
            model.make()
    assert len(list((tmp_path / "stick").glob("*.backup"))) == 1
