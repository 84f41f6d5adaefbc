from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.type_words import kind_said, plain, type_said
from stockpile.domain.weapon_types import TYPES

SAID = [
    ("PISTOLA", "PST"), ("pistola", "PST"), ("Revólver", "REV"), ("espingarda", "SHG"),
    ("fuzil", "RIF"), ("Carabina/Fuzil", "RIF"), ("garrucha", "PSS"), ("garruchão", "PSS"),
    ("submetralhadora", "SMG"), ("metralhadora", "GPM"), ("arma de fabricação caseira", "CRF"),
    ("semi-automatic pistol", "PST"), ("Pistola semiautomática", "PST"), ("9mm pistol", "PST"),
    ("Assault rifle", "ASR"), ("AK assault rifle", "ASR"), ("Fusil d'assaut", "ASR"),
    ("fusil de chasse", "SHG"), ("sub-machine gun", "SMG"), ("light machine gun", "LMG"),
    ("RIFLE,7.62 MILLIMETER", "RIF"), ("SLIDE,PISTOL", "PRT"), ("MOUNT,RIFLE", "PRT"),
    ("CONVERSION KIT,RIFLE", "PRT"), ("pistol grip", "PRT"), ("Pistola com carregador", "PST"),
    ("автомат", "ASR"), ("пистолет-пулемёт", "SMG"), ("بندقية هجومية", "ASR"), ("مسدس", "PST"),
    ("asr", "ASR"), ("MO2", "MO2"), ("lança-granadas", "GRL"), ("LAUNCHER,GRENADE", "GRL"),
    ("outros", ""), ("INDETERMINADO", ""), ("MAN truck", ""), ("", ""), ("?", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), SAID)
def test_types_by_what_people_call_them(words, code):
    assert type_said(words) == code


@pytest.mark.parametrize(
    ("class_text", "type_text", "kind"),
    [
        ("ARMA DE FOGO", "INDETERMINADO", "weapon"),
        ("MUNIÇÃO", "CARTUCHO (INTACTO)", "ammunition"),
        ("", "cartucho percutido e não deflagrado", "ammunition"),
        ("", "Ammunition 9mm", "ammunition"),
        ("", "hand grenade", ""),
        ("", "grenade, hand", "ammunition"),
        ("", "lança granadas", "weapon"),
        ("", "LAUNCHER,GRENADE", "weapon"),
        ("acessório", "luneta", "part"),
        ("", "SLIDE,PISTOL", "part"),
        ("explosivo", "dinamite", "other"),
        ("1", "pistola", "weapon"),
        ("1", "outros", ""),
        ("", "", ""),
    ],
)
def test_what_a_row_is_about(class_text, type_text, kind):
    assert kind_said(class_text, type_text) == kind


@given(st.text())
def test_only_codes_of_ours_come_out(text):
    assert type_said(text) in {"", *TYPES}
    assert plain(plain(text)) == plain(text)


def test_words_are_compared_without_case_accents_and_signs():
    assert plain("  Número_de SÉRIE: ") == "numero de serie"
