"""The hot list at the counter: is what was scanned among what is lost anywhere in the country?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from stockpile.domain import hot_list, wire
from stockpile.domain.errors import HotListForged, MessageUnreadable
from stockpile.domain.finds import Find, proof_of
from stockpile.domain.hot_list import HotList
from stockpile.domain.losses import is_lost
from stockpile.domain.values import Instant, NodeId
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import Books, HotListFiles

MOST_WAITING: Final = 500
"""Texts that wait for their registry to be asked; of more, the newest."""

Hit = Literal["", "possible", "certain"]
"""``possible``: a serial like this is on the list, and a serial is never unique."""


@dataclass(frozen=True, slots=True)
class HeldList:
    """A registry's list that is held here: its number, when it was made, how much is on it.

    ``size`` is the bytes of it as it travels; ``weapons`` and ``keys`` how many are on it.
    """

    registry: NodeId
    number: int
    made: Instant
    weapons: int
    keys: int
    size: int


@dataclass(slots=True)
class _Opened:
    """The lists as they were opened last; nothing before the first question."""

    lists: dict[NodeId, HotList] | None = None
    sizes: dict[NodeId, int] = field(default_factory=dict)
    finds: tuple[Find, ...] | None = None


@dataclass(frozen=True, slots=True)
class HotLists:
    """The lists of every registry that this node is enrolled with. Runs on the books lane.

    A list is believed only from a registry whose key was pinned when this node was enrolled.
    """

    books: Books
    files: HotListFiles
    _opened: _Opened = field(default_factory=_Opened, repr=False, compare=False)

    def check_text(self, scanned: str) -> Hit:
        """Say whether a scanned or typed text that nothing here answers to is on a list."""
        certain = hot_list.certain_texts_in(scanned)
        return self._asked(self._lists(), certain, hot_list.possible_texts_in(scanned))

    def check(self, weapon: Weapon) -> Hit:
        """Say whether a weapon on record here is on a list, by all that is known of it.

        A weapon whose recovery is on record here since the list was made is not: the list only
        does not know yet.
        """
        lists = [one for one in self._lists() if not _knows_better(weapon, one)]
        certain = hot_list.certain_texts(weapon)
        return self._asked(lists, certain, hot_list.possible_texts(weapon))

    def is_hot(self, weapon: Weapon) -> bool:
        """Say whether a weapon is, or may be, on a list."""
        return bool(self.check(weapon))

    # --- what was found -------------------------------------------------------------------------

    def keep_find(self, names: Iterable[str], weapon: Weapon | None = None) -> None:
        """Keep that a text on a list was read, until its registry is asked for the record.

        Nothing is lost by a full disk or a damaged file: what is kept in memory is asked for too.
        Raises DiskFull, DiskTrouble.
        """
        texts = list(_texts_of(names, weapon))
        kept = {(one.registry, one.text): one for one in self.waiting()}
        for listed in self._lists():
            for text in filter(listed.names, texts):
                find = Find(listed.head.registry, text)
                kept.setdefault((find.registry, find.text), find)
        self._keep_finds(tuple(kept.values())[-MOST_WAITING:])

    def waiting(self) -> tuple[Find, ...]:
        """Return what was read of what is on a list, and no registry was asked about yet."""
        if self._opened.finds is None:
            self._opened.finds = _read_finds(self.files.finds())
        return self._opened.finds

    def finds(self, registry: NodeId) -> tuple[bytes, ...]:
        """Return what shows a registry which texts of its list were read here."""
        return tuple(self._proofs(registry))

    def answered(self, registry: NodeId, proofs: Iterable[bytes]) -> None:
        """Let go of what a registry has looked at; raises DiskFull, DiskTrouble."""
        known, done = self._proofs(registry), frozenset(proofs)
        gone = {find for proof, find in known.items() if proof in done}
        self._keep_finds(tuple(one for one in self.waiting() if one not in gone))

    def _proofs(self, registry: NodeId) -> dict[bytes, Find]:
        listed = self._open().get(registry)
        if listed is None:
            return {}
        head = listed.head
        return {
            proof_of(one.text, head.salt, head.rounds): one
            for one in self.waiting()
            if one.registry == registry
        }

    def _keep_finds(self, finds: tuple[Find, ...]) -> None:
        if finds != self.waiting():
            self._opened.finds = finds
            self.files.keep_finds(wire.encode(finds))

    # --- the lists themselves -------------------------------------------------------------------

    def number(self, registry: NodeId) -> int:
        """Return the number of a registry's list that is held here; 0 for none."""
        held = self._open().get(registry)
        return held.head.number if held else 0

    def held(self) -> tuple[HeldList, ...]:
        """Return what is held, the newest first."""
        sizes = self._opened.sizes
        found = [
            HeldList(
                one.head.registry, one.head.number, one.head.made, one.head.weapons,
                one.head.keys, sizes[one.head.registry],
            )
            for one in self._lists()
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: one.made, reverse=True))

    def accept(self, raw: bytes) -> bool:
        """Take a list in, from the registry or by courier; say whether it is newer than ours.

        Raises HotListForged, DiskFull, DiskTrouble; the one held before then stays.
        """
        registry = hot_list.read_head(raw).registry
        key = self._keys().get(registry)
        if key is None:
            raise HotListForged("registry")
        fresh = hot_list.opened(raw, key)
        if fresh.head.number <= self.number(registry):
            return False
        self.files.keep(registry, raw)
        self._open()[registry] = fresh
        self._opened.sizes[registry] = len(raw)
        return True

    def outgoing(self) -> tuple[bytes, ...]:
        """Return every list as it travels, for a courier file."""
        return self.files.read()

    def _asked(
        self, lists: Iterable[HotList], certain: Iterable[str], possible: Iterable[str]
    ) -> Hit:
        there = list(lists)
        for hit, texts in (("certain", tuple(certain)), ("possible", tuple(possible))):
            if any(one.names(text) for one in there for text in texts):
                return "certain" if hit == "certain" else "possible"
        return ""

    def _lists(self) -> tuple[HotList, ...]:
        return tuple(self._open().values())

    def _open(self) -> dict[NodeId, HotList]:
        """Return the lists, opened and proved once, without those not believed any more."""
        if self._opened.lists is None:
            keys, found = self._keys(), {}
            for raw in self.files.read():
                one = _believed(raw, keys)
                if one is not None:
                    found[one.head.registry] = one
                    self._opened.sizes[one.head.registry] = len(raw)
            self._opened.lists = found
        return self._opened.lists

    def _keys(self) -> dict[NodeId, bytes]:
        return {one.registry: one.registry_key for one in self.books.peers()}


def _texts_of(names: Iterable[str], weapon: Weapon | None) -> Iterator[str]:
    """Give every text by which what was read, or a weapon on record here, may be on a list."""
    for name in names:
        yield from (*hot_list.certain_texts_in(name), *hot_list.possible_texts_in(name))
    if weapon is not None:
        yield from (*hot_list.certain_texts(weapon), *hot_list.possible_texts(weapon))


def _read_finds(raw: bytes) -> tuple[Find, ...]:
    try:
        return wire.decode(raw, tuple[Find, ...]) if raw else ()
    except MessageUnreadable:
        return ()


def _believed(raw: bytes, keys: dict[NodeId, bytes]) -> HotList | None:
    try:
        return hot_list.opened(raw, keys[hot_list.read_head(raw).registry])
    except (HotListForged, KeyError):
        return None


def _knows_better(weapon: Weapon, held: HotList) -> bool:
    """Say whether our own record tells of a recovery that the list cannot know."""
    if not weapon.dates.lost or is_lost(weapon):
        return False
    return all(one.since > held.head.made for one in weapon.custody)
