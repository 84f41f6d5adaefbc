"""The way back into a store whose passphrase is lost; the core is loaded when it is first asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import FileUnreadable, StockpileError
from ui.desk import Desk
from ui.later import front_door


class RecoveringModel(QObject):
    """Recovers one home.

    Signals:
        recovered: the store has the new passphrase: that.
        refused: it has not: the error.
    """

    recovered = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: Desk, home: Path) -> None:
        super().__init__()
        self._desk, self._home = desk, home

    def by_sheet(self, first: str, second: str, passphrase: str) -> None:
        """Recover with both halves of the sheet, as typed or scanned."""
        self._try(
            lambda: front_door().recover_by_sheet(self._home, (first, second), passphrase),
            passphrase,
        )

    def by_authority(self, file: Path, passphrase: str) -> None:
        """Recover with the file of the authority's age identity."""
        self._try(
            lambda: front_door().recover_by_authority(self._home, _text(file), passphrase),
            passphrase,
        )

    def _try(self, work: Callable[[], object], passphrase: str) -> None:
        done = partial(self._done, passphrase)
        self._desk.ask(self, work, done, self._refuse)

    def _done(self, passphrase: str, _node: object) -> None:
        self.recovered.emit(passphrase)

    def _refuse(self, error: StockpileError) -> None:
        self.refused.emit(error)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(file), type(error).__name__) from error
