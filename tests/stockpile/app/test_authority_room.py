from __future__ import annotations

import pytest

from stockpile.app.authority_room import authority_keys, locked_for
from stockpile.domain.errors import SignatureWrong
from stockpile.domain.ledger import signed_by
from tests.helpers.sites import SiteKeys


def test_an_officials_key_file_needs_no_home_and_costs_each_guess_dear(tmp_path):
    file = tmp_path / "okello.key"
    authority_keys().make(file, "Okello", "nine grey parrots")
    key = authority_keys().open(file, "nine grey parrots")
    assert signed_by(key.public_key, b"said", key.sign(b"said"))
    assert b'"memory": 268435456' in file.read_bytes()


def test_a_file_is_locked_for_one_node_alone():
    one, other = SiteKeys(), SiteKeys()
    locked = locked_for(b"certificate", one.public_key)
    assert one.unlock(locked, "stick") == b"certificate"
    with pytest.raises(Exception, match="CourierForOther"):
        other.unlock(locked, "stick")
    with pytest.raises(SignatureWrong):
        locked_for(b"certificate", bytes(32))
