"""What every machine asks of a text before it gets it; what letters and how many is its own."""

from __future__ import annotations

from collections.abc import Callable

from stockpile.domain.errors import MarkNotPossible


def check(
    text: str, alphabet: frozenset[str], longest: int, length: Callable[[str], int] = len
) -> None:
    """Raise MarkNotPossible unless a text can come back from a machine as it was sent.

    It must be one, without a space at either end (a machine may drop it), of an alphabet in which
    nothing is an order, and no longer than the machine holds it, by ``length``.
    """
    if not text or text != text.strip():
        raise MarkNotPossible(text, "empty" if not text.strip() else "spaces")
    if not alphabet.issuperset(text):
        raise MarkNotPossible(text, "character")
    if length(text) > longest:
        raise MarkNotPossible(text, "length")
