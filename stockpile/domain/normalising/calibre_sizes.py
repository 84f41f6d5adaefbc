"""The grammar of a calibre: which size is written, in which units, and the words beside it.

A size has one writing: `.38` and `.380` in inches, `7.62mm`, `9x19` with its case length and
`7.62x54r` with its rim, `12ga` for a gauge, `.30-06` for a pair that is no length. A bare number
may mean several of these: its readings come likeliest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from stockpile.domain.normalising.calibre_words import form_of, prepared

_TOKEN: Final = re.compile(
    r"(?P<pair>\d+(?:\.\d+)?x\d+(?:\.\d+)?)"
    r"|(?P<mixed>[^\W\d_]+\d+[^\W_]*)"
    r"|(?P<number>\.?\d+(?:\.\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:[&'][^\W\d_]+)*)"
    r"|(?P<sign>[-/])"
)
_RIMS: Final = {"r": "r", "\u0440": "r", "sr": "sr", "rb": "rb", "b": "b", "rimmed": "r"}
_UNITS: Final = re.compile(r"mm|мм|ملم|مم|毫米|millim\w*|milim\w*|mms")
_GAUGES: Final = frozenset({4, 8, 10, 12, 14, 16, 20, 24, 28, 32, 36, 40, 67})
_GAUGE_FIRST: Final = frozenset({10, 12, 14, 16, 20, 24, 28, 67})
_CHAMBERS: Final = frozenset({
    "50", "51", "57", "60", "63", "63.5", "65", "67", "67.5", "70", "73", "75", "76", "76.2",
    "76.5",     "79", "88.9", "89", "2.5", "2.75", "3", "3.0", "3.5", "2.3", "00",
})  # fmt: skip
_BARREL_FROM: Final = 57
"""A bare whole number from here on is a tube in millimetres: 60, 81, 107."""
_TUBES: Final = frozenset({23, 26, 37})
_WRITTEN_TOGETHER: Final = {
    "762": "7.62", "763": "7.63", "765": "7.65", "635": "6.35", "556": "5.56", "545": "5.45",
    "792": "7.92", "1270": "12.7", "127": "12.7", "145": "14.5", "1143": "11.43", "735": "7.35",
}  # fmt: skip
_DATES: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}:\d{2}")
_BRACKETS: Final = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_METRIC_TO: Final = 16
_LEAST_INCHES: Final = 12
"""A spreadsheet's 12.0 and 38.0 are the 12 and the 38 that somebody wrote; 9.0 is 9 mm."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a stretch of text: sizes, likeliest first, and the words that go with them.

    ``more`` says that another number follows by a stroke: it may be a second calibre; ``idle`` that
    words without a meaning of their own (pistol, cartridge) or more numbers were left out.
    """

    sizes: tuple[str, ...]
    words: frozenset[str]
    more: bool = False
    idle: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def readings(text: str) -> tuple[Reading, ...]:
    """Return what the text says outside brackets, then what it says within them."""
    plain = prepared(text)
    if _DATES.search(plain):
        return ()
    outside = _BRACKETS.sub(" ", plain)
    stretches = (outside, *_BRACKETS.findall(plain))
    return tuple(filter(None, map(reading, stretches)))


@lru_cache(maxsize=16_384)
def reading(plain: str) -> Reading | None:
    """Return the reading of one prepared stretch; None where it holds no size."""
    tokens = [_Token(str(one.lastgroup), one.group()) for one in _TOKEN.finditer(plain)]
    at = _size_at(tokens)
    if at is None:
        return None
    pair = tokens[at].kind == "pair"
    sizes, used = _pair(tokens, at) if pair else (_single(tokens, at), 1)
    rest = [*tokens[:at], *tokens[at + used :]]
    before = {one.text for one in tokens[:at]} & {"pa"}  # a French list's pistolet automatique
    said = [one.text for one in rest if _is_word(one) and not _is_millimetres(one.text)]
    words = frozenset(filter(None, map(form_of, said))) - before
    numbers = sum(one.kind in ("number", "pair") for one in rest)
    idle = not all(map(form_of, said)) or numbers > int(
        any("-" in one or "x" in one for one in sizes)
    )
    return Reading(sizes, words - {"ga"}, more=_has_more(tokens[at + used :]), idle=idle)


def _is_word(token: _Token) -> bool:
    return token.kind in ("word", "mixed")


def _has_more(rest: list[_Token]) -> bool:
    """Say whether a stroke and a number follow that is no chamber length."""
    return any(
        one.kind == "sign" and two.kind in ("number", "pair") and two.text not in _CHAMBERS
        for one, two in pairwise(rest)
    )


def _size_at(tokens: list[_Token]) -> int | None:
    """Return where the size stands: a pair, else the number that says most of itself."""
    for place, token in enumerate(tokens):
        if token.kind == "pair":
            return place
    places = [place for place, token in enumerate(tokens) if token.kind == "number"]
    if not places:
        return None
    if places[0] == 0:
        return 0
    return next((place for place in places if _speaks(tokens, place)), places[0])


def _speaks(tokens: list[_Token], place: int) -> bool:
    """Say whether a number shows by a point or by a unit that it is a size."""
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    before = tokens[place - 1].text if place else ""
    marked = _is_millimetres(following) or form_of(following) == "ga" or before.startswith("cal")
    return "." in tokens[place].text or marked or following == "cal"


def _is_millimetres(word: str) -> bool:
    return _UNITS.fullmatch(word) is not None


def _pair(tokens: list[_Token], at: int) -> tuple[tuple[str, ...], int]:
    first, _, second = tokens[at].text.partition("x")
    first = _WRITTEN_TOGETHER.get(first, first)
    rim, used = _rim(tokens, at + 1)
    pair = f"{_trimmed(first)}x{_trimmed(second)}"
    sizes = [pair + rim, pair] if rim else [pair]
    if first.isdigit() and int(first) in _GAUGES and _trimmed(second) in _CHAMBERS:
        sizes.append(f"{first}ga")
    if first in ("410", ".410"):
        sizes.append(".410")
    return tuple(sizes), used + 1


def _rim(tokens: list[_Token], place: int) -> tuple[str, int]:
    """Return the rim written after a case length, and how many words that took."""
    for used, token in enumerate(tokens[place : place + 2], start=1):
        if token.text in _RIMS:
            return _RIMS[token.text], used
        if not _is_millimetres(token.text):
            break
    return "", 0


def _single(tokens: list[_Token], at: int) -> tuple[str, ...]:
    number = tokens[at].text
    following = tokens[at + 1 : at + 3]
    alone = tuple(dict.fromkeys(_alone(number, following[0].text if following else "")))
    if [one.kind for one in following] != ["sign", "number"]:
        return alone
    second = following[1].text
    joined = tuple(_joined(number, second))
    if _trimmed(second) in _CHAMBERS and number.lstrip(".").isdigit():
        return (*joined, *_chambered(number, alone))
    return (*joined, *alone)


def _chambered(number: str, alone: tuple[str, ...]) -> tuple[str, ...]:
    """Return a gauge before its chamber length first: 12/70, 36/63.5."""
    return (f"{number.lstrip('.')}ga", *alone)


def _joined(first: str, second: str) -> Iterator[str]:
    """Yield two numbers with a stroke between: .30-06, 7.62/39, 7mm-08, .223/5.56."""
    if "." not in first and first.isdigit() and int(first) > _METRIC_TO:
        yield f".{first}-{second}"
    yield f"{first}-{second}"
    yield f"{_trimmed(_WRITTEN_TOGETHER.get(first, first))}x{_trimmed(second)}"


def _alone(number: str, following: str) -> Iterator[str]:
    """Yield what a number may mean by itself, likeliest first."""
    if number.startswith(".") and "." in number[1:]:
        number = number[1:]
    if number.count(".") > 1:
        yield from _twice_pointed(number)
    elif number.startswith((".", "0.")):
        yield from _inches(number.partition(".")[2])
    elif _is_millimetres(following):
        yield f"{_trimmed(_WRITTEN_TOGETHER.get(number, number))}mm"
        if number.isdigit() and int(number) > _METRIC_TO:
            yield f".{number}"  # a hasty 45mm or 380 mm
    elif "." in number:
        yield from _decimal(number)
    elif form_of(following) == "ga" and int(number) in _GAUGES:
        yield f"{number}ga"
    else:
        yield from _whole(number)


def _twice_pointed(number: str) -> Iterator[str]:
    """Yield 7.62.39 as a pair."""
    first, _, second = number.rpartition(".")
    yield f"{_trimmed(first)}x{second}"


def _inches(digits: str) -> Iterator[str]:
    if digits in _WRITTEN_TOGETHER:
        yield f"{_WRITTEN_TOGETHER[digits]}mm"
    if len(digits) == 1:
        yield f"{digits}mm"  # a hasty .9mm
    yield f".{digits}"
    if digits.isdigit() and int(digits) in _GAUGES and not digits.startswith("0"):
        yield f"{digits}ga"


def _decimal(number: str) -> Iterator[str]:
    whole, _, fraction = number.partition(".")
    if not fraction.strip("0") and int(whole) >= _LEAST_INCHES:
        yield from _whole(whole)
        return
    if int(whole) > _METRIC_TO:
        yield f".{whole}-{fraction}"
    yield f"{_trimmed(number)}mm"


def _whole(number: str) -> Iterator[str]:
    """Yield a whole number without a unit: inches, a gauge, millimetres, or two run together."""
    if number in _WRITTEN_TOGETHER:
        yield f"{_WRITTEN_TOGETHER[number]}mm"
    size = int(number)
    if size in _GAUGE_FIRST:
        yield f"{number}ga"
    if size in (36, 32, 40, 4, 8):
        yield f"{number}"
    if size <= _METRIC_TO or size >= _BARREL_FROM or size in _TUBES:
        yield f"{number}mm"
    if size > _METRIC_TO:
        yield f".{number}"
    if size in _GAUGES and size not in _GAUGE_FIRST:
        yield f"{number}ga"


def _trimmed(number: str) -> str:
    """Return a number without idle zeros: 9.0 is 9, 7.620 is 7.62."""
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole or 0}.{fraction}" if fraction else whole or "0"
