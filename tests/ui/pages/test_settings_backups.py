"""The safe in the settings: how it stands, what lies in it, and what becomes of each button."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import DiskFull
from tests.helpers.patience import PATIENCE
from tests.helpers.readable import displayed, faults
from ui.pages.settings_backups import BackupsSection
from ui.view_models.backups import BACKUPS, BackupsModel, SafeKeeper
from ui.widgets.chip import Chip
from ui.widgets.text import Label

NARROW = 520  # pixels: what the smallest window leaves for a section


@pytest.fixture
def section(seat, qtbot, tmp_path):
    model = BackupsModel(seat.desk, seat.session)
    section = BackupsSection(model)
    section.model = model
    model.use_folder(tmp_path / "stick")
    with qtbot.waitSignal(model.came, timeout=PATIENCE):
        pass
    displayed(section, qtbot, NARROW, 1200)
    return section


def chips(section):
    return [one.text for one in section._held.parentWidget().findChildren(Chip)]


def test_backups_are_written_listed_and_checked(section, seat, qtbot, tmp_path):
    with qtbot.waitSignal(section.model.made, timeout=PATIENCE):
        section.make.click()
    qtbot.waitUntil(lambda: chips(section) == ["Checked"])
    (file,) = (tmp_path / "stick").glob("*.backup")
    file.write_bytes(file.read_bytes()[:-1])
    with qtbot.waitSignal(section.model.failed, timeout=PATIENCE):
        section.model.check(file)
    qtbot.waitUntil(lambda: chips(section) == ["Not checked"])
    with qtbot.waitSignal(section.model.failed, timeout=PATIENCE):
        section.prune.click()
    assert file.exists()
    section.model.use_every("never")
    assert seat.session.settings.backups_every == "never"


def test_everything_fits_and_can_be_read(section, tongue):
    assert faults(section) == []


def test_a_failure_says_what_to_do(section):
    section.model.failed.emit(DiskFull("/stick"))
    said = [one.text() for one in section.result.findChildren(Label)]
    assert any("/stick" in one for one in said)


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
    assert BACKUPS == "backups"
