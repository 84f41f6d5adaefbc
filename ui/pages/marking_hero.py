"""The weapon at the bench, large, and the plate with the text of its mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import RegisterRow
from ui.pages.standing import condition_tone, joined, model_or_type
from ui.theme import Height, Ink, Space, Text
from ui.view_models.marking import MAY_START, Stage, State
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.text import Identifier, Label, ShortLabel, secondary

_MACHINE = 240
_ENTER = ("Return", "Enter")


class MarkingHero(QWidget):
    """What is at the bench, on which machine, and the one button that starts it.

    Signals:
        mark_pressed: start the run.
        machine_chosen: another machine is to be used.
    """

    mark_pressed = Signal()
    machine_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._caption = Label("", Text.STRONG, Ink.MUTED)
        self._serial = ShortLabel("", Text.IDENTIFIER_DISPLAY)
        self._about = Label("", Text.SENTENCE, Ink.SECONDARY, wrap=True)
        self._condition = Chip("")
        self._plate_caption = Label("", Text.SECONDARY, Ink.PLATE)
        self._plate = Identifier("", Text.IDENTIFIER_STATION, Ink.PLATE)
        self._left = secondary("", wrap=True)
        self.machine = ChoiceField(_("Machine"))
        self.machine.setFixedWidth(_MACHINE)
        self.mark = Button(_("Mark"), Kind.PRIMARY, "stamp", hint="F5", height=Height.GLOVE)
        self.mark.setMinimumWidth(160)
        self._foot = self._foot_row()
        self.setLayout(column(self._card()))
        self.mark.clicked.connect(self.mark_pressed)
        self.machine.chosen.connect(self._choose)
        for key in _ENTER:
            shortcut = QShortcut(QKeySequence(key), self.mark)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.mark_pressed)

    def show_machines(self, machines: Sequence[str], chosen: str) -> None:
        """Offer the machines that are set up."""
        self.machine.set_choices([Choice(name, name) for name in machines])
        self.machine.set_value(chosen)

    def show_left(self, left: int) -> None:
        """Say how many marking numbers are left."""
        numbers = ngettext("{count} number is left.", "{count} numbers are left.", left)
        ready = _("Put the weapon into the machine: it starts at once.")
        self._left.setText(f"{ready} {numbers.format(count=isolated(f'{left:,}'))}")

    def show_state(self, state: State, next_text: str, *, may_mark: bool) -> None:
        """Show the weapon and the text that its mark has or will have."""
        if state.weapon is not None:
            self._show_weapon(state.weapon)
        ahead = state.stage in MAY_START
        marking = state.stage is Stage.MARKING
        self._caption.setText(_("Now marking") if marking else _("At the bench"))
        self._plate_caption.setText(_("Next mark") if ahead else _("Mark"))
        self._plate.show_text((next_text if ahead else state.text) or "–")  # noqa: RUF001 - a dash
        self._foot.setVisible(ahead or marking)
        self.machine.setEnabled(ahead)
        self.mark.set_busy(marking)
        self.mark.setText(_("Marking…") if marking else _("Mark"))
        if not marking:
            self.mark.setEnabled(ahead and may_mark and bool(next_text))
        self.setVisible(state.stage is not Stage.SCAN)

    def _show_weapon(self, weapon: RegisterRow) -> None:
        self._serial.setText(isolated(weapon.serial or weapon.mark or weapon.number))
        about = joined(
            isolated(model_or_type(weapon)), isolated(weapon.calibre), isolated(weapon.make),
            isolated(weapon.place),
        )  # fmt: skip
        self._about.setText(about)
        tone = condition_tone(weapon.condition)
        self._condition.show_status(wording.condition(weapon.condition), tone)

    def _card(self) -> Card:
        named = column(self._caption, self._serial, self._about, gap=2)
        top = row(Share(named), Share(self._condition, 0, Qt.AlignmentFlag.AlignVCenter))
        plate = Card(
            column(self._plate_caption, self._plate, gap=2),
            Ground.PLATE,
            margins=(Space.XXL, Space.M, Space.XXL, Space.L),
        )
        whole = column(top, plate, self._foot, gap=Space.M)
        return Card(whole, Ground.HERO, margins=(26, Space.L, 26, Space.L))

    def _foot_row(self) -> QWidget:
        beside = column(STRETCH, self._left, 4)
        button = column(STRETCH, self.mark)
        return boxed(row(self.machine, Share(beside), button, gap=Space.L))

    def _choose(self, name: str) -> None:
        if name:
            self.machine_chosen.emit(name)
