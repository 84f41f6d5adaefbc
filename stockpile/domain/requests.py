"""How a request says who asks: HTTP message signatures (RFC 9421), the part that we need.

Signed are method, path, query, the body's digest (RFC 9530), an instant, a nonce and the node's id,
by the node's key. The path is the one inside the protocol (from ``/v1`` on), so that a registry may
stand under any prefix of a web server. The instant is the registry's, as its hello told it: the
clocks of nodes decide nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import MessageUnreadable, SignatureWrong
from stockpile.domain.ledger import Sign, node_id, signed_by
from stockpile.domain.values import Instant, NodeId

CONTENT_DIGEST: Final = "content-digest"
SIGNATURE_INPUT: Final = "signature-input"
SIGNATURE: Final = "signature"
WINDOW: Final = 300_000
"""Milliseconds by which a request's instant may differ from the registry's clock."""

_PARAMS: Final = re.compile(
    r'sig1=(\("@method" "@path" "@query" "content-digest"\);created=(\d{1,12});'
    r'nonce="([0-9a-f]{16,64})";keyid="([a-z2-7]{16})";alg="ed25519")'
)
_BYTES: Final = re.compile(r"sig1=:([A-Za-z0-9+/]+={0,2}):")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: method, path and query inside the protocol, body."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request's claim of who asks and when; true only once ``demand_asked`` has passed."""

    node: NodeId
    at: Instant
    nonce: str
    message: bytes
    signature: bytes


def signing(
    request: Request, node: NodeId, at: Instant, nonce: str, sign: Sign
) -> tuple[tuple[str, str], ...]:
    """Return the headers that sign the request."""
    digest = content_digest(request.body)
    params = (
        f'("@method" "@path" "@query" "content-digest");created={at // 1000};nonce="{nonce}";'
        f'keyid="{node}";alg="ed25519"'
    )
    signature = base64.b64encode(sign(_message(request, digest, params))).decode()
    return (
        (CONTENT_DIGEST, digest),
        (SIGNATURE_INPUT, f"sig1={params}"),
        (SIGNATURE, f"sig1=:{signature}:"),
    )


def read_asked(request: Request, digest: str, signature_input: str, signature: str) -> Asked:
    """Return who the headers say is asking; raise MessageUnreadable if they do not say it."""
    params, given = _PARAMS.fullmatch(signature_input), _BYTES.fullmatch(signature)
    if params is None or given is None:
        raise MessageUnreadable("signature headers")
    if digest != content_digest(request.body):
        raise MessageUnreadable("content digest")
    try:
        raw = base64.b64decode(given[1], validate=True)
    except binascii.Error as error:
        raise MessageUnreadable("signature headers") from error
    message = _message(request, digest, params[1])
    return Asked(NodeId(params[4]), int(params[2]) * 1000, params[3], message, raw)


def demand_asked(asked: Asked, public_key: bytes) -> None:
    """Raise SignatureWrong unless the request is signed by the key of the node it names."""
    if node_id(public_key) != asked.node:
        raise SignatureWrong(asked.node)
    if not signed_by(public_key, asked.message, asked.signature):
        raise SignatureWrong(asked.node)


def content_digest(body: bytes) -> str:
    """Return a body's digest as its header says it."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _message(request: Request, digest: str, params: str) -> bytes:
    lines = (
        f'"@method": {request.method}',
        f'"@path": {request.path}',
        f'"@query": ?{request.query}',
        f'"content-digest": {digest}',
        f'"@signature-params": {params}',
    )
    return "\n".join(lines).encode()
