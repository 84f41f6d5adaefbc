"""The chain: how an entry holds its facts and seals the one before.

1. An entry is one act of one node: one to ``MOST_FACTS`` facts, whole or not at all.
2. Its header names the node, the entry's number, its facts' first sequence number and count, their
   RFC 9162 Merkle root and the hash of the entry before; an entry's hash is SHA-256 over 02 and the
   header's bytes.
3. The node signs every header (Ed25519 over a label and the bytes); officers whose own signature an
   act needs sign the same message under their own label.
4. A node's id is the first 80 bits of the digest of its public key, so that identity and key cannot
   drift apart. A new key is a new node.
5. An entry is never merged, never amended: a mistake is answered by another fact.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import msgspec
from nacl.bindings import crypto_sign_BYTES, crypto_sign_open, crypto_sign_PUBLICKEYBYTES
from nacl.exceptions import BadSignatureError

from stockpile.domain import codec
from stockpile.domain.errors import ChainBroken, ChainForked, ChainGap, FactUnreadable
from stockpile.domain.facts import Fact
from stockpile.domain.values import NODE_ID_LENGTH, Digest, Instant, NodeId, OfficerId

HEADER_VERSION: Final = 1
MOST_FACTS: Final = 1000
LONGEST_HEADER: Final = 4 << 10
"""Bytes of a header that are read at all, several times what one needs: headers read last are
kept in memory, and anybody's may come."""
GENESIS: Final = Digest("0" * 64)
_LEAF_PREFIX: Final = codec.LEAF_PREFIX
_NODE_PREFIX: Final = b"\x01"
_ENTRY_PREFIX: Final = b"\x02"
_ENTRY_LABEL: Final = b"stockpile-entry-v1\x00"
_OFFICER_LABEL: Final = b"stockpile-officer-v1\x00"

_sha256: Final = hashlib.sha256

Sign = Callable[[bytes], bytes]
"""Ed25519: a message in, 64 bytes out; the key never leaves its keeper."""


@dataclass(frozen=True, slots=True)
class OfficerSignature:
    """An officer's own signature under an entry."""

    officer: OfficerId
    signature: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a chain, verbatim: canonical header, signatures, canonical facts."""

    header: bytes
    signature: bytes
    facts: tuple[bytes, ...]
    officer_signatures: tuple[OfficerSignature, ...] = ()


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry's header says; ``sth`` is the newest registry tree head the node had seen.

    ``lo`` is that registry; entries of earlier programs do not say it.
    """

    v: int
    n: str
    c: int
    f: int
    k: int
    r: str
    p: str
    t: int
    app: str
    lc: int
    sth: tuple[int, str] | None = None
    lo: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a chain: its last entry's number and hash, and the last sequence number in it."""

    number: int = 0
    seq: int = 0
    hash: Digest = GENESIS


@dataclass(frozen=True, slots=True, order=True)
class TreeHead:
    """A head of a registry's log that a node was shown: size, root, and whose log it is."""

    size: int
    root: str
    log: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What the sealing node says about one entry: when, by which program, having seen what."""

    at: Instant
    app: str
    lamport: int
    tree_head: TreeHead | None = None


_decode_header = lru_cache(maxsize=64)(msgspec.json.Decoder(Header).decode)
"""What a check asks of a header it asks several times in a row."""


@lru_cache(maxsize=64)
def node_id(public_key: bytes) -> NodeId:
    """Return the id that belongs to a public key: 16 characters of base32."""
    text = base64.b32encode(hashlib.sha256(public_key).digest()[:10]).decode().lower()
    return NodeId(text[:NODE_ID_LENGTH])


def merkle_root(raws: Sequence[bytes]) -> Digest:
    """Return the RFC 9162 §2.1.1 root over the facts' bytes."""
    return _root([_sha256(_LEAF_PREFIX + raw).digest() for raw in raws])


def seal(
    node: NodeId, previous: Tip, raws: Sequence[bytes], act: Act, sign: Sign
) -> tuple[Entry, Tip]:
    """Seal the facts into the entry that continues the chain, and return it with the new tip."""
    assert 0 < len(raws) <= MOST_FACTS
    fields: dict[str, object] = {
        "v": HEADER_VERSION, "n": node, "c": previous.number + 1, "f": previous.seq + 1,
        "k": len(raws), "r": merkle_root(raws), "p": previous.hash, "t": act.at, "app": act.app,
        "lc": act.lamport,
    }  # fmt: skip
    if act.tree_head is not None:
        fields["sth"] = [act.tree_head.size, act.tree_head.root]
        if act.tree_head.log:
            fields["lo"] = act.tree_head.log
    header = codec.canonical(fields)
    entry = Entry(header, sign(_ENTRY_LABEL + header), tuple(raws))
    return entry, Tip(previous.number + 1, previous.seq + len(raws), entry_hash(header))


def countersigned(entry: Entry, officer: OfficerId, sign: Sign) -> Entry:
    """Return the entry with an officer's own signature added."""
    added = OfficerSignature(officer, sign(officer_message(entry.header)))
    return Entry(entry.header, entry.signature, entry.facts, (*entry.officer_signatures, added))


def officer_message(header: bytes) -> bytes:
    """Return what an officer signs under an entry."""
    return _OFFICER_LABEL + header


def entry_hash(header: bytes) -> Digest:
    """Return the hash of an entry: SHA-256 over 02 and its header's bytes."""
    return Digest(hashlib.sha256(_ENTRY_PREFIX + header).hexdigest())


def read_header(raw: bytes) -> Header:
    """Return what a header's bytes say; raise FactUnreadable if they are none."""
    if len(raw) > LONGEST_HEADER:
        raise FactUnreadable("header too long")
    try:
        return _decode_header(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FactUnreadable(str(error)) from error


def check(
    entry: Entry, previous: Tip, public_key: bytes, known: Sequence[Fact] | None = None
) -> Tip:
    """Check that the entry continues the chain at ``previous`` and return the new tip.

    Raises ChainGap where entries are missing between, ChainForked where another entry holds its
    number, ChainBroken where key, signature, link, root, count or sequence are not what they claim,
    FactUnreadable where the header is none. The signature comes first: only what the node itself
    signed may accuse it of a fork. ``known`` are its facts, where they were read from its bytes
    already: what they are named by are the leaves of its tree.
    """
    check_signature(entry, public_key)
    return _followed(entry, previous, known)


def follow(entry: Entry, previous: Tip, node: NodeId | None = None) -> Tip:
    """Check all but the signature, which costs more than the rest, and return the new tip.

    For entries that are held already, under the name of a node: the header must name it. Of those
    that others send, check the signature first.
    """
    header = read_header(entry.header)
    if node is not None and header.n != node:
        raise ChainBroken(header.n, header.c, "key")
    return _followed(entry, previous)


def _followed(entry: Entry, previous: Tip, known: Sequence[Fact] | None = None) -> Tip:
    header = read_header(entry.header)
    _check_place(header, previous)
    _check_content(entry, header, known)
    return Tip(header.c, header.f + header.k - 1, entry_hash(entry.header))


def check_alone(entry: Entry, public_key: bytes) -> tuple[Fact, ...]:
    """Check an entry by itself, wherever it belongs, and return its facts.

    That its node signed it, and that its facts are those that were sealed. Raises ChainBroken,
    FactUnreadable where the header is none.
    """
    check_signature(entry, public_key)
    header = read_header(entry.header)
    known = demand_well_formed(entry)
    _check_content(entry, header, known)
    return known


def check_signature(entry: Entry, public_key: bytes) -> None:
    """Check the node's signature under the entry; raise ChainBroken where it is not the key's."""
    header = read_header(entry.header)
    if node_id(public_key) != header.n:
        raise ChainBroken(header.n, header.c, "key")
    if not is_signed(entry, public_key):
        raise ChainBroken(header.n, header.c, "signature")


def is_signed(entry: Entry, public_key: bytes) -> bool:
    """Say whether the key signed the entry; whose key it is, and whose entry, is another matter."""
    return signed_by(public_key, _ENTRY_LABEL + entry.header, entry.signature)


def check_officers(entry: Entry, key_of: Callable[[OfficerId], bytes | None]) -> None:
    """Check every officer signature under the entry; raise ChainBroken for a wrong one."""
    header = read_header(entry.header)
    for one in entry.officer_signatures:
        key = key_of(one.officer)
        if key is None or not signed_by(key, officer_message(entry.header), one.signature):
            raise ChainBroken(header.n, header.c, "officer signature")


def signed_by(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the Ed25519 signature over the message is this key's."""
    if len(public_key) != crypto_sign_PUBLICKEYBYTES or len(signature) != crypto_sign_BYTES:
        return False
    try:
        crypto_sign_open(signature + message, public_key)
    except BadSignatureError:
        return False
    return True


def head_code(tip: Tip) -> str:
    """Return the tip as it is printed on closing sheets: number and 100 bits in base32."""
    text = base64.b32encode(bytes.fromhex(tip.hash)).decode().lower()[:20]
    return "-".join([str(tip.number), *(text[i : i + 5] for i in range(0, 20, 5))])


def _check_place(header: Header, previous: Tip) -> None:
    if header.v != HEADER_VERSION:
        raise ChainBroken(header.n, header.c, "version")
    if header.c > previous.number + 1:
        raise ChainGap(header.n, previous.number, header.c)
    if header.c <= previous.number or header.p != previous.hash:
        raise ChainForked(header.n, header.c)
    if header.f != previous.seq + 1:
        raise ChainBroken(header.n, header.c, "sequence")


def _check_content(entry: Entry, header: Header, known: Sequence[Fact] | None) -> None:
    if not 0 < len(entry.facts) <= MOST_FACTS or header.k != len(entry.facts):
        raise ChainBroken(header.n, header.c, "count")
    root = (
        merkle_root(entry.facts)
        if known is None
        else _root([bytes.fromhex(fact.hash) for fact in known])
    )
    if root != header.r:
        raise ChainBroken(header.n, header.c, "root")


def demand_well_formed(entry: Entry) -> tuple[Fact, ...]:
    """Check, once, on entries that others send: canonical bytes, and facts at their addresses.

    Returns the facts. Raises ChainBroken, or FactUnreadable where the header is none. What was
    accepted once is bound by its hash and need not be checked again.
    """
    header = read_header(entry.header)
    try:
        codec.demand_canonical(entry.header)
        known = codec.decode_strictly(entry.facts)
    except FactUnreadable as error:
        raise ChainBroken(header.n, header.c, error.why) from error
    for seq, fact in enumerate(known, header.f):
        if fact.seq != seq or fact.node != header.n:
            raise ChainBroken(header.n, header.c, "address")
    return known


def _root(level: list[bytes]) -> Digest:
    """Return the root of a list of leaf hashes; an odd one out rises as it is (RFC 9162 §2.1.2)."""
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        nodes = iter(level)
        pairs = zip(nodes, nodes, strict=False)
        level = [_sha256(_NODE_PREFIX + left + right).digest() for left, right in pairs] + odd
    return Digest(level[0].hex())
