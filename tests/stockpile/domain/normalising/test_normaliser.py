"""The normaliser whole: a hand-checked sample, and what must hold for any text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising import KINDS, Normaliser
from tests.helpers.every import every
from tests.helpers.nightly import examples

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "normalising" / "sample.csv"
CATALOGUE = Catalogue(shipped_catalogue())
NORMALISER = Normaliser(CATALOGUE)
ROWS = list(csv.DictReader(SAMPLE.read_text("utf-8").splitlines()))
WRITTEN = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[.]?[0-9]{1,4}([.,/x-][0-9]{1,3})?( ?[A-Za-z&.]{1,9}){0,3}", fullmatch=True),
    st.sampled_from([row["value"] for row in ROWS]),
)


def test_the_sample_holds_two_hundred_values():
    assert len(ROWS) >= 200


@every(ROWS)
def test_a_written_value_means_what_a_person_says_that_it_means(row):
    answer = NORMALISER.of(row["kind"], row["value"], row["beside"])
    assert (answer.status if row["kind"] == "serial" else answer.code) == row["code"]


@pytest.mark.parametrize("kind", ["calibre", "type", "country", "make"])
def test_a_normal_name_means_itself_for_certain(kind):
    for term in CATALOGUE.terms(kind):
        answer = NORMALISER.of(kind, term.name)
        again = NORMALISER.of(kind, answer.name)
        assert answer.code == term.code, term.name
        assert (again.code, again.confidence) == (term.code, 1.0), term.name


@settings(max_examples=examples(150), deadline=None)
@given(st.sampled_from(KINDS), WRITTEN)
def test_any_text_has_an_answer_and_case_and_spaces_do_not_matter(kind, text):
    answer = NORMALISER.of(kind, text)
    assert answer.value == text
    assert 0 <= answer.confidence <= 1
    assert bool(answer.code) <= answer.understood
    if kind != "serial" and text.isascii():
        same = NORMALISER.of(kind, f"  {text.upper()} ")
        assert (same.code, same.why) == (answer.code, answer.why)


@settings(max_examples=examples(100), deadline=None)
@given(st.sampled_from(["calibre", "country", "type"]), WRITTEN)
def test_what_was_understood_is_understood_again_for_certain(kind, text):
    answer = NORMALISER.of(kind, text)
    if answer.code:
        again = NORMALISER.of(kind, answer.name)
        assert (again.code, again.confidence) == (answer.code, 1.0)


def test_the_words_beside_settle_what_a_value_means():
    assert NORMALISER.calibre("32", "espingarda").code == "32-gauge"
    assert NORMALISER.model("92 FS", "Beretta").code.startswith("beretta:")


def test_a_weapon_of_two_calibres_has_both():
    assert [one.code for one in NORMALISER.calibres("36/.22LR")] == [".410", ".22-lr"]
    assert [one.code for one in NORMALISER.calibres("9x19")] == ["9x19"]
    assert NORMALISER.calibres("n/a") == ()


@pytest.mark.parametrize(
    ("class_text", "type_text", "goods"),
    [
        ("ARMA DE FOGO", "PISTOLA", "weapon"),
        ("MUNIÇÃO", "CARTUCHO (INTACTO)", "ammunition"),
        ("", "MOUNT,RIFLE", "part"),
        ("", "KNIFE,COMBAT", "other"),
        ("", "рушниця мисливська", "weapon"),
        ("", "qwerty", ""),
    ],
)
def test_what_a_row_is_about_is_told_by_its_class_else_by_its_type(class_text, type_text, goods):
    assert NORMALISER.goods(class_text, type_text) == goods


@pytest.mark.parametrize("kind", [one for one in KINDS if one != "serial"])
def test_a_paragraph_names_nothing(kind):
    assert NORMALISER.of(kind, "9" * 5_000).why == "not_understood"
    assert NORMALISER.of(kind, "pistola de " * 2_000).why == "not_understood"


def test_two_numbers_without_a_size_are_no_calibre():
    assert NORMALISER.calibre(".0/0").why == "not_understood"
