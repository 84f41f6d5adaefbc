"""What a node asks when it read something that is on the hot list: the record of that weapon.

A depot that is told only of its own sites has no record of another's stolen rifle, and so cannot
write down that it is back. It asks by a *proof*: the whole of the stretched digest of which the
list holds the first 48 bits. Who holds the list alone cannot make one: the text has to have been
read off a weapon. No serial travels, and whoever asks for texts that are not on the list is told
nothing. How many may be asked in a day is bounded: who guesses serials gets no further by asking.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import MessageUnreadable
from stockpile.domain.hot_list import KEY_BYTES
from stockpile.domain.values import NodeId

PROOF_LENGTH: Final = 32
MOST_ASKED: Final = 20
"""Proofs of one request: each may cost the registry a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Find:
    """A text that was read here and is on a registry's list, as the list has it.

    It waits until that registry was asked for the record.
    """

    registry: NodeId
    text: str


@dataclass(frozen=True, slots=True)
class FindsAsked:
    """A node asks for the records of what it read."""

    proofs: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class FindsHeard:
    """The registry's word: which proofs it looked at, and how many lost weapons they named.

    What it did not look at is more than a node may ask in a day, and is asked again another day.
    """

    heard: tuple[bytes, ...]
    weapons: int


def proof_of(text: str, salt: bytes, rounds: int) -> bytes:
    """Return what shows that a text was read: its stretched digest, not cut.

    PBKDF2 gives the same beginning however much is wanted of it (RFC 8018, 5.2).
    """
    return hashlib.pbkdf2_hmac("sha256", text.encode(), salt, rounds, PROOF_LENGTH)


def key_in(proof: bytes) -> bytes:
    """Return the key on the list that a proof begins with."""
    return proof[:KEY_BYTES]


def demand_asked(asked: FindsAsked) -> None:
    """Raise MessageUnreadable unless these are proofs, and not too many."""
    if len(asked.proofs) > MOST_ASKED or any(len(one) != PROOF_LENGTH for one in asked.proofs):
        raise MessageUnreadable("proofs")
