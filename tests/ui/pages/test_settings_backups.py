"""The safe in the settings: how it stands, what lies in it, and what becomes of each button."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import DiskFull
from tests.helpers.patience import PATIENCE
from tests.helpers.readable import displayed, faults
from ui.pages.settings_backups import BackupsSection
from ui.view_models.backups import BackupsModel
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
