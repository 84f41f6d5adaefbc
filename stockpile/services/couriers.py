"""Courier files: the exchange by hand, between two nodes that no line connects.

A file takes along what the other side is not known to hold; its own later file says how far it
came. Whom to believe is settled before anything is taken in: a sender certified by a registry that
this node is enrolled with, or introduced here by an officer who compared the code on the paper.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stockpile.domain import courier, ledger, people
from stockpile.domain.courier import Content, Held, Manifest
from stockpile.domain.errors import (
    ChainBroken,
    ChainForked,
    CourierForged,
    CourierForOther,
    CourierIncomplete,
    FactUnreadable,
    FieldMissing,
    HotListForged,
    LogSplit,
    NodeOvertaken,
    NodeUnknown,
    SenderUnknown,
    SignatureWrong,
)
from stockpile.domain.excerpts import Excerpt, node_of
from stockpile.domain.facts import BlockGranted, Draft, Fact, NodeCertified
from stockpile.domain.ledger import Entry
from stockpile.domain.losses import reports_loss
from stockpile.domain.values import NodeId, WeaponId, new_id, tidied
from stockpile.services.courier_loads import CourierLoads
from stockpile.services.courier_packing import UNSEEN, PackingSteps
from stockpile.services.courier_previews import Came, CourierPreviews, Node, Preview
from stockpile.services.courier_registries import CourierRegistries
from stockpile.services.courier_taking import CourierTaking
from stockpile.services.hot_list import HotLists
from stockpile.services.log_proofs import LogProofs
from stockpile.services.numbers import Numbers
from stockpile.services.old_copies import take_back
from stockpile.services.people import SignedIn
from stockpile.services.photos_named import PhotosNamed
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Correspondent,
    CourierFiles,
    Keys,
    Progress,
    Recorded,
    silent,
)
from stockpile.services.vouching import Vouching

Alarm = LogSplit | ChainForked | NodeOvertaken


@dataclass(frozen=True, slots=True)
class Packed:
    """A courier file that was written: where it is, for whom, what is in it, the words it needs."""

    file: Path
    to: Node | None
    acts: int
    facts: int
    size: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A courier file that was opened and proved, with what taking it in would do."""

    preview: Preview
    content: Content
    came: Came
    certified: tuple[NodeCertified, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a courier file brought."""

    preview: Preview
    facts: int
    split: LogSplit | None = None
    """The registry showed somebody another history than it shows here: an alarm."""
    forked: ChainForked | None = None
    """A computer wrote two histories: the other one is kept, and is a card of the conflict room."""
    overtaken: NodeOvertaken | None = None
    """This stockpile is an old copy of itself: its registry sent what it once wrote."""

    @property
    def alarm(self) -> Alarm | None:
        """What somebody must be told at once, if anything."""
        return self.overtaken or self.split or self.forked


@dataclass(frozen=True, slots=True)
class Couriers:
    """The courier's counter. It runs on the books lane, or beside it with what it asks on there."""

    books: Books
    keys: Keys
    clock: Clock
    chance: Chance
    files: CourierFiles
    hot_lists: HotLists | None = None
    log_proofs: LogProofs | None = None
    photos: PhotosNamed | None = None
    numbers: Numbers | None = None

    @property
    def _vouching(self) -> Vouching:
        return Vouching(self.books, self.keys)

    @property
    def _previews(self) -> CourierPreviews:
        return CourierPreviews(self.books, self.keys)

    @property
    def _loads(self) -> CourierLoads:
        return CourierLoads(self.books, self.keys)

    @property
    def registries(self) -> CourierRegistries:
        """The registries that files go to and come from."""
        return CourierRegistries(self.books)

    # --- who there is -----------------------------------------------------------------------

    def receivers(self) -> tuple[Node, ...]:
        """Return who a file can be locked for alone: registries first, then other nodes by name."""
        found = {
            body.node: Node(body.node, body.name, bytes.fromhex(body.public_key))
            for body in self._vouching.certified()
            if body.node != self.keys.node
        }
        named = sorted(found.values(), key=lambda node: (node.name, node.id))
        registries = self.registries.receivers()
        first = {one.id for one in registries}
        return (*registries, *(one for one in named if one.id not in first))

    def heard(self, node: NodeId) -> Correspondent:
        """Return what the node said it holds in its last file, and when it said so."""
        return self.files.correspondent(node)

    def held_by(self, node: NodeId) -> dict[NodeId, int]:
        """Return the last entries that a node is known to hold, by its files and its receipts."""
        known = dict(self.files.correspondent(node).holds)
        return self.registries.held(node, self.keys.node) | known

    def hearsay(self, node: NodeId) -> Node | None:
        """Return a node that another one vouches for, as its chain says here; None for none.

        Of weapons that came by a third depot the sender's file brings that depot's entries too;
        whether it is believed here is for an officer here to say.
        """
        body = self._vouching.hearsay(node)
        return Node(body.node, body.name, bytes.fromhex(body.public_key)) if body else None

    def introduce(
        self, node: NodeId, public_key: bytes, name: str, *, by: SignedIn
    ) -> tuple[Recorded, Node]:
        """Vouch for a node whose code was compared with the paper; the officer signs for it.

        Raises OfficerNotAuthorised, FieldMissing, and SignatureWrong where key and code differ.
        """
        people.authorise(by.officer, "enrol")
        if not tidied(name):
            raise FieldMissing("name")
        if ledger.node_id(public_key) != node:
            raise SignatureWrong(node)
        body = NodeCertified(node, public_key.hex(), tidied(name))
        recorded = self.books.record([Draft(node, body)], by=by.id, signers=[by.key])
        self.books.trust(node, public_key)
        return recorded, Node(node, body.name, public_key)

    # --- packing ----------------------------------------------------------------------------

    def pack(
        self,
        file: Path,
        to: NodeId | None = None,
        progress: Progress = silent,
        *,
        by: SignedIn,
        words: str = "",
        about: Sequence[WeaponId] = (),
    ) -> Packed:
        """Write a courier file for a node, or for whoever has its words where none is named.

        ``about`` are weapons whose whole record goes along, also what other nodes wrote of them:
        in excerpts, without the rest of those nodes' chains. So does the record of whatever is on
        its way to the receiver or from it.
        ``progress`` may stop it. Raises OfficerNotAuthorised, NodeUnknown, Cancelled,
        CourierTooLarge, DiskFull, DiskTrouble; a file that was there stays until the new one is
        whole.
        """
        people.authorise(by.officer, "sync")
        receiver = self.receiver(to) if to else None
        node = receiver.id if receiver else None
        held = self.held_by(node) if node else {}
        steps = PackingSteps(progress, self._loads.count(node, held))
        entries = tuple(steps.counted(self._loads.entries(node, held)))
        # a registry hears each chain from its own node, whole: excerpts would tell it nothing
        is_registry = self.registries.is_one(node)
        excerpts = () if is_registry else self._loads.excerpts(node, held, about)
        return self._written(file, receiver, words, entries, excerpts, steps)

    def answer(self, file: Path, to: NodeId, *, by: SignedIn) -> Packed:
        """Write a receipt for the way back: what is held here, signed, and nothing else.

        The sender then knows how far its record came, and leaves that out of its next file.
        Raises OfficerNotAuthorised, NodeUnknown, DiskFull, DiskTrouble.
        """
        people.authorise(by.officer, "sync")
        return self._written(file, self.receiver(to), "", (), ())

    def _written(
        self,
        file: Path,
        receiver: Node | None,
        words: str,
        entries: tuple[Entry, ...],
        excerpts: tuple[Excerpt, ...],
        steps: PackingSteps = UNSEEN,
    ) -> Packed:
        known = self.files.correspondent(receiver.id) if receiver else Correspondent()
        secret = "" if receiver else words or self.new_words()
        manifest = self._manifest(receiver, entries, known.sent)
        read = self.registries.read(receiver.id) if receiver else None
        lists = self.hot_lists.outgoing() if self.hot_lists and read is None else ()
        lacks = self.photos.missed(known.awaits) if self.photos and read is None else ()
        asks = self.numbers.due(read.registry) if self.numbers and read else ()
        content = Content(
            manifest, tuple(self._loads.holds()), entries, lists, excerpts, lacks, read, asks,
            beside=self._loads.beside() if read else (),
        )  # fmt: skip
        keys = [receiver.key] if receiver else []
        locked = self.files.lock(courier.packed(content), keys, courier.tidied_words(secret))
        whole = courier.sealed(manifest, locked, self.keys.sign)
        self.files.write_pieces(file, steps.pieces(whole))
        if receiver:
            self.files.keep(receiver.id, replace(known, sent=manifest.id))
        facts = manifest.facts + sum(len(one.parts) for one in excerpts)
        acts = len(entries) + len(excerpts)
        return Packed(file, receiver, acts, facts, len(whole), secret)

    def new_words(self) -> str:
        """Return words for a file that goes to a node which is not known here."""
        return courier.words_of(self.chance.bytes(2 * courier.WORDS))

    # --- opening ----------------------------------------------------------------------------

    def open(self, file: Path, words: str = "", progress: Progress = silent) -> Opened:
        """Open a courier file and prove it; nothing is taken in.

        ``progress`` counts its facts and may stop it. Raises Cancelled, FileUnreadable,
        CourierForged, CourierForOther, CourierWordsWrong, CourierTooLarge, SenderUnknown,
        CourierIncomplete, RegistryRewritten.
        """
        path = str(file)
        manifest, locked = courier.unsealed(self.files.read(file), path)
        progress(0, manifest.facts)
        if manifest.to and self.keys.node not in manifest.to:
            raise CourierForOther(", ".join(self.name(one) for one in manifest.to))
        plain = self.files.unlock(locked, courier.tidied_words(words), path)
        progress(0, manifest.facts)
        content = courier.unpacked(plain, manifest, path)
        self.registries.demand_sound(content, path)
        try:
            return self._opened(content, progress)
        except (FactUnreadable, ChainBroken) as error:
            raise CourierForged(path, error.why) from error

    def _opened(self, content: Content, progress: Progress) -> Opened:
        manifest = content.manifest
        certified = (*self._vouching.certified(), *self._vouching.certified_in(content.entries))
        vouched = {body.node for body in certified} | {node for node, _tip in self.books.tips()}
        if manifest.sender not in vouched:
            raise SenderUnknown(manifest.name, manifest.sender)
        came = Came(
            tuple(self._new(content, vouched)),
            tuple(
                one
                for one in content.excerpts
                if node_of(one) in vouched and node_of(one) != self.keys.node
            ),
        )
        preview = self._previews.of(content, came, vouched, progress)
        return Opened(preview, content, came, certified)

    def introduced_by(self, file: Path) -> Node:
        """Return who signed a file, for an officer to compare with the paper; proves no more.

        Raises FileUnreadable, CourierForged, CourierTooLarge.
        """
        manifest, _locked = courier.unsealed(self.files.read(file), str(file))
        return Node(manifest.sender, manifest.name, bytes.fromhex(manifest.key))

    def take(
        self, opened: Opened, progress: Progress = silent, *, by: SignedIn
    ) -> tuple[Recorded, Taken]:
        """Take in what a file brings; loaded twice it changes nothing.

        ``progress`` counts facts and may stop it between two batches: what came until then stays,
        and loaded again it goes on there. It is told, too, where the register has to be derived
        anew, which it cannot stop.
        Raises OfficerNotAuthorised, Cancelled, ChainBroken where a chain is not what it claims,
        ChainForked where single facts contradict what is held; what was good before stays. What a
        node wrote beside its chain is kept as evidence, said in what is returned, and stops nothing
        else.
        """
        people.authorise(by.officer, "sync")
        for body in opened.certified:
            self.books.trust(body.node, bytes.fromhex(body.public_key))
        self._warn_of(opened.content)
        recorded, forked = CourierTaking(self.books, progress).take(opened.came)
        self._remember(opened)
        if forked is None:
            self.registries.heard(opened.content, opened.came.excerpts)
        overtaken = self._taken_back(opened.content)
        self._hear_grants(recorded.facts)
        split = self._split_in(opened.came)
        return recorded, Taken(opened.preview, len(recorded.facts), split, forked, overtaken)

    def _taken_back(self, content: Content) -> NodeOvertaken | None:
        """Take back what a registry holds of our own chain and this copy of it does not.

        Raises ChainForked where this copy wrote on already.
        """
        if not self.registries.is_one(content.manifest.sender):
            return None
        own, keys = self.books.tip(), self.keys
        ours = [one for one in content.entries if ledger.read_header(one.header).n == keys.node]
        if not take_back(self.books, keys.node, keys.public_key, own, ours):
            return None
        return NodeOvertaken(self.books.tip().number)

    def _hear_grants(self, facts: Sequence[Fact]) -> None:
        """Ask for no more numbers where a registry granted what was asked for."""
        for fact in facts if self.numbers else ():
            if isinstance(fact.body, BlockGranted) and fact.body.node == self.keys.node:
                assert self.numbers is not None
                self.numbers.answered(fact.body.scheme)

    def _split_in(self, came: Came) -> LogSplit | None:
        """Say whether the registry showed one of the writers another history than it shows here."""
        if self.log_proofs is None:
            return None
        brought = [one.header for one in came.entries] + [one.header for one in came.excerpts]
        return self.log_proofs.split_in(map(ledger.read_header, brought))

    def _warn_of(self, content: Content) -> None:
        """Take the lists of lost weapons first; one of a registry not known here is left aside."""
        if self.hot_lists is not None:
            for raw in content.hot_lists:
                with contextlib.suppress(HotListForged):
                    self.hot_lists.accept(raw)

    # --- what goes along --------------------------------------------------------------------

    def receiver(self, node: NodeId) -> Node:
        """Return a node that a file can be locked for; raises NodeUnknown."""
        for one in self.receivers():
            if one.id == node:
                return one
        raise NodeUnknown(node)

    def _manifest(self, receiver: Node | None, entries: Sequence[Entry], previous: str) -> Manifest:
        return Manifest(
            v=courier.VERSION,
            id=new_id(self.clock.now(), self.chance.bytes(10)),
            sender=self.keys.node,
            key=self.keys.public_key.hex(),
            name=self.name(self.keys.node),
            to=(receiver.id,) if receiver else (),
            created=self.clock.now(),
            chains=courier.chain_parts(entries),
            facts=sum(len(entry.facts) for entry in entries),
            previous=previous,
            urgent=courier.chain_parts([one for one in entries if reports_loss(one)]),
        )

    # --- what is believed -------------------------------------------------------------------

    def _new(self, content: Content, vouched: set[NodeId]) -> Iterator[Entry]:
        """Give the entries of believed nodes that continue what is held.

        A chain of a third node with a gap in it is left for the file that fills it.
        """
        held = {node: tip.number for node, tip in self.books.tips()}
        for entry in content.entries:
            header = ledger.read_header(entry.header)
            node, have = NodeId(header.n), held.get(NodeId(header.n), 0)
            if node not in vouched or node == self.keys.node:
                continue
            if header.c > have + 1:
                if node == content.manifest.sender:
                    raise CourierIncomplete(content.manifest.name, have, header.c)
                continue
            held[node] = max(have, header.c)
            yield entry

    def _remember(self, opened: Opened) -> None:
        """Keep how far the sender is, as the receipt for what went the other way.

        Only what is true of our own chain is believed: a number with another hash is not ours.
        """
        content, manifest = opened.content, opened.content.manifest
        known = self.files.correspondent(manifest.sender)
        if self.photos is not None:
            known = replace(known, awaits=self.photos.awaited(known.awaits, opened.came.facts()))
        if manifest.created >= known.heard_at:  # an older file comes late: they hold more by now
            holds = tuple((one.node, one.number) for one in content.holds if self._agrees(one))
            known = replace(
                known, holds=holds, heard=manifest.id, heard_at=manifest.created,
                lacks=content.lacks,
            )  # fmt: skip
            self._note_missing(content)
        self.files.keep(manifest.sender, known)

    def _note_missing(self, content: Content) -> None:
        """Note how many photos of this home a registry lacks; any other one is held there."""
        if self.photos is not None and self.registries.is_one(content.manifest.sender):
            self.photos.note_lacked(content.manifest.sender, content.lacks)

    def _agrees(self, one: Held) -> bool:
        entries = self.books.entries(one.node, one.number - 1, 1)
        return bool(entries) and ledger.entry_hash(entries[0].header) == one.hash

    def name(self, node: NodeId) -> str:
        """Return what a node is called here, or its id."""
        return self._previews.name(node)
