"""One talk with a registry, turn by turn, in its order.

Hello, and the proof that the registry's log only grew; its tip of our chain; losses first, the list
of lost weapons, what is new here, numbers and records asked for, the feed, photos.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from stockpile.domain import tree
from stockpile.domain.errors import (
    LogSplit,
    NodeQuarantined,
    ProtocolTooOld,
    RegistryNonsense,
    RegistryRewritten,
    RegistryRolledBack,
    StockpileError,
)
from stockpile.domain.exchange import (
    NEWEST_SPOKEN,
    OLDEST_SPOKEN,
    PROTOCOL_2,
    PROTOCOL_3,
    PROTOCOL_4,
    PROTOCOL_5,
    Hello,
    RemoteTip,
    TreeProof,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest
from stockpile.services import clock_entries
from stockpile.services.asking import ask_finds, ask_hot_list, ask_numbers
from stockpile.services.clocks import comparison
from stockpile.services.exchange_standing import photos_named
from stockpile.services.feeding import Fed, Feeding, Line, begun_anew
from stockpile.services.hot_list import HotLists
from stockpile.services.log_proofs import LogProofs, ProvingLog
from stockpile.services.numbers import Numbers
from stockpile.services.offering import Offered, Offering, Reach, tip_after
from stockpile.services.old_copies import TakingBack
from stockpile.services.photo_exchange import MovingPhotos, PhotoExchange
from stockpile.services.ports import Books, Clock, Keys, Peer, Progress, RegistryLink
from stockpile.services.telling_ahead import entries_ahead, portions, tell_ahead
from stockpile.services.telling_histories import tell_histories
from stockpile.services.telling_own import TellingOwn
from stockpile.services.turns import PhotosMoved, Synced, Trouble, Turn, graver, turn
from stockpile.services.waiting import Waiting, Waits

TreeHead = tuple[int, str]


class Session:
    """One talk with one registry; each answer decides the next turn."""

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
        self._spoken = OLDEST_SPOKEN
        self._done = self._total = self._taken = 0
        self._offered = Offered(peer)
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
        demand_common(hello)
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

        def heard(said: TreeProof | None) -> Turn:
            if said is None:
                return self._tell_own(NodeQuarantined(self._node))
            if not tree.begins(_head(before), _head(shown), said.steps):
                raise RegistryRewritten(self._peer.url, before[0])
            self._head = shown
            return then()

        return turn(
            lambda: _unless_quarantined(lambda: self._link.consistency(before[0], shown[0])), heard
        )

    def _heard_tip(self, tip: RemoteTip) -> Turn:
        if tip.status in ("quarantined", "revoked", "succeeded"):
            return self._tell_own(NodeQuarantined(self._node))
        if self._is_old_copy(tip):
            return TakingBack(
                self._books, self._line(), self._key, self._own, self._step, self._stopped
            ).up_to(tip, self._peer.acknowledged)
        if tip.number < self._peer.acknowledged:
            self._note_rolled_back(self._peer.acknowledged, tip.number)
        self._note_clock()
        self._total = self._own.number - tip.number + max(self._total - self._peer.cursor, 0)
        first = min(tip.number, max(self._own.number - 1, 0))
        offer = partial(self._offer, Reach(tip.number, self._own.number), first)
        if self._spoken < PROTOCOL_2:
            return offer()
        losses = portions(entries_ahead(self._books, self._node, tip.seq))
        return tell_ahead(losses, self._link, self._node, partial(self._ask_hot_list, offer))

    # --- stopped --------------------------------------------------------------------------------

    def _stopped(self, trouble: StockpileError) -> Turn:
        """Return the turns that tell what the registry lacks, and then raise the trouble.

        Others first: once it has heard our own other history, it listens to us no more.
        """
        if self._spoken < PROTOCOL_5:
            return self._tell_own(trouble)
        return tell_histories(self._books, self._link, partial(self._tell_own, trouble), self._node)

    def _tell_own(self, trouble: StockpileError) -> Turn:
        """Return the turns that tell what we wrote and the registry does not count; then raise."""

        def stop() -> Turn:
            raise trouble

        return TellingOwn(self._books, self._line(), self._step, stop).begin()

    def _is_old_copy(self, tip: RemoteTip) -> bool:
        """Say whether the registry holds more of our chain than we do, or something else."""
        if not 0 < tip.number <= self._own.number:
            return tip.number > self._own.number
        (entry,) = self._books.entries(self._node, tip.number - 1, 1)
        return tip_after(entry).hash != tip.hash

    def _note_clock(self) -> None:
        """Write down that the clocks differ, once this is known to be no old copy of itself."""
        source = self._peer.registry
        noted = comparison(self._books, self._node, self._offset, source)
        if noted is not None and self._books.overtaken(self._node) is None:
            self._books.record([noted], by=None)
            self._own = self._books.tip()

    def _note_rolled_back(self, had: int, has: int) -> None:
        """Remember the alarm, and read the feed from its start: its positions are new ones."""
        self._rolled_back = self._rolled_back or RegistryRolledBack(self._peer.url, had, has)
        self._head = None
        self._keep(begun_anew(replace(self._peer, tree_head=None)))

    def _line(self) -> Line:
        return Line(self._link, self._clock, self._node, self._spoken, self._progress)

    # --- before the feed ------------------------------------------------------------------------

    def _ask_hot_list(self, then: Callable[[], Turn]) -> Turn:
        if self._hot_lists is None:
            return then()
        return ask_hot_list(self._hot_lists, self._link, self._peer, then)

    def _offer(self, reach: Reach, first: int) -> Turn:
        """Return the turn that offers the next entries; the last one is always offered again.

        Its receipt shows that both sides hold the same chain, and today's tree head.
        """
        is_counted = self._photos is not None and not self._photos.carried
        named = photos_named if is_counted else _none
        line, peer = self._line(), self._peer
        offering = Offering(
            self._books, line, peer, reach, self._step, self._heard_last_receipt, named
        )
        return offering.after(first)

    def _heard_last_receipt(self, offered: Offered) -> Turn:
        self._peer, self._offered = offered.peer, offered
        last = offered.receipt
        if last is None:
            return self._ask_numbers()
        return self._prove(self._head, (last.log_size, last.log_root), self._offered_all)

    def _offered_all(self) -> Turn:
        """Return the next turn, once the head that the last receipt signed for is proved."""
        self._keep(replace(self._peer, tree_head=self._head))
        return self._ask_numbers()

    def _ask_numbers(self) -> Turn:
        """Return the turn that asks for marking numbers, if any are wanted; their grant is fed."""
        if self._numbers is None or self._spoken < PROTOCOL_3:
            return self._ask_finds()
        return ask_numbers(self._numbers, self._link, self._peer.registry, self._ask_finds)

    def _ask_finds(self) -> Turn:
        """Return the turn that asks for the records of lost weapons that were read here, if any."""
        if self._hot_lists is None or self._spoken < PROTOCOL_5:
            return self._tell_histories()
        return ask_finds(
            self._hot_lists, self._link, self._peer.registry, self._node, self._tell_histories
        )

    def _tell_histories(self) -> Turn:
        """Return the turn that tells of computers that wrote two histories, if any did."""
        if self._spoken < PROTOCOL_5:
            return self._feed()
        return tell_histories(self._books, self._link, self._feed)

    # --- feed -----------------------------------------------------------------------------------

    def _feed(self) -> Turn:
        """Return the turn that begins with the feed, and what it needs of this talk."""
        self._total = max(self._total, self._done)
        return Feeding(self._books, self._line(), self._peer, self._feed_step, self._fed).ask()

    def _feed_step(self, moved: int, left: int) -> None:
        self._total = self._done + moved + left
        self._step(moved)

    def _fed(self, fed: Fed) -> Turn | Synced:
        self._peer, self._taken = fed.peer, fed.taken
        proofs, shown = self._log_proofs, self._head
        if proofs is None or shown is None or fed.head is None or self._spoken < PROTOCOL_5:
            return self._follow_with_photos(fed.trouble)

        def proved(split: LogSplit | None) -> Turn | Synced:
            return self._follow_with_photos(graver(fed.trouble, split))

        return ProvingLog(proofs, self._link, self._peer, _head(shown), fed.head, proved).begin()

    # --- photos, and the end --------------------------------------------------------------------

    def _follow_with_photos(self, trouble: Trouble | None) -> Turn | Synced:
        """Return the turn that begins with the photos, now that all of the record is exchanged."""
        desk, registry = self._photos, self._peer.registry
        if desk is None or self._spoken < PROTOCOL_5:
            return self._result(trouble)
        if not desk.carried:
            waiting = desk.photos.waiting(registry) + self._offered.photos
            desk.photos.note_waiting(registry, waiting)
            return self._result(trouble)

        def moved(photos: PhotosMoved) -> Synced:
            return replace(self._result(trouble), photos=photos)

        return MovingPhotos(
            desk, self._books, self._link, self._clock, registry,
            lambda: self._step(0), moved,
        ).begin()  # fmt: skip

    def _result(self, trouble: Trouble | None) -> Synced:
        conflicts = clock_entries.count(self._books)
        sent, receipt = self._offered.facts, self._offered.receipt
        return Synced(sent, self._taken, conflicts, receipt, self._rolled_back, trouble)

    def _keep(self, peer: Peer) -> None:
        self._peer = peer
        self._books.keep_peer(peer)

    def _step(self, entries: int) -> None:
        self._done += entries
        self._progress(min(self._done, self._total), self._total)


def demand_common(hello: Hello) -> None:
    """Raise ProtocolTooOld unless the registry and this program speak one language."""
    if hello.newest < OLDEST_SPOKEN or hello.oldest > NEWEST_SPOKEN:
        raise ProtocolTooOld(NEWEST_SPOKEN, hello.newest)


def _unless_quarantined(ask: Callable[[], TreeProof]) -> TreeProof | None:
    """Return the proof; None where the registry proves nothing to us, whom it trusts no more."""
    try:
        return ask()
    except NodeQuarantined:
        return None


def _none(_entry: Entry) -> int:
    return 0


def _head(shown: TreeHead) -> tuple[int, Digest]:
    return shown[0], Digest(shown[1])
