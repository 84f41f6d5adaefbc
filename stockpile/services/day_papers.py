"""The day sheet: what was done, what is out and late, and the code of the ledger's end; signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stockpile import wording
from stockpile.conflict_words import disputed_words
from stockpile.domain.days import Done
from stockpile.domain.facts import DayClosed, Fact
from stockpile.domain.ledger import Tip, head_code
from stockpile.domain.places import Place
from stockpile.domain.values import Instant, WeaponId
from stockpile.language import _, figure, is_right_to_left, isolated, ngettext
from stockpile.record_words import moment
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
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing
from stockpile.wording import Names


@dataclass(frozen=True, slots=True)
class Day:
    """How a day stands, in weapons where nothing else is said.

    ``done`` is since the last close, ``unsent`` are entries that no registry gave a receipt for,
    ``anchored`` the last entry that somebody outside this computer holds: a registry or a sheet.
    """

    on: str
    at: Instant
    last: DayClosed | None
    done: Done
    in_store: int
    out: int
    overdue: int
    in_transit: int
    waybills_overdue: int
    counts_open: int
    counts_due: int
    unexplained: int
    conflicts: int
    unfit: int
    remarked: tuple[WeaponId, ...]
    inspections_due: int
    unsent: int
    is_enrolled: bool
    anchored: int
    tip: Tip
    on_record: int
    disputed: int = 0
    """Weapons of which something contradicts itself."""

    @property
    def is_closed(self) -> bool:
        """Say whether this day was closed and nothing was written since."""
        last = self.last
        return last is not None and last.on == self.on and self.tip.number <= last.number + 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet is made of; ``fact`` is that of the close, ``more_out`` are not named."""

    day: Day
    closed: DayClosed
    site: Place
    out: Sequence[RegisterRow]
    more_out: int
    overdue: Sequence[RegisterRow]
    names: Names
    fact: Fact


def day_sheet(told: Sheet, printing: Printing) -> Paper:
    """Return the sheet of a closed day.

    The code on it is that of the last entry before the close: whoever keeps the sheet can have the
    ledger held against it for ever.
    """
    code = head_code(Tip(told.closed.number, 0, told.closed.head))
    return Paper(
        title=_("Day sheet"),
        subject=f"{told.site.name} · {told.closed.on}",
        code=code,
        blocks=(
            _figures(told),
            Heading(_("The ledger's end")),
            Words(
                _(
                    "Keep this sheet with the other officer. Type the code on the page Today, or"
                    " with: stockpile head verify: the program says whether the record is still the"
                    " same."
                )
            ),
            Pairs((Pair(_("Head code"), code, code=True),)),
            *_overdue(told),
            *_out(told),
            _signatures(told),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _figures(told: Sheet) -> Pairs:
    closed, day = told.closed, told.day
    figures = (
        (_("Day"), closed.on),
        (_("Closed"), moment(told.fact)),
        (_("Movements"), figure(closed.moved)),
        (_("On record"), disputed_words(day.on_record, day.disputed)),
        (_("In store"), figure(day.in_store)),
        (_("Out"), figure(closed.out)),
        (_("Overdue"), figure(closed.overdue)),
        (_("In transit"), figure(day.in_transit)),
        (_("Unexplained"), figure(closed.unexplained)),
        (_("Counts due"), figure(day.counts_due)),
        (_("Unfit to be issued"), figure(day.unfit)),
        (_("Inspection due"), figure(day.inspections_due)),
        (_("Not sent"), figure(day.unsent)),
        (_("Backup, checked"), isolated(closed.backup)),
    )
    return filled(tuple(Pair(name, value) for name, value in figures))


def _overdue(told: Sheet) -> tuple[Block, ...]:
    if not told.overdue:
        return ()
    return (Heading(_("Overdue")), _table(told.overdue, told.names))


def _out(told: Sheet) -> tuple[Block, ...]:
    if not told.out:
        return (Heading(_("Out")), Words(_("Nothing is out: every weapon is in its store.")))
    more = ngettext("and {count} more", "and {count} more", told.more_out)
    rest = [Words(more.format(count=figure(told.more_out)))] if told.more_out else []
    return (Heading(_("Out")), _table(told.out, told.names), *rest)


def _table(rows: Sequence[RegisterRow], names: Names) -> Table:
    columns = (
        Column(_("Serial number"), 1.4, code=True),
        Column(_("Model"), 1.2),
        Column(_("With"), 1.6),
        Column(_("Due back"), 1.0),
    )
    return Table(
        columns,
        tuple(
            (
                row.serial or row.mark or row.number,
                isolated(row.model or wording.weapon_type(row.type)),
                isolated(names.of(row.holder)),
                row.due,
            )
            for row in rows
        ),
    )


def _signatures(told: Sheet) -> Signatures:
    said = _("Signed with PIN, {at}").format(at=isolated(moment(told.fact)))
    closed_by = SignatureBox(_("Closed by"), isolated(told.names.of(told.fact.by)), said)
    return Signatures((closed_by, SignatureBox(_("Seen by the second officer"))))
