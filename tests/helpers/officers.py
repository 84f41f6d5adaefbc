"""Two officers in office, for tests below the services: they sign what wants two.

They are founded with a chain, in its first entry; nobody needs to sign that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nacl.signing import SigningKey

from stockpile.domain.facts import Draft, OfficerAppointed
from stockpile.domain.values import OfficerId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, OfficerKey, Recorded

FIRST, SECOND = OfficerId("o-first"), OfficerId("o-second")
SEEDS: Final = {FIRST: SigningKey(b"1" * 32), SECOND: SigningKey(b"2" * 32)}


def key(officer: OfficerId) -> OfficerKey:
    """Return the key of one of the two."""
    return OfficerKey(officer, lambda message: SEEDS[officer].sign(message).signature)


def in_office() -> list[Draft]:
    """Return the appointments of the two, for the first entry of a chain."""
    return [
        Draft(one, OfficerAppointed(one, ("commander",), bytes(seed.verify_key).hex()))
        for one, seed in SEEDS.items()
    ]


def by_one(books: Books, drafts: Iterable[Draft]) -> Recorded:
    """Record what the first officer does and signs."""
    return books.record(list(drafts), by=FIRST, signers=[key(FIRST)])


def by_two(books: Books, drafts: Iterable[Draft]) -> Recorded:
    """Record what the first officer does and the second confirms."""
    signers = [key(FIRST), key(SECOND)]
    return books.record(list(drafts), by=FIRST, witnesses=[SECOND], signers=signers)


def by_both(books: Books, first: SignedIn, second: SignedIn, drafts: Iterable[Draft]) -> Recorded:
    """Record what an officer who is signed in does and another one confirms."""
    return books.record(
        list(drafts), by=first.id, witnesses=[second.id], signers=[first.key, second.key]
    )
