"""The opened keys of a node, for as long as the program runs.

1. A random database key opens the books; each slot wraps it under a passphrase (Argon2id).
2. The node's signing key and the site's tag key are sealed under the database key.
3. An officer's or a holder's signing key is sealed under the database key and their PIN together.
4. A wrong PIN is counted on the disk before the next try, and each one makes the next wait longer;
   a restart, and a clock set back, shorten nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Final

import msgspec
from nacl.signing import SigningKey

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.slots import Content, OfficerSlot, Slot
from stockpile.adapters.keys.strength import KEY_LENGTH, SALT_LENGTH, USUAL, Strength, stretched
from stockpile.adapters.keys.unlocking import unlocked
from stockpile.domain.errors import (
    HolderWithoutPin,
    HomeExists,
    HomeMissing,
    KeysUnreadable,
    OfficerUnknown,
    PinTooSoon,
    WrongPassphrase,
    WrongPin,
)
from stockpile.domain.ledger import Sign, node_id
from stockpile.domain.values import NodeId, OfficerId, PersonId
from stockpile.services.ports import Chance, Clock, OfficerKey
from stockpile.whole_files import disk_errors

BOOKS_FILE: Final = "stockpile.db"
FREE_TRIES: Final = 2
"""Typing errors happen: so many wrong PINs cost no waiting."""
LONGEST_WAIT: Final = 15 * 60
"""In seconds: from the thirteenth wrong PIN on, ten thousand PINs take more than a hundred days."""
_SECOND: Final = 1000


class KeyRing:
    """Opened keys: the node signs, people sign with their PIN, private halves stay here."""

    def __init__(
        self, home: Path, content: Content, database_key: bytes, clock: Clock, chance: Chance
    ) -> None:
        self._home = home
        self._content = content
        self._database_key = database_key
        self._clock = clock
        self._chance = chance
        self._signing = SigningKey(self._under_database_key(content.node))
        self._tag = self._under_database_key(content.tag)
        self._node = node_id(content.public_key)

    @property
    def node(self) -> NodeId:
        """The node's id."""
        return self._node

    @property
    def public_key(self) -> bytes:
        """The node's public key."""
        return self._content.public_key

    @property
    def database_key(self) -> bytes:
        """The 256-bit key of the books; for the front door only."""
        return self._database_key

    def sign(self, message: bytes) -> bytes:
        """Sign as the node."""
        return self._signing.sign(message).signature

    def mac(self, message: bytes) -> bytes:
        """Return a 32-byte HMAC under the site's tag key."""
        return hmac.digest(self._tag, message, hashlib.sha256)

    def unlock(self, locked: bytes, path: str) -> bytes:
        """Return what was locked for this node; raises CourierForOther, CourierForged."""
        return unlocked(locked, self._signing, path)

    def add_officer(self, officer: OfficerId, pin: str) -> bytes:
        """Make and wrap a key for the officer and return its public half.

        An officer who has one gets a new one; what the old one signed stays signed.
        """
        return self._add(officer, pin)

    def open_officer(self, officer: OfficerId, pin: str) -> OfficerKey:
        """Open an officer's key.

        Raises OfficerUnknown, WrongPin, and PinTooSoon (a WrongPin) while a wait is running.
        """
        slot = self._content.officers.get(officer)
        if slot is None:
            raise OfficerUnknown(officer)
        return OfficerKey(officer, self._opened(officer, slot, pin))

    def add_holder(self, person: PersonId, pin: str) -> bytes:
        """Make and wrap a key for a holder and return its public half; an older one is gone.

        It lies among the officers' slots: what opens and slows one is the same for all, and an id
        of a person is no officer's, so that nobody takes office by it.
        """
        return self._add(person, pin)

    def open_holder(self, person: PersonId, pin: str) -> Sign:
        """Open a holder's key; raises HolderWithoutPin, WrongPin, PinTooSoon (a WrongPin)."""
        slot = self._content.officers.get(person)
        if slot is None:
            raise HolderWithoutPin(person)
        return self._opened(person, slot, pin)

    def forget_holder(self, person: PersonId) -> None:
        """Drop a holder's key, if there is one; what it signed stays signed."""
        if person in self._content.officers:
            left = {id_: slot for id_, slot in self._content.officers.items() if id_ != person}
            self._write(left)

    def _add(self, signer: str, pin: str) -> bytes:
        seed, salt = self._chance.bytes(KEY_LENGTH), self._chance.bytes(SALT_LENGTH)
        strength = self._content.slots[0].strength
        key = slots.officer_key(stretched(pin, salt, strength), self._database_key)
        box = slots.sealed(key, seed, self._chance.bytes(slots.NONCE_LENGTH))
        public_key = bytes(SigningKey(seed).verify_key)
        self._keep(signer, OfficerSlot(salt, strength, box, public_key))
        return public_key

    def _opened(self, signer: str, slot: OfficerSlot, pin: str) -> Sign:
        self._demand_waited(signer, slot)
        self._keep(signer, self._tried(slot))
        key = slots.officer_key(stretched(pin, slot.salt, slot.strength), self._database_key)
        seed = slots.unsealed(key, slot.sealed)
        if seed is None:
            raise WrongPin(signer)
        self._keep(signer, msgspec.structs.replace(slot, failures=0, not_before=0))
        return _signer(seed)

    def _demand_waited(self, signer: str, slot: OfficerSlot) -> None:
        left = -(-(slot.not_before - self._clock.now()) // _SECOND)
        if left > _wait(slot.failures):
            # The clock was set back: the whole wait begins again, but never more than that.
            left = _wait(slot.failures)
            until = self._clock.now() + left * _SECOND
            self._keep(signer, msgspec.structs.replace(slot, not_before=until))
        if left > 0:
            raise PinTooSoon(signer, left)

    def _tried(self, slot: OfficerSlot) -> OfficerSlot:
        """Return the slot with one more wrong try, written before the PIN is looked at."""
        failures = slot.failures + 1
        until = self._clock.now() + _wait(failures) * _SECOND
        return msgspec.structs.replace(slot, failures=failures, not_before=until)

    def _keep(self, signer: str, slot: OfficerSlot) -> None:
        self._write({**self._content.officers, signer: slot})

    def _write(self, officers: dict[str, OfficerSlot]) -> None:
        content = msgspec.structs.replace(self._content, officers=officers)
        slots.write_content(self._home, content)
        self._content = content

    def _under_database_key(self, box: bytes) -> bytes:
        secret = slots.unsealed(self._database_key, box)
        if secret is None:
            raise KeysUnreadable(str(self._home / slots.KEY_FILE))
        return secret


def create_keys(
    home: Path, passphrase: str, *, clock: Clock, chance: Chance, strength: Strength = USUAL
) -> KeyRing:
    """Make the keys of a new node in this home; raises HomeExists, DiskFull, DiskTrouble."""
    if any((home / name).exists() for name in (slots.KEY_FILE, BOOKS_FILE)):
        raise HomeExists(str(home))
    with disk_errors(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    database_key, seed = chance.bytes(KEY_LENGTH), chance.bytes(KEY_LENGTH)
    content = Content(
        format=slots.FORMAT,
        slots=(_slot(passphrase, database_key, chance, strength),),
        public_key=bytes(SigningKey(seed).verify_key),
        node=slots.sealed(database_key, seed, chance.bytes(slots.NONCE_LENGTH)),
        tag=slots.sealed(
            database_key, chance.bytes(KEY_LENGTH), chance.bytes(slots.NONCE_LENGTH)
        ),
        officers={},
    )  # fmt: skip
    slots.write_content(home, content)
    return KeyRing(home, content, database_key, clock, chance)


def open_keys(home: Path, passphrase: str, *, clock: Clock, chance: Chance) -> KeyRing:
    """Open the keys of this home; raises HomeMissing, KeysUnreadable, WrongPassphrase."""
    if not any((home / name).exists() for name in (slots.KEY_FILE, BOOKS_FILE)):
        raise HomeMissing(str(home))
    content = slots.read_content(home)
    return KeyRing(home, content, _database_key(content, passphrase), clock, chance)


def node_of(home: Path) -> NodeId | None:
    """Return the node whose keys lie in a home, without opening them; None where none can be read.

    Raises DiskTrouble.
    """
    try:
        return node_id(slots.read_content(home).public_key)
    except KeysUnreadable:
        return None


def change_passphrase(home: Path, old: str, new: str, *, chance: Chance) -> None:
    """Replace the slot that the old passphrase opens; the books themselves are not written anew.

    Raises KeysUnreadable, WrongPassphrase, DiskFull, DiskTrouble. The caller holds the home's lock.
    """
    content = slots.read_content(home)
    kept = tuple(slot for slot in content.slots if slots.opened_slot(slot, old) is None)
    database_key = _database_key(content, old)
    fresh = _slot(new, database_key, chance, content.slots[0].strength)
    slots.write_content(home, msgspec.structs.replace(content, slots=(fresh, *kept)))


def _slot(passphrase: str, database_key: bytes, chance: Chance, strength: Strength) -> Slot:
    salt = chance.bytes(SALT_LENGTH)
    key = stretched(passphrase, salt, strength)
    return Slot(salt, strength, slots.sealed(key, database_key, chance.bytes(slots.NONCE_LENGTH)))


def _database_key(content: Content, passphrase: str) -> bytes:
    opened = (slots.opened_slot(slot, passphrase) for slot in content.slots)
    key = next((key for key in opened if key is not None), None)
    if key is None:
        raise WrongPassphrase
    return key


def _signer(seed: bytes) -> Sign:
    key = SigningKey(seed)

    def sign(message: bytes) -> bytes:
        """Sign as the person."""
        return key.sign(message).signature

    return sign


def _wait(failures: int) -> int:
    """Return how many seconds the next try must wait after so many wrong ones."""
    if failures <= FREE_TRIES:
        return 0
    return min(LONGEST_WAIT, 1 << (failures - FREE_TRIES - 1))
