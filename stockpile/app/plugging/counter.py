"""What goes over the counter, away to others, or out of the world, plugged in."""

from __future__ import annotations

from stockpile.app.plugging.ground import Ground
from stockpile.app.plugging.keepers import paper_numbers_of
from stockpile.services.deactivating import Deactivating
from stockpile.services.destructions import Destructions
from stockpile.services.gate_passes import GatePasses
from stockpile.services.issuing import Issuing
from stockpile.services.losses import Losses
from stockpile.services.receipts import Receipts
from stockpile.services.stockpile import Counter, Keepers, WeaponBook
from stockpile.services.trace_requests import TraceRequests
from stockpile.services.transfers import Transfers
from stockpile.services.vouchers import Vouchers


def counter_of(ground: Ground, keepers: Keepers, weapons: WeaponBook) -> Counter:
    """Return the services of the counter, and of what leaves for good."""
    home, books, register = ground.home, ground.books, ground.register
    clock, chance, press = ground.clock, ground.chance, ground.press
    numbers, rules = paper_numbers_of(ground, keepers), keepers.guard.rules
    receipts = _receipts(ground, keepers)
    transfers = Transfers(books, clock, chance, ground.keys, press)
    return Counter(
        receipts=receipts,
        issuing=_issuing(ground, keepers, weapons, receipts),
        vouchers=Vouchers(home, books, register, receipts, numbers, press, clock, chance),
        gate_passes=GatePasses(
            home, books, register, receipts, transfers, numbers, press, clock, chance
        ),
        transfers=transfers,
        losses=_losses(ground, keepers, weapons),
        trace_requests=TraceRequests(
            home, books, numbers, press, ground.photos.read, clock, chance, rules
        ),
        destructions=Destructions(home, books, weapons.scanning, numbers, press, clock, chance),
        deactivating=Deactivating(home, books, numbers, press, clock, chance),
    )


def _receipts(ground: Ground, keepers: Keepers) -> Receipts:
    return Receipts(
        ground.home,
        ground.books,
        ground.register,
        keepers.people,
        keepers.places,
        keepers.holders,
        keepers.ammunition,
        ground.photos,
        ground.press,
        ground.clock,
    )


def _issuing(ground: Ground, keepers: Keepers, weapons: WeaponBook, receipts: Receipts) -> Issuing:
    return Issuing(
        ground.books,
        ground.register,
        keepers.people,
        keepers.places,
        keepers.holders,
        keepers.ammunition,
        receipts,
        ground.clock,
        ground.chance,
        weapons.hot_lists.is_hot,
        keepers.guard.authorise,
    )


def _losses(ground: Ground, keepers: Keepers, weapons: WeaponBook) -> Losses:
    return Losses(
        ground.books,
        ground.register,
        keepers.people,
        keepers.places,
        keepers.holders,
        weapons.hot_lists,
        ground.keys,
        ground.clock,
        ground.chance,
        ground.press,
        ground.photos.read,
        ground.names,
    )
