"""What is on record of weapons, plugged in: how they come in, are found, put right and told."""

from __future__ import annotations

from typing import Final

from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.adapters.reading.pictures import ZxingPictures
from stockpile.adapters.serial.scanner import SerialScanners
from stockpile.adapters.sheets.profiles import ProfileShelf
from stockpile.adapters.sheets.reader import FileListings
from stockpile.app.books_room import catalogue
from stockpile.app.paper_room import extract_files_of
from stockpile.app.plugging.ground import Ground
from stockpile.app.plugging.keepers import paper_numbers_of
from stockpile.domain.meanings import codes_of
from stockpile.domain.receiving import Codes, Description
from stockpile.services.cataloguing import Cataloguing
from stockpile.services.collecting import Collecting
from stockpile.services.conflict_room import ConflictRoom
from stockpile.services.correcting import Correcting
from stockpile.services.dossiers import Dossiers
from stockpile.services.extracts import Extracts
from stockpile.services.hot_list import HotLists
from stockpile.services.importing import Importing
from stockpile.services.judging_entries import JudgingEntries
from stockpile.services.maintenance import Maintenance
from stockpile.services.meanings import CatalogueMeanings
from stockpile.services.paper_index import PaperIndex
from stockpile.services.photographs import Photographs
from stockpile.services.racking import Racking
from stockpile.services.reading_back import ReadingBack
from stockpile.services.receiving import Coding, Receiving
from stockpile.services.scanning import Scanning
from stockpile.services.stockpile import Keepers, WeaponBook
from stockpile.services.tracing import Tracing

_PROFILES: Final = "profiles"


def weapon_book_of(ground: Ground, keepers: Keepers) -> WeaponBook:
    """Return the services of what is on record of weapons."""
    books, register, clock = ground.books, ground.register, ground.clock
    places, holders = keepers.places, keepers.holders
    tracing = Tracing(books, register)
    hot_lists = HotLists(books, SealedHotLists(ground.home, ground.keys.mac(b"hot lists")))
    paper_index = PaperIndex(books, ground.keys)
    scanning = Scanning(
        books, tracing, places.scanned, holders.by_card, ground.keys, paper_index, hot_lists
    )
    cataloguing = Cataloguing(books, FileListings(), catalogue())
    meanings = CatalogueMeanings(cataloguing.catalogue)
    receiving = Receiving(books, register, clock, ground.chance, _coding_by(meanings))
    photographs = Photographs(books, ground.photos)
    return WeaponBook(
        scanning=scanning,
        tracing=tracing,
        hot_lists=hot_lists,
        paper_index=paper_index,
        receiving=receiving,
        collecting=_collecting(ground, keepers, receiving),
        racking=Racking(register, places, receiving, scanning),
        importing=_importing(ground, meanings),
        cataloguing=cataloguing,
        correcting=Correcting(books),
        photographs=photographs,
        reading_back=ReadingBack(ZxingPictures(), photographs),
        scanners=SerialScanners(),
        dossiers=_dossiers(ground, keepers, tracing),
        extracts=_extracts(ground, keepers),
        maintenance=Maintenance(books, register, ground.keys),
        conflict_room=ConflictRoom(books, clock, keepers.ammunition, keepers.guard.rules),
        judging_entries=JudgingEntries(books),
    )


def _coding_by(meanings: CatalogueMeanings) -> Coding:
    def coding(said: Description) -> Codes:
        return codes_of(meanings(), said)

    return coding


def _collecting(ground: Ground, keepers: Keepers, receiving: Receiving) -> Collecting:
    return Collecting(
        ground.home,
        ground.books,
        ground.register,
        keepers.holders,
        paper_numbers_of(ground, keepers),
        ground.photos,
        ground.press,
        ground.clock,
        ground.chance,
        receiving.coding,
    )


def _importing(ground: Ground, meanings: CatalogueMeanings) -> Importing:
    return Importing(
        ground.books,
        ground.register,
        FileListings(),
        ProfileShelf(ground.home / _PROFILES),
        meanings,
        ground.clock,
        ground.chance,
    )


def _dossiers(ground: Ground, keepers: Keepers, tracing: Tracing) -> Dossiers:
    return Dossiers(
        ground.books,
        tracing,
        keepers.places,
        ground.clock,
        ground.press,
        ground.photos.read,
        paper_numbers_of(ground, keepers),
        ground.chance,
    )


def _extracts(ground: Ground, keepers: Keepers) -> Extracts:
    return Extracts(
        ground.books,
        ground.register,
        ground.clock,
        paper_numbers_of(ground, keepers),
        ground.chance,
        extract_files_of(ground.home),
    )
