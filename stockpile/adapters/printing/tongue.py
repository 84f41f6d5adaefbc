"""What a printer's language must be able to say and to understand, and what it can prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from stockpile.adapters.printing.canvas import Canvas
from stockpile.adapters.printing.placing import Face
from stockpile.services.ports import PrinterTrouble

Proof = Literal["idle", "worked", "token"]
"""By what a label is known to have come out: nothing is in hand any more; the printer was seen at
work and is not any more; an answer that stands behind the label in line."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a printer told of itself: why it stands, whether it is at work, the token that came."""

    troubles: tuple[PrinterTrouble, ...] = ()
    busy: bool = False
    token: bool = False


class Tongue(Protocol):
    """One language."""

    @property
    def proof(self) -> Proof:
        """By what a label is known to have come out."""
        ...

    @property
    def questions(self) -> tuple[bytes, ...]:
        """How the printer is asked how it is; each next one where the one before got no answer."""
        ...

    @property
    def name_question(self) -> bytes:
        """How the printer is asked who it is; empty where it cannot be."""
        ...

    @property
    def cancel(self) -> bytes:
        """What has the printer drop all that it has not printed."""
        ...

    def frame(self, face: Face) -> bytes:
        """Return one label as the printer is sent it."""
        ...

    def told(self, arrived: bytes) -> Told | None:
        """Return what an answer says; None while it is not whole, or is no answer."""
        ...

    def named(self, arrived: bytes) -> str:
        """Return who the printer says it is; empty while that is not whole."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What a printer makes of the bytes that it was sent: a label, a question, or nothing.

    ``what`` is the label's picture, or the question as its language writes it; ``cancel`` drops
    what waits.
    """

    kind: Literal["label", "question", "cancel", "strange"]
    label: Canvas | None = None
    word: str = ""


class Reader(Protocol):
    """A printer's end of its language: cuts what it is sent into what it does."""

    def feed(self, arrived: bytes) -> list[Heard]:
        """Return what is complete now, in order; the rest stays inside."""
        ...
