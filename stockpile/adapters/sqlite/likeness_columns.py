"""The marks of the index of likeness, column by column, and what the numbers in them mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stockpile.adapters.sqlite.likeness_codes import WIDTH, Bags, Codes, Tails

Rows = npt.NDArray[np.int32]
Ids = npt.NDArray[np.uint16]

_NO_WRITING: Final = 0
_MOST_WRITINGS: Final = 0xFFFF


class Writings:
    """The different writings of one column, by number; 0 stands for none."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self.texts: list[str] = [""]
        self._numbers: dict[str, int] = {"": _NO_WRITING}
        self.numbers(texts)

    def numbers(self, texts: Sequence[str]) -> list[int]:
        """Return the number of each text, learning those that are new."""
        return [self._numbers.get(text) or self._learn(text) for text in texts]

    def number(self, text: str) -> int:
        """Return the number of a text; 0 where it was never learnt."""
        return self._numbers.get(text, _NO_WRITING)

    def _learn(self, text: str) -> int:
        if not text or len(self.texts) > _MOST_WRITINGS:
            return _NO_WRITING
        self._numbers[text] = len(self.texts)
        self.texts.append(text)
        return self._numbers[text]


@dataclass(frozen=True, slots=True)
class Fresh:
    """Marks to be learnt: their weapons' rows, their keys line by line, numbers of writings."""

    weapons: Rows
    keys: str
    makes: Ids
    calibres: Ids
    models: Ids


@dataclass(slots=True)
class Columns:
    """The marks, column by column; the index says how many rows of each are in use."""

    codes: Codes
    bags: Bags
    tails: Tails
    weapons: Rows
    makes: Ids
    calibres: Ids
    models: Ids

    @classmethod
    def empty(cls, size: int = 0) -> Columns:
        """Return room for so many marks."""
        return cls(
            np.zeros((size, WIDTH), np.uint8), np.zeros(size, np.uint64),
            np.zeros(size, np.uint32), np.zeros(size, np.int32),
            np.zeros(size, np.uint16), np.zeros(size, np.uint16), np.zeros(size, np.uint16),
        )  # fmt: skip

    def all(self) -> tuple[npt.NDArray[np.generic], ...]:
        """Return the columns, in order."""
        return (
            self.codes, self.bags, self.tails, self.weapons, self.makes, self.calibres, self.models,
        )  # fmt: skip
