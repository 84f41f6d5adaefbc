"""The weapon whose page is open: its whole file, and every act that puts its record right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import (
    Component,
    Fact,
    KitItem,
    Mark,
    PlaceChanged,
    PlaceOpened,
    SafeCheck,
    Serviceability,
    WeaponAbsorbed,
    WeaponDeactivated,
)
from stockpile.domain.people import Act
from stockpile.domain.values import JobId, PlaceId, WeaponId
from stockpile.domain.vocabulary import GROUNDS
from stockpile.domain.weapons import Weapon
from stockpile.services.deeds import Deed
from stockpile.services.documents import Drawn
from stockpile.services.dossiers import Opened
from stockpile.services.people import SignedIn
from stockpile.services.ports import Hit, Recorded
from stockpile.services.printed import FOLDER, free_file
from stockpile.services.signing import Second
from stockpile.services.weapon_files import WeaponFile
from ui.desk import PHOTOS, Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.overheard import NOTHING

MOST_REASONS = 6
"""So many reasons given lately are offered again."""
_FOUND = 8


@dataclass(frozen=True, slots=True)
class Written:
    """An act that was written: what is said of it, and how it is answered by its opposite."""

    said: str
    undo: Callable[[], None] | None = None


def _signed(
    act: Callable[..., Recorded], by: SignedIn, second: Second | None
) -> tuple[Recorded, None]:
    """Do an act as one officer, or as two where the site asks for it."""
    return (act(by=by) if second is None else act(by=by, witness=second)), None


class WeaponFileModel(QObject):
    """The file of one weapon.

    Signals:
        shown: the file as it stands now.
        written: an act is on record.
        refused: the act under way was refused: the error.
        printed: the dossier, or its values for programs, stand in a file.
        found: weapons that answer to what was typed: what was typed, and the hits.
        other_came: the file of another record, to be compared with this one.
    """

    shown = Signal(object)
    written = Signal(object)
    refused = Signal(object)
    printed = Signal(object)
    found = Signal(str, object)
    other_came = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._weapon: WeaponId | None = None
        self._file: WeaponFile | None = None
        self._reasons: list[str] = []
        self._files = Latest[WeaponFile](desk, self, self._came, notices.trouble)
        self._finds = Latest[tuple[str, tuple[Hit, ...]]](
            desk, self, lambda told: self.found.emit(*told), notices.trouble
        )
        desk.recorded.connect(self._heard)
        session.changed.connect(self.clear)

    @property
    def weapon(self) -> WeaponId | None:
        """Return the weapon asked for last."""
        return self._weapon

    @property
    def file(self) -> WeaponFile | None:
        """Return its file, once it came."""
        return self._file

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the reasons given lately, the newest first."""
        return tuple(self._reasons)

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def say_trouble(self, error: StockpileError) -> None:
        """Say a refusal where no form is open to say it."""
        self._notices.trouble(error)

    def show(self, weapon: str) -> None:
        """Show a weapon; asked again for the same one, read it again."""
        self._weapon = WeaponId(weapon)
        self._files.ask(partial(self._session.stockpile.dossiers.open, self._weapon))

    def clear(self) -> None:
        """Show no weapon."""
        self._weapon = self._file = None
        self._files.forget()

    # --- looking for another record ---------------------------------------------------------

    def find(self, text: str) -> None:
        """Look for records that answer to a text, this one left out."""
        tracing, own = self._session.stockpile.tracing, self._weapon

        def question() -> tuple[str, tuple[Hit, ...]]:
            hits = tracing.find(text, _FOUND) if text.strip() else ()
            return text, tuple(hit for hit in hits if hit.row.id != own)

        self._finds.ask(question)

    def ask_other(self, weapon: str) -> None:
        """Ask for the file of another record."""
        opened = partial(self._session.stockpile.dossiers.open, WeaponId(weapon))
        self._desk.ask(self, opened, self.other_came.emit, self.refused.emit)

    # --- putting right ----------------------------------------------------------------------

    def correct(self, fields: Mapping[str, str], reason: str, said: str, undone: str) -> None:
        """Correct fields; the undo is another correction, to what stood there before."""
        correct = self._session.stockpile.receiving.correct
        weapon, before = self._stands()
        old = {name: value for name, value in values(before).items() if name in fields}
        back = partial(self._take_fields_back, weapon, before, old, undone)
        self._write(partial(correct, weapon, fields, reason), reason, Written(said, back))

    def say_marks(
        self,
        marks: Sequence[Mark],
        components: Sequence[Component],
        reason: str,
        said: str,
        undone: str,
    ) -> None:
        """Say anew which marks the weapon bears, and which numbered components it has."""
        weapon, before = self._stands()
        say = self._session.stockpile.correcting.marks_and_components
        back = partial(self._again, partial(say, weapon, before.marks, before.components, undone))
        self._write(partial(say, weapon, marks, components, reason), reason, Written(said, back))

    def say_safety(self, safe: SafeCheck, reason: str, said: str) -> None:
        """Say what the safety check found."""
        weapon, _before = self._stands()
        say = self._session.stockpile.correcting.safety
        self._write(partial(say, weapon, safe, reason), reason, Written(said))

    def inspect(
        self, condition: Serviceability, remarks: str, due: str, said: str, *, unfit: bool = False
    ) -> None:
        """Write down what a competent person found."""
        weapon, _before = self._stands()
        inspect = self._session.stockpile.maintenance.inspect
        act = partial(inspect, weapon, condition, remarks=remarks, due=due, unfit=unfit)
        self._write(act, "", Written(said))

    def repair(self, condition: Serviceability, work: str, said: str) -> None:
        """Write down what an armourer did."""
        weapon, _before = self._stands()
        repair = self._session.stockpile.maintenance.repair
        self._write(partial(repair, weapon, condition, work), "", Written(said))

    def deactivate(self, told: WeaponDeactivated, said: str, *, again: bool) -> None:
        """Write down that the weapon was deactivated, and draw the certificate of that."""
        weapon, _before = self._stands()
        desk, by = self._session.stockpile.deactivating, self._session.officer

        def act() -> tuple[Recorded, None]:
            return desk.deactivate(weapon, told, by=by, again=again)[0], None

        def done(_none: None) -> None:
            self.written.emit(Written(said))
            self.print_deactivation()

        self._desk.record(self, act, done, self.refused.emit)

    def set_kit(self, items: Sequence[KitItem], said: str) -> None:
        """Say what goes with the weapon from now on."""
        weapon, _before = self._stands()
        set_kit = self._session.stockpile.maintenance.set_kit
        self._write(partial(set_kit, (weapon,), items), "", Written(said))

    def settle_custody(self, place: PlaceId, reason: str, said: str) -> None:
        """Say where the weapon is, over all that contradicts it."""
        weapon, _before = self._stands()
        settle = self._session.stockpile.correcting.settle_custody
        self._write(partial(settle, weapon, place, reason), reason, Written(said))

    def settle_marks(self, standing: Sequence[JobId], reason: str, said: str) -> None:
        """Say which of our marks stand on the metal."""
        weapon, _before = self._stands()
        settle = self._session.stockpile.correcting.settle_marks
        self._write(partial(settle, weapon, standing, reason), reason, Written(said))

    def move(self, place: PlaceId, reason: str, said: str, undone: str) -> None:
        """Move the weapon to a place."""
        weapon, before = self._stands()
        move = self._session.stockpile.receiving.move
        undo = None
        if before.place is not None:
            undo = partial(self._again, partial(move, (weapon,), before.place, undone))
        self._write(partial(move, (weapon,), place, reason), reason, Written(said, undo))

    # --- joining and parting ----------------------------------------------------------------

    def merge(self, other: WeaponId, reason: str, said: str, undone: str) -> None:
        """Join another record to this one; both lives are kept."""
        weapon, _before = self._stands()
        correcting = self._session.stockpile.correcting
        back = partial(self._again, partial(correcting.part, weapon, other, undone))
        act = partial(correcting.merge, weapon, other, reason)
        self._write(act, reason, Written(said, back))

    def part(self, stays: WeaponId, goes: WeaponId, reason: str, said: str) -> None:
        """Take a merger back."""
        part = self._session.stockpile.correcting.part
        self._write(partial(part, stays, goes, reason), reason, Written(said))

    def tell_apart(self, other: WeaponId, reason: str, said: str) -> None:
        """Say that the other record is another weapon."""
        weapon, _before = self._stands()
        tell = self._session.stockpile.correcting.tell_apart
        self._write(partial(tell, weapon, other, reason), reason, Written(said))

    def withdraw(self, reason: str, said: str, undone: str) -> None:
        """Withdraw the record: no weapon stands behind it."""
        weapon, _before = self._stands()
        correcting = self._session.stockpile.correcting
        back = partial(self._again, partial(correcting.reinstate, weapon, undone))
        act = partial(correcting.withdraw, [weapon], reason)
        self._write(act, reason, Written(said, back))

    def reinstate(self, reason: str, said: str) -> None:
        """Put a withdrawn record back into account."""
        weapon, _before = self._stands()
        reinstate = self._session.stockpile.correcting.reinstate
        self._write(partial(reinstate, weapon, reason), reason, Written(said))

    # --- papers -----------------------------------------------------------------------------

    def print_dossier(self) -> None:
        """Draw the dossier into the papers of the home, beside the books lane."""
        stockpile, by = self._session.stockpile, self._session.officer
        weapon, _before = self._stands()

        def begin() -> tuple[Recorded, Opened]:
            return NOTHING, stockpile.dossiers.begin(weapon, by=by)

        def draw(opened: Opened) -> Drawn:
            return stockpile.dossiers.draw(opened, self._paper(opened.file, ".pdf"))

        def issued(opened: Opened, drawn: Drawn) -> Recorded:
            return stockpile.dossiers.issued(opened, drawn, by=by)

        deed: Deed[Opened, Drawn] = Deed(begin, draw, issued)
        self._desk.perform(self, deed, PHOTOS, self._drawn, self._notices.trouble)

    def print_deactivation(self) -> None:
        """Draw the certificate of the weapon's deactivation."""
        weapon, _before = self._stands()
        print_ = partial(
            self._session.stockpile.deactivating.print, weapon, by=self._session.officer
        )
        self._desk.ask(self, print_, self._drawn, self._notices.trouble)

    def export(self, to: Path) -> None:
        """Write the whole life as values for programs (JSON) into a file."""
        weapon, _before = self._stands()
        export = self._session.stockpile.dossiers.export
        self._desk.ask(self, partial(export, weapon, to), self.printed.emit)

    def export_name(self) -> str:
        """Return the name of a file that may be offered for it."""
        assert self._file is not None
        return f"weapon-{self._file.life.row.number}.json"

    # --- inside -----------------------------------------------------------------------------

    def _drawn(self, drawn: Drawn) -> None:
        self.printed.emit(drawn.file)

    def _paper(self, file: WeaponFile, ending: str) -> Path:
        folder = self._session.stockpile.home / FOLDER
        folder.mkdir(exist_ok=True)
        return free_file(folder / f"dossier-{file.life.row.number}{ending}")

    def _stands(self) -> tuple[WeaponId, Weapon]:
        assert self._weapon is not None
        assert self._file is not None
        return self._weapon, self._file.life.weapon

    def _write(self, act: Callable[..., Recorded], reason: str, written: Written) -> None:
        by = self._session.officer

        def done(_none: None) -> None:
            self._remember(reason)
            self.written.emit(written)

        def postponed() -> None:
            self._remember(reason)
            self.written.emit(Written(""))

        signed = partial(_signed, act, by)
        self._desk.record_by_two(self, signed, done, self.refused.emit, postponed)

    def _again(self, act: Callable[..., Recorded]) -> None:
        """Answer an act by its opposite; nothing is offered to undo that in turn."""
        signed = partial(_signed, act, self._session.officer)
        self._desk.record_by_two(self, signed, lambda _none: None)

    def _take_fields_back(
        self, weapon: WeaponId, before: Weapon, old: Mapping[str, str], reason: str
    ) -> None:
        """Write what stood there before: a serial by all of its marks, a text as it was."""
        stockpile = self._session.stockpile
        fields = {name: value for name, value in old.items() if name != "serial"}
        if "serial" in old:
            self._again(partial(stockpile.correcting.marks, weapon, before.marks, reason))
        if fields:
            self._again(partial(stockpile.receiving.correct, weapon, fields, reason))

    def _remember(self, reason: str) -> None:
        if reason.strip():
            others = [one for one in self._reasons if one != reason.strip()]
            self._reasons = [reason.strip(), *others][:MOST_REASONS]

    def _came(self, file: WeaponFile) -> None:
        self._file = file
        self._learn_reasons(file.life.facts)
        self.shown.emit(file)

    def _learn_reasons(self, facts: Sequence[Fact]) -> None:
        """Offer what was given as a reason on this record, after those given here."""
        for fact in reversed(facts):
            said = getattr(fact.body, "reason", "")
            known = len(self._reasons) >= MOST_REASONS or said in self._reasons
            if isinstance(said, str) and said and not known:
                self._reasons.append(said)

    def _heard(self, recorded: Recorded) -> None:
        if self._weapon is None:
            return
        concerned = {self._weapon}
        if self._file is not None:
            concerned |= {one.weapon.id for one in self._file.joined}
            concerned |= {one.id for one in self._file.alike}
        facts = recorded.facts
        subjects = {fact.subject for fact in facts}
        subjects |= {one.body.into for one in facts if isinstance(one.body, WeaponAbsorbed)}
        renamed = any(isinstance(fact.body, PlaceOpened | PlaceChanged) for fact in facts)
        if subjects.intersection(concerned) or renamed:
            self.show(self._weapon)


def values(weapon: Weapon) -> dict[str, str]:
    """Return the fields that a correction can name, as they stand, as they would be typed."""
    came, imported = weapon.acquired, weapon.imported
    return {
        "serial": weapon.serial.text,
        "type": weapon.type,
        "make": weapon.make,
        "model": weapon.model,
        "calibre": weapon.calibre,
        "country": weapon.country,
        "year": weapon.year,
        "action": weapon.action,
        "origin": weapon.origin,
        "frame": weapon.frame,
        "custody": weapon.custody_type,
        "missing_parts": weapon.missing_parts,
        "mode": came.mode,
        "on": came.on,
        "where": came.where,
        "case": came.case,
        "grounds": ",".join(one for one in GROUNDS if one in came.grounds),
        "import_country": imported.country,
        "import_year": imported.year,
        "importer": imported.importer,
        "remarks": weapon.remarks,
    }
