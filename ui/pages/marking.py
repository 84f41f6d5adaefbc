"""The marking bench: scan the weapon, mark it, scan the new mark; what is in doubt comes first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.marking import Settlement
from stockpile.language import _, isolated, ngettext
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.marking_hero import MarkingHero
from ui.pages.marking_jobs import MarkingJobs
from ui.pages.marking_result import MarkingResult
from ui.pages.scan_page import ScanPage
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.marking import TO_SETTLE, Bench, MarkingModel, Stage, State
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field, ScanField
from ui.widgets.field import State as FieldState
from ui.widgets.keycap import Shortcut
from ui.widgets.stepper import Stepper

_STEPS = {
    Stage.SCAN: 0,
    Stage.READY: 1,
    Stage.MARKING: 1,
    Stage.NOT_STARTED: 1,
    Stage.ELSEWHERE: 1,
    Stage.READ_BACK: 2,
    Stage.WRONG: 2,
    Stage.DOUBT: 2,
    Stage.VERIFIED: 3,
    Stage.BORNE: 3,
}


class MarkingPage(ScanPage):
    """Three steps for one weapon, and the jobs beside them."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = MarkingModel(desk, session, notices)
        self._session = session
        self._typing = False
        self._dialog: SettleDialog | None = None
        self._to_settle = Button("", icon="triangle-alert")
        self._no_right = _no_right()
        self._steps = Stepper([_("Scan weapon"), _("Mark"), _("Scan the new mark")])
        self._weapon = ScanField(_("Scan or type the weapon"))
        self._mark = ScanField(_("Scan the mark you just made"))
        self._waiting = _waiting()
        self._hero = MarkingHero()
        self._result = MarkingResult()
        self._jobs = MarkingJobs()
        self._faces = QStackedLayout(self)
        self._faces.addWidget(WithAside(self._bench_face(), self._jobs, width=292))
        self._faces.addWidget(self._no_machine())
        self._connect()
        self._add_keys()
        self._show(self.model.state)
        self.model.start()

    def entered(self, argument: str) -> None:
        """Start with a weapon, or where the bench was left."""
        self.model.start()
        if argument:
            self.model.bring(argument)
        self._focus()

    def scan_field(self) -> Field:
        """Return the field of this step."""
        return self._mark if self._mark.isVisible() else self._weapon

    # --- how it stands ----------------------------------------------------------------------

    def _bench_face(self) -> QWidget:
        head = self.head(
            _("Marking"), _("One weapon, one mark; nothing is marked twice."), self._to_settle
        )
        inner = column(
            self._no_right, self._steps, self._weapon, self._mark, self._waiting, self._hero,
            self._result, STRETCH, gap=14,
        )  # fmt: skip
        self._area = scrolled(boxed(inner))
        return boxed(column(head, Share(self._area), self._keys(), gap=14))

    def _keys(self) -> QWidget:
        hints = row(
            Shortcut("F5", _("mark")), Shortcut("F2", _("type the mark")),
            Shortcut("F4", _("next weapon")), STRETCH, gap=Space.L,
        )  # fmt: skip
        return boxed(hints)

    def _no_machine(self) -> QWidget:
        self._set_up = Button(_("Set up a machine"), Kind.PRIMARY, "plus")
        self._set_up.clicked.connect(lambda: self.go.emit("settings", "machines"))
        face = EmptyState(
            "stamp",
            _("No marking machine is set up"),
            _("Give the machine a name and its address once; after that weapons are marked here."),
            self._set_up,
        )
        return boxed(column(self.head(_("Marking")), Share(face)))

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.bench_changed.connect(self._show_bench)
        model.unnamed.connect(self._say_unnamed)
        model.refused.connect(self._say_refused)
        self._weapon.submitted.connect(self._bring)
        self._weapon.edited.connect(lambda: self._weapon.show_state(FieldState.PLAIN))
        self._mark.submitted.connect(self._read_back)
        self._hero.mark_pressed.connect(self._start)
        self._hero.machine_chosen.connect(model.choose)
        self._result.type_pressed.connect(self._type)
        self._result.next_pressed.connect(self._next)
        self._result.settle_pressed.connect(self._ask_reason)
        self._jobs.wanted.connect(model.bring)
        self._to_settle.clicked.connect(self._bring_doubt)

    def _add_keys(self) -> None:
        for keys, does in (("F5", self._start), ("F2", self._type), ("F4", self._next)):
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    # --- what is done -----------------------------------------------------------------------

    def _bring(self) -> None:
        self._weapon.show_state(FieldState.PLAIN)
        self.model.bring(self._weapon.text())

    def _bring_doubt(self) -> None:
        for line in self.model.bench.to_settle[:1]:
            self.model.bring(line.job.weapon)

    def _start(self) -> None:
        if self.model.may_mark and self.model.bench.next_text:
            self.model.mark(self._hero.machine.value())

    def _read_back(self) -> None:
        self.model.read_back(self._mark.text(), "typed" if self._typing else "scan")
        self._mark.set_text("")

    def _type(self) -> None:
        if self.model.state.stage is Stage.READ_BACK:
            self._typing = True
            self._show(self.model.state)

    def _next(self) -> None:
        self._weapon.set_text("")
        self.model.clear()

    def _ask_reason(self, outcome: Settlement) -> None:
        self._dialog = SettleDialog(outcome, self.model.state.text, self)
        self._dialog.accepted.connect(partial(self._settle, outcome))
        self._dialog.open()

    def _settle(self, outcome: Settlement) -> None:
        if self._dialog is not None:
            self.model.settle(outcome, self._dialog.reason(), self._dialog.read.text())
            self._dialog = None

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, state: State) -> None:
        if state.stage is not Stage.READ_BACK:
            self._typing = False
        self._weapon.show_state(FieldState.PLAIN)
        if state.stage is not Stage.SCAN:
            self._weapon.set_text("")
        may, bench = self.model.may_mark, self.model.bench
        self._no_right.setVisible(not may)
        self._steps.show_step(_STEPS[state.stage])
        self._weapon.setVisible(state.stage not in (Stage.READ_BACK, Stage.MARKING))
        self._mark.setVisible(state.stage is Stage.READ_BACK)
        self._mark.name(_mark_label(typing=self._typing))
        self._waiting.setVisible(state.stage is Stage.SCAN)
        self._hero.show_state(state, bench.next_text, may_mark=may)
        self._result.show_state(state, typing=self._typing)
        self._focus()
        self._area.ensureWidgetVisible(self._result)

    def _show_bench(self, bench: Bench) -> None:
        self._faces.setCurrentIndex(0 if bench.machines else 1)
        self._hero.show_machines([one.name for one in bench.machines], self.model.machine)
        self._hero.show_left(bench.left)
        self._jobs.show_bench(bench)
        count = len(bench.to_settle)
        self._to_settle.setText(
            ngettext("{count} to settle", "{count} to settle", count).format(count=count)
        )
        self._to_settle.setVisible(bool(count))
        self.counted.emit(str(count) if count else "")
        self._hero.show_state(self.model.state, bench.next_text, may_mark=self.model.may_mark)

    def _say_unnamed(self, error: StockpileError) -> None:
        self._weapon.show_state(FieldState.BAD, wording.error_sentence(error))
        self._weapon.edit.selectAll()

    def _say_refused(self, error: StockpileError) -> None:
        self.toast.emit(wording.error_sentence(error), "", None)

    def _focus(self) -> None:
        """Put the cursor where the next scan or the next key belongs."""
        if not self.isVisible():
            return
        stage = self.model.state.stage
        target: QWidget = self._weapon
        if stage is Stage.READ_BACK:
            target = self._mark
        elif stage in TO_SETTLE:
            target = self._result.settle_buttons["marked"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)


class SettleDialog(ConfirmDialog):
    """What was seen on the metal, with the reason, and the mark as it reads where there is one."""

    def __init__(self, outcome: Settlement, text: str, parent: QWidget) -> None:
        self.read = Field(_("The mark as it reads"), hint=_("if there is one"), identifier=True)
        if outcome == "unmarked":
            self.read.hide()
        title, action = _settlement(outcome)
        super().__init__(
            title,
            _("You sign for what stands on the metal: {text}.").format(text=isolated(text)),
            action,
            reason=_("What did you see?"),
            danger=outcome != "marked",
            extra=self.read,
            parent=parent,
        )


def _settlement(outcome: Settlement) -> tuple[str, str]:
    if outcome == "marked":
        return _("The whole mark is there"), _("It is there")
    if outcome == "partial":
        return _("Only part of the mark is there"), _("Only part of it")
    return _("Nothing is on the metal"), _("Nothing is there")


def _mark_label(*, typing: bool) -> str:
    return _("Type the mark as you read it") if typing else _("Scan the mark you just made")


def _no_right() -> Banner:
    return Banner(
        "lock",
        _("Your role does not include marking"),
        _("You can look at weapons and jobs here. An armourer or a marking operator marks."),
        Tone.WARN,
    )


def _waiting() -> Card:
    face = EmptyState(
        "scan-barcode",
        _("Scan the weapon that lies before you"),
        _("Its record and its next mark are shown before anything moves."),
    )
    card = Card(column(face), Ground.HERO, margins=(26, 40, 26, 20))
    card.setMinimumHeight(280)
    return card
