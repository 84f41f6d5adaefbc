"""Find a weapon by any mark and tell its life."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.codes import read_code
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import WeaponAmbiguous, WeaponUnknown
from stockpile.domain.facts import Fact
from stockpile.domain.values import Digest, WeaponId, is_id
from stockpile.domain.weapons import Weapon
from stockpile.services.clocks import doubted
from stockpile.services.ports import Books, Hit, Register, RegisterRow

CERTAIN = frozenset({"number", "tag", "old_tag", "applied_mark"})
_SEVERAL = 12


@dataclass(frozen=True, slots=True)
class Life:
    """All that is known of a weapon: as it stands, as a line, its facts, its open conflicts.

    ``doubted`` are the facts whose time is contradicted by something on record.
    """

    weapon: Weapon
    row: RegisterRow
    facts: tuple[Fact, ...]
    conflicts: tuple[Conflict, ...]
    doubted: frozenset[Digest] = frozenset()


@dataclass(frozen=True, slots=True)
class Tracing:
    """The trace desk."""

    books: Books
    register: Register

    def find(self, text: str, limit: int = 20, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Return weapons by any mark, part of one, make, model or place; best first.

        Of a maker's or a national code, by the identifier in it, else by its serial.
        """
        for name in _names(text)[:-1]:
            hits = self.register.find(name, limit)
            if hits:
                return hits
        return self.register.find(_names(text)[-1], limit, fuzzy=fuzzy)

    def prepare(self) -> None:
        """Learn what a first question waits for, before many are asked."""
        while not self.prepare_some():
            continue

    def prepare_some(self) -> bool:
        """Learn a portion of it, in a few tenths of a second; say whether all is ready."""
        return self.register.prepare()

    def named(self, text: str) -> WeaponId:
        """Return the one weapon a text names: id, number, tag, mark, or a serial held once.

        A maker's or a national code names it by its whole identifier, where that was noted as one
        of the weapon's marks, else by its serial. Raises WeaponUnknown, WeaponAmbiguous.
        """
        if is_id(text):
            return self.books.weapon(WeaponId(text)).id
        whole = read_code(text).whole
        for name in _names(text):
            naming = _NAMING | {"mark"} if name == whole else _NAMING
            hits = [hit for hit in self.register.find(name, _SEVERAL) if hit.why in naming]
            best = [hit for hit in hits if hit.why == hits[0].why]
            if len(best) > 1:
                raise WeaponAmbiguous(name, tuple(hit.row.number for hit in best))
            if best:
                return best[0].row.id
        raise WeaponUnknown(_names(text)[0])

    def life(self, weapon: WeaponId) -> Life:
        """Return all that is known of the weapon; raises WeaponUnknown."""
        stands = self.books.weapon(weapon)
        open_ones = self.books.conflicts(weapon)
        (row,) = self.register.rows([weapon])
        facts = self.books.history(weapon)
        return Life(stands, row, facts, open_ones, doubted(self.books, facts))


def _names(text: str) -> tuple[str, ...]:
    """Return under what a text may be on record; plain text as it was typed."""
    code = read_code(text)
    if code.scheme == "plain" and not code.symbol:
        return (text,)
    return code.names or (text,)


_NAMING = CERTAIN | {"serial"}
