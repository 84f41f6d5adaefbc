"""The file room: a weapon's whole file in one place, for the screen, for paper and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from stockpile.domain.errors import DiskTrouble, PhotoDamaged, PhotoMissing, WeaponUnknown
from stockpile.domain.facts import (
    Draft,
    Fact,
    InspectionSigned,
    InvestigationOpened,
    PaperIssued,
    Photo,
)
from stockpile.domain.lives import custody_chain, fittings
from stockpile.domain.matters import open_matters
from stockpile.domain.values import WeaponId, new_id
from stockpile.domain.views import bound_book
from stockpile.services.clocks import doubted
from stockpile.services.documents import Drawn, Picture, Press
from stockpile.services.dossier_pages import PRINTED_PHOTOS, dossier_paper
from stockpile.services.dossier_values import file_value
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import Places, known_names
from stockpile.services.ports import Books, Chance, Clock, Recorded, RegisterRow
from stockpile.services.printed import printing_now
from stockpile.services.tracing import Life, Tracing
from stockpile.services.weapon_files import Printing, WeaponFile
from stockpile.terms import term
from stockpile.wording import Names

PREFIX: Final = "DS"


@dataclass(frozen=True, slots=True)
class Opened:
    """A weapon's file as it will be printed: the number of the paper, the file, and its foot."""

    number: str
    file: WeaponFile
    printing: Printing


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The file room. Everything but ``draw`` runs on the books lane."""

    books: Books
    tracing: Tracing
    places: Places
    clock: Clock
    press: Press
    photo: Callable[[str], bytes]
    numbers: PaperNumbers
    chance: Chance
    _given: set[str] = field(default_factory=set)
    """Numbers given out in this session: two dossiers may be drawn at the same time."""

    def open(self, weapon: WeaponId) -> WeaponFile:
        """Return the weapon's file; raises WeaponUnknown."""
        life = self.tracing.life(weapon)
        stands, facts = life.weapon, life.facts
        joined, inspections = tuple(self._beneath(life, {weapon})), self._inspections(weapon)
        return WeaponFile(
            life=life,
            names=self._names(),
            book=bound_book(weapon, facts),
            custody=custody_chain(weapon, facts),
            fittings=fittings(weapon, facts),
            matters=open_matters(
                stands, facts, life.conflicts, self._today(), self._investigated(weapon)
            ),
            joined=joined,
            into=self._line(stands.absorbed_into),
            alike=self._alike(life),
            places=self.places.all(),
            inspections=inspections,
            doubted=life.doubted.union(
                *(one.doubted for one in joined), doubted(self.books, inspections)
            ),
        )

    def print(self, weapon: WeaponId, file: Path, *, by: SignedIn) -> Drawn:
        """Draw the weapon's dossier into a file, in the language in use, and write it down.

        Raises WeaponUnknown, PaperMisread, DiskFull, DiskTrouble.
        """
        opened = self.begin(weapon, by=by)
        drawn = self.draw(opened, file)
        self.issued(opened, drawn, by=by)
        return drawn

    def begin(self, weapon: WeaponId, *, by: SignedIn) -> Opened:
        """Open a weapon's file for printing, with a number that no other dossier gets."""
        file, printing = self.open(weapon), self.printing(by)
        number = self.numbers.next(PREFIX, PaperIssued, self._given)
        self._given.add(number)
        return Opened(number, file, printing)

    def issued(self, opened: Opened, drawn: Drawn, *, by: SignedIn) -> Recorded:
        """Write down that a dossier left the program, with the digest of its file."""
        life = opened.file.life
        body = PaperIssued(
            opened.number, "dossier", (life.weapon.id,), drawn.digest, life.row.number
        )
        draft = Draft(new_id(self.clock.now(), self.chance.bytes(10)), body)
        return self.books.record([draft], by=by.id)

    def export(self, weapon: WeaponId, to: Path) -> Path:
        """Write the weapon's whole file as JSON, for programs; raises DiskTrouble."""
        text = json.dumps(file_value(self.open(weapon)), ensure_ascii=False, indent=1)
        try:
            to.write_text(text, "utf-8")
        except OSError as error:
            raise DiskTrouble(str(to), error.strerror or str(error)) from error
        return to

    def _inspections(self, weapon: WeaponId) -> tuple[Fact, ...]:
        found = self.books.references(InspectionSigned, about=f'"{weapon}"')
        return tuple(self.books.history(one.subject)[0] for one in found)

    def printing(self, by: SignedIn) -> Printing:
        """Return what stands at the foot of a paper printed now: who, when, the ledger's seal."""
        return printing_now(self.books, self.clock, by.officer.name)

    def draw(self, opened: Opened, to: Path) -> Drawn:
        """Draw a file that was opened; touches no books, so that any lane may wait for it."""
        file = opened.file
        pictures, missing = self._pictures(file.life.weapon.photos[:PRINTED_PHOTOS])
        paper = dossier_paper(file, opened.printing, pictures, missing, opened.number)
        return self.press.draw(paper, to)

    def _pictures(self, photos: Sequence[Photo]) -> tuple[tuple[Picture, ...], int]:
        """Return the photos that are on this computer, and how many are not."""
        found: list[Picture] = []
        for photo in photos:
            try:
                found.append(Picture(self.photo(photo.digest), _title(photo)))
            except (PhotoMissing, PhotoDamaged):
                continue
        return tuple(found), len(photos) - len(found)

    def _beneath(self, life: Life, seen: set[WeaponId]) -> Iterator[Life]:
        """Give the lives that were joined to this one, and those that were joined to them.

        A merger is said by two facts, of the kept record and of the absorbed one: one is enough.
        """
        told = self.tracing.register.joined_to(life.weapon.id)
        for one in dict.fromkeys((*life.weapon.same_as, *told)):
            if one in seen:
                continue
            seen.add(one)
            joined = self._life_here(one)
            if joined is not None and joined.weapon.absorbed_into == life.weapon.id:
                yield joined
                yield from self._beneath(joined, seen)

    def _life_here(self, weapon: WeaponId) -> Life | None:
        """Return the life of a record; None where another node wrote it, and nobody told of it."""
        try:
            return self.tracing.life(weapon)
        except WeaponUnknown:
            return None

    def _investigated(self, weapon: WeaponId) -> tuple[InvestigationOpened, ...]:
        """Return the open investigations about a weapon, what is due first in front."""
        known = self.books.references(InvestigationOpened)
        told = (one.opened for one in known if not one.is_closed)
        found = [
            one for one in told if isinstance(one, InvestigationOpened) and one.weapon == weapon
        ]
        return tuple(sorted(found, key=lambda one: one.due))

    def _names(self) -> Names:
        return Names(known_names(self.books), partial(term, "component"))

    def _today(self) -> str:
        return datetime.fromtimestamp(self.clock.now() / 1000, UTC).date().isoformat()

    def _line(self, weapon: WeaponId | None) -> RegisterRow | None:
        known = self._life_here(weapon) if weapon else None
        return known.row if known else None

    def _alike(self, life: Life) -> tuple[RegisterRow, ...]:
        others = {one for each in life.conflicts for one in each.weapons} - {life.weapon.id}
        return self.tracing.register.rows(sorted(others))


def _title(photo: Photo) -> str:
    view = term("view", photo.view)
    return f"{view}: {photo.caption}" if photo.caption else view
