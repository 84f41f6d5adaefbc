"""Lists of a million weapons as arrays: any order, any filter, any page, in milliseconds.

An order is where weapons stand in the columns, sorted. Serials and marks are sorted by their
indexes once and then kept up weapon by weapon; everything else has few values, whose ranks are
sorted anew when something was written. A list is an order without those that its filter leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, MutableMapping, Sequence
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from stockpile.adapters.sqlite.columns import Columns, Mask, Places
from stockpile.adapters.sqlite.known import Known
from stockpile.adapters.sqlite.masks import WRITTEN, mask
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.listing import LAST
from stockpile.domain.values import search_key
from stockpile.services.ports import Counted, Facet, Order, RegisterFilter, Tallied

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
_KEPT: Final = 8
"""So many lists are remembered: the ones that a person goes back and forth between."""
_NEAR: Final = 5_000
"""So many weapons of an order are looked through before the whole of it is read."""
_ONE_BY_ONE: Final = 100
"""More changed weapons than these and the order is read anew."""
_KEYS: Final[dict[Order, str]] = {"serial": "by_serial", "mark": "by_mark"}
_FACETS: Final[dict[Order, tuple[Facet, ...]]] = {
    "model": ("make", "model"), "make": ("make", "model"), "type": ("type", "make", "model"),
    "calibre": ("calibre",), "condition": ("condition",), "status": ("status",),
    "place": ("place",), "officer": ("officer",), "country": ("country",), "year": ("year",),
}  # fmt: skip


class Lists:
    """Every list of the register; one that was looked at is remembered until something changes."""

    def __init__(self) -> None:
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._columns = Columns()
        self._known = Known()
        self._changed: list[int] = []
        self._is_behind = True
        self._orders: dict[Order, Places] = {}
        self._masks: dict[RegisterFilter, Mask] = {}
        self._lists: dict[tuple[Order, bool, RegisterFilter], Places] = {}

    def forget(self, changed: Sequence[int] | None) -> None:
        """Take in that weapons of these rows were written, or that all of them were (None)."""
        if changed is None:
            self._begin_anew()
            return
        self._is_behind = True
        self._changed += [row for row in changed if row <= self._columns.size]
        self._known.forget()
        self._masks.clear()
        self._lists.clear()

    def count(self, connection: Connection, among: RegisterFilter) -> int:
        """Return how many weapons a list holds."""
        return int(np.count_nonzero(self._mask(connection, among)))

    def rows(
        self,
        connection: Connection,
        order: Order,
        among: RegisterFilter,
        span: tuple[int, int],
        *,
        falls: bool,
    ) -> list[int]:
        """Return the rows of a list from one place in it up to another."""
        if order in _KEYS and order not in self._orders:
            held = self._mask(connection, among)
            beginning = _beginning(connection, order, held, span, falls=falls)
            if beginning is not None:
                return beginning
        found: list[int] = (self._list(connection, order, among, falls)[slice(*span)] + 1).tolist()
        return found

    def held(self, connection: Connection, among: RegisterFilter) -> list[int]:
        """Return the rows that a list holds, as they were written."""
        found: list[int] = (np.flatnonzero(self._mask(connection, among)) + 1).tolist()
        return found

    def position(
        self, connection: Connection, row: int, order: Order, among: RegisterFilter, *, falls: bool
    ) -> int | None:
        """Return at which place of a list a row stands."""
        at = np.flatnonzero(self._list(connection, order, among, falls) == row - 1)
        return int(at[0]) if len(at) else None

    def among(
        self, connection: Connection, rows: Sequence[int], among: RegisterFilter
    ) -> list[int]:
        """Return which of the rows a list holds."""
        held = self._mask(connection, among)
        return [row for row in rows if held[row - 1]]

    def values(
        self, connection: Connection, facet: Tallied, among: RegisterFilter
    ) -> tuple[Counted, ...]:
        """Return the values of a facet in a list with their counts, the most frequent first.

        Writings of one word are counted together, under the one that is met most.
        """
        held = self._mask(connection, among)
        counts = np.bincount(self._columns.codes(facet)[held], minlength=1)
        values = self._columns.values(facet)
        sums: dict[str, Counted] = {}
        for code in np.flatnonzero(counts)[np.argsort(-counts[np.flatnonzero(counts)])].tolist():
            value, count = values[code], int(counts[code])
            key = (search_key(value) if facet in WRITTEN else "") or value
            first = sums.get(key, Counted(value, 0))
            sums[key] = Counted(first.value, first.count + count)
        return tuple(sorted(sums.values(), key=lambda one: (-one.count, one.value)))

    # --- in the back room -----------------------------------------------------------------------

    def _mask(self, connection: Connection, among: RegisterFilter) -> Mask:
        self._catch_up(connection)
        found = self._masks.get(among)
        if found is None:
            _make_room(self._masks)
            found = mask(connection, self._columns, self._known, among)
            self._masks[among] = found
        return found

    def _list(
        self, connection: Connection, order: Order, among: RegisterFilter, falls: bool
    ) -> Places:
        key = (order, falls, among)
        found = self._lists.get(key)
        if found is None:
            held = self._mask(connection, among)
            whole = self._order(connection, order)
            _make_room(self._lists)
            found = whole[held[whole]]
            found = self._lists[key] = found[::-1] if falls else found
        return found

    def _order(self, connection: Connection, order: Order) -> Places:
        found = self._orders.get(order)
        if found is None:
            found = self._orders[order] = self._sorted(connection, order)
        return found

    def _sorted(self, connection: Connection, order: Order) -> Places:
        if order in _KEYS:
            sql = f"SELECT row FROM weapon ORDER BY {_KEYS[order]}, row"  # noqa: S608 - our own names
            rows = connection.execute(sql).fetchall()
            return np.fromiter((row - 1 for (row,) in rows), np.int32, len(rows))
        if order == "recorded":
            return np.argsort(self._columns.times, kind="stable").astype(np.int32)
        ranks = [self._ranks(connection, facet) for facet in reversed(_FACETS[order])]
        return np.lexsort(ranks).astype(np.int32)

    def _ranks(self, connection: Connection, facet: Facet) -> npt.NDArray[np.uint32]:
        """Return for every weapon where its value stands among the facet's values, sorted."""
        key = self._sort_key(connection, facet)
        values = self._columns.values(facet)
        keys = {code: key(value) or LAST for code, value in values.items()}
        place = {one: at for at, one in enumerate(sorted(set(keys.values())))}
        ranks = np.zeros(self._columns.code_count, np.min_scalar_type(len(place)))
        ranks[list(keys)] = [place[one] for one in keys.values()]
        found: npt.NDArray[np.uint32] = ranks[self._columns.codes(facet)]
        return found

    def _sort_key(self, connection: Connection, facet: Facet) -> Callable[[str], str]:
        if facet not in ("place", "officer"):
            return search_key
        ways = {"place": self._known.place_names, "officer": self._known.officer_names}
        names = ways[facet](connection)
        return lambda value: search_key(names.get(value, ""))

    # --- after a write --------------------------------------------------------------------------

    def _catch_up(self, connection: Connection) -> None:
        if not self._is_behind:
            return
        before = self._columns.size
        changed = sorted(set(self._changed))
        self._columns.catch_up(connection, changed)
        fresh = range(before + 1, self._columns.size + 1)
        self._changed, self._is_behind = [], False
        self._keep_orders(connection, [*changed, *fresh])

    def _keep_orders(self, connection: Connection, rows: Sequence[int]) -> None:
        """Put the weapons of these rows in their places; orders of few values are sorted anew."""
        few = len(rows) <= _ONE_BY_ONE
        kept = {one: found for one, found in self._orders.items() if few and one in _KEYS}
        for order, found in kept.items():
            kept[order] = _moved(connection, _KEYS[order], found, rows)
        self._orders = kept


def _beginning(
    connection: Connection, order: Order, held: Mask, span: tuple[int, int], *, falls: bool
) -> list[int] | None:
    """Return the rows of a page near a list's beginning, by the index alone; None if it is far.

    A list opens so before its whole order was read, which takes a million half a second.
    """
    way = "DESC" if falls else "ASC"
    sql = f"SELECT row FROM weapon ORDER BY {_KEYS[order]} {way}, row {way} LIMIT ?"  # noqa: S608 - our own words
    start, end = span
    rows = connection.execute(sql, (_NEAR,)).fetchall()
    found = [row for (row,) in rows if held[row - 1]]
    return found[start:end] if len(found) >= end or len(rows) < _NEAR else None


def _moved(connection: Connection, key: str, order: Places, rows: Sequence[int]) -> Places:
    """Return the order with these rows at their places by a key."""
    gone = np.array([row - 1 for row in rows], np.int32)
    order = order[~np.isin(order, gone)]
    keys = _keys(connection, key, rows)
    for row in rows:
        order = np.insert(order, _place(connection, key, order, (keys[row], row)), row - 1)
    return order


def _place(connection: Connection, key: str, order: Places, wanted: tuple[str, int]) -> int:
    """Return where a key belongs in the order: by halves, each a look at one weapon's key."""
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        row = int(order[middle]) + 1
        if (_keys(connection, key, (row,))[row], row) < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _keys(connection: Connection, key: str, rows: Sequence[int]) -> dict[int, str]:
    sql = f"SELECT row, {key} FROM weapon WHERE row IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own words
    return dict(connection.execute(sql, (json.dumps(list(rows)),)).fetchall())


def _make_room(remembered: MutableMapping[Asked, Answer]) -> None:
    if len(remembered) >= _KEPT:
        remembered.clear()
