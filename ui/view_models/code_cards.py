"""The cards of codes, drawn into files: the commands at the rack, and a scanner's set-up sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.services.code_cards import CardName
from stockpile.services.printed import FOLDER
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

_LANE = "printing"


class CardsModel(QObject):
    """Draws cards.

    Signals:
        drawn: a card stands in its file: the file.
        refused: it does not: the error.
    """

    drawn = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.refused.connect(notices.trouble)

    def draw(self, name: CardName) -> None:
        """Draw a card in the language of the screen; the one drawn before is replaced."""
        stockpile = self._session.stockpile
        folder, cards = stockpile.home / FOLDER, stockpile.code_cards

        def drawn() -> Path:
            folder.mkdir(exist_ok=True)
            return cards.print(name, folder / f"{name}-card.pdf")

        self._desk.ask(self, drawn, self.drawn.emit, self.refused.emit, _LANE)
