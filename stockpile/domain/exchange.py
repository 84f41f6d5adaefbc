"""What a node and a registry say to each other, and what each side signs.

The registry never refuses a well-signed entry for reasons of the domain: one bad record cannot
block the queue. The order of a session is hello, tip, losses told ahead, the list of what is lost,
push, numbers and records of finds asked for, feed; before anything is believed, the proof that the
history shown goes on from the one that was signed before. Everything may be repeated: an entry sent
twice gets the same receipt. "Sent" is only what a receipt signed by the registry confirms; the
outbox is not a table but "my entries after the last receipt".

What is signed is always a label of its own, so that no signature can be passed off as another, and
the message's canonical bytes without the signature (Ed25519).
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from stockpile.domain import wire
from stockpile.domain.errors import MessageUnreadable, SignatureWrong
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.ledger import Entry, Sign, Tip, node_id, signed_by
from stockpile.domain.values import Digest, Instant, NodeId, SchemeId

PROTOCOL_1: Final = 1
"""2026-11: hello, enrol, tip, commits, feed, receipts."""
PROTOCOL_2: Final = 2
"""2026-11: losses told ahead of the chain, and the list of lost weapons. Who speaks only the first
one is told neither, and the chain brings everything as before."""
PROTOCOL_3: Final = 3
"""2026-11: marking numbers asked for and granted. Who does not speak it grants by hand only."""
PROTOCOL_4: Final = 4
"""2026-11: the registry proves that the history it signed before begins the one it shows. Who does
not speak it is believed for as long as its log only grows."""
PROTOCOL_5: Final = 5
"""2026-11: a node is told of its own sites and of what is on its way to it, other chains in
excerpts; both sides compare what they share; photos follow the record. Who does not speak it is
told the chains of its own sites whole, nothing of others', and no photos."""
OLDEST_SPOKEN: Final = PROTOCOL_1
NEWEST_SPOKEN: Final = PROTOCOL_5
MOST_BYTES: Final = 1 << 20
"""Bytes of one batch as it travels, squeezed."""
MOST_FACTS_A_BATCH: Final = 10_000
"""What a batch costs by itself, and a weapon written once a batch, is shared by as many: twice as
many take a fifth less of the registry's processor for each, four times as many no less still."""
MOST_FACTS_A_PAGE: Final = 5000
"""Facts in one answer of a registry: a cheap laptop writes as many down in about a second."""
MOST_ITEMS_READ: Final = 1000
"""Items of a feed's page that are read at all: twice what a registry puts on one."""
LEAST_KEY: Final = 32
MOST_NAME: Final = 200
"""Letters of a node's or a site's name."""

NodeStatus = Literal["unknown", "enrolled", "quarantined", "revoked", "succeeded"]
Reason = Literal[
    "gap", "fork", "broken", "quarantined", "too_large", "slow_down", "busy", "signature", "stale",
    "node_unknown", "code_unknown", "unreadable", "other_log", "not_found", "scheme_unknown",
    "numbers_out", "photo_unknown", "photo_wrong", "no_room",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hello:
    """Who the registry is, what it speaks, its clock, the size of its log and its root."""

    registry: NodeId
    public_key: bytes
    oldest: int
    newest: int
    now: Instant
    log_size: int
    log_root: Digest


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A node asks to be enrolled: its key, its name, a one-time code, all signed by that key."""

    node: NodeId
    public_key: bytes
    name: str
    site: str
    code: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Certificate:
    """The registry's signed word that it knows this node."""

    node: NodeId
    public_key: bytes
    name: str
    registry: NodeId
    registry_key: bytes
    at: Instant
    signature: bytes


@dataclass(frozen=True, slots=True)
class RemoteTip:
    """How far the registry holds a node's chain."""

    node: NodeId
    number: int
    seq: int
    hash: Digest
    status: NodeStatus


@dataclass(frozen=True, slots=True)
class Receipt:
    """The registry's signed word that it holds a chain up to an entry, and where in its log."""

    node: NodeId
    number: int
    hash: Digest
    position: int
    log_size: int
    log_root: Digest
    at: Instant
    signature: bytes


@dataclass(frozen=True, slots=True)
class TreeProof:
    """The registry's proof that its log of one size begins its log of another (RFC 9162 2.1.4)."""

    old: int
    size: int
    steps: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The registry's word that it knows entries that were told ahead of their chain; no receipt."""

    node: NodeId
    entries: int


@dataclass(frozen=True, slots=True)
class BlockRequest:
    """A node asks for so many numbers of a scheme; ``nth`` is how many blocks it was granted yet.

    The registry answers the same ``nth`` with the same block, however often it is asked.
    """

    scheme: SchemeId
    count: int
    nth: int


@dataclass(frozen=True, slots=True)
class BlockAnswer:
    """The numbers that the registry granted; the grant itself is a fact of the registry's chain."""

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int
    until: Instant = 0


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry at its position, with the key that its chain is signed by; or some facts of it.

    The position is that in the registry's log, or in the feed of the asker's scope.
    """

    position: int
    public_key: bytes
    entry: Entry | Excerpt


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries after a position, in order, without the asker's own.

    ``last`` is the position up to which everything was sent; it never runs ahead of the items.
    ``scope`` names the feed of the asker's scope, which ends at ``size``; it is empty for the log.
    A cursor belongs to one feed: where another one answers, it answers from its start.
    """

    items: tuple[FeedItem, ...]
    last: int
    log_size: int
    log_root: Digest
    scope: str = ""
    size: int = 0

    @property
    def end(self) -> int:
        """The position of the last item that there is."""
        return self.size if self.scope else self.log_size


@dataclass(frozen=True, slots=True)
class Objection:
    """The registry's no: a reason, and the values that belong to it."""

    reason: Reason
    node: str = ""
    number: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class _FeedHead:
    items: int
    last: int
    log_size: int
    log_root: Digest
    scope: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class _FeedPlace:
    position: int
    public_key: bytes


Signed = TypeVar("Signed", EnrolRequest, Certificate, Receipt)

_LABELS: Final[dict[type[object], bytes]] = {
    EnrolRequest: b"stockpile-enrol-v1\x00",
    Certificate: b"stockpile-certificate-v1\x00",
    Receipt: b"stockpile-receipt-v1\x00",
}


def signed(message: Signed, sign: Sign) -> Signed:
    """Return the message with its signature made by this key."""
    return dataclasses.replace(message, signature=sign(_signed_part(message)))


def demand_request(request: EnrolRequest) -> None:
    """Raise SignatureWrong unless the request is signed by the key whose digest it names.

    Raises MessageUnreadable where a name is longer than any, or holds what no line of text holds.
    """
    for name in (request.name, request.site, request.code):
        if len(name) > MOST_NAME or any(letter < " " or letter == "\x7f" for letter in name):
            raise MessageUnreadable("name")
    _demand_key(request.node, request.public_key)
    _demand_signed(request, request.public_key, request.node)


def demand_certificate(certificate: Certificate, node: NodeId, public_key: bytes) -> None:
    """Raise SignatureWrong unless the certificate speaks of this node and signs for itself."""
    _demand_key(certificate.registry, certificate.registry_key)
    if (certificate.node, certificate.public_key) != (node, public_key):
        raise SignatureWrong(certificate.registry)
    _demand_signed(certificate, certificate.registry_key, certificate.registry)


def demand_receipt(receipt: Receipt, registry_key: bytes) -> None:
    """Raise SignatureWrong unless the receipt is signed by the registry's key."""
    _demand_signed(receipt, registry_key, node_id(registry_key))


def receipt_names(receipt: Receipt, node: NodeId, tip: Tip) -> bool:
    """Say whether the receipt is for exactly this entry of this chain."""
    return (receipt.node, receipt.number, receipt.hash) == (node, tip.number, tip.hash)


def code_text(registry: NodeId, secret: bytes) -> str:
    """Return a one-time code as it is read out: the registry's id, then the secret in base32.

    The id lets the node see that it enrols with the registry that made the code, and no other.
    """
    text = base64.b32encode(secret).decode().rstrip("=").lower()
    return "-".join((registry, *(text[i : i + 4] for i in range(0, len(text), 4))))


def code_key(code: str) -> bytes:
    """Return what a code is kept as: the digest of its letters, however it was typed."""
    letters = "".join(character for character in code.lower() if character.isalnum())
    return hashlib.sha256(b"stockpile-code-v1\x00" + letters.encode()).digest()


def code_names(code: str, registry: NodeId) -> bool:
    """Say whether a code was made by this registry; a code that names none fits any."""
    first = code.strip().lower().partition("-")[0]
    return len(first) != len(registry) or first == registry


def pack_feed(page: FeedPage) -> bytes:
    """Return a page of the feed as lines: its head, then for each item its place and its entry."""
    head = _FeedHead(
        len(page.items), page.last, page.log_size, page.log_root, page.scope, page.size
    )
    parts = [wire.encode(head), b"\n"]
    for item in page.items:
        parts += (wire.encode(_FeedPlace(item.position, item.public_key)), b"\n")
        told = item.entry
        parts.append(wire.pack_excerpt(told) if isinstance(told, Excerpt) else wire.pack((told,)))
    return b"".join(parts)


def unpack_feed(raw: bytes) -> FeedPage:
    """Return the page that the lines hold; raise MessageUnreadable if they hold none.

    Nor is one with more items than any page has.
    """
    lines = wire.Lines(raw)
    head = wire.decode(lines.next(), _FeedHead)
    items = []
    while not lines.at_end:
        place = wire.decode(lines.next(), _FeedPlace)
        items.append(FeedItem(place.position, place.public_key, wire.read_any(lines)))
        if len(items) > MOST_ITEMS_READ:
            raise MessageUnreadable("items")
    if len(items) != head.items:
        raise MessageUnreadable("items missing")
    return FeedPage(tuple(items), head.last, head.log_size, head.log_root, head.scope, head.size)


def _signed_part(message: EnrolRequest | Certificate | Receipt) -> bytes:
    names = (field.name for field in dataclasses.fields(message) if field.name != "signature")
    return _LABELS[type(message)] + wire.encode({name: getattr(message, name) for name in names})


def _demand_key(node: NodeId, public_key: bytes) -> None:
    if len(public_key) != LEAST_KEY or node_id(public_key) != node:
        raise SignatureWrong(node)


def _demand_signed(
    message: EnrolRequest | Certificate | Receipt, public_key: bytes, node: NodeId
) -> None:
    if not signed_by(public_key, _signed_part(message), message.signature):
        raise SignatureWrong(node)
