"""The dialog before what is held about a person is handed out: to whom, on what ground, by two."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, StockpileError
from stockpile.domain.holders import Holder
from stockpile.language import _, isolated
from ui.desk import Desk
from ui.pages.issuing_lines import person_name
from ui.pages.pins import PinsDialog, Wanted
from ui.session import Session
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.persons_held import PersonsHeldModel
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label

_WIDTH = 520


class DisclosingDialog(QDialog):
    """Asks to whom and on what ground, then for two PINs; closes once the files are written."""

    def __init__(
        self,
        desk: Desk,
        session: Session,
        model: PersonsHeldModel,
        holder: Holder,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._session, self._model, self._holder = desk, session, model, holder
        self.setWindowTitle(_("Hand out what is held"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.to = Field(_("To whom it is handed out"), placeholder=_("The person, or an office"))
        self.ground = Field(
            _("On what ground"), placeholder=_("Their own request, a court order, a law")
        )
        self.folder = Field(_("Folder"), identifier=True)
        self.folder.set_text(str(model.folder))
        self.confirm = Button(_("Sign with two PINs"), Kind.PRIMARY, "signature")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.pins: PinsDialog | None = None
        self._lay_out()
        for field, following in ((self.to, self.ground), (self.ground, self.folder)):
            field.submitted.connect(following.setFocus)
            field.edited.connect(lambda _text, one=field: one.show_state(State.PLAIN))
        self.folder.submitted.connect(self._ask_pins)
        self.confirm.clicked.connect(self._ask_pins)
        self.cancel.clicked.connect(self.reject)
        model.disclosed.connect(self.accept)
        model.refused.connect(self._refuse)
        self.to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        title = _("What is held about {name}").format(name=person_name(self._holder))
        said = _(
            "Everything that stands under this person's id goes into a paper, a table and a file"
            " for programs: details, weapons held, receipts, photo. It is unsealed: give it to"
            " nobody else. Who got it and why stays on record."
        )
        head = row(
            Share(Tile("user", Tone.INFO, 40, 20), 0, Qt.AlignmentFlag.AlignTop),
            Share(
                column(
                    Label(title, Text.CARD_TITLE, wrap=True),
                    Label(said, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        fields = column(self.to, self.ground, self.folder, gap=Space.L)
        self.setLayout(column(head, fields, foot, gap=Space.XL, margins=edges))

    def _ask_pins(self) -> None:
        for field in (self.to, self.ground, self.folder):
            if not field.text().strip():
                field.show_state(State.BAD, _("This is needed."))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        name = person_name(self._holder)
        said = _("What is held about {name} is handed out to {to}. Ground: {ground}")
        wanted = (Wanted(_("Handed out by"), own=True), Wanted(_("Second officer")))
        self.pins = PinsDialog(
            self._desk,
            self._session,
            wanted,
            self,
            title=_("Hand out what is held"),
            sentence=_("Both see it go: this cannot wait for a second officer."),
            what=said.format(
                name=name, to=isolated(self.to.text().strip()), ground=self.ground.text().strip()
            ),
        )
        self.pins.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = (self._holder.id, self.to.text(), self.ground.text(), Path(self.folder.text()))
        self.pins.signed.connect(partial(self._sign, *told))
        self.pins.open()

    def _sign(
        self, person: str, to: str, ground: str, folder: Path, signed: tuple[object, ...]
    ) -> None:
        self.confirm.set_busy(True)
        self._model.disclose(person, to, ground, folder, signed)  # type: ignore[arg-type]

    def _refuse(self, error: StockpileError) -> None:
        self.confirm.set_busy(False)
        sentence = wording.error_sentence(error)
        missing = isinstance(error, FieldMissing) and error.field == "disclosed_to"
        (self.to if missing else self.ground).show_state(State.BAD, sentence)
