from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.dates import DateRead, is_by, is_date, order_of, read_date


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("20/05/2021 12:21:06", "", DateRead("2021-05-20T12:21:06")),
        ("05/20/2021", "", DateRead("2021-05-20")),
        ("2021-01-04 20:44:00", "", DateRead("2021-01-04T20:44:00")),
        ("2021-01-04T00:00:00", "", DateRead("2021-01-04")),
        ("2021-01-04 20:44:00.000Z", "", DateRead("2021-01-04T20:44:00")),
        ("4.5.2021", "day", DateRead("2021-05-04")),
        ("4.5.2021", "month", DateRead("2021-04-05")),
        ("04-04-2021", "", DateRead("2021-04-04")),
        ("٢٠/٠٥/٢٠٢١", "", DateRead("2021-05-20")),
        ("1974", "", DateRead("1974")),
        ("1974-05", "", DateRead("1974-05")),
        ("04/05/2021", "", DateRead("04/05/2021", "ambiguous")),
        ("20/05/2021", "month", DateRead("2021-05-20")),
        ("05/20/2021", "day", DateRead("2021-05-20")),
        ("31/02/2021", "", DateRead("31/02/2021", "unreadable")),
        ("13/13/2021", "", DateRead("13/13/2021", "unreadable")),
        ("20/05/2021 25:00", "", DateRead("20/05/2021 25:00", "unreadable")),
        ("20/05/21", "day", DateRead("20/05/21", "unreadable")),
        ("20/05/1021", "", DateRead("20/05/1021", "unreadable")),
        ("44336", "", DateRead("44336", "unreadable")),
        ("in May", "", DateRead("in May", "unreadable")),
    ],
)
def test_dates_as_lists_write_them(text, order, read):
    assert read_date(text, order) == read


@given(st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)))
def test_a_known_order_leaves_no_doubt(day):
    for pattern, order in (("%d/%m/%Y", "day"), ("%m/%d/%Y", "month"), ("%Y-%m-%d", "")):
        assert read_date(day.strftime(pattern), order) == DateRead(day.isoformat())


@given(st.text(max_size=20))
def test_any_text_is_read_or_kept(text):
    read = read_date(text)
    assert read.text == text.strip() or read.status == "read"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01/02/2021", "20/05/2021"], "day"),
        (["01/02/2021", "05/20/2021"], "month"),
        (["01/02/2021", "2021-05-20"], ""),
        (["20/05/2021", "05/20/2021"], ""),
        ([], ""),
    ],
)
def test_a_column_proves_its_order(texts, order):
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("text", "day", "answer"),
    [
        ("2026-11-28", "2026-11-28", True),
        ("2026-11-28", "2026-11-27", False),
        ("2026-11-28T18:00", "2026-11-28", True),
        ("", "2026-11-28", False),
        ("tonight", "2026-11-28", False),
        ("1 week", "2026-11-28", False),
        ("2026-02-30", "2026-11-28", False),
    ],
)
def test_what_is_no_date_is_not_past(text, day, answer):
    assert is_by(text, day) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [("2026-11-28", True), ("20261128", False), ("2026-11", False), ("2026-W48-6", False)],
)
def test_a_whole_date_is_one(text, answer):
    assert is_date(text) == answer
