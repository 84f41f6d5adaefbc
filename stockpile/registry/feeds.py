"""Feeds: what the nodes of a scope are told, in an order of its own that no cursor can jump over.

A scope's nodes are told whole the chains of its sites' nodes and the registry's own; of all other
chains the single facts about what matters to one of its sites, from its beginning. A feed is
written as entries come in, in the same transaction, one batch at a time. It says nothing that the
ledger does not: it can be made anew, and is then a new feed, read from its start.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, true, update

from stockpile.domain import tree
from stockpile.domain.facts import NodeCertified, NodeReadmitted, WeaponRegistered
from stockpile.domain.sharing import Sealed
from stockpile.domain.values import Digest, Instant
from stockpile.registry import alike_rows, register, scopes
from stockpile.registry.database import Row, among, fill
from stockpile.registry.rows import Checked, Known
from stockpile.registry.scopes import EVERYBODY, Heard, Map, Wanted
from stockpile.registry.tables import (
    CM,
    EV,
    FEED,
    MATTERS,
    NODE,
    SCOPE,
    SCOPE_SITE,
    SCOPES_FOLLOWED,
    SITE,
    UNHEEDED,
)

_AT_ONCE: Final = 500
_NAME_LENGTH: Final = 16
_END: Final = (
    update(SCOPE)
    .where(SCOPE.c.id == bindparam("of"))
    .values(size=bindparam("at"), told=bindparam("count"), seal=bindparam("sum"))
)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Feed:
    """A scope's feed: its row, its sites, how often it was made, how far it goes, what it told."""

    row: int
    sites: tuple[str, ...]
    epoch: int
    size: int
    sealed: Sealed
    checked: Instant

    @property
    def token(self) -> str:
        """What a cursor in this feed belongs to: another scope or another making is another."""
        named = hashlib.sha256(scopes.as_text(self.sites).encode()).hexdigest()
        return f"{named[:_NAME_LENGTH]}.{self.epoch}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One fact as a feed tells it: its entry's place, its index there, its writer's site."""

    pos: int
    index: int
    site: str
    hash: Digest


@dataclass(slots=True)
class _Telling:
    """What one scope is to be told, in order: entries by place, each whole or fact by fact."""

    parts: dict[int, dict[int, Digest] | None] = field(default_factory=dict)

    @property
    def hashes(self) -> Iterator[Digest]:
        """The hashes of the single facts."""
        for parts in self.parts.values():
            yield from (parts or {}).values()

    def tell_whole(self, pos: int) -> None:
        self.parts[pos] = None

    def tell(self, piece: Piece) -> None:
        told = self.parts.setdefault(piece.pos, {})
        if told is not None:
            told[piece.index] = piece.hash

    def without(self, told: Mapping[int, set[int] | None]) -> _Telling:
        """Return what of it was not told yet."""
        return _Telling(dict(self._lacking(told)))

    def _lacking(
        self, told: Mapping[int, set[int] | None]
    ) -> Iterator[tuple[int, dict[int, Digest] | None]]:
        for pos, parts in self.parts.items():
            if pos not in told:
                yield pos, parts
                continue
            known = told[pos]
            if parts is not None and known is not None and not parts.keys() <= known:
                yield pos, {at: one for at, one in parts.items() if at not in known}


def feed_of(connection: Connection, sites: Sequence[str]) -> Feed | None:
    """Return the feed of a scope; None where no node of it was ever certified."""
    asked = select(SCOPE).where(SCOPE.c.sites == scopes.as_text(sites))
    row = connection.execute(asked).one_or_none()
    if row is None:
        return None
    sealed = Sealed(row.told, row.seal)
    return Feed(row.id, scopes.read(row.sites), row.epoch, row.size, sealed, row.checked)


def begin(connection: Connection) -> bool:
    """Say, once, whether the ledger holds entries that were not learnt from as they are now."""
    if connection.execute(select(SCOPES_FOLLOWED.c.one)).scalar() is not None:
        return False
    connection.execute(insert(SCOPES_FOLLOWED), {"one": 1})
    return connection.execute(select(EV.c.pos).limit(1)).scalar() is not None


def tell(
    connection: Connection, own: int, known: Known,
    laid: Sequence[tuple[int, Checked]], heard: Sequence[Heard],
) -> None:  # fmt: skip
    """Tell on what a batch of one node brought; under the fold lock, with all of it in place.

    ``own`` is the registry's row.
    ``laid`` are its new entries with their places, ``heard`` those that count, and such older ones
    as count only now. A certificate opens its scope's feed; who is readmitted is told of again.
    """
    is_own = known.row == own
    follow(connection, own, [(pos, known.site, is_own) for pos, _one in laid], heard)
    if not is_own:
        return
    bodies = [fact.body for one in heard if one.is_own for fact in one.facts]
    for body in bodies:
        if isinstance(body, NodeCertified):
            open_feed(connection, own, body.scope)
    if any(isinstance(body, NodeReadmitted) for body in bodies):
        complete(connection, own)


def follow(
    connection: Connection, own: int, laid: Sequence[tuple[int, str, bool]], heard: Sequence[Heard]
) -> None:
    """Tell every scope what comes in; under the fold lock, with entries and facts in place.

    ``laid`` are all new entries: place, writer's site, whether it is the registry's own. ``heard``
    are those that count, and such older ones as count only now. ``own`` is the registry's row.
    """
    where = scopes.map_of(connection)
    if not where.sites:
        scopes.join(connection, heard)
        return
    before, fresh = scopes.learn(connection, where, heard)
    _let_wait(connection, fresh, heard)
    if not where.members:
        return
    tellings: defaultdict[int, _Telling] = defaultdict(_Telling)
    _tell_dossiers(connection, own, where, (before, fresh), tellings)
    for pos, site, is_own in laid:
        for scope in where.members if is_own else where.scopes_of(_rows_of(where, site)):
            tellings[scope].tell_whole(pos)
    _tell_more(where, before, heard, tellings)
    _append(connection, tellings)


def concern(connection: Connection, own: int, wanted: Mapping[str, Sequence[str]]) -> None:
    """Let subjects matter to sites by name, and tell their scopes all that was said of them.

    Under the fold lock, with entries and facts in place.
    """
    where = scopes.map_of(connection)
    tellings: defaultdict[int, _Telling] = defaultdict(_Telling)
    _tell_dossiers(connection, own, where, scopes.concern(connection, wanted), tellings)
    _append(connection, tellings)


def open_feed(connection: Connection, own: int, sites: Sequence[str]) -> None:
    """Begin the feed of a scope with all that is in the ledger, once; under the fold lock."""
    if not sites or feed_of(connection, sites) is not None:
        return
    scopes.add_sites(connection, sites)
    row = {
        "sites": scopes.as_text(sites), "epoch": 0, "size": 0, "told": 0, "seal": "", "checked": 0,
    }  # fmt: skip
    connection.execute(insert(SCOPE), row)
    opened = feed_of(connection, sites)
    assert opened is not None
    rows = connection.execute(select(SITE.c.id).where(SITE.c.name.in_(opened.sites))).scalars()
    fill(connection, SCOPE_SITE, [{"site": one, "scope": opened.row} for one in rows])
    _make(connection, own, opened)


def make_all(connection: Connection, own: int) -> None:
    """Make every feed anew from the ledger and from what matters to whom; under the fold lock."""
    for found in _feeds(connection):
        _make(connection, own, found)


def complete(connection: Connection, own: int) -> None:
    """Tell every scope what counts by now and was not told yet; under the fold lock."""
    for found in _feeds(connection):
        wanted = _all_of(connection, own, found)
        _append(connection, {found.row: wanted.without(_told(connection, found.row)[0])})


def check(connection: Connection, own: int, feed: Feed, now: Instant) -> bool:
    """Say whether a feed tells all that it should, and nothing of it is gone.

    One that does not is made anew. It may tell more: what counted once and does not any more.
    """
    told, count = _told(connection, feed.row)
    of_feed = FEED.c.scope == feed.row
    counted = connection.execute(select(func.count(), func.max(FEED.c.place)).where(of_feed)).one()
    is_whole = (
        tuple(counted) in ((feed.size, feed.size), (0, None))
        and count == feed.sealed.told
        and not _all_of(connection, own, feed).without(told).parts
    )
    if not is_whole:
        _make(connection, own, feed)
    connection.execute(update(SCOPE).where(SCOPE.c.id == feed.row).values(checked=now))
    return is_whole


# --- what is told -------------------------------------------------------------------------------


def _tell_dossiers(
    connection: Connection,
    own: int,
    where: Map,
    learnt: tuple[Wanted, Wanted],
    tellings: Mapping[int, _Telling],
) -> None:
    """Tell scopes all that was ever said about what begins to matter to them."""
    before, fresh = learnt
    beginning = {
        key: where.scopes_of(sites) - where.scopes_of(before.get(key, ()))
        for key, sites in fresh.items()
    }
    keys = [key for key, told in beginning.items() if told]
    concerned = {scope for told in beginning.values() for scope in told}
    in_all = frozenset.intersection(*(where.members[one] for one in concerned)) if keys else ()
    known = [name for name, row in where.sites.items() if row in in_all]
    for key, piece, is_own in _dossiers(connection, own, keys, known):
        rows = _rows_of(where, piece.site)
        for scope in () if is_own else beginning[key]:
            if not where.members[scope] & rows:
                tellings[scope].tell(piece)


def _let_wait(connection: Connection, fresh: Wanted, heard: Sequence[Heard]) -> None:
    """Let conflicts of weapons that go to another site wait to be told there too.

    Those of weapons that were registered only now wait already: they were raised with them.
    """
    facts = [fact for one in heard for fact in one.facts]
    born = {register.key_of(one.subject) for one in facts if isinstance(one.body, WeaponRegistered)}
    gone = fresh.keys() - born
    if gone:
        alike_rows.wait(connection, facts[0].node, alike_rows.owners_of(connection, gone))


def _tell_more(
    where: Map, before: Wanted, heard: Sequence[Heard], tellings: Mapping[int, _Telling]
) -> None:
    """Tell scopes the new facts about what mattered to them already."""
    others: dict[tuple[str, frozenset[int]], tuple[int, ...]] = {}
    for one in heard:
        for fact in () if one.is_own else one.facts:
            sites = before.get(register.key_of(fact.subject))
            if not sites:
                continue
            told = others.get((one.site, sites))
            if told is None:
                told = others[one.site, sites] = _others(where, one.site, sites)
            for scope in told:
                piece = Piece(one.pos, fact.seq - one.first, one.site, fact.hash)
                tellings[scope].tell(piece)


def _others(where: Map, site: str, sites: frozenset[int]) -> tuple[int, ...]:
    """Return the scopes of some sites that are not told the chains of this one whole."""
    rows = _rows_of(where, site)
    return tuple(one for one in where.scopes_of(sites) if not where.members[one] & rows)


def _dossiers(
    connection: Connection, own: int, keys: Sequence[str], known: Sequence[str] = ()
) -> Iterator[tuple[str, Piece, bool]]:
    """Give every fact that counts about these subjects, and whether the registry itself said it.

    Left out is what nodes of the sites in ``known`` said: whoever asks is told their chains whole.
    """
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        asked = (
            select(EV.c.subj, EV.c.pos, EV.c.seq, EV.c.node, EV.c.payload, CM.c.first, NODE.c.site)
            .join(CM, CM.c.pos == EV.c.pos)
            .join(NODE, NODE.c.id == EV.c.node)
            .join(UNHEEDED, register.IS_UNHEEDED, isouter=True)
            .where(among(connection, EV.c.subj, some), UNHEEDED.c.pos.is_(None))
            .where(NODE.c.site.not_in(known) if known else true())
            .order_by(EV.c.pos, EV.c.seq)
        )
        for row in connection.execute(asked):
            hashed = Digest(tree.leaf_hash(bytes(row.payload)).hex())
            piece = Piece(row.pos, row.seq - row.first, row.site, hashed)
            yield row.subj, piece, row.node == own


def _rows_of(where: Map, site: str) -> frozenset[int]:
    return frozenset((where.sites[site],)) if site in where.sites else frozenset()


def _feeds(connection: Connection) -> list[Feed]:
    held = connection.execute(select(SCOPE.c.sites).order_by(SCOPE.c.id)).scalars().all()
    found = (feed_of(connection, scopes.read(one)) for one in held)
    return [one for one in found if one is not None]


# --- rows ---------------------------------------------------------------------------------------


def _append(connection: Connection, tellings: Mapping[int, _Telling]) -> None:
    """Put what is told at the end of each feed: one question, however many scopes there are."""
    wanted = {scope: telling for scope, telling in tellings.items() if telling.parts}
    if not wanted:
        return
    asked = select(SCOPE).where(among(connection, SCOPE.c.id, sorted(wanted)))
    rows: list[Row] = []
    ends: list[Row] = []
    for held in connection.execute(asked.order_by(SCOPE.c.id)).all():
        telling = wanted[held.id]
        sealed = Sealed(held.told, held.seal).with_facts(telling.hashes)
        size = held.size + len(telling.parts)
        ends.append({"of": held.id, "at": size, "count": sealed.told, "sum": sealed.seal})
        rows += (
            {"scope": held.id, "place": place, "pos": pos, "parts": _parts_text(parts)}
            for place, (pos, parts) in enumerate(telling.parts.items(), held.size + 1)
        )
    fill(connection, FEED, rows)
    connection.execute(_END, ends)


def _make(connection: Connection, own: int, feed: Feed) -> None:
    """Make a feed from its start; it is another one from now on."""
    connection.execute(delete(FEED).where(FEED.c.scope == feed.row))
    values = {"epoch": feed.epoch + 1, "size": 0, "told": 0, "seal": ""}
    connection.execute(update(SCOPE).where(SCOPE.c.id == feed.row).values(**values))
    _append(connection, {feed.row: _all_of(connection, own, feed)})


def _all_of(connection: Connection, own: int, feed: Feed) -> _Telling:
    """Return all that a feed should tell, in the order of the log."""
    where = scopes.map_of(connection)
    members = where.members[feed.row]
    found = _Telling()
    for pos in connection.execute(
        select(CM.c.pos)
        .join(NODE, NODE.c.id == CM.c.node)
        .where((NODE.c.id == own) | NODE.c.site.in_(feed.sites))
    ).scalars():
        found.tell_whole(pos)
    asked = select(MATTERS.c.subject).distinct()
    keys = connection.execute(asked.where(MATTERS.c.site.in_((EVERYBODY, *sorted(members)))))
    for _key, piece, is_own in _dossiers(connection, own, keys.scalars().all()):
        if not is_own and not members & _rows_of(where, piece.site):
            found.tell(piece)
    order = _in_order(connection, list(found.parts))
    return _Telling({pos: found.parts[pos] for pos in order})


def _in_order(connection: Connection, placed: Sequence[int]) -> list[int]:
    """Return entries' places in the order of the log."""
    at: dict[int, int] = {}
    for first in range(0, len(placed), _AT_ONCE):
        some = placed[first : first + _AT_ONCE]
        asked = select(CM.c.pos, CM.c.leaf_pos).where(among(connection, CM.c.pos, some))
        at |= {row.pos: row.leaf_pos for row in connection.execute(asked)}
    return sorted(at, key=at.__getitem__)


def _told(connection: Connection, scope: int) -> tuple[dict[int, set[int] | None], int]:
    """Return what a feed told of each entry, all of it or these facts, and the count of facts."""
    found: dict[int, set[int] | None] = {}
    count = 0
    for row in connection.execute(select(FEED.c.pos, FEED.c.parts).where(FEED.c.scope == scope)):
        parts = parts_of(row.parts)
        if parts is None:
            found[row.pos] = None
            continue
        count += len(parts)
        earlier = found.setdefault(row.pos, set())
        if earlier is not None:
            earlier.update(parts)
    return found, count


def parts_of(held: str) -> tuple[int, ...] | None:
    """Return which facts of an entry a row tells; None where it tells the whole."""
    return msgspec.json.decode(held, type=tuple[int, ...]) if held else None


def _parts_text(parts: Mapping[int, Digest] | None) -> str:
    return "" if parts is None else _encode(sorted(parts)).decode()
