"""What is said across the marking station: few numbers, no right, no scanner, nothing at hand."""

from __future__ import annotations

from typing import Final

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.language import _, isolated, ngettext
from ui.pages.counting_words import figure
from ui.theme import Tone
from ui.widgets.arrange import column
from ui.widgets.button import Button
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.empty_state import EmptyState

_SIDES: Final = (26, 40, 26, 20)
_HIGH: Final = 280


class LowNumbers(Banner):
    """Few marking numbers are left: it is time to ask for more."""

    def __init__(self) -> None:
        self.button = Button(_("Ask the registry"), icon="send")
        super().__init__("hash", "", "", Tone.WARN, self.button)
        self.hide()

    def say_left(self, left: int) -> None:
        """Say how many numbers are left."""
        words = ngettext(
            "Only {count} marking number is left", "Only {count} marking numbers are left", left
        )
        self.say(
            "hash",
            words.format(count=isolated(figure(left))),
            _("Ask in time: without a line the station stops with the last one."),
            Tone.WARN,
        )


class Unheard(Banner):
    """The handheld scanner on its own port is not heard: why, and a way to try anew."""

    def __init__(self) -> None:
        self.again = Button(_("Try again"), icon="refresh-cw")
        super().__init__("plug", _("The handheld scanner is not heard"), "", Tone.WARN, self.again)
        self.hide()

    def show_error(self, error: StockpileError | None) -> None:
        """Say why it is not heard; nothing where there is no error."""
        if error is not None:
            sentence = wording.error_sentence(error)
            self.say("plug", _("The handheld scanner is not heard"), sentence, Tone.WARN)
        self.setVisible(error is not None)


def no_right() -> Banner:
    """Return what an officer is told who may not mark."""
    return Banner(
        "lock",
        _("Your role does not include marking"),
        _("You can look at weapons and jobs here. An armourer or a marking operator marks."),
        Tone.WARN,
    )


def waiting() -> Card:
    """Return what stands there while no weapon is at the bench."""
    face = EmptyState(
        "scan-barcode",
        _("Scan the weapon that lies before you"),
        _("Its record and its next mark are shown before anything moves."),
    )
    card = Card(column(face), Ground.HERO, margins=_SIDES)
    card.setMinimumHeight(_HIGH)
    return card
