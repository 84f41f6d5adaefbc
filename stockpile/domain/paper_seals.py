"""The seal of a paper: a QR Code that says which paper it is, signed by the node that drew it.

Whoever holds the node's public key sees without a network that nobody else made the paper, and that
the ledger ended where the paper says. The text keeps to the 45 characters that QR packs closest, so
that a scanner that types can type it, and holds no name, serial or place.

    SP1/HR-KLA-26-0001/4IZEIMV4LK5YGPKW/1234/0F3A…/9C01…/<signature in base 32>
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, unquote

from stockpile.domain.ledger import Sign, signed_by
from stockpile.domain.values import NodeId

SealStanding = Literal["good", "forged", "unknown_node"]

_LABEL: Final = b"stockpile paper\0"
_BEGINNING: Final = "SP1/"
_HASH: Final = 16
_FIELDS: Final = 6
_LONGEST: Final = 400
_NODE: Final = re.compile(r"[A-Z2-7]{16}")
_ENTRY: Final = re.compile(r"[0-9]{1,12}")
_DIGITS: Final = re.compile(rf"[0-9A-F]{{{_HASH}}}|")
_BASE_32: Final = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """What the seal says: the paper's number, who drew it, and the ledger's last entry by then.

    ``head`` is the beginning of that entry's hash, ``fact`` of the fact that the paper stands for,
    where it is one: 16 digits in hexadecimal each.
    """

    number: str
    node: NodeId
    entry: int
    head: str
    fact: str = ""


def sealed_summary(summary: Summary, sign: Sign) -> str:
    """Return the text of the QR Code: the summary and the node's signature over it."""
    said = _said(summary)
    signature = base64.b32encode(sign(_LABEL + said.encode("ascii"))).decode("ascii")
    return f"{said}/{signature.rstrip('=')}"


def read_summary(
    text: str, key_of: Callable[[NodeId], bytes | None]
) -> tuple[Summary, SealStanding] | None:
    """Return what a scanned seal says and what its signature is worth; None where it is no seal.

    ``key_of`` gives the public key of a node, where it is known here.
    """
    plain = text.strip().upper()
    said, _slash, code = plain.rpartition("/")
    if len(plain) > _LONGEST or not plain.isascii() or not plain.startswith(_BEGINNING):
        return None
    summary, signature = _read(said), _signature(code)
    if summary is None or signature is None:
        return None
    key = key_of(summary.node)
    if key is None:
        return summary, "unknown_node"
    is_good = signed_by(key, _LABEL + said.encode("ascii"), signature)
    return summary, "good" if is_good else "forged"


def _said(summary: Summary) -> str:
    parts = (
        quote(summary.number.upper(), safe="-"), summary.node.upper(), str(summary.entry),
        summary.head[:_HASH].upper(), summary.fact[:_HASH].upper(),
    )  # fmt: skip
    return _BEGINNING + "/".join(parts)


def _read(said: str) -> Summary | None:
    fields = said.split("/")
    if len(fields) != _FIELDS:
        return None
    _begin, number, node, entry, head, fact = fields
    shapes = ((_NODE, node), (_ENTRY, entry), (_DIGITS, head), (_DIGITS, fact))
    if not number or not all(shape.fullmatch(field) for shape, field in shapes):
        return None
    return Summary(unquote(number), NodeId(node.lower()), int(entry), head.lower(), fact.lower())


def _signature(code: str) -> bytes | None:
    try:
        return base64.b32decode(code + "=" * (-len(code) % _BASE_32))
    except (binascii.Error, ValueError):
        return None
