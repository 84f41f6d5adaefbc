"""One weapon on record at several sites: each of those sites is told of the other's record.

A node holds its own sites, not the country; but a contradiction is shown to whom it concerns. So
where a conflict is open between weapons that share a serial or a mark, each of them matters to
every site that one of them matters to, for ever. Their feeds bring the other record, whole from its
beginning, and each desk's own fold raises the same conflict as the registry.

1. Only where few share it. What many share ("1", "NONE") is a careless list: its conflict is shown
   at the registry alone, and nobody's desk is filled with a country's weapons.
2. Only so many weapons a day on the account of one node, whose entries raised the conflicts: who
   records invented serials to read what others hold is told of few, and the audit log names them.
   What is too much for a day waits for the next, and is told with that node's next batch.
3. Only facts about those weapons, as with a dispatch or a find: no facts about persons, and nothing
   else that was said in the same entries.

What was told stays told when the conflict is settled: what settled it is a fact about them too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from sqlalchemy import Connection

from stockpile.domain.numbers import registry_number
from stockpile.domain.values import Instant, NodeId, WeaponId
from stockpile.registry import alike_rows, audit, feeds, scopes
from stockpile.registry.rows import Known
from stockpile.registry.scopes import EVERYBODY

MOST_WEAPONS: Final = 20
"""Weapons that may share something and are told of: more are a careless list."""
MOST_A_DAY: Final = 200
"""Weapons that are told on the account of one node in a day."""
DAY: Final[Instant] = 86_400_000
_AT_ONCE: Final = 100
_NOBODY: Final = ""
"""No officer of the registry: a node's entries did it."""

_Measure = tuple[int | None, Collection[str]]
"""How many weapons may be told, None for any number, and those that were told of it already."""
_NO_MEASURE: Final[_Measure] = (None, ())


def has_news(connection: Connection, own: NodeId, node: NodeId, now: Instant) -> bool:
    """Say whether anything waits on a node's account that may be told today, or on the registry's.

    The registry's own account has no measure: what was open before there was one, and what its
    officers did.
    """
    found = alike_rows.accounts(connection, (own, node))
    if not found:
        return False
    return own in found or len(_told_lately(connection, node, now)) < MOST_A_DAY


def tell(connection: Connection, own: Known, asker: Known, now: Instant) -> None:
    """Tell what waits on a node's account and on the registry's, a portion of each.

    Under the fold lock, with the audit log's head locked before: this is the order of all who take
    both.
    """
    _tell(connection, own, own.node, _NO_MEASURE, now)
    measure = MOST_A_DAY, _told_lately(connection, asker.node, now)
    _tell(connection, own, asker.node, measure, now)


def concern_again(connection: Connection) -> None:
    """Let what was told matter again, after everything else was learnt anew."""
    scopes.concern(connection, alike_rows.all_told(connection))


def _tell(
    connection: Connection, own: Known, account: NodeId, measure: _Measure, now: Instant
) -> None:
    waited = alike_rows.waiting(connection, account, _AT_ONCE)
    if not waited:
        return
    found, left = _reckoned(connection, waited, measure)
    alike_rows.done(connection, account, waited)
    alike_rows.wait(connection, account, left)
    if not found:
        return
    names = {row: name for name, row in scopes.map_of(connection).sites.items()}
    told = {weapon: sorted(names[one] for one in sites) for weapon, sites in sorted(found.items())}
    alike_rows.keep(connection, account, told, now)
    for weapon in told:
        about = f"{account} {registry_number(WeaponId(weapon))}"
        audit.note(connection, now, _NOBODY, "", "alike_told", about)
    feeds.concern(connection, own.row, told)


def _reckoned(
    connection: Connection, waited: Iterable[str], measure: _Measure
) -> tuple[Mapping[str, set[int]], set[str]]:
    """Return which weapons begin to matter to which sites, and the conflicts that are too much.

    A weapon that begins to matter to a site may have other conflicts: those are looked at too.
    """
    most, lately = measure
    found: dict[str, set[int]] = {}
    left: set[str] = set()
    owners = set(waited)
    while owners:
        sharing = alike_rows.sharing(connection, owners, MOST_WEAPONS)
        before = scopes.mattering(connection, {one for some in sharing.values() for one in some})
        matters = defaultdict(set, {one: set(sites) for one, sites in before.items()})
        for one, sites in found.items():
            matters[one] |= sites
        moved: set[str] = set()
        for owner, weapons in sorted(sharing.items()):
            lacking = _lacking({one: matters[one] for one in weapons})
            if most is not None and len({*lately, *found, *lacking}) > most:
                left.add(owner)
                continue
            for one, sites in lacking.items():
                matters[one] |= sites
                found.setdefault(one, set()).update(sites)
            moved |= lacking.keys()
        owners = alike_rows.owners_of(connection, moved)
    return found, left


def _lacking(matters: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Return the sites that each weapon does not matter to, though another one does."""
    sites = set[int]().union(*matters.values()) - {EVERYBODY}
    return {one: sites - known for one, known in matters.items() if not sites <= known}


def _told_lately(connection: Connection, node: NodeId, now: Instant) -> set[str]:
    return alike_rows.told_since(connection, node, now - DAY)
