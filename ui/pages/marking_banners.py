"""What stands around the bench: what is lacking, what is waited for, which keys there are."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.services.scan_words import label_sentence, label_title
from stockpile.services.scanning import Scanned
from ui.pages.counting_words import figure
from ui.theme import Space, Tone
from ui.view_models.marking_state import Stage
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.keycap import Shortcut

STEPS: Final = {
    Stage.SCAN: 0,
    Stage.OUTSIDE: 0,
    Stage.ASIDE: 0,
    Stage.LOST: 0,
    Stage.READY: 1,
    Stage.MARKING: 1,
    Stage.NOT_STARTED: 1,
    Stage.ELSEWHERE: 1,
    Stage.READ_BACK: 2,
    Stage.LABEL: 2,
    Stage.UNREADABLE: 2,
    Stage.BLIND: 2,
    Stage.WRONG: 2,
    Stage.ANOTHERS: 2,
    Stage.DOUBT: 2,
    Stage.VERIFIED: 3,
    Stage.MARKED: 3,
    Stage.BORNE: 3,
}
"""Which of the three steps a stage belongs to."""
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


class WrongLabel(Banner):
    """The label that named the weapon was replaced, or bears a seal that is not ours."""

    def __init__(self) -> None:
        super().__init__("tag", "", "", Tone.WARN)
        self.hide()

    def show_label(self, scanned: Scanned | None) -> None:
        """Say what is wrong with the label and what to do; nothing where none is."""
        if scanned is not None:
            tone = Tone.BAD if scanned.label == "foreign" else Tone.WARN
            self.say("tag", label_title(scanned), label_sentence(scanned), tone)
        self.setVisible(scanned is not None)


class NoMachine(QWidget):
    """No machine is set up: where that is done, under the head of the page."""

    def __init__(self, head: QWidget) -> None:
        super().__init__()
        self.set_up = Button(_("Set up a machine"), Kind.PRIMARY, "plus")
        face = EmptyState(
            "stamp",
            _("No marking machine is set up"),
            _("Give the machine a name and its address once; after that weapons are marked here."),
            self.set_up,
        )
        self.setLayout(column(head, Share(face)))


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


def mark_label(stage: Stage) -> str:
    """Return what is asked for in the field of the new mark."""
    if stage is Stage.BLIND:
        return _("Type the mark as you read it")
    return _("Scan the mark you just made")


def key_hints() -> QWidget:
    """Return the keys of the station, for its foot."""
    hints = row(
        Shortcut("F5", _("mark")), Shortcut("F2", _("cannot read")),
        Shortcut("F4", _("next weapon")), Shortcut("F6", _("set up")),
        Shortcut("F7", _("set aside")), Shortcut("F9", _("orders")), STRETCH, gap=Space.L,
    )  # fmt: skip
    return boxed(hints)
