from __future__ import annotations

from typing import get_args

from stockpile.domain.weapons import CustodyState
from stockpile.registry.web import weapon_rows


def test_every_state_has_a_word_a_sign_and_a_tone():
    for status in (*get_args(CustodyState), "disputed", "unregistered"):
        one = weapon_rows.standing(status)
        assert all((one.words, one.icon, one.tone)), status


def test_a_path_holds_whatever_an_id_is():
    assert weapon_rows.path_of("../a?b#c") == "/weapons/..%2Fa%3Fb%23c"


def test_a_node_is_called_by_its_name_and_site():
    sites = {"n1": ("Kampala", "KLA"), "n2": ("Gulu", "")}
    assert weapon_rows.site_words("n1", sites) == "Kampala (KLA)"
    assert weapon_rows.site_words("n2", sites) == "Gulu"
    assert weapon_rows.site_words("x" * 40, sites) == "x" * 12
