"""Scopes: the sites that a node is told of, and what matters to which site.

A scope is a list of site names in a node's certificate; nobody named means the whole country. To a
site matters, for ever: every weapon and waybill that one of its nodes wrote about, what a dispatch
or waybill says comes from or goes to one of its places, and the places that such a waybill names.
A place is a site's if it is a site of that name, or else if a node of the site opened it. Places
that are sites matter to everybody, and so do blocks of numbers: everyone judges whose they are.
A record that was found to be one weapon with another one (``beneath``) matters to whom that one
matters, whatever came first: a weapon's whole dossier goes where the weapon goes.
What nobody had the right to say makes nothing matter. More matters to a site as its nodes find what
is lost (``find_rows``), or where records of several sites may be of one weapon (``alike``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from stockpile.domain import codec
from stockpile.domain.facts import (
    BlockGranted,
    BlockReturned,
    EntryJudged,
    Fact,
    PlaceChanged,
    PlaceOpened,
    WaybillOpened,
    WaybillReceived,
    WaybillReversed,
    WeaponDispatched,
)
from stockpile.registry import beneath, register
from stockpile.registry.database import among, fill
from stockpile.registry.tables import BOUND_FOR, EV, MATTERS, NODE, SCOPE_SITE, SITE

EVERYBODY: Final = 0
"""The site that stands for all of them."""
WHOLE: Final = "*"
"""How a registrar names the whole country."""
_OWN_BODIES: Final = register.WEAPON_BODIES | {WaybillOpened, WaybillReceived, WaybillReversed}
_TELLING_BODIES: Final = frozenset(
    {
        WeaponDispatched, WaybillOpened, PlaceOpened, PlaceChanged, BlockGranted, BlockReturned,
        EntryJudged,
    }
)  # fmt: skip
"""Bodies that let something matter to others than their writer: few facts have such a one."""
_PLACE_BODIES: Final = frozenset({PlaceOpened, PlaceChanged})
_PLACE_KINDS: Final = ("place.opened", "place.changed")
_NOTHING: Final[frozenset[int]] = frozenset()

Wanted = Mapping[str, frozenset[int]]
"""The sites that subjects matter to, each by its key."""


def canonical(sites: Iterable[str]) -> tuple[str, ...]:
    """Return sites as a scope names them: each once, in order."""
    return tuple(sorted({one for one in sites if one}))


def default_scope(site: str, scope: Sequence[str] | None) -> tuple[str, ...]:
    """Return the scope of a new node: what was named, else its own site, else the whole country."""
    if scope is None:
        return canonical((site,))
    return () if WHOLE in scope else canonical(scope)


def as_text(sites: Iterable[str]) -> str:
    """Return a scope as a column holds it."""
    return msgspec.json.encode(canonical(sites)).decode()


def read(held: str) -> tuple[str, ...]:
    """Return the scope in a column."""
    return msgspec.json.decode(held, type=tuple[str, ...])


def set_scope(connection: Connection, node: int, sites: Iterable[str]) -> None:
    """Write down of which sites a node is told, by its row; inside a transaction."""
    connection.execute(update(NODE).where(NODE.c.id == node).values(scope=as_text(sites)))


@dataclass(frozen=True)
class Map:
    """The sites by name, and the sites of each scope that has a feed, by their rows."""

    sites: Mapping[str, int]
    members: Mapping[int, frozenset[int]]

    def scopes_of(self, sites: Iterable[int]) -> frozenset[int]:
        """Return the scopes that one of these sites matters to."""
        wanted = frozenset(sites)
        if EVERYBODY in wanted:
            return frozenset(self.members)
        return _NOTHING.union(*(self._scopes_at.get(one, _NOTHING) for one in wanted))

    @cached_property
    def _scopes_at(self) -> Mapping[int, frozenset[int]]:
        """The scopes that name a site: asked for fact by fact, of hundreds of scopes."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for scope, members in self.members.items():
            for site in members:
                found[site].add(scope)
        return {site: frozenset(scopes) for site, scopes in found.items()}


@dataclass(frozen=True, slots=True)
class Heard:
    """An entry that counts, as it comes in: where it lies, its writer's site, its facts.

    ``is_own`` says that it stands in the registry's own chain, which everybody is told whole.
    """

    pos: int
    site: str
    first: int
    facts: tuple[Fact, ...]
    is_own: bool = False


def add_sites(connection: Connection, names: Iterable[str]) -> None:
    """Give sites that are new here a row."""
    known = set(connection.execute(select(SITE.c.name)).scalars())
    for name in canonical(names):
        if name not in known:
            connection.execute(insert(SITE), {"name": name})


def map_of(connection: Connection) -> Map:
    """Return which sites and scopes there are."""
    asked = select(SITE.c.name, SITE.c.id, SCOPE_SITE.c.scope)
    sites: dict[str, int] = {}
    members: defaultdict[int, set[int]] = defaultdict(set)
    rows = asked.join_from(SITE, SCOPE_SITE, SCOPE_SITE.c.site == SITE.c.id, isouter=True)
    for name, site, scope in connection.execute(rows).all():
        sites[name] = site
        if scope is not None:
            members[scope].add(site)
    return Map(sites, {scope: frozenset(found) for scope, found in members.items()})


def mattering(connection: Connection, keys: Iterable[str]) -> Wanted:
    """Return which sites these subjects matter to already."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    asked = select(MATTERS.c.subject, MATTERS.c.site).where(
        among(connection, MATTERS.c.subject, sorted(set(keys)))
    )
    for subject, site in connection.execute(asked).all():
        found[subject].add(site)
    return {key: frozenset(sites) for key, sites in found.items()}


def learn(connection: Connection, where: Map, heard: Sequence[Heard]) -> tuple[Wanted, Wanted]:
    """Write down what these entries make matter; under the fold lock, with their facts in place.

    Returns to whom each subject of theirs mattered before, and to whom it matters only now.
    """
    wanted = _Wanting(connection, where.sites, heard).wanted
    subjects = {fact.subject for one in heard for fact in one.facts}
    keys = map(register.key_of, subjects)
    return _learnt(connection, wanted, keys, _pairs_in(heard))


def join(connection: Connection, heard: Sequence[Heard]) -> None:
    """Write down what these entries lay beneath what, while there is no site to be told."""
    pairs = _pairs_in(heard)
    if pairs:
        _learnt(connection, {}, (), pairs)


def concern(connection: Connection, wanted: Mapping[str, Iterable[str]]) -> tuple[Wanted, Wanted]:
    """Write down that subjects matter to sites by name, as ``learn`` does; under the fold lock."""
    rows = map_of(connection).sites
    found = {key: {rows[name] for name in names if name in rows} for key, names in wanted.items()}
    return _learnt(connection, found, ())


def is_followed(connection: Connection) -> bool:
    """Say whether anything matters to anybody yet."""
    return connection.execute(select(MATTERS.c.site).limit(1)).scalar() is not None


def _pairs_in(heard: Iterable[Heard]) -> set[beneath.Pair]:
    return beneath.pairs_in(fact for one in heard for fact in one.facts)


def _learnt(
    connection: Connection,
    wanted: Mapping[str, set[int]],
    keys: Iterable[str],
    pairs: Collection[beneath.Pair] = (),
) -> tuple[Wanted, Wanted]:
    ends = {key for pair in pairs for key in pair}
    asked = {*wanted, *keys, *ends}
    before = mattering(connection, asked)
    starting = _beyond(before, wanted)
    lower = beneath.below(connection, {*starting, *ends})
    beneath.keep(connection, {*pairs} - lower)
    for kept, _absorbed in pairs:  # to whom it mattered, what is beneath it matters only now
        starting[kept] = before.get(kept, _NOTHING) | wanted.get(kept, _NOTHING)
    reached = beneath.spread({*lower, *pairs}, starting)
    if not reached.keys() <= asked:
        before = {**before, **mattering(connection, reached.keys() - asked)}
    fresh = _beyond(before, reached)
    rows = [{"subject": key, "site": site} for key, sites in fresh.items() for site in sites]
    fill(connection, MATTERS, rows)
    return before, fresh


def _beyond(before: Wanted, wanted: Mapping[str, set[int]]) -> dict[str, frozenset[int]]:
    """Return to whom each subject did not matter before."""
    return {
        key: frozenset(sites) - before.get(key, _NOTHING)
        for key, sites in sorted(wanted.items())
        if not sites <= before.get(key, _NOTHING)
    }


def forget(connection: Connection) -> None:
    """Forget what matters to whom; the ledger can derive it anew."""
    beneath.forget(connection)
    for table in (MATTERS, BOUND_FOR):
        connection.execute(delete(table))


class _Wanting:
    """What some entries make matter, and to which sites."""

    def __init__(
        self, connection: Connection, sites: Mapping[str, int], heard: Sequence[Heard]
    ) -> None:
        self.wanted: defaultdict[str, set[int]] = defaultdict(set)
        self._connection = connection
        self._sites = sites
        self._bound: set[tuple[str, str]] = set()
        telling = [(one.site, fact) for one in heard for fact in one.facts
                   if type(fact.body) in _TELLING_BODIES]  # fmt: skip
        self._homes = self._homes_of(_places(fact for _site, fact in telling))
        for one in heard:
            if one.site in sites:
                self._hear_own(one.facts, sites[one.site])
        for site, fact in telling:
            self._hear(fact, {sites[site]} if site in sites else set())
        self._keep_bound()
        self._settle_bound([fact for _site, fact in telling])
        self._hear_judgements([fact for _site, fact in telling])

    def _hear_own(self, facts: Iterable[Fact], own: int) -> None:
        """Let what a site's node wrote about matter to its site."""
        for subject in {fact.subject for fact in facts if type(fact.body) in _OWN_BODIES}:
            self.wanted[register.key_of(subject)].add(own)

    def _hear(self, fact: Fact, own: set[int]) -> None:
        key, body = register.key_of(fact.subject), fact.body
        match body:
            case WeaponDispatched(to=place):
                self._bind(place, (key,))
            case WaybillOpened(weapons=weapons, out_of=out_of, to=to):
                self._hear_waybill(key, tuple(map(register.key_of, weapons)), (out_of, to), own)
            case PlaceOpened(kind="site") | PlaceChanged(kind="site"):
                self.wanted[key].add(EVERYBODY)
            case BlockGranted() | BlockReturned():
                self.wanted[key].add(EVERYBODY)
            case _:
                pass

    def _hear_waybill(
        self, key: str, weapons: Sequence[str], ends: Sequence[str | None], own: set[int]
    ) -> None:
        places = [register.key_of(place) for place in ends if place]
        for place in places:
            self._bind(place, (key, *weapons, *places))
        for place in places if own else ():
            self.wanted[place] |= own

    def _bind(self, place: str, subjects: Iterable[str]) -> None:
        """Let subjects matter to a place's site; whose place it is may show only later."""
        key = register.key_of(place)
        if key not in self._homes:
            self._bound |= {(key, subject) for subject in subjects}
            return
        home = self._homes[key]
        if home is None:
            return
        for subject in subjects:
            self.wanted[subject].add(home)

    def _keep_bound(self) -> None:
        """Keep what is on its way to places that nobody here opened yet."""
        if not self._bound:
            return
        places = sorted({place for place, _subject in self._bound})
        asked = select(BOUND_FOR).where(among(self._connection, BOUND_FOR.c.place, places))
        known = {(row.place, row.subject) for row in self._connection.execute(asked)}
        rows = [
            {"place": place, "subject": subject} for place, subject in sorted(self._bound - known)
        ]
        fill(self._connection, BOUND_FOR, rows)

    def _settle_bound(self, telling: Iterable[Fact]) -> None:
        """Let what was on its way to places that are opened only now matter to their sites."""
        opened = {
            register.key_of(fact.subject) for fact in telling if type(fact.body) in _PLACE_BODIES
        }
        if not opened:
            return
        is_here = among(self._connection, BOUND_FOR.c.place, sorted(opened))
        for row in self._connection.execute(select(BOUND_FOR).where(is_here)).all():
            home = self._homes.get(row.place)
            if home is not None:
                self.wanted[row.subject].add(home)
        self._connection.execute(delete(BOUND_FOR).where(is_here))

    def _hear_judgements(self, telling: Iterable[Fact]) -> None:
        """Let a decision about an entry matter to the site of the node that wrote the entry."""
        judged = {
            register.key_of(fact.subject): fact.body.node
            for fact in telling
            if isinstance(fact.body, EntryJudged)
        }
        if not judged:
            return
        asked = select(NODE.c.node, NODE.c.site)
        is_here = among(self._connection, NODE.c.node, sorted(set(judged.values())))
        at = {row.node: row.site for row in self._connection.execute(asked.where(is_here))}
        for key, node in judged.items():
            if at.get(node) in self._sites:
                self.wanted[key].add(self._sites[at[node]])

    def _homes_of(self, places: set[str]) -> dict[str, int | None]:
        """Return whose each place is; None for one that is nobody's, left out if it is unknown."""
        if not places:
            return {}
        asked = (
            select(EV.c.subj, EV.c.payload, NODE.c.site)
            .join(NODE, NODE.c.id == EV.c.node)
            .where(among(self._connection, EV.c.subj, sorted(places)))
            .where(EV.c.kind.in_(_PLACE_KINDS))
            .order_by(EV.c.kind.desc(), EV.c.pos)  # who opened it comes before who changed it
        )
        homes: dict[str, int | None] = {}
        named: dict[str, int] = {}
        for key, payload, opener in self._connection.execute(asked):
            if homes.get(key) is None:
                homes[key] = self._sites.get(opener)
            body = codec.decode(bytes(payload)).body
            if isinstance(body, PlaceOpened | PlaceChanged) and body.kind == "site":
                own = self._sites.get(body.name) or self._sites.get(body.code)
                if own is not None:
                    named[key] = own
        return {**homes, **named}


def _places(telling: Iterable[Fact]) -> set[str]:
    """Return every place that these facts send to, or open."""
    found: set[str | None] = set()
    for fact in telling:
        match fact.body:
            case WeaponDispatched(to=place):
                found.add(place)
            case WaybillOpened(out_of=out_of, to=to):
                found |= {out_of, to}
            case PlaceOpened() | PlaceChanged():
                found.add(fact.subject)
            case _:
                pass
    return {register.key_of(place) for place in found if place}
