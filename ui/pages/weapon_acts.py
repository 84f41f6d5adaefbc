"""The questions that the weapon's page asks before something is written, and what it then says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import SafeCheck, Serviceability
from stockpile.domain.matters import Matter
from stockpile.domain.places import Place
from stockpile.domain.values import JobId, WeaponId
from stockpile.domain.vocabulary import CONDITIONS, picked
from stockpile.language import _, isolated
from stockpile.services.weapon_files import WeaponFile
from ui.pages.weapon_correction import CorrectionForm
from ui.pages.weapon_deactivation import DeactivateForm
from ui.pages.weapon_dialogs import MoveDialog, ReasonDialog
from ui.pages.weapon_findings import InspectDialog, SafetyDialog, SettleDialog, SettleMarksDialog
from ui.pages.weapon_joining import JoiningDialog
from ui.pages.weapon_marking import MarksForm
from ui.pages.weapon_workshop import KitDialog, RepairDialog
from ui.view_models.weapon_file import WeaponFileModel, Written

_Form = CorrectionForm | JoiningDialog | MarksForm | DeactivateForm


class WeaponActs(QObject):
    """One question at a time, about the weapon whose page is open."""

    def __init__(self, model: WeaponFileModel, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._page = model, page
        self._form: _Form | None = None
        self._began: dict[str, Callable[[], None]] = {
            "correct": self._correct,
            "marks": self._change_marks,
            "merge": self._join,
            "withdraw": self._withdraw,
            "reinstate": self._reinstate,
            "inspect": self._inspect,
            "repair": self._repair,
            "kit": self._set_kit,
            "deactivate": self._deactivate,
            "move": self._move,
            "safety": self._check_safety,
            "settle_custody": self._settle,
            "settle_marks": self._settle_marks,
        }
        model.written.connect(self._end)
        model.refused.connect(self._refuse)
        model.found.connect(self._show_hits)
        model.other_came.connect(self._compare)

    def begin(self, name: str) -> None:
        """Ask what an act needs to know."""
        self._began[name]()

    def close(self, matter: Matter) -> None:
        """Ask what closes a matter."""
        if matter.closing == "compare":
            self._join(matter)
        elif matter.closing == "correct":
            about = matter.about if matter.kind == "not_normalised" else ""
            self._correct(about.split(",")[0])
        else:
            self.begin(matter.closing)

    # --- putting right ----------------------------------------------------------------------

    def _correct(self, field: str = "") -> None:
        form = CorrectionForm(self._file.life.weapon, self._model.reasons, self._page, field=field)
        undone = _("Taken back")
        said = _("The record is corrected")
        form.decided.connect(
            lambda fields, reason: self._model.correct(fields, reason, said, undone)
        )
        self._open(form)

    def _change_marks(self) -> None:
        form = MarksForm(self._file.life.weapon, self._model.reasons, self._page)
        said, undone = _("The marks are corrected"), _("Taken back")
        form.decided.connect(
            lambda marks, components, reason: self._model.say_marks(
                marks, components, reason, said, undone
            )
        )
        self._open(form)

    def _check_safety(self) -> None:
        dialog = SafetyDialog(self._file.life.weapon.safe, self._page)

        def decided(safe: SafeCheck, reason: str) -> None:
            self._model.say_safety(safe, reason, _("The safety check is on record"))

        dialog.decided.connect(decided)
        self._ask(dialog)

    def _inspect(self) -> None:
        weapon = self._file.life.weapon
        dialog = InspectDialog(weapon.condition, self._page, unfit=weapon.unfit)

        def decided(condition: str, remarks: str, due: str, unfit: bool) -> None:  # a signal's
            found: Serviceability = picked("condition", condition, CONDITIONS)
            said = _("Inspected: {condition}").format(condition=wording.condition(found))
            self._model.inspect(found, remarks, due, said, unfit=unfit)

        dialog.decided.connect(decided)
        self._ask(dialog)

    def _repair(self) -> None:
        dialog = RepairDialog(self._page)

        def decided(condition: str, work: str) -> None:
            found: Serviceability = picked("condition", condition, CONDITIONS)
            self._model.repair(found, work, _("The repair is on record"))

        dialog.decided.connect(decided)
        self._ask(dialog)

    def _set_kit(self) -> None:
        dialog = KitDialog(self._file.life.weapon.kit, self._page)
        said = _("What goes with it is on record")
        dialog.decided.connect(lambda items: self._model.set_kit(items, said))
        self._ask(dialog)

    def _deactivate(self) -> None:
        form = DeactivateForm(self._file.life.weapon, self._page)
        said = _("The deactivation is on record")
        form.decided.connect(lambda told, again: self._model.deactivate(told, said, again=again))
        self._open(form)

    def _move(self) -> None:
        weapon = self._file.life.weapon
        dialog = MoveDialog(self._named(), self._file.places, weapon.place, self._page)

        def decided(place: Place) -> None:
            said = _("Moved to {place}").format(place=isolated(place.name))
            self._model.move(place.id, "", said, _("Taken back"))

        dialog.decided.connect(decided)
        self._ask(dialog)

    def _settle(self) -> None:
        weapon, names = self._file.life.weapon, self._file.names
        claimed = [names.of(one.place) for one in weapon.custody]
        claimed += [names.of(one.place) for one in weapon.sightings]
        known = list(dict.fromkeys(one for one in claimed if one))
        dialog = SettleDialog(self._file.places, known, self._page)

        def decided(place: Place, reason: str) -> None:
            said = _("Settled: it is in {place}").format(place=isolated(place.name))
            self._model.settle_custody(place.id, reason, said)

        dialog.decided.connect(decided)
        self._ask(dialog)

    def _settle_marks(self) -> None:
        dialog = SettleMarksDialog(self._file.life.weapon, self._page)

        def decided(standing: tuple[JobId, ...], reason: str) -> None:
            self._model.settle_marks(standing, reason, _("The marks are settled"))

        dialog.decided.connect(decided)
        self._ask(dialog)

    # --- joining and withdrawing ------------------------------------------------------------

    def _join(self, matter: Matter | None = None) -> None:
        file = self._file
        concerned = set(matter.conflict.weapons) if matter and matter.conflict else set()
        offered = [one for one in file.alike if not concerned or one.id in concerned]
        offered += [one.row for one in file.joined]
        dialog = JoiningDialog(file, self._model.reasons, self._page, offered=offered)
        dialog.typed.connect(self._model.find)
        dialog.chosen.connect(self._model.ask_other)
        dialog.joined.connect(self._merge)
        dialog.told_apart.connect(self._tell_apart)
        dialog.parted.connect(self._part)
        self._open(dialog)
        if len(offered) == 1:
            self._model.ask_other(offered[0].id)

    def _merge(self, other: str, reason: str) -> None:
        said, undone = _("Both records are read as one"), _("Taken back")
        self._model.merge(WeaponId(other), reason, said, undone)

    def _tell_apart(self, other: str, reason: str) -> None:
        self._model.tell_apart(WeaponId(other), reason, _("They are two weapons from now on"))

    def _part(self, other: str, reason: str) -> None:
        own = self._file.life.weapon.id
        self._model.part(own, WeaponId(other), reason, _("Both records stand by themselves again"))

    def _withdraw(self) -> None:
        said = _("No weapon stands behind it? It goes out of account and stays to be read.")
        dialog = ReasonDialog(_("Withdraw the record"), said, _("Withdraw"), self._page)
        done, undone = _("The record is withdrawn"), _("Taken back")
        dialog.decided.connect(lambda reason: self._model.withdraw(reason, done, undone))
        self._ask(dialog)

    def _reinstate(self) -> None:
        said = _("It comes back into account where it was last.")
        dialog = ReasonDialog(
            _("Put the record back"), said, _("Put back"), self._page, danger=False
        )
        done = _("The record is back in account")
        dialog.decided.connect(lambda reason: self._model.reinstate(reason, done))
        self._ask(dialog)

    # --- inside -----------------------------------------------------------------------------

    @property
    def _file(self) -> WeaponFile:
        assert self._model.file is not None
        return self._model.file

    def _named(self) -> str:
        return self._file.life.weapon.serial.text or self._file.life.row.number

    def _open(self, form: _Form) -> None:
        """Open a form that stays until the core has answered."""
        self._form = form
        form.finished.connect(self._forget)
        self._ask(form)

    def _ask(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _forget(self) -> None:
        self._form = None

    def _end(self, _written: Written) -> None:
        if self._form is not None:
            self._form.close_decided()

    def _refuse(self, error: StockpileError) -> None:
        if self._form is not None:
            self._form.show_error(error)
        else:
            self._model.say_trouble(error)

    def _show_hits(self, typed: str, hits: object) -> None:
        if isinstance(self._form, JoiningDialog) and isinstance(hits, tuple):
            self._form.show_hits(typed, hits)

    def _compare(self, other: WeaponFile) -> None:
        if isinstance(self._form, JoiningDialog):
            self._form.compare(other)
