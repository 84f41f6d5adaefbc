"""What the panel beside the register leads to: a move, a correction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import StockpileError
from stockpile.domain.places import Place
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated
from ui.pages.weapon_dialogs import CorrectDialog, MoveDialog
from ui.view_models.weapon_detail import Moved, WeaponDetailModel


class WeaponActs(QObject):
    """The questions about the weapon under the cursor, and what is said when they are answered.

    Signals:
        toast: what has happened, the word of the way on, and the way on.
    """

    toast = Signal(str, str, object)

    def __init__(self, model: WeaponDetailModel, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._page = model, page
        self.correction: CorrectDialog | None = None
        model.places_came.connect(self._ask_place)
        model.moved.connect(self._say_moved)
        model.corrected.connect(self._end_correction)
        model.refused.connect(self._refuse_correction)

    def _ask_place(self, places: Sequence[Place]) -> None:
        life = self._model.life
        if life is None:
            return
        weapon = life.weapon
        named = weapon.serial.text or life.row.number
        dialog = MoveDialog(named, places, weapon.place, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(lambda place: self._model.move(weapon.id, place, weapon.place))
        dialog.open()

    def _say_moved(self, moved: Moved) -> None:
        if moved.before is None:
            said = _("Moved back to {place}").format(place=isolated(moved.place.name))
            self.toast.emit(said, "", None)
        else:
            said = _("Moved to {place}").format(place=isolated(moved.place.name))
            self.toast.emit(said, _("Undo"), partial(self._model.move_back, moved))

    def ask_correction(self) -> None:
        """Ask what is wrong, what is right, and why."""
        life = self._model.life
        if life is None:
            return
        weapon = life.weapon
        dialog = CorrectDialog(weapon, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(partial(self._model.correct, WeaponId(weapon.id)))
        dialog.finished.connect(self._forget_correction)
        self.correction = dialog
        dialog.open()

    def _forget_correction(self) -> None:
        self.correction = None

    def _end_correction(self) -> None:
        if self.correction is not None:
            self.correction.close_corrected()
        self.toast.emit(_("The record is corrected"), "", None)

    def _refuse_correction(self, error: StockpileError) -> None:
        if self.correction is not None:
            self.correction.show_error(error)
