"""Another signing key for a node that was restored: it is another node from then on."""

from __future__ import annotations

from nacl.signing import SigningKey

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.keys.strength import KEY_LENGTH
from stockpile.services.ports import Chance


def succeed(ring: KeyRing, chance: Chance) -> None:
    """Put a new signing key in the key file, in the old one's place; raises DiskFull, DiskTrouble.

    Everything else stays: passphrase, officers, the tag key that its labels are sealed with.
    Nothing is anchored or counted yet. The ring is of no use afterwards: open the file again.
    """
    seed = chance.bytes(KEY_LENGTH)
    sealed = slots.sealed(ring.database_key, seed, chance.bytes(slots.NONCE_LENGTH))
    public_key = bytes(SigningKey(seed).verify_key)
    ring.change(public_key=public_key, node=sealed, anchored=False, counts_tries=False)
