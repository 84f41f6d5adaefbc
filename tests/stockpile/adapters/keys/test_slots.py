"""What the key file says, and that sealed things open with their own key only."""

from __future__ import annotations

import hashlib
import json

import msgspec
import pytest

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.strength import LIGHT
from stockpile.domain.errors import KeysUnreadable

KEY, OTHER = b"k" * 32, b"o" * 32


def a_content(**said):
    slot = slots.Slot(b"s" * 16, LIGHT, b"sealed")
    return slots.Content(
        **({"format": slots.FORMAT, "turn": 1, "slots": (slot,), "public_key": b"p" * 32,
            "node": b"n", "tag": b"t", "mixing": b"m", "signers": {}} | said)
    )  # fmt: skip


def test_what_was_written_is_read_and_bears_the_seal_of_its_key(tmp_path):
    content = a_content()
    slots.write_content(tmp_path, content, KEY)
    file = slots.read_file(tmp_path)
    assert file.content == content
    assert file.is_sealed_by(KEY)
    assert not file.is_sealed_by(OTHER)


def test_a_newer_format_is_not_read_as_good_as_it_goes(tmp_path):
    slots.write_content(tmp_path, a_content(format=3), KEY)
    with pytest.raises(KeysUnreadable):
        slots.read_file(tmp_path)


def test_who_reckons_the_digest_anew_does_not_have_the_seal(tmp_path):
    slots.write_content(tmp_path, a_content(), KEY)
    file = tmp_path / "keys.json"
    said = json.loads(file.read_bytes())
    raw = msgspec.json.encode(a_content(turn=7), order="sorted")
    digest = hashlib.sha256(raw).hexdigest()
    file.write_bytes(
        b'{"content":' + raw + f',"digest":"{digest}","seal":"{said["seal"]}"}}'.encode()
    )
    assert not slots.read_file(tmp_path).is_sealed_by(KEY)


def test_a_box_opens_with_its_own_key_only():
    box = slots.sealed(KEY, b"secret", b"n" * slots.NONCE_LENGTH)
    assert slots.unsealed(KEY, box) == b"secret"
    assert slots.unsealed(OTHER, box) is None
    assert slots.unsealed(KEY, box[:-1]) is None
    assert slots.unsealed(KEY, b"") is None


def test_a_signers_key_takes_pin_and_books_together():
    mixed = {slots.officer_key(pin, books) for pin in (KEY, OTHER) for books in (KEY, OTHER)}
    assert len(mixed) == 4
