from __future__ import annotations

import os

import pytest

from stockpile.domain.errors import (
    CourierForged,
    CourierForOther,
    CourierWordsWrong,
    KeysUnreadable,
)
from stockpile.domain.ledger import signed_by
from stockpile.locks import age
from stockpile.registry.database import Database
from stockpile.registry.keys import registry_key
from tests.helpers.registries import open_registry
from tests.helpers.sites import SiteKeys


@pytest.fixture
def database(tmp_path):
    opened = Database(str(tmp_path / "registry.db"))
    yield opened
    opened.close()


def test_a_new_registry_makes_its_key_and_finds_it_again(database):
    key = registry_key(database, None, is_new=True)
    assert registry_key(database, None, is_new=False).node == key.node
    assert signed_by(key.public_key, b"message", key.sign(b"message"))
    assert key.seed.hex() not in repr(key)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_reads_the_key(database):
    registry_key(database, None, is_new=True)
    file = database.file.with_name("registry.db.key")
    assert file.stat().st_mode & 0o777 == 0o600


def test_another_file_may_hold_it(database, tmp_path):
    elsewhere = tmp_path / "elsewhere.key"
    key = registry_key(database, elsewhere, is_new=True)
    assert bytes.fromhex(elsewhere.read_text().strip()) == key.seed


def test_a_lost_key_is_never_replaced(tmp_path):
    url = str(tmp_path / "registry.db")
    open_registry(url).database.close()
    (tmp_path / "registry.db.key").unlink()
    with pytest.raises(KeysUnreadable):
        open_registry(url)
    assert not (tmp_path / "registry.db.key").exists()


def test_another_registrys_key_does_not_open_the_books(tmp_path):
    for name in ("one.db", "two.db"):
        open_registry(str(tmp_path / name)).database.close()
    (tmp_path / "one.db.key").replace(tmp_path / "two.db.key")
    with pytest.raises(KeysUnreadable):
        open_registry(str(tmp_path / "two.db"))


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31, "ab" * 33, "\u00e9"])
def test_a_file_that_holds_no_key(database, tmp_path, content):
    file = tmp_path / "no.key"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KeysUnreadable):
        registry_key(database, file, is_new=False)


def test_it_opens_what_was_locked_for_it_and_with_words_and_nothing_else(database):
    key = registry_key(database, None, is_new=True)
    other = SiteKeys()
    assert key.unlock(age.lock_for(b"plain", [key.public_key]), "", "f") == b"plain"
    with pytest.raises(CourierForOther):
        key.unlock(age.lock_for(b"plain", [other.public_key]), "", "f")
    spoken = age.lock_with(b"plain", "babab cacac")
    assert key.unlock(spoken, "babab cacac", "f") == b"plain"
    for words in ("", "babab dadad"):
        with pytest.raises(CourierWordsWrong):
            key.unlock(spoken, words, "f")
    for spoilt in (b"", b"nothing", spoken[:-1]):
        with pytest.raises(CourierForged):
            key.unlock(spoilt, "babab cacac", "f")


def test_a_file_that_asks_for_more_work_than_a_registry_does_is_refused_before_any(
    database, monkeypatch
):
    key = registry_key(database, None, is_new=True)
    spoken = age.lock_with(b"plain", "babab")
    monkeypatch.setattr(age, "_apart", None)
    hostile = spoken.replace(b" 15\n", b" 20\n", 1)
    assert hostile != spoken
    with pytest.raises(CourierForged):
        key.unlock(hostile, "babab", "f")
