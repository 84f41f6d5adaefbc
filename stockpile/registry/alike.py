"""One weapon on record at several sites: each of those sites is told of the other's record.

A node holds its own sites, not the country; but a contradiction is shown to whom it concerns. So
where a conflict is open between weapons that share a serial or a mark, each of them matters to
every site that one of them matters to, for ever. Their feeds bring the other record, whole from its
beginning, and each desk's own fold raises the same conflict as the registry.

1. Only where few share it. What many share ("1", "NONE") is a careless list: its conflict is shown
   at the registry alone, and nobody's desk is filled with a country's weapons.
2. Only so many weapons a day on the account of one node, whose entries raised the conflicts, and
   only so many to one site: who records invented serials to read what others hold, and whoever
   waits with them until others record theirs, is told of few, and the audit log names them. What is
   too much is looked at again with that node's next batch after an hour.
3. Only facts about those weapons, as with a dispatch or a find: no facts about persons, and nothing
   else that was said in the same entries.

What was told stays told when the conflict is settled: what settled it is a fact about them too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
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
"""Weapons that are told on the account of one node in a day; and that one site is told."""
DAY: Final[Instant] = 86_400_000
AGAIN_AFTER: Final[Instant] = 3_600_000
"""Milliseconds after which what was too much for the day is looked at again."""
_AT_ONCE: Final = 100
_NOBODY: Final = ""
"""No officer of the registry: a node's entries did it."""


def tell(connection: Connection, own: Known, asker: Known, now: Instant) -> None:
    """Tell what is due on a node's account and on the registry's, a portion of each.

    Under the fold lock, with the audit log's head locked before: this is the order of all who take
    both. The registry's own account has no measure: what was open before there was one, and what
    its officers did.
    """
    for account in (own.node, asker.node):
        _Telling(connection, own, account, now).tell()


def concern_again(connection: Connection) -> None:
    """Let what was told matter again, after everything else was learnt anew."""
    scopes.concern(connection, alike_rows.all_told(connection))


class _Telling:
    """What is told on one account, as far as the day's measures go."""

    def __init__(self, connection: Connection, own: Known, account: NodeId, now: Instant) -> None:
        self._connection = connection
        self._own = own
        self._account = account
        self._now = now
        self._found: dict[str, set[int]] = {}

    def tell(self) -> None:
        """Tell sites of the weapons that are due, note it, and let wait what is too much."""
        due = alike_rows.waiting(self._connection, self._account, self._now, _AT_ONCE)
        if not due:
            return
        left = self._reckon(due)
        alike_rows.done(self._connection, self._account, due)
        alike_rows.wait(self._connection, self._account, left, self._now + AGAIN_AFTER)
        told = {
            weapon: sorted(self._names[one] for one in sites)
            for weapon, sites in sorted(self._found.items())
        }
        if not told:
            return
        alike_rows.keep(self._connection, self._account, told, self._now)
        for weapon, sites in told.items():
            about = f"{self._account} {registry_number(WeaponId(weapon))} {' '.join(sites)}"
            audit.note(self._connection, self._now, _NOBODY, "", "alike_told", about)
        feeds.concern(self._connection, self._own.row, told)

    def _reckon(self, due: Iterable[str]) -> set[str]:
        """Find which weapons matter to which sites from now on; return the conflicts too many.

        A weapon that begins to matter to a site may have other conflicts: those are looked at too.
        """
        left: set[str] = set()
        owners = set(due)
        while owners:
            sharing = alike_rows.sharing(self._connection, owners, MOST_WEAPONS)
            matters = self._mattering({one for some in sharing.values() for one in some})
            moved: set[str] = set()
            for owner, weapons in sorted(sharing.items()):
                lacking = _lacking({one: matters[one] for one in weapons})
                if not self._fits(lacking):
                    left.add(owner)
                    continue
                for one, sites in lacking.items():
                    matters[one] |= sites
                    self._found.setdefault(one, set()).update(sites)
                moved |= lacking.keys()
            owners = alike_rows.owners_of(self._connection, moved)
        return left

    def _mattering(self, weapons: Collection[str]) -> Mapping[str, set[int]]:
        before = scopes.mattering(self._connection, weapons)
        return {one: {*before.get(one, ()), *self._found.get(one, ())} for one in weapons}

    def _fits(self, lacking: Mapping[str, set[int]]) -> bool:
        """Say whether this may be told today as well."""
        if not lacking or self._account == self._own.node:
            return True
        if len({*self._of_account, *self._found, *lacking}) > MOST_A_DAY:
            return False
        return all(
            len(self._told_to(site, self._found) | self._told_to(site, lacking)
                | self._lately_told(site)) <= MOST_A_DAY
            for site in set[int]().union(*lacking.values())
        )  # fmt: skip

    @staticmethod
    def _told_to(site: int, told: Mapping[str, set[int]]) -> set[str]:
        return {weapon for weapon, sites in told.items() if site in sites}

    def _lately_told(self, site: int) -> set[str]:
        since, name = self._now - DAY, self._names[site]
        return alike_rows.told_there(self._connection, name, since, self._own.node)

    @cached_property
    def _of_account(self) -> set[str]:
        return alike_rows.told_since(self._connection, self._account, self._now - DAY)

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {row: name for name, row in scopes.map_of(self._connection).sites.items()}


def _lacking(matters: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Return the sites that each weapon does not matter to, though another one does."""
    sites = set[int]().union(*matters.values()) - {EVERYBODY}
    return {one: sites - known for one, known in matters.items() if not sites <= known}
