"""The index of likeness of the open register: learnt at the first question, then kept up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from stockpile.adapters.sqlite import likeness_keeping
from stockpile.adapters.sqlite.likeness import ROOM_AHEAD, Likeness
from stockpile.adapters.sqlite.likeness_rows import MarksOnRecord
from stockpile.adapters.sqlite.likeness_words import Advantages
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.matching.asking import AsWritten, Normal, Said, Understood, Words
from stockpile.domain.values import search_key

_PORTION: Final = 100_000
_LAST: Final = "SELECT coalesce(max(row), 0) FROM weapon"


class WordsWhenAsked:
    """Words that are made ready when the first one is asked for: a catalogue takes its time."""

    def __init__(self, made: Callable[[], Words]) -> None:
        self._made = made
        self._words: Words | None = None

    def of(self, kind: Said, text: str) -> Normal:
        """Return what the text means."""
        return self.ready().of(kind, text)

    @property
    def are_ready(self) -> bool:
        """Say whether they were made ready."""
        return self._words is not None

    def ready(self) -> Words:
        """Return the words, made ready now if they were not before."""
        if self._words is None:
            self._words = self._made()
        return self._words


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


@dataclass(frozen=True, slots=True)
class _Held:
    """The index, what reads marks for it, and what understands words beside them."""

    likeness: Likeness
    marks: MarksOnRecord
    advantages: Advantages
    words: WordsOnRecord


class LikenessOnRecord:
    """The index, and what it still has to take in; ``anew`` makes no use of one that was kept."""

    def __init__(self, words: Callable[[], Words] = AsWritten, *, anew: bool = False) -> None:
        self._anew = anew
        self._words = WordsWhenAsked(words)
        self._changed: set[int] = set()
        self._last = 0
        self._held: _Held | None = None
        self._writings = (0, 0)
        self._unkept = 0

    @property
    def likeness(self) -> Likeness:
        """The index, after ``catch_up``."""
        assert self._held is not None
        return self._held.likeness

    @property
    def advantages(self) -> Advantages:
        """What words are worth, after ``catch_up``."""
        assert self._held is not None
        return self._held.advantages

    @property
    def words(self) -> WordsOnRecord:
        """What understands the words of a question, after ``catch_up``."""
        assert self._held is not None
        return self._held.words

    @property
    def unkept(self) -> int:
        """How many weapons the next opening would have to learn if nothing more is kept."""
        return self._unkept

    def forget(self, changed: Sequence[int] | None) -> None:
        """Take in that the weapons of these rows were written; of all of them without any said."""
        if changed is None:
            self._held, self._unkept = None, 0
            self._changed.clear()
        else:
            self._changed.update(row for row in changed if row <= self._last)

    def catch_up(self, connection: Connection) -> None:
        """Learn what was written since; at the first question, everything."""
        while not self.step(connection):
            continue

    def step(self, connection: Connection) -> bool:
        """Learn a portion of it, a few tenths of a second; say whether that was all."""
        held = self._held
        if held is None:
            self._start(connection)
            return False
        if self._changed:
            self._learn_anew(connection, held, sorted(self._changed))
            self._changed.clear()
        last = int((connection.execute(_LAST).fetchone() or (0,))[0])
        if self._last < last:
            held.likeness.reserve(last, ROOM_AHEAD)
            upto = min(self._last + _PORTION, last)
            held.likeness.add(held.marks.between(connection, self._last, upto))
            self._unkept += upto - self._last
            self._last = upto
        self._learn_words(held)
        return self._last >= last

    @property
    def understands(self) -> bool:
        """Say whether what understands the words of questions is ready."""
        return self._words.are_ready

    def understand(self) -> None:
        """Make it ready."""
        self._words.ready()

    def keep(self, connection: Connection) -> None:
        """Keep the index in the books, for the next opening; in a transaction of the caller's."""
        self.catch_up(connection)
        likeness_keeping.keep(connection, self.likeness, self._last)
        self._unkept = 0

    def _start(self, connection: Connection) -> None:
        kept = None if self._anew else likeness_keeping.read(connection)
        likeness, words = kept.likeness if kept else Likeness(), self._words
        self._held = _Held(
            likeness, MarksOnRecord(likeness), Advantages(likeness, words), WordsOnRecord(words)
        )
        self._last, self._writings, self._unkept = kept.last if kept else 0, (0, 0), 0
        self._changed = set(kept.changed if kept else ())

    def _learn_anew(self, connection: Connection, held: _Held, rows: Sequence[int]) -> None:
        held.likeness.forget(rows)
        held.likeness.add(held.marks.of(connection, rows))
        self._unkept += len(rows)

    def _learn_words(self, held: _Held) -> None:
        makes, models = held.likeness.makes.texts, held.likeness.models.texts
        first, second = self._writings
        held.words.learn("make", makes[first:])
        held.words.learn("model", models[second:])
        self._writings = (len(makes), len(models))
