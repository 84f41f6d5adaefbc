"""The sockets in the wall: what the work needs from outside, named by role.

Each port has one contract suite in ``tests/contracts`` that every implementation passes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final, Literal, Protocol

from stockpile.domain.conflicts import Conflict
from stockpile.domain.courier import Lacked
from stockpile.domain.drawings import Drawing
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import (
    BlockAnswer,
    BlockRequest,
    Certificate,
    EnrolRequest,
    FeedPage,
    Hello,
    Receipt,
    RemoteTip,
    Told,
    TreeProof,
)
from stockpile.domain.facts import (
    Box,
    Draft,
    Fact,
    Horizon,
    LabelLayoutSet,
    MachineSet,
    Photo,
    View,
)
from stockpile.domain.finds import FindsAsked, FindsHeard
from stockpile.domain.label_layouts import Kind
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.layouts import Profile
from stockpile.domain.ledger import Entry, Sign, Tip
from stockpile.domain.log_proofs import LogMemory
from stockpile.domain.photo_messages import PhotoHave, PhotosHeld, PhotosWanted
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, RulerPaper
from stockpile.domain.references import Reference
from stockpile.domain.sharing import Shares
from stockpile.domain.values import (
    Digest,
    Instant,
    JobId,
    NodeId,
    OfficerId,
    PersonId,
    SchemeId,
    WeaponId,
)
from stockpile.domain.weapons import Weapon
from stockpile.domain.witnessing import CosignedHeads, FollowedLog, InclusionProof

Progress = Callable[[int, int], None]
"""Called with (done, total); raises Cancelled to stop the work between two acts."""


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


class Clock(Protocol):
    """What time this machine says it is."""

    def now(self) -> Instant:
        """Return the instant, UTC milliseconds."""
        ...

    def zone(self) -> int:
        """Return minutes east of Greenwich."""
        ...


class Chance(Protocol):
    """Randomness good enough for keys and ids."""

    def bytes(self, count: int) -> bytes:
        """Return so many random bytes."""
        ...


# --- keys ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """An officer's opened signing key."""

    officer: OfficerId
    sign: Sign


@dataclass(frozen=True, slots=True)
class AuthorityKey:
    """An official's opened key: its keeper's name, the public half, and how it signs."""

    name: str
    public_key: bytes
    sign: Sign


class AuthorityKeys(Protocol):
    """The key files of the authority's officials, each under a passphrase of its own."""

    def make(self, file: Path, name: str, passphrase: str) -> AuthorityKey:
        """Make a key in a new file; raises AuthorityKeyExists, DiskFull, DiskTrouble."""
        ...

    def show(self, file: Path) -> tuple[str, bytes]:
        """Return the keeper's name and the public key; raises KeysUnreadable."""
        ...

    def open(self, file: Path, passphrase: str) -> AuthorityKey:
        """Return the key, ready to sign; raises KeysUnreadable, WrongPassphrase."""
        ...


class WitnessFiles(Protocol):
    """What a witness keeps in a folder of its own: logs, heads seen, evidence; sticks in and out.

    Every method raises DiskFull or DiskTrouble where the disk refuses.
    """

    def logs(self) -> tuple[FollowedLog, ...]:
        """Return every log that is followed; raises KeysUnreadable where the file is none."""
        ...

    def keep(self, log: FollowedLog) -> None:
        """Put what was seen of a log in the place of what stood there, whole and durable."""
        ...

    def keep_evidence(self, seen: FollowedLog, shown: bytes, at: Instant) -> Path:
        """Keep the head seen before and the offer that contradicts it; return their folder."""
        ...

    def read(self, file: Path) -> bytes:
        """Return an offer from a stick; raises FileUnreadable where it is none or too long."""
        ...

    def write(self, file: Path, note: bytes) -> None:
        """Write an answer to a stick, whole."""
        ...


class PublicLogs(Protocol):
    """A registry's public pages, asked by whoever is no node of it.

    Raises RegistryUnreachable, RegistryNonsense, RegistryRefused.
    """

    def offer(self, url: str, old: int) -> bytes:
        """Ask for the newest head, and the proof that it goes on from the one of this size."""
        ...

    def hand_in(self, url: str, note: bytes) -> None:
        """Hand in a cosigned head."""
        ...


class Keys(Protocol):
    """The node's and the officers' keys; private halves never leave."""

    @property
    def node(self) -> NodeId:
        """The node's id."""
        ...

    @property
    def public_key(self) -> bytes:
        """The node's public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Sign as the node."""
        ...

    def mac(self, message: bytes) -> bytes:
        """Return a 32-byte HMAC under the site's tag key."""
        ...

    def unlock(self, locked: bytes, path: str) -> bytes:
        """Return what was locked for this node; raises CourierForOther, CourierForged."""
        ...

    def add_officer(self, officer: OfficerId, pin: str, good: bytes = b"") -> bytes:
        """Make and wrap a key for the officer and return its public half.

        One key stays beside it until the next one: the key with the public half ``good``, which the
        books say is good until they say otherwise, else the newest.
        """
        ...

    def holds_officer(self, officer: OfficerId, public_key: bytes) -> bool:
        """Say whether the officer's key with this public half is here."""
        ...

    def open_officer(self, officer: OfficerId, pin: str, public_key: bytes = b"") -> OfficerKey:
        """Open an officer's key, the newest or the one with this public half.

        Raises WrongPin, slower after each failure, across restarts; OfficerUnknown.
        """
        ...

    def change_pin(self, officer: OfficerId, old: str, new: str) -> None:
        """Give an officer's key another PIN; raises WrongPin: a wrong old one is a try."""
        ...

    def pin_wait(self, officer: OfficerId) -> int:
        """Return how many seconds the officer's next PIN must wait; raises OfficerUnknown."""
        ...

    def lift_wait(self, officer: OfficerId) -> None:
        """Let the officer's next PIN be looked at at once; wrong ones before stay counted."""
        ...

    def add_holder(self, person: PersonId, pin: str) -> bytes:
        """Make and wrap a key for a holder and return its public half; an older one is gone."""
        ...

    def open_holder(self, person: PersonId, pin: str) -> Sign:
        """Open a holder's key; raises WrongPin, HolderWithoutPin, as slow as an officer's."""
        ...

    def forget_holder(self, person: PersonId) -> None:
        """Drop a holder's key, if there is one; what it signed stays signed."""
        ...


# --- the books ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one act wrote: its entries, and their facts in order."""

    entries: tuple[Entry, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: counts, and what each chain ends with; photos where they were proved."""

    entries: int
    facts: int
    weapons: int
    conflicts: int
    tips: tuple[tuple[NodeId, Tip], ...]
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Peer:
    """How far the exchange with a registry got: their receipt for us, our cursor in their feed.

    ``scope`` names the feed that the cursor belongs to; ``told`` and ``seal`` are the count and the
    seal of the single facts that this feed told so far (``stockpile.domain.sharing``).
    """

    url: str
    registry: NodeId
    registry_key: bytes
    acknowledged: int = 0
    cursor: int = 0
    tree_head: tuple[int, str] | None = None
    heard_at: Instant = 0
    scope: str = ""
    told: int = 0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class HeldSerial:
    """A serial on record: its key, and the weapon that is known by it."""

    key: str
    weapon: WeaponId
    number: str
    make: str
    model: str


class Books(Protocol):
    """The ledger and the register in one: a fact and what it makes of the register, or neither.

    All methods run on one lane. Every write is durable when it returns.
    """

    def record(
        self,
        drafts: Sequence[Draft],
        *,
        by: OfficerId | None,
        witnesses: Sequence[OfficerId] = (),
        signers: Sequence[OfficerKey] = (),
    ) -> Recorded:
        """Write one act of this node, in one transaction, as entries of at most 1,000 facts.

        Raises NodeOvertaken, DiskFull or DiskTrouble with nothing written.
        """
        ...

    def receive(self, entries: Sequence[Entry], progress: Progress = silent) -> Recorded:
        """Take entries of other nodes in; those held already are skipped.

        Where they say that a node was not to be trusted, the register is derived anew, which may
        take long: ``progress`` is told of that, and cannot stop it. Raises ChainBroken, ChainGap,
        ChainForked; what was good before the bad one stays. What a node wrote beside its chain is
        kept as evidence and makes a conflict; ChainForked then comes after all else was taken in.
        """
        ...

    def receive_excerpts(
        self, excerpts: Sequence[Excerpt], progress: Progress = silent
    ) -> Recorded:
        """Take in single facts of chains that are not held whole; those held are skipped.

        They are folded like any other. When the whole entry comes by its chain, the excerpt gives
        way to it. Raises ChainBroken, ChainForked; what was good before the bad one stays.
        """
        ...

    def trust(self, node: NodeId, public_key: bytes) -> None:
        """Accept a node's chain from now on (certified by the registry)."""
        ...

    def weapon(self, weapon: WeaponId) -> Weapon:
        """Return the weapon as it stands; raises WeaponUnknown."""
        ...

    def weapons(self, ids: Sequence[WeaponId]) -> tuple[Weapon, ...]:
        """Return several weapons, in the order asked; raises WeaponUnknown."""
        ...

    def history(self, subject: str) -> tuple[Fact, ...]:
        """Return the subject's facts in causal order."""
        ...

    def since(self, known: Sequence[Horizon], kinds: Sequence[type] = ()) -> tuple[Fact, ...]:
        """Return the facts of every chain after what was known of it, chain by chain, in order.

        Only bodies of these kinds where any are named. A chain not named was not known at all.
        """
        ...

    def horizons(self) -> tuple[Horizon, ...]:
        """Return how far every chain is known here, also where only single facts of it are."""
        ...

    def excerpts(self, about: Sequence[WeaponId]) -> tuple[Excerpt, ...]:
        """Return what is held and heeded about some weapons, as facts that prove themselves.

        With the places and officers that those facts name, so that the record can be read.
        """
        ...

    def naming(self, id_: str) -> tuple[Fact, ...]:
        """Return the facts of every chain that name an id anywhere, chain by chain, in order.

        Every chain is read from its beginning: for what is asked once in a while.
        """
        ...

    def count_naming(self, id_: str) -> int:
        """Return how many facts of every chain name an id anywhere; as slow as ``naming``."""
        ...

    def reference(self, subject: str) -> Reference | None:
        """Return a place, officer, scheme, block, machine or lot as it stands."""
        ...

    def references(self, *kinds: type, about: str = "", newest: int = 0) -> tuple[Reference, ...]:
        """Return references that were opened by a body of one of these kinds, by their ids.

        All of them; or those ``about`` an id, which their standing facts speak of; or so many of
        the ``newest``, latest first. Places, officers, people, schemes, machines and rules stay in
        memory, and a list of theirs that did not change is the same object; receipts, waybills and
        counts grow for ever: ask for what is needed of them.
        """
        ...

    def held_sources(self, keys: Sequence[Digest]) -> frozenset[Digest]:
        """Return which of these source keys stand on record already."""
        ...

    def held_serials(self, keys: Sequence[str]) -> tuple[HeldSerial, ...]:
        """Return the weapons in account that are known by a serial with one of these keys."""
        ...

    def numbers_used(self, scheme: SchemeId) -> frozenset[int]:
        """Return every number of the scheme that any weapon on record has drawn, for good."""
        ...

    def first_free(self, scheme: SchemeId, lo: int, hi: int) -> int:
        """Return the lowest number from lo to hi that no weapon on record has drawn; 0 for none."""
        ...

    def count_used(self, scheme: SchemeId, lo: int, hi: int) -> int:
        """Return how many numbers from lo to hi weapons on record have drawn."""
        ...

    def conflicts(self, weapon: WeaponId | None = None) -> tuple[Conflict, ...]:
        """Return the open conflicts, or those that one weapon has a part in."""
        ...

    def count_conflicts(self) -> int:
        """Return how many conflicts are open; cheap enough to be asked after every entry."""
        ...

    def tip(self) -> Tip:
        """Return the end of this node's own chain."""
        ...

    def tips(self) -> tuple[tuple[NodeId, Tip], ...]:
        """Return the end of every chain held, by node."""
        ...

    def newest_headers(self) -> tuple[bytes, ...]:
        """Return the header of each node's newest entry that is held, whole or in excerpt."""
        ...

    def entries(self, node: NodeId, after: int, limit: int) -> tuple[Entry, ...]:
        """Return a chain's entries after a number, in order."""
        ...

    def pieces(self) -> Iterator[tuple[bytes, Excerpt]]:
        """Walk the excerpts that are held and heeded, each with its node's public key."""
        ...

    def beside(self, node: NodeId) -> tuple[Entry, ...]:
        """Return what a node wrote beside its chain, by number: evidence that counts nowhere."""
        ...

    def held_of(self, node: NodeId, number: int) -> Entry | None:
        """Return an entry, or one with those facts of it that are held in an excerpt; else None.

        To be shown: what came in an excerpt does not add up to its header alone.
        """
        ...

    def details(self, digests: Sequence[Digest]) -> tuple[bytes, ...]:
        """Return the detached bodies with these digests that are held, verbatim, in no order."""
        ...

    def tally(self, after: int) -> tuple[tuple[str, int], ...]:
        """Return how many facts of each kind this node wrote after an entry's number."""
        ...

    def peer(self, url: str) -> Peer | None:
        """Return how far the exchange with a registry got."""
        ...

    def peers(self) -> tuple[Peer, ...]:
        """Return every registry this node is enrolled with."""
        ...

    def keep_peer(self, peer: Peer) -> None:
        """Remember how far the exchange got."""
        ...

    def keep_receipt(self, registry_key: bytes, receipt: Receipt) -> None:
        """Keep what a registry signed for; its signature was checked."""
        ...

    def receipts(self) -> tuple[tuple[bytes, Receipt], ...]:
        """Return every receipt that is kept, as it was signed, with the registry's key."""
        ...

    def note_overtaken(self, node: NodeId, tip: Tip) -> None:
        """Write down that a node's own later entries came from outside: its key writes no more."""
        ...

    def overtaken(self, node: NodeId) -> Tip | None:
        """Return the entry that showed a node to be an old copy of itself; None for none."""
        ...

    def check(self, *, deep: bool, progress: Progress = silent) -> Checked:
        """Verify seals and signatures and, when deep, derive the register anew and compare.

        Raises ChainBroken, FactUnreadable, RegisterDiffers, BooksDamaged at the first damage.
        """
        ...

    def tidy(self) -> None:
        """Do now what a later write would have to do: for a moment in which nobody waits.

        Raises DiskFull, DiskTrouble; nothing is lost by that.
        """
        ...

    def proved(self) -> Instant:
        """Return when the whole record was last proved right by a deep check; 0 for never."""
        ...

    def note_proved(self, at: Instant, checked: Checked) -> None:
        """Write down that the record was proved right as it stood at a moment."""
        ...

    def rebuild(self, progress: Progress = silent) -> Checked:
        """Drop the register and derive it anew from the ledger."""
        ...


# --- backups ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a home as it says of itself: whose, when, up to which entry, how much is in it.

    ``photos_missing`` are those that it names and that do not lie beside it.
    """

    file: Path
    node: NodeId
    at: Instant
    tip: Tip
    entries: int
    facts: int
    weapons: int
    conflicts: int
    photos: int
    photos_missing: int = 0


@dataclass(frozen=True, slots=True)
class BackupNotes:
    """What a home remembers of its backups.

    ``checked`` are the files that were found whole, ``last_at`` and ``last_file`` the last good
    one, up to entry ``last_number``; ``failed_at`` and ``failed`` when and why none could be
    written since: missing, full, damaged, trouble.
    """

    checked: tuple[str, ...] = ()
    last_at: Instant = 0
    last_file: str = ""
    last_number: int = 0
    failed_at: Instant = 0
    failed: Literal["", "missing", "full", "damaged", "trouble"] = ""


class BackupMemory(Protocol):
    """Keeps what a home remembers of its backups; on the backups' lane."""

    def read(self) -> BackupNotes:
        """Return what is remembered."""
        ...

    def keep(self, notes: BackupNotes) -> None:
        """Remember it; raises DiskFull, DiskTrouble."""
        ...


class BackupFiles(Protocol):
    """Writes and reads the backups of this home; on any lane, while the books are in use."""

    def mark(self, folder: Path) -> str:
        """Give a folder a mark by which its disk is found again; raises DiskFull, DiskTrouble."""
        ...

    def find(self, folder: Path, identity: str) -> Path | None:
        """Return where the folder with this mark is now; None where its disk is not here."""
        ...

    def write(self, folder: Path, name: str, at: Instant, progress: Progress = silent) -> Backup:
        """Write a backup that was read back, opened and checked, or nothing.

        Raises DiskFull, DiskTrouble, BackupDamaged where the disk gives back something else,
        Cancelled, and what a check of the books raises.
        """
        ...

    def read(self, file: Path, progress: Progress = silent) -> Backup:
        """Prove every byte of a backup; raises FileUnreadable, BackupDamaged, Cancelled."""
        ...

    def held(self, folder: Path, nodes: Collection[NodeId] = ()) -> tuple[Backup, ...]:
        """Return the backups of these nodes in a folder, else of this one; the oldest first."""
        ...

    def remove(self, backups: Sequence[Backup]) -> None:
        """Remove backups and the photos that only they name, as far as the disk lets it."""
        ...


# --- the register as lists ----------------------------------------------------------------------

Order = Literal[
    "serial", "mark", "model", "place", "recorded", "type", "make", "calibre", "condition",
    "status", "officer", "country", "year",
]  # fmt: skip
Facet = Literal[
    "type", "make", "model", "calibre", "place", "officer", "country", "year", "document",
    "condition", "status",
]  # fmt: skip
"""What a list may be narrowed by, a value at a time."""
Tallied = Facet | Literal["home"]
"""What a list may be counted by."""


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which weapons a list shows: those that answer to everything said; empty means all.

    A make, model, calibre, type or country is compared by what is written, case, spaces and dashes
    aside. ``place`` is an id or a name, and means what is in it at any depth. ``officer`` is the id
    of who recorded it, ``document`` the digest of the list that it came from. ``since`` and
    ``until`` are instants of recording, the latter excluded. The answers are yes, no, or not asked:
    a mark of ours, a serial, a second person's agreeing reading, a photo. Records that were
    withdrawn or joined to another are shown only by their status. ``holder`` is a person's id,
    ``home`` the id or name of a place where weapons belong, at any depth, ``paper`` the receipt or
    waybill under which they are out; ``due_by`` and ``inspect_by`` are ISO dates, themselves
    included: what is due back, or to be inspected, by then.
    """

    status: str = ""
    place: str = ""
    text: str = ""
    unmarked: bool = False
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    condition: str = ""
    officer: str = ""
    country: str = ""
    year: str = ""
    document: str = ""
    since: Instant = 0
    until: Instant = 0
    marked: bool | None = None
    serial: bool | None = None
    read_back: bool | None = None
    photos: bool | None = None
    holder: str = ""
    home: str = ""
    paper: str = ""
    due_by: str = ""
    inspect_by: str = ""
    unfit: bool | None = None
    deactivated: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet, as it is mostly written, and how many weapons of the list have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A weapon as a line of a list.

    ``place`` is a name; ``holder`` and ``home`` are ids. Of a weapon that is out, ``due`` is when
    its holder brings it back, as written, and ``paper`` the id of its receipt or waybill.
    """

    id: WeaponId
    number: str
    serial: str
    mark: str
    type: str
    make: str
    model: str
    calibre: str
    condition: str
    status: str
    place: str
    tag: str
    recorded_at: Instant
    recorded_by: str = ""
    country: str = ""
    year: str = ""
    document: str = ""
    holder: str = ""
    home: str = ""
    due: str = ""
    paper: str = ""
    inspect_by: str = ""
    is_unfit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A weapon found, how well (0 to 1), and why.

    ``mark`` is the text that matched, ``at`` the places in it that differ from what was typed, and
    ``reasons`` the codes of all that was seen: look_alike, other_script, swapped, missing, extra,
    differs, zeros, prefix_lost, digits_only, tail, wildcard; make, calibre, model where they agree,
    make_differs, calibre_differs where not. ``is_claimed_lost`` says of a weapon whose custody is
    disputed that by one of the accounts it is lost; only who looks for look-alikes fills it in.
    """

    row: RegisterRow
    score: float
    why: Literal[
        "number", "tag", "old_tag", "applied_mark", "serial", "serial_looks_alike", "mark", "part",
        "similar", "words",
    ]  # fmt: skip
    at: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    mark: str = ""
    is_claimed_lost: bool = False

    @property
    def is_lost(self) -> bool:
        """Say whether somebody reported it lost or stolen, be it against another account."""
        return self.is_claimed_lost or self.row.status == "lost"


class Register(Protocol):
    """Plain reads over the register, for lists and search; never through the fold."""

    def count(self, among: RegisterFilter) -> int:
        """Return how many weapons the list holds."""
        ...

    def page(
        self, order: Order, index: int, size: int, among: RegisterFilter, *, falls: bool = False
    ) -> tuple[RegisterRow, ...]:
        """Return one page of the list; any page of a million in milliseconds."""
        ...

    def position(
        self, weapon: WeaponId, order: Order, among: RegisterFilter, *, falls: bool = False
    ) -> int | None:
        """Return where a weapon stands in the list, from 0; None where it is not in it."""
        ...

    def values(self, facet: Tallied, among: RegisterFilter) -> tuple[Counted, ...]:
        """Return the values that a facet has in the list, the most frequent first.

        What the list is narrowed to in this same facet is left aside: these are the choices.
        """
        ...

    def among(self, ids: Sequence[WeaponId], among: RegisterFilter) -> frozenset[WeaponId]:
        """Return which of these weapons the list holds."""
        ...

    def prepare(self) -> bool:
        """Learn a portion of what a first question waits for; say whether all is ready."""
        ...

    def find(self, text: str, limit: int, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Return weapons by number, tag, any mark, part of one, make, model, place; best first."""
        ...

    def look_alikes(self, serial_text: str, limit: int) -> tuple[Hit, ...]:
        """Return weapons whose serial is or looks like this one."""
        ...

    def rows(self, ids: Sequence[WeaponId]) -> tuple[RegisterRow, ...]:
        """Return these weapons as lines, in the order asked."""
        ...

    def tally(self) -> tuple[tuple[str, int], ...]:
        """Return the number of weapons by status, records without a weapon left out."""
        ...


# --- marking ------------------------------------------------------------------------------------

JobState = Literal[
    "intent", "prepared", "armed", "started", "done_reported", "verified", "unknown", "not_started",
    "resolved_marked", "resolved_partial", "resolved_not_marked", "voided",
]  # fmt: skip
Direction = Literal["out", "in"]
Tap = Callable[[Direction, bytes], None]
"""Told every byte of a machine's link, as it goes out or comes in."""


@dataclass(frozen=True, slots=True)
class Job:
    """One marking job: which weapon, which scheme, which text, on which machine, and its state.

    ``driver`` and ``identity`` say which machine really ran it, ``layout`` what was drawn or loaded
    there and ``fingerprint`` its digest; ``component`` and ``position`` where on the weapon.
    """

    job: JobId
    weapon: WeaponId
    scheme: SchemeId
    text: str
    machine: str
    state: JobState
    opened_at: Instant
    detail: str = ""
    driver: str = ""
    identity: str = ""
    component: str = ""
    position: str = ""
    layout: str = ""
    fingerprint: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes on a machine's wire: when, by the computer's own count in ns, and which way."""

    at: int
    direction: Direction
    content: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """How long a job took: instants of its intent, its start, its end and its read-back; 0 unsaid.

    ``state`` is the state that it has now.
    """

    job: JobId
    machine: str
    state: JobState
    opened_at: Instant
    armed_at: Instant = 0
    done_at: Instant = 0
    verified_at: Instant = 0


class MarkJournal(Protocol):
    """The journal of marking jobs: append only, durable before each call returns.

    PREPARED alone is durable with the step that follows it, for nothing hangs on it: a job whose
    PREPARED a power cut lost stands at INTENT, and neither was sent.

    The database itself, not code, forbids a second open or finished job for one weapon and scheme,
    and a second unsettled job on one machine.
    """

    def open_job(self, job: Job) -> None:
        """Write INTENT; raises MarkingStillOpen (open or unknown) or AlreadyMarked (finished)."""
        ...

    def note(
        self,
        job: JobId,
        state: JobState,
        detail: str = "",
        sent: bytes = b"",
        wire: Sequence[Frame] = (),
        identity: str = "",
    ) -> None:
        """Append the job's next state, and what went over the wire until then, in one commit.

        ``identity`` is what the machine answered to: who are you? It stands in each step from then
        on. Raises JobNotOpen for a step the rules do not have.
        """
        ...

    def overhear(self, job: JobId, wire: Sequence[Frame]) -> None:
        """Append what went over the wire; nothing else changes."""
        ...

    def wire(self, job: JobId) -> tuple[Frame, ...]:
        """Return what went over the wire for a job, in order; raises JobUnknown."""
        ...

    def unreadable(self, job: JobId) -> int:
        """Note that a scanner could not read the mark; return how often that was by now."""
        ...

    def runs(self, machine: str = "", newest: int = 1_000) -> tuple[Run, ...]:
        """Return how long the newest jobs took, newest first; of one machine where it is named."""
        ...

    def job(self, job: JobId) -> Job:
        """Return a job; raises JobUnknown."""
        ...

    def jobs(self, *, unsettled: bool = False, newest: int = 0) -> tuple[Job, ...]:
        """Return jobs, newest first; at most so many of the newest, all of them where it is 0."""
        ...

    def in_question(self) -> tuple[Job, ...]:
        """Return the jobs whose metal somebody has to look at, oldest first."""
        ...


class MachineState(Enum):
    """What a machine says of itself."""

    NOT_READY = "not_ready"
    READY = "ready"
    MARKING = "marking"
    BUSY = "busy"  # it moves and does not mark: homing, parking
    PAUSED = "paused"
    FAULT = "fault"
    SIMULATION = "simulation"


class StartResult(Enum):
    """What came of the one START: there is no boolean."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class EndResult(Enum):
    """How a run ended, as far as the machine tells."""

    DONE = "done"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    SILENT = "silent"
    LINK_LOST = "link_lost"
    UNTOLD = "untold"
    """The machine tells no end, as its driver knows: only the read-back says what is there."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a machine is to put on the metal: the text, and how to draw it where we draw.

    Machines with letters of their own take the text into their own layout; ``drawing`` is for those
    that are told every dot or stroke.
    """

    text: str
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a driver can promise.

    ``evidence`` is the level 0 to 4 of the machine protocol notes: nothing, the start, the end, the
    text before and after, the last text marked. ``end`` is how the end is learnt: told by the
    machine, asked for, or none. ``alphabet`` is the white list of characters, ``repeatable`` the
    orders that do no harm twice. ``by_hand``: a person sets and starts the machine by a work order.
    ``beta``: nobody has heard this machine answer; every mark is scanned.
    """

    evidence: int
    can_read_back: bool
    can_abort: bool
    longest_text: int
    alphabet: frozenset[str]
    end: Literal["told", "asked", "none"] = "asked"
    repeatable: frozenset[str] = frozenset()
    draws: bool = False
    by_hand: bool = False
    beta: bool = False

    @property
    def scan_always(self) -> bool:
        """Whether every mark must be read back: the machine itself proves too little."""
        return self.evidence < 2 or self.beta  # noqa: PLR2004 - the level from which an end is known


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the machine shows after a run: its state, and the text it holds now."""

    state: MachineState
    text: str | None


class Marker(Protocol):
    """A marking machine on an open link. Everything but ``start`` may be repeated without harm."""

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        ...

    def identity(self) -> str:
        """Ask the machine who it is."""
        ...

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        ...

    def fingerprint(self) -> str:
        """Return the digest of the layout on the machine; "" where it cannot be asked for."""
        ...

    def prepare(self, work: Work) -> None:
        """Load layout and text and read them back; no motion.

        Raises MarkNotPossible, MachineNotReady, MachineRefused, MachineMisread, MachineSilent.
        """
        ...

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        ...

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises PortLost."""
        ...

    def watch(self, seconds: float) -> EndResult:
        """Wait for the end of the run, at most so long; never raises."""
        ...

    def evidence(self) -> Evidence:
        """Ask what the machine holds now; raises MachineSilent, PortLost."""
        ...

    def disarm(self) -> None:
        """Blank the text so that a pedal cannot mark it again; raises MachineSilent, PortLost."""
        ...

    def abort(self) -> None:
        """Stop at once, jumping every queue; never means "not marked"."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


@dataclass(frozen=True, slots=True)
class PluggedPort:
    """A serial port that is there now: how to reach it again, its name, and what it says it is.

    The address holds when the name is given to another port; it is the name where nothing better
    is known.
    """

    address: str
    device: str
    said: str


class Markers(Protocol):
    """The drivers this program has."""

    def open(self, machine: MachineSet, tap: Tap | None = None) -> Marker:
        """Open a machine; ``tap`` is told every byte. Raises PortMissing, MachineUnknown."""
        ...

    def capabilities(self, machine: MachineSet) -> Capabilities:
        """Return what a machine's driver can promise, unopened; raises MachineUnknown."""
        ...

    def plugged(self) -> tuple[PluggedPort, ...]:
        """Return the serial ports that a machine may hang on, as they are plugged now."""
        ...


# --- labels -------------------------------------------------------------------------------------


SymbolKind = Literal["matrix", "bars", "qr"]
"""Data Matrix, Code 128, QR Code."""
SYMBOL_KINDS: Final[tuple[SymbolKind, ...]] = ("matrix", "bars", "qr")


@dataclass(frozen=True, slots=True)
class Reading:
    """A symbol read from a picture: its bytes, the same as text, and by which way it was read."""

    text: str
    raw: bytes
    how: str
    symbol: SymbolKind = "matrix"


class PictureReader(Protocol):
    """Eyes for a picture of the metal, or of a label."""

    def read(
        self,
        picture: bytes,
        kinds: tuple[SymbolKind, ...] = SYMBOL_KINDS,
        progress: Progress = silent,
    ) -> tuple[Reading, ...]:
        """Return the symbols of these kinds in a picture, nothing where none is read for sure.

        May take seconds: not for the books' lane. Raises PhotoUnreadable, Cancelled.
        """
        ...


class Ear(Protocol):
    """A handheld scanner that is listened to until it is closed."""

    def close(self) -> None:
        """Listen no more; returns when nothing will be heard any more."""
        ...


class Scanners(Protocol):
    """Handheld scanners on a serial port, which cannot type into a wrong field."""

    def listen(
        self, scanner: str, heard: Callable[[str], None], lost: Callable[[str], None]
    ) -> Ear:
        """Listen to a scanner, as the setting names it, on a thread of its own.

        ``heard`` is told each text whole, on that thread, and ``lost`` once why nothing is heard
        any more. Raises PortMissing, FieldUnreadable for a setting that names no scanner.
        """
        ...


class MatrixMaker(Protocol):
    """Makes the Data Matrix of a mark, module by module."""

    def modules(self, text: str) -> tuple[str, ...]:
        """Return the symbol's rows from the top, ``#`` dark, without quiet zone.

        Square; nothing for no text, or for more than a symbol holds.
        """
        ...


LabelKind = Kind
"""What a label hangs on."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: its tag, the tag's MAC for the Data Matrix, and lines of text.

    ``said`` is what the elements of a layout say of it: the element's key, as
    `label_layouts.element_key` names it, and its words. ``copy`` counts the prints of the label.
    """

    tag: str
    mac: str
    lines: tuple[str, ...]
    kind: LabelKind = "weapon"
    said: tuple[tuple[str, str], ...] = ()
    copy: int = 1


@dataclass(frozen=True, slots=True)
class StockFace:
    """A label stock as layouts see it: its label in micrometres, and how many are on a sheet.

    ``free`` are the areas on which nothing is printed.
    """

    name: str
    kind: LabelKind
    width: int
    height: int
    dots_per_inch: int
    columns: int
    rows: int
    paper: Literal["A4", "Letter", "roll"]
    free: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class GreyPicture:
    """A picture in shades of grey: a byte a pixel, rows from the top, 255 white."""

    width: int
    height: int
    pixels: bytes


class LabelPictures(Protocol):
    """Shows labels as they will be printed."""

    def faces(self) -> tuple[StockFace, ...]:
        """Return the label stocks that ship, in order of their names."""
        ...

    def picture(
        self, label: Label, layout: LabelLayoutSet, dots_per_inch: int, logo: bytes = b""
    ) -> GreyPicture:
        """Return one label by its layout as a printer of so many dots an inch prints it.

        Raises LabelUnprintable, LabelElementMisfit.
        """
        ...


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A one-bit picture: rows from the top, each of whole bytes, the left dot highest, 1 dark."""

    width: int
    height: int
    rows: bytes


PrinterTrouble = Literal[
    "paper_out", "ribbon_out", "head_open", "jam", "paused", "hot", "cutter", "full", "fault"
]
"""Why a label printer stands: what it says itself."""
PrinterStanding = Literal["ready", "busy", "stopped", "silent", "mute"]
"""How a printer stands; silent is one that should answer and does not, mute one that never does."""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a label printer says of itself; ``said`` is who it is, where it tells."""

    standing: PrinterStanding
    troubles: tuple[PrinterTrouble, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class LabelOutcome:
    """What became of one label that was sent.

    ``printed`` is what the printer told; ``untold`` went to one that tells nothing; ``doubtful``
    may have come out or not: whoever stands at the printer sees it.
    """

    ended: Literal["printed", "untold", "doubtful"]
    state: PrinterState = PrinterState("ready")


class OpenLabelPrinter(Protocol):
    """A label printer on an open link; one thread at a time."""

    def state(self) -> PrinterState:
        """Ask the printer how it is; silence is an answer. Raises PortLost."""
        ...

    def print(
        self,
        label: Label,
        layout: LabelLayoutSet,
        *,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
    ) -> LabelOutcome:
        """Read the label as the printer will, send it once, and wait for what becomes of it.

        Raises PrinterStopped, PrinterSilent and PortLost before anything was sent, LabelMisread,
        LabelUnprintable, LabelElementMisfit.
        """
        ...

    def forget(self) -> None:
        """Have the printer drop what it has not printed yet, so that nothing comes out twice."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


class LabelPrinters(Protocol):
    """Label printers on a cable or in the network, by the language that they speak."""

    def open(self, printer: LabelPrinter) -> OpenLabelPrinter:
        """Open a printer; nothing is printed. Raises PortMissing."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished PDF: where it is, its pages, labels and digest, and how many labels were read."""

    file: Path
    pages: int
    labels: int
    digest: Digest
    read: int = 0


Gate = Literal["whole", "sample"]
"""Whether every label is read back before it goes out, or those of every tenth page."""


class LabelSheets(Protocol):
    """Draws labels and lets nothing go out that does not read back."""

    def stocks(self) -> tuple[str, ...]:
        """Return the names of the label stocks."""
        ...

    def draw(
        self,
        labels: Collection[Label],
        stock: str,
        file: Path,
        *,
        start_at: int = 1,
        layout: LabelLayoutSet | None = None,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
        gate: Gate = "whole",
        numbered: bool = False,
        progress: Progress = silent,
    ) -> Sheet:
        """Draw the labels, render and decode them, and only then put the file in place.

        Every label is asked for once, in order. ``fit`` takes back what the printer puts beside
        its place. ``numbered`` writes each label's number of the run small on its edge, where
        there is room. Raises StockUnknown, LabelUnprintable, LabelElementMisfit, LabelMisread,
        DiskFull, DiskTrouble, Cancelled.
        """
        ...

    def page(self, file: Path, number: int, dots_per_inch: int) -> GreyPicture:
        """Return a page of a finished sheet, counted from 0, as dots for a printer.

        On any lane. Raises FileUnreadable.
        """
        ...

    def ruler(self, paper: RulerPaper, file: Path, *, stock: str = "") -> None:
        """Draw the page by which a printer's fit is measured, with a stock's labels outlined.

        Raises StockUnknown, DiskFull, DiskTrouble.
        """
        ...


class Notes(Protocol):
    """What lies half done on a desk, sealed in the home: never serials in the clear."""

    def read(self) -> dict[str, str]:
        """Return what was kept, by name; raises DiskTrouble."""
        ...

    def keep(self, notes: dict[str, str]) -> None:
        """Put all notes in the place of those before; raises DiskFull, DiskTrouble."""
        ...


# --- extracts -----------------------------------------------------------------------------------

Form = Literal["xlsx", "csv", "json", "pdf"]


@dataclass(frozen=True, slots=True)
class ExtractColumn:
    """A column: its code, title and width in letters; ``is_code`` sets letters of one width."""

    code: str
    title: str
    width: int
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class ExtractTable:
    """What an extract says: its rows come one by one, so that a million need no memory.

    ``notes`` say what it is, who took it and when; ``seal`` is the code of the ledger's end at that
    moment. ``is_mirrored`` begins at the right. ``has_bom`` and ``is_guarded`` are for CSV only.
    ``number`` is that of the paper, ``by`` who takes it out, ``at`` when; ``boxes`` are where it is
    signed at its end, each a role and a name.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[ExtractColumn, ...]
    rows: Iterable[tuple[str, ...]] = field(repr=False)
    count: int
    seal: str = ""
    is_mirrored: bool = False
    has_bom: bool = True
    is_guarded: bool = False
    number: str = ""
    language: str = "en"
    by: str = ""
    at: Instant = 0
    zone: int = 0
    boxes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A finished extract: where it is, how many weapons it names, its digest and its number."""

    file: Path
    weapons: int
    digest: Digest
    number: str = ""


class ExtractWriter(Protocol):
    """Writes extracts in every form; a file is whole or not there."""

    def write(
        self, table: ExtractTable, form: Form, file: Path, progress: Progress = silent
    ) -> Extracted:
        """Write the table; raises DiskFull, DiskTrouble, Cancelled, with no file left behind."""
        ...


# --- files --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was said (``text``; a formula as its formula) and as it reads (``value``)."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: its number in the file (1 is the first) and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in a file: its digest, its header row's number and columns, its lines."""

    name: str
    digest: Digest
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    columns: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)


class Listings(Protocol):
    """Reads lists that nobody made for us, and writes what became of them."""

    def read(self, file: Path, *, sheet: str = "", progress: Progress = silent) -> Listing:
        """Read a CSV or XLSX; raises FileUnreadable, FileHostile, Cancelled."""
        ...

    def digest(self, file: Path) -> Digest:
        """Return the digest by which the list in a file is known; raises as ``read`` does."""
        ...

    def write(self, file: Path, rows: Iterable[Sequence[str]]) -> None:
        """Write a table as CSV for a spreadsheet program, whole or not at all.

        No cell is taken for a formula. Raises DiskFull and DiskTrouble.
        """
        ...


class Profiles(Protocol):
    """The layouts of known lists: those that ship, and this site's own."""

    def known(self) -> tuple[Profile, ...]:
        """Return all that can be read, this site's own first."""
        ...

    def shipped(self) -> frozenset[str]:
        """Return the names of those that ship."""
        ...

    def broken(self) -> tuple[str, ...]:
        """Return the files of this site's own that are no profiles."""
        ...

    def keep(self, profile: Profile) -> None:
        """Keep a profile of this site's own, in the place of one of the same name.

        Raises DiskFull and DiskTrouble.
        """
        ...


# --- the registry -------------------------------------------------------------------------------


class RegistryLink(Protocol):
    """The line to a registry; every call may be repeated without harm.

    Raises RegistryUnreachable, RegistryAsksToWait, RegistryNonsense, RegistryRefused and what each
    call names.
    """

    def hello(self) -> Hello:
        """Ask what the registry speaks, who it is and what its clock says."""
        ...

    def enrol(self, request: EnrolRequest) -> Certificate:
        """Ask to be enrolled; raises CodeUnknown."""
        ...

    def tip(self, node: NodeId) -> RemoteTip:
        """Ask how far the registry holds this node's chain."""
        ...

    def push(self, node: NodeId, entries: Sequence[Entry]) -> Receipt:
        """Offer entries that continue the chain; sent twice is the same as once."""
        ...

    def tell_ahead(self, node: NodeId, entries: Sequence[Entry]) -> Told:
        """Tell losses and recoveries ahead of the chain; raises BatchTooLarge, ChainForked."""
        ...

    def hot_list(self, have: int) -> bytes:
        """Ask for the list of lost weapons; empty where the one of this number is the newest."""
        ...

    def ask_block(self, request: BlockRequest) -> BlockAnswer:
        """Ask for marking numbers; the grant itself comes by the feed, as a fact."""
        ...

    def consistency(self, old: int, size: int) -> TreeProof:
        """Ask for the proof that the log of one size begins that of another."""
        ...

    def cosigned(self) -> CosignedHeads:
        """Ask for the newest heads that witnesses cosigned; what they show is to be proved."""
        ...

    def inclusion(self, position: int, size: int) -> InclusionProof:
        """Ask for the proof that an entry stands in the log of a size."""
        ...

    def entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Ask for entries of this node's own chain that the registry holds after a number."""
        ...

    def feed(self, after: int, limit: int, most: int = 0, scope: str | None = None) -> FeedPage:
        """Ask for what others wrote after a cursor, at most so many items and bytes.

        ``scope`` names the feed that the cursor belongs to, empty for none yet; None speaks to a
        registry that knows of no scopes, as does ``most`` 0.
        """
        ...

    def shares(self, node: NodeId, said: Shares) -> Shares:
        """Say what was told here, and ask what should be held."""
        ...

    def photos_wanted(self) -> PhotosWanted:
        """Ask which photos of this node's site the registry lacks, newest first."""
        ...

    def photos_held(self, digests: Sequence[Digest]) -> PhotosHeld:
        """Ask which of these photos the registry has for this node."""
        ...

    def photo_piece(self, digest: Digest, offset: int, most: int) -> bytes:
        """Ask for a piece of a photo; nothing after its end."""
        ...

    def send_photo(self, digest: Digest, offset: int, total: int, piece: bytes) -> PhotoHave:
        """Send a piece of a photo; the answer says where to go on."""
        ...

    def ask_finds(self, node: NodeId, asked: FindsAsked) -> FindsHeard:
        """Ask for the records of lost weapons that were read here; they follow by the feed."""
        ...

    def pause(self, seconds: float) -> None:
        """Let so much time pass before the registry is asked again."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...


class LogMemories(Protocol):
    """Keeps proofs about registries' logs beside the books; on any lane."""

    def read(self) -> LogMemory:
        """Return what is kept; one that cannot be read any more is left out."""
        ...

    def keep(self, memory: LogMemory) -> None:
        """Put the memory in the place of the one before, whole; raises DiskFull, DiskTrouble."""
        ...


class HotListFiles(Protocol):
    """Keeps each registry's list of lost weapons beside the books, sealed; on any lane."""

    def keep(self, registry: NodeId, raw: bytes) -> None:
        """Put a list in the place of the one before, whole; raises DiskFull, DiskTrouble."""
        ...

    def read(self) -> tuple[bytes, ...]:
        """Return every list that is kept; one that does not open any more is left out."""
        ...

    def keep_finds(self, raw: bytes) -> None:
        """Keep what waits to be asked, in the place of what did; raises DiskFull, DiskTrouble."""
        ...

    def finds(self) -> bytes:
        """Return what waits to be asked; nothing where it does not open any more."""
        ...


class RegistryLinks(Protocol):
    """Opens lines to registries."""

    def open(self, url: str, registry_key: bytes | None, patience: float = 0.0) -> RegistryLink:
        """Return a link; with a known key, every receipt must be signed by it.

        ``patience`` is in seconds without a byte; 0 for the usual.
        """
        ...


# --- photos -------------------------------------------------------------------------------------


class Photos(Protocol):
    """Photos by their content, kept beside the books; every method on any lane.

    A digest is the SHA-256 of the kept bytes: the same photo kept twice is one.
    """

    def keep(self, file: Path | bytes, view: View = "other", caption: str = "") -> Photo:
        """Turn a photo upright, make it small, strip it of all remarks, and keep it durably.

        Raises PhotoUnreadable, DiskFull, DiskTrouble; then nothing of it is left.
        """
        ...

    def read(self, digest: str) -> bytes:
        """Return a kept photo as JPEG; raises PhotoMissing, PhotoDamaged."""
        ...

    def thumbnail(self, digest: str, edge: int) -> bytes:
        """Return it as JPEG, its longer side at most so many pixels; raises as ``read``."""
        ...

    def held(self, digests: Sequence[str]) -> frozenset[str]:
        """Return which of these photos are here."""
        ...

    def forget(self, digest: str) -> None:
        """Let a kept photo go, for good: it showed somebody who was erased. Raises DiskTrouble."""
        ...

    def arrived(self, digest: str) -> int:
        """Return how many bytes have come of a photo from elsewhere that is not whole yet."""
        ...

    def arrive(self, digest: str, offset: int, piece: bytes) -> None:
        """Keep a piece that begins where the last one ended, durably; another one is left.

        Raises PhotoRefused where it is more than a photo has, DiskFull, DiskTrouble.
        """
        ...

    def complete(self, digest: str) -> None:
        """Keep what has come as a photo, once it is the one that the digest names.

        Raises PhotoRefused, DiskFull, DiskTrouble; of what was refused nothing is left.
        """
        ...

    def accept(self, digest: str, content: bytes) -> None:
        """Keep a photo that came whole, once it is the one that the digest names, durably.

        Pieces of it that came by a line are let go. Raises PhotoRefused, DiskFull, DiskTrouble.
        """
        ...

    def note_waiting(self, registry: NodeId, count: int) -> None:
        """Note how many photos a registry lacked when it was asked last."""
        ...

    def waiting(self, registry: NodeId) -> int:
        """Return how many photos a registry lacked when it was asked last; 0 where it never was."""
        ...

    def brought(self) -> tuple[Lacked, ...]:
        """Return photos that came by hand and that no registry is known to have, oldest first."""
        ...

    def note_brought(self, photos: Sequence[Lacked]) -> None:
        """Note that photos came by hand, to be passed on; one that is noted comes last then.

        Raises DiskFull, DiskTrouble.
        """
        ...

    def passed_on(self, digests: Collection[str]) -> None:
        """Forget that these came by hand: a registry has them. Raises DiskFull, DiskTrouble."""
        ...

    def check(self, progress: Progress = silent) -> int:
        """Prove that every kept photo opens and is what its digest says; return their number.

        Raises PhotoDamaged, Cancelled.
        """
        ...


# --- courier files ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correspondent:
    """What is known of another node by courier: what it holds, and the last files each way.

    ``holds`` are pairs of a node and the number of its last entry, as the other side said itself in
    the file ``heard``, made at the instant ``heard_at``; ``sent`` is the last file made for it.
    ``lacks`` are photos that it said it lacks; ``awaits`` photos that its files' records showed and
    that are not here yet.
    """

    holds: tuple[tuple[NodeId, int], ...] = ()
    heard: str = ""
    heard_at: Instant = 0
    sent: str = ""
    lacks: tuple[Lacked, ...] = ()
    awaits: tuple[Lacked, ...] = ()


class CourierFiles(Protocol):
    """Locks and unlocks courier files, and keeps what is known of those who send them."""

    def lock(self, plain: bytes, receivers: Sequence[bytes], words: str) -> bytes:
        """Return the content locked for these nodes' public keys, or with words where given."""
        ...

    def unlock(self, locked: bytes, words: str, path: str) -> bytes:
        """Return the content; raises CourierForOther, CourierWordsWrong, CourierForged."""
        ...

    def write(self, file: Path, whole: bytes) -> None:
        """Put the file in place, whole and read back; raises DiskFull, DiskTrouble."""
        ...

    def read(self, file: Path) -> bytes:
        """Return a file's bytes; raises FileUnreadable, CourierTooLarge."""
        ...

    def new_key(self) -> str:
        """Return a key for the parts of one file alone."""
        ...

    def lock_part(self, plain: bytes, key: str) -> bytes:
        """Return a part of a file locked with such a key."""
        ...

    def unlock_part(self, locked: bytes, key: str, path: str) -> bytes:
        """Return a part's content; raises CourierForged."""
        ...

    def write_pieces(self, file: Path, pieces: Iterable[bytes]) -> None:
        """Put a file in place piece by piece, whole and read back; raises DiskFull, DiskTrouble.

        Whatever the pieces raise leaves the file that was there.
        """
        ...

    def is_there(self, file: Path) -> bool:
        """Say whether a file lies there."""
        ...

    def size(self, file: Path) -> int:
        """Return how many bytes a file has; raises FileUnreadable."""
        ...

    def piece(self, file: Path, offset: int, size: int) -> bytes:
        """Return so many bytes of a file from there, fewer at its end; raises FileUnreadable."""
        ...

    def remove(self, file: Path) -> None:
        """Remove a file of ours; one that is gone is gone. Raises DiskTrouble."""
        ...

    def listed(self, folder: Path) -> tuple[Path, ...]:
        """Return the courier files in a folder, by name; raises FileUnreadable."""
        ...

    def correspondent(self, node: NodeId) -> Correspondent:
        """Return what is known of another node."""
        ...

    def keep(self, node: NodeId, known: Correspondent) -> None:
        """Remember it; raises DiskFull, DiskTrouble."""
        ...


# --- practice -----------------------------------------------------------------------------------


class PracticeRoom(Protocol):
    """What a practice depot has beside its weapons, on real ports of this computer."""

    def drivers(self) -> tuple[str, ...]:
        """Return which machines can be practised on, by the names of their drivers."""
        ...

    def machine(self, driver: str = "tl07") -> str:
        """Start a simulated machine and return its address; another one than before replaces it.

        Raises PortMissing, MachineUnknown.
        """
        ...

    def order(self, order: str, spec: str = "") -> None:
        """Have the machine carry out an order: fault, pull, plug, pedal, restart, bare.

        Raises FieldUnreadable for one that it does not know.
        """
        ...

    def picture(self) -> bytes:
        """Return a photo (PNG) of the metal as it is cut until now; nothing without a machine."""
        ...

    def registry(self, url: str = "") -> str:
        """Start a registry, where it answered before if told; raises RegistryUnreachable."""
        ...

    def code(self) -> str:
        """Return a one-time enrolment code of that registry; raises RegistryUnreachable."""
        ...
