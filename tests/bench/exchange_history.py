"""What the benches of the exchange send: a depot's history in the real books of a node.

Each weapon is registered, marked by a tag, moved, counted, issued, returned, inspected: ten facts
each, a group of weapons at a time, as a depot's days go. Serials are drawn like real ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.sqlite.opening import open_books
from stockpile.domain.facts import (
    Draft,
    Mark,
    NodeFounded,
    TagBound,
    WeaponCounted,
    WeaponInspected,
    WeaponIssued,
    WeaponRegistered,
    WeaponRelocated,
    WeaponReturned,
)
from stockpile.services.ports import Books
from tests.helpers import officers
from tests.helpers.sites import DATABASE_KEY, Booked, SiteKeys

GROUP = 200
MODELS = (
    ("Kalashnikov", "AKM", "7.62x39"), ("Kalashnikov", "AK-74", "5.45x39"),
    ("Norinco", "Type 56", "7.62x39"), ("FN", "FAL", "7.62x51"), ("H&K", "G3", "7.62x51"),
    ("Colt", "M16A1", "5.56x45"), ("Browning", "GP35", "9x19"), ("Makarov", "PM", "9x18"),
    ("Zastava", "M70", "7.62x39"), ("Lee-Enfield", "No.4", "7.7x56R"),
)  # fmt: skip


@dataclass
class Heads:
    """The facts that a weapon's next ones replace, of custody and condition; and its place."""

    custody: str = ""
    condition: str = ""
    place: str = ""

    def put(self, drawn: random.Random) -> str:
        self.place = f"rack-{drawn.randrange(40)}"
        return self.place


Act = Callable[[random.Random, str, Heads], Draft]
"""A fact about a weapon as a desk makes it: it names what it replaces or saw."""


def _registered(drawn: random.Random, weapon: str, heads: Heads) -> Draft:
    make, model, calibre = drawn.choice(MODELS)
    letters = "".join(drawn.choices("ABCEHKMOPTX", k=2))
    serial = f"{letters}{drawn.randrange(10**6):06}"
    marks = (Mark("serial", serial, is_identity=True),)
    body = WeaponRegistered(
        "rifle", make, model, calibre, marks, year=str(drawn.randrange(1948, 2020)),
        place=heads.put(drawn),
    )  # fmt: skip
    return Draft(weapon, body)


def _tagged(drawn: random.Random, weapon: str, _heads: Heads) -> Draft:
    return Draft(weapon, TagBound(f"SP{drawn.randrange(36**6):06}"))


def _moved(drawn: random.Random, weapon: str, heads: Heads) -> Draft:
    return Draft(weapon, WeaponRelocated(heads.put(drawn)), (heads.custody,))


def _counted(drawn: random.Random, weapon: str, heads: Heads) -> Draft:
    body = WeaponCounted(f"count-{drawn.randrange(9)}", heads.place)
    return Draft(weapon, body, saw=(heads.custody,))


def _issued(drawn: random.Random, weapon: str, heads: Heads) -> Draft:
    return Draft(
        weapon, WeaponIssued(f"person-{drawn.randrange(5000)}", purpose="guard"), (heads.custody,)
    )


def _returned(drawn: random.Random, weapon: str, heads: Heads) -> Draft:
    return Draft(weapon, WeaponReturned(heads.put(drawn)), (heads.custody,))


def _inspected(drawn: random.Random, weapon: str, heads: Heads) -> Draft:
    return Draft(weapon, WeaponInspected("serviceable", "bore clear"), (heads.condition,))


LIFE: Sequence[Act] = (
    _registered, _tagged, _moved, _counted, _issued, _returned, _inspected, _counted, _moved,
    _counted,
)  # fmt: skip
_CUSTODY = (_registered, _moved, _issued, _returned)
_CONDITION = (_registered, _inspected)


def a_depot(folder: Path, facts: int, an_entry: int) -> Booked:
    """Begin a node's books and write the history, so many facts an entry."""
    folder.mkdir(parents=True)
    keys, clock = SiteKeys(), SystemClock()
    opened = open_books(
        folder, DATABASE_KEY, keys=keys, clock=clock, chance=SystemChance(),
        anchor=AnchorFile(folder),
    )  # fmt: skip
    founded = Draft(keys.node, NodeFounded(keys.public_key.hex(), "bench"))
    opened.books.record([founded, *officers.in_office()], by=None)
    drawn = random.Random(7)
    for first in range(0, facts // len(LIFE), GROUP):
        group = [f"w{one:07}" for one in range(first, min(first + GROUP, facts // len(LIFE)))]
        _live(opened.books, drawn, group, an_entry)
    return Booked(keys, clock, opened)


def _live(books: Books, drawn: random.Random, group: Sequence[str], an_entry: int) -> None:
    heads = {weapon: Heads() for weapon in group}
    for act in LIFE:
        for at in range(0, len(group), an_entry):
            drafts = [act(drawn, one, heads[one]) for one in group[at : at + an_entry]]
            for fact in books.record(drafts, by=officers.FIRST).facts:
                if act in _CUSTODY:
                    heads[fact.subject].custody = fact.hash
                if act in _CONDITION:
                    heads[fact.subject].condition = fact.hash
