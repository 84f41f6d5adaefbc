"""Papers and labels: gather what they say, draw them, and write down that they left the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stockpile.domain import people, places, tags
from stockpile.domain.errors import LabelNeverPrinted, PlaceUnknown, SheetFinished
from stockpile.domain.facts import Draft, Horizon, LabelPrinted, TagBound
from stockpile.domain.numbers import registry_number
from stockpile.domain.places import Place
from stockpile.domain.serials import without_notes
from stockpile.domain.values import Digest, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
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

_PAGE = 500
_LONGEST_HEADLINE = 24


@dataclass(frozen=True, slots=True)
class Rest:
    """What a sheet of labels still owes after its last good one, and on which stock it was."""

    stock: str
    weapons: tuple[WeaponId, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """The printing table."""

    books: Books
    register: Register
    keys: Keys
    sheets: LabelSheets
    chance: Chance

    def stocks(self) -> tuple[str, ...]:
        """Return the names of the label stocks, the usual one first."""
        return tuple(sorted(self.sheets.stocks(), key=lambda name: (name != USUAL_STOCK, name)))

    def everything(self, among: RegisterFilter) -> tuple[WeaponId, ...]:
        """Return every weapon of a list, in the order of its serials."""
        count = self.register.count(among)
        pages = range((count + _PAGE - 1) // _PAGE)
        rows = (row for page in pages for row in self.register.page("serial", page, _PAGE, among))
        return tuple(row.id for row in rows)

    def labels(
        self,
        weapons: Sequence[WeaponId],
        stock: str,
        file: Path,
        *,
        by: SignedIn,
        start_at: int = 1,
        progress: Progress = silent,
    ) -> tuple[Recorded, Sheet]:
        """Give each weapon a tag if it has none, draw its label, and write down the print.

        The sheet was decoded whole before it stands in the file. A tag is bound before anything is
        drawn: a printed code can never be unknown to the record.
        """
        people.authorise(by.officer, "label")
        ids = tuple(dict.fromkeys(weapons))
        bound = self._bind(self.books.weapons(ids), by)
        tagged = self.books.weapons(ids)
        labels = [self._label(weapon) for weapon in tagged]
        sheet = self.sheets.draw(labels, stock, file, start_at=start_at, progress=progress)
        drafts = [
            Draft(one.id, LabelPrinted(one.tag, stock, one.labels + 1, sheet.digest))
            for one in tagged
        ]
        printed = self.books.record(drafts, by=by.id)
        facts = (*bound.facts, *printed.facts)
        return Recorded((*bound.entries, *printed.entries), facts), sheet

    def rest_of_sheet(self, last_good: WeaponId) -> Rest:
        """Return the weapons whose labels come after this one's on the sheet printed last for it.

        Those before it are good and are not printed, nor counted as reprinted. Raises
        LabelNeverPrinted, SheetFinished where it was the last one.
        """
        prints = [
            (fact, fact.body)
            for fact in self.books.history(last_good)
            if isinstance(fact.body, LabelPrinted)
        ]
        if not prints:
            raise LabelNeverPrinted(registry_number(last_good))
        fact, body = max(prints, key=lambda one: one[0].order)
        known = [Horizon(node, tip.number) for node, tip in self.books.tips()]
        known = [one if one.node != fact.node else Horizon(one.node, fact.seq) for one in known]
        after = self.books.since(known, [LabelPrinted])
        found = [
            WeaponId(one.subject)
            for one in after
            if isinstance(one.body, LabelPrinted) and one.body.sheet == body.sheet
        ]
        if not found:
            raise SheetFinished(registry_number(last_good))
        return Rest(body.stock, tuple(dict.fromkeys(found)))

    def cards(
        self,
        wanted: Sequence[PlaceId],
        stock: str,
        file: Path,
        *,
        by: SignedIn,
        start_at: int = 1,
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
            if not place.tag
        ]
        tagged = self.books.record(drafts, by=by.id) if drafts else Recorded((), ())
        cards = [self._card(self._place(place)[0]) for place in ids]
        return tagged, self.sheets.draw(cards, stock, file, start_at=start_at, progress=progress)

    def _place(self, place: PlaceId) -> tuple[Place, tuple[Digest, ...]]:
        reference = self.books.reference(place)
        stands = places.place_of(reference) if reference is not None else None
        if reference is None or stands is None:
            raise PlaceUnknown(place)
        return stands, reference.heads

    def _card(self, place: Place) -> Label:
        above = self.books.reference(place.within) if place.within else None
        room = (places.place_name(above) if above else None) or ""
        short = [one for one in (place.name, place.code) if 0 < len(one) <= _LONGEST_HEADLINE]
        headline = short[0] if short else tags.grouped(place.tag)
        lines = (headline, place.name, place.code, room)
        shown = tuple(dict.fromkeys(line for line in lines if line))
        return Label(place.tag, tags.tag_mac(place.tag, self.keys.mac), shown)

    def _bind(self, weapons: Sequence[Weapon], by: SignedIn) -> Recorded:
        drafts = [
            Draft(weapon.id, TagBound(tags.new_tag(self.chance.bytes)))
            for weapon in weapons
            if not weapon.tag
        ]
        return self.books.record(drafts, by=by.id) if drafts else Recorded((), ())

    def _label(self, weapon: Weapon) -> Label:
        mark = next((one.text for one in reversed(weapon.standing_marks)), "")
        described = " ".join(part for part in (weapon.make, weapon.model) if part)
        serial = without_notes(weapon.serial.text)
        lines = (_headline(weapon, serial or mark), serial, described, weapon.calibre, mark)
        shown = tuple(dict.fromkeys(line for line in lines if line))
        return Label(weapon.tag, tags.tag_mac(weapon.tag, self.keys.mac), shown)


def _headline(weapon: Weapon, name: str) -> str:
    """Return what a label says largest and never cuts: serial or mark, where they are that short.

    What is longer stands on the next line, where it may end in an ellipsis, under the registry
    number, which is always whole.
    """
    return name if 0 < len(name) <= _LONGEST_HEADLINE else registry_number(weapon.id)
