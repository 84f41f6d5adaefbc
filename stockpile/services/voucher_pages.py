"""An issue or return voucher on paper: what a unit got, or brought back, over several receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stockpile import fact_words, wording
from stockpile.domain.facts import RoundsIssued, RoundsReturned, WeaponIssued, WeaponReturned
from stockpile.domain.lots import Lot
from stockpile.domain.receipts import Way
from stockpile.domain.values import PersonId
from stockpile.language import _, figure, is_right_to_left, isolated
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.receipts import Receipt
from stockpile.services.weapon_files import Printing
from stockpile.terms import term


@dataclass(frozen=True, slots=True)
class Voucher:
    """Receipts of one way taken together, with the names of all they speak of.

    ``still_out`` are the weapons that went out with those that came back here and did not come.
    """

    number: str
    way: Way
    receipts: tuple[Receipt, ...]
    rows: Mapping[str, RegisterRow]
    lots: Mapping[str, Lot]
    names: Mapping[str, str]
    unit: str
    place: str
    day: str
    officer: str
    still_out: tuple[RegisterRow, ...] = ()

    def name(self, person: PersonId | None) -> str:
        """Return what a person is called; nobody by nothing."""
        if not person:
            return ""
        return self.names.get(person, "") or _("a person on no list here")


def voucher_title(way: Way) -> str:
    """Return what the paper is called."""
    return _("Issue voucher") if way == "issue" else _("Return voucher")


def voucher_paper(voucher: Voucher, printing: Printing) -> Paper:
    """Return the voucher of a patrol, a unit or a day."""
    return Paper(
        title=voucher_title(voucher.way),
        subject=isolated(voucher.unit or voucher.place),
        code=voucher.number,
        blocks=(
            _head(voucher),
            *_quantities(voucher),
            *_weapons(voucher),
            *_rounds(voucher),
            *_still_out(voucher),
            Signatures(_boxes(voucher)),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _head(voucher: Voucher) -> Block:
    numbers = ", ".join(one.body.number for one in voucher.receipts)
    return filled(
        (
            Pair(_("Store"), isolated(voucher.place)),
            Pair(_("Unit or patrol"), isolated(voucher.unit)),
            Pair(_("Date"), isolated(voucher.day)),
            Pair(_("Receipts"), numbers, code=True),
        )
    )


def _quantities(voucher: Voucher) -> Iterator[Block]:
    """Count by type and model: what a storekeeper compares with the rack at a glance."""
    counted = Counter(_kind(voucher.rows[one]) for one in _ids(voucher) if one in voucher.rows)
    kit = _kit(voucher)
    if not counted:
        return
    yield Heading(_("Quantities"))
    columns = (Column(_("Weapon"), 3), Column(_("Quantity"), 1))
    rows = [(kind, figure(count)) for kind, count in sorted(counted.items())]
    rows += [(term("kit", kind), figure(count)) for kind, count in sorted(kit.items())]
    yield Table(columns, tuple(rows))


def _weapons(voucher: Voucher) -> Iterator[Block]:
    if not _ids(voucher):
        return
    is_issue = voucher.way == "issue"
    yield Heading(_("Weapons"))
    columns = (
        Column(_("Serial number"), 1.4, code=True), Column(_("Weapon"), 1.6),
        Column(_("Holder") if is_issue else _("Put back in"), 1.4),
        Column(_("With") if is_issue else _("Missing or remarks"), 1.6),
        Column(_("Hand receipt"), 1.5, code=True),
    )  # fmt: skip
    rows = (
        _line(voucher, receipt, weapon, body)
        for receipt in voucher.receipts
        for weapon, body in receipt.content.weapons
    )
    yield Table(columns, tuple(rows))


def _line(
    voucher: Voucher, receipt: Receipt, weapon: str, body: WeaponIssued | WeaponReturned
) -> tuple[str, ...]:
    row = voucher.rows.get(weapon)
    serial = (row.serial or row.number) if row else weapon
    shown = _kind(row) if row else ""
    if isinstance(body, WeaponIssued):
        who, also = voucher.name(body.holder), fact_words.kit_words(body.kit)
    else:
        who, also = voucher.names.get(body.place, ""), _came(body)
    return serial, shown, isolated(who), also, receipt.body.number


def _came(body: WeaponReturned) -> str:
    said = []
    if body.short:
        said.append(_("short: {kit}").format(kit=fact_words.kit_words(body.short)))
    if body.condition is not None:
        said.append(wording.condition(body.condition))
    if body.remarks:
        said.append(body.remarks)
    return "; ".join(said) or _("returned")


def _rounds(voucher: Voucher) -> Iterator[Block]:
    moved = [one for receipt in voucher.receipts for one in receipt.content.rounds]
    if not moved:
        return
    yield Heading(_("Ammunition"))
    lots = dict.fromkeys(one.lot for one in moved)
    if voucher.way == "issue":
        columns: Sequence[Column] = (
            Column(_("Lot"), 1.4, code=True), Column(_("Nature"), 2), Column(_("Rounds"), 1),
        )  # fmt: skip
    else:
        columns = (
            Column(_("Lot"), 1.4, code=True), Column(_("Nature"), 2), Column(_("Returned"), 1),
            Column(_("Fired"), 1), Column(_("Short"), 1),
        )  # fmt: skip
    yield Table(tuple(columns), tuple(_lot(voucher, lot, moved) for lot in lots))


def _lot(
    voucher: Voucher, lot: str, moved: Sequence[RoundsIssued | RoundsReturned]
) -> tuple[str, ...]:
    own = [one for one in moved if one.lot == lot]
    known = voucher.lots.get(lot)
    nature = " ".join(one for one in (known.nature, known.calibre) if one) if known else ""
    figures = [sum(one.quantity for one in own)]
    if voucher.way == "return":
        back = [one for one in own if isinstance(one, RoundsReturned)]
        figures += [sum(one.expended for one in back), sum(one.short for one in back)]
    return (known.number if known else "", isolated(nature), *map(figure, figures))


def _still_out(voucher: Voucher) -> Iterator[Block]:
    if voucher.way == "issue":
        return
    if not voucher.still_out:
        yield Words(_("Everything that went out with it is back."))
        return
    yield Heading(_("Not returned: still out under the same receipts"))
    columns = (
        Column(_("Serial number"), 1.4, code=True), Column(_("Weapon"), 1.6),
        Column(_("Holder"), 1.4), Column(_("Due back"), 1.2),
    )  # fmt: skip
    rows = tuple(
        (
            row.serial or row.number, _kind(row),
            isolated(voucher.name(PersonId(row.holder))), isolated(row.due),
        )
        for row in voucher.still_out
    )  # fmt: skip
    yield Table(columns, rows)


def _boxes(voucher: Voucher) -> tuple[SignatureBox, ...]:
    if voucher.way == "issue":
        return (
            SignatureBox(_("Storekeeper: issued"), voucher.officer),
            SignatureBox(_("Receiving officer: received")),
        )
    return (
        SignatureBox(_("Officer of the unit: returned")),
        SignatureBox(_("Storekeeper: received"), voucher.officer),
    )


def _ids(voucher: Voucher) -> list[str]:
    return [weapon for one in voucher.receipts for weapon, _body in one.content.weapons]


def _kit(voucher: Voucher) -> Counter[str]:
    """Count what goes with the weapons; of a return, what did not come is not known as come."""
    counted: Counter[str] = Counter()
    for receipt in voucher.receipts:
        for _weapon, body in receipt.content.weapons:
            if isinstance(body, WeaponIssued):
                for one in body.kit:
                    counted[one.kind] += one.count
    return counted


def _kind(row: RegisterRow) -> str:
    named = " ".join(one for one in (row.make, row.model) if one)
    return isolated(named) or wording.weapon_type(row.type) or _("Model unknown")
