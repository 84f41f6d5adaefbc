"""The printer's end of ZPL II: what is drawn of the part of the language that we speak.

Written from the commands' descriptions, not from `words`: what one says wrongly the other does not
understand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from stockpile.adapters.printing.canvas import LARGEST, Canvas
from stockpile.adapters.printing.tongue import Heard
from stockpile.services.ports import Bitmap

_QUESTIONS: Final = ("~HS", "~HQES", "~HI")
_SETTINGS: Final = frozenset({"^CI", "^LH", "^LS", "^PO", "^MM", "^PR", "^MD"})
_WHITE: Final = re.compile(rb"[\r\n]")
_USUAL: Final = (812, 1218)
_LONGEST: Final = 4_000_000


class ZplReader:
    """Cuts commands out of bytes and draws labels from them."""

    def __init__(self) -> None:
        self._kept = ""
        self._heard: list[Heard] = []
        self._reset()

    def feed(self, arrived: bytes) -> list[Heard]:
        """Return what is complete now, in order."""
        self._kept += _WHITE.sub(b"", arrived).decode("latin-1")
        self._heard = []
        while (end := self._end()) > 0:
            command, self._kept = self._kept[:end], self._kept[end:]
            self._obey(command)
        if len(self._kept) > _LONGEST:
            self._kept = ""
        return self._heard

    def _end(self) -> int:
        """Return where the first command ends; 0 while that is not known."""
        said = self._kept
        if not said:
            return 0
        if said[0] not in "^~":
            return next((at for at, one in enumerate(said) if one in "^~"), len(said))
        for whole in (*_QUESTIONS, "~JA", "^XA", "^XZ", "^FS"):
            if said.startswith(whole):
                return len(whole)
        return next((at for at, one in enumerate(said) if at and one in "^~"), 0)

    def _obey(self, command: str) -> None:
        if command in _QUESTIONS:
            self._heard.append(Heard("question", word=command))
        elif command == "~JA":
            self._reset()
            self._heard.append(Heard("cancel"))
        elif command == "^XA":
            self._reset()
            self._is_open = True
        elif command == "^XZ" and self._is_open:
            self._heard.append(Heard("label", self._paper()))
            self._reset()
        elif not self._is_open or not self._draw(command[:3], command[3:]):
            self._heard.append(Heard("strange", word=command[:20]))

    def _draw(self, name: str, said: str) -> bool:
        """Carry out a command within a label; say whether it is one that we know."""
        if name in _SETTINGS:
            return True
        acts: dict[str, Callable[[str], None]] = {
            "^PW": self._set_width, "^LL": self._set_height, "^FO": self._go, "^BY": self._bars,
            "^GF": self._picture, "^BC": self._code_128, "^B3": self._code_39, "^BX": self._matrix,
            "^BQ": self._qr, "^FD": self._data, "^FS": self._end_field,
        }  # fmt: skip
        act = acts.get(name)
        if act is None:
            return False
        try:
            act(said)
        except (ValueError, IndexError, KeyError):
            return False
        return True

    def _reset(self) -> None:
        self._is_open = False
        self._size = _USUAL
        self._canvas: Canvas | None = None
        self._at = (0, 0)
        self._module, self._ratio = 2, 3.0
        self._pending: Callable[[str], None] | None = None
        self._text = ""

    def _paper(self) -> Canvas:
        if self._canvas is None:
            self._canvas = Canvas(*self._size)
        return self._canvas

    # --- commands ---------------------------------------------------------------------------

    def _set_width(self, said: str) -> None:
        self._size = (_length(said), self._size[1])

    def _set_height(self, said: str) -> None:
        self._size = (self._size[0], _length(said))

    def _go(self, said: str) -> None:
        left, top = said.split(",")[:2]
        self._at = (int(left), int(top))
        self._pending, self._text = None, ""

    def _bars(self, said: str) -> None:
        parts = said.split(",")
        self._module = int(parts[0])
        self._ratio = float(parts[1]) if len(parts) > 1 else self._ratio

    def _code_128(self, said: str) -> None:
        direction, height, *rest = said.split(",")
        if direction != "N" or rest[:1] not in ([], ["N"]):
            raise ValueError(said)
        bars = int(height)
        self._pending = lambda text: self._symbol("code128", text, self._module, bars)

    def _code_39(self, said: str) -> None:
        direction, check, height, *_rest = said.split(",")
        if (direction, check) != ("N", "N") or self._ratio != 3.0:  # noqa: PLR2004 - as we say it
            raise ValueError(said)
        bars = int(height)
        self._pending = lambda text: self._symbol("code39", text, self._module, bars)

    def _matrix(self, said: str) -> None:
        direction, module, quality, *_rest = said.split(",")
        if (direction, quality) != ("N", "200"):
            raise ValueError(said)
        size = int(module)
        self._pending = lambda text: self._symbol("matrix", text, size)

    def _qr(self, said: str) -> None:
        direction, model, module, *_rest = said.split(",")
        if (direction, model) != ("N", "2"):
            raise ValueError(said)
        size = int(module)

        def draw(text: str) -> None:
            if not text.startswith("MA,"):
                raise ValueError(text)
            self._symbol("qr", text[3:], size)

        self._pending = draw

    def _data(self, said: str) -> None:
        self._text = said

    def _end_field(self, _said: str) -> None:
        pending, text, self._pending, self._text = self._pending, self._text, None, ""
        if pending is not None:
            pending(text)

    def _symbol(self, what: str, text: str, module: int, bars: int = 0) -> None:
        if not text or not 1 <= module <= _THICKEST or not 0 <= bars <= LARGEST:
            raise ValueError(text)
        self._paper().symbol(what, text, *self._at, module, bars)

    def _picture(self, said: str) -> None:
        kind, _sent, total, stride, data = said.split(",", 4)
        size, across = int(total), int(stride)
        if kind != "A" or not 0 < across <= LARGEST or not across <= size <= _LONGEST:
            raise ValueError(kind)
        rows = unfolded(data, across, size // across)
        self._paper().ink(*self._at, Bitmap(across * 8, size // across, rows))


_THICKEST: Final = 40


def unfolded(data: str, stride: int, height: int) -> bytes:
    """Return a picture from Zebra's shorthand; raises ValueError where it is none."""
    rows: list[str] = []
    row, count = "", 0
    for sign in data:
        if sign == ":":
            row = rows[-1]
        elif sign in ",!":
            row = row.ljust(2 * stride, "0" if sign == "," else "F")
        elif "G" <= sign <= "Y":
            count += ord(sign) - ord("G") + 1
            continue
        elif "g" <= sign <= "z":
            count += 20 * (ord(sign) - ord("g") + 1)
            continue
        else:
            row += sign * max(1, count)
        count = 0
        if len(row) >= 2 * stride:
            rows.append(row)
            row = ""
    if row or len(rows) != height or any(len(one) != 2 * stride for one in rows):
        raise ValueError(data[:20])
    return bytes.fromhex("".join(rows))


def _length(said: str) -> int:
    length = int(said)
    if not 0 < length <= LARGEST:
        raise ValueError(said)
    return length
