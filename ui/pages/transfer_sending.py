"""A shipment on the screen: first what the paper says, then scan by scan what goes along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import LicenceIncomplete, StockpileError
from stockpile.domain.facts import Licence, WaybillOpened
from stockpile.domain.transfers import LICENSED
from stockpile.domain.values import PlaceId
from stockpile.domain.vocabulary import COMPONENTS
from stockpile.language import _, isolated, ngettext
from stockpile.services.transfer_papers import Line
from stockpile.terms import term
from ui.pages.standing import joined
from ui.pages.transfer_words import heard_result
from ui.theme import Ink, Space
from ui.view_models.transfer_sending import NOWHERE, Heard, Offers, SendingModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, ScanField, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import Outcome, Result, ScanResult
from ui.widgets.text import card_title, secondary

_PURPOSES = ("move", "loan", "repair", "destruction", "civilian", "export")


class TransferSending(QWidget):
    """The two steps before the signatures.

    Signals:
        sign_wanted: everything is scanned: ask whether it may go.
        closed: back to the board; what was filled in stays.
    """

    sign_wanted = Signal()
    closed = Signal()

    def __init__(self, model: SendingModel) -> None:
        super().__init__()
        self.model = model
        self._site: PlaceId = NOWHERE
        self._asked = False
        self.to = ChoiceField(_("Destination"), free=True)
        self.carrier = Field(_("Carrier"))
        self.seals = Field(_("Seals"), hint=_("numbers, apart by spaces"), identifier=True)
        self.vehicle = Field(_("Vehicle"), identifier=True)
        self.due = Field(_("Due"), placeholder="2026-12-31", identifier=True)
        self.purpose = ChoiceField(
            _("Purpose"), [Choice(one, term("transfer", one)) for one in _PURPOSES]
        )
        self.authority = Field(_("Authority"))
        self.route = Field(_("Route"))
        self.escort = Field(_("Escort"))
        self.licence = _licence_fields()
        self.scan = ScanField(_("Scan or type the weapon"))
        self.result = ScanResult()
        self.list = LineList(_("Goes along"))
        self._count = card_title("")
        self._summary = secondary("", wrap=True)
        self.go_on = Button(_("Scan weapons"), Kind.PRIMARY, "scan-barcode", hint="Enter")
        self.sign = Button(_("Sign and send"), Kind.PRIMARY, "signature", hint="F5")
        self.edit = Button(_("Edit the paper"), icon="pencil", hint="F2")
        self.apart = Button(_("Part travels apart…"), icon="unlink", hint="F6")
        self.attach = Button(_("Attach a picture of the paper…"), icon="paperclip")
        self._papers = secondary("")
        self._dialog: ApartDialog | None = None
        self._steps = QStackedLayout(self)
        self._steps.addWidget(self._paper())
        self._steps.addWidget(self._weapons())
        self.purpose.set_value("move")
        self._connect()
        self._show_licence()
        self._show_lines()

    @property
    def is_scanning(self) -> bool:
        """Say whether weapons are being scanned."""
        return self._steps.currentIndex() == 1

    def begin(self) -> None:
        """Put the cursor where the work goes on."""
        target: QWidget = self.scan if self.is_scanning else self.to
        if self.to.value() and not self.is_scanning:
            target = self.seals
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Begin anew: who carries it and how stays, as it was sent last."""
        for one in (self.seals, self.due, self.route, self.escort, self.authority):
            one.set_text("")
        for each in self.licence:
            each.set_text("")
        self.purpose.set_value("move")
        self._asked = False
        self._show_paper()

    def said(self) -> WaybillOpened:
        """Return what stands in the fields."""
        to = self.to.value()
        known = to in {choice.value for choice in self._destinations}
        return WaybillOpened(
            "", (), self._site,
            to=PlaceId(to) if known else None,
            to_name="" if known else to,
            purpose=self.purpose.value() or "move",  # type: ignore[arg-type]  # one of its choices
            authority=self.authority.text().strip(),
            carrier=self.carrier.text().strip(),
            vehicle=self.vehicle.text().strip(),
            route=self.route.text().strip(),
            escort=self.escort.text().strip(),
            seals=tuple(self.seals.text().replace(",", " ").split()),
            due=self.due.text().strip(),
            licence=self._licence(),
        )  # fmt: skip

    # --- how it stands ----------------------------------------------------------------------

    _destinations: tuple[Choice, ...] = ()

    def _paper(self) -> QWidget:
        fields = FieldGrid(
            [
                self.to, self.carrier, self.seals, self.vehicle, self.due, self.purpose,
                self.authority, self.route, self.escort,
            ]
        )  # fmt: skip
        fields.fit(760)
        self._licence_card = Card(
            column(
                card_title(_("Licence (UN Firearms Protocol, article 10)")),
                FieldGrid(list(self.licence)),
                row(self.attach, self._papers, STRETCH),
                gap=Space.M,
            )
        )
        inner = boxed(
            column(Card(column(fields)), self._licence_card, row(self.go_on, STRETCH), STRETCH,
                   gap=Space.M)
        )  # fmt: skip
        self._keys = boxed(
            row(Shortcut("Enter", _("scan weapons")), Shortcut("Esc", _("back")), STRETCH,
                gap=Space.L)
        )  # fmt: skip
        return boxed(column(Share(scrolled(inner)), self._keys, gap=Space.M))

    def _weapons(self) -> QWidget:
        card = Card(column(self._count, Share(self.list), gap=Space.S))
        head = row(Share(self._summary), self.edit, self.apart, self.sign, gap=Space.S)
        keys = row(
            Shortcut("F5", _("sign and send")), Shortcut("Ctrl+Z", _("take the last one off")),
            Shortcut("F2", _("the paper")), STRETCH, gap=Space.L,
        )  # fmt: skip
        parts = (boxed(head), self.scan, self.result, Share(card), boxed(keys))
        return boxed(column(*parts, gap=Space.M))

    def _connect(self) -> None:
        model = self.model
        model.offered.connect(self._offer)
        model.heard.connect(self._hear)
        model.loaded.connect(self._show_lines)
        for one in (self.carrier, self.seals, self.vehicle, self.due, self.authority, self.route,
                    self.escort, *self.licence):  # fmt: skip
            one.submitted.connect(self._go_on)
        line = self.to.box.lineEdit()
        assert line is not None
        line.returnPressed.connect(lambda: self.carrier.setFocus(Qt.FocusReason.TabFocusReason))
        for each in self.licence:
            each.edited.connect(lambda _text, field=each: field.show_state(State.PLAIN))
        self.go_on.clicked.connect(self._go_on)
        self.purpose.chosen.connect(lambda _code: self._show_licence())
        self.scan.submitted.connect(self._scan)
        self.sign.clicked.connect(self.sign_wanted)
        self.edit.clicked.connect(self.show_paper)
        self.apart.clicked.connect(self.ask_apart)
        self.attach.clicked.connect(self._choose_paper)
        self.list.opened.connect(self.model.take_off)

    # --- what is done -----------------------------------------------------------------------

    def show_paper(self) -> None:
        """Go back to what the paper says."""
        self._show_paper()
        self.begin()

    def ask_apart(self) -> None:
        """Ask which part of the weapon scanned last travels apart."""
        if self.is_scanning and self.model.lines:
            self._dialog = ApartDialog(self.model.lines[-1], self)
            self._dialog.accepted.connect(self._set_apart)
            self._dialog.open()

    def _choose_paper(self) -> None:
        dialog = QFileDialog(self, _("Attach a picture of the paper…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.model.attach(Path(file)))
        dialog.open()

    def _set_apart(self) -> None:
        if self._dialog is not None:
            self.model.part(self._dialog.part.value() or "bolt", self._dialog.seal.text())
            self._dialog = None

    def _go_on(self) -> None:
        if not self.to.value():
            self.to.show_state(State.BAD, _("Say where it goes."))
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.to.show_state(State.PLAIN)
        said = self.said()
        self.model.say(said)
        self._summary.setText(self._summed(said))
        self._steps.setCurrentIndex(1)
        if not self.model.lines:
            self.result.show_result(_waiting(), silent=True)
        self.begin()

    def _scan(self) -> None:
        self.model.scan(self.scan.text())
        self.scan.set_text("")

    # --- what is shown ----------------------------------------------------------------------

    def refuse(self, error: StockpileError) -> None:
        """Show why it does not go."""
        sentence = wording.error_sentence(error)
        self.result.show_result(Result(Outcome.REFUSED, _("It does not go yet"), "", sentence))
        if isinstance(error, LicenceIncomplete):
            self._show_paper()
            lacking = [one for one in self.licence if one.objectName() in error.licence]
            for each in lacking:
                each.show_state(State.BAD, _("Needed for this purpose."))
            if lacking:
                lacking[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_paper(self) -> None:
        self._steps.setCurrentIndex(0)

    def _offer(self, offers: Offers) -> None:
        self._site = offers.site
        self._destinations = tuple(Choice(one.id, one.name) for one in offers.destinations)
        self.to.set_choices(self._destinations)
        last = offers.last
        if last is not None and not self._asked:
            self.to.set_value(last.to or last.to_name)
            self.carrier.set_text(last.carrier)
            self.vehicle.set_text(last.vehicle)
        elif len(self._destinations) == 1 and not self.to.value():
            self.to.set_value(self._destinations[0].value)
        self._asked = True

    def _hear(self, heard: Heard) -> None:
        self.result.show_result(heard_result(heard, len(self.model.lines)))

    def _show_lines(self) -> None:
        lines, apart = self.model.lines, {one.weapon: one for one in self.model.apart}
        self.list.show_lines(
            [
                LiveLine(
                    one.id, one.serial or one.number, joined(isolated(one.model), one.calibre),
                    _apart_words(apart[one.id].component) if one.id in apart else "",
                    "circle-check", Ink.OK,
                )
                for one in reversed(lines)
            ]
        )  # fmt: skip
        count = len(lines)
        words = ngettext("{count} weapon goes along", "{count} weapons go along", count)
        self._count.setText(words.format(count=isolated(str(count))))
        papers = len(self.model.papers)
        attached = ngettext("{count} paper attached", "{count} papers attached", papers)
        self._papers.setText(attached.format(count=isolated(str(papers))) if papers else "")
        self.sign.setEnabled(bool(lines))
        self.apart.setEnabled(bool(lines))

    def _show_licence(self) -> None:
        self._licence_card.setVisible(self.purpose.value() in LICENSED)

    def _licence(self) -> Licence:
        said = {one.objectName(): one.text().strip() for one in self.licence}
        transit = tuple(filter(None, (one.strip() for one in said.pop("transit").split(","))))
        return Licence(**said, transit=transit)

    def _summed(self, said: WaybillOpened) -> str:
        to = next((one.text for one in self._destinations if one.value == said.to), said.to_name)
        return joined(
            _("To {destination}").format(destination=isolated(to)),
            isolated(said.carrier), isolated(said.vehicle), isolated(", ".join(said.seals)),
        )  # fmt: skip


class ApartDialog(ConfirmDialog):
    """Which part travels apart, and the seal of its box."""

    def __init__(self, line: Line, parent: QWidget) -> None:
        self.part = ChoiceField(
            _("Part"), [Choice(one, term("component", one)) for one in COMPONENTS]
        )
        self.part.set_value("bolt")
        self.seal = Field(_("Seal of its box"), identifier=True)
        super().__init__(
            _("A part travels apart"),
            _("Of weapon {serial}.").format(serial=isolated(line.serial or line.number)),
            _("Note it"),
            danger=False,
            extra=boxed(column(self.part, self.seal, gap=Space.M)),
            parent=parent,
        )
        self.seal.submitted.connect(self.accept)
        self.part.setFocus(Qt.FocusReason.OtherFocusReason)


def _waiting() -> Result:
    said = _("Each weapon that goes along, in any order.")
    return Result(Outcome.WAITING, _("Scan the first weapon"), "", said)


def _apart_words(component: str) -> str:
    return _("{part} apart").format(part=term("component", component))


def _licence_fields() -> tuple[Field, ...]:
    named = (
        ("number", _("Licence number")), ("issued_at", _("Issued at")),
        ("issued_on", _("Issued on")), ("expires_on", _("Expires on")),
        ("exporting", _("Exporting country")), ("importing", _("Importing country")),
        ("transit", _("Transit countries")), ("recipient", _("Final recipient")),
        ("goods", _("Description and quantity")),
    )  # fmt: skip
    fields = []
    for name, words in named:
        field = Field(words)
        field.setObjectName(name)
        fields.append(field)
    return tuple(fields)
