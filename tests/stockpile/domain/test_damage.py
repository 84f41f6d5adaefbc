from __future__ import annotations

import pytest

from stockpile.domain.damage import Damage, damage_to, lost_zeros


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("1.2E+06", Damage("serial_damaged", "12E5")),
        ("1,2E+06", Damage("serial_damaged", "12E5")),
        ("1.20E+06", Damage("serial_damaged", "12E5")),
        ("5E+12", Damage("serial_damaged", "5E12")),
        ("1.23457E+11", Damage("serial_damaged")),
        ("1.2E-06", Damage("serial_damaged")),
        ("1.234E+02", Damage("serial_damaged")),
        ("123456789012345000", Damage("rounded")),
        ("2021-07-24", Damage("made_a_date", "24/7")),
        ("12E5", None),
        ("12345678901234", None),
        ("1500000", None),
        ("KB4471902", None),
    ],
)
def test_what_was_done_to_a_serial(text, damage):
    assert damage_to("serial", text) == damage


@pytest.mark.parametrize(
    ("field", "text", "probable"),
    [
        ("model", "2021-07-24", "24/7"),
        ("model", "2021-07-24 00:00:00", "24/7"),
        ("model", "24-Jul", "24/7"),
        ("model", "24/jul", "24/7"),
        ("model", "24-Jul-21", "24/7"),
        ("model", "24/07/2021", "24/7"),
        ("model", "07/24/2021", "24/7"),
        ("model", "1962-07-01", "7-62"),
        ("model", "Jul-62", "7-62"),
        ("model", "mai-56", "5-56"),
        ("calibre", "1962-07-01", "7.62"),
        ("calibre", "Jul-62", "7.62"),
        ("calibre", "2026-09-19", "9x19"),
        ("make", "2021-11-11", "11/11"),
    ],
)
def test_what_was_made_a_date(field, text, probable):
    assert damage_to(field, text) == Damage("made_a_date", probable)


@pytest.mark.parametrize("text", ["24/7", "PT 92", "1911", "MAR-95", "JUL-62", "Sig-22", "45/70"])
def test_models_that_are_no_dates(text):
    assert damage_to("model", text) is None


def test_a_date_is_not_looked_for_where_one_belongs():
    assert damage_to("model", "1.2E+06") is None


SIX = [f"{number:06}" for number in range(500_000, 500_010)]


def test_a_serial_shorter_than_its_fellows_has_lost_zeros():
    assert lost_zeros([*SIX, "3672", "03673"]) == {"3672": "003672", "03673": "003673"}


@pytest.mark.parametrize(
    "serials",
    [
        [],
        SIX[:9],
        [*SIX, "12"],
        [*SIX, "A3672"],
        [*SIX[:5], *(f"{number:05}" for number in range(10_000, 10_005))],
        [f"{number:04}" for number in range(1_000, 1_010)] + ["999"],
    ],
)
def test_lengths_that_prove_nothing(serials):
    assert lost_zeros(serials) == {}
