"""TSPL as pure bytes: a label, the question, and what is answered to it.

Trust: ``SIZE``, ``BARCODE``, ``DMATRIX``, ``BITMAP`` and the byte of ``ESC ! ?`` by TSC's manual as
the label notes quote it; the module size in ``DMATRIX``, ``QRCODE`` and ``ESC ! .`` from memory.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.printing.placing import Face, Ink, Symbol
from stockpile.adapters.printing.tongue import Proof, Told
from stockpile.services.ports import PrinterTrouble

STATUS: Final = b"\x1b!?"
CANCEL: Final = b"\x1b!."
WHO: Final = b"~!T\r\n"

_BITS: Final[tuple[tuple[int, PrinterTrouble], ...]] = (
    (0x01, "head_open"), (0x02, "jam"), (0x04, "paper_out"), (0x08, "ribbon_out"),
    (0x10, "paused"), (0x80, "fault"),
)  # fmt: skip
_PRINTING: Final = 0x20
_UNUSED: Final = 0x40
_WHITE: Final = bytes(255 - byte for byte in range(256))
_SQUARES: Final = {"matrix": 18}
_LONGEST_NAME: Final = 60


class TsplTongue:
    """The language for the driver."""

    proof: Proof = "worked"
    questions = (STATUS,)
    name_question = WHO
    cancel = CANCEL

    def frame(self, face: Face) -> bytes:
        """Return a label; gap, speed and darkness stay as the printer has them."""
        width, height = (f"{one / 1000:g}" for one in face.size)
        parts = [f"SIZE {width} mm,{height} mm\r\nREFERENCE 0,0\r\nCLS\r\n".encode("ascii")]
        parts += [_picture(ink) for ink in face.inks]
        parts += [f"{_symbol(one)}\r\n".encode("ascii") for one in face.symbols]
        return b"".join([*parts, b"PRINT 1,1\r\n"])

    def told(self, arrived: bytes) -> Told | None:
        """Return what the one byte says; more than one is noise."""
        if len(arrived) != 1 or arrived[0] & _UNUSED:
            return None
        flags = arrived[0]
        troubles = tuple(trouble for bit, trouble in _BITS if flags & bit)
        return Told(troubles, busy=bool(flags & _PRINTING))

    def named(self, arrived: bytes) -> str:
        """Return the model that ``~!T`` is answered with."""
        line, end, _rest = arrived.partition(b"\r")
        if not end:
            return ""
        return line.decode("ascii", "replace").strip()[:_LONGEST_NAME]


def _symbol(one: Symbol) -> str:
    at = f"{one.left},{one.top}"
    match one.what:
        case "code128":
            return f'BARCODE {at},"128",{one.bars},0,0,{one.module},{one.module},"{one.text}"'
        case "code39":
            return f'BARCODE {at},"39",{one.bars},0,0,{one.module},{3 * one.module},"{one.text}"'
        case "matrix":
            side = _SQUARES["matrix"]
            size = side * one.module
            return f'DMATRIX {at},{size},{size},x{one.module},{side},{side},"{one.text}"'
        case _:
            return f'QRCODE {at},M,{one.module},A,0,M2,"{one.text}"'


def _picture(ink: Ink) -> bytes:
    stride = -(-ink.bitmap.width // 8)
    head = f"BITMAP {ink.left},{ink.top},{stride},{ink.bitmap.height},0,".encode("ascii")
    return head + calm(ink.bitmap.rows.translate(_WHITE)) + b"\r\n"


def calm(rows: bytes) -> bytes:
    """Return dots in which no printer can see a command that it would obey at once.

    ``ESC !`` and ``~!`` are obeyed wherever they stand; one white dot fewer keeps them out.
    """
    return rows.replace(b"\x1b!", b"\x1a!").replace(b"~!", b"|!")
