"""An open node in use, a photo's file beside its books, and the port that backs it all up."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.adapters.backups.folder import BackupFolder
from stockpile.adapters.sqlite.backing_up import copy_books, copy_database
from tests.helpers.books import desk

DIGEST = "ab" + "0" * 62


def folder_of(depot):
    """The port, plugged in as the front door does it."""
    home, key = depot.home, depot.keys.database_key
    return BackupFolder(
        home,
        depot.keys,
        partial(copy_books, home / "stockpile.db", key),
        partial(copy_database, home / "journal.db", key),
    )


@pytest.fixture
def depot(tmp_path):
    with desk(tmp_path / "home") as one:
        one.found()
        one.register_weapon()
        photo = one.home / "photos" / DIGEST[:2] / DIGEST[2:]
        photo.parent.mkdir(parents=True)
        photo.write_bytes(b"sealed")
        (one.home / "settings.toml").write_text('language = "fr"\n')
        (one.home / "profiles").mkdir()
        (one.home / "profiles" / "list-goma.toml").write_text("x = 1\n")
        yield one


@pytest.fixture
def folder(depot):
    return folder_of(depot)
