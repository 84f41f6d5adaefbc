"""A dialog that hands a place over: counted whole, signed by both, with the line drawn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.places import Place
from stockpile.language import _, isolated, ngettext
from ui.desk import Desk
from ui.pages.pins import PinsDialog, Wanted
from ui.session import Session
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.handover import Choices, HandoverModel, Told, first_signer
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.field import Choice, ChoiceField, Field
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label
from ui.widgets.tick import Tick

_WIDTH = 560


class HandoverDialog(QDialog):
    """Place, incoming custodian, and both PINs; refused until the place was counted whole.

    Signals:
        count_wanted: the place is to be counted first.
        said: what was done, the word of the way on, and the way on.
    """

    count_wanted = Signal()
    said = Signal(str, str, object)

    def __init__(self, desk: Desk, session: Session, parent: QWidget, *, place: str = "") -> None:
        super().__init__(parent)
        self._desk, self._session = desk, session
        self.model = HandoverModel(desk, session)
        self._wanted_place = place
        self._told: Told | None = None
        self.setWindowTitle(_("Hand over custody"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.place = ChoiceField(_("Place"))
        self.incoming = ChoiceField(_("Taken over by"))
        self.remarks = Field(_("Remarks"))
        self.absent = Tick(_("The outgoing custodian cannot sign: say why in the remarks"))
        self.state = Banner("info", _("Looking…"), "", Tone.GREY)
        self.confirm = Button(_("Sign now"), Kind.PRIMARY, "signature")
        self.count = Button(_("Count it now"), icon="clipboard-check")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self._lay_out()
        self._connect()
        self.model.start()

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        sentence = _("Both sign. What is open today is named: it is not the new custodian's own.")
        head = row(
            Share(Tile("key-round", Tone.INFO, 40, 20), 0, top),
            Share(
                column(
                    Label(self.windowTitle(), Text.CARD_TITLE),
                    Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        fields = column(
            self.place, self.state, self.incoming, self.remarks, self.absent, gap=Space.M
        )
        foot = row(self.count, STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, boxed(fields), foot, gap=Space.XL, margins=edges))
        self.absent.hide()
        self.count.hide()
        self.confirm.setEnabled(False)

    def _connect(self) -> None:
        model = self.model
        model.chosen_from.connect(self._offer)
        model.told.connect(self._show)
        model.refused.connect(self._refuse)
        model.handed_over.connect(self._end)
        model.postponed.connect(self.accept)
        self.place.chosen.connect(model.look)
        self.incoming.chosen.connect(self._judge)
        self.remarks.edited.connect(self._judge)
        self.absent.toggled.connect(self._judge)
        self.confirm.clicked.connect(self._ask_pins)
        self.cancel.clicked.connect(self.reject)
        self.count.clicked.connect(self._go_and_count)

    def _offer(self, choices: Choices) -> None:
        self.place.set_choices([Choice(id_, isolated(said)) for id_, said in choices.places])
        self.incoming.set_choices([Choice(one, isolated(one)) for one in choices.officers])
        known = {id_ for id_, _said in choices.places}
        wanted = self._wanted_place if self._wanted_place in known else choices.places[0][0]
        self.place.set_value(wanted)
        self.model.look(wanted)
        self.incoming.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, told: Told) -> None:
        self._told = told
        standing, custodian = told.standing, told.custodian
        who = (
            _("{name} answers for it.").format(name=isolated(custodian))
            if custodian
            else _("Nobody answers for it yet.")
        )
        if not standing.count:
            title = _("Not counted since it changed hands last")
            said = _("{who} Every serial is counted before a handover.").format(who=who)
            self.state.say("clipboard-list", title, said, Tone.WARN)
        else:
            title = _("Counted: it can be handed over")
            words = ngettext(
                "{who} {count} matter is open and is inherited.",
                "{who} {count} matters are open and are inherited.",
                len(standing.inherited),
            )
            said = words.format(who=who, count=isolated(str(len(standing.inherited))))
            tone = Tone.WARN if standing.inherited else Tone.OK
            self.state.say("circle-check", title, said, tone)
        self.count.setVisible(not standing.count)
        self.absent.setVisible(bool(custodian))
        self._judge()
        self.adjustSize()

    def _judge(self) -> None:
        told = self._told
        incoming = self.incoming.value()
        ready = told is not None and bool(told.standing.count) and bool(incoming)
        excused = not self.absent.isChecked() or bool(self.remarks.text().strip())
        self.confirm.setEnabled(ready and excused and incoming != (told and told.custodian))

    def _ask_pins(self) -> None:
        told, incoming = self._told, self.incoming.value()
        if told is None:
            return
        first = first_signer(
            told.custodian, incoming, self.model.own, absent=self.absent.isChecked()
        )
        outgoing = bool(told.custodian) and not self.absent.isChecked()
        words = _("Handed over by") if outgoing else _("Witness")
        wanted = [Wanted(words, name=first), Wanted(_("Taken over by"), name=incoming)]
        own = self.model.own
        wanted.sort(key=lambda one: one.name != own)  # who is here signs first, and may sign alone
        dialog = PinsDialog(self._desk, self._session, wanted, self, later=own in (first, incoming))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remarks = self.remarks.text().strip()
        dialog.signed.connect(partial(self._sign, self.place.value(), incoming, remarks))
        later = partial(self.model.hand_over_later, self.place.value(), incoming, remarks)
        dialog.later.connect(later)
        dialog.open()

    def _sign(self, place: str, incoming: str, remarks: str, signed: tuple[object, ...]) -> None:
        self.confirm.set_busy(True)
        self.model.hand_over(place, incoming, remarks, signed)  # type: ignore[arg-type]

    def _refuse(self, error: StockpileError) -> None:
        self.confirm.set_busy(False)
        sentence = wording.error_sentence(error)
        self.state.say("circle-alert", _("Not handed over"), sentence, Tone.BAD)

    def _end(self, place: Place, incoming: str, file: object) -> None:
        said = _("{name} answers for {place} now").format(
            name=isolated(incoming), place=isolated(place.name)
        )
        url = QUrl.fromLocalFile(str(file))
        self.said.emit(said, _("Open the certificate"), partial(QDesktopServices.openUrl, url))
        self.accept()

    def _go_and_count(self) -> None:
        self.reject()
        self.count_wanted.emit()
