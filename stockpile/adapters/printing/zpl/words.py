"""ZPL II as pure bytes: a label, the questions, and what is answered to them.

Trust: commands and the fields of ``~HS`` by Zebra's ZPL II guide as the label and machine notes
quote it; ``~HQES`` and ``~HI`` from memory. A printer that is out of labels or ribbon, or whose
head is open, answers ``~HS`` with nothing at all: that silence is no missing cable.
"""

from __future__ import annotations

import re
from typing import Final

from stockpile.adapters.printing.placing import Face, Ink, Symbol
from stockpile.adapters.printing.tongue import Proof, Told
from stockpile.services.ports import Bitmap, PrinterTrouble

HOST_STATUS: Final = b"~HS"
ERRORS: Final = b"~HQES"
WHO: Final = b"~HI"
CANCEL: Final = b"~JA"

_STRING: Final = re.compile(rb"\x02([^\x02\x03]{0,200})\x03")
_FIRST_FIELDS: Final = 12
_SECOND_FIELDS: Final = 11
_THIRD_FIELDS: Final = 2
_STRINGS: Final = 3
_FLAGS: Final = re.compile(rb"ERRORS:\s+([01])\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})")
_ERROR_BITS: Final[tuple[tuple[int, PrinterTrouble], ...]] = (
    (0x1, "paper_out"), (0x2, "ribbon_out"), (0x4, "head_open"), (0x8, "cutter"), (0x10, "hot"),
    (0x20, "hot"),
)  # fmt: skip
_KNOWN_BITS: Final = 0x3F
_HEX: Final = 16
_RUNS: Final = 20
_MOST: Final = 400
_ORDINARY: Final = ord("G")
_TWENTIES: Final = ord("g")


class ZplTongue:
    """The language for the driver."""

    proof: Proof = "idle"
    questions = (HOST_STATUS, ERRORS)
    name_question = WHO
    cancel = CANCEL

    def frame(self, face: Face) -> bytes:
        """Return a label: pictures of its lines, then its symbols by the printer's own commands.

        The number of labels, darkness and what follows a label stay as the printer has them.
        """
        parts = [f"^XA^CI28^PW{face.width}^LL{face.height}^LH0,0^LS0"]
        parts += [_picture(ink) for ink in face.inks]
        parts += [_symbol(one) for one in face.symbols]
        return "\n".join([*parts, "^XZ\n"]).encode("ascii")

    def told(self, arrived: bytes) -> Told | None:
        """Return what the three strings of ``~HS`` say, or the flags of ``~HQES``."""
        if flags := _FLAGS.search(arrived):
            return _flagged(int(flags[3], _HEX) if flags[1] == b"1" else 0, int(flags[2], _HEX))
        strings = [one.split(b",") for one in _STRING.findall(arrived)][-_STRINGS:]
        shapes = [len(one) for one in strings]
        if shapes != [_FIRST_FIELDS, _SECOND_FIELDS, _THIRD_FIELDS]:
            return None
        try:
            first, second = ([int(one) for one in fields] for fields in strings[:2])
        except ValueError:
            return None
        return _status(first, second)

    def named(self, arrived: bytes) -> str:
        """Return the model and the firmware of ``~HI``."""
        found = _STRING.search(arrived)
        said = found[1].decode("ascii", "replace") if found else ""
        return ", ".join(one.strip() for one in said.split(",")[:2] if one.strip())


def _status(first: list[int], second: list[int]) -> Told:
    """Return what ``~HS`` tells: fields counted from 0 as in Zebra's guide."""
    says: tuple[tuple[int, PrinterTrouble], ...] = (
        (first[1], "paper_out"), (second[3], "ribbon_out"), (second[2], "head_open"),
        (first[2], "paused"), (first[5], "full"), (first[9], "fault"), (first[11], "hot"),
    )  # fmt: skip
    in_hand = first[4] or first[7] or second[8]
    return Told(tuple(trouble for flag, trouble in says if flag), busy=bool(in_hand))


def _flagged(low: int, high: int) -> Told:
    troubles = [trouble for bit, trouble in _ERROR_BITS if low & bit]
    if high or low & ~_KNOWN_BITS:
        troubles.append("fault")
    return Told(tuple(dict.fromkeys(troubles)))


# --- a label -------------------------------------------------------------------------------------


def _symbol(one: Symbol) -> str:
    at = f"^FO{one.left},{one.top}"
    match one.what:
        case "code128":
            # Mode N keeps set B: the symbol is as wide as it was placed for.
            return f"{at}^BY{one.module}^BCN,{one.bars},N,N,N,N^FD{one.text}^FS"
        case "code39":
            return f"{at}^BY{one.module},3^B3N,N,{one.bars},N,N^FD{one.text}^FS"
        case "matrix":
            return f"{at}^BXN,{one.module},200^FD{one.text}^FS"
        case _:
            return f"{at}^BQN,2,{one.module}^FDMA,{one.text}^FS"


def _picture(ink: Ink) -> str:
    stride = -(-ink.bitmap.width // 8)
    total = stride * ink.bitmap.height
    return f"^FO{ink.left},{ink.top}^GFA,{total},{total},{stride},{compressed(ink.bitmap)}^FS"


def compressed(bitmap: Bitmap) -> str:
    """Return a picture in Zebra's own shorthand, which every printer of theirs reads.

    Hexadecimal digits, each after how often it comes; ``,`` fills a row white and ``:`` is the row
    before once more.
    """
    stride = -(-bitmap.width // 8)
    rows = [
        bitmap.rows[start : start + stride].hex().upper()
        for start in range(0, stride * bitmap.height, stride)
    ]
    written, before = [], ""
    for row in rows:
        written.append(":" if row == before else _shortened(row))
        before = row
    return "".join(written)


def _shortened(row: str) -> str:
    bare = row.rstrip("0")
    runs = [_run(len(one[0]), one[1]) for one in re.findall(r"((.)\2*)", bare)]
    return "".join(runs) + ("," if len(bare) < len(row) else "")


def _run(count: int, digit: str) -> str:
    written = ""
    while count > _MOST:
        written, count = f"{written}z{digit}", count - _MOST
    twenties, ones = divmod(count, _RUNS)
    if twenties:
        written += chr(_TWENTIES + twenties - 1)
    if ones and count > 1:
        written += chr(_ORDINARY + ones - 1)
    return written + digit
