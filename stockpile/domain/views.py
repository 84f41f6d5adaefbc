"""The bound book of a record: what was written first, what it says now, and every change between.

A bound book is never rubbed out: a wrong entry is struck through, the right one stands beside it
with a name and a date. So are corrections here. The versions of a field are read off the one fold,
fact by fact, so that the last one always is what the record says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain import weapons
from stockpile.domain.facts import Component, Fact, Mark, SafeCheck, WeaponRegistered
from stockpile.domain.values import Digest, WeaponId
from stockpile.domain.weapons import Weapon

BookView = Literal["original", "corrected", "both"]
"""As first written; as it stands; or every entry in its order."""

Value = str | tuple[str, ...] | tuple[Mark, ...] | tuple[Component, ...] | SafeCheck | None
"""A field's value: a text or code as said, or the rows that it is made of."""


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a field: its value, the fact that wrote it, and why; no reason for the first.

    ``blind`` says that its author did not know the entry before: two people wrote side by side.
    """

    value: Value
    fact: Fact
    reason: str = ""
    blind: bool = False


@dataclass(frozen=True, slots=True)
class FieldBook:
    """The entries of one field in causal order; ``rivals`` are the values that still contend."""

    name: str
    versions: tuple[Version, ...]
    rivals: tuple[Value, ...] = ()

    @property
    def original(self) -> Version:
        """The first entry."""
        return self.versions[0]

    @property
    def current(self) -> Version:
        """The last entry: what the record says."""
        return self.versions[-1]

    @property
    def is_corrected(self) -> bool:
        """Whether anything was written after the first entry."""
        return len(self.versions) > 1

    def seen(self, view: BookView) -> tuple[Version, ...]:
        """Return the entries that a view shows."""
        match view:
            case "original":
                return (self.original,)
            case "corrected":
                return (self.current,)
            case "both":
                return self.versions


FIELDS: Final[Mapping[str, Callable[[Weapon], Value]]] = MappingProxyType(
    {
        "serial": lambda weapon: weapon.serial.text,
        "type": lambda weapon: weapon.type,
        "make": lambda weapon: weapon.make,
        "model": lambda weapon: weapon.model,
        "calibre": lambda weapon: weapon.calibre,
        "country": lambda weapon: weapon.country,
        "year": lambda weapon: weapon.year,
        "action": lambda weapon: weapon.action,
        "origin": lambda weapon: weapon.origin,
        "frame": lambda weapon: weapon.frame,
        "import_country": lambda weapon: weapon.imported.country,
        "import_year": lambda weapon: weapon.imported.year,
        "importer": lambda weapon: weapon.imported.importer,
        "mode": lambda weapon: weapon.acquired.mode,
        "on": lambda weapon: weapon.acquired.on,
        "where": lambda weapon: weapon.acquired.where,
        "case": lambda weapon: weapon.acquired.case,
        "grounds": lambda weapon: weapon.acquired.grounds,
        "custody": lambda weapon: weapon.custody_type,
        "missing_parts": lambda weapon: weapon.missing_parts,
        "remarks": lambda weapon: weapon.remarks,
        "marks": lambda weapon: weapon.marks,
        "components": lambda weapon: weapon.components,
        "safe": lambda weapon: weapon.safe,
    }
)
"""The fields of a description in the order of a form, and where they stand in the state."""


def bound_book(weapon_id: WeaponId, known: Iterable[Fact]) -> tuple[FieldBook, ...]:
    """Return every field with its entries; none for a record that nothing was written of yet."""
    ordered = weapons.in_causal_order(known)
    before = pasts(ordered)
    entries: dict[str, list[Version]] = {name: [] for name in FIELDS}
    state = Weapon(weapon_id)
    for fact in ordered:
        now = weapons.after(state, fact)
        for name in _written(state, now, fact):
            entries[name].append(_version(name, now, fact, entries[name], before))
        state = now
    rivals = _rivals(state, ordered, before)
    return tuple(
        FieldBook(name, tuple(entries[name]), rivals.get(name, ()))
        for name in FIELDS
        if entries[name]
    )


def pasts(ordered: Sequence[Fact]) -> Mapping[Digest, frozenset[Digest]]:
    """Return for each fact all that its author knew, as far as it is held; causes come first."""
    known: dict[Digest, frozenset[Digest]] = {}
    for fact in ordered:
        causes = [one for one in (*fact.replaces, *fact.saw) if one in known]
        known[fact.hash] = frozenset(causes).union(*(known[one] for one in causes))
    return known


def _written(state: Weapon, now: Weapon, fact: Fact) -> list[str]:
    """Return the fields that a fact wrote: all of them when the weapon comes on record."""
    first = isinstance(fact.body, WeaponRegistered) and not state.registered
    return [name for name, read in FIELDS.items() if first or read(now) != read(state)]


def _version(
    name: str,
    now: Weapon,
    fact: Fact,
    entries: Sequence[Version],
    before: Mapping[Digest, frozenset[Digest]],
) -> Version:
    blind = bool(entries) and entries[-1].fact.hash not in before[fact.hash]
    reason: str = getattr(fact.body, "reason", "")
    return Version(FIELDS[name](now), fact, reason, blind)


def _rivals(
    state: Weapon, ordered: Sequence[Fact], before: Mapping[Digest, frozenset[Digest]]
) -> dict[str, tuple[Value, ...]]:
    """Return what each side of an open fork says, of the fields on which the sides differ."""
    heads = state.heads.identity
    if len(heads) < 2:  # noqa: PLR2004 - it takes two to contend
        return {}
    sides = [
        weapons.folded(state.id, [one for one in ordered if one.hash in {*before[head], head}])
        for head in heads
        if head in before
    ]
    said = {
        name: tuple(dict.fromkeys(read(side) for side in sides)) for name, read in FIELDS.items()
    }
    return {name: values for name, values in said.items() if len(values) > 1}
