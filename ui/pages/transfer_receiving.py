"""A lorry being checked on the screen: one large answer a scan, four tallies, one signature."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.arrivals import Checklist, Finding, Scan
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated, ngettext
from stockpile.services.transfer_papers import declaration
from ui.pages.standing import joined
from ui.pages.transfer_words import checked_result
from ui.theme import Ink, Space, Tone
from ui.view_models.transfer_receiving import Checked, Lorry, ReceivingModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, NoteField, ScanField
from ui.widgets.figure_tile import FigureTile
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import Outcome, Result, ScanResult
from ui.widgets.text import card_title, secondary

_SIGNS = {
    "received": ("circle-check", Ink.OK),
    "over": ("package-plus", Ink.WARN),
    "wrong": ("git-compare", Ink.BAD),
    "unknown": ("circle-question-mark", Ink.BAD),
    "short": ("clock", Ink.MUTED),
}


class TransferReceiving(QWidget):
    """The check and the sign-off.

    Signals:
        sign_wanted: seals, place and remarks are said: ask for the PIN.
        closed: back to the board; the check stays as it is.
    """

    sign_wanted = Signal()
    closed = Signal()

    def __init__(self, model: ReceivingModel) -> None:
        super().__init__()
        self.model = model
        self.scan = ScanField(_("Scan or type the weapon"))
        self.result = ScanResult()
        self.tiles = {
            "received": FigureTile("circle-check", Tone.OK),
            "short": FigureTile("clock", Tone.GREY),
            "over": FigureTile("package-plus", Tone.WARN),
            "wrong": FigureTile("git-compare", Tone.BAD),
        }
        self._chosen = "received"
        self.list = LineList(_("Weapons of this transfer"))
        self._about = secondary("", wrap=True)
        self.differs = Button(_("Its serial differs…"), icon="git-compare", hint="F2")
        self.finish = Button(_("Finish"), Kind.PRIMARY, "clipboard-check", hint="F5")
        self.place = ChoiceField(_("Put into"))
        self.broken = Field(_("Broken seals"), hint=_("none when empty"), identifier=True)
        self.remarks = NoteField(_("Remarks"))
        self.declaration = Banner("signature", "", "", Tone.INFO)
        self._outcome = Banner("circle-check", "", "", Tone.OK)
        self.sign = Button(_("Sign now"), Kind.PRIMARY, "signature", hint="F5")
        self.go_on = Button(_("Go on scanning"), icon="scan-barcode", hint="Esc")
        self._dialog: DiffersDialog | None = None
        self._steps = QStackedLayout(self)
        self._steps.addWidget(self._check())
        self._steps.addWidget(self._sign_off())
        self._connect()

    @property
    def is_finishing(self) -> bool:
        """Say whether the check is over and the signature is asked for."""
        return self._steps.currentIndex() == 1

    def begin(self) -> None:
        """Put the cursor where the work goes on."""
        target: QWidget = self.broken if self.is_finishing else self.scan
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on_or_sign(self) -> None:
        """F5: to the sign-off, and from there to the signature."""
        if self.is_finishing:
            self.sign_wanted.emit()
        elif self.finish.isEnabled():
            self._finish()

    def go_back(self) -> None:
        """Esc: from the sign-off to the scans, from there to the board."""
        if self.is_finishing:
            self._steps.setCurrentIndex(0)
            self.begin()
        else:
            self.closed.emit()

    def finding(self) -> Finding:
        """Return what is signed for beside the list."""
        broken = tuple(self.broken.text().replace(",", " ").split())
        return Finding(broken, self._declared(), self.remarks.text().strip())

    def where(self) -> PlaceId:
        """Return the place that the weapons are put into."""
        lorry = self.model.lorry
        assert lorry is not None
        return PlaceId(self.place.value() or lorry.site)

    def ask_differs(self) -> None:
        """Ask for the serial that the weapon scanned last really bears."""
        last = self.model.last
        if last is None or last.weapon is None or self.is_finishing:
            return
        line = self.model.line(last.weapon)
        self._dialog = DiffersDialog(line.serial if line else last.text, self)
        self._dialog.accepted.connect(self._differ)
        self._dialog.open()

    # --- how it stands ----------------------------------------------------------------------

    def _check(self) -> QWidget:
        tiles = row(*(Share(one) for one in self.tiles.values()), gap=Space.S)
        head = row(Share(self._about), self.differs, self.finish, gap=Space.S)
        keys = row(
            Shortcut("F5", _("finish")), Shortcut("F2", _("its serial differs")),
            Shortcut("Ctrl+Z", _("take the last scan back")), STRETCH, gap=Space.L,
        )  # fmt: skip
        card = Card(column(Share(self.list)))
        return boxed(
            column(boxed(head), self.scan, self.result, boxed(tiles), Share(card), boxed(keys),
                   gap=Space.M)
        )  # fmt: skip

    def _sign_off(self) -> QWidget:
        fields = Card(
            column(
                card_title(_("What was found beside the list")),
                row(Share(self.broken), Share(self.place), gap=Space.L), self.remarks, gap=Space.M,
            )
        )  # fmt: skip
        foot = row(self.sign, self.go_on, STRETCH)
        inner = boxed(column(self._outcome, fields, self.declaration, foot, STRETCH, gap=Space.M))
        return boxed(column(Share(scrolled(inner)), gap=0))

    def _connect(self) -> None:
        model = self.model
        model.opened.connect(self._open)
        model.heard.connect(self._hear)
        model.tallied.connect(self._tally)
        self.scan.submitted.connect(self._scan)
        self.finish.clicked.connect(self._finish)
        self.differs.clicked.connect(self.ask_differs)
        self.sign.clicked.connect(self.sign_wanted)
        self.go_on.clicked.connect(self.go_back)
        self.broken.submitted.connect(self.sign_wanted)
        for name, tile in self.tiles.items():
            tile.clicked.connect(lambda _on=False, chosen=name: self._choose(chosen))

    def _open(self, lorry: Lorry) -> None:
        said = lorry.waybill.opened
        self._steps.setCurrentIndex(0)
        self._about.setText(
            joined(
                isolated(said.number),
                _("from {origin}").format(origin=isolated(lorry.origin)),
                isolated(said.vehicle),
                _("seals {seals}").format(seals=isolated(", ".join(said.seals)))
                if said.seals
                else "",
            )
        )
        self.place.set_choices([Choice(one.id, one.name) for one in lorry.places])
        self.place.set_value(lorry.site)
        self.broken.set_text("")
        self.remarks.set_text("")
        said_first = _("Each weapon as it comes off the lorry, in any order.")
        self.result.show_result(
            Result(Outcome.WAITING, _("Scan the first weapon"), "", said_first), silent=True
        )

    def _scan(self) -> None:
        self.model.scan(self.scan.text())
        self.scan.set_text("")

    def _finish(self) -> None:
        checked = self.model.checklist
        if checked is None:
            return
        self._outcome.say(*_outcome(checked))
        self.declaration.say("signature", _("Handover declaration"), self._declared(), Tone.INFO)
        self._steps.setCurrentIndex(1)
        self.begin()

    def _declared(self) -> str:
        lorry, checked = self.model.lorry, self.model.checklist
        if lorry is None or checked is None:
            return ""
        return declaration(len(checked.received), lorry.waybill.opened.number)

    def _differ(self) -> None:
        if self._dialog is not None:
            self.model.differing(self._dialog.read.text())
            self._dialog = None
            self.begin()

    # --- what is shown ----------------------------------------------------------------------

    def refuse(self, error: StockpileError) -> None:
        """Show why it cannot be done."""
        sentence = wording.error_sentence(error)
        self.result.show_result(Result(Outcome.REFUSED, _("Not done"), "", sentence))
        self._steps.setCurrentIndex(0)

    def _hear(self, checked: Checked) -> None:
        self.result.show_result(checked_result(checked, self._count_words()))
        chosen = {"unknown": "wrong"}.get(checked.scan.verdict, checked.scan.verdict)
        if chosen in self.tiles and not checked.several:
            self._choose(chosen)

    def _count_words(self) -> str:
        checked = self.model.checklist
        here, all_ = (len(checked.received), len(checked.expected)) if checked else (0, 0)
        return _("Received: {count} of {all}").format(count=here, all=all_)

    def _tally(self) -> None:
        checked = self.model.checklist
        if checked is None:
            return
        strangers = len(checked.wrong) + len(checked.unknown)
        shown = (
            ("received", len(checked.received), _("received")),
            ("short", len(checked.short), _("not here yet")),
            ("over", len(checked.over), _("over")),
            ("wrong", strangers, _("wrong or unknown")),
        )
        for name, count, words in shown:
            self.tiles[name].show_figure(str(count), words)
        self.finish.setEnabled(bool(checked.scans))
        self.differs.setEnabled(self.model.last is not None)
        self._show_list()

    def _choose(self, name: str) -> None:
        self._chosen = name
        self._show_list()

    def _show_list(self) -> None:
        for name, tile in self.tiles.items():
            tile.setChecked(name == self._chosen)
        checked = self.model.checklist
        if checked is not None:
            self.list.show_lines(self._lines(checked))

    def _lines(self, checked: Checklist) -> list[LiveLine]:
        if self._chosen == "short":
            icon, ink = _SIGNS["short"]
            known = ((one, self.model.line(one)) for one in checked.short)
            return [
                LiveLine(one, line.serial or line.number if line else one,
                         isolated(line.model) if line else "", "", icon, ink)
                for one, line in known
            ]  # fmt: skip
        wanted = {"wrong": ("wrong", "unknown")}.get(self._chosen, (self._chosen,))
        scans = [one for one in reversed(checked.scans) if one.verdict in wanted]
        return [self._line(number, one) for number, one in zip(_falling(scans), scans, strict=True)]

    def _line(self, number: int, scan: Scan) -> LiveLine:
        line = self.model.line(scan.weapon) if scan.weapon else None
        icon, ink = _SIGNS[scan.verdict]
        named = scan.text if scan.verdict in ("wrong", "unknown") else ""
        serial = named or ((line.serial or line.number) if line else scan.text)
        return LiveLine(str(number), serial, isolated(line.model) if line else "", "", icon, ink)


class DiffersDialog(ConfirmDialog):
    """The serial that the metal bears, where it is not the one on record."""

    def __init__(self, recorded: str, parent: QWidget) -> None:
        self.read = Field(_("The serial as it reads"), identifier=True)
        super().__init__(
            _("Its serial differs"),
            _("On record it is {serial}.").format(serial=isolated(recorded)),
            _("Note it as wrong"),
            danger=False,
            extra=self.read,
            parent=parent,
        )
        self.read.submitted.connect(self.accept)
        self.read.setFocus(Qt.FocusReason.OtherFocusReason)


def _falling(scans: list[Scan]) -> range:
    return range(len(scans), 0, -1)


def _outcome(checked: Checklist) -> tuple[str, str, str, Tone]:
    counted = (
        (len(checked.short), _("{count} short")), (len(checked.over), _("{count} over")),
        (len(checked.wrong), _("{count} wrong")), (len(checked.unknown), _("{count} unknown")),
    )  # fmt: skip
    told = [words.format(count=isolated(str(count))) for count, words in counted if count]
    count = len(checked.received)
    title = ngettext("{count} weapon received", "{count} weapons received", count)
    said = joined(*told) if told else _("Everything came as it was sent.")
    tone, icon = (Tone.WARN, "triangle-alert") if told else (Tone.OK, "circle-check")
    return icon, title.format(count=isolated(str(count))), said, tone
