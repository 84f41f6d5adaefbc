"""Papers of a count: the sheet to count by hand, in the order of the racks, and the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from stockpile import fact_words
from stockpile.domain.closing_counts import Difference, Found
from stockpile.domain.facts import Fact
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import Digest, Instant, PlaceId, WeaponId, search_key
from stockpile.language import _, figure, is_right_to_left, isolated, listed
from stockpile.record_words import local_moment, moment
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    SignatureBox,
    Signatures,
    Table,
    Ticks,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing
from stockpile.terms import term
from stockpile.wording import Names

_WHOLE = 100
BLIND_ROWS = 20
"""So many empty rows has each place of a blind sheet: how many there should be is not told."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of the sheet: its number, the weapon, and the place with the names around it."""

    number: int
    weapon: WeaponId
    place: PlaceId
    place_name: str
    row: RegisterRow


@dataclass(frozen=True, slots=True)
class Counted:
    """What the papers say of a count: who, where, and when it was opened and closed.

    ``zone`` is that of the clock there, in minutes east of Greenwich.
    """

    stocktake: Stocktake
    place: str
    opened_at: Instant
    closed_at: Instant
    signers: tuple[str, ...]
    names: Names
    zone: int = 0


def sheet_paper(
    told: Counted, rows: Sequence[PaperRow], places: Iterable[str], printing: Printing
) -> Paper:
    """Return the sheet to tick by hand; a blind one has empty rows for what is read."""
    if told.stocktake.opened.blind:
        blocks: tuple[Block, ...] = tuple(
            block for name in places for block in (Heading(name), _empty())
        )
    else:
        blocks = tuple(
            block
            for name, some in groupby(rows, lambda one: one.place_name)
            for block in (Heading(name), _ticks(list(some)))
        )
    return _paper(told, _("Count sheet"), (_about(told), *blocks, _signatures(told)), printing)


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report tells: the results, their weapons as lines, and the acts that explain some."""

    found: Found
    rows: Mapping[WeaponId, RegisterRow]
    acts: Mapping[Digest, Fact]


def report_paper(told: Counted, what: Reported, printing: Printing) -> Paper:
    """Return the report: the numbers, every difference, what movements explain, and who signed."""
    blocks = (
        _about(told), _numbers(what.found), *_differences(told, what), *_explained(told, what),
        _signatures(told),
    )  # fmt: skip
    return _paper(told, _("Count report"), blocks, printing)


def _paper(told: Counted, title: str, blocks: tuple[Block, ...], printing: Printing) -> Paper:
    return Paper(
        title=title,
        subject=told.place,
        code=told.stocktake.number,
        blocks=blocks,
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _about(told: Counted) -> Block:
    opened = told.stocktake.opened
    share = f"{opened.percent} %" if told.stocktake.opened.percent < _WHOLE else ""
    return filled(
        (
            Pair(_("Number"), told.stocktake.number, code=True),
            Pair(_("Place"), isolated(told.place)),
            Pair(_("Counted by"), term("basis", opened.basis)),
            Pair(_("Sample"), isolated(share)),
            Pair(_("Types"), isolated(", ".join(opened.types))),
            Pair(_("Counters"), listed(map(told.names.of, opened.counters))),
            Pair(_("Independent counter"), told.names.of(opened.independent)),
            Pair(_("Opened"), _moment(told, told.opened_at)),
            Pair(_("Closed"), _moment(told, told.closed_at)),
        )
    )


def _numbers(found: Found) -> Block:
    numbers = found.tally
    return filled(
        (
            Pair(_("Expected"), figure(numbers.expected)),
            Pair(_("Found"), figure(numbers.found)),
            Pair(_("Missing"), figure(numbers.missing)),
            Pair(_("Not expected"), figure(numbers.unexpected)),
            Pair(_("In the wrong place"), figure(numbers.misplaced)),
            Pair(_("Explained by movements"), figure(numbers.explained)),
            Pair(_("Counted twice"), figure(numbers.twice)),
            Pair(_("On no record"), figure(len(found.strangers))),
        )
    )


def _differences(told: Counted, what: Reported) -> tuple[Block, ...]:
    if not what.found.differences:
        return (Words(_("Everything agrees with the record.")),)
    columns = (
        Column(_("What"), 1.2), Column(_("Serial"), 1.3, code=True), Column(_("Weapon"), 1.6),
        Column(_("On record at"), 1.3), Column(_("Seen at"), 1.3),
    )  # fmt: skip
    cells = tuple(_difference(told, one, what.rows) for one in what.found.differences)
    said = _("Each difference is under investigation until evidence answers it.")
    return (Heading(_("Differences")), Table(columns, cells), Words(said))


def _difference(
    told: Counted, one: Difference, rows: Mapping[WeaponId, RegisterRow]
) -> tuple[str, ...]:
    kind = term("discrepancy", one.kind)
    row = rows.get(one.weapon) if one.weapon else None
    where = told.names.of(one.place)
    if row is None or one.line is None:
        return (kind, one.said, "", "", where)
    seen = listed(map(told.names.of, one.line.seen))
    return (kind, row.serial, _described(row), told.names.of(one.line.place), seen)


def _explained(told: Counted, what: Reported) -> tuple[Block, ...]:
    """Return what moved while the count went on: each weapon with the act that explains it."""
    acts = [
        (what.rows[one.weapon], what.acts[one.by])
        for one in what.found.lines
        if one.by is not None and one.by in what.acts and one.weapon in what.rows
    ]
    if not acts:
        return ()
    columns = (
        Column(_("Serial"), 1.3, code=True), Column(_("Weapon"), 1.6), Column(_("What"), 2.6),
        Column(_("When"), 1.3),
    )  # fmt: skip
    ranked = sorted(acts, key=lambda one: (search_key(one[0].serial), one[0].number))
    cells = tuple(
        (row.serial, _described(row), fact_words.fact_sentence(fact, told.names), moment(fact))
        for row, fact in ranked
    )
    return (Heading(_("Explained by movements")), Table(columns, cells))


def _described(row: RegisterRow) -> str:
    return " ".join(part for part in (row.make, row.model) if part)


def _signatures(told: Counted) -> Signatures:
    """Return the boxes to sign in; who signed with their PIN stands there already."""
    opened = told.stocktake.opened
    if told.stocktake.closed is None:
        roles = ((told.names.of(one), "") for one in opened.counters)
    else:
        said = _("Signed with PIN, {at}").format(at=isolated(_moment(told, told.closed_at)))
        roles = ((name, said) for name in told.signers)
    return Signatures(tuple(SignatureBox(_("Counter"), name, said) for name, said in roles))


def _ticks(rows: Sequence[PaperRow]) -> Ticks:
    columns = (
        Column(_("No."), 0.4), Column(_("Serial"), 1.6, code=True), Column(_("Weapon"), 1.6),
        Column(_("Mark"), 1.2, code=True), Column(_("Remarks"), 1.2),
    )  # fmt: skip
    cells = tuple(
        (figure(one.number), one.row.serial, _described(one.row), one.row.mark, "") for one in rows
    )
    return Ticks(columns, cells)


def _empty() -> Ticks:
    columns = (
        Column(_("No."), 0.4), Column(_("Serial as read"), 2, code=True), Column(_("Remarks"), 2),
    )  # fmt: skip
    return Ticks(columns, tuple((figure(one), "", "") for one in range(1, BLIND_ROWS + 1)))


def _moment(told: Counted, at: Instant) -> str:
    return local_moment(at, told.zone) if at else ""
