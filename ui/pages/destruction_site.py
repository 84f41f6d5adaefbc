"""The site of a destruction: one large answer a reading, three tallies, and what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.destruction_site import Certification, Check, CheckState
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.destructions import Outcome as Came
from stockpile.services.destructions import Reading
from stockpile.services.disposal_words import reading_words
from ui.pages.destruction_certificate import CertificateForm
from ui.pages.figures import figure
from ui.pages.scan_commands import ScanCommands
from ui.pages.scan_labels import with_label
from ui.pages.standing import joined
from ui.pages.weapon_dialogs import ReasonDialog
from ui.theme import Ink, Space, Tone
from ui.view_models.destruction_site import Site, SiteModel
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.field import ScanField
from ui.widgets.figure_tile import FigureTile
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.progress import Meter
from ui.widgets.scan_result import Answer, Outcome, Result, ScanResult
from ui.widgets.text import secondary

_KEEP, _REOPEN = "keep", "reopen"
_TO_KEEP = frozenset({"elsewhere", "disputed", "gone", "lost", "hot"})
_SIGNS: dict[CheckState, tuple[str, Ink]] = {
    "open": ("clock", Ink.MUTED), "verified": ("circle-check", Ink.OK), "kept": ("ban", Ink.WARN),
}  # fmt: skip
_OUTCOMES: dict[Came, Outcome] = {
    "verified": Outcome.FOUND, "twice": Outcome.TWICE, "kept": Outcome.MISPLACED,
    "not_listed": Outcome.UNEXPECTED, "elsewhere": Outcome.REFUSED, "disputed": Outcome.REFUSED,
    "gone": Outcome.UNEXPECTED, "lost": Outcome.ALARM, "hot": Outcome.ALARM,
    "unknown": Outcome.UNEXPECTED, "several": Outcome.DOUBT, "other": Outcome.REFUSED,
}  # fmt: skip


class DestructionSite(QWidget):
    """The reading, and the certificate.

    Signals:
        sign_wanted: the certificate is told: as said; ask for the PINs.
        closed: back to the board; what was read stays.
    """

    sign_wanted = Signal(object)
    closed = Signal()

    def __init__(self, model: SiteModel) -> None:
        super().__init__()
        self.model = model
        self.scan = ScanField(_("Scan or type the weapon before you"))
        self.result = ScanResult()
        self.tiles: dict[CheckState, FigureTile] = {
            "open": FigureTile("clock", Tone.GREY),
            "verified": FigureTile("circle-check", Tone.OK),
            "kept": FigureTile("ban", Tone.WARN),
        }
        self._chosen: CheckState = "open"
        self.list = LineList(_("Weapons of this list"))
        self.meter = Meter(name=_("Read or kept"))
        self._about = secondary("", wrap=True)
        self._all_done = secondary("", wrap=True)
        self.keep = Button(_("Keep back…"), icon="ban", hint="F2")
        self.reopen = Button(_("Take back"), icon="undo-2", hint="F3")
        self.certify = Button(_("Certify"), Kind.PRIMARY, "file-check", hint="F5")
        self.certificate = CertificateForm(model)
        self.dialog: ReasonDialog | None = None
        self._made: dict[WeaponId, tuple[Check, LiveLine]] = {}
        self._commands = ScanCommands(
            self.result, {"undo": model.undo, "close": self._certify_by_scanner}
        )
        self._steps = QStackedLayout(self)
        self._steps.addWidget(self._reading())
        self._steps.addWidget(self.certificate)
        self._connect()

    @property
    def is_certifying(self) -> bool:
        """Say whether the certificate is being told."""
        return self._steps.currentIndex() == 1

    def begin(self) -> None:
        """Put the cursor where the work goes on."""
        if self.is_certifying:
            self.certificate.begin()
        else:
            self.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on_or_sign(self) -> None:
        """F5: to the certificate, and from there to the signatures."""
        if self.is_certifying:
            self.certificate.check()
        elif self.certify.isEnabled():
            self.certificate.fill()
            self._steps.setCurrentIndex(1)
            self.begin()

    def go_back(self) -> None:
        """Esc: from the certificate to the readings, from there to the board."""
        if self.is_certifying:
            self._steps.setCurrentIndex(0)
            self.begin()
        else:
            self.closed.emit()

    def ask_keep(self) -> None:
        """Ask why the weapon under the cursor, or the one read last, is not destroyed."""
        check = self._pointed()
        if check is None or self.is_certifying or check.state == "kept":
            return
        named = _("{weapon} stays where it is and stands on the certificate as kept.")
        self.dialog = ReasonDialog(
            _("Keep it from destruction"),
            named.format(weapon=isolated(self._name(check.weapon))),
            _("Keep back"), self, danger=False,
        )  # fmt: skip
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.decided.connect(lambda reason: self.model.keep([check.weapon], reason))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def take_back(self) -> None:
        """Take back that the weapon under the cursor was read or is kept."""
        check = self._pointed()
        if check is not None and not self.is_certifying and check.state != "open":
            self.model.reopen([check.weapon])

    def refuse(self, error: StockpileError) -> None:
        """Show why it cannot be done: on the certificate where it is told, else in the banner."""
        if self.is_certifying and self.certificate.refuse(error):
            return
        self._steps.setCurrentIndex(0)
        sentence = wording.error_sentence(error)
        self.result.show_result(Result(Outcome.REFUSED, _("Not done"), "", sentence))
        self.begin()

    # --- how it stands --------------------------------------------------------------------------

    def _reading(self) -> QWidget:
        tiles = row(*(Share(one) for one in self.tiles.values()), gap=Space.S)
        head = row(Share(self._about), self.keep, self.reopen, self.certify, gap=Space.S)
        keys = row(
            Shortcut("F5", _("certify")), Shortcut("F2", _("keep back")),
            Shortcut("F3", _("take back")), Shortcut("Ctrl+Z", _("take the last one back")),
            gap=Space.L,
        )  # fmt: skip
        keys.addStretch(1)
        card = Card(column(self._all_done, Share(self.list), gap=Space.S))
        return boxed(
            column(boxed(head), self.scan, self.result, self.meter, boxed(tiles), Share(card),
                   boxed(keys), gap=Space.M)
        )  # fmt: skip

    def _connect(self) -> None:
        model = self.model
        model.opened.connect(self._open)
        model.heard.connect(self._hear)
        model.changed.connect(self._tally)
        model.working.connect(self._wait)
        self.scan.submitted.connect(self._submit)
        self.result.answered.connect(self._answer)
        self.keep.clicked.connect(self.ask_keep)
        self.reopen.clicked.connect(self.take_back)
        self.certify.clicked.connect(self.go_on_or_sign)
        self.certificate.sign_wanted.connect(self.sign_wanted)
        self.certificate.closed.connect(self.go_back)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._allow())
        for name, tile in self.tiles.items():
            tile.clicked.connect(lambda _on=False, chosen=name: self._choose(chosen))

    def _open(self, site: Site) -> None:
        said = site.stands.ordered
        self._made = {}
        before = self._about.text()
        self._about.setText(
            joined(isolated(said.number), isolated(said.where), isolated(said.authority))
        )
        if self._about.text() != before or self.result.result is None:
            self._steps.setCurrentIndex(0)
            self._chosen = "open"
            first = _("Each weapon immediately before it is destroyed, in any order.")
            self.result.show_result(
                Result(Outcome.WAITING, _("Read the first weapon"), "", first), silent=True
            )
        self._tally()

    def _submit(self) -> None:
        text = self.scan.text()
        self.scan.set_text("")
        if not self._commands.took(text):
            self.model.read(text)

    def _certify_by_scanner(self) -> bool:
        """Go on to the certificate, where the account comes out already."""
        may = self.certify.isEnabled()
        self.go_on_or_sign()
        return may

    def _answer(self, name: str) -> None:
        if name == _KEEP:
            self.ask_keep()
        elif name == _REOPEN:
            self.take_back()

    def _wait(self, busy: bool) -> None:
        """Show that thousands of ends are being written; nothing else is done meanwhile."""
        self.certificate.sign.set_busy(busy)
        self.certificate.back.setEnabled(not busy)

    def _closed(self) -> None:
        self.dialog = None
        self.window().activateWindow()
        self.begin()

    # --- what is shown --------------------------------------------------------------------------

    def _hear(self, reading: Reading) -> None:
        site = self.model.site
        if site is None:
            return
        self.result.show_result(with_label(reading_result(reading, site), reading.scanned))
        if reading.check is not None:
            self._choose(reading.check.state)
            self._point_at(reading.check.weapon)

    def _point_at(self, weapon: WeaponId) -> None:
        for at, line in enumerate(self.list.lines):
            if line.key == weapon:
                self.list.setCurrentIndex(self.list.rows.index(at))
                return

    def _pointed(self) -> Check | None:
        key = self.list.current_key()
        return self.model.check(WeaponId(key)) if key else None

    def _name(self, weapon: WeaponId) -> str:
        line = self.model.site.lines.get(weapon) if self.model.site else None
        return (line.weapon.serial.text or line.weapon.tag or line.number) if line else weapon

    def _tally(self) -> None:
        site = self.model.site
        if site is None:
            return
        counts = {state: site.list.count(state) for state in self.tiles}
        words = {"open": _("still to read"), "verified": _("read"), "kept": _("kept back")}
        for state, tile in self.tiles.items():
            tile.show_figure(figure(counts[state]), words[state])
        whole = len(site.list.checks)
        self.meter.show_share((whole - counts["open"]) / whole if whole else 0.0)
        self.certify.setEnabled(
            not counts["open"] and bool(counts["verified"]) and self.model.may("destroy")
        )
        self._show_list()

    def _choose(self, state: CheckState) -> None:
        self._chosen = state
        self._show_list()

    def _show_list(self) -> None:
        for name, tile in self.tiles.items():
            tile.setChecked(name == self._chosen)
        site = self.model.site
        if site is None:
            return
        pairs = [(line, site.list.checks[weapon]) for weapon, line in site.lines.items()]
        shown = [(line, check) for line, check in pairs if check.state == self._chosen]
        if self._chosen != "open":  # the last one first: it is the one that lies before you
            shown.sort(key=lambda pair: pair[1].order, reverse=True)
        self.list.show_lines([self._line(check) for _line, check in shown])
        self._all_done.setText(_nothing(self._chosen, len(site.list.checks)))
        self._all_done.setVisible(not shown)
        self._allow()

    def _allow(self) -> None:
        check = self._pointed()
        self.keep.setEnabled(check is not None and check.state != "kept")
        self.reopen.setEnabled(check is not None and check.state != "open")

    def _line(self, check: Check) -> LiveLine:
        """Return the line of a weapon; of thousands, one changes at each reading."""
        held = self._made.get(check.weapon)
        if held is None or held[0] is not check:
            held = self._made[check.weapon] = (check, self._made_line(check))
        return held[1]

    def _made_line(self, check: Check) -> LiveLine:
        site = self.model.site
        assert site is not None
        line = site.lines[check.weapon]
        icon, ink = _SIGNS[check.state]
        beneath = joined(
            isolated(line.weapon.model or line.weapon.make), isolated(line.place),
            isolated(check.reason) or line.remark,
        )  # fmt: skip
        at_end = _("moved: read it again") if check.moved else ""
        return LiveLine(check.weapon, self._name(check.weapon), beneath, at_end, icon, ink)


def _nothing(state: CheckState, whole: int) -> str:
    if state == "open":
        said = ngettext(
            "{count} weapon is read or kept. Certify it (F5).",
            "All {count} weapons are read or kept. Certify (F5).",
            whole,
        )
        return said.format(count=figure(whole))
    if state == "verified":
        return _("Nothing is read yet.")
    return _("Nothing is kept back.")


def reading_result(reading: Reading, site: Site) -> Result:
    """Return what a reading came to, for the banner."""
    title, sentence = reading_words(reading, site.stands)
    weapon = reading.scanned.weapon
    name = (weapon.serial.text if weapon else "") or reading.scanned.text
    keep = (Answer(_KEEP, _("Keep back…"), "ban", "F2"),)
    if reading.outcome == "verified" and reading.scanned.alarm:
        said = _(
            "A weapon with such a serial is looked for. Compare make and marks before it goes."
        )
        return Result(Outcome.ALARM, title, name, said, keep)
    answers: tuple[Answer, ...] = ()
    if reading.outcome in _TO_KEEP and reading.check:
        answers = keep
    elif reading.outcome == "kept":
        answers = (Answer(_REOPEN, _("Read it after all"), "undo-2", "F3"),)
    return Result(_OUTCOMES[reading.outcome], title, name, sentence, answers)


def certification_words(said: Certification, count: int) -> str:
    """Return what two officers sign for."""
    words = ngettext(
        "{count} weapon is destroyed for good and leaves the account.",
        "{count} weapons are destroyed for good and leave the account.",
        count,
    )
    return joined(words.format(count=figure(count)), isolated(said.where), isolated(said.on))
