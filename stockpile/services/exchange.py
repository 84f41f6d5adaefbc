"""The exchange with a registry: offer what is new, take what others did, never lose the place.

Nothing about the exchange is stored that could get stuck: what is unsent is what the registry does
not hold, and the registry is asked each time. A session is a row of *turns*: each says something
on the network and then writes down the answer, so that a desk may do the one on its network lane
and the other on its books lane. It may stop anywhere and be begun anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stockpile.domain import ledger, people, tree
from stockpile.domain.errors import (
    BooksRolledBack,
    ChainForked,
    CodeUnknown,
    HotListForged,
    LogSplit,
    NodeOvertaken,
    NodeQuarantined,
    NotEnrolled,
    ProtocolTooOld,
    RegistryNonsense,
    RegistryRefused,
    RegistryRewritten,
    RegistryRolledBack,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.domain.exchange import (
    MOST_FACTS_A_BATCH,
    NEWEST_SPOKEN,
    OLDEST_SPOKEN,
    PROTOCOL_2,
    PROTOCOL_3,
    PROTOCOL_4,
    PROTOCOL_5,
    EnrolRequest,
    Hello,
    Receipt,
    RemoteTip,
    Told,
    TreeProof,
    code_names,
    receipt_names,
    signed,
)
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.services.asking import ask_finds, ask_numbers
from stockpile.services.clocks import comparison
from stockpile.services.exchange_standing import photos_named
from stockpile.services.feeding import Fed, Feeding, Line, begun_anew
from stockpile.services.hot_list import HotLists
from stockpile.services.log_proofs import LogProofs, ProvingLog
from stockpile.services.numbers import Numbers
from stockpile.services.people import SignedIn
from stockpile.services.photo_exchange import MovingPhotos, PhotoExchange
from stockpile.services.ports import (
    Books,
    Clock,
    Keys,
    Peer,
    Progress,
    RegistryLink,
    RegistryLinks,
    silent,
)
from stockpile.services.telling_ahead import entries_ahead, portions
from stockpile.services.turns import (
    PhotosMoved,
    Synced,
    TooMuch,
    Trouble,
    Turn,
    halved,
    turn,
    unless_too_much,
)
from stockpile.services.waiting import Waiting, Waits, untold

FIRST_BATCH: Final = 64 << 10
LARGEST_BATCH: Final = 2 << 20
"""Bytes of facts before they are squeezed; a quarter of that travels."""
QUICK: Final[Instant] = 5_000
"""Milliseconds: a batch that takes less is followed by a larger one; a line of 2G waits less so."""
_READ_AT_ONCE: Final = 16

TreeHead = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Exchanging:
    """The talk with registries."""

    books: Books
    keys: Keys
    links: RegistryLinks
    clock: Clock
    hot_lists: HotLists | None = None
    numbers: Numbers | None = None
    log_proofs: LogProofs | None = None
    photos: PhotoExchange | None = None
    patience: float = 0.0
    """Seconds without a byte before the line counts as dead; 0 for the usual."""
    waits: Waits = untold
    """Is told where the registry asks for time, on the network lane."""

    def carrying_photos(self, *, carried: bool) -> Exchanging:
        """Return the same talk with photos after the record, or with the record alone."""
        photos = replace(self.photos, carried=carried) if self.photos else None
        return replace(self, photos=photos)

    def reaches(self) -> bool:
        """Say whether the registry answers now: one small question, on the network lane.

        The line's patience bounds it. Raises NotEnrolled.
        """
        with closing(self._opened(self._peer(None))) as link:
            try:
                link.hello()
            except (RegistryUnreachable, RegistrySlow, RegistryNonsense, RegistryRefused):
                return False
        return True

    def enrol(self, url: str, code: str, name: str, site: str = "", *, by: SignedIn) -> Peer:
        """Enrol this node by a one-time code and pin the registry's key.

        Enrolled again with the same registry, its log is read from the start and its history is
        believed as it is now: the code is the registrar's word that this is right.
        Raises OfficerNotAuthorised, CodeUnknown, ProtocolTooOld, NodeQuarantined,
        RegistryUnreachable, RegistryNonsense.
        """
        people.authorise(by.officer, "enrol")
        with closing(self.links.open(url, None)) as link:
            hello = link.hello()
            _demand_common(hello)
            if not code_names(code, hello.registry):
                raise CodeUnknown
            said = EnrolRequest(self.keys.node, self.keys.public_key, name, site, code, b"")
            certificate = link.enrol(signed(said, self.keys.sign))
        if certificate.registry_key != hello.public_key:
            raise RegistryNonsense(url, "another registry's certificate")
        self.books.trust(certificate.registry, certificate.registry_key)
        peer = self._peer_of(url, certificate.registry, certificate.registry_key)
        self.books.keep_peer(peer)
        return peer

    def sync(self, url: str | None = None, progress: Progress = silent, *, by: SignedIn) -> Synced:
        """Send what is new and take what others did.

        ``progress`` counts entries and may raise Cancelled between two turns. Raises
        OfficerNotAuthorised, NotEnrolled, ProtocolTooOld, NodeQuarantined, ChainForked,
        NodeOvertaken (after everything missing here was taken back), BooksRolledBack,
        RegistryRewritten, RegistryUnreachable, RegistrySlow, RegistryNonsense, RegistryRefused.
        """
        with closing(self.session(url, progress, by=by)) as session:
            turn: Turn | Synced = session.first()
            waiting = session.waiting(self.waits)
            while isinstance(turn, Turn):
                turn = waiting.said(turn)()
            return turn

    def session(
        self, url: str | None = None, progress: Progress = silent, *, by: SignedIn
    ) -> Session:
        """Return a session with a registry, else with the first one this node is enrolled with.

        Raises OfficerNotAuthorised, NotEnrolled.
        """
        people.authorise(by.officer, "sync")
        found = self._peer(url)
        link = self._opened(found)
        return Session(
            self.books, self.keys, link, self.clock, found, progress, self.hot_lists,
            self.numbers, self.log_proofs, self.photos,
        )  # fmt: skip

    def _peer(self, url: str | None) -> Peer:
        peers = self.books.peers()
        found = (
            self.books.peer(_tidy(url)) if url else next((one for one in peers if one.url), None)
        )
        if found is None:
            raise NotEnrolled
        return found

    def _opened(self, peer: Peer) -> RegistryLink:
        if self.patience:
            return self.links.open(peer.url, peer.registry_key, self.patience)
        return self.links.open(peer.url, peer.registry_key)

    def _peer_of(self, url: str, registry: NodeId, key: bytes) -> Peer:
        """Return how far the exchange got: anew, but for what this very registry signed for."""
        known = self.books.peer(_tidy(url))
        if known is not None and known.registry_key == key:
            return begun_anew(replace(known, tree_head=None))
        return Peer(_tidy(url), registry, key, heard_at=self.clock.now())


class Session:
    """One talk with one registry: hello, tip, losses first, hot list, push, numbers, feed."""

    def __init__(
        self, books: Books, own: Keys, link: RegistryLink, clock: Clock, peer: Peer,
        progress: Progress, hot_lists: HotLists | None = None, numbers: Numbers | None = None,
        log_proofs: LogProofs | None = None, photos: PhotoExchange | None = None,
    ) -> None:  # fmt: skip
        self._photos = photos
        self._log_proofs = log_proofs
        self._books = books
        self._hot_lists = hot_lists
        self._numbers = numbers
        self._node, self._key = own.node, own.public_key
        self._link = link
        self._clock = clock
        self._peer = peer
        self._progress = progress
        self._own = books.tip()
        self._offset = 0
        self._batch = FIRST_BATCH
        self._held = 0
        self._spoken = OLDEST_SPOKEN
        self._sent = self._taken = self._done = self._total = self._named = 0
        self._receipt: Receipt | None = None
        self._rolled_back: RegistryRolledBack | None = None
        self._head: TreeHead | None = None

    def first(self) -> Turn:
        """Return the first turn."""
        return turn(self._link.hello, self._heard_hello)

    def waiting(self, waits: Waits) -> Waiting:
        """Return who takes the turns, and waits where the registry asks for it."""
        return Waiting(self._link.pause, partial(self._step, 0), waits)

    def close(self) -> None:
        """Let go of the line."""
        self._link.close()

    # --- hello and tip --------------------------------------------------------------------------

    def _heard_hello(self, hello: Hello) -> Turn:
        _demand_common(hello)
        if hello.public_key != self._peer.registry_key:
            raise RegistryNonsense(self._peer.url, "another registry answers")
        self._spoken = min(hello.newest, NEWEST_SPOKEN)
        self._total = hello.log_size
        self._offset = hello.now - self._clock.now()
        shown = hello.log_size, hello.log_root
        if self._peer.tree_head is not None and hello.log_size < self._peer.tree_head[0]:
            self._note_rolled_back(self._peer.tree_head[0], hello.log_size)
        return self._prove(self._peer.tree_head, shown, self._ask_tip)

    def _ask_tip(self) -> Turn:
        return turn(lambda: self._link.tip(self._node), self._heard_tip)

    # --- the registry's own history -------------------------------------------------------------

    def _prove(self, before: TreeHead | None, shown: TreeHead, then: Callable[[], Turn]) -> Turn:
        """Return what comes next, once the history shown is proved to go on from the one before.

        Raises RegistryRewritten where it does not.
        """
        if before is None or before == shown:
            self._head = shown
            return then()
        if shown[0] <= before[0]:
            raise RegistryRewritten(self._peer.url, before[0])
        if self._spoken < PROTOCOL_4:
            self._head = shown
            return then()

        def heard(said: TreeProof) -> Turn:
            if not tree.begins(_head(before), _head(shown), said.steps):
                raise RegistryRewritten(self._peer.url, before[0])
            self._head = shown
            return then()

        return turn(lambda: self._link.consistency(before[0], shown[0]), heard)

    def _heard_tip(self, tip: RemoteTip) -> Turn:
        if tip.status in ("quarantined", "revoked", "succeeded"):
            raise NodeQuarantined(self._node)
        if tip.number > self._own.number:
            return self._take_back(tip)
        if tip.number and self._tip_at(tip.number).hash != tip.hash:
            return self._take_back(tip)
        if tip.number < self._peer.acknowledged:
            self._note_rolled_back(self._peer.acknowledged, tip.number)
        self._note_clock()
        self._held = tip.number
        self._total = self._own.number - tip.number + max(self._total - self._peer.cursor, 0)
        first = min(tip.number, max(self._own.number - 1, 0))
        if self._spoken < PROTOCOL_2:
            return self._push_after(first)
        losses = portions(entries_ahead(self._books, self._node, tip.seq))
        return self._tell_ahead(losses, first)

    def _note_clock(self) -> None:
        """Write down that the clocks differ, once this is known to be no old copy of itself."""
        source = self._peer.registry
        noted = comparison(self._books, self._node, self._offset, source)
        if noted is not None and self._books.overtaken(self._node) is None:
            self._books.record([noted], by=None)
            self._own = self._books.tip()

    # --- an old copy ----------------------------------------------------------------------------

    def _take_back(self, tip: RemoteTip) -> Turn:
        """Return the turn that takes back entries of ours that the registry holds and we do not.

        Their signatures show that this is an old copy of ourselves, and no lie of the registry's:
        from then on nothing more is written with this key. Raises NodeOvertaken at the end, or
        ChainForked where this copy wrote on already; BooksRolledBack where nothing shows that the
        registry is right.
        """
        had = self._own.number
        trouble = (
            BooksRolledBack(tip.number, had)
            if tip.number > had
            else ChainForked(self._node, tip.number)
        )
        if self._spoken < PROTOCOL_4:
            raise trouble

        def heard(entries: Sequence[Entry]) -> Turn:
            taken = self._taken_back(entries)
            now = self._books.tip().number
            if taken and now < tip.number:
                return ask(now)
            raise NodeOvertaken(now) if self._books.overtaken(self._node) else trouble

        def ask(after: int) -> Turn:
            return turn(lambda: self._link.entries(self._node, after), heard)

        return ask(min(had, tip.number - 1))

    def _taken_back(self, entries: Sequence[Entry]) -> int:
        """Take in what we signed ourselves; whatever of it is new here says that we are old."""
        ours = [one for one in entries if ledger.is_signed(one, self._key)]
        try:
            taken = self._books.receive(ours).entries
        except ChainForked:
            self._books.note_overtaken(self._node, self._own)
            raise
        if taken:
            self._books.note_overtaken(self._node, self._books.tip())
            self._step(len(taken))
        return len(taken)

    # --- what cannot wait -----------------------------------------------------------------------

    def _tell_ahead(self, losses: Iterator[tuple[Entry, ...]], first: int) -> Turn:
        """Return the turn that tells losses ahead; what is too much for it waits for the chain."""
        portion = next(losses, None)
        if portion is None:
            return self._ask_hot_list(first)

        def heard(answer: Told | TooMuch) -> Turn:
            if not isinstance(answer, Told):
                return self._ask_hot_list(first)
            return self._tell_ahead(losses, first)

        return turn(
            lambda: unless_too_much(lambda: self._link.tell_ahead(self._node, portion)), heard
        )

    def _ask_hot_list(self, first: int) -> Turn:
        """Return the turn that fetches the list of lost weapons; a line too thin goes without."""
        lists = self._hot_lists
        if lists is None:
            return self._push_after(first)
        have = lists.number(self._peer.registry)

        def heard(answer: bytes | TooMuch) -> Turn:
            if isinstance(answer, bytes) and answer:
                self._take_hot_list(lists, answer)
            return self._push_after(first)

        return turn(lambda: unless_too_much(lambda: self._link.hot_list(have)), heard)

    def _take_hot_list(self, lists: HotLists, raw: bytes) -> None:
        try:
            lists.accept(raw)
        except HotListForged as error:
            raise RegistryNonsense(self._peer.url, f"hot list: {error.why}") from error

    def _note_rolled_back(self, had: int, has: int) -> None:
        """Remember the alarm, and read the feed from its start: its positions are new ones."""
        self._rolled_back = self._rolled_back or RegistryRolledBack(self._peer.url, had, has)
        self._head = None
        self._keep(begun_anew(replace(self._peer, tree_head=None)))

    def _tip_at(self, number: int) -> Tip:
        entry = self._books.entries(self._node, number - 1, 1)[0]
        return _tip_after(entry)

    # --- push -----------------------------------------------------------------------------------

    def _push_after(self, number: int) -> Turn:
        """Return the turn that offers the next entries; the last one is always offered again.

        Its receipt shows that both sides hold the same chain, and today's tree head.
        """
        batch = tuple(self._next_batch(number))
        if not batch:
            return self._ask_numbers()
        begun: list[Instant] = []

        def push() -> Receipt | TooMuch:
            begun.append(self._clock.now())
            return unless_too_much(lambda: self._link.push(self._node, batch))

        return turn(push, lambda answer: self._heard_push(number, batch, begun[0], answer))

    def _next_batch(self, number: int) -> Iterator[Entry]:
        size = facts = 0
        while entries := self._books.entries(self._node, number, _READ_AT_ONCE):
            for entry in entries:
                size += _size(entry)
                facts += len(entry.facts)
                if facts > len(entry.facts) and (size > self._batch or facts > MOST_FACTS_A_BATCH):
                    return
                yield entry
            number += len(entries)

    def _heard_push(
        self, number: int, batch: Sequence[Entry], begun: Instant, answer: Receipt | TooMuch
    ) -> Turn:
        if not isinstance(answer, Receipt):
            self._batch = halved(sum(map(_size, batch)), len(batch), answer)
            return self._push_after(number)
        tip = _tip_after(batch[-1])
        if not receipt_names(answer, self._node, tip):
            raise RegistryNonsense(self._peer.url, "a receipt for something else")
        if self._clock.now() - begun < QUICK:
            self._batch = min(self._batch * 2, LARGEST_BATCH)
        self._note_sent(answer, batch)
        if tip.number < self._own.number:
            return self._push_after(tip.number)
        return self._prove(self._head, (answer.log_size, answer.log_root), self._pushed_all)

    def _pushed_all(self) -> Turn:
        """Return the next turn, once the head that the last receipt signed for is proved."""
        self._keep(replace(self._peer, tree_head=self._head))
        return self._ask_numbers()

    def _note_sent(self, receipt: Receipt, batch: Sequence[Entry]) -> None:
        new = [entry for entry in batch if _tip_after(entry).number > self._held]
        self._sent += sum(len(entry.facts) for entry in new)
        if self._photos is not None and not self._photos.carried:
            self._named += sum(map(photos_named, new))
        self._held = max(self._held, receipt.number)
        self._receipt = receipt
        self._books.keep_receipt(self._peer.registry_key, receipt)
        self._keep(replace(self._peer, acknowledged=receipt.number))
        self._step(len(new))

    # --- asked for before the feed --------------------------------------------------------------

    def _ask_numbers(self) -> Turn:
        """Return the turn that asks for marking numbers, if any are wanted; their grant is fed."""
        if self._numbers is None or self._spoken < PROTOCOL_3:
            return self._ask_finds()
        return ask_numbers(self._numbers, self._link, self._peer.registry, self._ask_finds)

    def _ask_finds(self) -> Turn:
        """Return the turn that asks for the records of lost weapons that were read here, if any."""
        if self._hot_lists is None or self._spoken < PROTOCOL_5:
            return self._feed()
        return ask_finds(self._hot_lists, self._link, self._peer.registry, self._node, self._feed)

    # --- feed -----------------------------------------------------------------------------------

    def _feed(self) -> Turn:
        """Return the turn that begins with the feed, and what it needs of this talk."""
        line = Line(self._link, self._clock, self._node, self._spoken, self._progress)
        self._total = max(self._total, self._done)
        return Feeding(self._books, line, self._peer, self._feed_step, self._fed).ask()

    def _feed_step(self, moved: int, left: int) -> None:
        self._total = self._done + moved + left
        self._step(moved)

    def _fed(self, fed: Fed) -> Turn | Synced:
        self._peer, self._taken = fed.peer, fed.taken
        proofs, shown = self._log_proofs, self._head
        if proofs is None or shown is None or fed.head is None or self._spoken < PROTOCOL_5:
            return self._follow_with_photos(fed.trouble)

        def proved(split: LogSplit | None) -> Turn | Synced:
            return self._follow_with_photos(fed.trouble or split)

        return ProvingLog(proofs, self._link, self._peer, _head(shown), fed.head, proved).begin()

    # --- photos, and the end --------------------------------------------------------------------

    def _follow_with_photos(self, trouble: Trouble | None) -> Turn | Synced:
        """Return the turn that begins with the photos, now that all of the record is exchanged."""
        desk, registry = self._photos, self._peer.registry
        if desk is None or self._spoken < PROTOCOL_5:
            return self._result(trouble)
        if not desk.carried:
            waiting = desk.photos.waiting(registry) + self._named
            desk.photos.note_waiting(registry, waiting)
            return self._result(trouble)

        def moved(photos: PhotosMoved) -> Synced:
            return replace(self._result(trouble), photos=photos)

        return MovingPhotos(
            desk, self._books, self._link, self._clock, registry,
            lambda: self._step(0), moved,
        ).begin()  # fmt: skip

    def _result(self, trouble: Trouble | None) -> Synced:
        conflicts = self._books.count_conflicts()
        return Synced(self._sent, self._taken, conflicts, self._receipt, self._rolled_back, trouble)

    def _keep(self, peer: Peer) -> None:
        self._peer = peer
        self._books.keep_peer(peer)

    def _step(self, entries: int) -> None:
        self._done += entries
        self._progress(min(self._done, self._total), self._total)


def _demand_common(hello: Hello) -> None:
    if hello.newest < OLDEST_SPOKEN or hello.oldest > NEWEST_SPOKEN:
        raise ProtocolTooOld(NEWEST_SPOKEN, hello.newest)


def _tip_after(entry: Entry) -> Tip:
    header = ledger.read_header(entry.header)
    return Tip(header.c, header.f + header.k - 1, ledger.entry_hash(entry.header))


def _size(entry: Entry) -> int:
    return len(entry.header) + sum(map(len, entry.facts))


def _head(shown: TreeHead) -> tuple[int, Digest]:
    return shown[0], Digest(shown[1])


def _tidy(url: str) -> str:
    return url.strip().rstrip("/")
