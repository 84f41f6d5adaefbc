"""A weapon as JSON and as lines."""

from __future__ import annotations

from stockpile.cli.showing import hit_value, weapon_text, weapon_value
from stockpile.domain.facts import ClockObserved, Draft

DAY = 86_400_000


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


def test_an_act_whose_clock_is_in_doubt_says_so_beneath_its_date(house):
    weapon, stockpile = house.register("KB 4471902"), house.stockpile
    life = stockpile.tracing.life(weapon)
    assert weapon_value(stockpile, life)["history"][0]["clock_doubted"] is False
    assert "clock" not in weapon_text(stockpile, life)
    node = stockpile.keys.node
    stockpile.books.record([Draft(node, ClockObserved(-90 * DAY, "registry"))], by=None)
    life = stockpile.tracing.life(weapon)
    assert weapon_value(stockpile, life)["history"][0]["clock_doubted"] is True
    put, doubt = weapon_text(stockpile, life).splitlines()[-2:]
    assert "Put on record" in put
    assert doubt.split() == ["!", "Its", "clock", "is", "in", "doubt."]


def test_a_hit_says_why(house):
    house.register("KB 1")
    (hit,) = house.stockpile.tracing.find("KB 1")
    assert hit_value(hit)["why"] == "serial"
