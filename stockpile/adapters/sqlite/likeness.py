"""All marks of the register in memory, to find those that a bad reading may have been read from.

1. Every mark is a row of codes, the count of its symbols by looks, and the number that ends it.
2. A look at all counts leaves some tens of thousands that differ by a few symbols; a distance over
   classes of looks leaves hundreds; those are weighed one symbol after the other.
3. A mark takes 38 bytes; what changes in the register is appended, and the old left to be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from stockpile.adapters.sqlite.likeness_codes import (
    CLASS_OF,
    WIDTH,
    Codes,
    bags,
    encoded,
    flattened,
    matrix,
    padding,
    spread,
    tails,
)
from stockpile.adapters.sqlite.likeness_columns import Columns, Fresh, Rows, Writings
from stockpile.adapters.sqlite.likeness_scoring import Costs, distances

Places = npt.NDArray[np.intp]
Learnt = tuple[int, str, str, str, str]
"""A mark to be learnt: its weapon's row, its key, and the weapon's make, calibre and model."""

_APART: Final = 3
_EDITS: Final = 2
_WEIGHED: Final = 1500
_AN_EDIT: Final = 4.0
"""What an edit costs about, before it is known what kind it is."""
_LEAST_TAIL: Final = 100
_MANY_TAILS: Final = 4000
ROOM_AHEAD: Final = 0.02
"""So much room is made beside what is there, for what comes next."""
_SLACK: Final = 0.1
_LEAST_ROOM: Final = 256
_ZEROS: Final = 2


@dataclass(frozen=True, slots=True)
class Candidates:
    """Marks that may be meant: the rows of their weapons, and how far the reading is from each."""

    places: Places
    weapons: Rows
    costs: Costs


class Likeness:
    """The index of likeness over one register."""

    def __init__(self) -> None:
        self.count = 0
        self.makes, self.calibres, self.models = Writings(), Writings(), Writings()
        self.columns = Columns.empty()
        self._apart = np.zeros(0, np.uint64)
        self._counts = np.zeros(0, np.uint8)

    @property
    def size(self) -> int:
        """Return the bytes that the marks take."""
        scratch = self._apart.nbytes + self._counts.nbytes
        return sum(column.nbytes for column in self.columns.all()) + scratch

    def learn(self, learnt: Sequence[Learnt]) -> None:
        """Add marks, one by one."""
        if not learnt:
            return
        weapons, keys, makes, calibres, models = zip(*learnt, strict=True)
        numbers = (
            self.makes.numbers(makes), self.calibres.numbers(calibres), self.models.numbers(models),
        )  # fmt: skip
        self.add(
            Fresh(
                np.array(weapons, np.int32),
                "\n".join(keys),
                *[np.array(one, np.uint16) for one in numbers],
            )
        )

    def add(self, fresh: Fresh) -> None:
        """Add marks; those padded with zeros a second time without them."""
        if not len(fresh.weapons):
            return
        flat, starts, lengths = flattened(fresh.keys)
        zeros = padding(flat, starts, lengths)
        padded = np.flatnonzero((zeros >= _ZEROS) & (zeros < lengths))
        whole = np.arange(len(starts))
        self.put(spread(flat, starts, lengths), fresh, whole)
        if len(padded):
            bare = starts[padded] + zeros[padded], lengths[padded] - zeros[padded]
            self.put(spread(flat, *bare), fresh, padded)

    def put(self, codes: Codes, fresh: Fresh, which: Places) -> None:
        """Add rows of codes, which of the fresh marks they are of."""
        first, self.count = self.count, self.count + len(codes)
        self.reserve(self.count, _SLACK)
        use = slice(first, self.count)
        columns = self.columns
        columns.codes[use] = codes
        columns.bags[use] = bags(codes)
        columns.tails[use] = tails(codes)
        columns.weapons[use] = fresh.weapons[which]
        columns.makes[use] = fresh.makes[which]
        columns.calibres[use] = fresh.calibres[which]
        columns.models[use] = fresh.models[which]

    def reserve(self, count: int, slack: float = 0.0) -> None:
        """Make room for so many marks, and a share more where there was none."""
        if count <= len(self.columns.weapons):
            return
        size = int(count * (1 + slack)) + _LEAST_ROOM
        wider = Columns.empty(size)
        for new, old in zip(wider.all(), self.columns.all(), strict=True):
            new[: len(old)] = old
        self.columns = wider
        self._apart, self._counts = np.zeros(size, np.uint64), np.zeros(size, np.uint8)

    def forget(self, weapons: Sequence[int]) -> None:
        """Take the marks of some weapons out; they may be learnt anew."""
        gone = np.isin(self.columns.weapons[: self.count], np.array(weapons, np.int32))
        self.columns.weapons[: self.count][gone] = -1

    def like(self, reading: str, advantage: Callable[[Places], Costs]) -> Candidates:
        """Return the marks like a reading, as symbols; ``advantage`` breaks ties where too many."""
        read = reading[: 2 * WIDTH]
        near = self._best(read, self._looking_alike(read), advantage)
        places = np.union1d(near, self._ending_alike(read))
        places = places[self.columns.weapons[places] >= 0]
        return Candidates(
            places, self.columns.weapons[places], distances(read, self.columns.codes[places])
        )

    def holding(self, read: str, tail: str, most: int) -> Places:
        """Return marks that end as told and hold at least the symbols of a text, in any order."""
        wanted = bags(matrix([read]))[0]
        apart, counts = self._apart[: self.count], self._counts[: self.count]
        np.bitwise_and(~self.columns.bags[: self.count], wanted, out=apart)
        np.bitwise_count(apart, out=counts)
        places = np.flatnonzero(counts == 0)
        codes = self.columns.codes
        lengths = (codes[places] != 0).sum(axis=1)
        for back, code in enumerate(encoded(tail)[::-1], 1):
            fits = (lengths >= back) & (codes[places, lengths - back] == code)
            places, lengths = places[fits], lengths[fits]
        return places[:most]

    def _best(self, read: str, places: Places, advantage: Callable[[Places], Costs]) -> Places:
        if len(places) <= _WEIGHED:
            return places
        rough = self._rough(read, places) * _AN_EDIT + advantage(places)
        return places[np.argpartition(rough, _WEIGHED)[:_WEIGHED]]

    def _looking_alike(self, read: str) -> Places:
        """Return marks at most two edits away, all that look alike counting as the same."""
        apart, counts = self._apart[: self.count], self._counts[: self.count]
        np.bitwise_xor(self.columns.bags[: self.count], bags(matrix([read]))[0], out=apart)
        np.bitwise_count(apart, out=counts)
        places = np.flatnonzero(counts <= _APART)
        edits = _edits(_looks(encoded(read)), CLASS_OF[self.columns.codes[places]], _EDITS)
        return places[edits <= _EDITS]

    def _ending_alike(self, read: str) -> Places:
        """Return marks with the number that ends the reading, whatever stands before it."""
        (tail,) = tails(matrix([read[-WIDTH:]]))
        if tail < _LEAST_TAIL:
            return np.zeros(0, np.intp)
        found = np.flatnonzero(self.columns.tails[: self.count] == tail)
        return found if len(found) <= _MANY_TAILS else np.zeros(0, np.intp)

    def _rough(self, read: str, places: Places) -> Costs:
        """Return edits, those that keep the looks and those that do not, for a first cut."""
        codes = self.columns.codes[places]
        sure = _edits(encoded(read), codes, WIDTH)
        looks = _edits(_looks(encoded(read)), CLASS_OF[codes], WIDTH)
        return ((sure.astype(np.float32) + looks) / 2).astype(np.float32)


def _looks(codes: bytes) -> bytes:
    return codes.translate(CLASS_OF.tobytes())


def _edits(read: bytes, rows: Codes, most: int) -> npt.NDArray[np.uint8]:
    """Return the edits between a text and each row, swaps counting as one; above most, any more."""
    if not len(rows):
        return np.zeros(0, np.uint8)
    texts = np.ascontiguousarray(rows).view(f"S{WIDTH}").ravel().tolist()
    found = process.cdist(
        [read], texts, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8, workers=1
    )
    return np.asarray(found[0], np.uint8)
