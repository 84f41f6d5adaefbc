"""The anchor beside the database."""

from __future__ import annotations

import hashlib

import pytest

from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.domain.errors import AnchorMissing, DiskTrouble
from stockpile.domain.ledger import Tip
from stockpile.domain.values import Digest

LONG = Tip(10**9, 10**12, Digest("ab" * 32))


def test_the_last_tip_written_is_read(tmp_path):
    anchor = AnchorFile(tmp_path)
    assert anchor.read() is None
    for tip in (LONG, Tip(1, 2, Digest("cd" * 32)), LONG, Tip()):
        anchor.write(tip)
        assert AnchorFile(tmp_path).read() == tip


def test_it_fits_a_sector(tmp_path):
    AnchorFile(tmp_path).write(LONG)
    assert (tmp_path / "anchor.json").stat().st_size <= 512


def test_a_torn_one_anchors_nothing(tmp_path):
    AnchorFile(tmp_path).write(LONG)
    (tmp_path / "anchor.json").write_bytes((tmp_path / "anchor.json").read_bytes()[:40])
    assert AnchorFile(tmp_path).read() is None


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(DiskTrouble):
        AnchorFile(tmp_path / "gone").write(LONG)


def mac(message):
    return hashlib.sha256(b"key" + message).digest()


def test_a_demanded_anchor_must_be_there_and_bear_our_seal(tmp_path):
    tip = Tip(7, 9, Digest("ab" * 32))
    AnchorFile(tmp_path).write(tip)
    own = AnchorFile(tmp_path, mac, demanded=True)
    with pytest.raises(AnchorMissing):
        own.read()
    assert AnchorFile(tmp_path, mac).read() == tip
    own.write(tip, durably=True)
    assert own.read() == tip
    file = tmp_path / "anchor.json"
    file.write_bytes(file.read_bytes().replace(b'"number":7', b'"number":6'))
    for said in (None, b"", b"{}"):
        if said is not None:
            file.write_bytes(said)
        with pytest.raises(AnchorMissing):
            own.read()
    file.unlink()
    with pytest.raises(AnchorMissing):
        own.read()
