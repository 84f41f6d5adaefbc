"""A courier file at the registry: opened, proved, and told in what it would bring.

1. The registry is a receiver like a node: files are locked with its own key, or with words.
2. It takes whole chains of nodes that it knows, by the same way as over a line, and nothing else: a
   chain that an untrusted node passes on is left aside, single facts come with their own chain.
3. Everything is asked of an entry here that can be asked before it is taken in; nothing is written.
4. Losses are told first. Where earlier entries are missing they are told ahead all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from sqlalchemy import Connection, select

from stockpile.domain import codec, courier, ledger
from stockpile.domain.courier import Content, Manifest
from stockpile.domain.errors import (
    ChainBroken,
    ChainForked,
    CourierForged,
    CourierForOther,
    CourierIncomplete,
    CourierTooLarge,
    FactUnreadable,
    NodeQuarantined,
    NodeUnknown,
    SenderNotEnrolled,
    StockpileError,
)
from stockpile.domain.facts import (
    Fact,
    NodeCertified,
    WaybillOpened,
    WeaponRecovered,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.registry.authority import standing
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_reading import Reading, Told
from stockpile.registry.database import among
from stockpile.registry.rows import Known, known_node
from stockpile.registry.tables import CM

MOST_UNFOLDED: Final = 512 << 20
"""Bytes that a file may unfold into here: a million facts and more."""
_LEAST_UNFOLDED: Final = 1 << 20
_FOLDED: Final = 200
"""A file of ours folds into an eighth, a uniform one into a fortieth; what folds into far less was
made to fill a memory."""
_AT_ONCE: Final = 5_000

Stands = Literal["new", "known", "gap", "forked", "untrusted", "aside"]
"""``known``: nothing in it is new; ``aside``: nobody here knows or trusts that node."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One node's chain in a file: from where to where, how far it is held, what would be taken."""

    node: NodeId
    name: str
    first: int
    last: int
    held: int
    stands: Stands
    fresh: tuple[Entry, ...] = ()
    facts: int = 0
    fork: int = 0

    @property
    def known(self) -> int:
        """How many of its entries are held already."""
        return self.last - self.first + 1 - len(self.fresh)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring; ``trouble`` is what stands against its sender's chain.

    ``confirmed`` is how far the sender says that it holds the registry's own chain. ``certificate``
    is that of an enrolment officer, for a sender that this registry is to let in by it.
    ``unproved`` facts are proved only as they are taken in: the file is long.
    """

    sender: NodeId
    name: str
    made: Instant
    chains: tuple[Seen, ...]
    losses: tuple[Fact, ...]
    more_losses: int
    waybills: tuple[WaybillOpened, ...]
    told: tuple[Told, ...]
    confirmed: int
    unproved: int = 0
    certificate: NodeCertified | None = None
    trouble: StockpileError | None = None

    @property
    def facts(self) -> int:
        """How many facts are new."""
        return sum(one.facts for one in self.chains)

    @property
    def is_known(self) -> bool:
        """Say whether everything in it is held already."""
        return not any(one.fresh for one in self.chains)


@dataclass(frozen=True, slots=True)
class Looked:
    """A courier file that was opened and proved; nothing of it was taken in."""

    content: Content
    preview: Preview


def look(books: RegistryBooks, whole: bytes, path: str, words: str = "") -> Looked:
    """Open a courier file and prove it.

    Raises CourierTooLarge, CourierForged, CourierForOther, CourierWordsWrong, SenderNotEnrolled.
    """
    content = opened(books, whole, path, words)
    try:
        return Looked(content, _preview(books, content, Reading()))
    except (FactUnreadable, ChainBroken) as error:
        raise CourierForged(path, error.why) from error


def opened(books: RegistryBooks, whole: bytes, path: str, words: str = "") -> Content:
    """Open a courier file: its sender signed it; what its entries say is not asked here.

    Raises CourierTooLarge, CourierForged, CourierForOther, CourierWordsWrong.
    """
    if len(whole) > courier.MOST_BYTES:
        raise CourierTooLarge(len(whole), courier.MOST_BYTES)
    manifest, locked = courier.unsealed(whole, path)
    if manifest.to and books.key.node not in manifest.to:
        raise CourierForOther(", ".join(manifest.to))
    if len({one.node for one in manifest.chains}) < len(manifest.chains):
        raise CourierForged(path, "chains")  # each is one run of entries, or none of ours wrote it
    plain = books.key.unlock(locked, courier.tidied_words(words), path)
    most = min(MOST_UNFOLDED, _LEAST_UNFOLDED + _FOLDED * len(plain))
    return courier.unpacked(plain, manifest, path, most)


def standing_of(books: RegistryBooks, content: Content) -> Preview:
    """Return how the chains of a file stand now; what they say is neither read nor proved.

    Raises SenderNotEnrolled.
    """
    return _preview(books, content, None)


def _preview(books: RegistryBooks, content: Content, reading: Reading | None) -> Preview:
    manifest = content.manifest
    with books.reading() as connection:
        known = _known(connection, manifest.sender)
        certificate = None if known else _certificate(connection, books, content)
        if known is None and certificate is None:
            raise SenderNotEnrolled(manifest.name, manifest.sender)
        chains = [
            _seen(connection, books, manifest, node, tuple(run), reading)
            for node, run in groupby(content.entries, key=_node_of)
        ]
    reading = reading or Reading()
    told = sorted(reading.losses, key=lambda one: (isinstance(one.body, WeaponRecovered), one.at))
    holds = (one.number for one in content.holds if one.node == books.key.node)
    return Preview(
        sender=manifest.sender,
        name=known.name if known else manifest.name,
        made=manifest.created,
        chains=tuple(chains),
        losses=tuple(told),
        more_losses=reading.lost - len(told),
        waybills=tuple(reading.waybills),
        told=tuple(reversed(reading.told)),
        confirmed=max(holds, default=0),
        unproved=reading.unproved,
        certificate=certificate,
        trouble=_trouble(known, chains, manifest),
    )


def _seen(
    connection: Connection, books: RegistryBooks, manifest: Manifest, node: NodeId,
    run: tuple[Entry, ...], reading: Reading | None,
) -> Seen:  # fmt: skip
    """Return how a chain of a file stands to what is held, and read what of it is new."""
    first, last = (ledger.read_header(one.header).c for one in (run[0], run[-1]))
    known = _known(connection, node)
    is_sender = node == manifest.sender
    if node == books.key.node or (known is None and not is_sender):
        name = known.name if known else node
        return Seen(node, name, first, last, known.tip.number if known else 0, "aside")
    key = known.public_key if known else bytes.fromhex(manifest.key)
    held, name = (known.tip.number, known.name) if known else (0, manifest.name)
    fork = _fork(connection, known, run) if known else 0
    fresh = run[fork - first :] if fork else run[max(held + 1 - first, 0) :]
    if reading is not None:
        reading.read(fresh, node, key)
    facts = sum(len(one.facts) for one in fresh)
    stands = _stands(known, first, fork, fresh, is_sender=is_sender)
    return Seen(node, name, first, last, held, stands, fresh, facts, fork)


def _stands(
    known: Known | None, first: int, fork: int, fresh: Sequence[Entry], *, is_sender: bool
) -> Stands:
    held = known.tip.number if known else 0
    if not fresh:
        return "known"
    if known is not None and known.status != "enrolled":
        return "untrusted" if is_sender else "aside"
    if fork:
        return "forked"
    return "gap" if first > held + 1 else "new"


def _fork(connection: Connection, known: Known, run: Sequence[Entry]) -> int:
    """Return the first number under which another entry is held here; 0 for none."""
    for at in range(0, len(run), _AT_ONCE):
        some = [(ledger.read_header(one.header), one) for one in run[at : at + _AT_ONCE]]
        numbers = [header.c for header, _one in some if header.c <= known.tip.number]
        asked = select(CM.c.no, CM.c.hash).where(
            CM.c.node == known.row, among(connection, CM.c.no, numbers)
        )
        held = {row.no: row.hash.hex() for row in connection.execute(asked)} if numbers else {}
        for header, one in some:
            own = ledger.entry_hash(one.header)
            is_next = header.c == known.tip.number + 1 and header.p != known.tip.hash
            if held.get(header.c, own) != own or is_next:
                return header.c
    return 0


def _trouble(
    known: Known | None, chains: Sequence[Seen], manifest: Manifest
) -> StockpileError | None:
    seen = next((one for one in chains if one.node == manifest.sender), None)
    if known is not None and known.status != "enrolled":
        return NodeQuarantined(manifest.sender)
    if seen is None or seen.stands not in ("gap", "forked"):
        return None
    if seen.stands == "gap":
        return CourierIncomplete(seen.name, seen.held, seen.first)
    return ChainForked(seen.node, seen.fork)


def _certificate(
    connection: Connection, books: RegistryBooks, content: Content
) -> NodeCertified | None:
    """Return the certificate that an enrolment officer gave the sender: its own chain keeps it."""
    now, sender = standing(connection, books.key.node), content.manifest.sender
    for entry in content.entries:
        for raw in entry.facts:
            if b"node.certified" not in raw:
                continue
            body = codec.decode(raw).body
            if isinstance(body, NodeCertified) and body.node == sender and now.vouches(body):
                return body
    return None


def _known(connection: Connection, node: NodeId) -> Known | None:
    try:
        return known_node(connection, node)
    except NodeUnknown:
        return None


def _node_of(entry: Entry) -> NodeId:
    return NodeId(ledger.read_header(entry.header).n)


def agreed(connection: Connection, holds: Sequence[courier.Held]) -> Iterator[tuple[NodeId, int]]:
    """Give how far a node holds chains just as they are here; another history is left out."""
    for one in holds:
        known = _known(connection, one.node)
        if known is None or not 0 < one.number <= known.tip.number:
            continue
        asked = select(CM.c.hash).where(CM.c.node == known.row, CM.c.no == one.number)
        hashed = connection.execute(asked).scalar()
        if hashed is not None and Digest(hashed.hex()) == one.hash:
            yield one.node, one.number
