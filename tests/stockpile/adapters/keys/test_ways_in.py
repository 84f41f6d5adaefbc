"""Each way in opens with what it was made for, and with nothing else."""

from __future__ import annotations

import msgspec
import pyrage
import pytest

from stockpile.adapters.keys import ways_in
from stockpile.adapters.keys.slots import NONCE_LENGTH, SheetSlot, sealed
from stockpile.adapters.keys.strength import LIGHT
from stockpile.domain.errors import (
    FieldUnreadable,
    RecoveryKeyStrange,
    SheetVoid,
    SystemSecretMissing,
    SystemSecretOther,
    WrongPassphrase,
)
from tests.helpers.books import SeededChance

KEY, SECRET, NODE = b"k" * 32, b"s" * 32, "node"


class Safe:
    """A safe that holds this."""

    def __init__(self, held):
        self.held = held

    def read(self, _node):
        return self.held


def test_passphrase_and_secret_of_the_safe_open_together_and_never_one_alone():
    slot = ways_in.passphrase_slot("open", KEY, LIGHT, SeededChance(), SECRET)
    assert ways_in.opened_by_passphrase([slot], "open", NODE, Safe(SECRET)) == KEY
    with pytest.raises(WrongPassphrase):
        ways_in.opened_by_passphrase([slot], "shut", NODE, Safe(SECRET))
    with pytest.raises(SystemSecretOther):  # whoever types it again and again learns why
        ways_in.opened_by_passphrase([slot], "open", NODE, Safe(b"o" * 32))
    older = msgspec.structs.replace(slot, secret_digest=b"")
    assert ways_in.opened_by_passphrase([older], "open", NODE, Safe(SECRET)) == KEY
    with pytest.raises(WrongPassphrase):
        ways_in.opened_by_passphrase([older], "open", NODE, Safe(b"o" * 32))
    with pytest.raises(SystemSecretMissing):
        ways_in.opened_by_passphrase([slot], "open", NODE, ways_in.NO_SAFE)


def test_the_authoritys_key_opens_and_a_strangers_does_not():
    own, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    slot = ways_in.authority_slot(f" {own.to_public()}\n", KEY)
    assert ways_in.opened_by_authority(slot, f"# public key: x\n{own}\n") == KEY
    for way, text in ((slot, str(other)), (None, str(own)), (slot, "nonsense")):
        with pytest.raises(RecoveryKeyStrange):
            ways_in.opened_by_authority(way, text)


def test_what_is_no_age_recipient_is_none():
    for text in ("", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA"):
        with pytest.raises(FieldUnreadable):
            ways_in.demand_recipient(text)


def test_a_sheet_opens_by_its_number_and_secret():
    slot = SheetSlot("K7ZQ", sealed(SECRET, KEY, b"n" * NONCE_LENGTH))
    assert ways_in.opened_by_sheet(slot, "K7ZQ", SECRET) == KEY
    for way, sheet, secret in ((slot, "AAAA", SECRET), (slot, "K7ZQ", KEY), (None, "K7ZQ", KEY)):
        with pytest.raises(SheetVoid):
            ways_in.opened_by_sheet(way, sheet, secret)
