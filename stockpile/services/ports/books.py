"""The ledger and the register in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from stockpile.domain.conflicts import Conflict
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import Receipt
from stockpile.domain.facts import Draft, Fact, Horizon
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, SchemeId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.ports.keys import OfficerKey
from stockpile.services.ports.machine import Progress, silent


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

    def clock_entries(self) -> dict[Digest, NodeId]:
        """Return the entries of revoked nodes that speak of their clock alone, with their nodes.

        As far as nobody decided about them; as cheap as the count of conflicts.
        """
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

    def latest_headers(self, node: NodeId, most: int) -> tuple[bytes, ...]:
        """Return the headers of a chain's last entries, the newest first."""
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

    def forked(self) -> tuple[NodeId, ...]:
        """Return the nodes beside whose chains anything is kept."""
        ...

    def evidence(self) -> Iterator[tuple[bytes, Entry]]:
        """Walk what nodes wrote beside their chains, each with its node's public key."""
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

    def signed_at(self, node: NodeId, number: int) -> Instant:
        """Return when registries signed last for a chain's entry of this number or later."""
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
