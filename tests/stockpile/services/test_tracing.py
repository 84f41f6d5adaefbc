"""Finding a weapon by any mark, and telling its life."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import WeaponAmbiguous, WeaponUnknown
from stockpile.domain.facts import Draft, TagBound
from stockpile.domain.tags import grouped, matrix_payload, tag_mac


def test_a_weapon_answers_to_number_id_and_serial(house):
    weapon = house.register("KB 4471902")
    tracing = house.stockpile.tracing
    number = tracing.life(weapon).row.number
    for text in (weapon, number, number.lower().replace("-", " "), "KB 4471902", "kb4471902"):
        assert tracing.named(text) == weapon, text


def test_a_serial_borne_twice_names_nobody(house):
    house.register("KB 1", model="AKM")
    house.register("KB 1", model="Type 56")
    with pytest.raises(WeaponAmbiguous) as refused:
        house.stockpile.tracing.named("KB 1")
    assert len(refused.value.numbers) == 2


@pytest.mark.parametrize("text", ["KB 2", "KB", "nothing"])
def test_half_a_serial_finds_but_does_not_name(house, text):
    house.register("KB 1")
    with pytest.raises(WeaponUnknown):
        house.stockpile.tracing.named(text)


def test_a_weapon_answers_to_every_symbol_of_its_label(house):
    weapon, stockpile, tag = house.register("KB 4471902"), house.stockpile, "K8Z1PN3K1VKND"
    stockpile.books.record([Draft(weapon, TagBound(tag))], by=None)
    matrix = matrix_payload(tag, tag_mac(tag, stockpile.keys.mac))
    for text in (
        tag,
        tag.lower(),
        grouped(tag),
        "]C0" + tag,
        matrix,
        matrix.lower(),
        "]d1" + matrix,
    ):
        assert stockpile.tracing.named(text) == weapon, text
        assert stockpile.scanning.read(text).weapon.id == weapon, text
        (hit,) = stockpile.tracing.find(text)
        assert (hit.row.id, hit.why) == (weapon, "tag"), text


def test_a_life_tells_every_fact_and_open_conflict(house):
    first, second = house.register("KB 1"), house.register("KB 1")
    life = house.stockpile.tracing.life(first)
    assert [one.kind for one in life.conflicts] == ["possible_duplicate"]
    assert set(life.conflicts[0].weapons) == {first, second}
    assert len(life.facts) == 1


def test_it_is_made_ready_a_portion_at_a_time(house):
    weapon = house.register("KB 4471902")
    tracing = house.stockpile.tracing
    while not tracing.prepare_some():
        assert [hit.row.id for hit in tracing.find("KB4471902")] == [weapon]
    tracing.prepare()
    assert [hit.row.id for hit in tracing.find("KB44719O2")] == [weapon]
