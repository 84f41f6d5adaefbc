"""The opened keys of a node, for as long as the program runs.

1. A random database key opens the books; a passphrase (Argon2id), the authority's age key and the
   two halves of the recovery sheet are each a way to it.
2. The node's signing key, the site's tag key and the key that PINs are mixed with are sealed under
   the database key.
3. Every writing of the file is counted, and the count is kept beside the marking journal too: an
   older copy put back is noticed, and costs every PIN the longest wait.
4. A new database key is announced in the file before the first database has it, so that a home
   that was killed in the middle opens, and goes on to the new one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from msgspec.structs import replace
from nacl.signing import SigningKey

from stockpile.adapters.keys import signers, slots
from stockpile.adapters.keys.signers import Moment, signer_of
from stockpile.adapters.keys.slots import (
    Content,
    OldContent,
    Renewal,
    SheetSlot,
    Signer,
    SignerKey,
)
from stockpile.adapters.keys.strength import KEY_LENGTH, USUAL, Strength
from stockpile.adapters.keys.ways_in import (
    NO_SAFE,
    SystemSecrets,
    authority_slot,
    opened_by_passphrase,
    passphrase_slot,
)
from stockpile.domain.errors import (
    HolderWithoutPin,
    HomeExists,
    HomeMissing,
    KeysUnreadable,
    OfficerUnknown,
    PinTooSoon,
    WrongPin,
)
from stockpile.domain.ledger import Sign, node_id
from stockpile.domain.values import Digest, NodeId, OfficerId, PersonId
from stockpile.locks.node_keys import unlocked
from stockpile.services.ports import Chance, Clock, OfficerKey
from stockpile.whole_files import disk_errors

BOOKS_FILE: Final = "stockpile.db"
Running = Callable[[], int]
"""Returns how long the computer has run, in milliseconds; nobody sets that clock."""


class Turns(Protocol):
    """Where it is kept, outside the key file, how often that was written."""

    def read(self) -> int:
        """Return the count."""
        ...

    def write(self, turn: int) -> None:
        """Keep the count, durably."""
        ...


class KeyRing:
    """Opened keys: the node signs, people sign with their PIN, private halves stay here."""

    def __init__(
        self,
        home: Path,
        content: Content,
        database_key: bytes,
        clock: Clock,
        chance: Chance,
        running: Running | None = None,
    ) -> None:
        self._home = home
        self._content = content
        self._database_key = database_key
        self._clock = clock
        self._chance = chance
        self._turns: Turns | None = None
        self._is_counted = True
        self._running = running
        self._signing = SigningKey(self._under_database_key(content.node))
        if bytes(self._signing.verify_key) != content.public_key:
            raise KeysUnreadable(str(home / slots.KEY_FILE))
        self._tag = self._under_database_key(content.tag)
        self._mixing = self._under_database_key(content.mixing)
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

    @property
    def content(self) -> Content:
        """What the key file says now."""
        return self._content

    def sign(self, message: bytes) -> bytes:
        """Sign as the node."""
        return self._signing.sign(message).signature

    def mac(self, message: bytes) -> bytes:
        """Return a 32-byte HMAC under the site's tag key."""
        return hmac.digest(self._tag, message, hashlib.sha256)

    def unlock(self, locked: bytes, path: str) -> bytes:
        """Return what was locked for this node; raises CourierForOther, CourierForged."""
        return unlocked(locked, self._signing, path)

    # --- people who sign ------------------------------------------------------------------------

    def add_officer(self, officer: OfficerId, pin: str, good: bytes = b"") -> bytes:
        """Make and wrap a key for the officer and return its public half.

        An officer who has one gets a new one, and one stays beside it until the next: the one with
        the public half ``good``, else the newest. The books say which is good. Wrong PINs stay
        counted.
        """
        before = self._content.signers.get(officer)
        kept = (_key_of(before, good) or before.keys[0],) if before else ()
        return self._add(officer, pin, kept)

    def holds_officer(self, officer: OfficerId, public_key: bytes) -> bool:
        """Say whether the officer's key with this public half is here."""
        signer = self._content.signers.get(officer)
        return signer is not None and any(one.public_key == public_key for one in signer.keys)

    def open_officer(self, officer: OfficerId, pin: str, public_key: bytes = b"") -> OfficerKey:
        """Open an officer's key: the newest, or the one with this public half.

        Raises OfficerUnknown, WrongPin, and PinTooSoon (a WrongPin) while a wait is running.
        """
        signer = self._officer(officer)
        key = _key_of(signer, public_key)
        if key is None:
            raise OfficerUnknown(officer)
        return OfficerKey(officer, signer_of(self._tried(officer, signer, (key,), pin)[0]))

    def change_pin(self, officer: OfficerId, old: str, new: str) -> None:
        """Give an officer's keys another PIN; what they sign is signed by the same keys as before.

        A wrong old PIN is a try like any other: raises OfficerUnknown, WrongPin, PinTooSoon.
        """
        signer = self._officer(officer)
        seed, key = self._tried(officer, signer, signer.keys, old)
        fresh = signers.wrapped(
            seed, new, self._mixing, self._database_key, key.strength, self._chance, key.made_at
        )
        self._keep(officer, Signer(tuple(fresh if one is key else one for one in signer.keys)))

    def pin_wait(self, officer: OfficerId) -> int:
        """Return how many seconds the officer's next PIN must wait; 0 where it is looked at now."""
        return signers.seconds_left(self._officer(officer), self._now())

    def lift_wait(self, officer: OfficerId) -> None:
        """Let the officer's next PIN be looked at at once; wrong ones before stay counted."""
        self._keep(officer, signers.lifted(self._officer(officer)))

    def add_holder(self, person: PersonId, pin: str) -> bytes:
        """Make and wrap a key for a holder and return its public half; an older one is gone.

        It lies among the officers' keys: what opens and slows one is the same for all, and an id
        of a person is no officer's, so that nobody takes office by it.
        """
        return self._add(person, pin, ())

    def open_holder(self, person: PersonId, pin: str) -> Sign:
        """Open a holder's key; raises HolderWithoutPin, WrongPin, PinTooSoon (a WrongPin)."""
        signer = self._content.signers.get(person)
        if signer is None:
            raise HolderWithoutPin(person)
        return signer_of(self._tried(person, signer, signer.keys, pin)[0])

    def forget_holder(self, person: PersonId) -> None:
        """Drop a holder's key, if there is one; what it signed stays signed."""
        if person in self._content.signers:
            left = {id_: one for id_, one in self._content.signers.items() if id_ != person}
            self.change(signers=left)

    # --- the file -------------------------------------------------------------------------------

    def watch(self, turns: Turns) -> None:
        """Count each writing there too, from now on; an older copy in the file's place is noticed.

        Then nobody knows how many PINs were tried: each waits as after very many. Raises DiskFull,
        DiskTrouble.
        """
        counted = turns.read()
        self._turns = turns
        if self._content.turn < counted:
            now, people = self._now(), self._content.signers.items()
            self._content = replace(self._content, turn=counted)
            doubted = {id_: signers.doubted(one, now) for id_, one in people}
            self.change(signers=doubted, put_back_at=now.at)

    def change(self, **changes: Any) -> None:  # noqa: ANN401 - fields of the content
        """Write the key file with something changed; raises DiskFull, DiskTrouble.

        The file is written first and counted then: a count that is ahead of the file is never what
        a crash leaves, always an older file.
        """
        turn = self._content.turn + self._is_counted
        content = replace(self._content, turn=turn, **changes)
        slots.write_content(self._home, content, self._database_key)
        self._content = content
        self._is_counted = False
        if self._turns is not None:
            self._turns.write(turn)
        self._is_counted = True

    # --- ways in --------------------------------------------------------------------------------

    def demand_passphrase(self, passphrase: str, secrets: SystemSecrets = NO_SAFE) -> None:
        """Raise WrongPassphrase, SystemSecretMissing unless the passphrase opens this home."""
        opened_by_passphrase(self._content.slots, passphrase, self._node, secrets)

    def set_passphrase(self, passphrase: str, secret: bytes = b"") -> None:
        """Let this passphrase open the home, and no other; with a secret of the system's safe."""
        strength = self._content.slots[0].strength
        slot = passphrase_slot(passphrase, self._database_key, strength, self._chance, secret)
        self.change(slots=(slot,))

    def seal_to(self, recipient: str) -> None:
        """Let the authority's age key open the home, or none; raises FieldUnreadable."""
        authority = authority_slot(recipient, self._database_key) if recipient else None
        self.change(authority=authority)

    def add_sheet(self, sheet: str, secret: bytes) -> None:
        """Let a recovery secret open the books; the sheet before is void."""
        box = self._sealed(secret, self._database_key)
        self.change(sheet=SheetSlot(sheet, box, self._clock.now()))

    # --- another key of the books ---------------------------------------------------------------

    @property
    def coming_key(self) -> bytes | None:
        """The database key that is to take the place of this one; None where none was begun."""
        renewal = self._content.renewal
        return None if renewal is None else self._under_database_key(renewal.key)

    def begin_renewal(self, passphrase: str, secrets: SystemSecrets = NO_SAFE) -> bytes:
        """Announce a new database key in the file, and return it: the databases get it next.

        One that was begun before is gone on with. Raises WrongPassphrase, SystemSecretMissing,
        DiskFull, DiskTrouble.
        """
        begun = self.coming_key
        if begun is not None:
            return begun
        opened_by_passphrase(self._content.slots, passphrase, self._node, secrets)
        fresh, old = self._chance.bytes(KEY_LENGTH), self._content.slots[0]
        secret = secrets.read(self._node) if old.keyring else b""
        slot = passphrase_slot(passphrase, fresh, old.strength, self._chance, secret or b"")
        authority = self._content.authority
        renewal = Renewal(
            self._sealed(self._database_key, fresh),
            (slot,),
            authority_slot(authority.recipient, fresh) if authority else None,
        )
        self.change(renewal=renewal)
        return fresh

    def finish_renewal(self) -> None:
        """Seal everything under the new database key: all databases have it.

        The recovery sheet is void from now on: its secret was never kept.
        """
        renewal, fresh = self._content.renewal, self.coming_key
        if renewal is None or fresh is None:
            return
        old, people = self._database_key, self._content.signers.items()
        moved = {id_: signers.moved(one, old, fresh, self._chance) for id_, one in people}
        node = self._sealed(fresh, bytes(self._signing))
        tag, mixing = self._sealed(fresh, self._tag), self._sealed(fresh, self._mixing)
        self._database_key = fresh
        self.change(
            slots=renewal.slots, authority=renewal.authority, sheet=None, renewal=None,
            node=node, tag=tag, mixing=mixing, signers=moved, renewed_at=self._clock.now(),
        )  # fmt: skip

    # --- inside ---------------------------------------------------------------------------------

    def _officer(self, officer: OfficerId) -> Signer:
        signer = self._content.signers.get(officer)
        if signer is None:
            raise OfficerUnknown(officer)
        return signer

    def _add(self, id_: str, pin: str, kept: tuple[SignerKey, ...]) -> bytes:
        strength, before = self._content.slots[0].strength, self._content.signers.get(id_)
        key = signers.new_key(
            pin, self._mixing, self._database_key, strength, self._chance, self._clock.now()
        )
        keys = (key, *kept)
        self._keep(id_, replace(before, keys=keys) if before and kept else Signer(keys))
        return key.public_key

    def _tried(
        self, id_: str, signer: Signer, keys: Sequence[SignerKey], pin: str
    ) -> tuple[bytes, SignerKey]:
        """Return the seed that a PIN opens, and its key; the try is on the disk before that."""
        now = self._now()
        if signers.is_ahead(signer, now):
            signer = signers.begun_again(signer, now)
            self._keep(id_, signer)
        left = signers.seconds_left(signer, now)
        if left > 0:
            raise PinTooSoon(id_, left)
        self._keep(id_, signers.tried(signer, now))
        for key in keys:
            seed = signers.opened(key, pin, self._mixing, self._database_key)
            if seed is None:
                continue
            if bytes(SigningKey(seed).verify_key) != key.public_key:  # another one's in its place
                raise KeysUnreadable(str(self._home / slots.KEY_FILE))
            self._keep(id_, signers.forgiven(signer))
            return seed, key
        raise WrongPin(id_)

    def _now(self) -> Moment:
        at = self._clock.now()
        return Moment(at, at if self._running is None else self._running())

    def _keep(self, id_: str, signer: Signer) -> None:
        self.change(signers={**self._content.signers, id_: signer})

    def _sealed(self, key: bytes, secret: bytes) -> bytes:
        return slots.sealed(key, secret, self._chance.bytes(slots.NONCE_LENGTH))

    def _under_database_key(self, box: bytes) -> bytes:
        secret = slots.unsealed(self._database_key, box)
        if secret is None:
            raise KeysUnreadable(str(self._home / slots.KEY_FILE))
        return secret


def create_keys(
    home: Path,
    passphrase: str,
    *,
    clock: Clock,
    chance: Chance,
    strength: Strength = USUAL,
    running: Running | None = None,
) -> KeyRing:
    """Make the keys of a new node in this home; raises HomeExists, DiskFull, DiskTrouble."""
    if any((home / name).exists() for name in (slots.KEY_FILE, BOOKS_FILE)):
        raise HomeExists(str(home))
    with disk_errors(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    database_key, seed = chance.bytes(KEY_LENGTH), chance.bytes(KEY_LENGTH)

    def sealed(secret: bytes) -> bytes:
        return slots.sealed(database_key, secret, chance.bytes(slots.NONCE_LENGTH))

    content = Content(
        format=slots.FORMAT,
        turn=1,
        slots=(passphrase_slot(passphrase, database_key, strength, chance),),
        public_key=bytes(SigningKey(seed).verify_key),
        node=sealed(seed),
        tag=sealed(chance.bytes(KEY_LENGTH)),
        mixing=sealed(chance.bytes(KEY_LENGTH)),
        signers={},
    )
    slots.write_content(home, content, database_key)
    return KeyRing(home, content, database_key, clock, chance, running)


def open_keys(
    home: Path,
    passphrase: str,
    *,
    clock: Clock,
    chance: Chance,
    secrets: SystemSecrets = NO_SAFE,
    running: Running | None = None,
) -> KeyRing:
    """Open the keys of this home.

    Raises HomeMissing, KeysUnreadable, WrongPassphrase, SystemSecretMissing.
    """
    if not any((home / name).exists() for name in (slots.KEY_FILE, BOOKS_FILE)):
        raise HomeMissing(str(home))
    file = slots.read_file(home)
    node = node_id(file.content.public_key)
    key = opened_by_passphrase(file.content.slots, passphrase, node, secrets)
    return ring_of(home, file, key, clock=clock, chance=chance, running=running)


def ring_of(
    home: Path,
    file: slots.KeyFile,
    database_key: bytes,
    *,
    clock: Clock,
    chance: Chance,
    running: Running | None = None,
) -> KeyRing:
    """Return the opened keys of a file that this database key is of; raises KeysUnreadable."""
    if not file.is_sealed_by(database_key):
        raise KeysUnreadable(str(home / slots.KEY_FILE))
    content = file.content
    if isinstance(content, OldContent):
        content = _newer(content, database_key, chance)
    return KeyRing(home, content, database_key, clock, chance, running)


def node_of(home: Path) -> NodeId | None:
    """Return the node whose keys lie in a home, without opening them; None where none can be read.

    Raises DiskTrouble.
    """
    try:
        return node_id(slots.read_file(home).content.public_key)
    except KeysUnreadable:
        return None


def _newer(old: OldContent, database_key: bytes, chance: Chance) -> Content:
    """Return the content of format 1 as format 2 has it: PINs were mixed with the database key."""

    def sealed(secret: bytes) -> bytes:
        return slots.sealed(database_key, secret, chance.bytes(slots.NONCE_LENGTH))

    def moved(one: slots.OldSigner) -> Signer:
        key = SignerKey(one.salt, one.strength, sealed(one.sealed), one.public_key)
        return Signer((key,), one.failures, one.not_before)

    return Content(
        format=slots.FORMAT,
        turn=0,
        slots=old.slots,
        public_key=old.public_key,
        node=old.node,
        tag=old.tag,
        mixing=sealed(database_key),
        signers={id_: moved(one) for id_, one in old.officers.items()},
    )


def _key_of(signer: Signer, public_key: bytes) -> SignerKey | None:
    if not public_key:
        return signer.keys[0]
    wanted = Digest(public_key.hex())
    return next((one for one in signer.keys if one.public_key.hex() == wanted), None)
