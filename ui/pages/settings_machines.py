"""The marking machines of the depot: which there are, what they answer, and a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import MachineSet
from stockpile.language import _, isolated
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.settings import DRIVERS, USUAL_LAYOUT, Probed, SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.picture import Tile
from ui.widgets.text import Identifier, Label, card_title, secondary

_NAMES = {"tl07": "TL07"}
_TOP = Qt.AlignmentFlag.AlignTop  # so that fields stand level when one of them has a message
_TONES = {"ready": Tone.OK, "marking": Tone.INFO, "fault": Tone.BAD}


class MachinesSection(QWidget):
    """The list, and the form under it."""

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._model = model
        self._lines: QVBoxLayout = column(gap=Space.M)
        self._answers: dict[str, _MachineLine] = {}
        self._none = secondary(_("No machine is set up yet."), wrap=True)
        self.form = MachineForm(model)
        list_ = Card(
            column(card_title(_("Marking machines")), self._none, boxed(self._lines), gap=Space.M)
        )
        self.setLayout(column(list_, self.form, STRETCH, gap=Space.M))
        model.came.connect(self._show)
        model.probed.connect(self._show_answer)

    def probe_button(self, machine: str) -> Button:
        """Return the button that asks a machine who it is."""
        return self._answers[machine].probe

    def answer(self, machine: str) -> str:
        """Return what a machine answered last."""
        return self._answers[machine].said.text()

    def _show(self, set_up: SetUp) -> None:
        clear(self._lines)
        before, self._answers = self._answers, {}
        for number, machine in enumerate(set_up.machines):
            if number:
                self._lines.addWidget(rule())
            line = _MachineLine(machine)
            if machine.name in before:
                line.go_on(before[machine.name])
            line.probe.clicked.connect(partial(self._probe, machine))
            self._answers[machine.name] = line
            self._lines.addWidget(line)
        self._none.setVisible(not set_up.machines)

    def _probe(self, machine: MachineSet) -> None:
        self._answers[machine.name].probe.set_busy(True)
        self._model.probe(machine)

    def _show_answer(self, probed: Probed) -> None:
        line = self._answers.get(probed.machine)
        if line is not None:
            line.show_answer(probed)


class _MachineLine(QWidget):
    """One machine, and what it answered."""

    def __init__(self, machine: MachineSet) -> None:
        super().__init__()
        self.machine = machine
        self._probed: Probed | None = None
        self.said = Label("", Text.SECONDARY, wrap=True)
        self.said.hide()
        self._state = Chip("")
        self._state.hide()
        self.probe = Button(_("Who answers?"), icon="plug", height=32)
        self.probe.setAccessibleName(f"{self.probe.text()} {machine.name}")
        driver = _NAMES.get(machine.driver, machine.driver)
        about = secondary(joined(isolated(driver), isolated(machine.layout)))
        address = Identifier(machine.url, Text.IDENTIFIER_SMALL)
        said = column(Label(isolated(machine.name), Text.FIELD), address, about, self.said, gap=2)
        self.setLayout(
            row(Tile("stamp", Tone.INFO, 38, 18), Share(said), self._state, self.probe, gap=Space.M)
        )

    def go_on(self, before: _MachineLine) -> None:
        """Show what was asked and answered before the list was drawn anew."""
        if before.machine == self.machine:
            if before._probed is not None:
                self.show_answer(before._probed)
            self.probe.set_busy(before.probe.is_busy)

    def show_answer(self, probed: Probed) -> None:
        """Show who answered and how it is, or why nobody did."""
        self._probed = probed
        self.probe.set_busy(False)
        failed = probed.error is not None
        self._state.setVisible(not failed)
        self.said.set_ink(Ink.BAD if failed else Ink.SECONDARY)
        if probed.error is not None:
            self.said.setText(wording.error_sentence(probed.error))
        else:
            tone = _TONES.get(probed.state, Tone.WARN)
            self._state.show_status(wording.machine_state(probed.state), tone)
            self._state.setMinimumWidth(self._state.sizeHint().width())
            answer = _("It answers: {identity}").format(identity=isolated(probed.identity))
            self.said.setText(answer)
        self.said.show()


class MachineForm(Card):
    """A new machine, or new settings of one of the same name."""

    def __init__(self, model: SettingsModel) -> None:
        self._model = model
        self.name = Field(_("Name"), hint=_("as people call it"), placeholder=_("Bench 1"))
        self.driver = ChoiceField(_("Driver"), [Choice(one, _NAMES[one]) for one in DRIVERS])
        self.address = Field(
            _("Address"),
            hint=_("the port, or the socket of a network box"),
            placeholder="/dev/ttyUSB0, COM4, socket://host:4001",
            identifier=True,
        )
        self.layout_ = Field(_("Layout file on the machine"), identifier=True)
        self.add = Button(_("Set up"), Kind.PRIMARY, "plus")
        self._right = secondary(
            _("Your role does not include setting up machines. An armourer does it."), wrap=True
        )
        super().__init__(
            column(
                card_title(_("Set up a machine")), self._right,
                row(Share(self.name, 3, _TOP), Share(self.driver, 2, _TOP), gap=Space.M),
                self.address, self.layout_, row(STRETCH, self.add), gap=Space.M,
            )
        )  # fmt: skip
        self.driver.set_value(DRIVERS[0])
        self.layout_.set_text(USUAL_LAYOUT)
        self.setFocusProxy(self.name)
        self.add.clicked.connect(self._add)
        for field in (self.name, self.address, self.layout_):
            field.submitted.connect(self._add)
        model.came.connect(self._show_right)
        model.machine_set.connect(self._added)
        model.machine_refused.connect(self._refused)
        self._show_right()

    def _show_right(self) -> None:
        may = self._model.may("set_machine")
        self._right.setVisible(not may)
        self.add.setEnabled(may)

    def _add(self) -> None:
        missing = [one for one in (self.name, self.address) if not one.text().strip()]
        for field in (self.name, self.address):
            said = _("This is needed.") if field in missing else ""
            field.show_state(State.BAD if field in missing else State.PLAIN, said)
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.add.isEnabled():
            self._model.set_machine(self._told())

    def _told(self) -> MachineSet:
        return MachineSet(
            self.name.text().strip(), self.driver.value() or DRIVERS[0],
            self.address.text().strip(), self.layout_.text().strip(),
        )  # fmt: skip

    def _added(self, name: str) -> None:
        said = _("{name} is set up. Ask who answers before the first mark.")
        for field in (self.name, self.address):
            field.set_text("")
        self.address.show_state(State.OK, said.format(name=isolated(name)))

    def _refused(self, error: StockpileError) -> None:
        self.name.show_state(State.BAD, wording.error_sentence(error))
