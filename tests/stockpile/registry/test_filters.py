from __future__ import annotations

from sqlalchemy import select

from stockpile.registry.filters import Filters, conditions, date_of
from stockpile.registry.finding_tables import LISTED
from stockpile.registry.texts import LONGEST_KEY


def test_a_filter_is_cut_to_what_an_index_takes():
    assert len(Filters.of({"make": "x" * 5000}).make) == LONGEST_KEY


def test_a_list_of_the_country_goes_by_the_date_that_narrows_it():
    ways = (
        ({"marked_in": "2026-03"}, LISTED.c.marked),
        ({"counted_before": "2026-03", "held": "1"}, LISTED.c.counted),
        ({"marked_in": "2026-03", "site": "GUL"}, None),
        ({"lost_in": "never"}, None),
        ({"model": "akm"}, None),
    )
    for said, column in ways:
        assert date_of(Filters(**said)) is column, said


def test_any_words_make_a_question_that_the_database_takes(registry):
    hostile = ("", "-", "never", "2026-12", "2026-13", "0000-01", "9999-12", "'", "\x00", "\u0660")
    names = list(Filters.__dataclass_fields__)
    with registry.database.reading() as connection:
        for name in names:
            for value in hostile:
                asked = select(LISTED).where(*conditions(connection, Filters(**{name: value})))
                assert connection.execute(asked).all() == [], (name, value)
