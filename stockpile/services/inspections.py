"""The inspector's visit: a dossier on a stick, and the signed result taken back into the ledger.

1. A dossier is the ledger with its verifier, a list of the weapons on charge, and a paper with the
   head code; the node signs for all of it. Nothing in it names a person.
2. What comes back counts only if the dossier is ours, the sample is the one that the seed draws and
   the inspector's signature covers it; then it stands in the ledger for ever.
3. Whatever was missing, or not as recorded, is an investigation at once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile import paths, wording
from stockpile.domain import inspections, ledger, opening_counts, people
from stockpile.domain.errors import FileUnreadable, InspectionKnown, InspectionUnproved
from stockpile.domain.facts import Fact, Inspected, InspectionSigned
from stockpile.domain.inspections import ON_CHARGE, Dossier
from stockpile.domain.spreadsheets import harmless
from stockpile.domain.values import Digest, WeaponId, new_id
from stockpile.language import current_language, is_right_to_left, plain
from stockpile.services.chain_export import ChainExport
from stockpile.services.checking import head_of
from stockpile.services.documents import Press
from stockpile.services.inspection_papers import Listed, list_page, stick_paper
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Keys,
    Progress,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
    silent,
)
from stockpile.services.weapon_files import Printing
from stockpile.whole_files import beside, disk_errors, settle

CHAINS: Final = "ledger.chains.gz"
LIST: Final = "register.csv"
PAGE: Final = "register.html"
ABOUT: Final = "dossier.json"
PAPER: Final = "dossier.pdf"
RESULT: Final = "result.json"
PROGRAMS: Final = (
    "verify_stockpile.py", "inspect_stockpile.py", "log_stockpile.py", "FORMAT.md",
)  # fmt: skip
COLUMNS: Final = (
    "id", "number", "serial", "mark", "type", "make", "model", "calibre", "place", "status",
)  # fmt: skip
_PAGE: Final = 1000
_PIECE: Final = 1 << 20
_LARGEST_LIST: Final = 1 << 29
_LARGEST_RESULT: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dossier that was written: its folder, what it says of itself, how many weapons it lists."""

    folder: Path
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection on record: its subject, what was signed, when and by whom it was taken in."""

    subject: str
    result: InspectionSigned
    fact: Fact

    @property
    def found(self) -> dict[str, int]:
        """How many weapons there are of each finding."""
        counts = dict.fromkeys(("found", "missing", "differs", "not_seen"), 0)
        for one in self.result.sample:
            counts[one.finding] += 1
        return counts

    def of(self, weapon: WeaponId) -> Inspected | None:
        """Return what was found of a weapon, if it was in the sample."""
        return next((one for one in self.result.sample if one.weapon == weapon), None)


@dataclass(frozen=True, slots=True)
class Result:
    """A result that holds, before it is taken in: what is signed, and of which dossier."""

    result: InspectionSigned
    dossier: Dossier
    is_known: bool


@dataclass(frozen=True, slots=True)
class Inspections:
    """The desk where the inspector's stick goes out and comes back; all on the books lane."""

    books: Books
    register: Register
    people: People
    places: Places
    keys: Keys
    clock: Clock
    chance: Chance
    press: Press
    export: ChainExport

    def prepare(self, folder: Path, *, by: SignedIn, progress: Progress = silent) -> Prepared:
        """Write a dossier into a new folder within this one, and return where.

        Of the same moment there is one: prepared again, it replaces itself. Raises
        OfficerNotAuthorised, DiskFull, DiskTrouble, Cancelled.
        """
        people.authorise(by.officer, "sync")
        tip = self.books.tip()
        head = ledger.head_code(tip)
        site = self.places.one(self.people.site())
        into = folder / f"stockpile-dossier-{head}"
        with disk_errors(into):
            into.mkdir(parents=True, exist_ok=True)
        _, chains = self.export.write(into / CHAINS, by=by, progress=progress)
        rows = sorted(self.on_charge(), key=lambda row: row.id)
        register = _put(into / LIST, _csv(rows))
        now, zone = self.clock.now(), self.clock.zone()
        dossier = inspections.sealed(
            Dossier(
                inspections.VERSION, self.keys.node, self.keys.public_key.hex(), site.name, head,
                now, len(rows), register, chains.digest,
            ),
            self.keys.sign,
        )  # fmt: skip
        _put(into / PAGE, list_page(Listed(dossier, rows, current_language(), is_right_to_left())))
        with disk_errors(into):
            for name in PROGRAMS:
                shutil.copyfile(paths.resource("verifier", name), into / name)
        printing = Printing(by.officer.name, now, zone, tip.number, tip.hash)
        self.press.draw(stick_paper(dossier, printing), into / PAPER)
        _put(into / ABOUT, inspections.written(dossier))
        return Prepared(into, dossier)

    def on_charge(self) -> Iterator[RegisterRow]:
        """Give the weapons that this site must be able to show, or say who has them."""
        site = self.people.site()
        met: set[WeaponId] = set()
        for among in (RegisterFilter(place=site), RegisterFilter(home=site), RegisterFilter()):
            is_rest = among == RegisterFilter()
            for row in self._rows(among):
                nowhere = not row.place and not row.home
                if row.status in ON_CHARGE and row.id not in met and (nowhere or not is_rest):
                    met.add(row.id)
                    yield row

    def draw(self, folder: Path, seed: str, count: int) -> tuple[RegisterRow, ...]:
        """Return the weapons that a seed draws of a dossier, in the order of the draw.

        Raises FileUnreadable, InspectionUnproved, FieldMissing, FieldUnreadable.
        """
        about = _about(folder)
        drawn = inspections.draw(about.head, seed, _listed(folder / LIST, about), count)
        return self.register.rows(drawn)

    # --- what comes back ------------------------------------------------------------------------

    def read(self, file: Path, dossier: Path | None = None, progress: Progress = silent) -> Result:
        """Prove a result against its dossier; nothing is taken in.

        ``file`` is the result or the folder that it lies in; ``dossier`` the dossier's folder where
        it is another one. Raises FileUnreadable, InspectionUnproved, Cancelled.
        """
        file = file / RESULT if file.is_dir() else file
        folder = dossier or file.parent
        about = _about(folder)
        if about.node != self.keys.node:
            raise InspectionUnproved(str(folder / ABOUT), "dossier")
        if head_of(self.books, about.head) != about.node:
            raise InspectionUnproved(str(folder / ABOUT), "head")
        result = inspections.read_result(_read(file, _LARGEST_RESULT), str(file))
        listed = _listed(folder / LIST, about, progress)
        inspections.demand_of_dossier(result, about, listed, str(file))
        is_known = self.books.reference(inspections.subject_of(result)) is not None
        return Result(result, about, is_known)

    def take_in(self, found: Result, *, by: SignedIn) -> tuple[Recorded, Visit]:
        """Put a result that holds on record, with an investigation for each weapon to answer for.

        Raises OfficerNotAuthorised, InspectionKnown.
        """
        people.authorise(by.officer, "sign_inspection")
        result = found.result
        subject = inspections.subject_of(result)
        if self.books.reference(subject) is not None:
            raise InspectionKnown(result.inspector, result.signed_on)
        asked = [one.weapon for one in inspections.to_answer(result)]
        places = {one.id: one.place for one in self.books.weapons(asked)}
        now = self.clock.now()
        drafts = inspections.taken_in(
            result,
            places,
            ids=[new_id(now, self.chance.bytes(10)) for _one in asked],
            today=opening_counts.day(now, self.clock.zone()),
        )
        recorded = self.books.record(drafts, by=by.id, signers=[by.key])
        return recorded, Visit(subject, result, recorded.facts[0])

    def all(self, weapon: WeaponId | None = None) -> tuple[Visit, ...]:
        """Return the inspections on record, newest first; or those that one weapon was part of."""
        found = self.books.references(InspectionSigned, about=f'"{weapon}"' if weapon else "")
        visits = [self._visit(one.subject, one.now) for one in found]
        kept = [one for one in visits if one is not None]
        return tuple(sorted(kept, key=lambda one: one.fact.order, reverse=True))

    # --- inside ---------------------------------------------------------------------------------

    def _visit(self, subject: str, body: object) -> Visit | None:
        if not isinstance(body, InspectionSigned):
            return None
        return Visit(subject, body, self.books.history(subject)[0])

    def _rows(self, among: RegisterFilter) -> Iterator[RegisterRow]:
        for page in range(-(-self.register.count(among) // _PAGE)):
            yield from self.register.page("recorded", page, _PAGE, among)


def cells(row: RegisterRow) -> tuple[str, ...]:
    """Return a weapon as a line of the list; who has it is not said."""
    return (
        row.id, row.number, row.serial, row.mark, row.type, row.make, row.model, row.calibre,
        row.place, plain(wording.status(row.status)),
    )  # fmt: skip


def _csv(rows: list[RegisterRow]) -> bytes:
    """Return the list for spreadsheets and the inspector's program; no cell is a formula."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    lines.writerows([harmless(one) for one in cells(row)] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _about(folder: Path) -> Dossier:
    """Return what a dossier says of itself, once its node signed it."""
    file = folder / ABOUT
    return inspections.read_dossier(_read(file, _LARGEST_RESULT), str(file))


def _listed(file: Path, about: Dossier, progress: Progress = silent) -> Iterator[WeaponId]:
    """Give the ids on a dossier's list; raises InspectionUnproved where it is another one."""
    raw = _read(file, _LARGEST_LIST, lambda: progress(0, about.weapons))
    if hashlib.sha256(raw).hexdigest() != about.register:
        raise InspectionUnproved(str(file), "register")
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    next(rows)
    for number, row in enumerate(rows):
        if number % _PAGE == 0:
            progress(number, max(number, about.weapons))
        yield WeaponId(row[0])


def _put(file: Path, raw: bytes) -> Digest:
    with beside(file) as draft:
        draft.write_bytes(raw)
        draft.replace(file)
        settle(file.parent)
    return Digest(hashlib.sha256(raw).hexdigest())


def _read(file: Path, most: int, between: Callable[[], None] = lambda: None) -> bytes:
    """Return a file's bytes, no more than are taken in at once; raises FileUnreadable.

    ``between`` is called between two pieces: a stick may be slow.
    """
    raw = bytearray()
    try:
        with file.open("rb") as stream:
            while len(raw) <= most and (piece := stream.read(_PIECE)):
                between()
                raw += piece
    except OSError as error:
        raise FileUnreadable(str(file), error.strerror or str(error)) from error
    if len(raw) > most:
        raise FileUnreadable(str(file), "too large")
    return bytes(raw)
