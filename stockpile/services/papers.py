"""Labels and cards: gather what they say, draw them, and write down that they left the program."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from stockpile.domain import people, places, tags
from stockpile.domain.errors import PlaceUnknown
from stockpile.domain.facts import Draft, LabelLayoutSet, LabelPrinted, TagBound
from stockpile.domain.numbers import registry_number
from stockpile.domain.places import Place
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit, RulerPaper
from stockpile.domain.serials import without_notes
from stockpile.domain.values import Digest, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.label_layouts import LabelLayouts
from stockpile.services.label_words import LONGEST_HEADLINE, headline, said_of, said_of_place
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Gate,
    GreyPicture,
    Keys,
    Label,
    LabelSheets,
    Progress,
    Recorded,
    Register,
    RegisterFilter,
    Sheet,
    silent,
)

USUAL_STOCK = "l7160"
"""A4, three by seven: what the offices of most programmes can buy."""

_PAGE: Final = 500
"""So many weapons are read, and so many prints written, at once: memory stays flat."""
_RUN_BYTES: Final = 5


@dataclass(frozen=True, slots=True)
class Printing:
    """How labels are printed.

    ``start_at`` is the first free cell of a part-used sheet; ``fit`` takes back what the printer
    puts beside its place. With ``anew`` every weapon that bears a label is given another tag,
    because its label was lost or damaged: the old one is void. Without it the same label is printed
    again, because it never left whole.
    """

    stock: str = USUAL_STOCK
    start_at: int = 1
    layout: LabelLayoutSet | None = None
    fit: PrinterFit = STRAIGHT
    gate: Gate = "whole"
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """The printing table."""

    books: Books
    register: Register
    keys: Keys
    sheets: LabelSheets
    chance: Chance
    layouts: LabelLayouts

    def stocks(self) -> tuple[str, ...]:
        """Return the names of the label stocks, the usual one first."""
        return tuple(sorted(self.sheets.stocks(), key=lambda name: (name != USUAL_STOCK, name)))

    def everything(self, among: RegisterFilter) -> tuple[WeaponId, ...]:
        """Return every weapon of a list, in the order of its serials."""
        count = self.register.count(among)
        pages = range((count + _PAGE - 1) // _PAGE)
        rows = (row for page in pages for row in self.register.page("serial", page, _PAGE, among))
        return tuple(row.id for row in rows)

    def labelled(self, weapons: Sequence[WeaponId]) -> int:
        """Return how many of these weapons bear a label already."""
        return sum(one.labels > 0 for one in self._weapons(tuple(dict.fromkeys(weapons))))

    def unlabelled(self, weapons: Sequence[WeaponId]) -> tuple[WeaponId, ...]:
        """Return those of these weapons that bear no label yet."""
        ids = tuple(dict.fromkeys(weapons))
        return tuple(one.id for one in self._weapons(ids) if not one.labels)

    def labels(
        self,
        weapons: Sequence[WeaponId],
        printing: Printing,
        file: Path,
        *,
        by: SignedIn,
        progress: Progress = silent,
    ) -> tuple[Recorded, Sheet]:
        """Give each weapon a tag if it has none, draw its label, and write down the print.

        The sheet was read back before it stands in the file. A tag is bound before anything is
        drawn: a printed code can never be unknown to the record. Weapons are read and prints
        written in portions; raises what drawing does.
        """
        people.authorise(by.officer, "label")
        ids = tuple(dict.fromkeys(weapons))
        bound = list(self._bind(ids, by, anew=printing.anew))
        sheet = self._drawn(_Labels(self, ids, printing.layout), printing, file, progress)
        written = self._write_down(ids, printing.stock, sheet.digest, by)
        return _together([*bound, *written]), sheet

    def cards(
        self,
        wanted: Sequence[PlaceId],
        printing: Printing,
        file: Path,
        *,
        by: SignedIn,
        progress: Progress = silent,
    ) -> tuple[Recorded, Sheet]:
        """Give each place a tag if it has none and draw its card, to be scanned at the rack.

        Raises PlaceUnknown, and what drawing labels raises. The tag is on record before anything
        is drawn.
        """
        people.authorise(by.officer, "label")
        ids = tuple(dict.fromkeys(wanted))
        drafts = [
            places.changed_to(replace(place, tag=tags.new_tag(self.chance.bytes)), heads)
            for place, heads in map(self._place, ids)
            if printing.anew or not place.tag
        ]
        tagged = self.books.record(drafts, by=by.id) if drafts else Recorded((), ())
        cards = [self._card(self._place(place)[0], printing.layout) for place in ids]
        return tagged, self._drawn(cards, printing, file, progress, numbered=False)

    def ruler(self, paper: RulerPaper, file: Path, *, stock: str = "") -> None:
        """Draw the page by which a printer's fit is measured, with a stock's labels outlined.

        Raises StockUnknown, DiskFull, DiskTrouble.
        """
        self.sheets.ruler(paper, file, stock=stock)

    def page(self, file: Path, number: int, dots_per_inch: int) -> GreyPicture:
        """Return a page of a finished sheet, counted from 0, as dots; raises FileUnreadable."""
        return self.sheets.page(file, number, dots_per_inch)

    def _drawn(
        self,
        labels: Collection[Label],
        printing: Printing,
        file: Path,
        progress: Progress,
        *,
        numbered: bool = True,
    ) -> Sheet:
        layout = printing.layout
        logo = self.layouts.logo(layout) if layout is not None else b""
        return self.sheets.draw(
            labels,
            printing.stock,
            file,
            start_at=printing.start_at,
            layout=layout,
            logo=logo,
            fit=printing.fit,
            gate=printing.gate,
            numbered=numbered,
            progress=progress,
        )

    # --- weapons ----------------------------------------------------------------------------

    def _weapons(self, ids: Sequence[WeaponId]) -> Iterator[Weapon]:
        rest = iter(ids)
        while portion := tuple(islice(rest, _PAGE)):
            yield from self.books.weapons(portion)

    def _bind(self, ids: Sequence[WeaponId], by: SignedIn, *, anew: bool) -> Iterator[Recorded]:
        drafts = (
            Draft(weapon.id, TagBound(tags.new_tag(self.chance.bytes)))
            for weapon in self._weapons(ids)
            if not weapon.tag or (anew and weapon.labels)
        )
        return self._recorded(drafts, by)

    def _write_down(
        self, ids: Sequence[WeaponId], stock: str, sheet: Digest, by: SignedIn
    ) -> Iterator[Recorded]:
        run = self.chance.bytes(_RUN_BYTES).hex()
        drafts = (
            Draft(one.id, LabelPrinted(one.tag, stock, one.labels + 1, sheet, run, place))
            for place, one in enumerate(self._weapons(ids), start=1)
        )
        return self._recorded(drafts, by)

    def _recorded(self, drafts: Iterator[Draft], by: SignedIn) -> Iterator[Recorded]:
        while portion := list(islice(drafts, _PAGE)):
            yield self.books.record(portion, by=by.id)

    def label(
        self, weapon: Weapon, layout: LabelLayoutSet | None = None, where: Where | None = None
    ) -> Label:
        """Return what the label of a weapon that has a tag says."""
        mark = next((one.text for one in reversed(weapon.standing_marks)), "")
        described = " ".join(part for part in (weapon.make, weapon.model) if part)
        serial = without_notes(weapon.serial.text)
        name = headline(serial or mark, registry_number(weapon.id))
        lines = (name, serial, described, weapon.calibre, mark)
        shown = tuple(dict.fromkeys(line for line in lines if line))
        mac = tags.tag_mac(weapon.tag, self.keys.mac)
        if layout is None:
            return Label(weapon.tag, mac, shown, copy=weapon.labels + 1)
        place, site = (where or Where(self.books)).names(weapon.place)
        said = said_of(weapon, layout, place=place, site=site)
        return Label(weapon.tag, mac, shown, layout.kind, said, weapon.labels + 1)

    # --- places -----------------------------------------------------------------------------

    def _place(self, place: PlaceId) -> tuple[Place, tuple[Digest, ...]]:
        reference = self.books.reference(place)
        stands = places.place_of(reference) if reference is not None else None
        if reference is None or stands is None:
            raise PlaceUnknown(place)
        return stands, reference.heads

    def _card(self, place: Place, layout: LabelLayoutSet | None) -> Label:
        above = self.books.reference(place.within) if place.within else None
        room = (places.place_name(above) if above else None) or ""
        short = [one for one in (place.name, place.code) if 0 < len(one) <= LONGEST_HEADLINE]
        first = short[0] if short else tags.grouped(place.tag)
        lines = (first, place.name, place.code, room)
        shown = tuple(dict.fromkeys(line for line in lines if line))
        mac = tags.tag_mac(place.tag, self.keys.mac)
        if layout is None:
            return Label(place.tag, mac, shown)
        _name, site = Where(self.books).names(place.id)
        return Label(place.tag, mac, shown, layout.kind, said_of_place(place, layout, site=site))


@dataclass(frozen=True, slots=True)
class Where:
    """What places and their sites are called, each looked up once."""

    books: Books
    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def names(self, place: PlaceId | None) -> tuple[str, str]:
        """Return the name of a place and that of the site it is in; nothing for no place."""
        if not place:
            return "", ""
        if place not in self.known:
            self.known[place] = self._looked_up(place)
        return self.known[place]

    def _looked_up(self, place: PlaceId) -> tuple[str, str]:
        reference = self.books.reference(place)
        stands = places.place_of(reference) if reference is not None else None
        if stands is None:
            return "", ""
        if not stands.within:
            return stands.name, stands.name
        return stands.name, self.names(stands.within)[1]


@dataclass(frozen=True, slots=True)
class _Labels(Collection[Label]):
    """The labels of weapons, made as they are asked for: none is kept."""

    papers: Papers
    ids: tuple[WeaponId, ...]
    layout: LabelLayoutSet | None

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Label]:
        where = Where(self.papers.books)
        for weapon in self.papers._weapons(self.ids):  # noqa: SLF001 - a part of the table
            yield self.papers.label(weapon, self.layout, where)

    def __contains__(self, label: object) -> bool:
        return any(one == label for one in self)


def _together(parts: Sequence[Recorded]) -> Recorded:
    entries = tuple(entry for one in parts for entry in one.entries)
    return Recorded(entries, tuple(fact for one in parts for fact in one.facts))
