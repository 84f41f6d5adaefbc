"""The feed: what others wrote, read page by page, then compared with what the registry says.

A page is small at first, twice as long after each quick one, half as long after a slow one. After
every page the cursor is kept, with the count and the seal of what was told: killed anywhere, the
next talk goes on from there, and a page that comes twice is taken once. Where another feed answers,
or a page brings only what is held, the next question says how far each chain is held, and that is
not told again. Where both sides turn out to hold different things everything is read anew and in
full, once; what differs then is an alarm, and the next talk reads from the start. Where that brings
nothing it is not read twice: it would be the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from stockpile.domain import codec, ledger, tree
from stockpile.domain.errors import (
    ChainForked,
    ChainGap,
    RegistryContradicts,
    RegistryNonsense,
    RegistryWithholds,
    SharesDiffered,
)
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import PROTOCOL_5, FeedItem, FeedPage
from stockpile.domain.facts import NodeCertified
from stockpile.domain.ledger import Entry
from stockpile.domain.sharing import Difference, Sealed, Shares, differences
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.services.ports import Books, Clock, Peer, Progress, RegistryLink, silent
from stockpile.services.turns import (
    Synced,
    TooMuch,
    Trouble,
    Turn,
    halved,
    turn,
    unless_too_much,
)

FIRST_LIMIT: Final = 200
LARGEST_LIMIT: Final = 500
"""Items of a page."""
FIRST_PAGE: Final = 64 << 10
LARGEST_PAGE: Final = 2 << 20
"""Bytes of a page before they are squeezed; a quarter of that travels."""
QUICK: Final[Instant] = 5_000
MOST_FEEDS: Final = 3
"""Feeds that a registry may name in one talk: it may make one anew, and not for ever."""
MOST_ROUNDS: Final = 5
"""How often more is read because the feed grew while both sides compared."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the registry, whose node speaks on it, and the protocol that both speak.

    ``progress`` is told of what takes long here: the register derived anew.
    """

    link: RegistryLink
    clock: Clock
    node: NodeId
    spoken: int
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Fed:
    """What reading the feed came to: how far it got, facts taken, what people must be told.

    ``head`` is the log's size and root as the last page showed them.
    """

    peer: Peer
    taken: int
    trouble: Trouble | None = None
    head: tuple[int, Digest] | None = None


def begun_anew(peer: Peer) -> Peer:
    """Return the peer with its feed to be read from the start."""
    return replace(peer, cursor=0, told=0, seal="")


class Feeding:
    """Reads a registry's feed to its end, turn by turn."""

    def __init__(
        self, books: Books, line: Line, peer: Peer, step: Callable[[int, int], None],
        done: Callable[[Fed], Turn | Synced],
    ) -> None:  # fmt: skip
        self._books = books
        self._line = line
        self._peer = peer
        self._step = step
        self._done = done
        self._limit, self._most = FIRST_LIMIT, FIRST_PAGE
        self._feeds = self._rounds = self._taken = 0
        self._has_moved = self._is_known = False
        self._is_from_start = not peer.cursor
        self._compared_at = -1
        self._head: tuple[int, Digest] | None = None
        self._differed: tuple[Difference, ...] = ()

    def ask(self) -> Turn:
        """Return the turn that asks for the next page."""
        begun: list[Instant] = []

        def say() -> FeedPage | TooMuch:
            begun.append(self._line.clock.now())
            return unless_too_much(self._next_page)

        return turn(say, lambda answer: self._heard(answer, begun[0]))

    def _next_page(self) -> FeedPage:
        link, after = self._line.link, self._peer.cursor
        if self._line.spoken < PROTOCOL_5:
            return link.feed(after, self._limit)
        if not self._is_known or self._differed:
            return link.feed(after, self._limit, self._most, self._peer.scope)
        held = {node: tip.number for node, tip in self._books.tips() if node != self._line.node}
        return link.feed(after, self._limit, self._most, self._peer.scope, held)

    def _heard(self, page: FeedPage | TooMuch, begun: Instant) -> Turn | Synced:
        if not isinstance(page, FeedPage):
            self._limit = halved(self._limit, self._limit, page)
            self._most = max(self._most // 2, 1)
            return self.ask()
        if self._line.clock.now() - begun < QUICK:
            self._limit = min(self._limit * 2, LARGEST_LIMIT)
            self._most = min(self._most * 2, LARGEST_PAGE)
        self._follow_feed(page)
        self._demand_in_order(page)
        before = self._taken
        try:
            for (node, _kind), run in groupby(page.items, key=_run_of):
                self._take(node, tuple(run))
        except ChainGap as gap:
            return self._missed(gap)
        self._is_known = self._is_known or bool(page.items and self._taken == before)
        return self._keep_page(page)

    def _follow_feed(self, page: FeedPage) -> None:
        """Begin anew where another feed answers than the cursor's; raise where that never ends."""
        if page.scope == self._peer.scope:
            return
        self._feeds += 1
        if self._feeds > MOST_FEEDS or self._line.spoken < PROTOCOL_5:
            raise RegistryNonsense(self._peer.url, "another feed again")
        self._is_known = self._is_known or bool(self._peer.cursor)
        self._peer = begun_anew(replace(self._peer, scope=page.scope))

    def _demand_in_order(self, page: FeedPage) -> None:
        places = [self._peer.cursor, *(item.position for item in page.items)]
        rising = all(one < other for one, other in pairwise(places))
        if not rising or not places[-1] <= page.last <= max(page.end, self._peer.cursor):
            raise RegistryNonsense(self._peer.url, "feed out of order")

    def _keep_page(self, page: FeedPage) -> Turn | Synced:
        moved = page.last - self._peer.cursor
        sealed = Sealed(self._peer.told, self._peer.seal).with_facts(_told_in(page))
        heard_at = self._line.clock.now()
        so_far = replace(self._peer, cursor=page.last, heard_at=heard_at)
        self._keep(replace(so_far, told=sealed.told, seal=sealed.seal))
        self._head = page.log_size, page.log_root
        self._has_moved = self._has_moved or bool(moved)
        self._step(moved, max(page.end - page.last, 0))
        return self.ask() if moved and page.last < page.end else self._compare()

    def _keep(self, peer: Peer) -> None:
        self._peer = peer
        self._books.keep_peer(peer)

    # --- what is taken --------------------------------------------------------------------------

    def _take(self, node: NodeId, run: Sequence[FeedItem]) -> None:
        """Take one node's entries in; from the registry's own, learn which nodes to trust."""
        if node == self._line.node:
            return
        if node != self._peer.registry:
            self._demand_certified(node)
        entries = tuple(one.entry for one in run if isinstance(one.entry, Entry))
        excerpts = tuple(one.entry for one in run if isinstance(one.entry, Excerpt))
        if entries:
            self._taken += self._received(node, entries)
        if excerpts:
            told = self._books.receive_excerpts(excerpts, self._line.progress)
            self._taken += len(told.facts)
        if node == self._peer.registry:
            for entry in entries:
                self._trust_named(entry)

    def _received(self, node: NodeId, entries: Sequence[Entry]) -> int:
        """Take entries in, and return how many facts they brought.

        Another history of a node than the one held is kept and makes a conflict; the rest of the
        feed is read all the same. Another history of the registry itself stops it.
        """
        try:
            return len(self._books.receive(entries, self._line.progress).facts)
        except ChainForked:
            if node == self._peer.registry:
                raise
            return 0

    def _trust_named(self, entry: Entry) -> None:
        """Trust the nodes that an entry of the registry's own chain certifies."""
        for fact in map(codec.decode, entry.facts):
            if isinstance(fact.body, NodeCertified):
                self._trust(fact.body)

    def _trust(self, named: NodeCertified) -> None:
        try:
            key = bytes.fromhex(named.public_key)
        except ValueError as error:
            raise RegistryNonsense(self._peer.url, "certified key") from error
        self._books.trust(named.node, key)

    def _demand_certified(self, node: NodeId) -> None:
        """Raise RegistryNonsense unless the pinned registry's own chain certifies the node."""
        certified = [
            fact.body
            for fact in self._books.history(node)
            if fact.node == self._peer.registry and isinstance(fact.body, NodeCertified)
        ]
        if not certified:
            raise RegistryNonsense(self._peer.url, f"{node} is not certified")
        self._trust(certified[0])

    # --- what both sides hold -------------------------------------------------------------------

    def _compare(self) -> Turn | Synced:
        """Return the turn that compares what both sides hold.

        Who is told the whole country has a proof that the log only grew, and compares what moved.
        """
        is_due = bool(self._peer.scope) or self._has_moved or bool(self._differed)
        if self._line.spoken < PROTOCOL_5 or not is_due:
            return self._ended()
        return self._ask_shares(amiss=False)

    def _missed(self, gap: ChainGap) -> Turn | Synced:
        """Return what is done about an entry that the feed leaped over."""
        if self._line.spoken < PROTOCOL_5:
            raise gap
        missed = (Difference("entries", gap.node, gap.have, gap.offered),)
        if self._differed:
            return self._ended(missed)
        self._differed = missed
        return self._ask_shares(amiss=True)

    def _ask_shares(self, *, amiss: bool) -> Turn:
        peer, line = self._peer, self._line
        said = Shares(peer.scope, peer.cursor, peer.told, peer.seal, amiss=amiss)

        def heard(answer: Shares | TooMuch) -> Turn | Synced:
            if isinstance(answer, Shares):
                return self._looked_through(answer) if amiss else self._heard_shares(answer)
            if amiss:
                raise answer
            return self._ended()

        return turn(lambda: unless_too_much(lambda: line.link.shares(line.node, said)), heard)

    def _looked_through(self, said: Shares) -> Turn | Synced:
        # only what is told in full shows another history of what is held
        is_lack = all(one.lack != "history" for one in self._differed)
        if said.scope == self._peer.scope and self._brought_nothing and is_lack:
            return self._ended(self._differed)
        return self._read_anew()

    def _heard_shares(self, said: Shares) -> Turn | Synced:
        if said.scope != self._peer.scope:  # it lacked something, and was made anew
            self._differed = self._differed or self._facts_differing(said)
            return self._once_more()
        if said.size > self._peer.cursor:
            return self._read_on(said)
        held = {node: tip.number for node, tip in self._books.tips()}
        here = Sealed(self._peer.told, self._peer.seal)
        found = self._unexplained(differences(said, here, held, self._hash_at))
        if not found or self._differed:
            return self._ended(found)
        self._differed = found
        return self._ask_shares(amiss=True)

    @property
    def _brought_nothing(self) -> bool:
        """Say whether this talk read from the start and all was held: as the last one left it."""
        return self._is_from_start and not self._taken

    def _unexplained(self, found: Iterable[Difference]) -> tuple[Difference, ...]:
        """Return what is not the doing of a node that wrote two histories, as is known here."""
        return tuple(
            one for one in found if not (one.node and self._books.beside(NodeId(one.node)))
        )

    def _read_on(self, said: Shares) -> Turn | Synced:
        """Read what was added meanwhile; a feed that does not give its own end lacks something."""
        if self._compared_at != self._peer.cursor:
            self._compared_at = self._peer.cursor
            return self._once_more()
        if self._differed:
            return self._ended(self._facts_differing(said))
        self._differed = self._facts_differing(said)
        return self._ask_shares(amiss=True)

    def _once_more(self) -> Turn | Synced:
        self._rounds += 1
        return self.ask() if self._rounds <= MOST_ROUNDS else self._ended()

    def _facts_differing(self, said: Shares) -> tuple[Difference, ...]:
        return (Difference("facts", "", self._peer.told, said.told),)

    def _read_anew(self) -> Turn:
        self._keep(begun_anew(self._peer))
        return self.ask()

    def _hash_at(self, node: NodeId, number: int) -> Digest | None:
        entry = next(iter(self._books.entries(node, number - 1, 1)), None)
        return None if entry is None else ledger.entry_hash(entry.header)

    def _ended(self, still: Sequence[Difference] = ()) -> Turn | Synced:
        if still:  # the next talk looks again, also where the feed did not grow meanwhile
            self._keep(begun_anew(self._peer))
        return self._done(Fed(self._peer, self._taken, self._trouble(still), self._head))

    def _trouble(self, still: Sequence[Difference]) -> Trouble | None:
        lacking = tuple(map(str, still))
        if any(one.lack == "history" for one in still):
            return RegistryContradicts(self._peer.url, lacking)
        if still:
            return RegistryWithholds(self._peer.url, lacking)
        if self._differed:
            return SharesDiffered(self._peer.url, tuple(map(str, self._differed)))
        return None


def _run_of(item: FeedItem) -> tuple[NodeId, bool]:
    return NodeId(ledger.read_header(item.entry.header).n), isinstance(item.entry, Excerpt)


def _told_in(page: FeedPage) -> Iterator[Digest]:
    """Give the hashes of the single facts that a page tells."""
    for item in page.items:
        for part in item.entry.parts if isinstance(item.entry, Excerpt) else ():
            yield Digest(tree.leaf_hash(part.raw).hex())
