"""The way in without a network, as a card: ask by a file, come back with one, compare words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.language import _, isolated
from stockpile.services.enrolling import Asked, Offer
from ui.theme import Space, Text
from ui.view_models.enrol_by_file import EnrolByFileModel
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.field import Field, State
from ui.widgets.text import Label, card_title, secondary

_REQUEST = ".request"
_CERTIFICATE = ".certificate"


class EnrolByFileCard(Card):
    """Ask to be enrolled by a file; load the certificate that comes back.

    Signals:
        enrolled: this computer is enrolled now.
    """

    enrolled = Signal()

    def __init__(self, model: EnrolByFileModel) -> None:
        self.model = model
        self._ask = Button(_("1. Write a request…"), Kind.SECONDARY, "file-up")
        self._load = Button(_("2. Load the certificate…"), Kind.SECONDARY, "file-down")
        self._take = Button(_("Be enrolled"), Kind.PRIMARY, "link")
        self._said = secondary("", wrap=True)
        self._own_words = Label("", Text.IDENTIFIER, wrap=True)
        self._words = Field(
            _("Words of the registry"),
            hint=_("The eight words that who enrolled you reads out."),
            identifier=True,
        )
        explained = secondary(
            _(
                "No network is needed. Carry the request to who enrols, read out the words that"
                " appear here, and load the certificate that comes back."
            ),
            wrap=True,
        )
        super().__init__(
            column(
                card_title(_("Enrol by file")), explained, row(self._ask, self._load, STRETCH),
                self._said, self._own_words, self._words, row(STRETCH, self._take), gap=Space.M,
            )
        )  # fmt: skip
        self._show_step()
        self._connect()

    def set_allowed(self, *, may: bool) -> None:
        """Let only who may enrol press anything."""
        for button in (self._ask, self._load, self._take):
            button.setEnabled(may)

    def write_request(self, file: Path) -> None:
        """Write the request to a file that was chosen."""
        self.model.request(_ending(file, _REQUEST))

    def load(self, file: Path) -> None:
        """Load a certificate file that was chosen."""
        self._show_step()
        self.model.open(file)

    # --- steps ------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._ask.clicked.connect(self._choose_request)
        self._load.clicked.connect(self._choose_certificate)
        self._take.clicked.connect(self._press)
        self._words.submitted.connect(self._press)
        self._words.edited.connect(lambda _text: self._words.show_state(State.PLAIN))
        self.model.asked.connect(self._asked)
        self.model.opened.connect(self._opened)
        self.model.enrolled.connect(self._enrolled)
        self.model.refused.connect(self._refused)

    def _choose_request(self) -> None:
        chosen = QFileDialog.getSaveFileName(
            self, _("Where the request goes"), f"enrol{_REQUEST}", f"*{_REQUEST}"
        )[0]
        if chosen:
            self.write_request(Path(chosen))

    def _choose_certificate(self) -> None:
        chosen = QFileDialog.getOpenFileName(
            self, _("The certificate that came back"), "", f"*{_CERTIFICATE}"
        )[0]
        if chosen:
            self.load(Path(chosen))

    def _press(self) -> None:
        if not self._words.text().strip() and self._words.isVisible():
            self._words.show_state(State.BAD, _("This is needed."))
            return
        self._take.set_busy(True)
        self.model.take(self._words.text())

    def _asked(self, asked: Asked) -> None:
        said = _("Written: {file}. Read these words to who enrols:")
        self._said.setText(said.format(file=isolated(str(asked.file))))
        self._own_words.setText(isolated(asked.words))
        self._said.show()
        self._own_words.show()

    def _opened(self, offer: Offer) -> None:
        certificate = offer.brought.certificate
        said = _("Registry {node} enrols this computer as {name}.").format(
            node=isolated(offer.registry), name=isolated(certificate.name)
        )
        if offer.is_known:
            said = _("{what} Its key is known here already.").format(what=said)
        self._said.setText(said)
        self._said.show()
        self._own_words.hide()
        self._words.set_text("")
        self._words.show_state(State.PLAIN)
        self._words.setVisible(not offer.is_known)
        self._take.show()
        first = self._take if offer.is_known else self._words
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enrolled(self, _registry: str) -> None:
        self._take.set_busy(False)
        self._show_step()
        self.enrolled.emit()

    def _refused(self, error: StockpileError) -> None:
        self._take.set_busy(False)
        sentence = wording.error_sentence(error)
        if isinstance(error, FieldUnreadable) and error.field == "words":
            told = _("These are other words. Somebody else may have made the file: do not go on.")
            self._words.show_state(State.BAD, told)
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._said.setText(sentence)
        self._said.show()

    def _show_step(self) -> None:
        for part in (self._said, self._own_words, self._words, self._take):
            part.hide()


def _ending(file: Path, suffix: str) -> Path:
    return file if file.suffix == suffix else file.with_name(file.name + suffix)
