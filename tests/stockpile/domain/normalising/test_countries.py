"""From writing to the country's code."""

from __future__ import annotations

import pytest

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising.countries import CountryTable

TERMS = Catalogue(shipped_catalogue()).terms("country")
STATES = 249


@pytest.fixture(scope="module")
def table():
    return CountryTable(TERMS)


def test_every_state_of_iso_3166_is_there_and_the_former_ones(table):
    present = [one for one in TERMS if not one.sort]
    assert len(present) >= STATES
    assert {"SUHH", "YUCS", "CSHH", "DDDE", "CSXX", "ZRCD"} <= {
        one.code for one in TERMS if one.sort
    }


def test_every_name_alias_and_code_means_its_own_country(table):
    for term in TERMS:
        for name in (term.code, *term.names):
            assert table.read(name).code == term.code, name


@pytest.mark.parametrize(
    ("written", "code", "why"),
    [
        ("Made in Germany", "DE", "part"),
        ("Herstal - Belgium", "BE", "part"),
        ("Cote dIvoire", "CI", "spelling"),
        ("Argentna", "AR", "similar"),
        ("NA", "NA", "exact"),
    ],
)
def test_frames_pieces_and_slips(table, written, code, why):
    answer = table.read(written)
    assert (answer.code, answer.why) == (code, why)


@pytest.mark.parametrize("written", ["Atlantis", "N/A", "IGNORADO", ""])
def test_what_names_no_country_has_no_code(table, written):
    assert table.read(written).code == ""


def test_a_slip_never_makes_one_country_of_another(table):
    assert {table.read(one).code for one in ("Niger", "Nigeria", "Iran", "Iraq")} == {
        *("NE", "NG", "IR", "IQ")
    }
