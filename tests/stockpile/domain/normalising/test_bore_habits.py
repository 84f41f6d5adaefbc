"""What a bare bore usually means."""

from __future__ import annotations

import pytest

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising import bore_habits
from stockpile.domain.normalising.bore_habits import habit


def test_a_registry_never_guesses_the_cartridge_of_7_62():
    for type_code in ("", "RIF", "ASR", "GPM", "SNP"):
        meant = habit("7.62mm", type_code)
        assert meant is not None
        assert meant.code == "7.62mm"


@pytest.mark.parametrize(
    ("type_code", "code"),
    [("REV", ".32-sw-long"), ("PST", ".32-acp"), ("SHG", "32-gauge"), ("", ".32")],
)
def test_the_type_of_weapon_settles_a_bore(type_code, code):
    meant = habit("32", type_code)
    assert meant is not None
    assert meant.code == code


def test_an_unknown_bore_has_no_habit():
    assert habit("99mm") is None


def test_every_habit_names_a_calibre_of_the_table_and_is_never_certain():
    calibres = Catalogue(shipped_catalogue())
    for each in bore_habits._HABITS.values():
        for meant in each.values():
            assert calibres.term("calibre", meant.code) is not None, meant.code
            assert 0 < meant.confidence < 1
