from __future__ import annotations

import json
import os
import stat

import pytest

from stockpile.adapters.clock import SystemChance
from stockpile.adapters.keys.authority_keys import AuthorityKeyFiles
from stockpile.adapters.keys.strength import LIGHT
from stockpile.domain.errors import AuthorityKeyExists, DiskTrouble, KeysUnreadable, WrongPassphrase
from stockpile.domain.ledger import signed_by

PASSPHRASE = "nine grey parrots"


@pytest.fixture
def files():
    return AuthorityKeyFiles(SystemChance(), LIGHT)


@pytest.fixture
def file(files, tmp_path):
    path = tmp_path / "okello.key"
    files.make(path, "Okello", PASSPHRASE)
    return path


def test_a_key_signs_as_long_as_somebody_knows_its_passphrase(files, file):
    key = files.open(file, PASSPHRASE)
    assert files.show(file) == (key.name, key.public_key)
    assert signed_by(key.public_key, b"a statement", key.sign(b"a statement"))
    with pytest.raises(WrongPassphrase):
        files.open(file, "nine grey parrot")


def test_only_its_owner_reads_the_file_and_the_key_is_not_in_it(files, file):
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSPHRASE not in file.read_text()


def test_a_key_is_never_written_over(files, file):
    before = file.read_bytes()
    with pytest.raises(AuthorityKeyExists):
        files.make(file, "Mallory", "whatever")
    assert file.read_bytes() == before


def test_no_key_is_made_where_none_can_be_kept(files, tmp_path):
    with pytest.raises(DiskTrouble):
        files.make(tmp_path / "missing" / "okello.key", "Okello", PASSPHRASE)


def test_another_public_key_in_clear_is_noticed(files, file):
    said = json.loads(file.read_bytes())
    file.write_text(json.dumps({**said, "key": "ab" * 32}))
    with pytest.raises(KeysUnreadable):
        files.open(file, PASSPHRASE)


def test_a_file_that_is_no_key_or_asks_for_endless_work_is_refused(files, file, tmp_path):
    said = json.loads(file.read_bytes())
    for change in (
        {"v": 2}, {"memory": 1 << 40}, {"passes": 10**9}, {"passes": 0}, {"salt": "zz"},
        {"sealed": "!"}, {"key": "ab"}, {"more": 1},
    ):  # fmt: skip
        file.write_text(json.dumps({**said, **change}))
        with pytest.raises(KeysUnreadable):
            files.open(file, PASSPHRASE)
    for raw in (b"", b"\xff", b"[" * 20_000):
        file.write_bytes(raw)
        with pytest.raises(KeysUnreadable):
            files.show(file)
    with pytest.raises(KeysUnreadable):
        files.show(tmp_path / "nowhere")
