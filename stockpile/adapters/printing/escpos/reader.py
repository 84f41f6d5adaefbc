"""The printer's end of ESC/POS: what is drawn of the part of the language that we speak."""

from __future__ import annotations

from typing import Final

from stockpile.adapters.printing.canvas import LARGEST, Canvas
from stockpile.adapters.printing.tongue import Heard
from stockpile.services.ports import Bitmap

_BEGIN: Final = b"\x1b@"
_CANCEL: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_PICTURE: Final = b"\x1dv0\0"
_HEAD: Final = 8
_WHOLE: Final = (
    b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04", b"\x1dr\x01", b"\x1b@",
    b"\x1d\x0c", _CANCEL,
)  # fmt: skip
_LONGEST: Final = 2_000_000


class EscPosReader:
    """Cuts commands out of bytes and draws labels from them."""

    def __init__(self, width: int = 640) -> None:
        self._width = width
        self._kept = b""
        self._bands: list[tuple[int, int, bytes]] = []

    def feed(self, arrived: bytes) -> list[Heard]:
        """Return what is complete now, in order."""
        self._kept += arrived
        heard: list[Heard] = []
        while (length := self._whole()) > 0:
            said, self._kept = self._kept[:length], self._kept[length:]
            heard += self._obey(said)
        return heard

    def _whole(self) -> int:
        """Return how long the first command is; 0 while it is not whole."""
        said = self._kept
        for one in _WHOLE:
            if said.startswith(one):
                return len(one)
        if said.startswith(_PICTURE):
            if len(said) < _HEAD:
                return 0
            across, rows = _sizes(said)
            whole = _HEAD + across * rows
            return whole if len(said) >= whole else 0
        begun = any(one.startswith(said) for one in (*_WHOLE, _PICTURE))
        return 0 if not said or begun else 1

    def _obey(self, said: bytes) -> list[Heard]:
        if said.startswith(_PICTURE):
            across, rows = _sizes(said)
            if across * 8 > LARGEST or rows > LARGEST or not across * rows:
                return [Heard("strange", word="GS v 0")]
            self._bands.append((across, rows, said[_HEAD:]))
            return []
        if said == b"\x1d\x0c":
            label, self._bands = self._label(), []
            return [Heard("label", label)] if label is not None else []
        if said in (_BEGIN, _CANCEL):
            self._bands = []
            return [Heard("cancel")] if said == _CANCEL else []
        return [Heard("question" if said in _WHOLE else "strange", word=said.hex())]

    def _label(self) -> Canvas | None:
        height = sum(rows for _across, rows, _dots in self._bands)
        if not 0 < height <= LARGEST:
            return None
        canvas, top = Canvas(self._width, height), 0
        for across, rows, dots in self._bands:
            canvas.ink(0, top, Bitmap(across * 8, rows, dots))
            top += rows
        return canvas


def _sizes(said: bytes) -> tuple[int, int]:
    across, rows = int.from_bytes(said[4:6], "little"), int.from_bytes(said[6:8], "little")
    return (across, rows) if across * rows <= _LONGEST else (0, 0)
