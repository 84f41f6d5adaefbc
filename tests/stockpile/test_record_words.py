"""Fields, values, moments and open matters in words."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.facts import (
    Component,
    Draft,
    InvestigationOpened,
    Mark,
    SafeCheck,
    WeaponCorrected,
)
from stockpile.domain.matters import Closing, Matter, MatterKind
from stockpile.domain.values import Digest
from stockpile.domain.views import FIELDS
from stockpile.language import plain
from stockpile.record_words import (
    case_words,
    closing_words,
    corrected_fields,
    dated,
    field_name,
    mark_place,
    matter_words,
    moment,
    value_words,
)
from tests.helpers.builders import WEAPON, a_registration, recorded
from tests.helpers.depots import Depot


def test_a_date_says_that_its_clock_is_in_doubt():
    fact = Depot("a").write("w1", a_registration().body)
    assert plain(dated(fact, ())) == moment(fact)
    assert plain(dated(fact, {fact.hash})) == f"{moment(fact)} · clock in doubt"


def test_a_case_says_what_kit_and_how_many_rounds_are_missing():
    said = {"kit": "magazine 2, sling 1", "rounds": "5", "stranger": "magazine 2"}
    words = [plain(case_words(InvestigationOpened(one, "", said=said[one]))) for one in said]
    assert words == ["2 x Magazine, 1 x Sling", "5", "magazine 2"]


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_the_book_has_a_name(name):
    assert field_name(name) != name


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("type", "ASR", "Assault rifle"),
        ("action", "bolt", "Bolt action"),
        ("make", "Taurus", "Taurus"),
        ("make", "", ""),
        ("safe", None, ""),
        ("safe", SafeCheck(remnant=True),
         "Explosive remnant: stop work, call EOD, chamber not checked"),
        ("grounds", ("embargo",), "Transferred in breach of an embargo"),
        ("grounds", "embargo,unlicensed_make",
         "Transferred in breach of an embargo, Made without licence"),
        ("marks", (Mark("symbol", "10", symbol="star"), Mark("serial", "7")), "Star 10, 7"),
        ("components", (Component("bolt", (Mark("part", "7"),)), Component("slide")),
         "Bolt: 7, Slide"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(name, value, words):
    assert plain(value_words(name, value)) == words


def test_a_mark_stands_on_a_component_at_a_side():
    assert mark_place(Mark("serial", "7", component="slide", position="left")) == (
        "Slide, On the left"
    )


def test_a_moment_is_told_on_the_clock_of_its_place():
    (fact,) = recorded(a_registration())
    assert moment(fact).endswith("+00:00")
    east = Depot("aa").write(WEAPON, a_registration().body)  # an hour east of Greenwich
    assert moment(east).endswith("+01:00")


def test_a_correction_names_its_fields_and_no_other_fact_does():
    draft = Draft(WEAPON, WeaponCorrected("misread", model="AKM", model_code="x", country=""))
    first, second = recorded(a_registration(), draft)
    assert corrected_fields(first) == ""
    assert corrected_fields(second) == "Model, Country of make"


@pytest.mark.parametrize("kind", get_args(MatterKind))
def test_every_open_matter_is_told(kind):
    title, sentence = matter_words(Matter(kind, "correct", "make"))
    assert title
    assert "{" not in sentence


def test_what_no_list_knows_is_one_line_that_names_the_fields():
    _title, sentence = matter_words(Matter("not_normalised", "correct", "make,country"))
    assert sentence.endswith("Make, Country of make.")


@pytest.mark.parametrize("kind", get_args(ConflictClass))
def test_a_contradiction_is_told_by_its_kind(kind):
    conflict = Conflict(Digest("0" * 64), kind, (WEAPON,), ())
    title, sentence = matter_words(Matter("conflict", "correct", kind, conflict))
    assert title
    assert sentence


@pytest.mark.parametrize("closing", get_args(Closing))
def test_every_closing_act_has_a_word_for_its_button(closing):
    assert closing_words(closing)
