"""A gate pass on paper: who may leave with what until when, and boxes for the guard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stockpile import wording
from stockpile.domain.facts import Fact
from stockpile.domain.gate_passes import GatePass
from stockpile.language import _, figure, is_right_to_left, isolated, ngettext
from stockpile.record_words import moment
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    SignatureBox,
    Signatures,
    Ticks,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing


@dataclass(frozen=True, slots=True)
class PassFile:
    """A pass with the names of all it speaks of; ``now`` is the local minute it was looked up."""

    gate_pass: GatePass
    fact: Fact
    rows: tuple[RegisterRow, ...]
    place: str
    officer: str
    now: str = ""


def gate_pass_paper(file: PassFile, printing: Printing) -> Paper:
    """Return the pass that is shown at the gate; the guard ticks each weapon that goes out."""
    said = file.gate_pass.issued
    return Paper(
        title=_("Gate pass"),
        subject=isolated(said.bearer),
        code=said.number,
        blocks=(
            *_standing(file.gate_pass),
            filled(tuple(_head(file))),
            *_weapons(file.rows),
            *_goods(said.goods),
            Signatures(_boxes(file)),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _standing(gate_pass: GatePass) -> Iterator[Block]:
    """Say in large what makes the pass no use any more."""
    if gate_pass.closed is None:
        return
    if gate_pass.state == "left":
        yield Words(_("Used: what is listed has left."), loud=True)
        return
    said = _("Taken back, not valid: {reason}")
    yield Words(said.format(reason=gate_pass.closed.remarks), loud=True)


def _head(file: PassFile) -> Iterator[Pair]:
    said = file.gate_pass.issued
    yield Pair(_("Bearer"), isolated(said.bearer))
    yield Pair(_("Vehicle"), said.vehicle, code=True)
    yield Pair(_("From"), isolated(file.place))
    yield Pair(_("To"), isolated(said.to))
    yield Pair(_("Valid until"), isolated(said.until) or _("no time said"))
    yield Pair(_("Issued"), isolated(moment(file.fact)))
    yield Pair(_("Under"), said.about, code=True)
    yield Pair(_("Purpose"), said.purpose)
    yield Pair(_("Remarks"), said.remarks)


def _weapons(rows: tuple[RegisterRow, ...]) -> Iterator[Block]:
    if not rows:
        return
    count = ngettext("{count} weapon", "{count} weapons", len(rows)).format(count=figure(len(rows)))
    yield Heading(count)
    columns = (
        Column(_("Serial number"), 1.6, code=True), Column(_("Weapon"), 2),
        Column(_("Registry number"), 1.7, code=True), Column(_("Tag"), 1.7, code=True),
    )  # fmt: skip
    yield Ticks(columns, tuple(map(_weapon, rows)))


def _weapon(row: RegisterRow) -> tuple[str, ...]:
    named = " ".join(one for one in (row.make, row.model) if one)
    shown = isolated(named) or wording.weapon_type(row.type)
    return row.serial or _("No serial"), shown, row.number, row.tag


def _goods(goods: str) -> Iterator[Block]:
    if goods:
        yield Heading(_("Other goods"))
        yield Words(goods)


def _boxes(file: PassFile) -> tuple[SignatureBox, ...]:
    said = _("Signed with PIN, {when}").format(when=isolated(moment(file.fact)))
    return (
        SignatureBox(_("Issued by"), file.officer, said),
        SignatureBox(_("Bearer"), file.gate_pass.issued.bearer),
        SignatureBox(_("Guard: time out"), said=_("Date and time:")),
        SignatureBox(_("Guard: time in"), said=_("Date and time:")),
    )
