"""The papers of a destruction: the list to read at the site, and the certificate of what was done.

What a certificate says is what the standard's clauses come to (IDDRS 4.10, 8.1 and annex E): whose
order, how, where, when, before whom, every weapon read again, in equals out, what became of the
scrap. It is no form of any standard: none prescribes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from stockpile import wording
from stockpile.domain.destruction import INDEPENDENT, SYMBOLIC, Destruction
from stockpile.domain.destruction_site import Check
from stockpile.domain.facts import Attendant, DestructionCertified, Fact
from stockpile.domain.tags import grouped
from stockpile.domain.values import OfficerId, WeaponId
from stockpile.domain.weapons import STORED, Weapon
from stockpile.language import _, figure, is_right_to_left, isolated, listed, ngettext
from stockpile.record_words import local_moment, moment
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Pairs,
    Paper,
    SignatureBox,
    Signatures,
    Table,
    Ticks,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.weapon_files import Printing
from stockpile.terms import term

_TO_FILL: Final = "\u2026" * 12
_ERASED: Final = frozenset({"obliterated", "restored"})


@dataclass(frozen=True, slots=True)
class DoomedLine:
    """A weapon of the list as a paper tells it, with what was said of it at the site."""

    number: str
    weapon: Weapon
    place: str
    check: Check

    @property
    def serial(self) -> str:
        """The serial it is known by, or in words that there is none."""
        return self.weapon.serial.text or _("No serial")

    @property
    def marks(self) -> str:
        """Every other mark on it: ours that stand, and those that were read."""
        ours = (one.text for one in self.weapon.standing_marks)
        read = (one.text for one in self.weapon.marks if one.text and not one.is_identity)
        return ", ".join(dict.fromkeys((*ours, *read)))

    @property
    def described(self) -> str:
        """Type, make and model."""
        kind = wording.weapon_type(self.weapon.type)
        named = " ".join(one for one in (self.weapon.make, self.weapon.model) if one)
        return listed((kind, isolated(named)))

    @property
    def remark(self) -> str:
        """What to look out for: it is not there, is evidence, or a number was taken off it."""
        weapon = self.weapon
        said = [
            _("Number removed or altered")
            if any(one.legibility in _ERASED for one in weapon.marks)
            else "",
            term("custody", "evidence") if weapon.custody_type == "evidence" else "",
            "" if weapon.status in STORED else wording.status(weapon.status),
        ]
        return listed(said)


@dataclass(frozen=True, slots=True)
class DestructionFile:
    """All that the papers of an order say; ``lines`` in the order of the places they lie in."""

    stands: Destruction
    lines: tuple[DoomedLine, ...]
    site: str
    names: Mapping[OfficerId, str]
    ordered: Fact
    ended: Fact | None = None

    def line(self, weapon: WeaponId) -> DoomedLine | None:
        """Return the line of a weapon."""
        return next((one for one in self.lines if one.weapon.id == weapon), None)


def method_words(methods: Iterable[str]) -> str:
    """Return the methods in sequence: cutting, then smelting."""
    said = [term("destroying", one) for one in methods]
    return _(", then ").join(said)


# --- the list -------------------------------------------------------------------------------


def list_paper(file: DestructionFile, printing: Printing) -> Paper:
    """Return the list that is ticked at the site, in the order of the places."""
    said = file.stands.ordered
    return Paper(
        title=_("Destruction list"),
        subject=isolated(said.where or file.site),
        code=said.number,
        blocks=(
            *_standing(file),
            filled(tuple(_order(file))),
            *_doomed(file.lines),
            *_present(said.committee),
            Signatures((*_signed(_("Ordered by"), file, file.ordered), *_boxes(said.committee))),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _standing(file: DestructionFile) -> Iterator[Block]:
    """Say in large what makes the list no use any more."""
    stands = file.stands
    if stands.certified is not None:
        said = _("Done: see certificate {number}.")
        yield Words(said.format(number=isolated(stands.certified.number)), loud=True)
    elif stands.withdrawn is not None:
        said = _("Withdrawn, nothing is to be destroyed: {reason}")
        yield Words(said.format(reason=isolated(stands.withdrawn.reason)), loud=True)
    else:
        yield Words(
            _(
                "Read each weapon again at the site, immediately before it is destroyed, and tick"
                " it. What is not on the list is put aside."
            )
        )


def _order(file: DestructionFile) -> Iterator[Pair]:
    said = file.stands.ordered
    yield Pair(_("Authority"), isolated(said.authority))
    yield Pair(_("Ordered by"), isolated(_name(file, file.ordered.by)))
    yield Pair(_("Ordered"), isolated(moment(file.ordered)))
    yield Pair(_("Site"), isolated(file.site))
    yield Pair(_("Place of destruction"), isolated(said.where))
    yield Pair(_("Planned"), isolated(said.planned))
    yield Pair(_("Methods"), method_words(said.methods))
    yield Pair(_("Reason"), isolated(said.reason))
    yield Pair(_("Remarks"), isolated(said.remarks))


def _doomed(lines: Sequence[DoomedLine]) -> Iterator[Block]:
    yield Heading(_weapons(len(lines)))
    columns = (
        Column(_("Serial number"), 1.5, code=True), Column(_("Marks"), 1.4, code=True),
        Column(_("Weapon"), 2), Column(_("Calibre"), 1, code=True),
        Column(_("Registry number"), 1.8, code=True), Column(_("Tag"), 1.8, code=True),
        Column(_("Remarks"), 1.4),
    )  # fmt: skip
    rows = [
        (
            one.serial, one.marks, one.described, one.weapon.calibre, one.number,
            grouped(one.weapon.tag) if one.weapon.tag else "", one.remark,
        )
        for one in lines
    ]  # fmt: skip
    kept = _said_columns(rows, len(columns))
    told = zip(lines, _only(rows, kept), strict=True)
    for place, group in groupby(told, key=lambda one: one[0].place):
        yield Heading(isolated(place) or _("In no place"))
        yield Ticks(tuple(columns[one] for one in kept), tuple(row for _line, row in group))


def _said_columns(rows: Sequence[tuple[str, ...]], count: int) -> tuple[int, ...]:
    """Return which columns say anything in any row: an empty one only takes room."""
    return tuple(at for at in range(count) if any(row[at] for row in rows))


def _only(rows: Iterable[tuple[str, ...]], kept: Sequence[int]) -> Iterator[tuple[str, ...]]:
    return (tuple(row[at] for at in kept) for row in rows)


def _present(committee: Sequence[Attendant]) -> Iterator[Block]:
    if not committee:
        return
    yield Heading(_("Committee and witnesses"))
    columns = (Column(_("Name"), 2), Column(_("Role"), 2), Column(_("Organisation"), 2))
    rows = (
        (isolated(one.name), term("attendant", one.role), isolated(one.organisation))
        for one in committee
    )
    yield Table(columns, tuple(rows))


# --- the certificate ------------------------------------------------------------------------


def certificate_paper(file: DestructionFile, printing: Printing) -> Paper:
    """Return the certificate of a destruction that is done; only asked of one that is certified."""
    said = file.stands.certified
    assert said is not None
    return Paper(
        title=_("Certificate of destruction"),
        subject=isolated(said.where),
        code=said.number,
        blocks=(
            Words(_certified(said), loud=True),
            filled(tuple(_done(file, said))),
            *_account(file, said),
            *_methods(said.methods),
            *_inoperable(said),
            *_destroyed(file, said),
            *_kept(file, said),
            *_scrap(said),
            *_photos(said),
            *_present(said.committee),
            Signatures((*_certifiers(file), *_boxes(said.committee))),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _certified(said: DestructionCertified) -> str:
    count = len(said.destroyed)
    words = ngettext("{count} weapon destroyed", "{count} weapons destroyed", count)
    return words.format(count=figure(count))


def _done(file: DestructionFile, said: DestructionCertified) -> Iterator[Pair]:
    ordered = file.stands.ordered
    yield Pair(_("Order"), ordered.number, code=True)
    yield Pair(_("Authority"), isolated(ordered.authority))
    yield Pair(_("Date of destruction"), isolated(said.on))
    yield Pair(_("Place of destruction"), isolated(said.where))
    yield Pair(_("Site"), isolated(file.site))
    yield Pair(_("Certified"), isolated(moment(file.ended)) if file.ended else "")
    yield Pair(_("Reason"), isolated(ordered.reason))
    yield Pair(_("Remarks"), isolated(said.remarks))


def _account(file: DestructionFile, said: DestructionCertified) -> Iterator[Block]:
    """Give the account: what went in is what was destroyed and what was kept."""
    yield Heading(_("In and out"))
    columns = (Column(_("What"), 3), Column(_("Weapons"), 1))
    gone, kept = len(said.destroyed), len(said.kept)
    rows = (
        (_("On the list"), figure(len(file.stands.ordered.weapons))),
        (_("Read at the site and destroyed"), figure(gone)),
        (_("Kept, for the reasons below"), figure(kept)),
        (_("Destroyed and kept together"), figure(gone + kept)),
    )
    yield Table(columns, rows)


def _methods(methods: Sequence[str]) -> Iterator[Block]:
    yield Heading(_("Methods in sequence"))
    columns = (Column(_("No."), 0.4), Column(_("Method"), 2), Column(_("Remarks"), 3))
    followed = _("For the eye only: followed by the next one.")
    rows = (
        (figure(at), term("destroying", one), followed if one in SYMBOLIC else "")
        for at, one in enumerate(methods, 1)
    )
    yield Table(columns, tuple(rows))


def _inoperable(said: DestructionCertified) -> Iterator[Block]:
    if not said.inoperable:
        return
    yield Heading(_("Statement"))
    yield Words(
        _(
            "Every weapon listed as destroyed was read at the site immediately before. Nothing of"
            " what is left of them can be made to shoot, nor be used as a part of another weapon."
        )
    )


def _destroyed(file: DestructionFile, said: DestructionCertified) -> Iterator[Block]:
    yield Heading(_("Destroyed"))
    columns = (
        Column(_("No."), 0.5), Column(_("Serial number"), 1.5, code=True),
        Column(_("Marks"), 1.4, code=True), Column(_("Weapon"), 2),
        Column(_("Calibre"), 1.2, code=True), Column(_("Registry number"), 1.6, code=True),
        Column(_("Read at the site"), 2),
    )  # fmt: skip
    gone = frozenset(said.destroyed)
    lines = (one for one in file.lines if one.weapon.id in gone)
    rows = [
        (
            figure(at), one.serial, one.marks, one.described, one.weapon.calibre, one.number,
            local_moment(one.check.at, file.ordered.zone) if one.check.at else "",
        )
        for at, one in enumerate(lines, 1)
    ]  # fmt: skip
    kept = _said_columns(rows, len(columns))
    yield Table(tuple(columns[one] for one in kept), tuple(_only(rows, kept)))


def _kept(file: DestructionFile, said: DestructionCertified) -> Iterator[Block]:
    if not said.kept:
        return
    yield Heading(_("Kept"))
    columns = (
        Column(_("Serial number"), 1.5, code=True), Column(_("Weapon"), 2),
        Column(_("Registry number"), 1.6, code=True), Column(_("Reason"), 3),
    )  # fmt: skip
    by_id = {one.weapon.id: one for one in file.lines}
    rows = []
    for one in said.kept:
        line = by_id.get(one.weapon)
        told = (line.serial, line.described, line.number) if line else ("", "", one.weapon)
        rows.append((*told, isolated(one.reason)))
    yield Table(columns, tuple(rows))


def _scrap(said: DestructionCertified) -> Iterator[Block]:
    """Give what became of the scrap; what nobody said is filled in by hand."""
    yield Heading(_("Scrap"))
    yield Pairs(
        (
            Pair(_("Weight in kilograms"), figure(said.scrap_kilograms) or _TO_FILL),
            Pair(_("Handed to"), isolated(said.scrap_to) or _TO_FILL),
        )
    )


def _photos(said: DestructionCertified) -> Iterator[Block]:
    if not said.photos:
        return
    yield Heading(_("Photos on record, by their SHA-256"))
    columns = (Column(_("No."), 0.3), Column(_("Digest"), 5, code=True))
    yield Table(columns, tuple((figure(at), one) for at, one in enumerate(said.photos, 1)))


def _certifiers(file: DestructionFile) -> Iterator[SignatureBox]:
    if file.ended is not None:
        yield from _signed(_("Certified by"), file, file.ended)


def _signed(role: str, file: DestructionFile, fact: Fact) -> Iterator[SignatureBox]:
    """Give a box for each officer who signed with their PIN."""
    said = _("Signed with PIN, {when}").format(when=isolated(moment(fact)))
    yield SignatureBox(role, _name(file, fact.by), said)
    for one in fact.witnesses:
        yield SignatureBox(_("Second officer"), _name(file, one), said)


def _boxes(committee: Sequence[Attendant]) -> Iterator[SignatureBox]:
    """Give a box for each of the committee, those who are independent of it last."""
    ranked = sorted(committee, key=lambda one: one.role in INDEPENDENT)
    for one in ranked:
        yield SignatureBox(term("attendant", one.role), one.name)


def _name(file: DestructionFile, officer: OfficerId | None) -> str:
    return file.names.get(officer, "") if officer else ""


def _weapons(count: int) -> str:
    return ngettext("{count} weapon", "{count} weapons", count).format(count=figure(count))
