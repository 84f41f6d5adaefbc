"""The register that stands against the register that the ledger makes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from stockpile.adapters.sqlite import facets, likeness_keeping, rows, verdicts
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.contradictions import Scoped, shared_by_all, within
from stockpile.adapters.sqlite.derived import Derived, derive
from stockpile.adapters.sqlite.folding import PlaceNames
from stockpile.adapters.sqlite.judging import judged_anew
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.store import Connection, Row, Store
from stockpile.domain.conflicts import blocks_named
from stockpile.domain.errors import RegisterDiffers
from stockpile.domain.facts import LotRegistered
from stockpile.domain.listing import listing
from stockpile.domain.values import Digest
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import Progress

_WEAPONS: Final = f"SELECT {', '.join(rows.WEAPON_COLUMNS)} FROM weapon ORDER BY id"  # noqa: S608 - our own words
_MARKS: Final = f"SELECT {', '.join(rows.MARK_COLUMNS)} FROM mark WHERE weapon = ? ORDER BY pos"  # noqa: S608 - our own words
_OLD_TAGS: Final = "SELECT tag, weapon FROM old_tag WHERE weapon = ?"
_FACET: Final = "SELECT packed FROM facet WHERE part = ?"
_COUNTS: Final = (
    "SELECT (SELECT count(*) FROM reference), (SELECT count(*) FROM number), "
    "(SELECT count(*) FROM source), (SELECT coalesce(sum(length(packed)), 0) FROM facet), "
    "(SELECT count(*) FROM old_tag), (SELECT count(*) FROM drawn_from)"
)


def compare(store: Store, chains: Chains, progress: Progress) -> None:
    """Raise RegisterDiffers, naming the weapon or subject, at the first difference."""
    connection = store.connection
    _compare_verdicts(connection, chains)
    names = PlaceNames()
    names.refresh(connection)
    found: list[Scoped] = []
    references = numbers = sources = weapons = tags = drawn = 0
    walked = store.walk(_WEAPONS)
    with closing(walked), closing(derive(store, chains, progress)) as derived:
        standing = _Standing(connection, walked)
        for one in derived:
            references += _held_reference(connection, one)
            if one.weapon is not None:
                weapons += 1
                standing.demand(one.weapon, names)
                found.extend(within(one.weapon))
                numbers += _held_numbers(connection, one.weapon)
                tags += len(rows.old_tag_rows(0, one.weapon))
                drawn += _held_blocks(connection, one.weapon)
            sources += _held_source(connection, one)
        standing.demand_no_more()
    counts = (references, numbers, sources, weapons * facets.PACKED.size, tags, drawn)
    _demand_counts(connection, counts)
    _compare_conflicts(connection, found)
    _demand_words_indexed(connection)
    _compare_likeness(connection)


def _compare_verdicts(connection: Connection, chains: Chains) -> None:
    """Demand that just those entries stand as unheeded that lacked the right to what they say."""
    standing = set(verdicts.all_unheeded(connection))
    authority = verdicts.authority_of(connection)
    found = {
        one for node in chains.held for one in judged_anew(connection, chains, node, authority)
    }
    if differing := standing ^ found:
        raise RegisterDiffers(min(one.hash for one in differing))


class _Standing:
    """The weapons' rows as they stand, walked in the order of their ids."""

    def __init__(self, connection: Connection, walked: Iterator[Row]) -> None:
        self._connection = connection
        self._rows = walked
        self._values: dict[int, str] = dict(
            connection.execute("SELECT code, value FROM facet_value").fetchall()
        )

    def demand(self, weapon: Weapon, names: PlaceNames) -> None:
        """Demand that the next row, and the rows drawn from it, are this weapon's."""
        row = next(self._rows, None)
        listed = listing(weapon)
        if row is None or row != rows.weapon_row(row[0], weapon, listed, names.of(listed.place)):
            raise RegisterDiffers(weapon.id)
        marks = self._connection.execute(_MARKS, (row[0],)).fetchall()
        if marks != rows.mark_rows(row[0], listed.marks):
            raise RegisterDiffers(weapon.id)
        old = rows.old_tag_rows(row[0], weapon)
        if old and set(self._connection.execute(_OLD_TAGS, (row[0],)).fetchall()) != set(old):
            raise RegisterDiffers(weapon.id)
        part = self._connection.execute(_FACET, (facets.part_of(row[0]),)).fetchone() or (b"",)
        if facets.read(part[0], row[0], self._values) != facets.facets(listed):
            raise RegisterDiffers(weapon.id)

    def demand_no_more(self) -> None:
        """Demand that no row is left that no fact made."""
        row = next(self._rows, None)
        if row is not None:
            raise RegisterDiffers(str(row[1]))


def _held_reference(connection: Connection, one: Derived) -> int:
    """Return how many references the subject is: one, which must stand as derived, or none."""
    if one.reference is None:
        return 0
    row = connection.execute(
        "SELECT state FROM reference WHERE subject = ?", (one.subject,)
    ).fetchone()
    if row != (rows.encode_reference(one.reference),):
        raise RegisterDiffers(one.subject)
    return 1


def _held_numbers(connection: Connection, weapon: Weapon) -> int:
    """Return how many numbers the weapon has drawn; each must stand on record as drawn."""
    for one in weapon.applied:
        held = connection.execute(
            "SELECT 1 FROM number WHERE scheme = ? AND number = ? AND job = ? AND weapon = ?",
            (one.scheme, one.number, one.job, weapon.id),
        ).fetchone()
        if held is None:
            raise RegisterDiffers(weapon.id)
    return len({(one.scheme, one.number, one.job) for one in weapon.applied})


def _held_blocks(connection: Connection, weapon: Weapon) -> int:
    """Return how many blocks the weapon's marks name; each must stand on record as named."""
    named = blocks_named(weapon)
    for block in named:
        asked = "SELECT 1 FROM drawn_from WHERE block = ? AND weapon = ?"
        if connection.execute(asked, (block, weapon.id)).fetchone() is None:
            raise RegisterDiffers(weapon.id)
    return len(named)


def _held_source(connection: Connection, one: Derived) -> int:
    """Return how many sources the subject has; each must stand on record as taken in."""
    sources = set(_sources(one))
    for key in sources:
        held = connection.execute(
            "SELECT 1 FROM source WHERE key = ? AND subject = ?", (key, one.subject)
        ).fetchone()
        if held is None:
            raise RegisterDiffers(one.subject)
    return len(sources)


def _sources(one: Derived) -> Iterator[Digest]:
    """Give the rows of lists that stand behind the subject; none where it was withdrawn."""
    weapon, reference = one.weapon, one.reference
    if weapon is not None and weapon.source is not None and weapon.status != "withdrawn":
        yield weapon.source.key
    opened = reference.opened if reference is not None else None
    if (
        isinstance(opened, LotRegistered)
        and opened.source
        and reference
        and not reference.is_closed
    ):
        yield opened.source.key


def _demand_counts(connection: Connection, expected: Row) -> None:
    """Demand so many references, numbers, sources, facets and old tags, and no more."""
    if connection.execute(_COUNTS).fetchone() != expected:
        raise RegisterDiffers("")


def _compare_conflicts(connection: Connection, found: list[Scoped]) -> None:
    expected = {
        (one.id, one.kind, scope, json.dumps(one.weapons), json.dumps(one.about))
        for scope, one in (*found, *shared_by_all(connection))
    }
    standing = connection.execute("SELECT id, kind, scope, weapons, about FROM conflict").fetchall()
    odd = next(iter(expected.symmetric_difference(standing)), None)
    if odd is not None:
        raise RegisterDiffers(odd[2].partition(":")[2])


def _demand_words_indexed(connection: Connection) -> None:
    """Ask the word index to prove itself, and that it holds each weapon up to its last once."""
    connection.execute("INSERT INTO weapon_fts (weapon_fts) VALUES ('integrity-check')")
    row = connection.execute(
        "SELECT (SELECT count(*) FROM weapon WHERE row <= (SELECT row FROM words_indexed)) "
        "- (SELECT count(*) FROM weapon_fts_docsize)"
    ).fetchone()
    if row != (0,):
        raise RegisterDiffers("words")


def _compare_likeness(connection: Connection) -> None:
    """Demand that an index of likeness kept in the books is the one that the marks make."""
    if likeness_keeping.read(connection) is None:
        return
    kept, anew = LikenessOnRecord(), LikenessOnRecord(anew=True)
    kept.catch_up(connection)
    anew.catch_up(connection)
    if not likeness_keeping.agree(kept.likeness, anew.likeness):
        raise RegisterDiffers("likeness")
