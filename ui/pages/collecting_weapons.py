"""What is handed in: a weapon by its serial and a few fields, or by scanning one on record."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain import vocabulary
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.language import _
from ui.pages.collecting_person import on_enter
from ui.pages.entry_fields import EntryFields
from ui.pages.entry_one import remnant_banner
from ui.theme import Space
from ui.view_models.collecting import CollectingModel
from ui.view_models.entry_patterns import Offered
from ui.view_models.offers import OffersModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button
from ui.widgets.field import Choice, ChoiceField, ScanField, State

NO_SERIAL = "none"
"""What is typed of a weapon without a serial: the receipt then names it by its tag."""


class WeaponsPane(QWidget):
    """A serial, Enter; what it is, Enter; it lies on the table.

    Signals:
        done: Enter in the empty serial: on to the ammunition.
    """

    done = Signal()

    def __init__(
        self, model: CollectingModel, offers: OffersModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.serial = ScanField(_("Serial number"), placeholder=_("Scan or type, or: none"))
        self.condition = ChoiceField(
            _("Condition"),
            [Choice(code, wording.condition(code)) for code in vocabulary.CONDITIONS],
        )
        self.fields = EntryFields()
        self.fields.offer_terms(offers)
        self._called = Button(_("EOD is called: record it"))
        self._remnant = remnant_banner(self._called)
        self._remnant.hide()
        for field in (
            self.fields.model, self.fields.type, self.fields.make, self.fields.calibre,
            self.fields.origin,
        ):  # fmt: skip
            field.set_locked(locked=False)  # each brings something else; a lock is put on by hand
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.serial)

    def offer(self, offered: Offered, place: str) -> None:
        """Offer places and models; begin in the place that was used last."""
        self.fields.offer(offered)
        site = next((one.id for one in offered.places if one.kind == "site"), "")
        if not self.fields.place.value():
            self.fields.place.set_value(place or site)

    @property
    def place(self) -> Place | None:
        """Where it is put."""
        return self.fields.chosen_place()

    def fit(self, width: int) -> None:
        """Stand in as many columns as there is room for."""
        self.fields.fit(width)

    def clear(self) -> None:
        """Make room for the next weapon; what is locked stays."""
        self.serial.set_text("")
        self.serial.show_state(State.PLAIN)
        self.condition.set_value("")
        self.fields.clear_free()
        self.serial.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        first = row(Share(self.serial, 3, top), Share(self.condition, 2, top), gap=14)
        inner = column(
            first, self._remnant, self.fields, STRETCH, gap=Space.M,
            margins=(0, 0, Space.XS, 0),
        )  # fmt: skip
        self.setLayout(column(Share(scrolled(boxed(inner)))))

    def _connect(self) -> None:
        self.serial.submitted.connect(self._submit)
        self.serial.edited.connect(lambda _text: self.serial.show_state(State.PLAIN))
        on_enter(self.condition, self._submit)
        self.fields.done.connect(self._submit)
        self.fields.more.remnant_seen.connect(self._remnant_seen)
        self._called.clicked.connect(self._eod_called)
        self._model.wanted.connect(self._ask_more)

    def _submit(self) -> None:
        """Put the weapon there; an empty serial with nothing beside it goes on."""
        said = self.described()
        serial = self.serial.text().strip()
        if not serial and not _is_described(said):
            self.done.emit()
        elif not serial:
            self.serial.show_state(State.BAD, _("For a weapon without a serial type: none"))
            self.serial.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._remnant.isHidden() and self._called.isEnabled():
            self._called.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.fields.judge():
            self._model.put(serial, said, described=_is_described(said))

    def described(self) -> Description:
        """Return what is said of the weapon beside its serial."""
        said = self.fields.description("")
        return replace(said, condition=self.condition.value() or said.condition)

    def _ask_more(self, serial: str) -> None:
        """Ask what it is: no record names it."""
        if serial == self.serial.text().strip():
            self.serial.show_state(State.WARN, _("On no record. What is it?"))
            self.fields.model.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remnant_seen(self, seen: bool) -> None:
        self._remnant.setVisible(seen)
        self._called.setEnabled(seen)

    def _eod_called(self) -> None:
        self._called.setEnabled(False)
        self.serial.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_described(said: Description) -> bool:
    """Say whether anybody could tell later what sort of weapon it was."""
    return bool(said.type or said.model or said.make)
