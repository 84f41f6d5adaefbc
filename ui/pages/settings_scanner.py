# ruff: noqa: N802 — Qt names what is overridden
"""The handheld scanner of this computer on a port of its own: named, tried, kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import _, isolated
from stockpile.services.ports import PluggedPort
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.serial_scanner import ScannerSaid
from ui.view_models.settings import SettingsModel
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.text import Label, card_title, secondary

_TOP: Final = Qt.AlignmentFlag.AlignTop  # so that fields stand level when one has a message


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
                card_title(_("Handheld scanner")), secondary(about, wrap=True), self.address,
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
