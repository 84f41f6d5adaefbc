"""From writing to the make."""

from __future__ import annotations

import pytest

from stockpile.domain.catalogue import Term
from stockpile.domain.normalising.makes import MakeTable
from stockpile.domain.normalising.models import ModelTable

MAKES = (
    Term("make", "taurus", "Taurus", ("Forjas Taurus",)),
    Term("make", "smith-wesson", "Smith & Wesson", ("S&W",)),
    Term("make", "izhmash", "Izhmash", ("Ижмаш",)),
    Term("make", "cz", "CZ", ("Česká zbrojovka",)),
    Term("make", "beretta", "Beretta"),
)
MODELS = (Term("model", "izhmash:akm", "AKM", within="izhmash"),)


@pytest.fixture(scope="module")
def table():
    return MakeTable(MAKES, ModelTable(MODELS, lambda _text: ""))


@pytest.mark.parametrize(
    ("written", "code", "why"),
    [
        ("TAURUS", "taurus", "exact"),
        ("Forjas Taurus S/A", "taurus", "alias"),
        ("Taurus Armas Ltda", "taurus", "alias"),
        ("SMITH&amp;WESSON", "smith-wesson", "exact"),
        ("SmithWesson", "smith-wesson", "spelling"),
        ("smith e wesson", "smith-wesson", "alias"),
        ("Smith & Wesson (S&W)", "smith-wesson", "part"),
        ("Беретта", "beretta", "spelling"),
        ("berettta", "beretta", "similar"),
        ("cz 75", "cz", "part"),
        ("taurus pt 92", "taurus", "part"),
        ("pistola beretta", "beretta", "part"),
        ("AKM", "izhmash", "model"),
    ],
)
def test_a_maker_is_known_by_any_writing(table, written, code, why):
    answer = table.read(written)
    assert (answer.code, answer.why) == (code, why)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("SEM MARCA", "said_unknown"),
        ("fabricação caseira", "unspecific"),
        ("AK-47", "model"),
        ("xyzzy", "not_understood"),
        ("", "empty"),
    ],
)
def test_no_make_says_why(table, written, why):
    answer = table.read(written)
    assert (answer.code, answer.why) == ("", why)
