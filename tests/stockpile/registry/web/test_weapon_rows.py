from __future__ import annotations

from typing import get_args

from stockpile.domain.values import PlaceId, WeaponId
from stockpile.domain.weapons import CustodyState, Sighting, Weapon
from stockpile.registry.finding import Line
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


def seen(fact, at):
    return Sighting(fact, PlaceId("p"), (), at, (1, "n", 1))


def test_of_several_counts_the_last_one_is_asked_about_its_clock():
    weapon = Weapon(WeaponId("w"), sightings=(seen("a", 5), seen("b", 9), seen("c", 9)))
    line = Line(weapon, "n", 9, 0)
    for doubted, said in ((), False), (("a",), False), (("b",), True), (("c", "a"), True):
        assert weapon_rows.is_count_doubted(line, doubted) is said
    assert not weapon_rows.is_count_doubted(Line(Weapon(WeaponId("w")), "n", 0, 0), ("a",))
