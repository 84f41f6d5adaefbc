"""Weapons as the pages' lists show them: a word, a sign and a tone, never a colour alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import Digest, Instant
from stockpile.language import _
from stockpile.registry import last_counts
from stockpile.registry.dossiers import soon_read
from stockpile.registry.finding import Hit, Line
from stockpile.registry.naming import names_of, node_sites
from stockpile.wording import Names

_STANDINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "in_store": ("warehouse", "ok"),
        "collected": ("package-plus", "accent"),
        "found": ("package-search", "accent"),
        "seized": ("hand", "accent"),
        "issued": ("user-check", "accent"),
        "in_transit": ("truck", "warn"),
        "lost": ("shield-alert", "bad"),
        "recovered": ("undo-2", "ok"),
        "destroyed": ("flame", "grey"),
        "withdrawn": ("archive", "grey"),
        "merged": ("merge", "grey"),
        "disputed": ("git-compare", "bad"),
        "unregistered": ("circle-question-mark", "grey"),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a weapon stands: in words, with a sign and a tone."""

    words: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class WeaponRow:
    """A weapon as a line of a list."""

    href: str
    number: str
    serial: str
    what: str
    type: str
    calibre: str
    mark: str
    standing: Standing
    site: str
    place: str
    counted: Instant
    counted_doubted: bool = False
    why: str = ""
    by: str = ""


def standing(status: str) -> Standing:
    """Return where a weapon stands, for people."""
    sign, tone = _STANDINGS[status]
    return Standing(wording.status(status), sign, tone)


def path_of(weapon: str) -> str:
    """Return the path of a weapon's page, whatever its id holds."""
    return f"/weapons/{quote(weapon, safe='')}"


def rows(
    connection: Connection, lines: Sequence[Line], doubted: Collection[Digest] = ()
) -> tuple[WeaponRow, ...]:
    """Return lines for a page; ``doubted`` are facts of theirs whose clock is in doubt."""
    names = names_of(connection, (one.weapon.place for one in lines))
    sites = node_sites(connection)
    return tuple(_row(one, names, sites, doubted) for one in lines)


def hit_rows(connection: Connection, hits: Iterable[Hit]) -> tuple[WeaponRow, ...]:
    """Return what a search found for a page, each with why it was found."""
    found = tuple(hits)
    names = names_of(connection, (one.line.weapon.place for one in found))
    sites = node_sites(connection)
    doubted = counts_doubted(connection, [one.line for one in found])
    return tuple(
        _row(one.line, names, sites, doubted, wording.reason_found(one.reasons, one.why), one.by)
        for one in found
    )


def counts_doubted(connection: Connection, lines: Iterable[Line]) -> frozenset[Digest]:
    """Return the facts whose clock is in doubt, of those lines that show when they were counted."""
    counted = [*soon_read(one.weapon for one in lines if one.counted)]
    return last_counts.doubted(connection, counted, last_counts.Clocks())


def is_count_doubted(line: Line, doubted: Collection[Digest]) -> bool:
    """Say whether the clock is in doubt by which a weapon was counted last."""
    return any(one.fact in doubted for one in last_counts.last_counts(line.weapon))


def site_words(node: str, sites: Mapping[str, tuple[str, str]]) -> str:
    """Return a node as people call it: its name and its site."""
    name, site = sites.get(node, ("", ""))
    if not name:
        return node[:12]
    return _("{node} ({site})").format(node=name, site=site) if site else name


def _row(
    line: Line,
    names: Names,
    sites: Mapping[str, tuple[str, str]],
    doubted: Collection[Digest],
    why: str = "",
    by: str = "",
) -> WeaponRow:
    weapon = line.weapon
    standing_marks = weapon.standing_marks
    return WeaponRow(
        href=path_of(weapon.id),
        number=registry_number(weapon.id),
        serial=weapon.serial.text,
        what=" ".join(filter(None, (weapon.make, weapon.model))),
        type=wording.weapon_type(weapon.type),
        calibre=weapon.calibre,
        mark=standing_marks[-1].text if standing_marks else "",
        standing=standing(weapon.status),
        site=site_words(line.keeper, sites),
        place=names.of(weapon.place),
        counted=line.counted,
        counted_doubted=is_count_doubted(line, doubted),
        why=why,
        by=by,
    )
