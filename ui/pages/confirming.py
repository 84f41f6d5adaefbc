"""To confirm: what one officer signed and a second has yet to, and entries without right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.language import _, figure, isolated, ngettext
from stockpile.services.people import SignedIn
from stockpile.services.signing import Later
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.confirming_detail import ConfirmingDetail
from ui.pages.in_front import AsksInFront
from ui.pages.page import Page
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.weapon_dialogs import ReasonDialog
from ui.session import Session
from ui.sounds import Sound, play
from ui.theme import Ink, Space
from ui.view_models.confirming import ConfirmingModel, Waiting
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine

_LIST, _DETAIL = 2, 3  # of five shares of the width


class ConfirmingPage(Page, AsksInFront):
    """The list, the one in hand in full beside it; F5 confirms, F4 refuses."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = ConfirmingModel(desk, session, notices)
        self._desk, self._session = desk, session
        self._all: tuple[Waiting, ...] = ()
        self._wanted = ""
        self._back = Button(_("Today"), icon="layout-dashboard", hint="Esc")
        self.list = LineList(_("To confirm"), beside=True)
        self.detail = ConfirmingDetail()
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._nothing())
        self._faces.addWidget(self._open_face())
        self._listen()

    def entered(self, argument: str) -> None:
        """Show what waits; one act or entry, by its id, or what is about a weapon, first."""
        self._wanted = argument
        self.model.watch(watched=True)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Be put away: what is recorded is not followed any more."""
        self.model.watch(watched=False)

    def reseated(self) -> None:
        """Show what the officer who took over may decide."""
        self.model.start()

    # --- how it is laid out -------------------------------------------------------------------

    def _open_face(self) -> QWidget:
        head = self.head(
            _("To confirm"), _("Look at every value, then confirm with your own PIN."), self._back
        )
        both = boxed(
            row(Share(self.list, _LIST), rule(upright=True), Share(self.detail, _DETAIL),
                gap=Space.L)
        )  # fmt: skip
        hints = boxed(
            row(
                Shortcut("F5", _("confirm")), Shortcut("F4", _("refuse")),
                Shortcut("F6", _("open the weapon")), STRETCH, gap=Space.L,
            )
        )  # fmt: skip
        return boxed(column(head, Share(both), hints, gap=Space.M))

    def _nothing(self) -> QWidget:
        today = Button(_("To today"), icon="layout-dashboard")
        today.clicked.connect(self._go_back)
        face = EmptyState(
            "circle-check",
            _("Nothing waits for a second officer"),
            _("What one officer signs and a second is to confirm later is kept here until then."),
            today,
        )
        return boxed(column(self.head(_("To confirm")), Share(face)))

    def _listen(self) -> None:
        model, detail = self.model, self.detail
        model.came.connect(self._show)
        model.settled.connect(self._say_settled)
        model.refused.connect(self._say_refused)
        model.printed.connect(self._say_printed)
        self.list.selectionModel().currentChanged.connect(lambda *_at: self._show_one())
        self.list.opened.connect(lambda _key: detail.focus())
        self._back.clicked.connect(self._go_back)
        detail.confirm_wanted.connect(self._ask_confirm)
        detail.refuse_wanted.connect(self._ask_refuse)
        detail.weapon_wanted.connect(lambda weapon: self.go.emit("weapon", weapon))
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F5", detail.confirm.click), ("F4", detail.refuse.click),
            ("F6", detail.weapon.click), ("Esc", self._go_back),
        )  # fmt: skip
        for key, does in keys:
            on_key(self, key, does)

    # --- what the person does ---------------------------------------------------------------

    def _ask_confirm(self) -> None:
        """Ask for the PIN of whoever confirms; of two for an entry without right."""
        one = self._one
        if one is None:
            return
        if one.kind == "entry":
            self._ask_judge(one, accepted=True)
            return
        wanted = Wanted(_("Second officer"), own=not one.is_own)
        pins = PinsDialog(
            self._desk, self._session, [wanted], self,
            title=_("Confirm as the second officer"), what=one.what,
            sentence=_("Signed first by {name}.").format(name=isolated(one.by)),
            action=_("Confirm"),
        )  # fmt: skip
        pins.signed.connect(lambda opened: self._confirm(one, opened))
        self.ask_in_front(pins)

    def _confirm(self, one: Waiting, opened: tuple[object, ...]) -> None:
        second = opened[0]
        assert isinstance(second, SignedIn)
        self.model.confirm(one, second)

    def _ask_refuse(self) -> None:
        one = self._one
        if one is None:
            return
        if one.kind == "entry":
            self._ask_judge(one, accepted=False)
            return
        title = _("Take it back") if one.is_own else _("Refuse it")
        said = _("Nothing of it happens. It stays on record that it was signed, and why not done.")
        dialog = ReasonDialog(title, said, title, self)
        dialog.decided.connect(lambda reason: self.model.refuse(one, reason))
        self.ask_in_front(dialog)

    def _ask_judge(self, one: Waiting, *, accepted: bool) -> None:
        said = _follows(one, accepted=accepted)
        title = _judging(one, accepted=accepted)
        dialog = ReasonDialog(title, said, _("Go on to sign"), self, danger=accepted)
        dialog.decided.connect(lambda reason: self._ask_two(one, reason, accepted=accepted))
        self.ask_in_front(dialog)

    def _ask_two(self, one: Waiting, reason: str, *, accepted: bool) -> None:
        pins = PinsDialog(
            self._desk, self._session,
            [Wanted(_("Officer"), own=True), Wanted(_("Second officer"))], self,
            title=_judging(one, accepted=accepted),
            sentence=_("Two officers decide. {reason}").format(reason=reason),
            what=one.what, later=True,
        )  # fmt: skip

        def signed(opened: tuple[object, ...]) -> None:
            by, second = opened
            assert isinstance(by, SignedIn)
            assert isinstance(second, SignedIn)
            self.model.judge(one, reason, accepted=accepted, by=by, second=second)

        def later(why: str) -> None:
            by = self._session.officer
            self.model.judge(one, reason, accepted=accepted, by=by, second=Later(why))

        pins.signed.connect(signed)
        pins.later.connect(later)
        self.ask_in_front(pins)

    def come_back(self) -> None:
        """Bring the cursor back to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        self.go.emit("today", "")

    # --- what is shown ----------------------------------------------------------------------

    @property
    def _one(self) -> Waiting | None:
        key = self.list.current_key()
        return next((one for one in self._all if one.key == key), None)

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        chosen = self._wanted or self.list.current_key()
        self._all = waiting
        self._faces.setCurrentIndex(1 if waiting else 0)
        self.list.show_lines([_line(one) for one in waiting])
        at = next((n for n, one in enumerate(waiting) if chosen and chosen in _names(one)), 0)
        if waiting:
            self.list.setCurrentIndex(self.list.rows.index(at))
        self._wanted = ""
        self.counted.emit(str(len(waiting)) if waiting else "")
        self._show_one()

    def _show_one(self) -> None:
        one = self._one
        if one is not None:
            may = self.model.may("judge_entry" if one.kind == "entry" else "confirm")
            self.detail.show_one(one, may=may)

    def _say_settled(self, how: str) -> None:
        play(Sound.GOOD)
        self.toast.emit(_said(how), "", None)

    def _say_printed(self, file: Path) -> None:
        where = isolated(f"{file.parent.name}/{file.name}")
        said = _("Confirmed: now it is done. Its paper lies in {file}.").format(file=where)
        url = QUrl.fromLocalFile(str(file))
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))

    def _say_refused(self, error: StockpileError) -> None:
        play(Sound.REFUSED)
        self.toast.emit(wording.error_sentence(error), "", None)


def _judging(one: Waiting, *, accepted: bool) -> str:
    """Return what two officers are about to decide of an entry, or of several at once."""
    count = one.entries
    words = (
        ngettext("Accept the entry after all", "Accept the {count} entries after all", count)
        if accepted
        else ngettext("Do not accept the entry", "Do not accept the {count} entries", count)
    )
    return words.format(count=figure(count))


def _follows(one: Waiting, *, accepted: bool) -> str:
    if accepted:
        return ngettext(
            "It counts from then on as if it had always been good, on every node.",
            "They count from then on as if they had always been good, on every node.",
            one.entries,
        )
    return ngettext(
        "It stays in its chain as evidence, and nothing follows from it.",
        "They stay in their chain as evidence, and nothing follows from them.",
        one.entries,
    )


def _said(how: str) -> str:
    words = {
        "confirmed": _("Confirmed: now it is done."),
        "refused": _("Refused: nothing of it happens."),
        "withdrawn": _("Taken back: nothing of it happens."),
        "accepted": _("Accepted after all: it counts now."),
        "rejected": _("Not accepted: it stays evidence."),
        "later": _("Signed. It waits for a second officer to confirm it."),
    }
    return words[how]


def _names(one: Waiting) -> tuple[str, ...]:
    return one.key, one.weapon


def _line(one: Waiting) -> LiveLine:
    what = one.about or _("{name}, {moment}").format(
        name=isolated(one.by or _("nobody")), moment=one.at
    )
    if one.kind == "entry":
        return LiveLine(
            one.key, one.title, what, _("without right"), "shield-alert", Ink.BAD, plain=True
        )
    if one.is_stale:
        return LiveLine(
            one.key, one.title, what, _("no longer as it was"), "triangle-alert", Ink.WARN,
            plain=True,
        )  # fmt: skip
    at_end = _("signed by you") if one.is_own else ""
    return LiveLine(one.key, one.title, what, at_end, "signature", Ink.ACCENT, plain=True)
