"""How a weapon is found by what somebody typed or scanned: the surest reading first.

1. A registry number, a tag and a mark of ours name one weapon; a serial names all that bear it.
2. Then what looks like it (O for 0, Cyrillic for Latin), then a part of a mark: its beginning, or
   any other part.
3. Then words: every word typed is part of a mark, the make, the model, the calibre or the place.
4. Only when asked: what is merely similar, by shared groups of three characters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.listing import LAST
from stockpile.domain.numbers import read_number, registry_number
from stockpile.domain.serials import fold, read_serial
from stockpile.domain.values import WeaponId, is_id, search_key

Why = Literal[
    "number", "tag", "applied_mark", "serial", "serial_looks_alike", "mark", "part", "similar",
    "words",
]  # fmt: skip
GRAM: Final = 3
"""The word index knows groups of three characters; shorter texts are sought as beginnings."""
_SCORES: Final[dict[Why, float]] = {
    "number": 1.0, "tag": 1.0, "applied_mark": 0.95, "serial": 0.9, "mark": 0.8,
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
_WITH_PART: Final = (
    f"SELECT row, length(words) FROM ({_WITH_GRAMS}) CROSS JOIN weapon "  # noqa: S608 - our own words
    "ON row = found WHERE instr(words, ?) AND registered LIMIT ?"
)
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, in the forms in which it may be meant."""

    text: str
    key: str
    fold: str
    words: tuple[str, ...]


def find(connection: Connection, text: str, limit: int, *, fuzzy: bool) -> list[Found]:
    """Return weapons by number, tag, any mark, part of one, or words; best first, each once."""
    asked = _Asked(text.strip(), search_key(text), fold(text), _words(text))
    if not asked.key:
        return []
    ways = _WAYS if len(asked.key) >= GRAM else _WAYS_OF_SHORT
    found: dict[int, Found] = {}
    for way in (*ways, _similar) if fuzzy else ways:
        for one in way(connection, asked, limit):
            found.setdefault(one.row, one)
        if len(found) >= limit:
            break
    return sorted(found.values(), key=lambda one: -one.score)[:limit]


def look_alikes(connection: Connection, serial_text: str, limit: int) -> list[Found]:
    """Return weapons whose serial is this one, or looks like it; exact ones first."""
    serial = read_serial(serial_text)
    if not serial.key:
        return []
    rows = connection.execute(
        "SELECT weapon, key FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
        "WHERE mark.fold = ? AND is_identity AND registered ORDER BY key <> ?, weapon LIMIT ?",
        (serial.fold, serial.key, limit),
    ).fetchall()
    return [
        _found(row, "serial" if key == serial.key else "serial_looks_alike") for row, key in rows
    ]


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


def _by_number(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    whole_id = asked.text.lower()
    number = registry_number(WeaponId(whole_id)) if is_id(whole_id) else read_number(asked.text)
    sql = "SELECT row FROM weapon WHERE number = ? AND registered LIMIT ?"
    for (row,) in connection.execute(sql, (number, limit)).fetchall() if number else ():
        yield _found(row, "number")


def _by_tag(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    sql = "SELECT row FROM weapon WHERE tag <> '' AND tag IN (?, ?, ?) AND registered LIMIT ?"
    forms = (asked.text, asked.text.upper(), asked.key)
    for (row,) in connection.execute(sql, (*forms, limit)).fetchall():
        yield _found(row, "tag")


def _by_mark(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT weapon, is_ours, is_identity FROM mark CROSS JOIN weapon "
        "ON weapon.row = mark.weapon WHERE key = ? AND registered "
        "ORDER BY is_ours DESC, is_identity DESC LIMIT ?",
        (asked.key, limit),
    ).fetchall()
    for row, is_ours, is_identity in rows:
        yield _found(row, "applied_mark" if is_ours else "serial" if is_identity else "mark")


def _by_looks(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT weapon, is_identity FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
        "WHERE mark.fold = ? AND registered ORDER BY is_identity DESC LIMIT ?",
        (asked.fold, limit),
    ).fetchall()
    for row, is_identity in rows if asked.fold else ():
        share = 1.0 if is_identity else 0.5
        yield _found(row, "serial_looks_alike", share)


def _by_beginning(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT weapon, length(key) FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
        "WHERE key > ? AND key < ? AND registered ORDER BY key LIMIT ?",
        (asked.key, asked.key + _HIGHEST, limit),
    ).fetchall()
    for row, length in rows:
        yield _found(row, "part", len(asked.key) / length)


def _by_number_beginning(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(
        "SELECT row FROM weapon WHERE number > ? AND number < ? AND registered LIMIT ?",
        (asked.text.upper(), asked.text.upper() + _HIGHEST, limit),
    ).fetchall()
    for (row,) in rows:
        yield _found(row, "part", 0.0)


def _by_middle(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    rows = connection.execute(_WITH_PART, (_all_grams(asked.key), asked.key, limit)).fetchall()
    for row, length in rows:
        yield _found(row, "part", len(asked.key) / length)


def _by_words(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    condition = containing(connection, " ".join(asked.words))
    sql = f"SELECT row FROM weapon WHERE registered AND {condition.sql} LIMIT ?"  # noqa: S608
    for (row,) in connection.execute(sql, (*condition.values, limit)).fetchall():
        yield _found(row, "words")


def _similar(connection: Connection, asked: _Asked, limit: int) -> Iterator[Found]:
    """Rank by the share of three-character groups in common, among the best by the index."""
    grams = _grams(asked.key)
    if not grams:
        return
    rows = connection.execute(
        _WITH_SOME_GRAMS, (" OR ".join(map(_quoted, sorted(grams))), _MANY)
    ).fetchall()
    ranked = sorted(((_likeness(grams, words), row) for row, words in rows), reverse=True)
    for likeness, row in ranked[:limit]:
        if not likeness:
            return
        yield _found(row, "similar", likeness)


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
_EXACT: Final[tuple[_Way, ...]] = (_by_number, _by_tag, _by_mark, _by_looks)
_WAYS: Final[tuple[_Way, ...]] = (
    *_EXACT, _by_beginning, _by_number_beginning, _by_middle, _by_words,
)  # fmt: skip
_WAYS_OF_SHORT: Final[tuple[_Way, ...]] = (*_EXACT, _by_beginning, _by_number_beginning, _by_words)
