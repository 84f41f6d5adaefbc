"""One open home: its services side by side, as the front door hands them out.

Each matter is a record of its own, made by the room of its name in ``stockpile.app.plugging``; an
open home is all of them together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

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
from stockpile.services.counting import Counting
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
from stockpile.services.machines import Machines
from stockpile.services.maintenance import Maintenance
from stockpile.services.mark_layouts import MarkLayouts
from stockpile.services.marking import Marking
from stockpile.services.marking_orders import MarkingOrders
from stockpile.services.numbers import Numbers
from stockpile.services.offices import Offices
from stockpile.services.paper_index import PaperIndex
from stockpile.services.papers import Papers
from stockpile.services.people import People
from stockpile.services.persons_held import PersonsHeld
from stockpile.services.photo_errands import PhotoErrands
from stockpile.services.photographs import Photographs
from stockpile.services.places import Places, known_names
from stockpile.services.ports import Books, Keys, Notes, Register, Scanners
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
from stockpile.services.trace_requests import TraceRequests
from stockpile.services.tracing import Tracing
from stockpile.services.transfers import Transfers
from stockpile.services.vouchers import Vouchers
from stockpile.terms import term
from stockpile.wording import Names


@dataclass(frozen=True)
class Keepers:
    """Officers and holders, what they may, and the places where they keep what they keep."""

    people: People
    guard: Guard
    offices: Offices
    custodians: Custodians
    places: Places
    key_desk: KeyDesk
    holders: Holders
    holder_lists: HolderLists
    persons_held: PersonsHeld
    retention: Retention
    ammunition: Ammunition


@dataclass(frozen=True)
class WeaponBook:
    """Weapons on record: how they come in, are found, described, put right and told."""

    scanning: Scanning
    tracing: Tracing
    hot_lists: HotLists
    paper_index: PaperIndex
    receiving: Receiving
    collecting: Collecting
    racking: Racking
    importing: Importing
    cataloguing: Cataloguing
    correcting: Correcting
    photographs: Photographs
    reading_back: ReadingBack
    scanners: Scanners
    dossiers: Dossiers
    extracts: Extracts
    maintenance: Maintenance
    conflict_room: ConflictRoom
    judging_entries: JudgingEntries


@dataclass(frozen=True)
class MarkingBench:
    """What is struck and what is stuck on: marks, numbers, machines, labels."""

    marking: Marking
    machines: Machines
    schemes: Schemes
    numbers: Numbers
    mark_layouts: MarkLayouts
    campaigns: Campaigns
    marking_orders: MarkingOrders
    papers: Papers
    label_layouts: LabelLayouts
    label_printing: LabelPrinting
    label_runs: LabelRuns
    code_cards: CodeCards


@dataclass(frozen=True)
class CountingRoom:
    """Stocktakes, and what became of what they missed."""

    counting: Counting
    count_rules: CountRules
    count_papers: CountPapers
    investigations: Investigations


@dataclass(frozen=True)
class Counter:
    """What goes over the counter, away to others, or out of the world."""

    receipts: Receipts
    issuing: Issuing
    vouchers: Vouchers
    gate_passes: GatePasses
    transfers: Transfers
    losses: Losses
    trace_requests: TraceRequests
    destructions: Destructions
    deactivating: Deactivating


@dataclass(frozen=True)
class Correspondence:
    """What is told to a registry, other nodes and inspectors, and heard of them."""

    exchange: Exchanging
    log_proofs: LogProofs
    couriers: Couriers
    photo_errands: PhotoErrands
    authorities: Authorities
    enrolling: Enrolling
    closing_node: ClosingNode
    clocks: Clocks
    chain_export: ChainExport
    inspections: Inspections


@dataclass(frozen=True)
class Upkeep:
    """What is looked after day by day: checks, backups, what waits for a second officer."""

    checking: Checking
    backups: Backups
    restoring: Restoring
    days: Days
    proposals: Proposals


@dataclass(frozen=True)
class PracticeDepot:
    """What fills a practice depot, and those who work there."""

    practice: Practice
    practice_people: PracticePeople


@dataclass(frozen=True)
class Stockpile(
    Keepers, WeaponBook, MarkingBench, CountingRoom, Counter, Correspondence, Upkeep, PracticeDepot,
):  # fmt: skip
    """An open home. Everything that touches the books runs on one lane; ``close`` ends it."""

    home: Path
    keys: Keys
    books: Books
    register: Register
    notes: Notes
    close: Callable[[], None]

    def names(self) -> Names:
        """Return what people call this home's places and officers, and components."""
        return Names(known_names(self.books), partial(term, "component"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
