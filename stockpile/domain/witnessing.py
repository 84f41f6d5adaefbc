"""What a witness does: it believes of a log only what goes on from what it saw before.

A registry *offers* a head together with the proof that it grew out of the head which the witness
saw last; the witness checks and cosigns. The offer is the request of c2sp.org/tlog-witness
(`add-checkpoint`), so that it is the same by net, on a stick, and for any witness of that kind.

Who is a witness is said by facts of the registry's own chain. Where the authority has offline keys,
only what enough of them attested counts; before that, it is the registry's own word, and shown so.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from stockpile.domain import tlog, tree
from stockpile.domain.authority import authority_of, read_key
from stockpile.domain.errors import LogNotExtended, NoteUnreadable, OfferElsewhere
from stockpile.domain.facts import Fact, KeyNamed
from stockpile.domain.ledger import Sign, node_id
from stockpile.domain.tlog import Checkpoint, Note, NoteKey
from stockpile.domain.values import Digest, Instant, NodeId

MOST_OFFER: Final = 2 * tlog.MOST_NOTE
MOST_STEPS: Final = 63
"""Lines of a proof, by c2sp.org/tlog-witness."""
_HASH_LENGTH: Final = 32
_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,15})")

Head = tuple[int, Digest]


@dataclass(frozen=True, slots=True)
class Offer:
    """A head offered to a witness: where its proof begins, the steps, the signed head."""

    old: int
    steps: tuple[bytes, ...]
    note: Note

    def to_bytes(self) -> bytes:
        """Return the offer as it travels."""
        lines = (f"old {self.old}", *(base64.b64encode(step).decode() for step in self.steps), "")
        return "".join(f"{line}\n" for line in lines).encode() + self.note.to_bytes()


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """The proof that the entry at a position stands in the log of a size (RFC 9162 2.1.3).

    Positions count from 1, as in receipts.
    """

    position: int
    size: int
    steps: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CosignedHeads:
    """The newest head that each standing witness cosigned: checkpoints with cosignatures."""

    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowedLog:
    """A log that a witness follows: its name and key, and the head seen last, when, signed by it.

    Nothing was seen of it where there is no root.
    """

    origin: str
    key: str
    note: str = ""
    size: int = 0
    root: Digest | None = None
    at: Instant = 0

    @property
    def head(self) -> Head | None:
        """The head seen last; None where none was."""
        return (self.size, self.root) if self.root is not None else None


@dataclass(frozen=True, slots=True)
class Witness:
    """Who may cosign: their name and key, and whether the authority's offline keys named them."""

    name: str
    key: bytes
    is_attested: bool

    @property
    def keys(self) -> tuple[NoteKey, ...]:
        """The keys under which their cosignatures are looked for.

        One of ours signs under its key's id; one of another make under the name that it was given.
        """
        names = dict.fromkeys(
            (own_name(self.key), *([self.name] if tlog.is_name(self.name) else ()))
        )
        return tuple(tlog.witness_key(one, self.key) for one in names)


def standing(facts: Iterable[Fact], registries: Collection[NodeId]) -> tuple[Witness, ...]:
    """Return the witnesses that stand named, by the facts of the registries' own chains."""
    known = [one for one in facts if one.node in registries]
    authority = authority_of(known, registries)
    said = authority.named if authority.roots else _own_word(known)
    return tuple(
        Witness(one.name, key, is_attested=authority.roots is not None)
        for one in said
        if one.duty == "witness" and (key := read_key(one.key)) is not None
    )


def _own_word(facts: Iterable[Fact]) -> list[KeyNamed]:
    """Return the keys that a registry without an authority named last and did not withdraw."""
    named: dict[str, KeyNamed] = {}
    for fact in sorted(facts, key=lambda one: (one.node, one.seq)):
        if isinstance(fact.body, KeyNamed):
            named[fact.body.key] = fact.body
    return [one for one in named.values() if not one.withdrawn]


def own_name(public_key: bytes) -> str:
    """Return the name under which a witness of ours signs: one that needs no agreement."""
    return f"stockpile.witness/{node_id(public_key)}"


def read_offer(raw: bytes) -> Offer:
    """Return the offer in these bytes; raise NoteUnreadable where there is none."""
    head, between, rest = raw[:MOST_OFFER].partition(b"\n\n")
    if not between or len(raw) > MOST_OFFER:
        raise NoteUnreadable("offer")
    try:
        first, *lines = head.decode("ascii").split("\n")
        steps = tuple(base64.b64decode(line, validate=True) for line in lines)
    except (UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise NoteUnreadable("offer") from error
    old = _OLD.fullmatch(first)
    if not old or len(steps) > MOST_STEPS or any(len(step) != _HASH_LENGTH for step in steps):
        raise NoteUnreadable("offer")
    return Offer(int(old[1]), steps, tlog.read_note(rest))


def origin_in(offer: Offer) -> str:
    """Return whose log an offer speaks of, before anything of it is proved."""
    return tlog.read_checkpoint(offer.note.text).origin


def judged(offer: Offer, key: NoteKey, seen: Head | None) -> Checkpoint:
    """Return the head, once it is signed by the log and goes on from the one seen last.

    Raises NoteUnreadable for what the log's key did not sign, OfferElsewhere for a proof that
    begins at another size, LogNotExtended for a head that does not go on from the one seen. Only
    the last accuses anybody: it is raised for what the log itself signed.
    """
    tlog.demand_signed(offer.note, key)
    head = tlog.read_checkpoint(offer.note.text)
    if head.origin != key.name:
        raise NoteUnreadable("origin")
    if seen is None:
        return _first(offer, head)
    had, _root = seen
    if head.size < had or (head.size == had and head.head != seen):
        raise LogNotExtended(head.origin, had, head.size)
    if head.head == seen:
        return head
    if offer.old != had:
        raise OfferElsewhere(head.origin, had, offer.old)
    if had and not tree.begins(seen, head.head, offer.steps):
        raise LogNotExtended(head.origin, had, head.size)
    return head


def cosigned(offer: Offer, key: NoteKey, second: int, sign: Sign) -> Note:
    """Return the offered head with a cosignature added."""
    return offer.note.with_signatures([tlog.cosigned(offer.note.text, key, second, sign)])


def _first(offer: Offer, head: Checkpoint) -> Checkpoint:
    """Believe the first head of a log that is seen; from then on it is held to it."""
    if offer.old:
        raise OfferElsewhere(head.origin, 0, offer.old)
    return head
