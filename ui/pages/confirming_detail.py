"""One thing to decide: who signed it, when and why, and every value before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from stockpile.language import _, figure, isolated, ngettext
from stockpile.plan_words import PlanLine
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.confirming import Waiting
from ui.widgets.arrange import STRETCH, Share, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import Label, card_title, secondary

_LIST = 150  # pixels: three facts are in sight, more scroll


class ConfirmingDetail(QWidget):
    """The panel beside the list.

    Signals:
        confirm_wanted: confirm it, or accept the entry.
        refuse_wanted: refuse it, take it back, or do not accept the entry.
        weapon_wanted: look at the weapon: its id.
    """

    confirm_wanted = Signal()
    refuse_wanted = Signal()
    weapon_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: Waiting | None = None
        self.title = Label("", Text.CARD_TITLE, wrap=True)
        self.who = secondary("", wrap=True)
        self.reason = Label("", Text.BODY, wrap=True)
        self.banner = Banner("", "", "", Tone.WARN)
        self._count = card_title("")
        self._more = secondary("", wrap=True)
        self.lines = LineList(_("What it writes"))
        self.lines.setFixedHeight(_LIST)
        self.about = Label("", Text.STRONG, wrap=True)
        self.sentence = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        self.changes = DetailList()
        self.weapon = Button(_("Open record"), icon="scan-barcode", hint="F6")
        self.refuse = Button(_("Refuse"), icon="x", hint="F4")
        self.confirm = Button(_("Confirm"), Kind.PRIMARY, "user-check", hint="F5")
        self._lay_out()
        self.weapon.clicked.connect(self._open)
        self.refuse.clicked.connect(self.refuse_wanted)
        self.confirm.clicked.connect(self.confirm_wanted)
        self.lines.selectionModel().currentChanged.connect(lambda *_at: self._show_line())

    def show_one(self, one: Waiting, *, may: bool) -> None:
        """Show something to decide; ``may`` says whether whoever sits here may."""
        self._one = one
        self.title.setText(one.title)
        self.who.setText(_signed(one))
        self.reason.setText(_("Why: {reason}").format(reason=one.reason) if one.reason else "")
        self.reason.setVisible(bool(one.reason))
        self._show_banner(one, may=may)
        self._count.setText(_written(one))
        self._more.setText(_later(one))
        self._more.setVisible(bool(one.more))
        self.lines.setVisible(len(one.lines) > 1)
        self.lines.show_lines([_line(at, line) for at, line in enumerate(one.lines)])
        if one.lines:
            self.lines.setCurrentIndex(self.lines.rows.index(0))
        self._show_line()
        self.weapon.setVisible(bool(one.weapon))
        self._show_buttons(one, may=may)

    def focus(self) -> None:
        """Put the cursor where deciding goes on."""
        buttons = (self.confirm, self.refuse, self.weapon)
        target = next((one for one in buttons if one.isEnabled() and not one.isHidden()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Say whether somebody works in here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        whole = QWidget()
        whole.setLayout(
            column(
                self.title, self.who, self.reason, self.banner, self._count, self._more,
                self.lines, self.about, self.sentence, self.changes, STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        foot = row(self.weapon, STRETCH, self.refuse, self.confirm)
        self.setLayout(column(Share(scrolled(whole)), foot, gap=Space.M))

    def _show_banner(self, one: Waiting, *, may: bool) -> None:
        said = _against(one, may=may)
        self.banner.setVisible(bool(said))
        if said:
            self.banner.say("triangle-alert", *said, Tone.BAD if one.kind == "entry" else Tone.WARN)

    def _show_buttons(self, one: Waiting, *, may: bool) -> None:
        entry = one.kind == "entry"
        self.confirm.setText(_("Accept after all") if entry else _("Confirm"))
        self.refuse.setText(
            _("Do not accept") if entry else _("Take back") if one.is_own else _("Refuse")
        )
        self.confirm.setEnabled(may and not one.is_stale)
        self.refuse.setEnabled(may or one.is_own)
        why = "" if self.confirm.isEnabled() else " ".join(_against(one, may=may))
        for button in (self.confirm, self.refuse):
            button.setToolTip("" if button.isEnabled() else why)
            button.setAccessibleDescription("" if button.isEnabled() else why)

    def _show_line(self) -> None:
        line = self._line
        self.about.setText(line.about if line else "")
        self.about.setVisible(bool(line and line.about))
        self.sentence.setText(line.sentence if line else "")
        self.changes.show_details(_details(line) if line else [])

    @property
    def _line(self) -> PlanLine | None:
        key = self.lines.current_key()
        lines = self._one.lines if self._one else ()
        return next((one for at, one in enumerate(lines) if str(at) == key), None)

    def _open(self) -> None:
        if self._one is not None:
            self.weapon_wanted.emit(self._one.weapon)


def _signed(one: Waiting) -> str:
    said = _("Signed by {name}, {moment}") if one.kind == "act" else _("By {name}, {moment}")
    nobody = _("nobody")
    return said.format(name=isolated(one.by) if one.by else nobody, moment=one.at)


def _written(one: Waiting) -> str:
    if one.is_several:
        words = ngettext(
            "{count} entry is decided about as one", "{count} entries are decided about as one",
            one.entries,
        )  # fmt: skip
        return words.format(count=figure(one.entries))
    count = len(one.lines)
    words = ngettext("It writes {count} line", "It writes {count} lines", count)
    return words.format(count=figure(count))


def _later(one: Waiting) -> str:
    words = ngettext(
        "{count} more comes when these are decided about.",
        "{count} more come when these are decided about.",
        one.more,
    )
    return words.format(count=figure(one.more))


def _against(one: Waiting, *, may: bool) -> tuple[str, str] | tuple[()]:
    """Return what speaks against deciding, or what an entry lacks: a title and a sentence."""
    if one.kind == "entry":
        rest = ngettext(
            "Nothing follows from it until two officers decide. It stays evidence either way.",
            "Nothing follows from them until two officers decide. They stay evidence either way.",
            one.entries,
        )
        return one.note, rest
    if one.is_stale:
        return (
            _("Something changed since it was signed"),
            _("It can no longer be confirmed. Refuse it or take it back, and let it be done anew."),
        )
    if not may:
        return (
            _("Your role does not include confirming"),
            _("An officer whose role does confirms it, or refuses it with a reason."),
        )
    if one.is_own:
        return (
            _("You signed this yourself"),
            _("Another officer confirms it, here with their own PIN or when they sit down."),
        )
    return ()


def _line(at: int, line: PlanLine) -> LiveLine:
    return LiveLine(str(at), line.about, line.sentence, icon="circle-dot", plain=True)


def _details(line: PlanLine) -> list[Detail]:
    return [
        Detail(
            one.what,
            one.after or _("nothing"),
            note=_("before: {value}").format(value=one.before) if one.before else "",
        )
        for one in line.changes
    ]
