"""A register that has been lived in: racks in depots, lists, years, marks, losses, mistakes."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from stockpile import app
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.domain.facts import (
    Body,
    Draft,
    Fact,
    Mark,
    MarkingBegun,
    MarkingEnded,
    MarkReadBack,
    PlaceOpened,
    Source,
    WeaponIssued,
    WeaponLost,
    WeaponRegistered,
    WeaponWithdrawn,
)
from stockpile.domain.values import Digest, JobId, OfficerId, PlaceId, WeaponId, new_id
from stockpile.services.stockpile import Stockpile
from tests.helpers.crowds import ACT, Line, crowd

_COUNTRIES = ("BR", "BE", "RU", "SUHH", "US", "AT", "DE", "CN", "IT", "")
_CONDITIONS = ("serviceable", "repairable", "unserviceable", "unknown")
_CLOCK, _CHANCE = SystemClock(), SystemChance()


def lived_in(home: Path, count: int) -> Stockpile:
    """Open the practice home of a folder, with so many weapons; made where it is not there yet."""
    told = home / "lived-in"
    if told.exists() and told.read_text("utf-8") == str(count):
        return app.open_home(home, app.PRACTICE_PASSPHRASE)
    stockpile = app.found_practice(home)
    fill(stockpile, count)
    told.write_text(str(count), "utf-8")
    return stockpile


def fill(stockpile: Stockpile, count: int, seed: int = 7) -> None:
    """Put so many weapons on record, in acts of a thousand, and let some of them live."""
    chance = random.Random(seed)
    lines = crowd(seed, count)
    officers = [OfficerId(_new()) for _ in range(6)]
    racks = _places(stockpile)
    act = 0
    while portion := list(islice(lines, ACT)):
        document = Digest(hashlib.sha256(f"list {act // 20}".encode()).hexdigest())
        drafts = [
            _registered(chance, line, racks, document, act * ACT + at)
            for at, line in enumerate(portion)
        ]
        by = officers[act % len(officers)]
        recorded = stockpile.books.record(drafts, by=by)
        begun = stockpile.books.record(list(_lives(chance, recorded.facts, act)), by=by)
        stockpile.books.record(list(_marked(begun.facts)), by=by)
        act += 1


def _places(stockpile: Stockpile) -> list[PlaceId]:
    drafts, racks = [], []
    for depot in range(20):
        site = PlaceId(_new())
        drafts.append(Draft(site, PlaceOpened(f"Depot {depot + 1:02}")))
        for rack in range(15):
            racks.append(PlaceId(_new()))
            body = PlaceOpened(f"Rack {depot + 1:02}-{rack + 1:02}", "rack", site)
            drafts.append(Draft(racks[-1], body))
    stockpile.books.record(drafts, by=None)
    return racks


def _registered(
    chance: random.Random, line: Line, racks: Sequence[PlaceId], document: Digest, number: int
) -> Draft:
    marks = (Mark("serial", line.serial, is_identity=True),) if chance.random() < 0.97 else ()
    row = Digest(hashlib.sha256(f"{document}{number}".encode()).hexdigest())
    body = WeaponRegistered(
        type=line.type, make=line.make, model=line.model, calibre=line.calibre, marks=marks,
        place=chance.choice(racks), country=chance.choice(_COUNTRIES),
        year=str(chance.randrange(1950, 2024)), condition=chance.choice(_CONDITIONS),
        source=Source(document, number, row),
    )  # fmt: skip
    return Draft(WeaponId(_new()), body)


def _lives(chance: random.Random, facts: Sequence[Fact], act: int) -> Iterator[Draft]:
    for at, fact in enumerate(facts):
        fate = chance.random()
        weapon, heads = WeaponId(fact.subject), (fact.hash,)
        if fate < 0.06:
            text = f"XA {act:04}{at:03}"
            begun = MarkingBegun(JobId(f"j{act}-{at}"), "lived", text, act * ACT + at, "m")
            yield Draft(weapon, begun, heads)
        elif fate < 0.10 and isinstance(fact.body, WeaponRegistered) and fact.body.marks:
            serial = fact.body.marks[0].text
            yield Draft(weapon, MarkReadBack(serial, serial))
        elif fate < 0.12:
            yield Draft(weapon, _end(fate), heads)


def _marked(facts: Sequence[Fact]) -> Iterator[Draft]:
    for fact in facts:
        if isinstance(fact.body, MarkingBegun):
            yield Draft(fact.subject, MarkingEnded(fact.body.job, "marked"), (fact.hash,))


def _end(fate: float) -> Body:
    if fate < 0.11:
        return WeaponIssued("p1")
    return WeaponLost("lost") if fate < 0.115 else WeaponWithdrawn("entered twice")


def _new() -> str:
    return new_id(_CLOCK.now(), _CHANCE.bytes(10))
