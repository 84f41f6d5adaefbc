"""The index of likeness of the open register: learnt at the first question, then kept up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from stockpile.adapters.sqlite.likeness import Learnt, Likeness
from stockpile.adapters.sqlite.likeness_words import Advantages
from stockpile.adapters.sqlite.store import Connection, Row
from stockpile.domain.matching.asking import AsWritten, Normal, Said, Understood, Words
from stockpile.domain.values import search_key

_MARKS: Final = (
    "SELECT mark.weapon, mark.key, weapon.make, weapon.calibre, weapon.model "
    "FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
)
_AFTER: Final = (
    f"{_MARKS} WHERE mark.weapon > ? AND mark.weapon <= ? "
    "AND key <> '' AND registered"
)
_OF: Final = (
    f"{_MARKS} WHERE mark.weapon IN (SELECT value FROM json_each(?)) "  # noqa: S608 - our own words
    "AND key <> '' AND registered"
)
_PORTION: Final = 100_000
_LAST: Final = "SELECT coalesce(max(row), 0) FROM weapon"


@dataclass(frozen=True, slots=True)
class WordsOnRecord:
    """Words as the register writes them are understood, besides those that the catalogue knows."""

    words: Words
    known: dict[tuple[Said, str], str] = field(default_factory=dict)

    def of(self, kind: Said, text: str) -> Normal:
        """Return what the text means; a make or model that stands on record is sure."""
        meant = self.words.of(kind, text)
        key = search_key(text)
        return Understood(meant.code or key) if (kind, key) in self.known else meant

    def learn(self, kind: Said, texts: Sequence[str]) -> None:
        """Take in how words of one kind are written on record."""
        self.known.update({(kind, search_key(text)): text for text in texts if text})


class LikenessOnRecord:
    """The index, and what it still has to take in."""

    def __init__(self, words: Callable[[], Words] = AsWritten) -> None:
        self._words_from = words
        self._changed: set[int] = set()
        self._last = 0
        self._held: tuple[Likeness, Advantages, WordsOnRecord] | None = None
        self._writings = (0, 0)

    @property
    def likeness(self) -> Likeness:
        """The index, after ``catch_up``."""
        assert self._held is not None
        return self._held[0]

    @property
    def advantages(self) -> Advantages:
        """What words are worth, after ``catch_up``."""
        assert self._held is not None
        return self._held[1]

    @property
    def words(self) -> WordsOnRecord:
        """What understands the words of a question, after ``catch_up``."""
        assert self._held is not None
        return self._held[2]

    def forget(self, changed: Sequence[int] | None) -> None:
        """Take in that the weapons of these rows were written; of all of them without any said."""
        if changed is None:
            self._held = None
            self._changed.clear()
        else:
            self._changed.update(row for row in changed if row <= self._last)

    def catch_up(self, connection: Connection) -> None:
        """Learn what was written since; at the first question, everything."""
        if self._held is None:
            self._start()
        if self._changed:
            self._learn_anew(connection, sorted(self._changed))
            self._changed.clear()
        (last,) = connection.execute(_LAST).fetchone() or (0,)
        for start in range(self._last, last, _PORTION):
            span = (start, min(start + _PORTION, last))
            self.likeness.learn(_learnt(connection.execute(_AFTER, span).fetchall()))
        self._last = last
        self._learn_words()

    def _start(self) -> None:
        likeness, words = Likeness(), self._words_from()
        self._held = (likeness, Advantages(likeness, words), WordsOnRecord(words))
        self._last, self._writings = 0, (0, 0)

    def _learn_anew(self, connection: Connection, rows: Sequence[int]) -> None:
        self.likeness.forget(rows)
        asked = (json.dumps(list(rows)),)
        self.likeness.learn(_learnt(connection.execute(_OF, asked).fetchall()))

    def _learn_words(self) -> None:
        makes, models = self.likeness.makes.texts, self.likeness.models.texts
        first, second = self._writings
        self.words.learn("make", makes[first:])
        self.words.learn("model", models[second:])
        self._writings = (len(makes), len(models))


def _learnt(rows: list[Row]) -> Sequence[Learnt]:
    return rows  # the columns of _MARKS, in the order of Learnt
