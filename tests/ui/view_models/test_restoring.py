"""What is restored from, as far as a home that does not open tells; the rest is with the dialog."""

from __future__ import annotations

from stockpile.domain.errors import FileUnreadable
from stockpile.settings import Settings
from tests.helpers.patience import PATIENCE
from ui.session import Session
from ui.view_models.restoring import RestoringModel


def test_the_newest_backup_is_looked_for_where_they_went(seat, tmp_path):
    home = tmp_path / "other"
    model = RestoringModel(seat.desk, Session(Settings()), home)
    assert (model.is_open, model.officer) == (False, "")
    assert model.folder() == tmp_path / "other-backups"
    assert model.newest() is None
    home.mkdir()
    (tmp_path / "stick").mkdir()
    Settings(backups=str(tmp_path / "stick")).write(home)
    (tmp_path / "stick" / "a.backup").write_bytes(b"")
    assert model.newest() == tmp_path / "stick" / "a.backup"
    (home / "settings.toml").write_text("no = [toml")
    assert model.folder() == tmp_path / "other-backups"


def test_a_file_that_is_not_there_is_said(seat, qtbot, tmp_path):
    model = RestoringModel(seat.desk, seat.session, seat.stockpile.home)
    assert model.is_open
    with qtbot.waitSignal(model.unreadable, timeout=PATIENCE) as told:
        model.look(tmp_path / "none.backup")
    assert isinstance(told.args[0], FileUnreadable)
