"""What a waybill and its receipt note say on paper, in the language in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile import wording
from stockpile.domain import facts
from stockpile.domain.numbers import registry_number
from stockpile.domain.transfers import LICENSED, Waybill
from stockpile.domain.values import Instant, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import _, figure, is_right_to_left, isolated, listed, ngettext
from stockpile.record_words import local_moment
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
from stockpile.services.weapon_files import Printing
from stockpile.terms import term

_GROUP: Final = 4
_SHORT: Final = 12
"""So much of a paper's digest tells it from all others of a waybill."""


@dataclass(frozen=True, slots=True)
class Line:
    """A weapon as a waybill lists it; one that is on no record here has its number alone."""

    number: str
    id: WeaponId
    serial: str = ""
    marks: str = ""
    type: str = ""
    model: str = ""
    calibre: str = ""

    @classmethod
    def of(cls, weapon: Weapon) -> Line:
        """Return the line of a weapon on record."""
        ours = (one.text for one in weapon.standing_marks)
        read = (one.text for one in weapon.marks if one.text and not one.is_identity)
        return cls(
            registry_number(weapon.id),
            weapon.id,
            weapon.serial.text,
            ", ".join(dict.fromkeys((*ours, *read))),
            weapon.type,
            " ".join(one for one in (weapon.make, weapon.model) if one),
            weapon.calibre,
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """An officer's name under an act about the waybill, and when; a witness is the second one.

    ``zone`` is that of the clock there, in minutes east of Greenwich.
    """

    name: str
    body: facts.Body
    at: Instant
    is_witness: bool
    zone: int = 0


@dataclass(frozen=True, slots=True)
class WaybillFile:
    """All that the papers of a transfer say; ``words`` open its courier file without a key."""

    waybill: Waybill
    lines: tuple[Line, ...]
    over: tuple[Line, ...]
    places: Mapping[PlaceId | str, str]
    signed: tuple[Signed, ...]
    words: str = ""

    @property
    def origin(self) -> str:
        """Where it was sent from, by name."""
        return self.places.get(self.waybill.opened.out_of, self.waybill.opened.out_of)

    @property
    def destination(self) -> str:
        """Where it goes, by name."""
        said = self.waybill.opened
        return self.places.get(said.to, said.to_name) if said.to else said.to_name

    def signer(self, kind: type, *, witness: bool = False) -> Signed | None:
        """Return who signed the last act of a kind, first or as the second officer."""
        found = [
            one for one in self.signed if isinstance(one.body, kind) and one.is_witness == witness
        ]
        return found[-1] if found else None


def waybill_paper(file: WaybillFile, printing: Printing) -> Paper:
    """Return the waybill that travels with the weapons."""
    said = file.waybill.opened
    return Paper(
        title=_("Waybill"),
        subject=_("From {origin} to {destination}").format(
            origin=isolated(file.origin), destination=isolated(file.destination)
        ),
        code=said.number,
        blocks=(
            _parties(file),
            *_licence(said),
            *_weapons(file.lines),
            *_apart(file),
            *_handed_over(file),
            Signatures(_waybill_boxes(file)),
            *_courier(file),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def note_paper(file: WaybillFile, printing: Printing) -> Paper:
    """Return the receipt note: what came, and every difference by its serial."""
    return Paper(
        title=_("Receipt note"),
        subject=_("From {origin} to {destination}").format(
            origin=isolated(file.origin), destination=isolated(file.destination)
        ),
        code=file.waybill.opened.number,
        blocks=(*_outcome(file), *_differences(file), *_handed_over(file),
                Signatures(_note_boxes(file))),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )  # fmt: skip


def declaration(count: int, number: str) -> str:
    """Return the words of the handover declaration (IDDRS 4.10, 7.2) for so many weapons."""
    words = ngettext(
        "I have checked {count} weapon against waybill {number} and take it over.",
        "I have checked {count} weapons against waybill {number} and take them over.",
        count,
    )
    return words.format(count=figure(count), number=isolated(number))


def _parties(file: WaybillFile) -> Block:
    said = file.waybill.opened
    return filled(
        (
            Pair(_("From"), isolated(file.origin)),
            Pair(_("To"), isolated(file.destination)),
            Pair(_("Purpose"), term("transfer", said.purpose)),
            Pair(_("Authority"), said.authority),
            Pair(_("Carrier"), said.carrier),
            Pair(_("Vehicle"), said.vehicle, code=True),
            Pair(_("Route"), said.route),
            Pair(_("Escort"), said.escort),
            Pair(_("Seals"), ", ".join(said.seals), code=True),
            Pair(_("Planned"), said.planned),
            Pair(_("Due"), said.due),
            Pair(_("Status"), wording.waybill_state(file.waybill.state)),
            Pair(_("Remarks"), said.remarks),
        )
    )


def _licence(said: facts.WaybillOpened) -> tuple[Block, ...]:
    if said.purpose not in LICENSED:
        return ()
    paper = said.licence
    pairs = (
        Pair(_("Licence number"), paper.number, code=True),
        Pair(_("Issued at"), paper.issued_at),
        Pair(_("Issued on"), paper.issued_on),
        Pair(_("Expires on"), paper.expires_on),
        Pair(_("Exporting country"), paper.exporting),
        Pair(_("Importing country"), paper.importing),
        Pair(_("Transit countries"), listed(paper.transit)),
        Pair(_("Final recipient"), paper.recipient),
        Pair(_("Description and quantity"), paper.goods),
        Pair(_("Attached papers"), ", ".join(one[:_SHORT] for one in said.papers), code=True),
    )
    return Heading(_("Licence (UN Firearms Protocol, article 10)")), filled(pairs)


def _weapons(lines: Sequence[Line]) -> tuple[Block, ...]:
    count = ngettext("{count} weapon", "{count} weapons", len(lines)).format(
        count=figure(len(lines))
    )
    return Heading(count), _table(lines)


def _table(lines: Iterable[Line]) -> Table:
    columns = (
        Column(_("No."), 0.5), Column(_("Registry number"), 1.7, code=True),
        Column(_("Serial number"), 1.6, code=True), Column(_("Marks"), 1.6, code=True),
        Column(_("Type"), 1.4), Column(_("Make and model"), 1.6), Column(_("Calibre"), 1.1),
    )  # fmt: skip
    rows = (
        (
            figure(number), one.number, one.serial or _("No serial"), one.marks,
            wording.weapon_type(one.type), one.model, one.calibre,
        )
        for number, one in enumerate(lines, 1)
    )  # fmt: skip
    return Table(columns, tuple(rows))


def _apart(file: WaybillFile) -> tuple[Block, ...]:
    apart = file.waybill.opened.apart
    if not apart:
        return ()
    serials = {one.id: one.serial or one.number for one in file.lines}
    columns = (
        Column(_("Part"), 1.5), Column(_("Serial number"), 2, code=True),
        Column(_("Seal"), 2, code=True),
    )  # fmt: skip
    rows = tuple(
        (term("component", one.component), serials.get(one.weapon, one.weapon), one.seal)
        for one in apart
    )
    return Heading(_("Parts that travel apart")), Table(columns, rows)


def _handed_over(file: WaybillFile) -> tuple[Block, ...]:
    receipt, number = file.waybill.receipt, file.waybill.opened.number
    count = len(receipt.received) if receipt else len(file.lines)
    said = receipt.declaration if receipt else ""
    return Heading(_("Handover declaration")), Words(said or declaration(count, number))


def _waybill_boxes(file: WaybillFile) -> tuple[SignatureBox, ...]:
    said = file.waybill.opened
    return (
        _box(_("Dispatched by"), file.signer(facts.WaybillOpened)),
        _box(_("Second officer"), file.signer(facts.WaybillOpened, witness=True)),
        SignatureBox(_("Carrier"), said.carrier),
        _box(_("Received by"), file.signer(facts.WaybillReceived)),
    )


def _note_boxes(file: WaybillFile) -> tuple[SignatureBox, ...]:
    return (
        _box(_("Received by"), file.signer(facts.WaybillReceived)),
        _box(_("Second officer"), file.signer(facts.WaybillReceived, witness=True)),
        SignatureBox(_("Carrier"), file.waybill.opened.carrier),
    )


def _box(role: str, signed: Signed | None) -> SignatureBox:
    if signed is None:
        return SignatureBox(role)
    said = _("Signed with PIN, {at}").format(at=isolated(local_moment(signed.at, signed.zone)))
    return SignatureBox(role, signed.name, said)


def _courier(file: WaybillFile) -> tuple[Block, ...]:
    """Return what the receiver of an unknown node needs: who sent it, and the words that open."""
    pairs = [Pair(_("Code of the sender"), grouped(file.waybill.node), code=True)]
    if file.words:
        pairs.append(Pair(_("Words of the courier file"), file.words, code=True))
    return Heading(_("Courier file")), filled(pairs)


def grouped(code: str) -> str:
    """Return a node's code in groups of four, as it is compared by eye or by voice."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _outcome(file: WaybillFile) -> tuple[Block, ...]:
    receipt = file.waybill.receipt or facts.WaybillReceived(())
    broken = ", ".join(receipt.broken_seals)
    pairs = (
        Pair(_("Sent"), figure(len(file.lines))),
        Pair(_("Received"), figure(len(receipt.received))),
        Pair(_("Short"), figure(len(receipt.short))),
        Pair(_("Over"), figure(len(receipt.over))),
        Pair(_("Wrong"), figure(len(receipt.wrong))),
        Pair(_("Unknown"), figure(len(receipt.unknown))),
        Pair(_("Seals"), _("All intact") if receipt.seals_intact else _("Not all intact")),
        Pair(_("Broken seals"), broken, code=True),
        Pair(_("Remarks"), receipt.remarks),
    )
    return (_parties(file), Heading(_("Outcome")), filled(pairs))


def _differences(file: WaybillFile) -> tuple[Block, ...]:
    receipt = file.waybill.receipt or facts.WaybillReceived(())
    by_id = {one.id: one for one in file.lines}
    blocks: list[Block] = []
    short = [by_id[one] for one in receipt.short if one in by_id]
    if short:
        blocks += [Heading(_("Short: on the list and not here")), _table(short)]
    if file.over:
        blocks += [Heading(_("Over: here and not on the list")), _table(file.over)]
    if receipt.wrong:
        columns = (Column(_("Expected"), 2, code=True), Column(_("Read"), 2, code=True))
        rows = tuple(
            (by_id[one.weapon].serial if one.weapon in by_id else one.weapon, one.read)
            for one in receipt.wrong
        )
        blocks += [Heading(_("Wrong: another weapon came in its place")), Table(columns, rows)]
    if receipt.unknown:
        read = Column(_("Read"), 2, code=True)
        strangers = tuple((one,) for one in receipt.unknown)
        blocks += [Heading(_("Unknown: on no record")), Table((read,), strangers)]
    if not blocks:
        return (Words(_("Everything came as it was sent.")),)
    investigated = Words(_("Each difference has an investigation of its own."))
    return (*blocks, investigated)
