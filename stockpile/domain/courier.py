"""The courier file: what travels on a stick or by hand where no line reaches.

1. Line 1 is the magic word; line 2 the manifest in canonical JSON, in clear, so that anybody on the
   way can see whose file it is; line 3 the sender's signature over SHA-256 of both lines and all
   that follows; then the locked content.
2. Inside, squeezed: the manifest again (which binds sender and receiver under the lock too), what
   the sender holds of every chain (the receipt for what came the other way), and whole entries in
   the order of their chains.
   Single facts of chains that the receiver is not to hold whole stand beside what the sender holds,
   as excerpts that prove themselves; a program that does not know them passes them over.
3. Entries are those after what the receiver is known to hold: a file may be loaded twice, and a
   later one may be loaded without an earlier one until its receipt came back.
4. A file without entries is a receipt: it says what the sender holds, under the sender's signature.
5. Reports of losses stay in their chain's order, and are named in the manifest: they are read out
   first.
6. Photos lie in a file beside it (see ``photo_courier``). Which of the receiver's photos have not
   come is said where the sender says what it holds: so they are sent again.
7. A node tells its registry how far it read the registry's feed and which numbers it wants; the
   registry's file answers with receipts, the stretch of the feed, and the proof that its log grew.
8. It shows its registry both histories of a computer that wrote two, as it would over a line: whole
   entries that prove themselves, outside the chains that the file brings.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import ledger, wire
from stockpile.domain.errors import (
    BatchTooLarge,
    CourierForged,
    CourierTooLarge,
    MessageUnreadable,
)
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import BlockRequest, Receipt, TreeProof
from stockpile.domain.ledger import Entry, Sign, node_id, signed_by
from stockpile.domain.values import Digest, Instant, NodeId, WeaponId

MAGIC: Final = b"STOCKPILE-COURIER-1"
EXTENSION: Final = ".courier"
VERSION: Final = 1
MOST_BYTES: Final = 128 << 20
"""Bytes of a file that is opened at all; two million facts are fewer."""
MOST_UNFOLDED: Final = 1 << 30
MOST_FACTS: Final = 2_000_000
MOST_LACKED: Final = 10_000
"""Photos that a file asks for, or that are remembered as not yet come."""
MOST_BESIDE: Final = 4_000
"""Entries of computers with two histories that go along: both histories of two, told whole."""
_MOST_HEAD: Final = 64 << 10
_LABEL: Final = b"stockpile-courier-v1\x00"
_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aiou"
WORDS: Final = 5
"""Words of sixteen bits each: eighty bits, which no machine tries through."""


@dataclass(frozen=True, slots=True)
class ChainPart:
    """Entries ``first`` to ``last`` of one node's chain."""

    node: NodeId
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Held:
    """How far a chain is held: its last entry's number and hash."""

    node: NodeId
    number: int
    hash: Digest


@dataclass(frozen=True, slots=True)
class Lacked:
    """A photo that a weapon's record shows and whose bytes are not there."""

    weapon: WeaponId
    digest: Digest


@dataclass(frozen=True, slots=True)
class FeedRead:
    """How far a node read a registry's feed, and the size of the log whose head it believes."""

    registry: NodeId
    scope: str = ""
    place: int = 0
    log_size: int = 0


@dataclass(frozen=True, slots=True)
class FeedStretch:
    """The stretch of its feed that a registry's file brings, all of it, from a place to another.

    What of it are single facts stands among the file's excerpts, in order, and nothing else does.
    """

    scope: str
    after: int
    last: int
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a courier file says of itself in clear; ``to`` nobody means: whoever has the words.

    ``key`` is the sender's public key (hexadecimal), whose digest its id is; ``previous`` the file
    that the sender wrote for the same receiver before; ``urgent`` entries that report losses.
    """

    v: int
    id: str
    sender: NodeId
    key: str
    name: str
    to: tuple[NodeId, ...]
    created: Instant
    chains: tuple[ChainPart, ...]
    facts: int
    previous: str = ""
    urgent: tuple[ChainPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is under the lock: whole entries by chain, single facts, and what the sender holds.

    ``excerpts`` are not proved yet. ``hot_lists`` are the registries' lists of lost weapons, each
    signed by its registry. ``lacks`` are photos that the receiver's own record named and that have
    not come: it knows by that which photos to send again. ``read`` is how far a node read the feed
    of the registry that its file is for, ``asks`` are the numbers that it wants; ``receipts``,
    ``feed`` and ``proof`` are a registry's answer. ``beside`` are entries of computers that wrote
    two histories, not proved yet, for a registry to keep as evidence.
    """

    manifest: Manifest
    holds: tuple[Held, ...]
    entries: tuple[Entry, ...]
    hot_lists: tuple[bytes, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    lacks: tuple[Lacked, ...] = ()
    read: FeedRead | None = None
    asks: tuple[BlockRequest, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    feed: FeedStretch | None = None
    proof: TreeProof | None = None
    beside: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Holds:
    """``excerpts`` are lines of excerpts, as text: canonical JSON is UTF-8, and stays readable.

    So are the lines of entries in ``beside``.
    """

    holds: tuple[Held, ...]
    hot_lists: tuple[bytes, ...] = ()
    excerpts: str = ""
    lacks: tuple[Lacked, ...] = ()
    read: FeedRead | None = None
    asks: tuple[BlockRequest, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    feed: FeedStretch | None = None
    proof: TreeProof | None = None
    beside: str = ""


def packed(content: Content) -> bytes:
    """Return what goes under the lock, squeezed; raises CourierTooLarge."""
    cut = b"".join(map(wire.pack_excerpt, content.excerpts)).decode()
    holds = _Holds(
        content.holds, content.hot_lists, cut, content.lacks, content.read, content.asks,
        content.receipts, content.feed, content.proof, wire.pack(content.beside).decode(),
    )  # fmt: skip
    lines = (wire.encode(content.manifest), wire.encode(holds), b"")
    plain = b"\n".join(lines) + wire.pack(content.entries)
    if len(plain) > MOST_UNFOLDED:
        raise CourierTooLarge(len(plain), MOST_UNFOLDED)
    return wire.squeeze(plain)


def sealed(manifest: Manifest, locked: bytes, sign: Sign) -> bytes:
    """Return the whole file, signed by the sender; raises CourierTooLarge."""
    head = MAGIC + b"\n" + wire.encode(manifest) + b"\n"
    signature = base64.b64encode(sign(_message(head, locked)))
    whole = head + signature + b"\n" + locked
    if len(whole) > MOST_BYTES:
        raise CourierTooLarge(len(whole), MOST_BYTES)
    return whole


def unsealed(whole: bytes, path: str) -> tuple[Manifest, bytes]:
    """Return the manifest and the locked content, once the signature is the sender's own.

    That the sender is somebody to believe is another question. Raises CourierForged.
    """
    parts = whole[:_MOST_HEAD].split(b"\n", 3)
    if len(parts) != len(("magic", "manifest", "signature", "locked")) or parts[0] != MAGIC:
        raise CourierForged(path, "magic")
    head = MAGIC + b"\n" + parts[1] + b"\n"
    locked = whole[len(head) + len(parts[2]) + 1 :]
    manifest = _manifest(parts[1], path)
    try:
        key = bytes.fromhex(manifest.key)
        signature = base64.b64decode(parts[2], validate=True)
    except (ValueError, binascii.Error) as error:
        raise CourierForged(path, "signature") from error
    if node_id(key) != manifest.sender or not signed_by(key, _message(head, locked), signature):
        raise CourierForged(path, "signature")
    return manifest, locked


def unpacked(squeezed: bytes, manifest: Manifest, path: str, most: int = 0) -> Content:
    """Return the content, once it is what the manifest outside says.

    ``most`` bounds what it may unfold into, where that is less than usual. Raises CourierForged,
    and CourierTooLarge before it unfolds into more than is taken in.
    """
    most = most or MOST_UNFOLDED
    try:
        lines = wire.Lines(wire.unfold(squeezed, most))
        inside, held = lines.next(), wire.decode(lines.next(), _Holds)
        entries = tuple(wire.read_entries(lines, MOST_FACTS))
        excerpts = tuple(_excerpts(held.excerpts.encode()))
        beside = wire.unpack(held.beside.encode(), MOST_FACTS)
    except BatchTooLarge as error:
        raise CourierTooLarge(error.most, most) from error
    except MessageUnreadable as error:
        raise CourierForged(path, error.why) from error
    if inside != wire.encode(manifest) or chain_parts(entries) != manifest.chains:
        raise CourierForged(path, "manifest")
    lacks = held.lacks[:MOST_LACKED]
    return Content(
        manifest, held.holds, entries, held.hot_lists, excerpts, lacks, held.read, held.asks,
        held.receipts, held.feed, held.proof, beside[:MOST_BESIDE],
    )  # fmt: skip


def chain_parts(entries: Sequence[Entry]) -> tuple[ChainPart, ...]:
    """Return which runs of which chains the entries are, in their order."""
    parts: list[ChainPart] = []
    for entry in entries:
        header = ledger.read_header(entry.header)
        last = parts[-1] if parts else None
        if last is not None and last.node == header.n and last.last + 1 == header.c:
            parts[-1] = ChainPart(last.node, last.first, header.c)
        else:
            parts.append(ChainPart(NodeId(header.n), header.c, header.c))
    return tuple(parts)


def words_of(random: bytes) -> str:
    """Return random bytes as words that can be said and typed in any language, two bytes each."""
    return " ".join(_word(int.from_bytes(pair)) for pair in zip(*[iter(random)] * 2, strict=True))


def tidied_words(text: str) -> str:
    """Return words as they were made, however they were typed."""
    letters = "".join(one for one in text.casefold() if one.isalpha())
    return " ".join(letters[at : at + 5] for at in range(0, len(letters), 5))


def _word(value: int) -> str:
    """Return sixteen bits as consonant, vowel, consonant, vowel, consonant (a proquint)."""
    return "".join(
        letters[value >> shift & len(letters) - 1]
        for letters, shift in (
            (_CONSONANTS, 12), (_VOWELS, 10), (_CONSONANTS, 6), (_VOWELS, 4), (_CONSONANTS, 0),
        )
    )  # fmt: skip


def _excerpts(raw: bytes) -> Iterator[Excerpt]:
    lines = wire.Lines(raw)
    count = 0
    while not lines.at_end:
        excerpt = wire.read_excerpt(lines.next)
        count += len(excerpt.parts)
        if count > MOST_FACTS:
            raise BatchTooLarge(MOST_FACTS)
        yield excerpt


def _manifest(raw: bytes, path: str) -> Manifest:
    try:
        manifest = wire.decode(raw, Manifest)
    except MessageUnreadable as error:
        raise CourierForged(path, "manifest") from error
    if wire.encode(manifest) != raw or manifest.v != VERSION:
        raise CourierForged(path, "manifest")
    return manifest


def _message(head: bytes, locked: bytes) -> bytes:
    digest = hashlib.sha256(head)
    digest.update(locked)
    return _LABEL + digest.digest()
