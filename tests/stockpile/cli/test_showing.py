"""A weapon as JSON and as lines."""

from __future__ import annotations

from stockpile.cli.showing import hit_value, weapon_text, weapon_value


def test_a_weapon_is_shown_whole(house):
    weapon = house.register("KB 4471902", remarks="worn stock")
    life = house.stockpile.tracing.life(weapon)
    value = weapon_value(house.stockpile, life)
    assert (value["serial"], value["remarks"], value["place"]) == (
        "KB 4471902", "worn stock", "Kampala Central",
    )  # fmt: skip
    assert value["marks"][0]["is_identity"] is True
    assert value["history"][0]["kind"] == "weapon.registered"
    assert value["history"][0]["by"] == "A. Mbuyi"
    text = weapon_text(house.stockpile, life)
    assert "KB 4471902" in text
    assert "Put on record: Kampala Central (A. Mbuyi)" in text


def test_a_hit_says_why(house):
    house.register("KB 1")
    (hit,) = house.stockpile.tracing.find("KB 1")
    assert hit_value(hit)["why"] == "serial"
