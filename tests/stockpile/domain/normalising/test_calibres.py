"""From writing to the catalogue's calibre."""

from __future__ import annotations

import pytest

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising.calibres import CalibreTable

TERMS = Catalogue(shipped_catalogue()).terms("calibre")


@pytest.fixture(scope="module")
def table():
    return CalibreTable(TERMS)


def test_every_name_means_its_own_calibre_for_certain(table):
    for term in TERMS:
        answer = table.read(term.name)
        assert (answer.code, answer.confidence, answer.why) == (term.code, 1.0, "exact")


def test_every_alias_means_its_own_calibre(table):
    wrong = [
        (alias, term.code, table.read(alias).code)
        for term in TERMS
        for alias in term.aliases
        if table.read(alias).code != term.code
    ]
    assert wrong == []


def test_cartridges_that_look_alike_are_kept_apart(table):
    pairs = (
        *((".223 Rem", "5.56x45"), (".308 Win", "7.62x51"), ("9x18", "9x19"), (".380", ".38")),
        *(("7.62x39", "7.62x54R"), (".45 ACP", ".45 Colt"), ("40 mm", ".40"), (".410", "10 mm")),
        *((".38 S&W", ".38 Special"), ("12.7x99", "12.7x108"), (".22 LR", ".22 WMR")),
    )
    for one, other in pairs:
        assert table.read(one).code != table.read(other).code


def test_a_shared_bore_is_said_to_be_ambiguous(table):
    for written in ("7.62", "9 mm", "38", ".32", "12,7"):
        answer = table.read(written)
        assert answer.why == "ambiguous"
        assert answer.confidence < 0.8


def test_what_stands_in_brackets_settles_a_bare_bore(table):
    answer = table.read("7,62 mm (7,62x39)")
    assert (answer.code, answer.why) == ("7.62x39", "part")


def test_two_calibres_are_two(table):
    answer = table.read("36/.22LR (duplo cano)")
    assert (answer.why, answer.code) == ("several", ".410")
    assert [one.code for one in table.read_several("36/.22LR (duplo cano)")] == [".410", ".22-lr"]
    assert table.read("30/06").code == ".30-06"
    assert table.read("5.56/.223 Rem").code == ".223-556"


def test_a_misspelt_word_is_put_right(table):
    assert table.read("9 mm parabelllum").why == "spelling"


def test_near_dimensions_are_only_similar(table):
    answer = table.read("9.3x62.4")
    assert (answer.code, answer.why) == ("9.3x62", "similar")


def test_a_word_of_another_cartridge_speaks_against_a_habit(table):
    assert table.read(".32 grendel").code != ".32-acp"


@pytest.mark.parametrize("written", ["abc", "2021", "999", "1970-12-01 00:00:00"])
def test_what_is_no_calibre_is_not_understood(table, written):
    assert table.read(written).why == "not_understood"
