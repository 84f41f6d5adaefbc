"""Books and journal of a home: opened together, closed together, never left half open."""

from __future__ import annotations

import pytest

from stockpile.adapters.keys.anchor import ANCHOR_FILE
from stockpile.adapters.photos.album import SealedPhotos
from stockpile.app.books_room import catalogue, normaliser, open_home_books
from stockpile.app.key_room import opened_keys
from stockpile.domain.errors import BooksInUse, StockpileError
from tests.helpers.house import PASSPHRASE, copied_house

JOURNAL = "journal.db"


@pytest.fixture
def home(tmp_path):
    built = copied_house(tmp_path / "home")
    built.stockpile.close()
    return built.home


def opened(home):
    keys = opened_keys(home, PASSPHRASE)
    return open_home_books(home, keys, SealedPhotos(home, keys.mac(b"photos")))


def test_both_are_open_for_one_program_until_they_are_closed(home):
    first = opened(home)
    assert first.books.tip().number > 0
    assert not first.register.find("anything", limit=1)
    assert first.journal.jobs() == ()
    with pytest.raises(BooksInUse):
        opened(home)
    first.close()
    opened(home).close()


def test_a_journal_that_does_not_open_leaves_the_home_free_for_whoever_puts_it_right(home):
    sound = (home / JOURNAL).read_bytes()
    (home / JOURNAL).write_bytes(b"no database" * 1000)
    with pytest.raises(StockpileError):
        opened(home)
    (home / JOURNAL).write_bytes(sound)
    opened(home).close()


def test_a_home_that_is_opened_has_its_anchor(home):
    assert (home / ANCHOR_FILE).is_file()
    assert opened_keys(home, PASSPHRASE).content.anchored


def test_both_are_sealed_anew_by_another_key_and_open_by_the_old_one_no_more(home):
    books = opened(home)
    keys = opened_keys(home, PASSPHRASE)
    for rekey in books.rekeys:
        rekey(bytes(range(32)), lambda _done, _all: None)
    books.close()
    assert keys.database_key != bytes(range(32))
    with pytest.raises(StockpileError):
        opened(home)


def test_the_catalogue_is_read_once_and_tells_what_written_values_mean():
    assert catalogue() is catalogue()
    assert normaliser().of("calibre", "7,62 x 39").code
