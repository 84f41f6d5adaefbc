from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.sheets.cells import constant, is_formula, shown, unguarded
from tests.helpers.every import every_row


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('=CONCATENATE("58887")', "58887"),
        ('=CONCATENATE("*** **659")', "*** **659"),
        ('=CONCATENATE("(ILEGÍVEL)2823")', "(ILEGÍVEL)2823"),
        ('= concatenate( "AB" ; "12" )', "AB12"),
        ('="00123"', "00123"),
        ('="00"&"123"', "00123"),
        ('=CONCATENATE("say ""A""")', 'say "A"'),
        ('=CONCATENATE("")', ""),
    ],
)
def test_a_formula_of_nothing_but_quoted_text_is_read(formula, value):
    assert is_formula(formula)
    assert constant(formula) == value


@pytest.mark.parametrize(
    "formula",
    [
        "=A1", "=1+1", '=CONCATENATE("A",B1)', '=HYPERLINK("http://x")', '=CONCATENATE("A"',
        '="A"+"B"',
        '=CMD("calc")', '=CONCATENATE("A")&A1',
    ],
)  # fmt: skip
def test_no_formula_is_ever_worked_out(formula):
    assert is_formula(formula)
    assert constant(formula) is None


@pytest.mark.parametrize("text", ["=", "= ", "==", "=)", "A=1", "", "= /"])
def test_text_that_only_begins_like_a_formula(text):
    assert not is_formula(text)


@given(st.text())
def test_any_text_survives_being_wrapped(text):
    quoted = text.replace('"', '""')
    assert constant(f'=CONCATENATE("{quoted}")') == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "", ""),
        ("0012", "", "0012"),
        (1200000, "", "1200000"),
        (1.2e6, "", "1200000"),
        (12e15, "", "12000000000000000"),
        (1200000, "0.00E+00", "1.2E+06"),
        (1.2e6, "0.00E+00", "1.2E+06"),
        (5e12, "0E+0", "5E+12"),
        (123456789012, "0.00E+00", "123456789012"),
        (12, "0.00E+00", "12"),
        (-1200000, "0.00E+00", "-1200000"),
        (0.5, "0.00E+00", "0.5"),
        (7.62, "", "7.62"),
        (0.1 + 0.2, "", "0.3"),
        (1e-7, "", "0.0000001"),
        (-3, "", "-3"),
        (42, "00000", "00042"),
        (42.0, "00000", "00042"),
        (-42, "00000", "-42"),
        (4.5, "00000", "4.5"),
        (True, "", "TRUE"),
        (dt.datetime.fromisoformat("2021-01-04T20:44"), "", "2021-01-04 20:44:00"),
        (dt.datetime.fromisoformat("2021-01-04"), "", "2021-01-04"),
        (dt.datetime.fromisoformat("2021-01-04T20:43:59.999999"), "", "2021-01-04 20:44:00"),
        (dt.date(2021, 1, 4), "", "2021-01-04"),
        (dt.time(8, 30), "", "08:30:00"),
        (dt.timedelta(hours=30), "", "1 day, 6:00:00"),
    ],
)
def test_values_as_text(value, number_format, text):
    assert shown(value, number_format) == text


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_never_gain_a_point_or_a_power(number):
    assert shown(float(number)) == shown(number) == str(number)


@every_row(
    [("'=1+1", "=1+1"), ("'-12", "-12"), ("'@SUM(A1)", "@SUM(A1)"), ("'90s", "'90s"), ("'", "'")]
)
def test_the_apostrophe_that_guards_a_cell_is_not_its_text(text, value):
    assert unguarded(text) == value
