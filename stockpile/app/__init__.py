"""The front door: opens the books, plugs in the edges, hands out the services.

Nobody else may import an adapter. What a port needs from another edge is passed through here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Final

from stockpile import paths
from stockpile.adapters.backups import swapping
from stockpile.adapters.backups.memory import BackupMemoryFile
from stockpile.adapters.backups.photos import held_beside
from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.courier.files import CourierCase
from stockpile.adapters.extracts.files import ExtractFiles, Write
from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.memory import keep_to_itself
from stockpile.adapters.keys.ring import KeyRing, create_keys
from stockpile.adapters.keys.strength import LIGHT, USUAL, Strength
from stockpile.adapters.keys.system_safe import SystemSafe
from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.adapters.marking.markers import WiredMarkers
from stockpile.adapters.marking.simulators.lines import has_ptys
from stockpile.adapters.marking.simulators.simulator import Simulator, run_simulator
from stockpile.adapters.notes.sealed import SealedNotes
from stockpile.adapters.pdf.code_cards import PdfCodeCards
from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.adapters.pdf.extract_pages import write_pdf
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
from stockpile.adapters.sheets.workbook_writing import write_xlsx
from stockpile.adapters.sheets.writing import write_csv, write_json
from stockpile.adapters.sqlite.journal import SqliteMarkJournal
from stockpile.adapters.sqlite.opening import OpenBooks, open_books
from stockpile.app import succession_room
from stockpile.app.backup_room import (
    backup_folder,
    later_entries,
    proof_room,
    read_backup,
    restored_up_to,
)
from stockpile.app.key_room import (
    HomeKeys,
    anchor_of,
    count_tries,
    demand_recipient,
    opened_keys,
    recover_by_authority,
    recover_by_sheet,
    running,
)
from stockpile.app.paper_room import sweep_papers
from stockpile.app.practice_room import LocalPracticeRoom
from stockpile.app.printer_room import label_printers
from stockpile.app.restore_room import demand_closed, preview_backup, restore_home
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.errors import HomeExists, HomeMissing
from stockpile.domain.meanings import codes_of
from stockpile.domain.normalising import Normaliser
from stockpile.domain.paper_seals import Summary, sealed_summary
from stockpile.domain.receiving import Codes, Description
from stockpile.services.ammunition import Ammunition
from stockpile.services.authority import Authorities
from stockpile.services.backups import BackupPlan, Backups
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
from stockpile.services.documents import Paper, Style
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
from stockpile.services.keys import KeyDesk, demand_passphrase_fit
from stockpile.services.label_layouts import LabelLayouts
from stockpile.services.label_printing import LabelPrinting
from stockpile.services.label_runs import LabelRuns
from stockpile.services.log_proofs import LogProofs
from stockpile.services.losses import Losses
from stockpile.services.maintenance import Maintenance
from stockpile.services.mark_layouts import MarkLayouts
from stockpile.services.marking import Marking
from stockpile.services.marking_orders import MarkingOrders
from stockpile.services.meanings import CatalogueMeanings, normaliser_of
from stockpile.services.numbers import Numbers
from stockpile.services.offices import Offices
from stockpile.services.paper_index import PaperIndex
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.papers import Papers
from stockpile.services.people import Founding, People
from stockpile.services.persons_held import PersonsHeld
from stockpile.services.photo_errands import PhotoErrands
from stockpile.services.photo_exchange import PhotoExchange
from stockpile.services.photo_packing import PhotoPacking
from stockpile.services.photographs import Photographs
from stockpile.services.photos_named import PhotosNamed
from stockpile.services.places import Places, known_names
from stockpile.services.ports import Form, Progress, silent
from stockpile.services.practice import Practice
from stockpile.services.practice_people import PracticePeople
from stockpile.services.proposals import Proposals
from stockpile.services.racking import Racking
from stockpile.services.reading_back import ReadingBack
from stockpile.services.receipts import Receipts
from stockpile.services.receiving import Receiving
from stockpile.services.restoring import Approval, Restored, Restoring
from stockpile.services.retention import Retention
from stockpile.services.scanning import Scanning
from stockpile.services.schemes import Schemes
from stockpile.services.stockpile import Stockpile
from stockpile.services.trace_requests import TraceRequests
from stockpile.services.tracing import Tracing
from stockpile.services.transfers import Transfers
from stockpile.services.vouchers import Vouchers
from stockpile.settings import Settings
from stockpile.terms import term
from stockpile.wording import Names

PRACTICE_PASSPHRASE: Final = "practice"  # noqa: S105 - known to everybody, as it should be
PRACTICE_PIN: Final = "1234"
PRACTICE: Final = Founding("XA", "TRAIN", "Practice depot", "Practice officer", PRACTICE_PIN)

_KEYS_FILE = "keys.json"
_PRACTICE_FILE = "practice-depot"
_JOURNAL_FILE = "journal.db"
_NAMES_A_MARK = 12
_PROFILES = "profiles"

__all__ = [
    "PRACTICE_PASSPHRASE",
    "PRACTICE_PIN",
    "Simulator",
    "found_home",
    "found_practice",
    "has_ptys",
    "is_home",
    "is_practice",
    "later_entries",
    "normaliser",
    "open_home",
    "preview_backup",
    "read_backup",
    "recover_by_authority",
    "recover_by_sheet",
    "restore_backup",
    "restored_up_to",
    "run_simulator",
    "training_list",
]  # fmt: skip


def is_home(home: Path) -> bool:
    """Say whether a stockpile stands in the folder."""
    return (home / _KEYS_FILE).is_file() or swapping.is_asked(home)


def is_practice(home: Path) -> bool:
    """Say whether a practice depot stands in the folder: its secrets are printed on the screen."""
    return (home / _PRACTICE_FILE).is_file()


@cache
def _shipped_catalogue() -> Catalogue:
    return Catalogue(shipped_catalogue())


def normaliser() -> Normaliser:
    """Return what written values mean by the catalogue that comes with the program."""
    return normaliser_of(_shipped_catalogue())


def open_home(home: Path, passphrase: str) -> Stockpile:
    """Open a home on the thread that calls, which is its books lane from now on.

    A restored home that waits takes its place first, and jobs that the last run left in the middle
    are settled. Raises HomeMissing,
    WrongPassphrase, KeysUnreadable, and what opening the books raises.
    """
    swapping.carry_out(home, demand_closed)
    if not is_home(home):
        raise HomeMissing(str(home))
    stockpile = _plugged_in(home, opened_keys(home, passphrase))
    try:
        stockpile.marking.settle_after_restart()
        sweep_papers(home, SystemClock().now())
        stockpile.key_desk.follow_rules()
    except BaseException:
        stockpile.close()
        raise
    return stockpile


def found_home(
    home: Path, passphrase: str, told: Founding, *, strength: Strength = USUAL
) -> Stockpile:
    """Make a home: keys, encrypted store, first officer, first place.

    ``strength`` is how hard its passphrase and PINs are to guess; less than usual is for homes
    whose secrets everybody knows. Raises HomeExists, PassphraseTooShort.
    """
    if is_home(home):
        raise HomeExists(str(home))
    demand_passphrase_fit(passphrase)
    return _found_home(home, passphrase, told, strength)


def _found_home(home: Path, passphrase: str, told: Founding, strength: Strength) -> Stockpile:
    clock, chance = SystemClock(), SystemChance()
    keep_to_itself()
    keys = create_keys(
        home, passphrase, clock=clock, chance=chance, strength=strength, running=running
    )
    stockpile = _plugged_in(home, keys)
    stockpile.people.found(told)
    return stockpile


def restore_backup(
    file: Path,
    home: Path,
    approval: Approval,
    *,
    in_place: bool = False,
    progress: Progress = silent,
) -> Restored:
    """Make a home of a backup, as a node that continues the old one; see `restore_home`."""
    return restore_home(_plugged_in, file, home, approval, in_place=in_place, progress=progress)


def renew_node(
    home: Path, approval: Approval, reason: str, *, send: bool = True, progress: Progress = silent
) -> Restored:
    """Let a home go on as a node with another key; see `succession_room`."""
    restore = _succession(home, approval, progress)
    return succession_room.renew_node(
        open_home, restore, home, approval, reason, progress, send=send
    )


def renew_open_node(
    opened: Stockpile, plan: BackupPlan, approval: Approval, progress: Progress = silent
) -> Restored:
    """Have an open home, whose chain was closed, go on as a new node at the next start."""
    restore = _succession(opened.home, approval, progress)
    return succession_room.renew_open_node(opened, restore, plan, progress)


def _succession(home: Path, approval: Approval, progress: Progress) -> Callable[[Path], Restored]:
    """Return what lets a copy of a home take its place, unmarked: nobody is to beware of it."""

    def restore(file: Path) -> Restored:
        return restore_home(
            _plugged_in, file, home, approval, in_place=True, progress=progress, marked=False
        )

    return restore


def found_practice(home: Path) -> Stockpile:
    """Make a practice depot, empty; its passphrase and PIN are known to everybody."""
    if is_home(home):
        raise HomeExists(str(home))
    stockpile = _found_home(home, PRACTICE_PASSPHRASE, PRACTICE, LIGHT)
    (home / _PRACTICE_FILE).write_text("Everything in here is invented.\n", "utf-8")
    return stockpile


def training_list() -> Path:
    """Return the invented list that ships for practising an import."""
    return paths.resource("sample", "training-list.csv")


def _opened_journal(
    home: Path, keys: KeyRing, opened: OpenBooks, anchor: AnchorFile
) -> SqliteMarkJournal:
    """Open the marking journal beside the books, and let it count how often keys are written.

    Where that fails the books are closed: else whoever puts it right finds the home in use.
    """
    try:
        journal = SqliteMarkJournal(home / _JOURNAL_FILE, keys.database_key, SystemClock())
        keys.watch(journal.turns())
        if not keys.content.anchored:
            anchor.write(opened.books.tip(), durably=True)
            keys.change(anchored=True)
        count_tries(home, keys)
    except BaseException:
        opened.close()
        raise
    return journal


def _plugged_in(home: Path, keys: KeyRing) -> Stockpile:
    clock, chance = SystemClock(), SystemChance()
    press = PdfPress(partial(_style, home), partial(_sealed, keys))
    photos = SealedPhotos(home, keys.mac(b"photos"))
    anchor = anchor_of(home, keys, restored=False)
    opened = open_books(
        home,
        keys.database_key,
        keys=keys,
        clock=clock,
        chance=chance,
        anchor=anchor,
        words=normaliser,
        forget_photo=photos.forget,
    )
    journal = _opened_journal(home, keys, opened, anchor)
    books, register = opened.books, opened.register
    cataloguing = Cataloguing(books, FileListings(), _shipped_catalogue())
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
    key_room = HomeKeys(home, keys, (opened.store.rekey, journal.rekey), SystemSafe())
    paper_numbers = PaperNumbers(books, people, places, clock)
    extracts = Extracts(books, register, clock, paper_numbers, chance, ExtractFiles(_forms(home)))
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
        close=_closing(opened, journal, room),
    )


def _style(home: Path) -> Style:
    """Return what is set for papers now; it is read anew for each."""
    settings = Settings.read(home)
    return Style(settings.digits, "Letter" if settings.paper == "Letter" else "A4")


def _forms(home: Path) -> dict[Form, Write]:
    """Return what writes an extract in each form; a PDF as papers were chosen to be."""
    pdf = partial(write_pdf, style=partial(_style, home))
    return {"xlsx": write_xlsx, "csv": write_csv, "json": write_json, "pdf": pdf}


def _sealed(keys: KeyRing, paper: Paper) -> str:
    """Return the seal that a paper bears as a QR Code; one that names no entry has none."""
    foot = paper.bottom
    if not foot.head:
        return ""
    return sealed_summary(Summary(paper.code, keys.node, foot.entry, foot.head), keys.sign)


def _closing(
    opened: OpenBooks, journal: SqliteMarkJournal, room: LocalPracticeRoom
) -> Callable[[], None]:
    def close() -> None:
        room.close()
        journal.close()
        opened.close()

    return close
