"""A serial of which only a part was read: `?` one symbol, `*` any number, `[8B]` one of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stockpile.domain.matching.symbols import symbols

_TOKEN = re.compile(r"\[([^\]]+)\]|([?#])|([*]+|[.]{2,}|_{2,}|…)|(.)", re.DOTALL)
_UNCERTAIN = re.compile(r"[?*#…]|\[[^\]]+\]|\.{2,}|_{2,}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is known of a serial: a test for it, its read symbols, and its length if each counts.

    ``head`` and ``tail`` are the symbols that were read at its ends, ``read`` all that were.
    """

    test: re.Pattern[str]
    read: str
    head: str
    tail: str
    length: int

    def fits(self, mark: str) -> bool:
        """Say whether the symbols of a mark may be this serial."""
        return self.test.fullmatch(mark) is not None


def is_partial(text: str) -> bool:
    """Say whether the text marks symbols that were not read."""
    return _UNCERTAIN.search(text) is not None


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """Read a partial serial; a run of `*` stands for any number of symbols, also none."""
    parts: list[str] = []
    known: list[str | None] = []
    length = 0
    for one_of, one, run, other in _TOKEN.findall(text):
        part, read, count = _part(one_of, one, run, other)
        parts.append(part)
        length += count
        known += list(read) if read else [None] if part else []
    read = "".join(one for one in known if one)
    return Pattern(re.compile("".join(parts)), read, _run(known), _run(known[::-1])[::-1], length)


def _part(one_of: str, one: str, run: str, other: str) -> tuple[str, str, int]:
    """Return a token's expression, the symbols read in it, and how many symbols it stands for."""
    if one_of:
        return f"[{re.escape(symbols(one_of))}]", "", 1
    if one:
        return ".", "", 1
    if run:
        return ".*", "", len(run) if run[0] == "*" else 0
    plain = symbols(other)
    return re.escape(plain), plain, len(plain)


def _run(known: list[str | None]) -> str:
    found = ""
    for one in known:
        if one is None:
            break
        found += one
    return found
