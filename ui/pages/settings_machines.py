"""The marking machines of the depot: which there are, what they answer, bound and tried out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain import commissioning
from stockpile.domain.facts import MachineSet
from stockpile.language import _, isolated
from ui.pages import machine_words
from ui.pages.settings_commissioning import CommissioningView
from ui.pages.settings_machine_form import MachineForm
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.machines import Bound
from ui.view_models.settings import Probed, SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picture import Tile
from ui.widgets.text import Identifier, Label, card_title, secondary

_TONES = {"ready": Tone.OK, "marking": Tone.INFO, "busy": Tone.INFO, "fault": Tone.BAD}
_LOW = 32
_CODE = 12  # letters of a layout's digest: enough to tell two apart by eye


class MachinesSection(QWidget):
    """The list with the form under it, or the commissioning of one machine in their place."""

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._model = model
        self._lines: QVBoxLayout = column(gap=Space.L)
        self._answers: dict[str, MachineLine] = {}
        self._none = secondary(
            _(
                "No machine is set up yet. Without one a person can mark by hand: choose it below,"
                " and every mark is read back."
            ),
            wrap=True,
        )
        self.form = MachineForm(model)
        self.commissioning = CommissioningView(model.machines)
        self.binding: ConfirmDialog | None = None
        list_ = Card(
            column(card_title(_("Marking machines")), self._none, boxed(self._lines), gap=Space.M)
        )
        self._usual = boxed(column(list_, self.form, gap=Space.M))
        self.setLayout(column(self._usual, self.commissioning, STRETCH, gap=Space.M))
        self.commissioning.hide()
        model.came.connect(self._show)
        model.probed.connect(self._show_answer)
        model.machines.bound.connect(self._show_bound)
        self.commissioning.ended.connect(self._come_back)

    def line(self, machine: str) -> MachineLine:
        """Return the line of a machine."""
        return self._answers[machine]

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
            line = MachineLine(self._model, machine)
            if machine.name in before:
                line.go_on(before[machine.name])
            line.probe.clicked.connect(partial(self._probe, machine))
            line.bind.clicked.connect(partial(self._bind, machine))
            line.change.clicked.connect(partial(self._change, machine))
            line.commission.clicked.connect(partial(self._commission, machine))
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

    def _bind(self, machine: MachineSet) -> None:
        """Bind a machine; one that is bound already only after a question."""
        if not machine.identity:
            self._bind_now(machine)
            return
        self.binding = ConfirmDialog(
            _("Bind {name} anew?").format(name=isolated(machine.name)),
            _(
                "It is bound to {identity}. Whatever answers at its address now takes that place."
            ).format(identity=isolated(machine.identity)),
            _("Bind"),
            parent=self.window(),
        )
        self.binding.accepted.connect(partial(self._bind_now, machine))
        self.binding.open()

    def _bind_now(self, machine: MachineSet) -> None:
        self._answers[machine.name].bind.set_busy(True)
        self._model.machines.bind(machine)

    def _show_bound(self, bound: Bound) -> None:
        line = self._answers.get(bound.machine)
        if line is not None:
            line.show_bound(bound)

    def _change(self, machine: MachineSet) -> None:
        self.form.edit(machine)
        self._bring_up(self.form.add)
        self._bring_up(self.form.name)

    def _commission(self, machine: MachineSet) -> None:
        self._usual.hide()
        self.commissioning.open(machine, may=self._model.may("set_machine"))
        self._bring_up(self.commissioning.back)

    def _bring_up(self, widget: QWidget) -> None:
        """Scroll to a widget once it stands where it will: what is around it was just shown."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            QTimer.singleShot(0, area, partial(_scroll, area, widget))

    def _come_back(self, machine: str) -> None:
        self.commissioning.hide()
        self._usual.show()
        line = self._answers.get(machine)
        if line is not None:
            line.commission.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring_up(line)


class MachineLine(QWidget):
    """One machine: what it is, how far it can be trusted, and what it answered."""

    def __init__(self, model: SettingsModel, machine: MachineSet) -> None:
        super().__init__()
        self.machine = machine
        self._answered: Probed | Bound | None = None
        self.said = Label("", Text.SECONDARY, wrap=True)
        self.said.hide()
        self._state = Chip("")
        self._state.hide()
        self.probe = _button(_("Who answers?"), "plug", machine)
        self.bind = _button(_("Bind"), "link", machine)
        self.commission = _button(_("Commissioning"), "list-checks", machine)
        self.change = _button(_("Change"), "pencil", machine)
        may = model.may("set_machine")
        has_cable = machine.driver != "by_hand"
        self.probe.setEnabled(has_cable)
        self.bind.setEnabled(may and has_cable)
        self.change.setEnabled(may)
        words, tone = machine_words.standing_words(model.machines.standing(machine))
        self.standing = Chip(words, tone)
        buttons = FlowLayout(Space.S)
        for button in (self.probe, self.bind, self.commission, self.change):
            buttons.addWidget(button)
        head = row(Label(isolated(machine.name), Text.FIELD), STRETCH, self.standing, gap=Space.S)
        answer = row(self._state, Share(self.said), gap=Space.S)
        said = column(head, *_about(model, machine), answer, Space.XS, boxed(buttons), gap=2)
        tile = Share(Tile("stamp", Tone.INFO, 38, 18), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row(tile, Share(said), gap=Space.M))

    def go_on(self, before: MachineLine) -> None:
        """Show what was asked and answered before the list was drawn anew."""
        if before.machine == self.machine and isinstance(before._answered, Probed):
            self.show_answer(before._answered)
        if isinstance(before._answered, Bound):
            self.show_bound(before._answered)
        if before.machine == self.machine:
            self.probe.set_busy(before.probe.is_busy)

    def show_answer(self, probed: Probed) -> None:
        """Show who answered and how it is, or why nobody did."""
        self._answered = probed
        self.probe.set_busy(False)
        failed = probed.error is not None
        self._state.setVisible(not failed)
        if probed.error is not None:
            self._say(wording.error_sentence(probed.error), Ink.BAD)
            return
        tone = _TONES.get(probed.state, Tone.WARN)
        self._state.show_status(wording.machine_state(probed.state), tone)
        self._state.setMinimumWidth(self._state.sizeHint().width())
        answer = _("It answers: {identity}").format(identity=isolated(probed.identity))
        unnamed = _("It is there. It has no words for who it is.")
        self._say(answer if probed.identity else unnamed, Ink.SECONDARY)

    def show_bound(self, bound: Bound) -> None:
        """Show what the machine is bound to now, or why it is not."""
        self._answered = bound
        self.bind.set_busy(False)
        if bound.error is not None:
            self._say(wording.error_sentence(bound.error), Ink.BAD)
        elif bound.found is None or not (bound.found.identity or bound.found.fingerprint):
            unknown = _(
                "It tells neither who it is nor its layout: a swapped cable goes unnoticed."
            )
            self._say(unknown, Ink.WARN)
        else:
            self._say(_("It is bound. Another one at this address is refused."), Ink.OK)

    def _say(self, words: str, ink: Ink) -> None:
        self.said.set_ink(ink)
        self.said.setText(words)
        self.said.show()


def _about(model: SettingsModel, machine: MachineSet) -> list[QWidget]:
    """Return the quiet lines about a machine: what it is, what it proves, to whom it is bound."""
    can = model.machines.promised(machine.driver)
    what = joined(
        machine_words.driver_name(machine.driver),
        machine_words.method_name(machine.method),
        isolated(machine.layout or machine.drawing) if machine.layout or machine.drawing else "",
    )
    lines: list[QWidget] = [secondary(what, wrap=True)]
    if machine.url:
        lines.insert(0, Identifier(machine.url, Text.IDENTIFIER_SMALL, wrap=True))
    if can is not None:
        steps = model.machines.steps(machine.driver)
        done = commissioning.passed(machine.commissioning, steps)
        counted = _("{done} of {count} steps passed").format(
            done=isolated(str(done)), count=isolated(str(len(steps)))
        )
        lines.append(secondary(joined(machine_words.proof_in_short(can), counted), wrap=True))
    if machine.identity or machine.fingerprint:
        lines.append(secondary(_bound_to(machine), wrap=True))
    return lines


def _bound_to(machine: MachineSet) -> str:
    who = isolated(machine.identity)
    code = isolated(machine.fingerprint[:_CODE])
    if not machine.fingerprint:
        return _("Bound to {identity}").format(identity=who)
    if not machine.identity:
        return _("Bound to layout {code}").format(code=code)
    return _("Bound to {identity}, layout {code}").format(identity=who, code=code)


def _button(words: str, icon: str, machine: MachineSet) -> Button:
    button = Button(words, icon=icon, height=_LOW)
    button.setAccessibleName(f"{words} {machine.name}")
    return button


def _scroll(area: QScrollArea, widget: QWidget) -> None:
    # What was just shown or hidden is laid out first: on a busy computer that may still wait.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    area.ensureWidgetVisible(widget)
