"""The answer to a courier file: the way back of the same stick, and all that a line would bring.

1. The receipt for the sender's chain, signed as over a line, with the proof that the log only grew
   since the head that the sender believes.
2. The registry's own chain: who is enrolled or revoked, which numbers were granted.
3. The stretch of the feed of the sender's scope from where it says that it read; the list of what
   is lost. A stretch that would be too long ends sooner: the next answer goes on from there.
4. What is held of the sender's own chain and the sender holds no more: it is an old copy of itself,
   and its own signature shows it that.
5. Which photos of the sender's site are not here: it writes those along the next time.
6. It is made for the sender alone, from what its newest file said; made twice it says the same.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Final

from stockpile.domain import courier, ledger
from stockpile.domain.courier import EXTENSION, Content, FeedStretch, Held, Manifest
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import FeedPage, Receipt, TreeProof
from stockpile.domain.ledger import Entry
from stockpile.domain.losses import reports_loss
from stockpile.domain.values import NodeId, new_id
from stockpile.locks import age
from stockpile.registry import courier_rows
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_rows import Said
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE, MOST_ITEMS_A_PAGE
from stockpile.registry.photos import Photos
from stockpile.registry.rows import Known

MOST_UNFOLDED: Final = 128 << 20
"""Bytes of a feed's stretch before they are squeezed: a seventh of that travels."""
MOST_FACTS: Final = 300_000
_AT_ONCE: Final = 500
_RANDOM: Final = 10
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was made: what its file is called, its bytes, what is in it.

    ``number`` is up to where the receipt signs for; ``left`` entries of the feed stay for the next.
    """

    name: str
    whole: bytes
    number: int
    entries: int
    facts: int
    left: int


def answer(books: RegistryBooks, node: NodeId, photos: Photos | None = None) -> Answer:
    """Write the courier file for the way back to a node; ``photos`` is where they are kept here.

    Raises NodeUnknown, NodeQuarantined for one that is not trusted, CourierTooLarge.
    """
    known = books.node(node)
    known.demand_trust()
    with books.reading() as connection:
        said = courier_rows.said_by(connection, node)
    gathered = _Gathered(books, known, said)
    gathered.own_chain()
    gathered.lost_entries()
    stretch = gathered.stretch()
    receipts = (books.receipt(node, known.tip.number),) if known.tip.number else ()
    entries = gathered.in_order()
    manifest = _manifest(books, known, said, entries)
    content = Content(
        manifest=manifest,
        holds=tuple(_holds(books, known, said)),
        entries=entries,
        hot_lists=tuple(filter(None, (books.hot_list(0),))),
        excerpts=tuple(gathered.excerpts),
        lacks=(photos or Photos(books, None)).lacking(known),
        receipts=receipts,
        feed=stretch,
        proof=_proof(books, said, receipts),
    )
    locked = age.lock_for(courier.packed(content), [known.public_key])
    whole = courier.sealed(manifest, locked, books.key.sign)
    with books.writing() as connection:
        books.locked(connection, node)
        newest = courier_rows.said_by(connection, node)
        kept = Said(newest.file, newest.made, newest.holds, newest.chains, newest.read, manifest.id)
        courier_rows.keep(connection, node, kept)
    single = sum(len(one.parts) for one in content.excerpts)
    return Answer(
        file_name(known), whole, known.tip.number, len(entries) + len(content.excerpts),
        manifest.facts + single, stretch.size - stretch.last,
    )  # fmt: skip


def file_name(known: Known) -> str:
    """Return what the answer's file is called: letters that every stick and browser takes."""
    said = _NO_NAME.sub("-", known.name).strip("-")
    return f"registry-{said or 'node'}-{known.node[:4]}{EXTENSION}"


@dataclass(slots=True)
class _Gathered:
    """What goes along, gathered from the registry's chain and the feed."""

    books: RegistryBooks
    known: Known
    said: Said
    entries: dict[tuple[NodeId, int], Entry] = field(default_factory=dict)
    excerpts: list[Excerpt] = field(default_factory=list)
    size: int = 0
    facts: int = 0

    def own_chain(self) -> None:
        """Gather the registry's own chain after what the node holds: it says whom to believe."""
        own = self.books.key.node
        self._chain(own, dict(self.said.holds).get(own, 0))

    def lost_entries(self) -> None:
        """Gather what the node wrote, sent, and said in its newest file that it does not hold."""
        held = dict(self.said.holds).get(self.known.node)
        if held is not None and held < self.known.tip.number:
            self._chain(self.known.node, held)

    def _chain(self, node: NodeId, after: int) -> None:
        while portion := self.books.entries(node, after, _AT_ONCE):
            for entry in portion:
                self._keep(entry)
            after += len(portion)

    def stretch(self) -> FeedStretch:
        """Gather the feed from where the node read, as far as a file goes, and say how far."""
        read = self.said.read
        token, after = (read.scope, read.place) if read else ("", 0)
        page = self._page(after, token)
        if page.scope != token or after > page.end:  # another scope, or a registry put back
            token, after = page.scope, 0
            page = self._page(after, token)
        last = self._keep_page(page)
        while last < page.end and self._has_room():
            page = self._page(last, token)
            if page.scope != token or page.last <= last:
                break  # made anew meanwhile: the next answer begins it from its start
            last = self._keep_page(page)
        return FeedStretch(token, after, last, max(page.end, last))

    def in_order(self) -> tuple[Entry, ...]:
        """Return the entries chain by chain, the registry's own first."""
        own = self.books.key.node
        order = sorted(self.entries, key=lambda place: (place[0] != own, place))
        return tuple(self.entries[place] for place in order)

    def _page(self, after: int, token: str) -> FeedPage:
        return self.books.feed(self.known.node, after, MOST_ITEMS_A_PAGE, MOST_BYTES_A_PAGE, token)

    def _keep_page(self, page: FeedPage) -> int:
        held = dict(self.said.holds)
        for item in page.items:
            told = item.entry
            if isinstance(told, Excerpt):
                self.excerpts.append(told)
                self._count([part.raw for part in told.parts])
            elif ledger.read_header(told.header).c > held.get(_node_of(told), 0):
                self._keep(told)
        return page.last

    def _keep(self, entry: Entry) -> None:
        place = _node_of(entry), ledger.read_header(entry.header).c
        if place not in self.entries:
            self.entries[place] = entry
            self._count(entry.facts)

    def _count(self, raws: list[bytes] | tuple[bytes, ...]) -> None:
        self.size += sum(map(len, raws))
        self.facts += len(raws)

    def _has_room(self) -> bool:
        return self.size < MOST_UNFOLDED and self.facts < MOST_FACTS


def _holds(books: RegistryBooks, known: Known, said: Said) -> list[Held]:
    """Return how far the chains are held that the node's files bring; of others it is not told."""
    wanted = dict.fromkeys((books.key.node, known.node, *said.chains))
    tips = [(one.node, one.tip) for one in books.nodes() if one.node in wanted]
    return [Held(node, tip.number, tip.hash) for node, tip in tips if tip.number]


def _manifest(
    books: RegistryBooks, known: Known, said: Said, entries: tuple[Entry, ...]
) -> Manifest:
    now = books.now()
    return Manifest(
        v=courier.VERSION,
        id=new_id(now, secrets.token_bytes(_RANDOM)),
        sender=books.key.node,
        key=books.key.public_key.hex(),
        name=books.node(books.key.node).name,
        to=(known.node,),
        created=now,
        chains=courier.chain_parts(entries),
        facts=sum(len(entry.facts) for entry in entries),
        previous=said.sent,
        urgent=courier.chain_parts([one for one in entries if reports_loss(one)]),
    )


def _proof(books: RegistryBooks, said: Said, receipts: tuple[Receipt, ...]) -> TreeProof | None:
    """Return the proof from the head that the node believes to the one that its receipt names."""
    old = said.read.log_size if said.read else 0
    if not receipts or not 0 < old < receipts[0].log_size:
        return None
    return books.proof(old, receipts[0].log_size)


def _node_of(entry: Entry) -> NodeId:
    return NodeId(ledger.read_header(entry.header).n)
