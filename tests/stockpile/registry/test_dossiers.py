from __future__ import annotations

from stockpile.domain.facts import ClockObserved, Draft, Fact, WeaponDispatched, WeaponRelocated
from stockpile.registry import dossiers, settling
from stockpile.registry.dossiers import named_in
from tests.helpers import nations
from tests.helpers.nations import DAY, registered, weapon_id
from tests.helpers.sites import AT, Site, a_move


def fact_of(draft: Draft) -> Fact:
    site = Site()
    site.by_one(draft)
    return site.facts[-1]


def test_every_id_with_a_name_is_given():
    moved = fact_of(a_move("w1", "rack 2"))
    assert isinstance(moved.body, WeaponRelocated)
    assert set(named_in(moved)) == {moved.node, "o-first", "rack 2"}
    sent = fact_of(Draft("w1", WeaponDispatched("wb-1", "gulu")))
    assert set(named_in(sent)) == {sent.node, "o-first", "wb-1", "gulu"}


def test_what_is_dated_after_it_came_is_marked_in_a_weapons_file_as_on_a_card(registry):
    nation = nations.found(registry)
    nation.send()
    nation.kampala.write(registered(20, "S-1"))
    nation.send()
    nation.registry.clock.at = AT - 400 * DAY  # so gulu's entry is dated far ahead
    nation.gulu.write(registered(21, "S-1", store="GUL-store"))
    nation.send()
    with registry.database.reading() as connection:
        files = [dossiers.dossier(connection, weapon_id(one)) for one in (20, 21)]
        (card,) = settling.room(connection).cards
    on_card = {one.last.hash for one in card.sides if one.clock_doubted}
    assert on_card == files[0].doubted | files[1].doubted == {nation.gulu.facts[-1].hash}


def test_of_several_weapons_each_is_held_against_its_own_life_as_its_file_is(registry):
    nation = nations.found(registry)
    kampala, gulu = nation.kampala, nation.gulu
    kampala.write(registered(28, "S-28"), registered(29, "S-29"))
    gulu.write(registered(30, "S-30", store="GUL-store"))
    gulu.write(Draft(gulu.node, ClockObserved(90 * DAY, "registry")))
    gulu.write(a_move(weapon_id(29), "GUL-store", kampala.facts[-1].hash))
    nation.send()
    every = [weapon_id(one) for one in (28, 29, 30)]
    with registry.database.reading() as connection:
        files = {one: dossiers.dossier(connection, one).doubted for one in every}
        assert [len(files[one]) for one in every] == [0, 1, 1]
        for asked in (every, every[:2], every[:1], []):
            told = frozenset().union(*(files[one] for one in asked))
            weapons = [registry.books.weapon(one) for one in asked]
            assert dossiers.doubted_in(connection, weapons) == told


def test_a_list_does_not_wait_for_a_life_that_is_too_long(registry, monkeypatch):
    nation = nations.found(registry)
    kampala, gulu = nation.kampala, nation.gulu
    kampala.write(registered(28, "S-28"), registered(29, "S-29"))
    gulu.write(Draft(gulu.node, ClockObserved(90 * DAY, "registry")))
    for one, head in ((28, kampala.facts[-2].hash), (29, kampala.facts[-1].hash)):
        gulu.write(a_move(weapon_id(one), "GUL-store", head))
    gulu.write(a_move(weapon_id(28), "GUL-rack", gulu.facts[-2].hash))
    nation.send()
    long, short = (registry.books.weapon(weapon_id(one)) for one in (28, 29))
    assert (long.known, short.known) == (3, 2)
    monkeypatch.setattr(dossiers, "FACTS_FOR_A_LIST", 2)
    with registry.database.reading() as connection:
        assert dossiers.doubted_in(connection, [long, short]) == {gulu.facts[-2].hash}
