"""A new machine, or other settings of one: what it is, where it hangs, and what it can prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import MachineSet
from stockpile.language import _, isolated
from stockpile.services.ports import Capabilities, PluggedPort
from ui.pages import machine_words
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.machines import DRIVERS
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, clear, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.picture import Picture
from ui.widgets.text import Label, card_title, secondary

_TOP = Qt.AlignmentFlag.AlignTop  # so that fields stand level when one of them has a message
_MOST_BETWEEN = 1000


class MachineForm(Card):
    """The form. It shows what a driver can prove as soon as it is chosen, before any cable."""

    def __init__(self, model: SettingsModel) -> None:
        self._model = model
        self._before: MachineSet | None = None
        self.name = Field(_("Name"), hint=_("as people call it"), placeholder=_("Bench 1"))
        self.driver = ChoiceField(
            _("Machine"), [Choice(one, machine_words.driver_name(one)) for one in DRIVERS]
        )
        self.method = ChoiceField(
            _("It marks by"),
            [Choice(one, machine_words.method_name(one)) for one in machine_words.METHODS],
        )
        self.address = ChoiceField(
            _("Address"), hint=_("a port that is plugged, or typed"), free=True
        )
        self.layout_ = Field(_("Layout file on the machine"), identifier=True)
        self.drawing = ChoiceField(_("Layout of ours"), hint=_("the standard one if empty"))
        self.every = Field(_("Read back every"), hint=_("mark: 1 is each"))
        self.add = Button(_("Set up"), Kind.PRIMARY, "plus")
        self.give_up = Button(_("Cancel"))
        self._title = card_title(_("Set up a machine"))
        self._right = secondary(
            _("Your role does not include setting up machines. An armourer does it."), wrap=True
        )
        self.proofs = ProofCard()
        super().__init__(
            column(
                self._title, self._right,
                row(Share(self.name, 1, _TOP), Share(self.driver, 1, _TOP), gap=Space.M),
                self.proofs,
                row(Share(self.method, 1, _TOP), Share(self.every, 1, _TOP), gap=Space.M),
                self.address, self.layout_, self.drawing,
                row(STRETCH, self.give_up, self.add), gap=Space.M,
            )
        )  # fmt: skip
        self.setFocusProxy(self.name)
        self._connect()
        self._empty()
        self._show_right()

    def edit(self, machine: MachineSet) -> None:
        """Fill in a machine to be set up otherwise; its name stays."""
        self._before = machine
        self._fill(machine)
        self.name.setEnabled(False)
        self._title.setText(_("Settings of {name}").format(name=isolated(machine.name)))
        self.add.setText(_("Keep"))
        self.add.show_icon("save")
        self.give_up.show()
        self.driver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        model = self._model
        self.driver.chosen.connect(self._show_driver)
        self.add.clicked.connect(self._add)
        self.give_up.clicked.connect(self._empty)
        for field in (self.name, self.layout_, self.every):
            field.submitted.connect(self._add)
        line = self.address.box.lineEdit()
        assert line is not None  # the box is made to be typed into
        line.returnPressed.connect(self._add)
        model.came.connect(self._show_set_up)
        model.machine_set.connect(self._added)
        model.machine_refused.connect(self._refused)
        model.machines.plugged.connect(self._show_ports)

    def _show_set_up(self, set_up: SetUp) -> None:
        self._show_right()
        self.drawing.set_choices([Choice(one, isolated(one)) for one in set_up.drawings])
        self._show_driver(self.driver.value())
        self._model.machines.ask_ports()

    def _show_right(self) -> None:
        may = self._model.may("set_machine")
        self._right.setVisible(not may)
        self.add.setEnabled(may)

    def _show_ports(self, ports: Sequence[PluggedPort]) -> None:
        named = [Choice(one.address, joined(one.said, isolated(one.device))) for one in ports]
        self.address.set_choices(named)

    def _show_driver(self, driver: str) -> None:
        can = self._model.machines.promised(driver)
        by_hand = driver == "by_hand"
        draws = driver == "grbl"
        self.address.setVisible(not by_hand)
        place = machine_words.PLACES.get(driver, machine_words.USUAL_PLACE)
        line = self.address.box.lineEdit()
        assert line is not None
        line.setPlaceholderText(place)
        self.layout_.setVisible(driver in machine_words.USUAL)
        self.drawing.setVisible(draws or by_hand)
        self._show_help(driver)
        self._keep_layout(driver)
        self._keep_method(driver)
        self.proofs.show_proofs(can)
        always = can is not None and can.scan_always
        self.every.setEnabled(not always)
        if always:
            self.every.set_text("1")

    def _show_help(self, driver: str) -> None:
        said = machine_words.layout_help(driver)
        told_by_layout = driver in machine_words.USUAL
        self.layout_.show_state(State.PLAIN, said if told_by_layout else "")
        self.address.show_state(State.PLAIN, said if driver == "scanner_string" else "")
        self.drawing.show_state(State.PLAIN, "" if told_by_layout else said)

    def _keep_layout(self, driver: str) -> None:
        """Put the usual layout of the driver in place of that of another one."""
        stands = self.layout_.text().strip()
        if not stands or stands in machine_words.USUAL.values():
            self.layout_.set_text(machine_words.USUAL.get(driver, ""))

    def _keep_method(self, driver: str) -> None:
        is_laser = driver in machine_words.LASERS
        if is_laser or (self.method.value() == "laser" and driver != "grbl"):
            self.method.set_value("laser" if is_laser else "dot_peen")

    def _add(self) -> None:
        wrong = self._wrong()
        for field in (self.name, self.driver, self.method, self.every):
            field.show_state(State.PLAIN)
        self._show_help(self.driver.value())
        for field, said in wrong:
            field.show_state(State.BAD, said)
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.add.isEnabled():
            self._model.set_machine(self._told())

    def _wrong(self) -> list[tuple[Field | ChoiceField, str]]:
        wrong: list[tuple[Field | ChoiceField, str]] = []
        if not self.name.text().strip():
            wrong.append((self.name, _("This is needed.")))
        wrong += [
            (one, _("Choose one of the list."))
            for one in (self.driver, self.method)
            if not one.value()
        ]
        if self._every() is None:
            wrong.append((self.every, _("A whole number from 1 to 1,000.")))
        if self.driver.value() != "by_hand" and not self.address.value():
            wrong.append((self.address, _("This is needed.")))
        return wrong

    def _every(self) -> int | None:
        text = self.every.text().strip() or "1"
        number = int(text) if text.isdecimal() else 0
        return number if 1 <= number <= _MOST_BETWEEN else None

    def _told(self) -> MachineSet:
        driver = self.driver.value()
        has_layout = driver in machine_words.USUAL
        method = self.method.value()
        before = self._before or MachineSet("", driver, "")
        if before.driver != driver:  # what was approved belongs to the machine before it
            before = MachineSet(before.name, driver, "")
        return replace(
            before,
            name=before.name or self.name.text().strip(),
            driver=driver,
            url="" if driver == "by_hand" else self.address.value(),
            layout=self.layout_.text().strip() if has_layout else "",
            method="laser" if method == "laser" else "scribe" if method == "scribe" else "dot_peen",
            drawing=self.drawing.value(),
            read_back_every=self._every() or 1,
        )

    def _fill(self, machine: MachineSet) -> None:
        self.name.set_text(machine.name)
        self.layout_.set_text(machine.layout)
        self.method.set_value(machine.method)
        self.driver.set_value(machine.driver)
        self.address.set_value(machine.url)
        self.drawing.set_value(machine.drawing)
        self.every.set_text(str(machine.read_back_every))
        self._show_driver(machine.driver)

    def _empty(self) -> None:
        self._before = None
        self._fill(MachineSet("", DRIVERS[0], "", machine_words.USUAL[DRIVERS[0]]))
        self.name.setEnabled(True)
        self._title.setText(_("Set up a machine"))
        self.add.setText(_("Set up"))
        self.add.show_icon("plus")
        self.give_up.hide()

    def _added(self, name: str) -> None:
        self._empty()
        said = _("{name} is set up. Ask who answers before the first mark.")
        self.name.show_state(State.OK, said.format(name=isolated(name)))

    def _refused(self, error: StockpileError) -> None:
        self.name.show_state(State.BAD, wording.error_sentence(error))


class ProofCard(Card):
    """What the chosen machine proves and does not, and what follows from it."""

    def __init__(self) -> None:
        self._lines: QVBoxLayout = column(gap=Space.XS)
        self._follows = Label("", Text.SECONDARY_STRONG, wrap=True)
        self._takes = secondary("", wrap=True)
        super().__init__(
            column(
                Label(_("What it proves by itself"), Text.STRONG),
                self._lines,
                self._follows,
                self._takes,
                gap=Space.S,
            ),
            Ground.INSET,
            margins=(Space.M, Space.M, Space.M, Space.M),
        )

    def show_proofs(self, can: Capabilities | None) -> None:
        """Show what a driver can prove; nothing while that is not known."""
        self.setVisible(can is not None)
        clear(self._lines)
        if can is None:
            return
        for proven, said in machine_words.proofs(can):
            self._lines.addWidget(_proof(said, proven=proven))
        self._follows.setText(machine_words.consequence(can))
        self._follows.set_ink(Ink.WARN if can.scan_always else Ink.TEXT)
        self._takes.setText(machine_words.sendable(can))


def _proof(said: str, *, proven: bool) -> QWidget:
    line = QWidget()
    sign = Picture("circle-check" if proven else "circle-x", Ink.OK if proven else Ink.MUTED, 16)
    words = secondary(said, wrap=True)
    words.set_ink(Ink.TEXT if proven else Ink.MUTED)
    spoken = _("Yes: {what}") if proven else _("No: {what}")
    words.setAccessibleName(spoken.format(what=said))
    line.setLayout(row(Share(sign, 0, _TOP), Share(words), gap=Space.S))
    return line
