"""The certificate of a destruction being told: where, how, before whom, and what is left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from stockpile import wording
from stockpile.domain.destruction_site import Certification
from stockpile.domain.errors import (
    CommitteeIncomplete,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    StockpileError,
)
from stockpile.language import _, isolated, ngettext
from ui.pages.destruction_fields import CommitteeField, MethodsField, into_sight
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.destruction_site import SiteModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.field import Field, State
from ui.widgets.text import Label, card_title, secondary
from ui.widgets.tick import Tick


class CertificateForm(QWidget):
    """What is ordered stands in the fields already; what was otherwise is said anew.

    Signals:
        sign_wanted: the certificate is told: as said.
        closed: back to the readings.
    """

    sign_wanted = Signal(object)
    closed = Signal()

    def __init__(self, model: SiteModel) -> None:
        super().__init__()
        self._model = model
        self.account = Banner("circle-check", "", "", Tone.OK)
        self.on = Field(_("Date of destruction"), identifier=True)
        self.where = Field(_("Place of destruction"))
        self.methods = MethodsField()
        self.committee = CommitteeField()
        self.scrap = Field(_("Scrap in kilograms"), identifier=True)
        self.scrap_to = Field(_("Scrap handed to"))
        self.photos = Button(_("Add photos…"), icon="camera")
        self._photos_said = secondary("", wrap=True)
        self.inoperable = Tick(_("Nothing of what is left can be made to shoot"))
        self._inoperable_said = Label("", Text.SECONDARY, Ink.BAD, wrap=True)
        self.remarks = Field(_("Remarks"))
        self.sign = Button(_("Sign and certify"), Kind.PRIMARY, "signature", hint="F5")
        self.back = Button(_("Go on reading"), icon="scan-barcode", hint="Esc")
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Put the cursor where the form goes on."""
        self.scrap.setFocus(Qt.FocusReason.OtherFocusReason)
        into_sight(self.scrap)

    def fill(self) -> None:
        """Show what goes in and out, and what was ordered."""
        site = self._model.site
        if site is None:
            return
        usual = self._model.usual()
        for name, field in self._named().items():
            field.set_text(getattr(usual, name))
            field.show_state(State.PLAIN)
        self.methods.set_value(usual.methods)
        self.committee.set_value(usual.committee)
        self.inoperable.setChecked(False)
        self._inoperable_said.hide()
        self._show_photos(self._model.photos, 0)
        gone, kept = site.list.count("verified"), site.list.count("kept")
        words = ngettext("{count} weapon is destroyed", "{count} weapons are destroyed", gone)
        stay = ngettext("{count} is kept", "{count} are kept", kept)
        said = _("{count} on the list: all of them are accounted for.")
        self.account.say(
            "circle-check",
            joined(
                words.format(count=figure(gone)), stay.format(count=figure(kept)) if kept else ""
            ),
            said.format(count=figure(len(site.list.checks))),
            Tone.OK,
        )

    def said(self) -> Certification:
        """Return what the form says."""
        return Certification(
            on=self.on.text().strip(),
            where=self.where.text().strip(),
            methods=self.methods.value(),
            committee=self.committee.value(),
            scrap_kilograms=self.scrap.text().strip(),
            scrap_to=self.scrap_to.text().strip(),
            inoperable=self.inoperable.isChecked(),
            remarks=self.remarks.text().strip(),
        )

    def check(self) -> None:
        """Ask for the signatures, or say what is missing."""
        if not self.inoperable.isChecked():
            self._say_inoperable(_("State this, or the certificate proves nothing."))
            return
        self.sign_wanted.emit(self.said())

    def refuse(self, error: StockpileError) -> bool:
        """Say at its field why it was not taken; say whether it has one here."""
        sentence = wording.error_sentence(error)
        if isinstance(error, CommitteeIncomplete):
            self.committee.show_error(sentence)
            return True
        if isinstance(error, MethodSymbolic):
            self.methods.show_error(sentence)
            return True
        if not isinstance(error, FieldMissing | FieldUnreadable):
            return False
        if error.field == "methods":
            self.methods.show_error(sentence)
        elif error.field == "committee":
            self.committee.show_error(sentence)
        else:
            fields = {"destroyed_on": self.on, "destroyed_at": self.where}
            field = fields.get(error.field, self.remarks)
            field.show_state(State.BAD, sentence)
            field.setFocus()
            into_sight(field)
        return True

    # --- inside ---------------------------------------------------------------------------------

    def _named(self) -> dict[str, Field]:
        return {
            "on": self.on, "where": self.where, "scrap_kilograms": self.scrap,
            "scrap_to": self.scrap_to, "remarks": self.remarks,
        }  # fmt: skip

    def _lay_out(self) -> None:
        words = column(
            row(Share(self.on, 2), Share(self.where, 3), gap=Space.L),
            self.methods,
            card_title(_("Committee and witnesses")),
            self.committee,
            card_title(_("What is left")),
            row(Share(self.scrap, 2), Share(self.scrap_to, 3), gap=Space.L),
            row(self.photos, Share(self._photos_said), gap=Space.M),
            self.remarks,
            STRETCH,
            gap=Space.M,
        )
        form = Card(column(Share(scrolled(boxed(words))), gap=0))
        foot = row(self.back, STRETCH, self.sign, gap=Space.L)
        stated = column(self.inoperable, self._inoperable_said, gap=0)  # never out of sight
        self.setLayout(column(self.account, Share(form), boxed(stated), boxed(foot), gap=Space.M))

    def _connect(self) -> None:
        self._model.photographed.connect(self._show_photos)
        self.photos.clicked.connect(self._choose_photos)
        self.inoperable.toggled.connect(lambda _on: self._inoperable_said.hide())
        self.sign.clicked.connect(self.check)
        self.back.clicked.connect(self.closed)
        for field, following in (
            (self.on, self.where), (self.scrap, self.scrap_to), (self.scrap_to, self.inoperable),
        ):  # fmt: skip
            field.submitted.connect(following.setFocus)
        for field in self._named().values():
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))

    def _say_inoperable(self, sentence: str) -> None:
        self._inoperable_said.setText(sentence)
        self._inoperable_said.show()
        self.inoperable.setFocus()

    def _choose_photos(self) -> None:
        dialog = QFileDialog(self, _("Photos of the destruction"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter("*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff")
        dialog.filesSelected.connect(
            lambda files: self._model.photograph([Path(one) for one in files])
        )
        dialog.open()

    def _show_photos(self, kept: int, refused: int) -> None:
        words = ngettext("{count} photo is kept", "{count} photos are kept", kept)
        failed = ngettext("{count} cannot be read", "{count} cannot be read", refused)
        said = words.format(count=figure(kept)) if kept else _("No photos yet.")
        self._photos_said.setText(
            joined(said, failed.format(count=isolated(str(refused))) if refused else "")
        )
