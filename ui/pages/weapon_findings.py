"""What somebody found with the weapon before them: condition, place, marks, safety."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain import dates
from stockpile.domain.facts import SafeCheck
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.domain.vocabulary import CONDITIONS
from stockpile.domain.weapons import Weapon
from stockpile.language import _, isolated
from ui.pages.weapon_dialogs import place_words
from ui.theme import Space
from ui.widgets.arrange import boxed, column, row
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.tick import Tick


class InspectDialog(ConfirmDialog):
    """What a competent person found.

    Signals:
        decided: the condition, the remarks, when it is due again, and whether it is unfit.
    """

    decided = Signal(str, str, str, bool)

    def __init__(self, condition: str, parent: QWidget, *, unfit: bool = False) -> None:
        choices = [Choice(one, wording.condition(one)) for one in CONDITIONS if one != "unknown"]
        self._condition = ChoiceField(_("Condition"), choices)
        self._due = Field(_("To be looked at again on"), placeholder="2027-01-31")
        self._remarks = Field(_("Remarks"))
        self._unfit = Tick(_("Unfit: not issued until it is found fit"), grave=True)
        self._unfit.setChecked(unfit)
        fields = (self._condition, self._due, self._remarks, self._unfit)
        extra = boxed(column(*fields, gap=Space.L))
        super().__init__(
            _("Inspect the weapon"),
            _("Write down what you found with the weapon before you."),
            _("Write down"),
            danger=False,
            extra=extra,
            parent=parent,
        )
        self._condition.chosen.connect(self._judge_found)
        self._due.edited.connect(self._judge_found)
        self._remarks.edited.connect(self._judge_found)
        self._unfit.toggled.connect(self._judge_found)
        self._condition.set_value("" if condition == "unknown" else condition)
        self._judge_found()
        self._condition.setFocus()

    def accept(self) -> None:
        """Tell what was found."""
        if self.confirm.isEnabled():
            due = self._due.text().strip()
            remarks, unfit = self._remarks.text().strip(), self._unfit.isChecked()
            self.decided.emit(self._condition.value(), remarks, due, unfit)
            super().accept()

    def _judge_found(self) -> None:
        due = self._due.text().strip()
        is_date = not due or dates.is_date(due)
        said = "" if is_date else _("Write the date as 2027-01-31.")
        self._due.show_state(State.PLAIN if is_date else State.BAD, said)
        lacks = self._unfit.isChecked() and not self._remarks.text().strip()
        why = _("Say why it is unfit.") if lacks else ""
        self._remarks.show_state(State.BAD if lacks else State.PLAIN, why)
        self.confirm.setEnabled(bool(self._condition.value()) and is_date and not lacks)


class SettleDialog(ConfirmDialog):
    """Where the weapon is, over all that says something else.

    Signals:
        decided: the place, and the reason.
    """

    decided = Signal(object, str)

    def __init__(self, places: Sequence[Place], claimed: Sequence[str], parent: QWidget) -> None:
        self._places = {place.id: place for place in places}
        within = {place.id: place.name for place in places}
        choices = [Choice(one.id, place_words(one, within)) for one in places]
        self._place = ChoiceField(_("Place"), choices)
        said = _("Go and look. On record: {places}.").format(
            places=", ".join(isolated(one) for one in claimed)
        )
        super().__init__(
            _("Say where the weapon is"),
            said,
            _("Settle"),
            reason=_("Reason"),
            danger=False,
            extra=self._place,
            parent=parent,
        )
        self._place.chosen.connect(self._judge)
        self._place.setFocus()

    def accept(self) -> None:
        """Tell the place and the reason."""
        if self.confirm.isEnabled():
            self.decided.emit(self._places[PlaceId(self._place.value())], self.reason())
            super().accept()

    def _judge(self) -> None:
        super()._judge()
        if not self._place.value():
            self.confirm.setEnabled(False)


class SettleMarksDialog(ConfirmDialog):
    """Which of our marks stand on the metal.

    Signals:
        decided: the jobs whose marks stand, and the reason.
    """

    decided = Signal(object, str)

    def __init__(self, weapon: Weapon, parent: QWidget) -> None:
        self._ticks = {one.job: Tick(isolated(one.text)) for one in weapon.applied}
        for one in weapon.applied:
            self._ticks[one.job].setChecked(one in weapon.standing_marks)
        super().__init__(
            _("Say which marks stand"),
            _("Look at the metal. A mark that is not ticked is void for good."),
            _("Settle"),
            reason=_("Reason"),
            danger=False,
            extra=boxed(column(*self._ticks.values(), gap=Space.XS)),
            parent=parent,
        )

    def accept(self) -> None:
        """Tell which marks stand, and why."""
        if self.confirm.isEnabled():
            standing = tuple(job for job, tick in self._ticks.items() if tick.isChecked())
            self.decided.emit(standing, self.reason())
            super().accept()


class SafetyDialog(ConfirmDialog):
    """What was seen before the weapon was handled.

    Signals:
        decided: the safety check, and the reason for writing it anew.
    """

    decided = Signal(object, str)

    def __init__(self, safe: SafeCheck | None, parent: QWidget) -> None:
        now = safe or SafeCheck()
        self._remnant = Tick(_("Explosive remnant: stop work, call EOD"), grave=True)
        self._out = Tick(_("Magazine out"))
        self._clear = Tick(_("Chamber clear"))
        self._on = Tick(_("Safety on"))
        seen = (now.remnant, now.magazine_out, now.chamber_clear, now.safety_on)
        self._ticks = (self._remnant, self._out, self._clear, self._on)
        for tick, was in zip(self._ticks, seen, strict=True):
            tick.setChecked(was)
        self._by = Field(_("Cleared by"))
        self._verified = Field(_("Verified by"))
        self._by.set_text(now.cleared_by)
        self._verified.set_text(now.verified_by)
        names = row(self._by, self._verified, gap=Space.M)
        super().__init__(
            _("Safety check"),
            _("What the check found stays on record, and what was said before it."),
            _("Write down"),
            reason=_("Reason"),
            danger=False,
            extra=boxed(column(*self._ticks, names, gap=Space.XS)),
            parent=parent,
        )

    def accept(self) -> None:
        """Tell what was seen, and why it is said anew."""
        if self.confirm.isEnabled():
            remnant, out, clear, on = (tick.isChecked() for tick in self._ticks)
            names = self._by.text().strip(), self._verified.text().strip()
            self.decided.emit(SafeCheck(out, clear, on, remnant, *names), self.reason())
            super().accept()
