"""Finding a weapon among a country's: by whatever was read off it, a paper, or what it is like.

1. Whatever is typed or scanned goes the same way, the surest first: registry number, tag, a mark as
   it stands, a paper's number, a mark of the same looks, a part of one, a reading close to one.
2. Each way asks one index and takes no more than it shows; none walks over the register.
3. An answer ends the search: what only resembles is looked for where nothing else was found, or
   where somebody asks for it.
4. Likeness is the domain's own distance of readings: the database only brings what is worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    text,
)

from stockpile.domain.codes import read_code
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.matching import channel, weighing
from stockpile.domain.matching.patterns import is_partial, pattern
from stockpile.domain.matching.symbols import symbols
from stockpile.domain.numbers import read_number
from stockpile.domain.serials import fold
from stockpile.domain.tags import tag_in
from stockpile.domain.values import is_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import among
from stockpile.registry.filters import Filters, conditions, date_of
from stockpile.registry.finding_tables import LISTED, PAPER, SOUGHT
from stockpile.registry.naming import reference_of
from stockpile.registry.tables import WEAPON
from stockpile.registry.texts import key_of

MOST_HITS: Final = 60
"""Hits of one search: more than that is no answer, and a filter narrows it."""
LONGEST: Final = 400
"""Characters of a search that are looked at: the longest code on a label has fewer."""
_FEWEST_PART: Final = 3
_CANDIDATES: Final = 200
_TOO_FAR: Final = 14.0
"""Beyond this cost a reading is hardly one of that mark (see ``matching.channel``)."""
_INSTANT: Final = re.compile(r"\d{1,15}", re.ASCII)
_UNREAD: Final = re.compile(r"(\[[^\]]+\]|[?#])|(\*+|\.{2,}|_{2,}|\u2026)|(.)", re.DOTALL)
_CERTAIN: Final = frozenset({"number", "tag"})
_ALSO: Final = frozenset({"words"})
"""What is found so is no answer yet: a word may be part of a mark as well."""
_FOR_THESE: Final = text("SET LOCAL plan_cache_mode = force_custom_plan")

_PART: Final = text("sought.id IN (SELECT rowid FROM sought_part WHERE fold LIKE :like)")
_NEAR: Final = text(
    "sought.id IN (SELECT rowid FROM sought_part WHERE sought_part MATCH :grams "
    "ORDER BY rank LIMIT 150)"
)

_decode = msgspec.json.Decoder(Weapon).decode


@dataclass(frozen=True, slots=True)
class Line:
    """A weapon in a list: as it stands, and the node that keeps it."""

    weapon: Weapon
    keeper: str
    counted: int
    since: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A weapon that a search found: why, by which text, and how far that is from what was sought.

    ``why`` is a word of ``wording.why_found``; ``reasons`` what differs, as ``channel.compare``
    names it.
    """

    line: Line
    why: str
    by: str
    cost: float = 0.0
    reasons: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Say whether what was sought can be this weapon only."""
        return self.why in _CERTAIN


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search; ``more`` says that there were more than it shows."""

    hits: tuple[Hit, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and the place after which the next one begins; empty where it is the last.

    The place is a weapon's id, after the instant where the list is in the order of instants.
    """

    lines: tuple[Line, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Lead:
    """A weapon that may be meant: its key, why, by which text, how far off."""

    weapon: str
    why: str
    by: str
    cost: float = 0.0


def search(connection: Connection, sought: str, filters: Filters, *, wide: bool = False) -> Found:
    """Return the weapons that a text may mean, the surest first; each once.

    Where one way has an answer the later ones are not asked, unless ``wide`` wants them all.
    """
    said = sought.strip()[:LONGEST]
    _plan_anew(connection)
    leads: dict[str, _Lead] = {}
    for way in _ways(connection, said, filters):
        for lead in way:
            leads.setdefault(lead.weapon, lead)
        if len(leads) >= MOST_HITS or (way and way[0].why not in _ALSO and not wide):
            break
    kept = list(leads.values())[:MOST_HITS]
    lines = _lines(connection, [one.weapon for one in kept])
    hits = (_hit(lines[one.weapon], one, said) for one in kept if one.weapon in lines)
    return Found(tuple(hits), len(leads) > MOST_HITS)


def listed(connection: Connection, filters: Filters, after: str, limit: int) -> Page:
    """Return a page of the weapons that the filters let through, in the order of their ids.

    What happened in a month in the whole country comes in the order in which it happened: only so
    does an index give a page without a walk over all the rest.
    """
    _plan_anew(connection)
    dated = date_of(filters)
    at, key = _place(after, dated)
    asked = select(LISTED.c.weapon, literal(0) if dated is None else dated)
    asked = asked.where(*conditions(connection, filters))
    if dated is None:
        asked = asked.where(LISTED.c.weapon > key).order_by(LISTED.c.weapon)
    else:
        later = or_(dated > at, and_(dated == at, LISTED.c.weapon > key))
        asked = asked.where(dated >= at, later).order_by(dated, LISTED.c.weapon)
    places = [tuple(row) for row in connection.execute(asked.limit(limit + 1))]
    lines = _lines(connection, [weapon for weapon, _at in places[:limit]])
    last, last_at = places[limit - 1] if len(places) > limit else ("", 0)
    return Page(
        tuple(lines[one] for one, _at in places[:limit] if one in lines),
        f"{last_at}.{last}" if last and dated is not None else last,
    )


def _place(after: str, dated: Column[int] | None) -> tuple[int, str]:
    """Return the instant and the key after which a page begins, as a page's end named them."""
    at, found, key = after.partition(".")
    if dated is None or not found or not _INSTANT.fullmatch(at):
        return 0, key_of(after)
    return int(at), key_of(key)


def line_of(connection: Connection, weapon: str) -> Line | None:
    """Return one weapon as lists show it."""
    return _lines(connection, [key_of(weapon)]).get(key_of(weapon))


def lines_of(connection: Connection, weapons: Iterable[str]) -> tuple[Line, ...]:
    """Return weapons as lists show them, in the order asked for; those on record."""
    keys = [key_of(one) for one in weapons]
    lines = _lines(connection, keys)
    return tuple(lines[one] for one in keys if one in lines)


def _plan_anew(connection: Connection) -> None:
    """Let PostgreSQL plan for these very words: of other ones its guess walks over all rows."""
    if connection.dialect.name == "postgresql":
        connection.execute(_FOR_THESE)


def _ways(connection: Connection, said: str, filters: Filters) -> Iterator[Sequence[_Lead]]:
    """Give the leads of one way after another, the surest first; none after an answer."""
    if not said:
        return
    limits = conditions(connection, filters)
    names = read_code(said).names
    keys = [key_of(one) for one in dict.fromkeys(map(search_key, (*names, said))) if one]
    looks = [key_of(one) for one in dict.fromkeys(map(fold, names)) if one]
    yield _by_number(connection, said, limits)
    if is_partial(said):
        yield _by_pattern(connection, said, limits)
    yield [
        *_by_key(connection, SOUGHT.c.key, keys, limits),
        *_by_paper(connection, keys, limits),
        *_by_key(connection, SOUGHT.c.fold, looks, limits, "serial_looks_alike"),
    ]
    if is_partial(said):
        return
    yield _by_words(connection, keys, limits)
    parts = [one for one in looks if len(one) >= _FEWEST_PART and not one.startswith("#")]
    for look in parts[:1]:
        yield _by_part(connection, f"%{look}%", limits, "part")
        yield _by_likeness(connection, names[0], look, limits)


def _by_number(
    connection: Connection, said: str, limits: Sequence[ColumnElement[bool]]
) -> list[_Lead]:
    """Find by what can be one weapon only: its record's id, its registry number, its label."""
    if is_id(said):
        return _leads(connection, select(LISTED.c.weapon).where(LISTED.c.weapon == said), "number")
    number = read_number(said)
    if number:
        asked = select(LISTED.c.weapon).where(LISTED.c.number == number, *limits)
        found = _leads(connection, asked, "number", number)
        if found:
            return found
    tag = tag_in(said)
    if not tag:
        return []
    asked = select(SOUGHT.c.weapon).where(
        SOUGHT.c.key == search_key(tag), SOUGHT.c.kind == bindparam("kind", "tag")
    )
    return _leads(connection, asked, "tag", tag)


def _by_key(
    connection: Connection,
    column: ColumnElement[str],
    keys: Sequence[str],
    limits: Sequence[ColumnElement[bool]],
    why: str = "",
) -> list[_Lead]:
    if not keys:
        return []
    asked = _sought(limits).where(among(connection, column, keys)).limit(_CANDIDATES)  # type: ignore[arg-type]
    return [_Lead(row.weapon, why or row.kind, row.text) for row in connection.execute(asked).all()]


def _by_paper(
    connection: Connection, keys: Sequence[str], limits: Sequence[ColumnElement[bool]]
) -> list[_Lead]:
    """Find what a paper names: a receipt or waybill by its number, a report or certificate."""
    named = select(PAPER.c.subject).where(among(connection, PAPER.c.number, keys)).limit(20)
    papers = list(connection.execute(named).scalars()) if keys else []
    carried: list[str] = []
    for paper in papers:
        opened = reference_of(connection, paper).opened
        carried += map(key_of, opened.weapons) if isinstance(opened, WaybillOpened) else []
    wanted = [*papers, *keys]
    asked = select(LISTED.c.weapon).where(
        (LISTED.c.paper != text("''")) & among(connection, LISTED.c.paper, wanted)
        if not carried
        else among(connection, LISTED.c.weapon, carried[:_CANDIDATES]),
        *limits,
    )
    return _leads(connection, asked.limit(_CANDIDATES), "paper") if wanted else []


def _by_words(
    connection: Connection, keys: Sequence[str], limits: Sequence[ColumnElement[bool]]
) -> list[_Lead]:
    """Find by a make or model that was typed whole."""
    found: list[_Lead] = []
    for column in (LISTED.c.model, LISTED.c.make):
        asked = select(LISTED.c.weapon).where(among(connection, column, keys), *limits)
        found += _leads(connection, asked.order_by(LISTED.c.weapon).limit(MOST_HITS + 1), "words")
    return found if keys else []


def _by_pattern(
    connection: Connection, said: str, limits: Sequence[ColumnElement[bool]]
) -> list[_Lead]:
    """Find what a serial read only in part may be: `?` one symbol, `*` any, `[8B]` one of these."""
    like = "".join(
        "_" if one else "%" if run else fold(other) for one, run, other in _UNREAD.findall(said)
    )
    if not like.strip("%_"):
        return []
    wanted = pattern(said)
    return [
        one for one in _by_part(connection, like, limits, "part") if wanted.fits(symbols(one.by))
    ]


def _by_part(
    connection: Connection, like: str, limits: Sequence[ColumnElement[bool]], why: str
) -> list[_Lead]:
    asked = _sought(limits).limit(_CANDIDATES)
    if connection.dialect.name == "postgresql":
        asked = asked.where(SOUGHT.c.fold.like(like))
    else:
        asked = asked.where(_PART.bindparams(like=like))
    rows = connection.execute(asked).all()
    ranked = sorted(rows, key=lambda row: (len(row.text), row.text))
    return [_Lead(row.weapon, why, row.text) for row in ranked]


def _by_likeness(
    connection: Connection, said: str, look: str, limits: Sequence[ColumnElement[bool]]
) -> list[_Lead]:
    """Find marks that this may be a bad reading of, by the domain's distance between the two."""
    asked = _sought(limits)
    if connection.dialect.name == "postgresql":
        asked = asked.where(SOUGHT.c.fold.op("%")(look)).order_by(
            func.similarity(SOUGHT.c.fold, look).desc()
        )
    else:
        grams = " OR ".join(f'"{look[at : at + 3]}"' for at in range(len(look) - 2))
        asked = asked.where(_NEAR.bindparams(grams=grams))
    rows = connection.execute(asked.limit(2 * _CANDIDATES)).all()
    read = symbols(said)
    costs = [(channel.distance(read, symbols(row.text)), row.text, row.weapon) for row in rows]
    near = sorted(one for one in costs if 0 < one[0] <= _TOO_FAR)  # as it stands is found already
    count = weighing.shown([cost for cost, _by, _weapon in near], 20)
    return [_Lead(weapon, "similar", by, cost) for cost, by, weapon in near[:count]]


def _sought(limits: Sequence[ColumnElement[bool]]) -> Select[Any]:
    asked = select(SOUGHT.c.weapon, SOUGHT.c.kind, SOUGHT.c.text)
    if limits:
        asked = asked.join(LISTED, LISTED.c.weapon == SOUGHT.c.weapon).where(*limits)
    return asked


def _leads(connection: Connection, asked: Select[Any], why: str, by: str = "") -> list[_Lead]:
    return [_Lead(one, why, by) for one in connection.execute(asked).scalars()]


def _lines(connection: Connection, keys: Sequence[str]) -> dict[str, Line]:
    if not keys:
        return {}
    asked = (
        select(WEAPON.c.id, WEAPON.c.state, LISTED.c.keeper, LISTED.c.counted, LISTED.c.since)
        .join(LISTED, LISTED.c.weapon == WEAPON.c.id)
        .where(among(connection, WEAPON.c.id, keys))
    )
    return {
        row.id: Line(_decode(row.state), row.keeper, row.counted, row.since)
        for row in connection.execute(asked)
    }


def _hit(line: Line, lead: _Lead, said: str) -> Hit:
    if lead.why not in ("similar", "serial_looks_alike"):
        return Hit(line, lead.why, lead.by, lead.cost)
    compared = channel.compare(symbols(said), symbols(lead.by))
    return Hit(line, lead.why, lead.by, compared.cost, compared.reasons)
