"""A list of weapons taken out as a table: asked for again with the second factor, and written down.

A cell that a spreadsheet would take for a formula is made text: what a weapon's record says was
typed by others.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain.numbers import registry_number
from stockpile.domain.spreadsheets import harmless
from stockpile.domain.values import Digest
from stockpile.language import _, current_language, plain, speaking
from stockpile.registry import finding, last_counts
from stockpile.registry.books import RegistryBooks
from stockpile.registry.filters import Filters
from stockpile.registry.naming import names_of, node_sites
from stockpile.registry.web.frame import pages
from stockpile.registry.web.visiting import Books, Stepped
from stockpile.registry.web.weapon_rows import is_count_doubted, site_words

PORTION: Final = 500

router = pages()


@router.post("/weapons/export")
def export(request: Request, stepped: Stepped, books: Books) -> Response:
    """Give the list as CSV (RFC 4180, UTF-8), row by row, however long it is."""
    filters = Filters.of(request.query_params)
    stepped.note("exported", f"weapons {urlencode(filters.said)}".strip())
    headers = {"Content-Disposition": 'attachment; filename="weapons.csv"'}
    lines = table(books, filters, current_language())
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def table(books: RegistryBooks, filters: Filters, language: str) -> Iterator[str]:
    """Give the lines of the table; each portion is read by itself, so that nothing is held up."""
    with speaking(language):
        heads = _line(_heads())
    yield f"\ufeff{heads}"
    after, clocks = "", last_counts.Clocks()
    while True:
        with books.reading() as connection, speaking(language):
            page = finding.listed(connection, filters, after, PORTION)
            names = names_of(connection, (one.weapon.place for one in page.lines))
            sites = node_sites(connection)
            doubted = _counts_doubted(connection, page.lines, clocks)
            told = "".join(
                _line(_cells(one, names, site_words(one.keeper, sites), _doubt(one, doubted)))
                for one in page.lines
            )
        yield told
        after = page.after
        if not after:
            return


def _counts_doubted(
    connection: Connection, lines: Sequence[finding.Line], clocks: last_counts.Clocks
) -> frozenset[Digest]:
    counted = (one.weapon for one in lines if one.counted)
    portions = last_counts.portions(counted)
    found = (last_counts.doubted(connection, one, clocks) for one in portions)
    return frozenset().union(*found)


def as_text(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return harmless(plain(cell).replace("\x00", ""))


def _heads() -> tuple[str, ...]:
    return (
        _("Registry number"), _("Serial number"), _("Type"), _("Make"), _("Model"), _("Calibre"),
        _("Our mark"), _("Status"), _("Site"), _("Place"), _("Last counted"),
        _("Doubt about the last count's date"), _("Put on record"),
    )  # fmt: skip


def _doubt(one: finding.Line, doubted: Collection[Digest]) -> str:
    """Return in words what speaks against the date of a weapon's last count; empty for nothing."""
    if not one.counted:
        return ""
    if not last_counts.is_soon_read(one.weapon):
        return _("not looked at: its history is too long for a list")
    return _("clock in doubt") if is_count_doubted(one, doubted) else ""


def _cells(one: finding.Line, names: wording.Names, site: str, doubt: str) -> tuple[str, ...]:
    weapon = one.weapon
    marks = weapon.standing_marks
    return (
        registry_number(weapon.id), weapon.serial.text, wording.weapon_type(weapon.type),
        weapon.make, weapon.model, weapon.calibre, marks[-1].text if marks else "",
        wording.status(weapon.status), site, names.of(weapon.place),
        wording.instant(one.counted) if one.counted else "", doubt,
        wording.instant(weapon.recorded_at) if weapon.recorded_at else "",
    )  # fmt: skip


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(map(as_text, cells))
    return written.getvalue()
