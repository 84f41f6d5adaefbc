"""A handheld scanner on a port of its own, as the screens hear it.

It is opened when a page that scans is entered and closed when it is left, so that two pages never
want the one port. What it reads arrives on a thread of its own and is told on the screen's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from stockpile.domain.errors import FieldUnreadable, PortLost, StockpileError
from stockpile.services.ports import Ear
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

_LANE: Final = "scanner"  # of its own: a port may take long to open, and is closed before the next
_BETWEEN: Final = ";"
_WRITTEN: Final = r"\x3b"
"""How the sign between the parts of the setting is written inside of one."""


@dataclass(frozen=True, slots=True)
class ScannerSaid:
    r"""A scanner as the setting says it: its port, and what stands before and after each text.

    Signs that cannot be typed are written ``\r``, ``\n``, ``\t`` or ``\x02``.
    """

    url: str = ""
    prefix: str = ""
    suffix: str = ""

    @staticmethod
    def read(setting: str) -> ScannerSaid:
        """Return what a setting says; parts that are not there are empty."""
        url, prefix, suffix, *_more = (*setting.split(_BETWEEN), "", "")
        return ScannerSaid(
            url.strip(),
            prefix.replace(_WRITTEN, _BETWEEN),
            suffix.replace(_WRITTEN, _BETWEEN),
        )

    @property
    def setting(self) -> str:
        """Return the setting that says so; raises FieldUnreadable for a sign no scanner sends."""
        if not self.url.strip():
            return ""
        for sign in (self.prefix, self.suffix):
            if any(ord(one) > 0xFF for one in sign):  # noqa: PLR2004 - a byte for each sign
                raise FieldUnreadable("scanner", sign)
        signs = (one.replace(_BETWEEN, _WRITTEN) for one in (self.prefix, self.suffix))
        return _BETWEEN.join((self.url.strip(), *signs)).rstrip(_BETWEEN)


class SerialScannerModel(QObject):
    """The scanner's ear.

    Signals:
        heard: a text that was read, whole.
        changed: it is listened to, or not any more, or it cannot be.
    """

    heard = Signal(str)
    changed = Signal()
    _arrived = Signal(int, str)
    _broke = Signal(int, str)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._ear: Ear | None = None
        self._held: Ear | None = None  # what has the port; known to the lane alone
        self._error: StockpileError | None = None
        self._scanner, self._number = "", 0
        self._follows = False
        queued = Qt.ConnectionType.QueuedConnection  # from the scanner's thread to the screen's
        self._arrived.connect(self._hear, queued)
        self._broke.connect(self._lose, queued)
        session.changed.connect(self._seated)
        session.settings_changed.connect(self._follow)
        desk.closing.connect(self.stop)

    @property
    def error(self) -> StockpileError | None:
        """Return why nothing is heard, where something should be."""
        return self._error

    @property
    def is_listening(self) -> bool:
        """Say whether a scan would be heard now."""
        return self._ear is not None and self._error is None

    @property
    def said(self) -> ScannerSaid:
        """Return the scanner of this computer; empty where there is none on a port of its own."""
        return ScannerSaid.read(self._session.settings.scanner)

    def keep(self, said: ScannerSaid) -> None:
        """Use this scanner on this computer from now on; raises FieldUnreadable."""
        self._session.remember(scanner=said.setting)

    def start(self) -> None:
        """Listen to the scanner of this computer, also after it became another one."""
        self._follows = True
        if not self.is_listening:
            self._listen(self._session.settings.scanner)

    def try_out(self, said: ScannerSaid) -> None:
        """Listen to a scanner that is not set up yet; raises FieldUnreadable."""
        setting = said.setting
        self._follows = False
        self._listen(setting)

    def again(self) -> None:
        """Try anew after a cable was pulled or a port was not there."""
        self._listen(self._scanner)

    def stop(self) -> None:
        """Listen no more; nothing is told any more, the port is let go."""
        self._follows = False
        self._listen("")

    # --- inside -----------------------------------------------------------------------------

    def _listen(self, scanner: str) -> None:
        self._let_go()
        self._session.is_heard = bool(scanner)
        self._scanner, self._error = scanner, None
        if scanner and self._session.is_open:
            number = self._number
            listen = partial(
                self._session.stockpile.scanners.listen,
                scanner,
                partial(self._arrived_elsewhere, number),
                partial(self._broke_elsewhere, number),
            )
            opened, failed = partial(self._opened, number), partial(self._failed, number)
            self._desk.ask(self, partial(self._open, listen), opened, failed, _LANE)
        self.changed.emit()

    def _open(self, listen: Callable[[], Ear]) -> Ear:
        """Open the port, on the lane, after letting go of it: it may be the very same one."""
        if self._held is not None:
            self._held.close()
        self._held = None
        self._held = listen()
        return self._held

    def _let_go(self) -> None:
        """Close what is open; what is still being opened is closed when it comes."""
        self._number += 1
        if self._ear is not None:
            self._close(self._ear)
            self._ear = None

    def _close(self, ear: Ear) -> None:
        self._desk.ask(self, ear.close, lambda _none: None, lane=_LANE)

    def _opened(self, number: int, ear: Ear) -> None:
        if number != self._number:
            self._close(ear)
            return
        self._ear = ear
        self.changed.emit()

    def _failed(self, number: int, error: StockpileError) -> None:
        if number == self._number:
            self._error = error
            self.changed.emit()

    # These two run on the scanner's thread. As methods they keep the model while it is listened to.
    def _arrived_elsewhere(self, number: int, text: str) -> None:
        self._arrived.emit(number, text)

    def _broke_elsewhere(self, number: int, why: str) -> None:
        self._broke.emit(number, why)

    def _hear(self, number: int, text: str) -> None:
        said = text.strip()
        if number == self._number and said and not self._session.divert(said):
            self.heard.emit(said)

    def _lose(self, number: int, why: str) -> None:
        if number == self._number:
            self._error = PortLost(ScannerSaid.read(self._scanner).url, why)
            self._notices.trouble(self._error)
            self.changed.emit()

    def _seated(self) -> None:
        if not self._session.is_open:
            self.stop()

    def _follow(self) -> None:
        if self._follows and self._session.settings.scanner != self._scanner:
            self._listen(self._session.settings.scanner)
