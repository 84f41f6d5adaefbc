"""The way back into a home whose passphrase is lost: a new one, and everything as it was.

Nothing in the books is touched. The sheet that was used is void, since both halves were in one
hand; the system's safe is not asked any more, since losing its secret is what this may be for.
"""

from __future__ import annotations

from pathlib import Path

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.ring import KeyRing, ring_of
from stockpile.adapters.keys.tries import count_by
from stockpile.adapters.keys.ways_in import (
    opened_by_authority,
    opened_by_sheet,
    passphrase_slot,
)
from stockpile.domain.errors import RecoveryKeyStrange, SheetVoid
from stockpile.services.ports import Chance, Clock


def recover_by_authority(
    home: Path, identity: str, passphrase: str, *, clock: Clock, chance: Chance
) -> KeyRing:
    """Give a home a new passphrase with the authority's age identity (the text of its file).

    The caller holds the home's lock. Raises RecoveryKeyStrange, KeysUnreadable, DiskFull,
    DiskTrouble.
    """
    file = slots.read_file(home)
    if isinstance(file.content, slots.OldContent):
        raise RecoveryKeyStrange
    key = opened_by_authority(file.content.authority, identity)
    ring = ring_of(home, file, key, clock=clock, chance=chance)
    return _let_in(home, ring, passphrase, "authority", clock, chance)


def recover_by_sheet(
    home: Path, sheet: str, secret: bytes, passphrase: str, *, clock: Clock, chance: Chance
) -> KeyRing:
    """Give a home a new passphrase with the secret that both halves of its sheet make.

    The caller holds the home's lock. Raises SheetVoid, KeysUnreadable, DiskFull, DiskTrouble.
    """
    file = slots.read_file(home)
    if isinstance(file.content, slots.OldContent):
        raise SheetVoid(sheet)
    key = opened_by_sheet(file.content.sheet, sheet, secret)
    ring = ring_of(home, file, key, clock=clock, chance=chance)
    return _let_in(home, ring, passphrase, "sheet", clock, chance)


def _let_in(
    home: Path, ring: KeyRing, passphrase: str, how: str, clock: Clock, chance: Chance
) -> KeyRing:
    said, coming = ring.content, ring.coming_key
    strength = said.slots[0].strength
    renewal = said.renewal
    if renewal is not None and coming is not None:
        fresh = passphrase_slot(passphrase, coming, strength, chance)
        renewal = slots.Renewal(renewal.key, (fresh,), renewal.authority)
    slot = passphrase_slot(passphrase, ring.database_key, strength, chance)
    sheet = None if how == "sheet" else said.sheet
    ring.change(
        slots=(slot,), sheet=sheet, renewal=renewal, recovered=how, recovered_at=clock.now()
    )
    count_by(home, ring.content).forget()
    return ring
