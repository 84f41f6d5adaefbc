"""The national report of a loss or theft: what was lost, where it was last, who was told.

Its parts are those that a national authority asks for: last verified, discovered, identification
with photos, circumstances, immediate action, authorities, the reference of an entry in INTERPOL's
record of lost and stolen firearms, outcome. It is no form of any standard: none prescribes one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stockpile import wording
from stockpile.domain.facts import Fact, WeaponLost
from stockpile.domain.values import OfficerId
from stockpile.domain.weapons import Custody, Weapon
from stockpile.language import _, figure, is_right_to_left, isolated, ngettext
from stockpile.record_words import local_moment, moment
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Pairs,
    Paper,
    Picture,
    Pictures,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing
from stockpile.terms import term

TOLD_SINGLY: Final = 6
"""More weapons than these are told in a table, without photos."""
_TO_FILL: Final = "\u2026" * 12


@dataclass(frozen=True, slots=True)
class LostWeapon:
    """A weapon of the report: as it stands, and where it was by the last account before."""

    weapon: Weapon
    row: RegisterRow
    account: Custody | None
    place: str
    holder: str
    verified: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class ReportTold:
    """What the report is made of; ``names`` are those of officers."""

    number: str
    body: WeaponLost
    fact: Fact
    site: str
    names: Mapping[OfficerId, str]
    weapons: tuple[LostWeapon, ...]


def report_paper(told: ReportTold, printing: Printing) -> Paper:
    """Return the national report."""
    return Paper(
        title=_("Report of loss or theft"),
        subject=isolated(told.site),
        code=told.number,
        blocks=(
            Words(_headline(told), loud=True),
            _what(told),
            *_circumstances(told.body),
            *_authorities(told.body),
            *_weapons(told),
            Heading(_("Outcome")),
            Pairs(
                (
                    Pair(_("Investigation"), _TO_FILL),
                    Pair(_("Recovered on"), _TO_FILL),
                    Pair(_("Recovered where"), _TO_FILL),
                    Pair(_("Closed by"), _TO_FILL),
                )
            ),
            _signatures(told),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _headline(told: ReportTold) -> str:
    count = len(told.weapons)
    said = ngettext("{count} weapon: {how}", "{count} weapons: {how}", count)
    return said.format(count=figure(count), how=term("loss", told.body.how))


def _what(told: ReportTold) -> Pairs:
    body = told.body
    return filled(
        (
            Pair(_("Report"), told.number, code=True),
            Pair(_("Site"), isolated(told.site)),
            Pair(_("Discovered on"), isolated(body.discovered)),
            Pair(_("Discovered by"), isolated(body.discoverer)),
            Pair(_("Reported"), moment(told.fact)),
            Pair(_("Reported by"), _name(told, told.fact.by)),
        )
    )


def _circumstances(body: WeaponLost) -> Iterator[Block]:
    yield Heading(_("Circumstances"))
    yield Words(body.circumstances)
    if body.actions:
        yield Heading(_("Immediate action"))
        yield Words(body.actions)


def _authorities(body: WeaponLost) -> Iterator[Block]:
    yield Heading(_("Authorities"))
    yield Pairs(
        (
            Pair(_("Told, and when"), body.authorities or _TO_FILL),
            Pair(_("Case number"), isolated(body.incident) or _TO_FILL),
            Pair(_("INTERPOL iARMS reference"), _TO_FILL),
            Pair(_("Entered on"), _TO_FILL),
        )
    )


def _weapons(told: ReportTold) -> Iterator[Block]:
    if len(told.weapons) > TOLD_SINGLY:
        yield Heading(_("Weapons"))
        yield _table(told.weapons)
        return
    for number, one in enumerate(told.weapons, 1):
        yield Heading(
            _("Weapon {number} of {count}").format(
                number=figure(number), count=figure(len(told.weapons))
            )
        )
        yield _identification(one)
        yield _last(one, told.fact.zone)
        if one.pictures:
            yield Pictures(one.pictures)


def _identification(one: LostWeapon) -> Pairs:
    weapon, row = one.weapon, one.row
    others = [mark.text for mark in weapon.marks if not mark.is_identity]
    applied = [mark.text for mark in weapon.standing_marks]
    return filled(
        (
            Pair(_("Serial number"), weapon.serial.text, code=True),
            Pair(_("Registry number"), row.number, code=True),
            Pair(_("Type"), wording.weapon_type(weapon.type)),
            Pair(_("Make"), isolated(weapon.make)),
            Pair(_("Model"), isolated(weapon.model)),
            Pair(_("Calibre"), isolated(weapon.calibre)),
            Pair(_("Country"), isolated(weapon.country)),
            Pair(_("Year of make"), isolated(weapon.year)),
            Pair(_("Our marks"), ", ".join(applied), code=True),
            Pair(_("Other marks"), ", ".join(others), code=True),
            Pair(_("Label"), weapon.tag, code=True),
            Pair(_("Condition"), wording.condition(weapon.condition)),
        )
    )


def _last(one: LostWeapon, zone: int) -> Pairs:
    account = one.account
    since = local_moment(account.since, zone) if account else ""
    return filled(
        (
            Pair(_("Last place"), isolated(one.place)),
            Pair(_("Last held by"), isolated(one.holder)),
            Pair(_("There since"), isolated(since)),
            Pair(_("Last verified"), isolated(one.verified)),
        )
    )


def _table(weapons: tuple[LostWeapon, ...]) -> Table:
    columns = (
        Column(_("Serial number"), 1.3, code=True),
        Column(_("Make and model"), 1.5),
        Column(_("Calibre"), 0.8),
        Column(_("Our marks"), 1.2, code=True),
        Column(_("Last place"), 1.3),
        Column(_("Last held by"), 1.1),
        Column(_("Last verified"), 0.9),
    )
    rows = tuple(
        (
            one.weapon.serial.text or one.row.number,
            isolated(f"{one.weapon.make} {one.weapon.model}".strip()),
            isolated(one.weapon.calibre),
            one.row.mark,
            isolated(one.place),
            isolated(one.holder),
            one.verified,
        )
        for one in weapons
    )
    return Table(columns, rows)


def _signatures(told: ReportTold) -> Signatures:
    said = _("Signed with PIN, {at}").format(at=isolated(moment(told.fact)))
    boxes = [SignatureBox(_("Reported by"), _name(told, told.fact.by), said)]
    boxes += [
        SignatureBox(_("Second officer"), _name(told, one), said) for one in told.fact.witnesses
    ]
    boxes.append(SignatureBox(_("Received by the authority")))
    return Signatures(tuple(boxes))


def _name(told: ReportTold, officer: OfficerId | None) -> str:
    return isolated(told.names.get(officer, officer)) if officer else ""
