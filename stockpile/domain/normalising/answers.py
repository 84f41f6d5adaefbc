"""What the normaliser answers: the value as written, what it means, how sure that is and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Why = Literal[
    "exact", "alias", "spelling", "grammar", "part", "similar", "model", "ambiguous", "several",
    "said_unknown", "unspecific", "not_a_weapon", "status_words", "doubtful", "empty",
    "not_understood",
]  # fmt: skip
"""Reasons of an answer:

exact: the code or the name; alias: another name; spelling: the same but for its spelling;
grammar: read by rules (units, decimal commas, order of words); part: a part of what is written;
similar: the nearest; model: a model's name where a type or make was asked; ambiguous: the
likeliest of several meanings, or a bore that several cartridges share; several: more than one
value, the first is given; said_unknown: the words say that it is not known; unspecific: words for
any weapon, or a craft-made one's maker; not_a_weapon: ammunition, clothing, nets; status_words:
words instead of a serial; doubtful: a serial that looks like something else; empty: nothing
written; not_understood: kept as it is.
"""

Kind = Literal["calibre", "make", "model", "type", "country", "serial"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

SURE: Final = 1.0
BY_ALIAS: Final = 0.98
BY_GRAMMAR: Final = 0.95
BY_SPELLING: Final = 0.85
BY_PART: Final = 0.8
BY_LIKENESS: Final = 0.7
GUESSED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Normal:
    """What one written value means.

    ``value`` is as written; ``code`` the catalogue's code, empty where not understood; ``normal``
    what is stored for comparing (the code of a type or country, the name of a calibre, make or
    model, the tidied serial); ``name`` what a person calls it; ``confidence`` from 0 to 1;
    ``status`` of a serial alone: read, partial, none, removed or illegible.
    """

    value: str
    code: str
    normal: str
    name: str
    confidence: float
    why: Why
    status: str = ""

    @property
    def understood(self) -> bool:
        """Say whether it is known what the writer meant, be it that nothing is known."""
        return self.why not in ("not_understood", "empty")

    @property
    def says_something(self) -> bool:
        """Say whether the writer named something: neither nothing nor a word for unknown."""
        return self.why not in ("said_unknown", "empty")


def unanswered(value: str, why: Why) -> Normal:
    """Return the answer without a code: nothing written, said unknown, or not understood."""
    confidence = {"said_unknown": BY_ALIAS, "unspecific": BY_ALIAS, "not_a_weapon": BY_SPELLING}
    return Normal(value, "", "", "", confidence.get(why, 0.0), why)
