"""Who signs with a PIN: how a key is made and opened, and how slowly PINs can be guessed.

A wrong PIN is counted on the disk before the next try, and each one makes the next wait longer; a
restart, and a clock set back, shorten nothing. Tries are counted for a person, not for a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace
from nacl.signing import SigningKey

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.slots import Signer, SignerKey
from stockpile.adapters.keys.strength import KEY_LENGTH, SALT_LENGTH, Strength, stretched
from stockpile.domain.ledger import Sign
from stockpile.domain.values import Instant
from stockpile.services.ports import Chance

FREE_TRIES: Final = 2
"""Typing errors happen: so many wrong PINs cost no waiting."""
LONGEST_WAIT: Final = 15 * 60
"""In seconds: from the thirteenth wrong PIN on, ten thousand PINs take more than a hundred days."""
WORST: Final = 13
"""So many wrong PINs make every further try wait as long as any."""
_SECOND: Final = 1000


@dataclass(frozen=True, slots=True)
class Moment:
    """Now: what the clock says, and how long the computer has run, in milliseconds."""

    at: Instant
    running: int


def new_key(
    pin: str, mixing: bytes, database_key: bytes, strength: Strength, chance: Chance, at: Instant
) -> SignerKey:
    """Return a fresh signing key under a PIN."""
    seed = chance.bytes(KEY_LENGTH)
    return wrapped(seed, pin, mixing, database_key, strength, chance, at)


def wrapped(
    seed: bytes,
    pin: str,
    mixing: bytes,
    database_key: bytes,
    strength: Strength,
    chance: Chance,
    at: Instant,
) -> SignerKey:
    """Return a signing key under a PIN, and around that under the key of the books."""
    salt = chance.bytes(SALT_LENGTH)
    key = slots.officer_key(stretched(pin, salt, strength), mixing)
    inner = slots.sealed(key, seed, chance.bytes(slots.NONCE_LENGTH))
    outer = slots.sealed(database_key, inner, chance.bytes(slots.NONCE_LENGTH))
    return SignerKey(salt, strength, outer, bytes(SigningKey(seed).verify_key), at)


def opened(key: SignerKey, pin: str, mixing: bytes, database_key: bytes) -> bytes | None:
    """Return the seed of a signing key, or None for a wrong PIN."""
    inner = slots.unsealed(database_key, key.sealed)
    if inner is None:
        return None
    return slots.unsealed(slots.officer_key(stretched(pin, key.salt, key.strength), mixing), inner)


def moved(signer: Signer, old: bytes, new: bytes, chance: Chance) -> Signer:
    """Return a person's keys under another key of the books; their PINs stay what they were."""
    keys = []
    for key in signer.keys:
        inner = slots.unsealed(old, key.sealed)
        if inner is None:  # damaged long ago: it stays what it is, and opens with nothing
            keys.append(key)
        else:
            box = slots.sealed(new, inner, chance.bytes(slots.NONCE_LENGTH))
            keys.append(replace(key, sealed=box))
    return replace(signer, keys=tuple(keys))


def tried(signer: Signer, now: Moment) -> Signer:
    """Return a person with one more wrong try, to be written before the PIN is looked at."""
    return begun_again(replace(signer, failures=signer.failures + 1), now)


def forgiven(signer: Signer) -> Signer:
    """Return a person whose PIN was right."""
    return replace(signer, failures=0, not_before=0, since=0)


def lifted(signer: Signer) -> Signer:
    """Return a person who need not wait for the next try; the wrong ones stay counted."""
    return replace(signer, not_before=0, since=0)


def doubted(signer: Signer, now: Moment) -> Signer:
    """Return a person whose tries nobody can know any more: as after very many of them."""
    return begun_again(replace(signer, failures=max(signer.failures, WORST)), now)


def begun_again(signer: Signer, now: Moment) -> Signer:
    """Return a person whose whole wait begins now."""
    until = now.at + wait_after(signer.failures) * _SECOND
    return replace(signer, not_before=until, since=now.running)


def is_ahead(signer: Signer, now: Moment) -> bool:
    """Say whether the wait ends later than it can: the clock was set back."""
    return signer.not_before - now.at > wait_after(signer.failures) * _SECOND


def seconds_left(signer: Signer, now: Moment) -> int:
    """Return how long the next try must wait: by both clocks, never longer than its whole wait."""
    if not signer.not_before:
        return 0
    whole = wait_after(signer.failures)
    # A computer that runs shorter now than then was started anew: it has waited since its start.
    ran = now.running - signer.since if now.running >= signer.since else now.running
    left = max(signer.not_before - now.at, whole * _SECOND - ran)
    return max(0, min(-(-left // _SECOND), whole))


def wait_after(failures: int) -> int:
    """Return how many seconds the next try must wait after so many wrong ones."""
    if failures <= FREE_TRIES:
        return 0
    return min(LONGEST_WAIT, 1 << (failures - FREE_TRIES - 1))


def signer_of(seed: bytes) -> Sign:
    """Return what signs with a key."""
    key = SigningKey(seed)

    def sign(message: bytes) -> bytes:
        """Sign as the person."""
        return key.sign(message).signature

    return sign
