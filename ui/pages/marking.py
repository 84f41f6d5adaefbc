# ruff: noqa: N802 — Qt names what is overridden
"""The marking station: scan a weapon, mark it, scan its new mark; what is in doubt comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.marking import Settlement, Sight
from stockpile.domain.places import Place
from stockpile.language import _, ngettext
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.counting_words import figure
from ui.pages.in_front import AsksInFront
from ui.pages.marking_banners import (
    STEPS,
    LowNumbers,
    NoMachine,
    Unheard,
    key_hints,
    mark_label,
    no_right,
    waiting,
)
from ui.pages.marking_hero import MarkingHero
from ui.pages.marking_jobs import MarkingJobs
from ui.pages.marking_order import OrderCard, order_words
from ui.pages.marking_order_dialogs import AsideDialog, NewOrderDialog, OrdersDialog, end_dialog
from ui.pages.marking_result import MarkingResult
from ui.pages.marking_settle import SettleDialog, Typing, has_words, picture_dialog
from ui.pages.marking_setup import Chosen, SetupDialog
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.scan_page import ScanPage
from ui.session import Session
from ui.theme import Ink, Space, Text
from ui.view_models.marking import MarkingModel, Settled
from ui.view_models.marking_bench import Bench
from ui.view_models.marking_order import OrderModel
from ui.view_models.marking_state import MAY_START, READS, TO_SETTLE, Stage, State
from ui.view_models.serial_scanner import SerialScannerModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button
from ui.widgets.field import Field, ScanField
from ui.widgets.field import State as FieldState
from ui.widgets.photo_strip import taken_from
from ui.widgets.stepper import Stepper
from ui.widgets.text import ShortLabel, page_title

_STRAY: Final = 300
"""Milliseconds after a scan in which a further Enter is the scanner's own and starts nothing."""
_ASIDE: Final = 292
_LOW: Final = 640
"""A page lower than this, in pixels, leaves out the steps and, after the start, the drawing."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MarkingPage(ScanPage, AsksInFront):
    """Three steps for one weapon, with the order in hand and the jobs beside them."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.orders = OrderModel(desk, session, notices)
        self.model = MarkingModel(desk, session, notices, self.orders)
        self.scanner = SerialScannerModel(desk, session, notices)
        self._typing, self._unseen = Typing(), False
        self._since_scan, self._is_low = QElapsedTimer(), False
        self._about = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self._to_settle = Button("", icon="triangle-alert")
        self._orders_button = Button(_("Orders"), icon="list-checks", hint="F9")
        self._no_right = no_right()
        self._low = LowNumbers()
        self._unheard = Unheard()
        self._no_machine = NoMachine(self.head(_("Marking")))
        self._steps = Stepper([_("Scan weapon"), _("Mark it"), _("Scan the new mark")])
        self._weapon = ScanField(_("Scan or type the weapon"))
        self._mark = ScanField(_("Scan the mark you just made"))
        self._waiting = waiting()
        self._hero = MarkingHero()
        self._result = MarkingResult()
        self._jobs = MarkingJobs()
        self._order = OrderCard()
        self._pedal = QShortcut(self)
        self._faces = QStackedLayout(self)
        beside = column(self._order, self._jobs, gap=Space.M)
        self._faces.addWidget(WithAside(self._bench_face(), boxed(beside), width=_ASIDE))
        self._faces.addWidget(self._no_machine)
        self.setAcceptDrops(True)
        self._connect()
        self._add_keys()
        self._show(self.model.state)
        self._show_order()
        self.model.start()
        self.orders.start()

    def entered(self, argument: str) -> None:
        """Start with a weapon, or where the station was left."""
        self.model.start()
        self.orders.start()
        self._jobs.show_practice(shown=self.model.is_practice)
        self.scanner.start()
        if argument:
            self.model.bring(argument)
        self._focus()

    def left(self) -> None:
        """Let go of the scanner: another page may want it."""
        self.scanner.stop()

    def scan_field(self) -> Field:
        """Return the field of this step."""
        return self._mark if self._mark.isVisible() else self._weapon

    # --- how it stands ----------------------------------------------------------------------

    def _bench_face(self) -> QWidget:
        head = boxed(
            row(
                Share(column(page_title(_("Marking")), self._about, gap=2)),
                self._to_settle, self._orders_button,
            )
        )  # fmt: skip
        inner = column(
            self._no_right, self._low, self._steps, self._weapon, self._mark, self._waiting,
            self._hero, self._result, STRETCH, gap=Space.M,
        )  # fmt: skip
        self._area = scrolled(boxed(inner))
        return boxed(column(head, self._unheard, Share(self._area), key_hints(), gap=Space.M))

    def _connect(self) -> None:
        model, orders = self.model, self.orders
        model.changed.connect(self._show)
        model.bench_changed.connect(self._show_bench)
        model.previewed.connect(self._hero.show_preview)
        model.unnamed.connect(self._say_unnamed)
        model.refused.connect(self._say_refused)
        orders.changed.connect(self._show_order)
        orders.refused.connect(self._say_refused)
        self.scanner.heard.connect(self._hear)
        self.scanner.changed.connect(lambda: self._unheard.show_error(self.scanner.error))
        self._unheard.again.clicked.connect(self.scanner.again)
        self._no_machine.set_up.clicked.connect(lambda: self.go.emit("settings", "machines"))
        self._weapon.submitted.connect(self._bring)
        self._weapon.edited.connect(lambda: self._weapon.show_state(FieldState.PLAIN))
        self._mark.submitted.connect(self._read_back)
        self._mark.edit.installEventFilter(self)
        self._mark.edited.connect(self._follow_typing)
        self._hero.mark_pressed.connect(self._start)
        self._hero.setup_pressed.connect(self._ask_setup)
        self._result.unread_pressed.connect(self._unread)
        self._result.picture_pressed.connect(self._pick_picture)
        self._result.next_pressed.connect(self._next)
        self._result.settle_pressed.connect(self._ask_settle)
        self._result.anyway_pressed.connect(self._anyway)
        self._jobs.wanted.connect(model.bring)
        self._jobs.page_wanted.connect(lambda page: self.go.emit(page, ""))
        self._order.wanted.connect(model.bring)
        self._order.aside_pressed.connect(self._ask_aside)
        self._order.pause_pressed.connect(orders.pause)
        self._to_settle.clicked.connect(self._bring_doubt)
        self._orders_button.clicked.connect(self._ask_orders)
        self._low.button.clicked.connect(self._want_numbers)
        self._session.settings_changed.connect(self._show_pedal)

    def _add_keys(self) -> None:
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F5", self._start), ("F2", self._unread), ("F3", self._pick_picture),
            ("F4", self._next), ("F6", self._ask_setup), ("F7", self._ask_aside),
            ("F8", self._anyway), ("F9", self._ask_orders), ("F10", self.orders.pause),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)
        self._pedal.activated.connect(self._start)
        self._show_pedal()

    def _show_pedal(self) -> None:
        self._pedal.setKey(QKeySequence(self._session.settings.pedal))

    # --- what is done -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start on Enter, as a pedal sends it; all else goes to the scan field."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        if event.key() in _ENTER and not self.scan_field().text():
            self._start_by_pedal()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field of the mark, paste of a picture reads it; a text is pasted as ever."""
        if watched is self._mark.edit and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.matches(QKeySequence.StandardKey.Paste) and not has_words() and self.paste():
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what a low window has no room for."""
        super().resizeEvent(event)
        was, self._is_low = self._is_low, self.height() < _LOW
        if was != self._is_low:
            self._steps.setVisible(not self._is_low)
            self._show_hero(self.model.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a picture of the mark, while one is waited for."""
        if self.model.state.stage in READS and taken_from(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the mark off a picture that was dropped."""
        for picture in taken_from(event.mimeData())[:1]:
            event.acceptProposedAction()
            self.model.read_picture(picture)

    def _bring(self) -> None:
        self._weapon.show_state(FieldState.PLAIN)
        if self._weapon.text().strip():
            self._since_scan.start()
            self.model.bring(self._weapon.text())
        else:
            self._start_by_pedal()

    def _start_by_pedal(self) -> None:
        """Start on Enter; one that follows a scan at once is the scanner's line feed."""
        if not self._since_scan.isValid() or self._since_scan.elapsed() > _STRAY:
            self._start()

    def _start(self) -> None:
        self.model.mark()

    def _want_numbers(self) -> None:
        """Ask for numbers, and go to where the registry is talked to."""
        self.model.ask_numbers()
        self.go.emit("sync", "")

    def _bring_doubt(self) -> None:
        for line in self.model.bench.to_settle[:1]:
            self.model.bring(line.job.weapon)

    def _hear(self, text: str) -> None:
        """Take what a scanner on its own port read, wherever the cursor stands."""
        stage = self.model.state.stage
        if isinstance(self.dialog, SettleDialog):
            self.dialog.hear(text)
        elif self.dialog is None and stage in READS:
            self._take_read(text, "scan")
        elif self.dialog is None and self._weapon.isVisible():
            self._weapon.set_text(text)
            self._bring()
        else:
            said = _("The scan was not taken: finish what is on the screen first.")
            self.toast.emit(said, "", None)

    def _read_back(self) -> None:
        text = self._mark.text().strip()
        if text:
            blind = self.model.state.stage is Stage.BLIND
            self._take_read(text, "typed" if blind else self._typing.sight(text))

    def _take_read(self, text: str, how: Sight) -> None:
        self._since_scan.start()
        self.model.read_back(text, how)
        self._mark.set_text("")
        self._typing.follow("")

    def _follow_typing(self, text: str) -> None:
        """Hide the mark from whoever types it: typed is what is on the metal."""
        self._typing.follow(text)
        unseen = len(text) > 1 and self._typing.sight(text) == "typed"
        if unseen and not self._unseen:
            self._unseen = True
            self._show_hero(self.model.state)

    def _unread(self) -> None:
        self.model.unreadable()

    def _next(self) -> None:
        self._weapon.set_text("")
        self.model.clear()

    def _anyway(self) -> None:
        self.model.mark_outside()
        self.model.bring_back()

    def _pick_picture(self) -> None:
        if self.model.state.stage in READS:
            self.ask_in_front(picture_dialog(self, self.model.read_picture))

    def paste(self) -> bool:
        """Read the mark off a picture on the clipboard; return whether one lay there."""
        if self.model.state.stage not in READS:
            return False
        pictures = taken_from(QGuiApplication.clipboard().mimeData())[:1]
        for picture in pictures:
            self.model.read_picture(picture)
        return bool(pictures)

    # --- what is asked ----------------------------------------------------------------------

    def _ask_settle(self, outcome: Settlement) -> None:
        dialog = SettleDialog(outcome, self.model.state.text, self)
        dialog.decided.connect(self._settle)
        self.ask_in_front(dialog)

    def _settle(self, said: Settled) -> None:
        if not said.needs_two:
            self.model.settle(said)
            return
        wanted = (Wanted(_("Second officer who has read it")),)
        pins = PinsDialog(
            self._desk, self._session, wanted, self,
            title=_("A second pair of eyes"),
            sentence=_("What was read by eye and not by a scanner or from a photo, two sign for."),
        )  # fmt: skip
        pins.signed.connect(lambda signed: self.model.settle(said, signed[0]))
        self.ask_in_front(pins)

    def _ask_setup(self) -> None:
        model = self.model
        if model.state.stage is Stage.MARKING or not model.bench.machines:
            return
        now = Chosen(model.machine, model.setup, self._session.settings.pedal)
        ordered = self.orders.order is not None
        bench = model.bench
        dialog = SetupDialog(bench.machines, bench.schemes, now, self, ordered=ordered)
        dialog.decided.connect(lambda one: model.set_up(one.machine, one.setup, one.pedal))
        self.ask_in_front(dialog)

    def _ask_aside(self) -> None:
        state, in_hand = self.model.state, self.orders.in_hand
        if in_hand is None or not self.orders.may_order or state.stage is Stage.MARKING:
            return
        weapon = state.weapon.id if state.weapon else in_hand.state.next_weapon()
        line = in_hand.state.line(weapon) if weapon else None
        if weapon is None or line is None or line.state != "waiting":
            return
        row_ = in_hand.row(weapon)
        dialog = AsideDialog((row_.serial or row_.number) if row_ else weapon, self)

        def aside(why: str, problem: bool) -> None:
            self.orders.set_aside(weapon, why, problem=problem)
            self._next()

        dialog.decided.connect(aside)
        self.ask_in_front(dialog)

    def _ask_orders(self) -> None:
        dialog = OrdersDialog(self.orders, self)
        dialog.taken.connect(self.orders.take)
        dialog.down_wanted.connect(self.orders.put_down)
        dialog.close_wanted.connect(self._ask_end)
        dialog.new_wanted.connect(self._ask_new)
        self.ask_in_front(dialog)

    def _ask_new(self) -> None:
        self._desk.ask(self, self._session.stockpile.places.all, self._ask_new_among)

    def _ask_new_among(self, places: tuple[Place, ...]) -> None:
        model = self.model
        dialog = NewOrderDialog(
            self.orders, model.bench.schemes, model.setup, places, self, machine=model.machine
        )
        dialog.decided.connect(self.orders.open)
        self.ask_in_front(dialog)

    def _ask_end(self) -> None:
        in_hand = self.orders.in_hand
        if in_hand is not None:
            name, left = in_hand.state.order.name, in_hand.state.left
            self.ask_in_front(end_dialog(name, left, self, self.orders.close))

    def come_back(self) -> None:
        """Bring the cursor back to what is scanned next."""
        self._focus()

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, state: State) -> None:
        self._unseen = state.stage is Stage.BLIND
        self._typing.follow("")
        self._weapon.show_state(FieldState.PLAIN)
        if state.stage is not Stage.SCAN:
            self._weapon.set_text("")
        self._no_right.setVisible(not self.model.may_mark)
        self._steps.show_step(STEPS[state.stage])
        reads = state.stage in READS
        self._weapon.setVisible(state.stage not in READS | TO_SETTLE | {Stage.MARKING})
        self._mark.setVisible(reads)
        self._mark.name(mark_label(state.stage))
        self._waiting.setVisible(state.stage is Stage.SCAN)
        self._show_hero(state)
        self._result.show_state(state)
        self._show_open(self.model.bench)
        self._show_acts()
        self._focus()
        self._area.ensureWidgetVisible(self._result)
        self._say_cannot(state)

    def _show_hero(self, state: State) -> None:
        self._hero.show_state(
            state,
            may_mark=self.model.may_mark,
            hidden=self._unseen and state.stage in READS,
            drawn=not self._is_low or state.stage in MAY_START,
        )

    def _say_cannot(self, state: State) -> None:
        """Say under the field why the weapon can have no next mark."""
        if state.cannot is not None and self._weapon.isVisible():
            self._weapon.show_state(FieldState.BAD, wording.error_sentence(state.cannot))

    def _show_bench(self, bench: Bench) -> None:
        self._faces.setCurrentIndex(0 if bench.machines else 1)
        self._hero.show_plan(self.model.plan, bench)
        self._show_low(bench)
        self._show_open(bench)
        self._show_hero(self.model.state)

    def _show_open(self, bench: Bench) -> None:
        """Show what is to be settled; the mark that is being read, or was just now, is not."""
        state = self.model.state
        reading = state.job if state.stage in READS | {Stage.VERIFIED} else None
        waiting = tuple(one for one in bench.to_settle if one.job.job != reading)
        self._jobs.show_bench(replace(bench, to_settle=waiting))
        count = len(waiting)
        self._to_settle.setText(
            ngettext("{count} to settle", "{count} to settle", count).format(count=figure(count))
        )
        self._to_settle.setVisible(bool(count))
        self.counted.emit(str(count) if count else "")

    def _show_low(self, bench: Bench) -> None:
        self._low.setVisible(bench.is_low)
        if bench.is_low:
            self._low.say_left(bench.left)

    def _show_order(self) -> None:
        in_hand = self.orders.in_hand
        self._order.setVisible(in_hand is not None)
        self._jobs.show_last(shown=in_hand is None)
        if in_hand is None:
            self._about.setText(_("One weapon, one mark; nothing is marked twice."))
        else:
            self._about.setText(order_words(in_hand))
            self._order.show_order(in_hand)
        self.model.order_changed()
        self._show_acts()

    def _show_acts(self) -> None:
        marking = self.model.state.stage is Stage.MARKING
        may = self.orders.may_order and not marking
        self._order.show_at_bench(may_set_aside=may, may_pause=may)
        self._hero.show_plan(self.model.plan, self.model.bench)

    def _say_unnamed(self, error: StockpileError) -> None:
        self._weapon.show_state(FieldState.BAD, wording.error_sentence(error))
        self._weapon.edit.selectAll()

    def _say_refused(self, error: StockpileError) -> None:
        self.toast.emit(wording.error_sentence(error), "", None)

    def _focus(self) -> None:
        """Put the cursor where the next scan or the next key belongs."""
        if not self.isVisible() or self.dialog is not None:
            return
        stage = self.model.state.stage
        target: QWidget = self._weapon
        if stage in READS:
            target = self._mark
        elif stage in TO_SETTLE:
            target = self._result.settle_buttons["marked"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
