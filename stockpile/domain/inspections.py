"""The inspector's stick: what the dossier promises, how the sample is drawn, what is signed.

1. A dossier is a list of the weapons on charge and all chains up to a head code, bound together by
   the node's signature: whoever changes a byte of either is found out.
2. The sample is drawn by whoever has the list, the head code and the seed, and always the same:
   each weapon's rank is SHA-256 over a label, the head code, the seed and its id with 00 between
   them; the sample are the weapons of the lowest ranks. The head stands fixed before the inspector
   says the seed, so that neither side can choose the weapons.
3. An inspector signs the body of the fact itself, without the signature, under a label of its own;
   so it can be proved from the ledger alone, for ever.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Final, Literal

from stockpile.domain import codec, wire
from stockpile.domain.closing_counts import DAYS_TO_ANSWER
from stockpile.domain.dates import is_date
from stockpile.domain.errors import (
    FactUnreadable,
    FieldMissing,
    FieldUnreadable,
    InspectionUnproved,
    MessageUnreadable,
)
from stockpile.domain.facts import Draft, Inspected, InspectionSigned, InvestigationOpened
from stockpile.domain.ledger import Sign, node_id, signed_by
from stockpile.domain.values import Digest, Instant, NodeId, PlaceId, WeaponId, tidied

VERSION: Final = 1
ON_CHARGE: Final = frozenset(
    {"in_store", "collected", "found", "seized", "recovered", "issued", "disputed"}
)
"""States of a weapon that its keeper must be able to show, or say who has it."""
_DOSSIER: Final = b"stockpile-dossier-v1\x00"
_SAMPLE: Final = b"stockpile-sample-v1"
_RESULT: Final = b"stockpile-inspection-v1\x00"
_KIND: Final = "inspection.signed"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a dossier says of itself; digests are SHA-256 of the files beside it.

    ``key`` is the node's public key (hexadecimal), ``head`` the head code up to which it tells,
    ``weapons`` how many are on the list.
    """

    v: int
    node: NodeId
    key: str
    site: str
    head: str
    at: Instant
    weapons: int
    register: Digest
    chains: Digest
    signature: str = ""


def sealed(dossier: Dossier, sign: Sign) -> Dossier:
    """Return the dossier signed by the node."""
    return replace(dossier, signature=sign(_bound(dossier)).hex())


def written(dossier: Dossier) -> bytes:
    """Return the dossier as it stands in its file: canonical JSON and a line feed."""
    return wire.encode(dossier) + b"\n"


def read_dossier(raw: bytes, path: str) -> Dossier:
    """Return the dossier that a file holds, once its node's signature stands under it.

    Raises InspectionUnproved.
    """
    try:
        dossier = wire.decode(raw, Dossier)
        key, signature = bytes.fromhex(dossier.key), bytes.fromhex(dossier.signature)
    except (MessageUnreadable, ValueError) as error:
        raise InspectionUnproved(path, "dossier") from error
    whole = written(dossier) == raw and dossier.v == VERSION and node_id(key) == dossier.node
    if not whole or not signed_by(key, _bound(dossier), signature):
        raise InspectionUnproved(path, "dossier")
    return dossier


# --- the draw -----------------------------------------------------------------------------------


def tidied_seed(seed: str) -> str:
    """Return a seed as it is drawn with: one form of letters and case, one space between words.

    Raises FieldMissing for an empty one.
    """
    plain = " ".join(unicodedata.normalize("NFKC", seed).casefold().split())
    if not plain:
        raise FieldMissing("seed")
    return plain


def rank(head: str, seed: str, weapon: str) -> str:
    """Return a weapon's rank in the draw; ``seed`` as tidied."""
    parts = (_SAMPLE, head.encode(), seed.encode(), weapon.encode())
    return hashlib.sha256(b"\x00".join(parts)).hexdigest()


def draw(head: str, seed: str, weapons: Iterable[WeaponId], count: int) -> tuple[WeaponId, ...]:
    """Return the sample, in the order of the draw; all weapons where there are no more.

    Raises FieldMissing without a seed, FieldUnreadable for a count below one.
    """
    if count < 1:
        raise FieldUnreadable("count", str(count))
    plain = tidied_seed(seed)
    ranks = {one: rank(head, plain, one) for one in weapons}
    return tuple(sorted(ranks, key=ranks.__getitem__)[:count])


# --- the result ---------------------------------------------------------------------------------


def message(result: InspectionSigned) -> bytes:
    """Return what an inspector signs: the result's canonical body, without the signature."""
    plain = codec.plain_body(result)
    assert isinstance(plain, dict)
    return _RESULT + codec.canonical({key: one for key, one in plain.items() if key != "signature"})


def is_proved(result: InspectionSigned) -> bool:
    """Say whether the inspector's signature covers the result."""
    try:
        key, signature = bytes.fromhex(result.public_key), bytes.fromhex(result.signature)
    except ValueError:
        return False
    return signed_by(key, message(result), signature)


def read_result(raw: bytes, path: str) -> InspectionSigned:
    """Return the result that an inspector's file holds, once it is well formed and signed.

    Raises InspectionUnproved.
    """
    try:
        result = codec.read_body(_KIND, raw.removesuffix(b"\n"))
    except FactUnreadable as error:
        raise InspectionUnproved(path, "result") from error
    if not isinstance(result, InspectionSigned) or not result.sample:
        raise InspectionUnproved(path, "result")
    if not (tidied(result.inspector) and tidied(result.authority) and is_date(result.signed_on)):
        raise InspectionUnproved(path, "result")
    if not is_proved(result):
        raise InspectionUnproved(path, "inspector")
    return result


def demand_of_dossier(
    result: InspectionSigned, dossier: Dossier, weapons: Iterable[WeaponId], path: str
) -> None:
    """Raise InspectionUnproved unless the result is of this dossier, and its sample as drawn.

    ``weapons`` are those of the dossier's list.
    """
    if (result.head, result.register) != (dossier.head, dossier.register):
        raise InspectionUnproved(path, "other_dossier")
    sample = tuple(one.weapon for one in result.sample)
    if sample != draw(result.head, result.seed, weapons, len(sample)):
        raise InspectionUnproved(path, "sample")


def subject_of(result: InspectionSigned) -> str:
    """Return under what an inspection stands on record: the same wherever it is taken in."""
    return f"inspection:{codec.digest(message(result))[:32]}"


def taken_in(
    result: InspectionSigned,
    places: Mapping[WeaponId, PlaceId | None],
    *,
    ids: Sequence[str],
    today: str,
) -> list[Draft]:
    """Put the result on record, and open an investigation for each weapon that was not as it says.

    ``places`` are where the record has them, ``ids`` new ones, as many as there are findings to
    answer.
    """
    subject = subject_of(result)
    due = (date.fromisoformat(today) + timedelta(days=DAYS_TO_ANSWER)).isoformat()
    opened = [
        Draft(id_, _investigation(subject, one, places.get(one.weapon), due))
        for id_, one in zip(ids, to_answer(result), strict=True)
    ]
    return [Draft(subject, result), *opened]


def to_answer(result: InspectionSigned) -> tuple[Inspected, ...]:
    """Return the findings that somebody must answer: what was missing, and what differs."""
    return tuple(one for one in result.sample if one.finding in ("missing", "differs"))


def _investigation(
    subject: str, one: Inspected, place: PlaceId | None, due: str
) -> InvestigationOpened:
    kind: Literal["missing", "differs"] = "missing" if one.finding == "missing" else "differs"
    return InvestigationOpened(kind, subject, one.weapon, place, one.remark, due)


def _bound(dossier: Dossier) -> bytes:
    plain = {one.name: getattr(dossier, one.name) for one in fields(dossier)}
    del plain["signature"]
    return _DOSSIER + codec.canonical(plain)
