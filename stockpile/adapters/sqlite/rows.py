"""A weapon and a reference as rows: the listing's columns, and the state they were drawn from."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from stockpile.adapters.sqlite.store import Row
from stockpile.domain import codec
from stockpile.domain.facts import ReferenceBody
from stockpile.domain.listing import LAST, ListedMark, Listing
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Digest, search_key
from stockpile.domain.weapons import Weapon

WEAPON_COLUMNS: Final = (
    "row", "id", "state", "lamport", "registered", "number", "serial", "mark", "type", "make",
    "model", "calibre", "condition", "status", "place", "place_name", "tag", "recorded_at",
    "duplicate_key", "by_serial", "by_mark", "by_model", "by_place", "words", "recorded_by",
    "country", "year", "document", "holder", "home", "due", "paper", "inspect_by", "unfit",
)  # fmt: skip
MARK_COLUMNS: Final = (
    "weapon", "pos", "kind", "text", "key", "fold", "is_identity", "is_ours",
)  # fmt: skip
encode_weapon: Final = msgspec.json.Encoder().encode
decode_weapon: Final = msgspec.json.Decoder(Weapon).decode


def weapon_row(row: int, weapon: Weapon, listed: Listing, place_name: str) -> Row:
    """Return the values of WEAPON_COLUMNS."""
    return (
        row, weapon.id, encode_weapon(weapon), listed.lamport, listed.registered, listed.number,
        listed.serial, listed.mark, listed.type, listed.make, listed.model, listed.calibre,
        listed.condition, listed.status, listed.place, place_name, listed.tag, listed.recorded_at,
        listed.duplicate_key, listed.by_serial, listed.by_mark, listed.by_model,
        place_key(place_name), listed.words, listed.recorded_by, listed.country, listed.year,
        listed.document, listed.holder, listed.home, listed.due, listed.paper, listed.inspect_by,
        listed.is_unfit,
    )  # fmt: skip


def place_key(place_name: str) -> str:
    """Return the key by which lists sort a place."""
    return search_key(place_name) or LAST


def mark_rows(row: int, marks: tuple[ListedMark, ...]) -> list[Row]:
    """Return the values of MARK_COLUMNS for each mark."""
    return [
        (row, pos, mark.kind, mark.text, mark.key, mark.fold,
         mark.is_identity, mark.is_ours)
        for pos, mark in enumerate(marks)
    ]  # fmt: skip


def old_tag_rows(row: int, weapon: Weapon) -> list[Row]:
    """Return the rows of the tags that were replaced: all but the last bound, each once."""
    old = dict.fromkeys(weapon.tags[:-1])
    return [(tag, row) for tag in old if tag != weapon.tag]


class _StoredHead(msgspec.Struct, frozen=True, array_like=True):
    hash: Digest
    order: tuple[int, str, int]
    kind: str
    body: msgspec.Raw


class _StoredReference(msgspec.Struct, frozen=True, array_like=True):
    """``opening`` is a number where the opening is one of those standing, as it mostly is."""

    opening: _StoredHead | int | None
    standing: tuple[_StoredHead, ...]
    replaced: tuple[Digest, ...]


_decode_reference = msgspec.json.Decoder(_StoredReference).decode
_BODIES: Final[dict[str, msgspec.json.Decoder[Any]]] = {
    kind: msgspec.json.Decoder(shape) for kind, shape in codec.KINDS.items()
}


def encode_reference(reference: Reference) -> bytes:
    """Return the reference as bytes; every body beside the name of its kind."""
    opening, standing = reference.opening, reference.standing
    first: _StoredHead | int | None = None
    if opening is not None:
        first = standing.index(opening) if opening in standing else _stored(opening)
    return msgspec.json.encode(
        _StoredReference(first, tuple(map(_stored, standing)), reference.replaced)
    )


def decode_reference(subject: str, raw: bytes) -> Reference:
    """Return the reference that was stored."""
    stored = _decode_reference(raw)
    standing = tuple(map(_head, stored.standing))
    if isinstance(stored.opening, int):
        return Reference(subject, standing[stored.opening], standing, stored.replaced)
    opening = None if stored.opening is None else _head(stored.opening)
    return Reference(subject, opening, standing, stored.replaced)


def _stored(head: Head) -> _StoredHead:
    body = msgspec.Raw(msgspec.json.encode(head.body))
    return _StoredHead(head.hash, head.order, codec.kind_of(head.body), body)


def _head(stored: _StoredHead) -> Head:
    body: ReferenceBody = _BODIES[stored.kind].decode(stored.body)
    return Head(stored.hash, stored.order, body)
