"""What a machine says, cut where its answers end, in whatever pieces the bytes arrive."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 4096
"""Bytes that no answer of a machine reaches."""


class Pieces:
    """Cuts bytes at the sign that ends an answer; what has no end yet waits inside.

    More than ``longest`` bytes without an end are noise: given out as they are, so that they fill
    no memory and are glued to no answer.
    """

    def __init__(self, end: bytes, longest: int = LONGEST) -> None:
        self._end = end
        self._longest = longest
        self._waiting = b""

    @property
    def kept(self) -> int:
        """How many bytes wait for their end."""
        return len(self._waiting)

    def feed(self, arrived: bytes) -> list[bytes]:
        """Return the answers that are complete now, in order, without the sign that ended them."""
        *whole, self._waiting = (self._waiting + arrived).split(self._end)
        if len(self._waiting) > self._longest:
            whole.append(self._waiting)
            self._waiting = b""
        return whole
