"""ESC/POS as pure bytes: a label as a picture in bands, the questions, and their answers.

Its makers agree on ``GS v 0``, the picture, and on ``DLE EOT``, the state; on Data Matrix and on
where a line begins they do not. So the whole label is a picture, each band as wide as its ink.

Trust: ``DLE EOT`` by the machine notes; ``GS v 0``, ``GS r 1``, which is answered when its turn in
the line has come, ``GS FF`` and ``DLE DC4 8`` from memory of Epson's list.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.printing.canvas import drawn
from stockpile.adapters.printing.placing import Face
from stockpile.adapters.printing.tongue import Proof, Told
from stockpile.services.ports import Bitmap, PrinterTrouble

OFFLINE_CAUSE: Final = b"\x10\x04\x02"
PAPER: Final = b"\x10\x04\x04"
TURN: Final = b"\x1dr\x01"
BEGIN: Final = b"\x1b@"
NEXT: Final = b"\x1d\x0c"
CANCEL: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
BAND: Final = 128
"""Rows of a band: what the smallest printers take at once is more."""

_AT_ONCE: Final = 0x12
_AT_ONCE_MASK: Final = 0x93
_IN_TURN_MASK: Final = 0x90
_COVER, _PAPER_STOP, _ERROR, _FEEDING = 0x04, 0x20, 0x40, 0x08
_PAPER_END: Final = 0x60
_PAPER_END_IN_TURN: Final = 0x0C
_QUESTIONS: Final = 2


class EscPosTongue:
    """The language for the driver."""

    proof: Proof = "token"
    questions = (OFFLINE_CAUSE + PAPER,)
    name_question = b""
    cancel = CANCEL

    def frame(self, face: Face) -> bytes:
        """Return a label, the feed to the next one, and the question that is answered after it."""
        return BEGIN + b"".join(bands(drawn(face).bitmap())) + NEXT + TURN

    def told(self, arrived: bytes) -> Told | None:
        """Return what the two answers say, or the one that stands behind a label in line."""
        at_once = [byte for byte in arrived if byte & _AT_ONCE_MASK == _AT_ONCE]
        in_turn = [byte for byte in arrived if byte & _IN_TURN_MASK == 0]
        if len(at_once) + len(in_turn) != len(arrived):
            return None
        token = any(not byte & _PAPER_END_IN_TURN for byte in in_turn)
        if len(at_once) < _QUESTIONS:
            return Told(token=True) if token else None
        cause, paper = at_once[-_QUESTIONS:]
        says: tuple[tuple[int, PrinterTrouble], ...] = (
            (cause & _COVER, "head_open"),
            (cause & _PAPER_STOP or paper & _PAPER_END, "paper_out"),
            (cause & _ERROR, "fault"),
        )
        troubles = tuple(trouble for flag, trouble in says if flag)
        return Told(troubles, busy=bool(cause & _FEEDING), token=token)

    def named(self, arrived: bytes) -> str:  # noqa: ARG002 - a tongue's method
        """Return nothing: makers answer this each in their own way."""
        return ""


def bands(bitmap: Bitmap) -> list[bytes]:
    """Return a picture in bands of rows, white at the right of each left out."""
    stride = -(-bitmap.width // 8)
    rows = [bitmap.rows[at : at + stride] for at in range(0, stride * bitmap.height, stride)]
    written = []
    for start in range(0, len(rows), BAND):
        band = rows[start : start + BAND]
        across = max(1, *(len(row.rstrip(b"\0")) for row in band))
        dots = calm(b"".join(row[:across] for row in band))
        size = across.to_bytes(2, "little") + len(band).to_bytes(2, "little")
        written.append(b"\x1dv0\0" + size + dots)
    return written


def calm(rows: bytes) -> bytes:
    """Return dots in which no printer can see a command that it would obey at once.

    ``DLE EOT``, ``DLE ENQ`` and ``DLE DC4`` are obeyed even within a picture, the last opens a
    drawer: one dark dot more keeps them out.
    """
    for after in (b"\x04", b"\x05", b"\x14"):
        rows = rows.replace(b"\x10" + after, b"\x18" + after)
    return rows
