"""Counts and dates in the reader's digits; what is copied letter by letter stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.pdf.directions import directed
from stockpile.domain.paper_digits import digits_of, in_digits
from stockpile.language import figure, isolated, plain


@pytest.mark.parametrize(
    ("language", "chosen", "digits"),
    [
        ("ar", "", "arabic"), ("ar", "latin", "latin"), ("ar", "arabic", "arabic"),
        ("ar_MA", "", "arabic"), ("en", "arabic", "latin"), ("zh", "", "latin"),
    ],
)  # fmt: skip
def test_only_arabic_has_digits_of_its_own_and_the_choice_is_the_users(language, chosen, digits):
    assert digits_of(language, chosen) == digits


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (figure(1_204), "١٢٠٤"), (figure("1,204.5"), "١٬٢٠٤٫٥"), (figure("20 %"), "٢٠ ٪"),
        ("2026-11-28", "٢٠٢٦-١١-٢٨"), (isolated("2026-11-28 14:03"), "٢٠٢٦-١١-٢٨ ١٤:٠٣"),
        ("(2026-11-28 14:03 +03:00)", "(٢٠٢٦-١١-٢٨ ١٤:٠٣ +٠٣:٠٠)"),
    ],
)  # fmt: skip
def test_figures_and_dates_are_written_in_arabic_digits(said, shown):
    assert plain(in_digits(said, "arabic")).replace("\u200e", "") == shown
    assert in_digits(said, "latin") == said


@pytest.mark.parametrize("said", ["2026-11-28 14:03 +03:00", "(2026-11-28)", "في 2026-11-28"])
@pytest.mark.parametrize("isolate", [isolated, str])
def test_a_date_stands_in_the_same_order_in_either_digits(said, isolate):
    orders = []
    for digits in ("latin", "arabic"):
        line = directed(in_digits(isolate(said), digits), rtl=True)
        seen = "".join(one.text[::-1] if one.rtl else one.text for one in line.segments)
        orders.append(seen.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")))
    assert orders[0] == orders[1]
    assert "2026-11-28" in orders[0]


@pytest.mark.parametrize(
    "said",
    [
        isolated("4471902"), "4471902", "HR-KLA-26-0001", "AK-74", "7.62x39", "2026-13-28",
        "X2026-11-28", "A-2026-11-28", "2026-11-28-7", isolated("2026-11-281"), "1.2026-11-28",
    ],
)  # fmt: skip
def test_identifiers_are_never_changed(said):
    assert in_digits(said, "arabic") == said


@given(st.text("0123456789-KX /.", min_size=1, max_size=24).filter(lambda one: "20" not in one))
def test_what_is_no_figure_and_no_date_stays(text):
    dated = any(part.count("-") >= 2 for part in text.split())
    assert dated or in_digits(isolated(text), "arabic") == isolated(text)
