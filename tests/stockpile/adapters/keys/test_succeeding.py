from __future__ import annotations

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.ring import create_keys, open_keys
from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.keys.succeeding import succeed
from stockpile.domain.ledger import signed_by
from stockpile.domain.values import OfficerId


def test_another_node_has_the_same_passphrase_officers_and_labels(tmp_path):
    clock, chance = SystemClock(), SystemChance()
    ring = create_keys(tmp_path, "words", clock=clock, chance=chance, strength=LIGHT)
    officer = OfficerId("o1")
    public = ring.add_officer(officer, "2580")
    succeed(ring, chance)
    again = open_keys(tmp_path, "words", clock=clock, chance=chance)
    assert again.node != ring.node
    assert signed_by(again.public_key, b"message", again.sign(b"message"))
    assert again.mac(b"label") == ring.mac(b"label")
    assert again.database_key == ring.database_key
    assert signed_by(public, b"act", again.open_officer(officer, "2580").sign(b"act"))
    assert not again.content.anchored
