"""The schemes that ship: each makes its text, and says where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import marking, schemes
from stockpile.domain.facts import SchemeWord
from stockpile.domain.schemes import Said, text_of
from stockpile.domain.seed_schemes import MOSAIC_IMPORT_FULL, PRESSURE_PARTS, SEED_SCHEMES

AT = 1_795_000_000_000  # 18 November 2026
SEEDS = dict(SEED_SCHEMES)
AK = Said(
    "UG", AT, 42, serial="5741246", maker="IZHMASH", model="AKM", calibre="7.62x39",
    made_in="SUHH", made_year="1974", country3="UGA",
)  # fmt: skip
POLICE = SchemeWord("force", "POL", "Police")


@pytest.mark.parametrize(
    ("seed", "words", "text"),
    [
        ("MOSAIC_IMPORT_FULL", (), "UG 26 000042"),
        ("MOSAIC_IMPORT", (), "UG 26"),
        ("MOSAIC_MFR", (), "UG IZHMASH 26 AKM 5741246 7.62x39"),
        ("RECSA_STATE", (POLICE,), "★ UG POL 000042"),
        ("RECSA_STATE", (SchemeWord("force", ""),), "★ UG 000042"),
        ("ECOWAS_STATE", (SchemeWord("agency", "SLP"),), "◈ UG SLP 20261118 5741246"),
        (
            "CIFTA_IMPORT",
            (
                SchemeWord("importer", "Acme"),
                SchemeWord("city", "Lima"),
                SchemeWord("country", "Peru"),
            ),
            "Acme Lima Peru",
        ),
        ("CA_IMPORT", (), "CA 26"),
        ("US_PMF", (SchemeWord("lic8", "12345678"),), "12345678-5741246"),
        (
            "GRIP_DEMO",
            (SchemeWord("importer", "SAU"),),
            "5741246/SUHH/IZHMASH/AKM/SAU/7.62x39",
        ),
    ],
)
def test_every_seed_makes_its_text(seed, words, text):
    assert text_of(SEEDS[seed], replace(AK, words=words)) == text


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_is_in_order_and_names_its_source(seed):
    body = SEEDS[seed]
    schemes.check(body)
    assert body.source
    assert body.limits_source
    assert (body.min_height_um, body.min_depth_nm) == (1600, 76200)


def test_the_first_seed_draws_a_number_and_the_short_import_mark_none():
    assert schemes.draws_number(SEEDS["MOSAIC_IMPORT_FULL"])
    assert not schemes.draws_number(SEEDS["MOSAIC_IMPORT"])
    assert not schemes.is_unique(SEEDS["MOSAIC_IMPORT"])
    assert schemes.is_unique(SEEDS["ECOWAS_STATE"])


def test_the_usual_scheme_is_the_first_and_no_id_ships_twice():
    assert SEED_SCHEMES[0][0] == MOSAIC_IMPORT_FULL == marking.MOSAIC_IMPORT
    assert len(SEEDS) == len(SEED_SCHEMES)


def test_what_mosaic_recommends_to_mark_as_well_stands_in_its_schemes():
    for name, body in SEED_SCHEMES:
        assert body.also == (PRESSURE_PARTS if name.startswith("MOSAIC_") else ())


@pytest.mark.parametrize("seed", ["RECSA_STATE", "ECOWAS_STATE"])
def test_a_layout_known_from_reports_only_says_that_the_nation_sets_it(seed):
    assert "to be set nationally" in SEEDS[seed].source
