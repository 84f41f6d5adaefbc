"""How a weapon is found by what somebody typed or scanned: the surest reading first.

1. A registry number, a tag and a mark of ours name one weapon; so does a tag that was replaced.
2. Then the serial and the words beside it: every mark that it may have been read from, weighed.
3. Then a part of a mark: its beginning, or any other part; where nothing is near, or little typed.
4. Then words: every word typed is part of a mark, the make, the model, the calibre or the place.
5. Only when asked, and nothing else was found: what is merely similar, by shared groups of three
   characters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.resembling import Resembling, resembling
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.listing import LAST
from stockpile.domain.matching.asking import Question, asked
from stockpile.domain.matching.symbols import symbols
from stockpile.domain.matching.weighing import score
from stockpile.domain.numbers import read_number, registry_number
from stockpile.domain.serials import fold, number_in
from stockpile.domain.tags import tag_in
from stockpile.domain.values import WeaponId, is_id, search_key

Why = Literal[
    "number", "tag", "old_tag", "applied_mark", "serial", "serial_looks_alike", "mark", "part",
    "similar", "words",
]  # fmt: skip
GRAM: Final = 3
"""The word index knows groups of three characters; shorter texts are sought as beginnings."""
_SCORES: Final[dict[Why, float]] = {
    "number": 1.0, "tag": 1.0, "old_tag": 0.99, "applied_mark": 0.95, "serial": 0.9, "mark": 0.8,
    "serial_looks_alike": 0.7, "part": 0.6, "words": 0.4, "similar": 0.3,
}  # fmt: skip
_HIGHEST: Final = "\U0010ffff"
_PLACE_KEYS: Final = """
    WITH RECURSIVE place (key) AS (
        SELECT min(by_place) FROM weapon
        UNION ALL
        SELECT (SELECT min(by_place) FROM weapon WHERE by_place > key) FROM place
        WHERE key IS NOT NULL
    )
    SELECT key FROM place WHERE key <> ? AND instr(key, ?)
"""
_NOT_INDEXED: Final = "SELECT row FROM weapon WHERE row > (SELECT row FROM words_indexed)"
_WITH_GRAMS: Final = (
    f"SELECT rowid AS found FROM weapon_fts WHERE weapon_fts MATCH ? UNION ALL {_NOT_INDEXED}"  # noqa: S608 - our own words
)
"""The weapons that hold all groups of three asked for, and those that the index lacks so far."""
_BEST: Final = "SELECT rowid FROM weapon_fts WHERE weapon_fts MATCH ? ORDER BY rank LIMIT ?"
_WITH_SOME_GRAMS: Final = (
    "SELECT row, words FROM weapon WHERE registered "  # noqa: S608 - our own words
    f"AND row IN (SELECT * FROM ({_BEST}) UNION ALL {_NOT_INDEXED})"
)
_COUNT_GRAMS: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.gram_count USING fts5vocab(main, weapon_fts, row)"
)
_GRAM_COUNTS: Final = (
    "SELECT term, doc FROM json_each(?) AS asked CROSS JOIN temp.gram_count ON term = asked.value"
)
_RANKED: Final = 10_000
"""So many weapons, by the groups that they share, are ranked in a few milliseconds."""
_WITH_PART: Final = (
    f"SELECT row, length(words) FROM ({_WITH_GRAMS}) CROSS JOIN weapon "  # noqa: S608 - our own words
    "ON row = found WHERE instr(words, ?) AND registered LIMIT ?"
)
_LOOKING_THE_SAME: Final = (
    "SELECT DISTINCT weapon FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
    "WHERE fold = ? AND registered LIMIT 2"
)
_READ_WHOLE: Final = (
    "SELECT mark.weapon, text, is_ours, is_identity FROM mark CROSS JOIN weapon "
    "ON weapon.row = mark.weapon WHERE key = ? AND registered "
    "ORDER BY is_ours DESC, is_identity DESC LIMIT 1"
)
_REPLACED: Final = (
    "SELECT row FROM old_tag CROSS JOIN weapon ON row = old_tag.weapon WHERE old_tag.tag = ? "
    "AND (registered OR status IN ('withdrawn', 'merged')) LIMIT ?"
)
_SURE: Final = 8
"""So many symbols read whole name a weapon; fewer may well be a misreading of another's."""
_SHORT: Final = 4
_LONGEST_SERIAL: Final = 12
_FAR: Final = 0.56
"""A find with this score cost more than one likely error: it may as well be something else."""
_ALIKE: Final = 5.5
"""What a look-alike may cost: one likely error, not two."""
_OURS: Final = 0.05
_NEAREST: Final = 200
"""So many of those ranked best are read and compared."""
_MANY: Final = 2000
"""So many candidates of a common part are looked through, not all of a million."""


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over ``weapon``, of our own making, and the values it asks for."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A weapon's row, how well it was found (0 to 1), and why."""

    row: int
    score: float
    why: Why
    mark: str = ""
    at: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, in the forms in which it may be meant."""

    text: str
    key: str
    words: tuple[str, ...]


def find(
    connection: Connection, index: LikenessOnRecord, text: str, limit: int, *, fuzzy: bool
) -> list[Found]:
    """Return weapons by number, tag, any mark, what it was read from, or words; best first."""
    typed = _Asked(text.strip(), search_key(text), _words(text))
    if not typed.key and not symbols(text):
        return []
    found = _Gathered(limit)
    for way in _NAMING:
        found.add(way(connection, typed, limit))
    if not found.rows and not fuzzy:
        found.add(_by_mark_alone(connection, typed))
    if found.rows:
        return found.best()
    index.catch_up(connection)
    question = asked(typed.text, index.words)
    near = _near(connection, index, (typed, question), fuzzy=fuzzy)
    found.add(near)
    if not near or _is_stem(typed, near):
        for way in _ways(typed, question):
            found.add(way(connection, typed, limit))
    if fuzzy and not found.rows:
        read = search_key(number_in(question.serial)) or typed.key
        found.add(_similar(connection, _Asked(typed.text, read, typed.words), limit))
    return found.best()


def look_alikes(
    connection: Connection, index: LikenessOnRecord, serial_text: str, limit: int
) -> list[Found]:
    """Return weapons whose serial is this one, or may be taken for it; exact ones first."""
    if not number_in(serial_text):
        return []
    index.catch_up(connection)
    found = resembling(connection, index, Question(serial_text), fuzzy=False)
    alike = [one for one in found if one.cost <= _ALIKE and one.why != "applied_mark"]
    return [_of_resembling(one) for one in alike[:limit]]


class _Gathered:
    """What was found so far, each weapon once, by the way that found it first."""

    def __init__(self, limit: int) -> None:
        self.rows: dict[int, Found] = {}
        self._limit = limit

    def add(self, found: Iterable[Found]) -> None:
        """Take finds in, until there are enough."""
        for one in found:
            if len(self.rows) >= self._limit:
                return
            self.rows.setdefault(one.row, one)

    def best(self) -> list[Found]:
        """Return all, best first."""
        return sorted(self.rows.values(), key=lambda one: -one.score)


def _ways(typed: _Asked, question: Question) -> Sequence[_Way]:
    """Return the ways to look for parts: none where a serial stands with words that name others."""
    if question.has_words and len(symbols(question.serial)) >= _SHORT:
        return ()
    return _PARTS if len(typed.key) >= GRAM else _PARTS_OF_SHORT


def _near(
    connection: Connection,
    index: LikenessOnRecord,
    meant: tuple[_Asked, Question],
    *,
    fuzzy: bool,
) -> list[Found]:
    """Return what was read exactly, and what the reading resembles, as the words weigh it."""
    typed, question = meant
    best: dict[int, Resembling] = {}
    for one in dict.fromkeys((question, Question(typed.text))):
        if one is not question and (len(typed.key) > _LONGEST_SERIAL or "{" in typed.text):
            continue
        for likely in resembling(connection, index, one, fuzzy=fuzzy):
            if likely.row not in best or likely.cost < best[likely.row].cost:
                best[likely.row] = likely
    ranked = sorted(best.values(), key=lambda one: (one.cost, not one.is_exact, one.row))
    near = [_of_resembling(one) for one in ranked]
    read = _Asked("", search_key(number_in(question.serial)), ())
    held = {one.row for one in near}
    return near + [one for one in _by_mark(connection, read, _MANY) if one.row not in held]


def _of_resembling(one: Resembling) -> Found:
    return Found(
        one.row, round(score(one.cost) + (_OURS if one.why == "applied_mark" else 0.0), 4),
        one.why, one.mark, one.at, one.reasons,
    )  # fmt: skip


def _is_stem(typed: _Asked, near: Sequence[Found]) -> bool:
    """Say whether a text is likely the beginning of what is still being typed."""
    if any(one.why in ("serial", "applied_mark", "mark") for one in near):
        return len(typed.key) < GRAM
    return len(typed.key) <= _SHORT or near[0].score < _FAR


def containing(connection: Connection, text: str) -> Condition:
    """Return the condition that every word of the text is part of the weapon's own words."""
    parts = [_containing_word(word, _places(connection, word)) for word in _words(text)]
    return Condition(
        " AND ".join(part.sql for part in parts) or "TRUE",
        tuple(value for part in parts for value in part.values),
    )


def _containing_word(word: str, places: str) -> Condition:
    """Return the condition that a word is in the weapon's words or in the name of its place."""
    in_place = "by_place IN (SELECT value FROM json_each(?))"
    if len(word) < GRAM:
        return Condition(f"(instr(words, ?) OR {in_place})", (word, places))
    in_words = f"row IN ({_WITH_GRAMS}) AND instr(words, ?)"
    return Condition(f"({in_words} OR {in_place})", (_all_grams(word), word, places))


def _places(connection: Connection, word: str) -> str:
    """Return the keys of the places whose name holds the word, as JSON; one step a place."""
    found = connection.execute(_PLACE_KEYS, (LAST, word)).fetchall()
    return json.dumps([key for (key,) in found])


def _words(text: str) -> tuple[str, ...]:
    return tuple(key for word in text.split() if (key := search_key(word)))


def _found(row: int, why: Why, share: float = 1.0) -> Found:
    """Return a find; ``share`` is how much of the mark was typed, to rank parts."""
    return Found(row, round(_SCORES[why] - 0.1 * (1.0 - share), 3), why)


def _by_number(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    whole_id = typed.text.lower()
    number = registry_number(WeaponId(whole_id)) if is_id(whole_id) else read_number(typed.text)
    sql = (
        "SELECT row FROM weapon WHERE number = ? "
        "AND (registered OR status IN ('withdrawn', 'merged')) LIMIT ?"
    )  # an old paper still names a record that was joined to another: it points onward
    for (row,) in connection.execute(sql, (number, limit)).fetchall() if number else ():
        yield _found(row, "number")


def _by_tag(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    sql = (
        "SELECT row FROM weapon WHERE tag <> '' AND tag IN (?, ?, ?) "
        "AND (registered OR status IN ('withdrawn', 'merged')) LIMIT ?"
    )  # as above, for an old label
    forms = (typed.text, typed.text.upper(), tag_in(typed.text) or typed.key)
    for (row,) in connection.execute(sql, (*forms, limit)).fetchall():
        yield _found(row, "tag")


def _by_old_tag(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    """Find a weapon by a label that was replaced: whoever holds one must learn that it is void."""
    tag = tag_in(typed.text)
    rows = connection.execute(_REPLACED, (tag, limit)).fetchall() if tag else ()
    for (row,) in rows:
        yield _found(row, "old_tag")


def _by_mark(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT weapon, is_ours, is_identity FROM mark CROSS JOIN weapon "
        "ON weapon.row = mark.weapon WHERE key = ? AND registered "
        "ORDER BY is_ours DESC, is_identity DESC LIMIT ?",
        (typed.key, limit),
    ).fetchall()
    for row, is_ours, is_identity in rows:
        yield _found(row, _why(is_ours, is_identity))


def _by_mark_alone(connection: Connection, typed: _Asked) -> Sequence[Found]:
    """Return the weapon whose mark was read whole, where no other mark looks the same.

    Such a reading is sure: nothing that it may have been misread from would stand beside it.
    """
    if len(typed.key) < _SURE:
        return ()
    alike = connection.execute(_LOOKING_THE_SAME, (fold(typed.text),)).fetchall()
    if len(alike) != 1:
        return ()
    return [
        _of_resembling(Resembling(row, 0.0, _why(is_ours, is_identity), text, (), ()))
        for row, text, is_ours, is_identity in connection.execute(_READ_WHOLE, (typed.key,))
    ]


def _why(is_ours: int, is_identity: int) -> Literal["applied_mark", "serial", "mark"]:
    return "applied_mark" if is_ours else "serial" if is_identity else "mark"


def _by_beginning(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT weapon, length(key) FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
        "WHERE key > ? AND key < ? AND registered ORDER BY key LIMIT ?",
        (typed.key, typed.key + _HIGHEST, limit),
    ).fetchall()
    for row, length in rows:
        yield _found(row, "part", len(typed.key) / length)


def _by_number_beginning(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT row FROM weapon WHERE number > ? AND number < ? AND registered LIMIT ?",
        (typed.text.upper(), typed.text.upper() + _HIGHEST, limit),
    ).fetchall()
    for (row,) in rows:
        yield _found(row, "part", 0.0)


def _by_middle(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(_WITH_PART, (_all_grams(typed.key), typed.key, limit)).fetchall()
    for row, length in rows:
        yield _found(row, "part", len(typed.key) / length)


def _by_words(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    condition = containing(connection, " ".join(typed.words))
    sql = f"SELECT row FROM weapon WHERE registered AND {condition.sql} LIMIT ?"  # noqa: S608 - our own words
    for (row,) in connection.execute(sql, (*condition.values, limit)).fetchall():
        yield _found(row, "words")


def _similar(connection: Connection, typed: _Asked, limit: int) -> Iterator[Found]:
    """Rank by the share of three-character groups in common, among the best by the index."""
    grams = _grams(typed.key)
    if not grams:
        return
    asked = " OR ".join(map(_quoted, _telling(connection, grams)))
    rows = connection.execute(_WITH_SOME_GRAMS, (asked, _NEAREST)).fetchall()
    ranked = sorted(((_likeness(grams, words), row) for row, words in rows), reverse=True)
    for likeness, row in ranked[:limit]:
        if not likeness:
            return
        yield _found(row, "similar", likeness)


def _telling(connection: Connection, grams: frozenset[str]) -> list[str]:
    """Return the groups that few weapons have: what a fourth of them have tells none apart."""
    connection.execute(_COUNT_GRAMS)
    asked = json.dumps([gram.lower() for gram in grams])
    counts: dict[str, int] = dict(connection.execute(_GRAM_COUNTS, (asked,)).fetchall())
    ordered = sorted(grams, key=lambda gram: (counts.get(gram.lower(), 0), gram))
    reached = accumulate(counts.get(gram.lower(), 0) for gram in ordered)
    telling = [gram for gram, total in zip(ordered, reached, strict=True) if total <= _RANKED]
    return telling or ordered[:1]


def _likeness(grams: frozenset[str], words: str) -> float:
    """Return the best share of common groups over the weapon's words (0 to 1, after Dice)."""
    return max(
        (
            2 * len(grams & others) / (len(grams) + len(others))
            for others in map(_grams, words.split("\n"))
            if others
        ),
        default=0.0,
    )


def _grams(word: str) -> frozenset[str]:
    return frozenset(word[at : at + GRAM] for at in range(len(word) - GRAM + 1))


def _all_grams(word: str) -> str:
    """Return the index's query for a part of a word: all its groups, in any place."""
    return " AND ".join(map(_quoted, sorted(_grams(word))))


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


_Way = Callable[[Connection, _Asked, int], Iterator[Found]]
_NAMING: Final[tuple[_Way, ...]] = (_by_number, _by_tag, _by_old_tag)
_PARTS: Final[tuple[_Way, ...]] = (
    _by_beginning, _by_number_beginning, _by_middle, _by_words,
)  # fmt: skip
_PARTS_OF_SHORT: Final[tuple[_Way, ...]] = (_by_beginning, _by_number_beginning, _by_words)
