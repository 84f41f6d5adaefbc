"""From writing to the model."""

from __future__ import annotations

import pytest

from stockpile.domain.catalogue import Term
from stockpile.domain.normalising.models import ModelTable

MODELS = (
    Term("model", "taurus:pt-92", "PT 92", ("PT92AF",), within="taurus", type="PST"),
    Term("model", "glock:17", "17", ("G17",), within="glock", type="PST"),
    Term("model", "izhmash:akm", "AKM", ("АКМ",), within="izhmash", type="ASR"),
    Term("model", "norinco:56", "Type 56", within="norinco", type="ASR"),
    Term("model", "factory:56", "Type 56", within="factory", type="RIF"),
)


@pytest.fixture(scope="module")
def table():
    known = {"taurus": "taurus", "glock": "glock", "norinco": "norinco"}
    return ModelTable(MODELS, lambda text: known.get(text.casefold(), ""))


@pytest.mark.parametrize(
    ("written", "make", "code", "why"),
    [
        ("PT-92", "Taurus", "taurus:pt-92", "exact"),
        ("pt92af", "Taurus", "taurus:pt-92", "alias"),
        ("PT 92 AFS-D", "Taurus", "taurus:pt-92", "part"),
        ("17", "Glock", "glock:17", "exact"),
        ("GLOCK 17", "", "glock:17", "exact"),
        ("АКМ", "", "izhmash:akm", "alias"),
        ("type 56", "Norinco", "norinco:56", "exact"),
        ("type 56", "", "norinco:56", "ambiguous"),
        ("taurus:pt-92", "", "taurus:pt-92", "exact"),
    ],
)
def test_a_model_is_known_within_its_make_and_without(table, written, make, code, why):
    answer = table.read(written, make)
    assert (answer.code, answer.why) == (code, why)


def test_a_bare_number_is_no_model_without_its_make(table):
    assert table.read("17").why == "not_understood"
    assert table.read("19", "Glock").why == "not_understood"


def test_a_models_type_and_make_are_told_where_they_are_one(table):
    assert (table.type_of("AKM"), table.make_of("AKM")) == ("ASR", "izhmash")
    assert (table.type_of("Type 56"), table.make_of("Type 56")) == ("", "")
    assert table.is_model("type 56")
    assert not table.is_model("nothing")
