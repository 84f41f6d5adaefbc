"""The receipt of who hands weapons in (IDDRS 4.10, 6.2): what was brought, by whom, what follows.

One copy goes home with the person and one stays with the file: they are printed on one sheet. Who
is not eligible has everything on it that an appeal needs (6.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stockpile import wording
from stockpile.domain.facts import CollectionReceived, Fact, RoundsHanded
from stockpile.domain.holders import Holder
from stockpile.domain.tags import grouped
from stockpile.language import _, figure, is_right_to_left, isolated, listed, ngettext
from stockpile.record_words import moment
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
from stockpile.services.weapon_files import Printing
from stockpile.terms import term

COPIES: Final = 2
"""One for the person, one for the file."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A hand-in with the names of all it speaks of; ``drawing`` is the signature as JPEG."""

    body: CollectionReceived
    fact: Fact
    person: Holder
    rows: tuple[RegisterRow, ...]
    place: str
    officer: str
    drawing: bytes = b""

    @property
    def name(self) -> str:
        """Who handed it in; a person who was erased is named by nothing."""
        return self.person.name or _("a person on no list here")


def collection_receipt(receipt: Receipt, printing: Printing) -> Paper:
    """Return the receipt of a hand-in, twice on a sheet where it is that short."""
    return Paper(
        title=_("Collection receipt"),
        subject=isolated(receipt.place),
        code=receipt.body.number,
        blocks=(
            *_warnings(receipt),
            filled(tuple(_head(receipt))),
            *_weapons(receipt),
            *_rounds(receipt.body.rounds),
            *_decision(receipt.body),
            _signatures(receipt),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
        copies=COPIES,
    )


def _warnings(receipt: Receipt) -> Iterator[Block]:
    body = receipt.body
    if body.withdrawn:
        said = _("Taken back, this receipt is void: {reason}")
        yield Words(said.format(reason=body.withdrawn), loud=True)
    if body.how == "unsigned":
        said = _("Not signed by the person: {reason}")
        yield Words(said.format(reason=body.unsigned or _("no reason was given")), loud=True)


def _head(receipt: Receipt) -> Iterator[Pair]:
    body, person = receipt.body, receipt.person
    yield Pair(_("Name"), isolated(receipt.name))
    yield Pair(_("Identity number"), person.reference, code=True)
    yield Pair(_("Category"), term("participant", body.category))
    yield Pair(_("Group"), isolated(person.unit))
    yield Pair(_("Sex"), term("sex", person.sex))
    yield Pair(_("Born or age"), isolated(person.born))
    yield Pair(_("Date"), isolated(body.on))
    yield Pair(_("Kind of site"), term("hand_in", body.where))
    yield Pair(_("Child-protection officer present"), isolated(body.child_protection))
    yield Pair(_("Remarks"), body.remarks)


def _weapons(receipt: Receipt) -> Iterator[Block]:
    if not receipt.rows:
        return
    count = len(receipt.rows)
    yield Heading(ngettext("{count} weapon", "{count} weapons", count).format(count=figure(count)))
    columns = (
        Column(_("Serial number"), 1.5, code=True), Column(_("Weapon"), 1.9),
        Column(_("Calibre"), 1.1, code=True), Column(_("Condition"), 1.2),
        Column(_("Tag"), 1.6, code=True), Column(_("Registry number"), 1.5, code=True),
    )  # fmt: skip
    yield Table(columns, tuple(map(_weapon, receipt.rows)))


def _weapon(row: RegisterRow) -> tuple[str, ...]:
    kind = wording.weapon_type(row.type)
    named = " ".join(one for one in (row.make, row.model) if one)
    return (
        row.serial or _("no serial"),
        listed((kind, isolated(named))),
        row.calibre,
        wording.condition(row.condition),
        grouped(row.tag),
        row.number,
    )


def _rounds(rounds: tuple[RoundsHanded, ...]) -> Iterator[Block]:
    if not rounds:
        return
    yield Heading(_("Ammunition"))
    columns = (
        Column(_("Calibre"), 2, code=True), Column(_("Rounds"), 1), Column(_("Condition"), 2),
    )  # fmt: skip
    rows = (
        (
            one.calibre,
            figure(one.quantity),
            wording.condition("serviceable" if one.serviceable else "unserviceable"),
        )
        for one in rounds
    )
    yield Table(columns, tuple(rows))


def _decision(body: CollectionReceived) -> Iterator[Block]:
    """Say what was decided; that the receipt stands in any case, and where an appeal begins."""
    if body.eligible:
        yield Words(
            _("The person is eligible. This receipt proves that what is listed was handed in.")
        )
        return
    yield Words(_("Not eligible: {reason}").format(reason=body.reason), loud=True)
    said = _(
        "What is listed was handed in all the same, and this receipt proves it. The person may"
        " appeal against the decision; refer to {appeal} and show this receipt."
    )
    yield Words(said.format(appeal=isolated(body.appeal)))


def _signatures(receipt: Receipt) -> Signatures:
    body = receipt.body
    by_key = _("Signed with PIN, {when}").format(when=isolated(moment(receipt.fact)))
    given = term("signed", body.how) if body.how != "unsigned" else ""
    boxes = [
        SignatureBox(_("Received by"), receipt.officer, by_key),
        SignatureBox(_("Handed in by"), receipt.name, given, receipt.drawing),
    ]
    if body.child_protection:
        boxes.append(SignatureBox(_("Child-protection officer"), body.child_protection))
    return Signatures(tuple(boxes))
