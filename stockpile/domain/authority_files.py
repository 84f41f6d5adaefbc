"""The authority's files, carried by hand: statements, requests to be enrolled, certificates.

1. Each begins with a magic word of its own and holds canonical JSON, so that there is one way to
   write each, and what was changed on the way is seen.
2. A statement is in clear: whoever signs it can read what is signed. Its signatures are collected
   one after the other; two copies that were signed apart are put together.
3. A request is signed by the node that asks. A certificate is locked for that node, and brings the
   registry's own chain from its first entry: keys, roots, revoked nodes and number blocks, each
   proved by the registry's signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from stockpile.domain import authority, codec, exchange, ledger, wire
from stockpile.domain.authority import Statement
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    ChainGap,
    FactUnreadable,
    MessageUnreadable,
    SignatureWrong,
    StatementDamaged,
)
from stockpile.domain.exchange import EnrolRequest
from stockpile.domain.facts import Fact, NodeCertified
from stockpile.domain.ledger import Entry, Sign, Tip
from stockpile.domain.values import NodeId

STATEMENT: Final = b"STOCKPILE-STATEMENT-1"
REQUEST: Final = b"STOCKPILE-ENROL-REQUEST-1"
CERTIFICATE: Final = b"STOCKPILE-CERTIFICATE-1"
MOST_SMALL: Final = 64 << 10
"""Bytes of a statement or a request that are read at all."""
MOST_BYTES: Final = 32 << 20
"""Bytes of a certificate file that are read at all: many years of a registry's own chain."""
MOST_UNFOLDED: Final = 256 << 20
MOST_FACTS: Final = 500_000
LONGEST_NAME: Final = 200


class _Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    k: str
    b: msgspec.Raw


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    node: str


class _Inside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    certificate: NodeCertified
    registry_key: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a certificate file brings: the certificate, the registry's key, address and chain."""

    certificate: NodeCertified
    registry_key: bytes
    url: str
    entries: tuple[Entry, ...]


# --- statements ---------------------------------------------------------------------------------


def statement_bytes(statement: Statement) -> bytes:
    """Return a statement as a file."""
    said = {"k": codec.kind_of(statement), "b": codec.plain_body(statement)}
    return STATEMENT + b"\n" + codec.canonical(said) + b"\n"


def read_statement(raw: bytes, path: str) -> Statement:
    """Return the statement in a file; raises StatementDamaged."""
    line = _only_line(raw, STATEMENT, path)
    try:
        codec.demand_canonical(line)
        said = wire.decode(line, _Statement)
        body = codec.read_body(said.k, bytes(said.b))
    except (MessageUnreadable, FactUnreadable) as error:
        raise StatementDamaged(path, error.why) from error
    if not isinstance(body, authority.STATEMENTS) or statement_bytes(body) != raw:
        raise StatementDamaged(path, "statement")
    return body


# --- requests -----------------------------------------------------------------------------------


def request_bytes(node: NodeId, public_key: bytes, name: str, site: str, sign: Sign) -> bytes:
    """Return a node's request to be enrolled, signed by its own key, as a file."""
    said = exchange.signed(EnrolRequest(node, public_key, name, site, "", b""), sign)
    return REQUEST + b"\n" + wire.encode(said) + b"\n"


def read_request(raw: bytes, path: str) -> EnrolRequest:
    """Return the request in a file, signed by the key that it names; raises StatementDamaged."""
    line = _only_line(raw, REQUEST, path)
    try:
        codec.demand_canonical(line)
        request = wire.decode(line, EnrolRequest)
        exchange.demand_request(request)
    except (MessageUnreadable, FactUnreadable) as error:
        raise StatementDamaged(path, error.why) from error
    except SignatureWrong as error:
        raise StatementDamaged(path, "signature") from error
    if wire.encode(request) != line or request.code or _too_long(request.name, request.site):
        raise StatementDamaged(path, "request")
    return request


# --- certificates -------------------------------------------------------------------------------


def certificate_inside(brought: Brought) -> bytes:
    """Return what is locked for the node."""
    said = _Inside(brought.certificate, brought.registry_key.hex(), brought.url)
    return wire.squeeze(wire.encode(said) + b"\n" + wire.pack(brought.entries))


def certificate_bytes(node: NodeId, locked: bytes) -> bytes:
    """Return a certificate file: for whom in clear, and what is locked for them."""
    return CERTIFICATE + b"\n" + wire.encode(_Envelope(node)) + b"\n" + locked


def read_envelope(raw: bytes, path: str) -> tuple[NodeId, bytes]:
    """Return for whom a certificate file is, and what is locked in it; raises StatementDamaged."""
    parts = raw[: MOST_BYTES + 1].split(b"\n", 2)
    if len(parts) != len(("magic", "envelope", "locked")) or parts[0] != CERTIFICATE:
        raise StatementDamaged(path, "magic")
    try:
        said = wire.decode(parts[1], _Envelope)
    except MessageUnreadable as error:
        raise StatementDamaged(path, error.why) from error
    return NodeId(said.node), raw[len(parts[0]) + len(parts[1]) + 2 :]


def read_inside(plain: bytes, path: str) -> Brought:
    """Return what was locked in a certificate file; nothing of it is proved yet.

    Raises StatementDamaged, also before it unfolds into more than is taken in.
    """
    try:
        lines = wire.Lines(wire.unfold(plain, MOST_UNFOLDED))
        said = wire.decode(lines.next(), _Inside)
        entries = tuple(wire.read_entries(lines, MOST_FACTS))
    except BatchTooLarge as error:
        raise StatementDamaged(path, "size") from error
    except MessageUnreadable as error:
        raise StatementDamaged(path, error.why) from error
    key = authority.read_key(said.registry_key)
    if key is None or _too_long(said.url, said.certificate.name, said.certificate.site):
        raise StatementDamaged(path, "key")
    return Brought(said.certificate, key, said.url, entries)


def proved(brought: Brought, path: str) -> tuple[Fact, ...]:
    """Return the facts of the registry's chain, once every entry from the first on is proved.

    Raises StatementDamaged.
    """
    tip = Tip()
    facts: list[Fact] = []
    try:
        for entry in brought.entries:
            tip = ledger.check(entry, tip, brought.registry_key)
            facts += ledger.demand_well_formed(entry)
    except (ChainBroken, ChainForked, ChainGap, FactUnreadable) as error:
        raise StatementDamaged(path, "chain") from error
    if not facts:
        raise StatementDamaged(path, "chain")
    return tuple(facts)


def _only_line(raw: bytes, magic: bytes, path: str) -> bytes:
    """Return the one line after the magic word; raises StatementDamaged."""
    head = magic + b"\n"
    if len(raw) > MOST_SMALL or not raw.startswith(head) or not raw.endswith(b"\n"):
        raise StatementDamaged(path, "magic")
    line = raw[len(head) : -1]
    if b"\n" in line:
        raise StatementDamaged(path, "lines")
    return line


def _too_long(*texts: str) -> bool:
    return any(len(one) > LONGEST_NAME for one in texts)
