"""The printer's end of TSPL: what is drawn of the part of the language that we speak."""

from __future__ import annotations

import re
from typing import Final

from stockpile.adapters.printing.canvas import LARGEST, Canvas
from stockpile.adapters.printing.tongue import Heard
from stockpile.services.ports import Bitmap

_QUESTIONS: Final = (b"\x1b!?", b"\x1b!S", b"~!T\r\n")
_CANCEL: Final = b"\x1b!."
_BITMAP: Final = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),([012]),")
_BARCODE: Final = re.compile(r'BARCODE (\d+),(\d+),"(128|39)",(\d+),0,0,(\d+),(\d+),"([^"]+)"')
_MATRIX: Final = re.compile(r'DMATRIX (\d+),(\d+),(\d+),(\d+),x(\d+),(\d+),(\d+),"([^"]+)"')
_QR: Final = re.compile(r'QRCODE (\d+),(\d+),M,(\d+),A,0,M2,"([^"]+)"')
_SIZE: Final = re.compile(r"SIZE ([0-9.]+) mm,([0-9.]+) mm")
_LIGHT: Final = bytes(255 - byte for byte in range(256))
_LONGEST: Final = 4_000_000
_LONGEST_LINE: Final = 4096
_HEAD: Final = 40
_THICKEST: Final = 40
_SYMBOLS: Final = {"128": "code128", "39": "code39"}


class TsplReader:
    """Cuts lines and pictures out of bytes and draws labels from them."""

    def __init__(self, dots_per_inch: int = 203) -> None:
        self._dots = dots_per_inch
        self._kept = b""
        self._heard: list[Heard] = []
        self._size = (0, 0)
        self._canvas: Canvas | None = None

    def feed(self, arrived: bytes) -> list[Heard]:
        """Return what is complete now, in order."""
        self._kept += arrived
        self._heard = []
        while self._step():
            pass
        if len(self._kept) > _LONGEST:
            self._kept = b""
        return self._heard

    def _step(self) -> bool:
        """Take one thing from the front; say whether there was a whole one."""
        said = self._kept
        for whole in (*_QUESTIONS, _CANCEL):
            if said.startswith(whole):
                self._kept = said[len(whole) :]
                self._asked(whole)
                return True
        if said.startswith(b"\x1b") and len(said) < len(_CANCEL):
            return False
        if b"BITMAP ".startswith(said[:7]) or said.startswith(b"BITMAP "):
            return self._picture()
        return self._line()

    def _asked(self, said: bytes) -> None:
        if said == _CANCEL:
            self._canvas = None
            self._heard.append(Heard("cancel"))
        else:
            self._heard.append(Heard("question", word=said.decode("ascii").strip()))

    def _picture(self) -> bool:
        head = _BITMAP.match(self._kept)
        if head is None:
            return len(self._kept) > _HEAD and self._line()
        left, top, stride, height, _mode = (int(one) for one in head.groups())
        end = head.end() + stride * height
        if stride * height > _LONGEST or max(left, top) > LARGEST or not stride * height:
            return self._strange(self._kept[:_HEAD], head.end())
        if len(self._kept) < end:
            return False
        rows = self._kept[head.end() : end].translate(_LIGHT)
        self._kept = self._kept[end:]
        if self._canvas is not None:
            self._canvas.ink(left, top, Bitmap(stride * 8, height, rows))
        return True

    def _line(self) -> bool:
        line, end, rest = self._kept.partition(b"\n")
        if not end:
            if len(line) > _LONGEST_LINE:
                return self._strange(line, len(line))
            return False
        self._kept = rest
        words = line.decode("latin-1").removesuffix("\r")
        if words and not self._obey(words):
            self._heard.append(Heard("strange", word=words[:20]))
        return True

    def _strange(self, said: bytes, length: int) -> bool:
        self._kept = self._kept[length:]
        self._heard.append(Heard("strange", word=said[:20].decode("latin-1")))
        return True

    def _obey(self, words: str) -> bool:
        if size := _SIZE.fullmatch(words):
            self._size = self._in_dots(size[1]), self._in_dots(size[2])
            return all(0 < one <= LARGEST for one in self._size)
        if words == "CLS":
            self._canvas = Canvas(*self._size) if all(self._size) else None
            return self._canvas is not None
        if words == "REFERENCE 0,0":
            return True
        if words == "PRINT 1,1" and self._canvas is not None:
            self._heard.append(Heard("label", self._canvas))
            self._canvas = Canvas(*self._size)
            return True
        return self._canvas is not None and self._symbol(self._canvas, words)

    def _symbol(self, canvas: Canvas, words: str) -> bool:
        if found := _BARCODE.fullmatch(words):
            left, top, bars, narrow, wide = (int(found[at]) for at in (1, 2, 4, 5, 6))
            drawable = wide in (narrow, 3 * narrow) and narrow <= _THICKEST and bars <= LARGEST
            if drawable:
                canvas.symbol(_SYMBOLS[found[3]], found[7], left, top, narrow, bars)
            return drawable
        if found := _MATRIX.fullmatch(words):
            left, top, module = (int(found[at]) for at in (1, 2, 5))
            if 0 < module <= _THICKEST:
                canvas.symbol("matrix", found[8], left, top, module)
            return 0 < module <= _THICKEST
        if found := _QR.fullmatch(words):
            left, top, module = (int(found[at]) for at in (1, 2, 3))
            if 0 < module <= _THICKEST:
                canvas.symbol("qr", found[4], left, top, module)
            return 0 < module <= _THICKEST
        return False

    def _in_dots(self, millimetres: str) -> int:
        try:
            return round(float(millimetres) * self._dots / 25.4)
        except ValueError:
            return 0
