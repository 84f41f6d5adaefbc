"""The paper of one half of a recovery sheet: for one person, to be locked away apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stockpile.domain.recovery_sheets import Half, grouped_row
from stockpile.domain.values import NodeId
from stockpile.language import _, figure, is_right_to_left, isolated
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
    Words,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.weapon_files import Printing


@dataclass(frozen=True, slots=True)
class HalfSheet:
    """A half, and of which site and node it opens the store together with the other."""

    half: Half
    site: str
    node: NodeId


def half_paper(told: HalfSheet, printing: Printing) -> Paper:
    """Return the paper; its square code is the half itself, for a scanner."""
    half = told.half
    return Paper(
        title=_("Recovery sheet, half {number} of 2").format(number=figure(half.number)),
        subject=isolated(told.site),
        code=f"RS-{half.sheet}-{half.number}",
        blocks=tuple(_blocks(told)),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
        seal_qr=half.text,
    )


def _blocks(told: HalfSheet) -> Iterator[Block]:
    half = told.half
    yield Words(
        _(
            "Both halves together open the store of this site without its passphrase. One half"
            " alone opens nothing."
        ),
        loud=True,
    )
    yield Pairs(
        (
            Pair(_("Sheet"), half.sheet, code=True),
            Pair(_("Half"), str(half.number), code=True),
            Pair(_("Site"), isolated(told.site)),
            Pair(_("Node"), told.node, code=True),
        )
    )
    yield Heading(_("To type"))
    start = (_("Begin with"), f"{half.sheet}-{half.number}")
    rows = (
        (_("Row {number}").format(number=figure(at)), grouped_row(one))
        for at, one in enumerate(half.rows, 1)
    )
    columns = (Column(_("Row"), 1), Column(_("To type, without the dashes"), 4, code=True))
    yield Table(columns, (start, *rows))
    yield Words(
        _(
            "The last character of each row checks it. Letters O, I and L are never used; what"
            " looks like them is 0 or 1. The square code above says the same to a scanner."
        )
    )
    yield Heading(_("Keep it so"))
    for said in (
        _("Give each half to another person, in a sealed envelope, locked away in another place."),
        _("Never copy it, photograph it or keep it with this computer or its backups."),
        _(
            "It is void as soon as another sheet is printed, it was used, or the books were given"
            " another key. Then destroy it."
        ),
        _(
            "To use it: choose to recover the store where its passphrase is asked for, or the"
            " command keys recover, and give both halves."
        ),
    ):
        yield Words(said)
    yield Signatures(
        (SignatureBox(_("Received by")), SignatureBox(_("Handed over by"))),
    )
