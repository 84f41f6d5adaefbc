"""Short questions about one weapon: where it goes, why, what was found, what is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, ReasonMissing, StockpileError
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.domain.weapon_types import TYPES
from stockpile.domain.weapons import Weapon
from stockpile.language import _, isolated
from ui.theme import Space
from ui.widgets.arrange import boxed, column
from ui.widgets.dialogs import SHORTEST_REASON, ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, State


class MoveDialog(ConfirmDialog):
    """Where the weapon goes.

    Signals:
        decided: the place that was chosen.
    """

    decided = Signal(object)

    def __init__(
        self, named: str, places: Sequence[Place], here: PlaceId | None, parent: QWidget
    ) -> None:
        self._places = {place.id: place for place in places if place.id != here}
        within = {place.id: place.name for place in places}
        choices = [Choice(one.id, place_words(one, within)) for one in self._places.values()]
        self._place = ChoiceField(_("New place"), choices)
        sentence = _("Choose where {weapon} lies from now on.").format(weapon=isolated(named))
        super().__init__(
            _("Move the weapon"),
            sentence,
            _("Move"),
            danger=False,
            extra=self._place,
            parent=parent,
        )
        self.confirm.setDefault(True)
        self._place.chosen.connect(self._judge_place)
        self._judge_place()
        self._place.setFocus()

    def accept(self) -> None:
        """Tell the place, once there is one."""
        place = self._places.get(PlaceId(self._place.value()))
        if place is not None:
            self.decided.emit(place)
            super().accept()

    def _judge_place(self) -> None:
        self.confirm.setEnabled(bool(self._place.value()))


class CorrectDialog(ConfirmDialog):
    """Which field is wrong, what it should say, and why; open until the core has taken it.

    Signals:
        decided: the fields with their new values, and the reason.
    """

    decided = Signal(object, str)

    def __init__(self, weapon: Weapon, parent: QWidget) -> None:
        self._values = _values(weapon)
        self._field = ChoiceField(_("What is wrong"), _field_choices())
        self._value = Field(_("Right value"))
        self._type = ChoiceField(_("Right value"), type_choices())
        self._type.hide()
        extra = boxed(column(self._field, self._value, self._type, gap=Space.L))
        super().__init__(
            _("Correct the record"),
            _("The old value stays in the history of the weapon."),
            _("Correct"),
            reason=_("Reason"),
            danger=False,
            extra=extra,
            parent=parent,
        )
        self._field.chosen.connect(self._show_field)
        self._value.edited.connect(self._judge)
        self._type.chosen.connect(self._judge)
        self._value.submitted.connect(self.accept)
        self._field.set_value("serial")
        self._value.setFocus()

    def accept(self) -> None:
        """Tell what was decided; the dialog waits for the answer."""
        if self.confirm.isEnabled():
            self.confirm.set_busy(True)
            self.decided.emit({self._field.value(): self._said()}, self.reason())

    def close_corrected(self) -> None:
        """Go away: the correction is on record."""
        self.confirm.set_busy(False)
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at the field it concerns; what was typed stays."""
        self.confirm.set_busy(False)
        said = wording.error_sentence(error)
        self._value.show_state(State.BAD, said)
        self._type.show_state(State.BAD, said)
        if isinstance(error, FieldMissing | ReasonMissing):
            self._judge()

    def _said(self) -> str:
        return self._type.value() if self._field.value() == "type" else self._value.text()

    def _show_field(self, name: str) -> None:
        self._type.setVisible(name == "type")
        self._value.setHidden(name == "type")
        self._value.show_state(State.PLAIN)
        self._value.set_text(self._values.get(name, ""))
        self._value.edit.selectAll()
        self._type.set_value(self._values["type"])
        self._judge()

    def _judge(self) -> None:
        name = self._field.value()
        changed = bool(name) and self._said() != self._values.get(name, "")
        self.confirm.setEnabled(changed and len(self.reason()) >= SHORTEST_REASON)


class ReasonDialog(ConfirmDialog):
    """An act that wants nothing but a reason.

    Signals:
        decided: the reason.
    """

    decided = Signal(str)

    def __init__(
        self, title: str, sentence: str, action: str, parent: QWidget, *, danger: bool = True
    ) -> None:
        super().__init__(title, sentence, action, reason=_("Reason"), danger=danger, parent=parent)

    def accept(self) -> None:
        """Tell the reason, once there is one."""
        if self.confirm.isEnabled():
            self.decided.emit(self.reason())
            super().accept()


def place_words(place: Place, names: Mapping[PlaceId, str]) -> str:
    """Return a place with the one it lies in, as people say it: "Rack 03, Armoury"."""
    within = names.get(place.within, "") if place.within else ""
    if not within:
        return place.name
    return _("{place}, {within}").format(place=place.name, within=within)


def type_choices() -> list[Choice]:
    """Return the types of weapons in words."""
    return [Choice(code, wording.weapon_type(code)) for code in TYPES]


def _field_choices() -> list[Choice]:
    return [
        Choice("serial", _("Serial number")),
        Choice("type", _("Type")),
        Choice("make", _("Make")),
        Choice("model", _("Model")),
        Choice("calibre", _("Calibre")),
        Choice("country", _("Country of make")),
        Choice("year", _("Year of make")),
        Choice("remarks", _("Remarks")),
    ]


def _values(weapon: Weapon) -> dict[str, str]:
    names = ("type", "make", "model", "calibre", "country", "year", "remarks")
    return {"serial": weapon.serial.text, **{name: getattr(weapon, name) for name in names}}
