from __future__ import annotations

import struct

from stockpile.registry import packing
from stockpile.registry.intake import checked
from stockpile.registry.rows import fact_rows
from tests.helpers.sites import a_weapon


def read(packed):
    """Rows as PostgreSQL reads them: values in the order of their columns."""
    assert packed.startswith(b"PGCOPY\n\xff\r\n\0" + bytes(8))
    at, rows = 19, []
    while True:
        (columns,) = struct.unpack_from(">h", packed, at)
        at += 2
        if columns < 0:
            assert at == len(packed)
            return rows
        row = []
        for _ in range(columns):
            (length,) = struct.unpack_from(">i", packed, at)
            row.append(packed[at + 4 : at + 4 + length])
            at += 4 + length
        rows.append(row)


def test_rows_made_ready_are_the_rows_that_are_laid_down(site):
    site.write(a_weapon("w1"), a_weapon("#w2"))
    site.write(a_weapon("w3"))
    batch = list(checked(site.entries, site.node, site.keys.public_key))
    laid = list(zip((7, 1 << 40, 9), batch, strict=True))
    packed = packing.copied((pos, packing.tails(3, one)) for pos, one in laid)
    plain = [row for pos, one in laid for row in fact_rows(3, pos, one)]
    assert [
        (*(int.from_bytes(one) for one in row[:3]), row[3].decode(), row[4].decode(), row[5])
        for row in read(packed)
    ] == plain


def test_nothing_is_an_empty_copy():
    assert read(packing.copied([])) == []
