"""Hand receipts: the words that are signed for, and whether a signature still stands under them.

The words are bytes that every node makes alike from the facts on record: number, way, each weapon
with its holder, kit and due time, each lot with its rounds. Whoever changes one of them afterwards,
in the ledger or on its way, finds the signature broken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.errors import ReceiptForged
from stockpile.domain.facts import (
    Draft,
    KitItem,
    ReceiptSigned,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.ledger import signed_by
from stockpile.domain.values import Digest, PersonId, WeaponId

_CONTEXT: Final = b"stockpile-receipt-v1\0"
Way = Literal["issue", "return"]
How = Literal["pin", "drawn", "paper", "unsigned"]
Standing = Literal["good", "drawn", "paper", "unsigned"]
"""What a receipt's signature is worth now: proved by a key, to be looked at, or not there."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How the receiver signed: with a PIN, by hand (``proof`` is the photo's digest), or not.

    ``signer`` is who signed, or should have; ``reason`` says why a receipt is not signed.
    """

    how: How = "unsigned"
    signer: PersonId | None = None
    public_key: str = ""
    signature: str = ""
    proof: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a receipt is about, taken together from the facts of one act."""

    number: str
    way: Way
    weapons: tuple[tuple[WeaponId, WeaponIssued | WeaponReturned], ...]
    rounds: tuple[RoundsIssued | RoundsReturned, ...] = ()


def words(content: Content) -> bytes:
    """Return the words of a receipt as they are signed: canonical, the same on every node."""
    said = {
        "number": content.number,
        "way": content.way,
        "weapons": sorted(_weapon(weapon, body) for weapon, body in content.weapons),
        "rounds": sorted(map(_rounds, content.rounds)),
    }
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return _CONTEXT + text.encode("ascii")


def signed(
    receipt: str, content: Content, signature: Signature, holder: PersonId | None, patrol: str = ""
) -> Draft:
    """Return the receipt as a fact; a drawn signature or paper goes with it as an attachment.

    Raises ReceiptForged where the signature is not under these words.
    """
    body = ReceiptSigned(
        content.number,
        content.way,
        tuple(sorted(weapon for weapon, _body in content.weapons)),
        holder,
        signature.signer,
        signature.how,
        signature.proof,
        signature.public_key,
        signature.signature,
        patrol,
        signature.reason,
    )
    standing(body, content)
    return Draft(receipt, body, attachments=(Digest(body.proof),) if body.proof else ())


def standing(receipt: ReceiptSigned, content: Content) -> Standing:
    """Return what the signature under a receipt is worth; raises ReceiptForged for a broken one.

    One that is not by a PIN cannot be proved by arithmetic: it is there to be looked at.
    """
    if tuple(sorted(weapon for weapon, _body in content.weapons)) != receipt.weapons:
        raise ReceiptForged(receipt.number)
    if receipt.how == "unsigned":
        return "unsigned"
    if receipt.how != "pin":
        if not receipt.proof:
            raise ReceiptForged(receipt.number)
        return receipt.how
    key, signature = _unhexed(receipt.public_key), _unhexed(receipt.signature)
    if not signed_by(key, words(content), signature):
        raise ReceiptForged(receipt.number)
    return "good"


def _weapon(weapon: WeaponId, body: WeaponIssued | WeaponReturned) -> list[object]:
    """Return a weapon's part of the words; the two ways never look alike."""
    match body:
        case WeaponIssued():
            return [weapon, body.holder, body.due, body.use, _kit(body.kit)]
        case WeaponReturned():
            return [weapon, body.place, body.condition or "", body.remarks, _kit(body.short)]


def _rounds(body: RoundsIssued | RoundsReturned) -> list[object]:
    who = body.holder or ""
    match body:
        case RoundsIssued():
            return [body.lot, who, body.quantity]
        case RoundsReturned():
            return [body.lot, who, body.quantity, body.expended, body.short]


def _kit(items: Iterable[KitItem]) -> list[list[object]]:
    return sorted([one.kind, one.mark, one.count] for one in items)


def _unhexed(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
