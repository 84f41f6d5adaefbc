"""The card of the registry's log on the sync page: who watches that it keeps one history."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.log_proofs import Doubt, Word
from stockpile.language import _, isolated, ngettext
from stockpile.services.log_proofs import LogStanding
from ui.theme import Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.picture import Tile
from ui.widgets.text import Label, card_title, secondary

_MOST: int = 5  # doubts and words that are shown; an alarm is one however many there are


class LogCard(Card):
    """Who witnessed the registry's log and when; what other nodes were shown that does not fit.

    It is there only where there is something to say.
    """

    def __init__(self) -> None:
        self._chip = Chip("")
        self._proved = secondary("", wrap=True)
        self._lines: QVBoxLayout = column(gap=Space.S)
        title = row(card_title(_("Witnesses")), self._chip, STRETCH)
        super().__init__(column(title, self._proved, boxed(self._lines), gap=Space.M))
        self.hide()

    def show_log(self, standing: LogStanding | None) -> None:
        """Show what is known of the registry's log."""
        there = standing is not None and bool(standing.words or standing.doubts)
        self.setVisible(there)
        if standing is None or not there:
            return
        count = len(standing.words)
        said = ngettext("witnessed by {count}", "witnessed by {count}", count)
        tone = Tone.BAD if standing.doubts else Tone.OK
        text = _("two histories") if standing.doubts else said.format(count=isolated(str(count)))
        self._chip.show_status(text, tone)
        self._proved.setText(_proved(standing))
        clear(self._lines)
        for doubt in standing.doubts[:_MOST]:
            self._lines.addWidget(_line("shield-alert", Tone.BAD, _doubted(doubt)))
        for word in standing.words[:_MOST]:
            self._lines.addWidget(_line("eye", Tone.INFO, _witnessed(word)))


def _line(picture: str, tone: Tone, said: str) -> QWidget:
    words = Label(said, Text.BODY, wrap=True)
    return boxed(row(Tile(picture, tone, 30, 16), Share(words), gap=Space.M))


def _proved(standing: LogStanding) -> str:
    """Say up to which entry of this stockpile a witness saw the record."""
    if standing.doubts:
        return _("Somebody shows two histories. Tell the authority, not only the registry.")
    if not standing.proved:
        return _("Nothing of this stockpile's record is in a head that was witnessed yet.")
    said = _("This stockpile's record is proved up to no. {number}, also without a line.")
    return said.format(number=isolated(str(standing.proved)))


def _witnessed(word: Word) -> str:
    at = isolated(wording.instant(word.second * 1000))
    said = _("{name}, on {at}, up to {size} entries")
    if not word.witness.is_attested:
        said = _("{name}, on {at}, up to {size} entries; named by the registry alone")
    return said.format(name=isolated(word.witness.name), at=at, size=isolated(str(word.size)))


def _doubted(doubt: Doubt) -> str:
    said = _("Node {node} was shown a log of {size} entries that does not belong to this one.")
    return said.format(node=isolated(doubt.node), size=isolated(str(doubt.size)))
