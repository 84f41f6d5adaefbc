"""A handheld scanner on a serial port: heard on a thread of its own, never typed into a field.

A scanner that poses as a keyboard types wherever the cursor stands; on a port of its own it cannot.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import FieldUnreadable, PortLost

log = logging.getLogger(__name__)

LONGEST: Final = 4096
"""Bytes of one text at most; a symbol holds fewer, so more of them is noise without an end."""
_TICK: Final = 0.2
_LINE_END: Final = re.compile(rb"[\r\n]+")
_ESCAPE: Final = re.compile(r"\\(r|n|t|\\|x[0-9A-Fa-f]{2})")
_PLAIN: Final = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class ScannerSetting:
    r"""How the setting names a scanner: ``url;prefix;suffix``, ``\r`` or ``\x02`` for signs.

    Without a suffix, an end of line ends a text.
    """

    url: str
    prefix: bytes = b""
    suffix: bytes = b""

    @staticmethod
    def read(text: str) -> ScannerSetting:
        """Return the setting that a text says; raises FieldUnreadable."""
        parts = text.split(";")
        url, *signs = parts
        if not url.strip() or len(signs) > 2:  # noqa: PLR2004 - a prefix and a suffix
            raise FieldUnreadable("scanner", text)
        try:
            prefix, suffix = (_unescaped(one) for one in (*signs, "", "")[:2])
        except UnicodeEncodeError as error:
            raise FieldUnreadable("scanner", text) from error
        return ScannerSetting(url.strip(), prefix, suffix)


class Splitter:
    """Texts out of what a scanner sends, however it is cut up on its way."""

    def __init__(self, prefix: bytes = b"", suffix: bytes = b"") -> None:
        self._prefix = prefix
        self._suffix = suffix
        self._waiting = b""

    def fed(self, arrived: bytes) -> list[str]:
        """Return the texts that are whole by now; what lacks the prefix is noise."""
        self._waiting += arrived
        texts = []
        while (cut := self._cut()) is not None:
            text = self._without_prefix(cut)
            if text:
                texts.append(_text(text))
        if len(self._waiting) > LONGEST:
            self._waiting = b""
        return texts

    def _cut(self) -> bytes | None:
        """Take the next piece that has its end."""
        if self._suffix:
            piece, end, rest = self._waiting.partition(self._suffix)
            if not end:
                return None
        else:
            found = _LINE_END.search(self._waiting)
            if found is None:
                return None
            piece, rest = self._waiting[: found.start()], self._waiting[found.end() :]
        self._waiting = rest
        return piece

    def _without_prefix(self, piece: bytes) -> bytes:
        _noise, found, text = piece.rpartition(self._prefix) if self._prefix else (b"", b"", piece)
        return text if found or not self._prefix else b""


class Line(Protocol):
    """What a scanner needs of a port."""

    @property
    def url(self) -> str:
        """Where it leads."""
        ...

    def receive(self, seconds: float) -> bytes:
        """Return what arrives, waiting at most so long for the first byte; raises PortLost."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class SerialScanner:
    """One scanner that is listened to on a thread of its own until it is closed."""

    def __init__(
        self,
        port: Line,
        splitter: Splitter,
        heard: Callable[[str], None],
        lost: Callable[[str], None],
    ) -> None:
        self._port = port
        self._splitter = splitter
        self._heard = heard
        self._lost = lost
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="scanner", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more; nothing is heard after this returns. Twice is the same as once."""
        self._over.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _listen(self) -> None:
        try:
            while not self._over.is_set():
                for text in self._splitter.fed(self._port.receive(_TICK)):
                    if not self._over.is_set():
                        self._heard(text)
        except PortLost as error:
            log.warning("the scanner at %s is lost: %s", self._port.url, error.why)
            if not self._over.is_set():
                self._lost(error.why)
        finally:
            self._port.close()


@dataclass(frozen=True, slots=True)
class SerialScanners:
    """Scanners on serial ports: the port `Scanners`."""

    open_link: Callable[[str], Line] = open_port

    def listen(
        self, scanner: str, heard: Callable[[str], None], lost: Callable[[str], None]
    ) -> SerialScanner:
        """Listen to a scanner, as the setting names it; raises PortMissing, FieldUnreadable."""
        setting = ScannerSetting.read(scanner)
        splitter = Splitter(setting.prefix, setting.suffix)
        return SerialScanner(self.open_link(setting.url), splitter, heard, lost)


def _unescaped(text: str) -> bytes:
    def sign(match: re.Match[str]) -> str:
        named = match[1]
        return _PLAIN.get(named) or chr(int(named[1:], 16))

    return _ESCAPE.sub(sign, text).encode("latin-1")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")
