"""What may be added to the catalogue, and what the rows of a table come to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import cataloguing
from stockpile.domain.catalogue import Catalogue, Term
from stockpile.domain.cataloguing import adds_nothing, columns_of, extension, joined, judged
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from tests.helpers.nightly import examples

CATALOGUE = Catalogue(
    [
        Term("make", "taurus", "Taurus", ("Forjas Taurus",), country="BR"),
        Term("model", "taurus:82", "82", ("RT 82",), within="taurus", type="REV"),
        Term("calibre", ".38-special", ".38 Special", (".38 SPL",), sort="cartridge"),
        Term("country", "BR", "Brazil", ("Brasil",)),
    ]
)
names = st.sampled_from(["Taurus", "FORJAS TAURUS", "Touro", "82", "RT-82", "", "Fábrica"])
rows = st.lists(
    st.fixed_dictionaries(
        {"make": names, "model": names, "aliases": names},
        optional={"calibre": st.sampled_from([".38 SPL", "?", ""])},
    ),
    max_size=6,
)


def test_what_is_joined_forgets_nothing():
    known = CATALOGUE.terms("make")[0]
    new = joined(known, Term("make", "", "TAURUS S/A", ("Touro", "taurus"), source="a list"))
    assert new.names == ("Taurus", "Forjas Taurus", "TAURUS S/A", "Touro")
    assert (new.country, new.source) == ("BR", "a list")
    assert adds_nothing(new, joined(new, new))
    assert not adds_nothing(known, new)


def test_what_is_said_is_understood_by_name():
    said = Term(
        "model", "", " 82 ", within="Forjas Taurus", calibres=(".38 spl",), country="brasil"
    )
    term = cataloguing.understood(CATALOGUE, said)
    assert term.code == "taurus:82"
    assert (term.calibres, term.country, term.type) == ((".38-special",), "BR", "REV")


def test_a_model_without_a_make_and_an_unknown_calibre_are_refused():
    with pytest.raises(FieldMissing, match="make"):
        cataloguing.understood(CATALOGUE, Term("model", "", "82"))
    said = Term("model", "", "82", within="taurus", calibres=("9x99",))
    with pytest.raises(FieldUnreadable, match="9x99"):
        cataloguing.understood(CATALOGUE, said)


def test_a_term_comes_back_from_its_fact():
    draft = extension(CATALOGUE.terms("model")[0], None)
    assert draft.subject == "term:model:taurus:82"
    assert draft.replaces == ()


def test_columns_are_known_in_several_languages():
    assert columns_of(["Nº", "Marca", "Modelo", "Calibre", "País", "Apelidos", "Marca"]) == {
        "make": 1, "model": 2, "calibre": 3, "country": 4, "aliases": 5,
    }  # fmt: skip
    assert columns_of(["Name", "Age"]) == {}


@given(rows)
@settings(max_examples=examples(40))
def test_a_table_read_again_adds_nothing(table):
    first = list(judged(enumerate(table, 2), CATALOGUE, "a list"))
    grown = CATALOGUE.with_terms(term for one in first for term in one.terms)
    again = list(judged(enumerate(table, 2), grown, "another list"))
    assert [one.terms for one in again] == [()] * len(table)
    assert [one.row for one in again] == list(range(2, len(table) + 2))
    for one, two in zip(first, again, strict=True):
        assert (one.outcome == "refused") == (two.outcome == "refused")
