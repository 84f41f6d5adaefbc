"""The services of an open home, each plugged into the edges that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from stockpile.adapters.backups.memory import BackupMemoryFile
from stockpile.adapters.backups.photos import held_beside
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.courier.files import CourierCase
from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.adapters.keys.ring import KeyRing
from stockpile.adapters.keys.system_safe import SystemSafe
from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.adapters.marking.markers import WiredMarkers
from stockpile.adapters.notes.sealed import SealedNotes
from stockpile.adapters.pdf.code_cards import PdfCodeCards
from stockpile.adapters.pdf.label_pictures import PdfLabelPictures
from stockpile.adapters.pdf.sheets import PdfLabelSheets
from stockpile.adapters.photos.album import SealedPhotos
from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.adapters.reading.pictures import ZxingPictures
from stockpile.adapters.serial.plugged import plugged_ports
from stockpile.adapters.serial.port import open_port
from stockpile.adapters.serial.scanner import SerialScanners
from stockpile.adapters.sheets.profiles import ProfileShelf
from stockpile.adapters.sheets.reader import FileListings
from stockpile.app.backup_room import (
    backup_folder,
    proof_room,
)
from stockpile.app.books_room import HomeBooks, catalogue, open_home_books
from stockpile.app.key_room import (
    HomeKeys,
    demand_recipient,
)
from stockpile.app.paper_room import extract_files_of, press_of
from stockpile.app.practice_room import PRACTICE_PIN, LocalPracticeRoom
from stockpile.app.printer_room import label_printers
from stockpile.domain.meanings import codes_of
from stockpile.domain.receiving import Codes, Description
from stockpile.services.ammunition import Ammunition
from stockpile.services.authority import Authorities
from stockpile.services.backups import Backups
from stockpile.services.campaigns import Campaigns
from stockpile.services.cataloguing import Cataloguing
from stockpile.services.chain_export import ChainExport
from stockpile.services.checking import Checking
from stockpile.services.clocks import Clocks
from stockpile.services.closing_node import ClosingNode
from stockpile.services.code_cards import CodeCards
from stockpile.services.collecting import Collecting
from stockpile.services.conflict_room import ConflictRoom
from stockpile.services.correcting import Correcting
from stockpile.services.count_papers import CountPapers
from stockpile.services.count_rules import CountRules
from stockpile.services.counted_cases import CountedCases
from stockpile.services.counting import Counting
from stockpile.services.courier_photos import CourierPhotos
from stockpile.services.couriers import Couriers
from stockpile.services.custodians import Custodians
from stockpile.services.days import Days
from stockpile.services.deactivating import Deactivating
from stockpile.services.destructions import Destructions
from stockpile.services.dossiers import Dossiers
from stockpile.services.enrolling import Enrolling
from stockpile.services.exchange import Exchanging
from stockpile.services.extracts import Extracts
from stockpile.services.gate_passes import GatePasses
from stockpile.services.guard import Guard
from stockpile.services.holder_lists import HolderLists
from stockpile.services.holders import Holders
from stockpile.services.hot_list import HotLists
from stockpile.services.importing import Importing
from stockpile.services.inspections import Inspections
from stockpile.services.investigations import Investigations
from stockpile.services.issuing import Issuing
from stockpile.services.judging_entries import JudgingEntries
from stockpile.services.keys import KeyDesk
from stockpile.services.label_layouts import LabelLayouts
from stockpile.services.label_printing import LabelPrinting
from stockpile.services.label_runs import LabelRuns
from stockpile.services.log_proofs import LogProofs
from stockpile.services.losses import Losses
from stockpile.services.maintenance import Maintenance
from stockpile.services.mark_layouts import MarkLayouts
from stockpile.services.marking import Marking
from stockpile.services.marking_orders import MarkingOrders
from stockpile.services.meanings import CatalogueMeanings
from stockpile.services.numbers import Numbers
from stockpile.services.offices import Offices
from stockpile.services.paper_index import PaperIndex
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.papers import Papers
from stockpile.services.people import People
from stockpile.services.persons_held import PersonsHeld
from stockpile.services.photo_errands import PhotoErrands
from stockpile.services.photo_exchange import PhotoExchange
from stockpile.services.photo_packing import PhotoPacking
from stockpile.services.photographs import Photographs
from stockpile.services.photos_named import PhotosNamed
from stockpile.services.places import Places, known_names
from stockpile.services.practice import Practice
from stockpile.services.practice_people import PracticePeople
from stockpile.services.proposals import Proposals
from stockpile.services.racking import Racking
from stockpile.services.reading_back import ReadingBack
from stockpile.services.receipts import Receipts
from stockpile.services.receiving import Receiving
from stockpile.services.restoring import Restoring
from stockpile.services.retention import Retention
from stockpile.services.scanning import Scanning
from stockpile.services.schemes import Schemes
from stockpile.services.stockpile import Stockpile
from stockpile.services.trace_requests import TraceRequests
from stockpile.services.tracing import Tracing
from stockpile.services.transfers import Transfers
from stockpile.services.vouchers import Vouchers
from stockpile.terms import term
from stockpile.wording import Names

_NAMES_A_MARK: Final = 12
_PROFILES: Final = "profiles"


def services_of(home: Path, keys: KeyRing) -> Stockpile:
    """Open a home whose keys are open, and hand out its services; on the lane they stay on.

    Raises what opening the books and the journal raises.
    """
    clock, chance = SystemClock(), SystemChance()
    press = press_of(home, keys)
    photos = SealedPhotos(home, keys.mac(b"photos"))
    opened = open_home_books(home, keys, photos)
    books, register, journal = opened.books, opened.register, opened.journal
    cataloguing = Cataloguing(books, FileListings(), catalogue())
    meanings = CatalogueMeanings(cataloguing.catalogue)
    places = Places(books, register, clock, chance)
    tracing = Tracing(books, register)
    ammunition = Ammunition(books)
    holders = Holders(books, register, keys, ammunition, clock, chance)
    find = partial(register.find, limit=_NAMES_A_MARK)
    hot_lists = HotLists(books, SealedHotLists(home, keys.mac(b"hot lists")))
    numbers = Numbers(books, keys, clock, chance)
    schemes = Schemes(books, keys, clock, cataloguing.catalogue)
    layouts = MarkLayouts(books, ZxingMatrices(), press)
    photographs = Photographs(books, photos)
    marking = Marking(
        books,
        journal,
        WiredMarkers(open_port, plugged_ports),
        schemes,
        numbers,
        layouts,
        find,
        clock,
        chance,
    )
    links = HttpRegistryLinks(keys, clock, chance)
    log_proofs = LogProofs(books, keys, LogMemoryFile(home), clock, books.receipts)
    photo_exchange = PhotoExchange(register, photos)
    exchange = Exchanging(books, keys, links, clock, hot_lists, numbers, log_proofs, photo_exchange)
    room = LocalPracticeRoom(home)
    paper_index = PaperIndex(books, keys)
    scanning = Scanning(
        books, tracing, places.scanned, holders.by_card, keys, paper_index, hot_lists
    )
    people = People(books, keys, clock, chance)
    guard = Guard(books, people, demand_recipient)
    offices = Offices(books, keys, people, guard, chance)
    custodians = Custodians(books, register, people, places, clock, press)
    key_room = HomeKeys(home, keys, opened.rekeys, SystemSafe())
    paper_numbers = PaperNumbers(books, people, places, clock)
    extracts = Extracts(books, register, clock, paper_numbers, chance, extract_files_of(home))
    cases = CountedCases(books, register)
    dossiers = Dossiers(books, tracing, places, clock, press, photos.read, paper_numbers, chance)
    counting = Counting(books, cases, people, places, scanning, clock, chance)
    receipts = Receipts(
        home, books, register, people, places, holders, ammunition, photos, press, clock
    )
    maintenance = Maintenance(books, register, keys)
    count_rules = CountRules(books, counting, people, clock)
    backups = Backups(
        home, backup_folder(home, keys), people, places, keys, clock, BackupMemoryFile(home)
    )

    def named() -> Names:
        return Names(known_names(books), partial(term, "component"))

    def coding(said: Description) -> Codes:
        return codes_of(meanings(), said)

    receiving = Receiving(books, register, clock, chance, coding)
    label_layouts = LabelLayouts(books, PdfLabelPictures(), photos)
    papers = Papers(books, register, keys, PdfLabelSheets(), chance, label_layouts)
    transfers = Transfers(books, clock, chance, keys, press)
    couriers = Couriers(
        books,
        keys,
        clock,
        chance,
        CourierCase(home, keys),
        hot_lists,
        log_proofs,
        PhotosNamed(books, photos),
    )
    retention = Retention(books, register, holders, ammunition, guard.rules, clock)
    chain_export = ChainExport(books, keys, clock, books.receipts, log_proofs)
    return Stockpile(
        home=home,
        keys=keys,
        books=books,
        key_desk=KeyDesk(home, books, people, key_room, press, clock, chance, guard.rules),
        register=register,
        people=people,
        guard=guard,
        proposals=Proposals(
            books, people, marking.told, (custodians.is_outdated, offices.is_outdated)
        ),
        judging_entries=JudgingEntries(books),
        conflict_room=ConflictRoom(books, clock, ammunition, guard.rules),
        offices=offices,
        places=places,
        holders=holders,
        holder_lists=HolderLists(books, holders, FileListings()),
        persons_held=PersonsHeld(books, register, holders, photos.read, named, press, clock),
        retention=retention,
        scanning=scanning,
        paper_index=paper_index,
        hot_lists=hot_lists,
        log_proofs=log_proofs,
        losses=Losses(
            books,
            register,
            people,
            places,
            holders,
            hot_lists,
            keys,
            clock,
            chance,
            press,
            photos.read,
            named,
        ),
        counting=counting,
        count_papers=CountPapers(
            books, register, places, counting, named, dossiers.printing, press
        ),
        count_rules=count_rules,
        investigations=Investigations(books, counting, tracing, clock, photos.held),
        receiving=receiving,
        collecting=Collecting(
            home,
            books,
            register,
            holders,
            paper_numbers,
            photos,
            press,
            clock,
            chance,
            coding,
        ),
        racking=Racking(register, places, receiving, scanning),
        ammunition=ammunition,
        receipts=receipts,
        issuing=Issuing(
            books,
            register,
            people,
            places,
            holders,
            ammunition,
            receipts,
            clock,
            chance,
            hot_lists.is_hot,
            guard.authorise,
        ),
        correcting=Correcting(books),
        dossiers=dossiers,
        tracing=tracing,
        importing=Importing(
            books,
            register,
            FileListings(),
            ProfileShelf(home / _PROFILES),
            meanings,
            clock,
            chance,
        ),
        cataloguing=cataloguing,
        mark_layouts=layouts,
        label_layouts=label_layouts,
        code_cards=CodeCards(PdfCodeCards()),
        label_printing=LabelPrinting(home, books, papers, label_layouts, label_printers(), chance),
        label_runs=LabelRuns(books),
        marking=marking,
        machines=marking.plant,
        schemes=schemes,
        numbers=numbers,
        campaigns=Campaigns(books, register, journal, marking.numbers_left, clock, press),
        marking_orders=MarkingOrders(books, register, people, places, tracing, keys, clock, chance),
        papers=papers,
        exchange=exchange,
        extracts=extracts,
        photographs=photographs,
        reading_back=ReadingBack(ZxingPictures(), photographs),
        scanners=SerialScanners(),
        checking=Checking(books, proof_room(home, keys), photos.check),
        chain_export=chain_export,
        inspections=Inspections(
            books, register, people, places, keys, clock, chance, press, chain_export
        ),
        clocks=Clocks(books, keys, clock),
        practice=Practice(books, register, places, marking, exchange, clock, room, coding),
        practice_people=PracticePeople(people, holders, PRACTICE_PIN),
        transfers=transfers,
        destructions=Destructions(home, books, scanning, paper_numbers, press, clock, chance),
        deactivating=Deactivating(home, books, paper_numbers, press, clock, chance),
        trace_requests=TraceRequests(
            home, books, paper_numbers, press, photos.read, clock, chance, guard.rules
        ),
        gate_passes=GatePasses(
            home,
            books,
            register,
            receipts,
            transfers,
            paper_numbers,
            press,
            clock,
            chance,
        ),
        vouchers=Vouchers(home, books, register, receipts, paper_numbers, press, clock, chance),
        couriers=couriers,
        photo_errands=PhotoErrands(
            CourierPhotos(couriers, PhotosNamed(books, photos)),
            PhotoPacking(couriers, PhotosNamed(books, photos)),
        ),
        authorities=Authorities(books),
        closing_node=ClosingNode(books, keys),
        enrolling=Enrolling(books, keys, clock, CourierCase(home, keys)),
        maintenance=maintenance,
        custodians=custodians,
        backups=backups,
        restoring=Restoring(home, books, people, keys, partial(held_beside, home)),
        days=Days(
            books,
            register,
            people,
            places,
            backups,
            keys,
            clock,
            press,
            named,
            count_rules.due,
            maintenance.remarked,
            retention.erase_by_rule,
        ),
        notes=SealedNotes(home, keys.mac(b"notes")),
        close=_closing(opened, room),
    )


def _closing(opened: HomeBooks, room: LocalPracticeRoom) -> Callable[[], None]:
    def close() -> None:
        room.close()
        opened.close()

    return close
