"""Entries of a history as lines that people read: in which entry, when, what, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from stockpile.domain.facts import Fact, WeaponRegistered
from stockpile.domain.values import Digest, Instant
from stockpile.fact_words import fact_sentence
from stockpile.language import listed
from stockpile.registry.branches import Told
from stockpile.registry.dossiers import named_in
from stockpile.registry.naming import names_of
from stockpile.wording import Names


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of a history in words; ``hash`` is its entry's."""

    number: int
    hash: Digest
    at: Instant
    says: str
    subject: str


def lines(connection: Connection, entries: Sequence[Told], most: int) -> tuple[Line, ...]:
    """Return the first facts of some entries as lines, so many at most."""
    said = [(one, fact) for one in entries for fact in one.facts][:most]
    ids = {each for _one, fact in said for each in (fact.subject, fact.by, *named_in(fact))}
    names = names_of(connection, ids)
    return tuple(
        Line(one.number, one.hash, one.at, fact_sentence(fact, names), subject_words(fact, names))
        for one, fact in said
    )


def subject_words(fact: Fact, names: Names) -> str:
    """Return what a fact is about as people call it: what is stamped on a new weapon, else a name.

    A weapon of a history that does not count is on no record: only the fact knows its marks.
    """
    body = fact.body
    marks = (
        [one.text for one in body.marks if one.text] if isinstance(body, WeaponRegistered) else []
    )
    return listed(marks) or names.of(fact.subject)
