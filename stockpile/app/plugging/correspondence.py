"""What is told to a registry, to other nodes and to inspectors, and heard of them, plugged in."""

from __future__ import annotations

from stockpile.adapters.courier.files import CourierCase
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.app.plugging.ground import Ground
from stockpile.services.authority import Authorities
from stockpile.services.chain_export import ChainExport
from stockpile.services.closing_node import ClosingNode
from stockpile.services.courier_photos import CourierPhotos
from stockpile.services.couriers import Couriers
from stockpile.services.enrolling import Enrolling
from stockpile.services.exchange import Exchanging
from stockpile.services.hot_list import HotLists
from stockpile.services.inspections import Inspections
from stockpile.services.log_proofs import LogProofs
from stockpile.services.numbers import Numbers
from stockpile.services.photo_errands import PhotoErrands
from stockpile.services.photo_exchange import PhotoExchange
from stockpile.services.photo_packing import PhotoPacking
from stockpile.services.photos_named import PhotosNamed
from stockpile.services.stockpile import Correspondence, Keepers, MarkingBench, WeaponBook


def correspondence_of(
    ground: Ground, keepers: Keepers, weapons: WeaponBook, bench: MarkingBench
) -> Correspondence:
    """Return the services of what goes to others and comes from them."""
    books, keys, clock, chance = ground.books, ground.keys, ground.clock, ground.chance
    proofs = LogProofs(books, keys, LogMemoryFile(ground.home), clock, books.receipts)
    case, named = CourierCase(ground.home, keys), PhotosNamed(books, ground.photos)
    couriers = Couriers(
        books, keys, clock, chance, case, weapons.hot_lists, proofs, named, bench.numbers
    )
    chain_export = ChainExport(books, keys, clock, books.receipts, proofs)
    return Correspondence(
        exchange=_exchanging(ground, weapons.hot_lists, bench.numbers, proofs),
        log_proofs=proofs,
        couriers=couriers,
        photo_errands=PhotoErrands(CourierPhotos(couriers, named), PhotoPacking(couriers, named)),
        authorities=Authorities(books),
        enrolling=Enrolling(books, keys, clock, case),
        closing_node=ClosingNode(books, keys),
        clocks=ground.clocks,
        chain_export=chain_export,
        inspections=Inspections(
            books,
            ground.register,
            keepers.people,
            keepers.places,
            keys,
            clock,
            chance,
            ground.press,
            chain_export,
        ),
    )


def _exchanging(
    ground: Ground, hot_lists: HotLists, numbers: Numbers, proofs: LogProofs
) -> Exchanging:
    links = HttpRegistryLinks(ground.keys, ground.clock, ground.chance)
    photos = PhotoExchange(ground.register, ground.photos)
    return Exchanging(
        ground.books, ground.keys, links, ground.clock, hot_lists, numbers, proofs, photos
    )
