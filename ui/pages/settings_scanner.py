# ruff: noqa: N802 — Qt names what is overridden
"""The handheld scanner of this computer: set up, tried, on a port of its own, and its cards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.scanner_trials import Trial, judge_trial
from stockpile.language import _, isolated
from stockpile.services.code_cards import CardName
from stockpile.services.ports import PluggedPort
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.code_cards import CardsModel
from ui.view_models.serial_scanner import ScannerSaid
from ui.view_models.settings import SettingsModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Label, card_title, secondary

_RESTS: Final = 900  # milliseconds without a key after which a scanner has ended
_TOP: Final = Qt.AlignmentFlag.AlignTop  # so that fields stand level when one has a message


class ScannerSection(QWidget):
    """The scanner: tried with the codes of its sheet, its cards, and the port it may have."""

    def __init__(self, model: SettingsModel, cards: CardsModel) -> None:
        super().__init__()
        self.trial = TrialCard(cards)
        self.port = ScannerCard(model)
        self.setLayout(column(self.trial, self.port, STRETCH, gap=Space.M))


class TrialCard(Card):
    """The set-up sheet and the card of commands, and a field that says what a scan came to."""

    def __init__(self, cards: CardsModel) -> None:
        self._cards = cards
        self.sheet = Button(_("Set-up sheet"), icon="file-text")
        self.commands = Button(_("Card of commands"), icon="scan-barcode")
        self.field = Field(_("Scan a code of the sheet"), identifier=True)
        self.said = Label("", Text.SECONDARY, wrap=True)
        self.said.hide()
        about = _(
            "The sheet says what to set at a scanner, and has two codes to try it with. The card"
            " of commands hangs where you scan: undo, say it again, next rack, close, print."
        )
        buttons = FlowLayout(Space.S)
        for button in (self.sheet, self.commands):
            buttons.addWidget(button)
        super().__init__(
            column(
                card_title(_("Scanner")), secondary(about, wrap=True), boxed(buttons),
                self.field, self.said, gap=Space.M,
            )
        )  # fmt: skip
        self._rest = QTimer(self, interval=_RESTS, singleShot=True)
        self.setFocusProxy(self.field)
        self.sheet.clicked.connect(lambda: self._draw("scanner", self.sheet))
        self.commands.clicked.connect(lambda: self._draw("commands", self.commands))
        self.field.submitted.connect(self._judge)
        self.field.edited.connect(self._typed)
        self._rest.timeout.connect(self._say_no_enter)
        cards.drawn.connect(self._show_drawn)
        cards.refused.connect(self._show_refused)

    def _draw(self, name: CardName, button: Button) -> None:
        button.set_busy(True)
        self._cards.draw(name)

    def _show_drawn(self, file: Path) -> None:
        self._show_refused()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        where = isolated(f"{file.parent.name}/{file.name}")
        self._say(_("Written to {file}").format(file=where), Ink.OK)

    def _show_refused(self, _error: object = None) -> None:
        for button in (self.sheet, self.commands):
            button.set_busy(False)

    def _typed(self, text: str) -> None:
        if text:
            self._rest.start()

    def _judge(self) -> None:
        self._rest.stop()
        text = self.field.text()
        self.field.set_text("")
        self._say(*trial_words(judge_trial(text)))

    def _say_no_enter(self) -> None:
        """Say that what came has no end: a hand may rest as well, and types on."""
        if self.field.text():
            words = _("No Enter came after it. Set the suffix of the scanner to Enter.")
            self._say(words, Ink.WARN)

    def _say(self, words: str, ink: Ink) -> None:
        self.said.set_ink(ink)
        self.said.setText(words)
        self.said.show()


def trial_words(trial: Trial) -> tuple[str, Ink]:
    """Return what is to be said of a scan on trial, and the colour of the words."""
    came = isolated(_visible(trial.text))
    match trial.verdict:
        case "good" if trial.symbol:
            words = _("Right, and the scanner says what it read: {symbol}.")
            return words.format(symbol=isolated(trial.symbol)), Ink.OK
        case "good":
            return _("Right: {text}").format(text=came), Ink.OK
        case "capitals":
            words = _("Small and capital letters are swapped: {text}. Caps Lock, or a setting?")
            return words.format(text=came), Ink.BAD
        case "keyboard":
            words = _(
                "{text} came, not {due}: the scanner is set for another keyboard than this"
                " computer's."
            )
            return words.format(text=came, due=isolated(trial.due)), Ink.BAD
        case "nothing":
            return _("Only Enter came. Scan a code of the sheet."), Ink.WARN
        case _:
            words = _("Heard: {text}. It is no code of the sheet.")
            return words.format(text=came), Ink.SECONDARY


class ScannerCard(Card):
    """The form: what is scanned on trial is shown as it was heard, before anything is kept."""

    def __init__(self, model: SettingsModel) -> None:
        self._model = model.scanner
        self._shown = ScannerSaid()
        self._is_trying = False
        self.address = ChoiceField(
            _("Address"), hint=_("a port that is plugged, or typed"), free=True
        )
        self.prefix = Field(_("Before each text"), placeholder=r"\x02", identifier=True)
        self.suffix = Field(_("After each text"), placeholder=r"\r\n", identifier=True)
        self.trial = Button(_("Try it"), icon="scan-barcode")
        self.keep = Button(_("Keep"), icon="save")
        self.said = Label("", Text.SECONDARY, wrap=True)
        self.said.hide()
        about = _(
            "A scanner on a port of its own never types into a wrong field. One that types as a"
            " keyboard does needs nothing here."
        )
        super().__init__(
            column(
                card_title(_("Scanner on a port of its own")), secondary(about, wrap=True),
                self.address,
                row(Share(self.prefix, 1, _TOP), Share(self.suffix, 1, _TOP), gap=Space.M),
                self.said, row(STRETCH, self.trial, self.keep), gap=Space.M,
            )
        )  # fmt: skip
        self.setFocusProxy(self.address)
        self._connect(model)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what this computer keeps, unless something else was begun here."""
        super().showEvent(event)
        if self._typed() == self._shown:
            self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the port: a page that scans may want it."""
        super().hideEvent(event)
        self._stop()

    def _connect(self, model: SettingsModel) -> None:
        self.trial.clicked.connect(self._try)
        self.keep.clicked.connect(self._keep)
        for field in (self.prefix, self.suffix):
            field.submitted.connect(self._keep)
            field.edited.connect(self._stop)
        self.address.chosen.connect(self._stop)
        line = self.address.box.lineEdit()
        assert line is not None  # the box is made to be typed into
        line.returnPressed.connect(self._keep)
        self._model.changed.connect(self._show)
        self._model.heard.connect(self._show_heard)
        model.machines.plugged.connect(self._show_ports)

    def _fill(self) -> None:
        said = self._shown = self._model.said
        self.address.set_value(said.url)
        self.prefix.set_text(said.prefix)
        self.suffix.set_text(said.suffix)

    def _typed(self) -> ScannerSaid:
        return ScannerSaid(self.address.value(), self.prefix.text(), self.suffix.text())

    def _show_ports(self, ports: Sequence[PluggedPort]) -> None:
        named = [Choice(one.address, joined(one.said, isolated(one.device))) for one in ports]
        self.address.set_choices(named)

    # --- tried and kept ---------------------------------------------------------------------

    def _try(self) -> None:
        if self._is_trying:
            self._stop()
        elif not self._typed().url:
            self.address.show_state(State.BAD, _("This is needed."))
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._is_sendable():
            self._is_trying = True
            self.trial.set_busy(True)
            self._model.try_out(self._typed())

    def _stop(self) -> None:
        """Listen no more; what was said of another scanner is said no more."""
        if self._is_trying:
            self._is_trying = False
            self._model.stop()
        for field in (self.address, self.prefix, self.suffix):
            field.show_state(State.PLAIN)
        self.said.hide()

    def _keep(self) -> None:
        self._stop()
        if not self._is_sendable():
            return
        self._model.keep(self._typed())
        self._fill()
        if self._shown.url:
            kept = _("This scanner is listened to at the marking station.")
        else:
            kept = _("No scanner on a port of its own is listened to.")
        self.address.show_state(State.OK, kept)

    def _is_sendable(self) -> bool:
        """Say whether a scanner can send these signs; else say at the field that none can."""
        for field in (self.prefix, self.suffix):
            try:
                _setting = ScannerSaid("-", field.text()).setting
            except FieldUnreadable as error:
                field.show_state(State.BAD, wording.error_sentence(error))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    # --- what is shown ----------------------------------------------------------------------

    def _show(self) -> None:
        error = self._model.error
        if error is not None:
            self._is_trying = False
            self.said.hide()
            self.address.show_state(State.BAD, wording.error_sentence(error))
        listening = self._is_trying and self._model.is_listening
        self.trial.set_busy(self._is_trying and not listening)
        self.trial.setText(_("Stop listening") if listening else _("Try it"))
        if listening:
            self.address.show_state(State.PLAIN)
            self._say(_("Scan something now."), Ink.ACCENT)
            self.trial.setFocus(Qt.FocusReason.OtherFocusReason)  # lost while it was busy

    def _show_heard(self, text: str) -> None:
        self._say(_("Heard: {text}").format(text=isolated(_visible(text))), Ink.OK)

    def _say(self, words: str, ink: Ink) -> None:
        self.said.set_ink(ink)
        self.said.setText(words)
        self.said.show()


def _visible(text: str) -> str:
    r"""Return a text with what cannot be seen written as the fields take it: ``\x02``."""
    return "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in text)
