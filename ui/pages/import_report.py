"""What became of the rows of a list, as numbers; and what the import came to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _, ngettext
from stockpile.services.importing import ImportReport, Tally
from ui.pages.figures import figure
from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.text import Label, ShortLabel, page_title


class ImportFigures(QWidget):
    """What becomes of the rows, as numbers."""

    def __init__(self, accepted: str) -> None:
        super().__init__()
        named = (
            (accepted, Ink.OK), (_("Held already"), Ink.SECONDARY), (_("Refused"), Ink.BAD),
            (_("Warnings"), Ink.WARN), (_("Weapons"), Ink.TEXT), (_("Lots"), Ink.TEXT),
        )  # fmt: skip
        self._inks = [ink for _name, ink in named]
        self._labels = [Label("", Text.EMPTY_TITLE) for _one in named]
        cards = [
            Share(
                Card(
                    column(label, ShortLabel(name, Text.SECONDARY, Ink.MUTED), gap=0),
                    Ground.INSET,
                    margins=(Space.M, Space.S, Space.S, Space.S),
                ),
                1,
            )
            for (name, _ink), label in zip(named, self._labels, strict=True)
        ]
        self.setLayout(row(*cards))

    def show_tally(self, tally: Tally) -> None:
        """Show the numbers; what is none is quiet."""
        numbers = (
            tally.accepted, tally.already_held, tally.refused, tally.warnings, tally.weapons,
            tally.lots,
        )  # fmt: skip
        for label, count, ink in zip(self._labels, numbers, self._inks, strict=True):
            label.setText(figure(count))
            label.set_ink(ink if count else Ink.MUTED)


class ImportReportFace(QWidget):
    """What the import came to, and where to go from here.

    Signals:
        register_pressed: show the weapons that came in.
        again_pressed: take in another list.
        back_pressed: take this list back.
        remember_pressed: keep how its columns were read.
    """

    register_pressed = Signal()
    again_pressed = Signal()
    back_pressed = Signal()
    remember_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._show_register = Button(_("Show in the register"), Kind.PRIMARY, "boxes")
        self._again = Button(_("Another list"), icon="file-spreadsheet")
        self._remember = Button(_("Remember the columns"), icon="save")
        self._back = Button(_("Take back"), Kind.GHOST, "undo-2")
        self._remember.clicked.connect(self.remember_pressed)
        self._back.clicked.connect(self.back_pressed)
        self._show_register.clicked.connect(self.register_pressed)
        self._again.clicked.connect(self.again_pressed)
        self._figures = ImportFigures(_("Brought in"))
        self._banner = Banner("package-check", "", "", Tone.OK, loud=True)
        buttons = row(self._show_register, self._again, self._remember, STRETCH, self._back)
        self.setLayout(
            column(
                page_title(_("Import")), self._banner, self._figures, buttons, STRETCH, gap=Space.L
            )
        )

    def show_report(self, report: ImportReport, *, is_told: bool = False) -> None:
        """Say what was written and what was not; what somebody told can be remembered."""
        tally = report.tally
        self._remember.setVisible(is_told)
        count = tally.weapons + tally.lots
        title = ngettext("{count} record came in", "{count} records came in", count)
        self._banner.say(
            "package-check", title.format(count=figure(count)), _summary(tally), Tone.OK
        )
        self._figures.show_tally(tally)
        self._back.setEnabled(bool(count))
        self._show_register.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_remembered(self) -> None:
        """Take away what has been done."""
        self._remember.hide()


def _summary(tally: Tally) -> str:
    """Return what did not come in, and why that is."""
    held = ngettext(
        "{count} row was held already.", "{count} rows were held already.", tally.already_held
    )
    refused = ngettext("{count} row was refused.", "{count} rows were refused.", tally.refused)
    said = (
        held.format(count=figure(tally.already_held)),
        refused.format(count=figure(tally.refused)),
    )
    return " ".join(said)
