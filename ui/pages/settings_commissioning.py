"""Commissioning: ten steps at the machine and a measured coupon, before it cuts a weapon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain import commissioning
from stockpile.domain.commissioning import NM_PER_UM, Result
from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.facts import CommissionCheck, Commissioning, MachineSet
from stockpile.language import _, isolated, plain
from ui.pages import machine_words
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.machines import MachinesModel
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.field import Field, LineEdit, NoteField, State
from ui.widgets.hotkeys import on_key
from ui.widgets.segments import Segment, Segments
from ui.widgets.stepper import Stage, StepMark
from ui.widgets.text import Label, card_title, secondary

Said = Callable[[], str]
_TOP = Qt.AlignmentFlag.AlignTop

_STEPS: Mapping[int, tuple[Said, Said]] = MappingProxyType(
    {
        1: (
            lambda: _("Who it is"),
            lambda: _("Identity, firmware, settings and cable, written down or photographed."),
        ),
        2: (
            lambda: _("Text back, and gone after a restart"),
            lambda: _(
                "Set a text and ask for it. Switch the machine off and on and ask again. Passed: it"
                " gave the text back, and the restart cleared it."
            ),
        ),
        3: (
            lambda: _("A start on a coupon"),
            lambda: _("Note what it answers and when: at the start of the mark, or at its end?"),
        ),
        4: (
            lambda: _("A second start"),
            lambda: _("Start again without a new job. Passed: it refuses."),
        ),
        5: (
            lambda: _("Cable and power pulled"),
            lambda: _(
                "Pull the data cable in the middle of a mark: does it go on? Pull the power: what"
                " does it say when it is back? Passed: the program called neither mark done."
            ),
        ),
        6: (
            lambda: _("Stops"),
            lambda: _("Emergency stop, door, abort: what it says and how it is cleared."),
        ),
        7: (
            lambda: _("The pedal after the job"),
            lambda: _(
                "Read the mark back, then press the machine's own start. Passed: the old text is"
                " not marked again."
            ),
        ),
        8: (
            lambda: _("Damaged and long texts"),
            lambda: _(
                "Each letter that a mark may hold, the longest text, and, where the maker's tool"
                " can, frames with a wrong check."
            ),
        ),
        9: (
            lambda: _("Swapped cables"),
            lambda: _("Swap the cables of two machines. Passed: the program notices."),
        ),
        10: (
            lambda: _("Measured and read"),
            lambda: _(
                "Measure height and depth on the coupon, and read the Data Matrix with the scanner"
                " that is used here."
            ),
        ),
    }
)
_STAGES: Mapping[str, Stage] = {
    "passed": Stage.DONE,
    "failed": Stage.LATER,
    "not_done": Stage.LATER,
}


class StepRow(QWidget):
    """One step: what is done, what came of it, and what was seen.

    Signals:
        judged: another result than before.
    """

    judged = Signal()

    def __init__(self, step: int, check: CommissionCheck | None) -> None:
        super().__init__()
        self.step = step
        title, explained = (said() for said in _STEPS[step])
        self._mark = StepMark(step)
        self.result = Segments(
            [
                Segment("passed", _("Passed")),
                Segment("failed", _("Failed")),
                Segment("not_done", _("Not done")),
            ]
        )
        self.result.setAccessibleName(title)
        self.seen = LineEdit(_("What was seen"))
        self.seen.setPlaceholderText(_("What was seen"))
        self._title = Label(title, Text.HEADING, wrap=True)
        told = row(self.result, Share(self.seen), gap=Space.M)
        words = column(self._title, secondary(explained, wrap=True), Space.XS, boxed(told), gap=2)
        self.setLayout(row(Share(self._mark, 0, _TOP), Share(words), gap=Space.M))
        self.result.choose(check.result if check else "not_done")
        self.seen.setText(check.said if check else "")
        self.result.chosen.connect(self._judge)
        self._show()

    def check(self) -> CommissionCheck:
        """Return what came of the step."""
        current = self.result.current
        result: Result = (
            "passed" if current == "passed" else "failed" if current == "failed" else "not_done"
        )
        return CommissionCheck(self.step, result, plain(self.seen.text()).strip())

    def _judge(self, _result: str) -> None:
        self._show()
        self.judged.emit()

    def _show(self) -> None:
        self._mark.show_stage(_STAGES[self.result.current])
        self._title.set_ink(Ink.BAD if self.result.current == "failed" else Ink.TEXT)


class CommissioningView(QWidget):
    """The whole checklist of one machine.

    Signals:
        ended: the person goes back to the machines: this one's name.
    """

    ended = Signal(str)

    def __init__(self, model: MachinesModel) -> None:
        super().__init__()
        self._model = model
        self._machine: MachineSet | None = None
        self.rows: list[StepRow] = []
        self._lines: QVBoxLayout = column(gap=Space.L)
        self._title = card_title("")
        self.back = Button(_("Back to the machines"), icon="arrow-left")
        self.verdict = Banner("list-checks", "", "", Tone.INFO)
        self.on = Field(_("Date"))
        self.firmware = Field(_("Firmware"), hint=_("as it says or as its plate says"))
        self.material = Field(_("Material of the coupon"), placeholder=_("steel, HRC 30"))
        self.gauge = Field(_("Gauge"), hint=_("and its number"))
        self.letter_height = Field(
            _("Height of the letters"), hint=_("mm, measured"), identifier=True
        )
        self.cut_depth = Field(_("Depth"), hint=_("mm, measured"), identifier=True)
        self.remarks = NoteField(_("Remarks"))
        self.save = Button(_("Put on record"), Kind.PRIMARY, "save", hint="F5")
        self.setLayout(
            column(
                row(self.back, STRETCH), self.verdict, self._about(), self._checks(),
                self._coupon(), row(STRETCH, self.save), gap=Space.M,
            )
        )  # fmt: skip
        self._connect()

    def open(self, machine: MachineSet, *, may: bool) -> None:
        """Show what is on record of a machine, to be gone on with; read only without the right."""
        self._machine = machine
        said = machine.commissioning or Commissioning(self._model.today())
        name = isolated(machine.name)
        self._title.setText(_("Commissioning of {name}").format(name=name))
        self._fill(said)
        self._fill_rows(machine)
        self.save.setEnabled(may)
        self.save.set_busy(False)
        self.show()
        self._judge()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> Commissioning:
        """Return what stands in the form; raises FieldUnreadable for a length that is none."""
        return Commissioning(
            self.on.text().strip() or self._model.today(),
            self.firmware.text().strip(),
            tuple(row.check() for row in self.rows),
            self.material.text().strip(),
            commissioning.read_height(self.letter_height.text()),
            commissioning.read_depth(self.cut_depth.text()),
            self.gauge.text().strip(),
            self.remarks.text().strip(),
        )

    def _about(self) -> Card:
        return Card(
            column(
                self._title,
                secondary(
                    _(
                        "One to two hours with a coupon of the same metal as the weapons. Until it"
                        " stands, read back every mark."
                    ),
                    wrap=True,
                ),
                row(Share(self.on, 1, _TOP), Share(self.firmware, 2, _TOP), gap=Space.M),
                gap=Space.M,
            )
        )

    def _checks(self) -> Card:
        return Card(column(card_title(_("Steps")), boxed(self._lines), gap=Space.L))

    def _coupon(self) -> Card:
        return Card(
            column(
                card_title(_("The coupon")),
                row(Share(self.material, 1, _TOP), Share(self.gauge, 1, _TOP), gap=Space.M),
                row(
                    Share(self.letter_height, 1, _TOP), Share(self.cut_depth, 1, _TOP),
                    gap=Space.M,
                ),
                self.remarks, gap=Space.M,
            )
        )  # fmt: skip

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        self.save.clicked.connect(self._save)
        on_key(self, "F5", self.save.click)
        for field in (self.letter_height, self.cut_depth):
            field.edited.connect(lambda _text: self._judge())
        self._model.commissioned.connect(self._saved)
        self._model.commission_refused.connect(self._refused)

    def _fill(self, said: Commissioning) -> None:
        self.on.set_text(said.on)
        self.firmware.set_text(said.firmware)
        self.material.set_text(said.material)
        self.gauge.set_text(said.gauge)
        self.letter_height.set_text(commissioning.written_mm(said.height_um * NM_PER_UM))
        self.cut_depth.set_text(commissioning.written_mm(said.depth_nm))
        self.remarks.set_text(said.remarks)

    def _fill_rows(self, machine: MachineSet) -> None:
        clear(self._lines)
        known = commissioning.results(machine.commissioning)
        steps = self._model.steps(machine.driver)
        self.rows = [StepRow(step, known.get(step)) for step in steps]
        for number, one in enumerate(self.rows):
            if number:
                self._lines.addWidget(rule())
            one.judged.connect(self._judge)
            self._lines.addWidget(one)

    def _judge(self) -> None:
        """Say at once what the figures and steps come to."""
        self._judge_height()
        self._judge_depth()
        try:
            said = self.said()
        except FieldUnreadable:
            return
        steps = tuple(one.step for one in self.rows)
        words, tone = machine_words.standing_words(commissioning.standing(said, steps))
        counted = _("{done} of {count} steps passed").format(
            done=isolated(str(commissioning.passed(said, steps))), count=isolated(str(len(steps)))
        )
        icon = "circle-check" if tone is Tone.OK else "list-checks"
        self.verdict.say(icon, words, counted, tone)

    def _judge_height(self) -> None:
        try:
            height = commissioning.read_height(self.letter_height.text())
        except FieldUnreadable:
            self.letter_height.show_state(State.BAD, _("Write it in millimetres, as 1.8."))
            return
        short = commissioning.shortfalls(height, 0)
        self.letter_height.show_state(*_least(_("1.6"), short=bool(short), measured=bool(height)))

    def _judge_depth(self) -> None:
        try:
            depth = commissioning.read_depth(self.cut_depth.text())
        except FieldUnreadable:
            self.cut_depth.show_state(State.BAD, _("Write it in millimetres, as 0.09."))
            return
        short = commissioning.shortfalls(0, depth)
        self.cut_depth.show_state(*_least(_("0.0762"), short=bool(short), measured=bool(depth)))

    def _save(self) -> None:
        if self._machine is None or not self.save.isEnabled():
            return
        try:
            said = self.said()
        except FieldUnreadable as error:
            field = self.letter_height if error.field == "height" else self.cut_depth
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save.set_busy(True)
        self._model.commission(self._machine.name, said)

    def _saved(self, machine: str) -> None:
        if self._machine is not None and machine == self._machine.name:
            self.save.set_busy(False)
            self._go_back()

    def _refused(self, error: StockpileError) -> None:
        self.save.set_busy(False)
        self.verdict.say(
            "triangle-alert", _("Not on record"), wording.error_sentence(error), Tone.BAD
        )

    def _go_back(self) -> None:
        if self._machine is not None:
            self.ended.emit(self._machine.name)


def _least(limit: str, *, short: bool, measured: bool) -> tuple[State, str]:
    """Return how a measured length stands to the least that the law asks for, and its words."""
    if not measured:
        return State.PLAIN, ""
    least = isolated(limit)
    if short:
        said = _(
            "Below {limit} mm, the least that Directive (EU) 2019/68, amended by 2024/325, asks"
            " for."
        )
        return State.WARN, said.format(limit=least)
    return State.OK, _("At least {limit} mm.").format(limit=least)
