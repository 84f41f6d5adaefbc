"""Papers and labels: gather what they say, draw them, and write down that they left the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import people, tags
from stockpile.domain.facts import Draft, LabelPrinted, TagBound
from stockpile.domain.numbers import registry_number
from stockpile.domain.serials import without_notes
from stockpile.domain.values import WeaponId
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
