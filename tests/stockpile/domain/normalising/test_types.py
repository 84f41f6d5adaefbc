"""From words to the type of weapon."""

from __future__ import annotations

import pytest

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising.types import TypeTable
from stockpile.domain.weapon_types import TYPES

TERMS = Catalogue(shipped_catalogue()).terms("type")


@pytest.fixture(scope="module")
def table():
    return TypeTable(TERMS, {"akm": "ASR"}.get)


def test_every_type_has_words_and_every_word_its_type(table):
    assert {one.code for one in TERMS} == set(TYPES)
    for term in TERMS:
        for words in term.names:
            assert table.read(words).code == term.code, words


def test_codes_are_read_as_they_are(table):
    assert all(table.read(code).code == code for code in TYPES)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("RIFLE,5.56 MILLIMETER", "RIF"),
        ("PISTOL,CALIBER .45,AUTOMATIC", "PST"),
        ("MOUNT,RIFLE", "PRT"),
        ("PLATE,BUTT,SHOULDER GUN STOCK", "PRT"),
        ("rifle with scope", "RIF"),
        ("rifle scope", "PRT"),
        ("machine gun dshk", "HMG"),
        ("82-мм миномет", "MO2"),
        ("MORTAR,60 MILLIMETER", "MO1"),
        ("mortier de 120 mm", "MO3"),
        ("fuzil de airsoft", "REP"),
        ("revolver artesanal .38", "CRF"),
        ("espingardda", "SHG"),
    ],
)
def test_the_place_of_a_word_decides(table, written, code):
    assert table.read(written).code == code


def test_a_models_name_is_a_type_of_last_resort():
    table = TypeTable(TERMS, {"zb 26": "LMG"}.get)
    answer = table.read("zb 26")
    assert (answer.code, answer.why) == ("LMG", "model")


def test_a_mortar_without_a_size_is_doubtful(table):
    assert table.read("mortar").why == "ambiguous"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("firearm", "unspecific"),
        ("grenade", "not_a_weapon"),
        ("cartucho intacto", "not_a_weapon"),
        ("OUTROS", "said_unknown"),
        ("zzyzx thing", "not_understood"),
    ],
)
def test_what_has_no_type_says_why(table, written, why):
    answer = table.read(written)
    assert (answer.code, answer.why) == ("", why)


def test_a_grenade_launcher_is_no_grenade(table):
    assert table.read("grenade launcher 40mm").code == "GRL"
