"""The certificate of a handover: who takes what over from whom, by which count, what was open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stockpile.domain.facts import (
    CustodyHandedOver,
    Fact,
    InvestigationOpened,
    StocktakeClosed,
    StocktakeOpened,
)
from stockpile.domain.places import Place
from stockpile.domain.references import Reference
from stockpile.domain.values import OfficerId
from stockpile.language import _, figure, is_right_to_left, isolated
from stockpile.record_words import case_words, moment
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


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate is made of; ``weapons`` are in the place now."""

    place: Place
    site: Place
    body: CustodyHandedOver
    fact: Fact
    names: Mapping[OfficerId, str]
    count: Reference | None
    weapons: int
    open_ones: tuple[InvestigationOpened, ...]
    serials: Mapping[str, str]
    """Of the weapons that something is open about."""


def certificate(told: Certificate, printing: Printing) -> Paper:
    """Return the handover and takeover certificate of a place."""
    return Paper(
        title=_("Handover of custody"),
        subject=f"{told.site.name} · {told.place.name}",
        code=_number(told),
        blocks=(
            filled(
                (
                    Pair(_("Place"), isolated(told.place.name)),
                    Pair(_("Date"), moment(told.fact)),
                    Pair(_("Handed over by"), _name(told, told.body.outgoing)),
                    Pair(_("Taken over by"), _name(told, told.body.incoming)),
                    Pair(_("Weapons there"), figure(told.weapons)),
                    Pair(_("Remarks"), told.body.remarks),
                )
            ),
            *_count(told.count),
            *_line(told),
            _signatures(told),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _number(told: Certificate) -> str:
    """Return the number of the certificate; a site without a code is not named in bars."""
    parts = ("HO", told.site.code, told.fact.hash[:8].upper())
    return "-".join(one for one in parts if one)


def _count(count: Reference | None) -> tuple[Block, ...]:
    """Say what the handover inventory found."""
    opened = count.opened if count else None
    closed = count.now if count else None
    if not isinstance(opened, StocktakeOpened) or not isinstance(closed, StocktakeClosed):
        return ()
    pairs = (
        Pair(_("Count"), opened.number, code=True),
        Pair(_("Expected"), figure(closed.expected)),
        Pair(_("Found"), figure(closed.seen)),
        Pair(_("Missing"), figure(closed.missing)),
        Pair(_("Unexpected"), figure(closed.unexpected)),
        Pair(_("Misplaced"), figure(closed.misplaced)),
    )
    return (Heading(_("Handover inventory, every serial")), filled(pairs))


def _line(told: Certificate) -> tuple[Block, ...]:
    """Draw the line: what was open then is not the new custodian's own."""
    heading = Heading(_("The line between them"))
    if not told.open_ones:
        return (heading, Words(_("Nothing was open. What is found from now on is the new one's.")))
    said = Words(
        _("What stands here was open already; what is found from now on is the new custodian's.")
    )
    columns = (
        Column(_("What"), 1.2), Column(_("Serial number"), 1.2, code=True),
        Column(_("Said"), 2.4), Column(_("Due"), 0.8),
    )  # fmt: skip
    rows = tuple(
        (term("discrepancy", one.kind), told.serials.get(one.weapon, ""), case_words(one), one.due)
        for one in told.open_ones
    )
    return (heading, said, Table(columns, rows))


def _signatures(told: Certificate) -> Signatures:
    signed = {told.fact.by, *told.fact.witnesses}
    boxes = [
        SignatureBox(role, _name(told, officer), _said(told, officer in signed))
        for role, officer in (
            (_("Handed over by"), told.body.outgoing),
            (_("Taken over by"), told.body.incoming),
        )
        if officer is not None
    ]
    others = [one for one in signed if one not in {told.body.outgoing, told.body.incoming}]
    boxes += [
        SignatureBox(_("Witness"), _name(told, one), _said(told, signed=True)) for one in others
    ]
    return Signatures(tuple(boxes))


def _said(told: Certificate, signed: bool) -> str:
    if not signed:
        return ""
    return _("Signed with PIN, {at}").format(at=isolated(moment(told.fact)))


def _name(told: Certificate, officer: OfficerId | None) -> str:
    return isolated(told.names.get(officer, officer)) if officer else ""
