from __future__ import annotations

import pytest

from stockpile.adapters.keys.strength import LIGHT
from stockpile.app.witness_room import make_witness, open_witness
from stockpile.domain.errors import AuthorityKeyExists, KeysUnreadable, WrongPassphrase


def test_a_witness_is_made_once_and_opens_with_its_passphrase(tmp_path):
    folder = tmp_path / "witness"
    made = make_witness(folder, "Inspectorate", "a passphrase", strength=LIGHT)
    again = open_witness(folder, "a passphrase")
    assert (again.key.name, again.key.public_key) == ("Inspectorate", made.key.public_key)
    assert again.note_key == made.note_key
    with pytest.raises(WrongPassphrase):
        open_witness(folder, "another")
    with pytest.raises(AuthorityKeyExists):
        make_witness(folder, "Inspectorate", "a passphrase", strength=LIGHT)
    with pytest.raises(KeysUnreadable):
        open_witness(tmp_path / "elsewhere", "a passphrase")
