"""What is said of a place: a short form to open one, or a row of them, or to change one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, PlaceCodeTaken, StockpileError
from stockpile.domain.places import KINDS, Change, Place
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated
from stockpile.terms import term
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.growing import fix_width
from ui.widgets.text import Label, card_title, secondary

_WIDTH = 520
_MOST = 100_000


class PlaceDialog(QDialog):
    """The form; it stays open until the core has taken what it says.

    Signals:
        decided: what is said of the place.
    """

    decided = Signal(object)

    def __init__(
        self,
        places: Sequence[Place],
        within: PlaceId | None,
        place: Place | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._place = place
        title = _("Change the place") if place else _("Add a place")
        self.setWindowTitle(title)
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.name = Field(_("Name"))
        self.code = Field(_("Code"), identifier=True)
        self.kind = ChoiceField(_("Kind"), [Choice(one, term("place", one)) for one in KINDS])
        self.capacity = Field(_("Room for how many weapons"))
        self.within = ChoiceField(_("Stands in"), _choices(places, place))
        self.holds = Field(_("Holds only these models or types"), placeholder=_("AKM, PKM"))
        self._trouble = Label("", Text.BODY, Ink.BAD, wrap=True)
        self._trouble.hide()
        self.cancel = Button(_("Cancel"))
        self.save = Button(_("Save") if place else _("Add"), Kind.PRIMARY)
        self.save.setDefault(True)
        hint = secondary(
            _("Rack 1..25 adds twenty-five racks at once; a code R1..25 counts up with them."),
            wrap=True,
        )
        hint.setVisible(place is None)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        body = (
            card_title(title),
            row(Share(self.name, 3), Share(self.code, 2), gap=Space.M),
            hint,
            row(Share(self.kind, 1), Share(self.capacity, 1), gap=Space.M),
            self.within,
            self.holds,
            self._trouble,
            row(STRETCH, self.cancel, self.save),
        )
        self.setLayout(column(*body, gap=Space.M, margins=edges))
        self._fill(within)
        self._listen()
        self.name.setFocus()

    def accept(self) -> None:
        """Tell what was said; the dialog waits for the answer."""
        said = self.said()
        if said is not None and not self.save.is_busy:
            self.save.set_busy(True)
            self.decided.emit(said)

    def said(self) -> Change | None:
        """Return what is said of the place; None where the number is none."""
        capacity = self.capacity.text().strip() or "0"
        if not capacity.isdecimal() or int(capacity) > _MOST:
            self.capacity.show_state(State.BAD, _("A number of weapons, or nothing."))
            return None
        said = Change(
            name=self.name.text(),
            kind=self.kind.value(),
            code=self.code.text(),
            capacity=int(capacity),
            holds=tuple(self.holds.text().replace("،", ",").split(",")),
        )
        above = self.within.value()
        if above:
            said["within"] = PlaceId(above)
        return said

    def end(self) -> None:
        """Go away: it is on record."""
        self.save.set_busy(False)
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at the field it concerns; what was typed stays."""
        self.save.set_busy(False)
        sentence = wording.error_sentence(error)
        field = self._field_of(error)
        if field is not None:
            field.show_state(State.BAD, sentence)
            field.setFocus()
            return
        self._trouble.setText(sentence)
        self._trouble.show()
        self.adjustSize()

    def _field_of(self, error: StockpileError) -> Field | ChoiceField | None:
        if isinstance(error, PlaceCodeTaken):
            return self.code
        if isinstance(error, FieldMissing | FieldUnreadable):
            named = {"name": self.name, "code": self.code, "capacity": self.capacity}
            return named.get(error.field, self.kind)
        return None

    def _fill(self, within: PlaceId | None) -> None:
        place = self._place
        self.kind.set_value(place.kind if place else "rack")
        above = place.within if place else within
        self.within.set_value(above or "")
        self.within.setVisible(place is None or place.within is not None)
        if place is not None:
            self.name.set_text(place.name)
            self.code.set_text(place.code)
            self.capacity.set_text(str(place.capacity) if place.capacity else "")
            self.holds.set_text(", ".join(place.holds))

    def _listen(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        for field in (self.name, self.code, self.capacity, self.holds):
            field.submitted.connect(self.accept)
            field.edited.connect(lambda _text, field=field: field.show_state(State.PLAIN))
        self.name.edited.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()))


def _choices(places: Sequence[Place], but: Place | None) -> list[Choice]:
    """Return where a place may stand: in anything but a slot, and never in itself."""
    names = {one.id: one.name for one in places}
    found = []
    for one in places:
        if one.kind == "slot" or (but is not None and one.id == but.id):
            continue
        above = names.get(one.within) if one.within else None
        words = f"{isolated(one.name)} ({isolated(above)})" if above else isolated(one.name)
        found.append(Choice(one.id, words))
    return found
