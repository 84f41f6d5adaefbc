"""What an index of likeness knows, whatever the order in which it was learnt."""

from __future__ import annotations

from collections import Counter

from stockpile.adapters.sqlite.likeness import Likeness
from stockpile.adapters.sqlite.likeness_codes import texts_of
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.store import Connection


def contents(index: Likeness) -> Counter[tuple[object, ...]]:
    """Each mark with its weapon and words, as often as it is there."""
    columns, count = index.columns, index.count
    rows = zip(
        columns.weapons[:count].tolist(), texts_of(columns.codes[:count]),
        columns.bags[:count].tolist(), columns.tails[:count].tolist(),
        [index.makes.texts[one] for one in columns.makes[:count]],
        [index.calibres.texts[one] for one in columns.calibres[:count]],
        [index.models.texts[one] for one in columns.models[:count]],
        strict=True,
    )  # fmt: skip
    return Counter(row for row in rows if row[0] >= 0)


def learnt_anew(connection: Connection) -> Counter[tuple[object, ...]]:
    """What an index holds that was learnt from the marks alone."""
    index = LikenessOnRecord(anew=True)
    index.catch_up(connection)
    return contents(index.likeness)


def caught_up(connection: Connection) -> Counter[tuple[object, ...]]:
    """What an index holds that was read back, and brought up to what was written since."""
    index = LikenessOnRecord()
    index.catch_up(connection)
    return contents(index.likeness)
