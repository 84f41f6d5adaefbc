"""What reads symbols: pictures and handheld scanners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from stockpile.services.ports.machine import Progress, silent

SymbolKind = Literal["matrix", "bars", "qr"]
"""Data Matrix, Code 128, QR Code."""


SYMBOL_KINDS: Final[tuple[SymbolKind, ...]] = ("matrix", "bars", "qr")


@dataclass(frozen=True, slots=True)
class Reading:
    """A symbol read from a picture: its bytes, the same as text, and by which way it was read."""

    text: str
    raw: bytes
    how: str
    symbol: SymbolKind = "matrix"


class PictureReader(Protocol):
    """Eyes for a picture of the metal, or of a label."""

    def read(
        self,
        picture: bytes,
        kinds: tuple[SymbolKind, ...] = SYMBOL_KINDS,
        progress: Progress = silent,
    ) -> tuple[Reading, ...]:
        """Return the symbols of these kinds in a picture, nothing where none is read for sure.

        May take seconds: not for the books' lane. Raises PhotoUnreadable, Cancelled.
        """
        ...


class Ear(Protocol):
    """A handheld scanner that is listened to until it is closed."""

    def close(self) -> None:
        """Listen no more; returns when nothing will be heard any more."""
        ...


class Scanners(Protocol):
    """Handheld scanners on a serial port, which cannot type into a wrong field."""

    def listen(
        self, scanner: str, heard: Callable[[str], None], lost: Callable[[str], None]
    ) -> Ear:
        """Listen to a scanner, as the setting names it, on a thread of its own.

        ``heard`` is told each text whole, on that thread, and ``lost`` once why nothing is heard
        any more. Raises PortMissing, FieldUnreadable for a setting that names no scanner.
        """
        ...
