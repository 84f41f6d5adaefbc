from __future__ import annotations

import pytest

from stockpile.domain import conflicts, facts
from stockpile.domain.cards import card_of
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import Digest, WeaponId
from stockpile.registry.web import cards
from stockpile.registry.web.cards import Known, Named
from stockpile.wording import Names
from tests.helpers.deciding import card_at, meet, the, two
from tests.helpers.depots import START, Depot
from tests.helpers.strategies import WEAPON
from tests.stockpile.domain.test_cards import alike

NUMBER = registry_number(WEAPON)


def known_at(depot, names=None):
    sites = {Depot("aa").node: ("Kampala depot", "KLA"), Depot("bb").node: ("Gulu barracks", "GUL")}
    return Known(Names(names or {}), {one: depot.weapon(one) for one in depot.known}, sites)


def test_each_side_names_its_weapon_who_wrote_it_and_where():
    here, there = two()
    here.write(WEAPON, facts.WeaponRelocated(facts.PlaceId("south")))
    there.write(WEAPON, facts.WeaponRelocated(facts.PlaceId("north")))
    meet(here, there)
    card = card_at(here, the("custody_fork", here))
    shown = cards.shown(card, known_at(here, {"officer": "Sgt. Ada Obi"}))
    weapon = Named("AB 1", NUMBER, "M", f"/weapons/{WEAPON}")
    assert shown.about == (weapon,)
    assert [one.about for one in shown.sides] == [weapon] * 2
    assert {one.node for one in shown.sides} == {"Kampala depot (KLA)", "Gulu barracks (GUL)"}
    assert {one.who for one in shown.sides} == {"Sgt. Ada Obi"}
    assert [one.rather for one in shown.sides] == [0, 0]


@pytest.mark.parametrize("extra", [0, 5])
def test_of_very_many_weapons_those_on_the_card_are_named_and_the_rest_counted(extra):
    depot = alike(20 + extra)
    card = card_at(depot, the("possible_duplicate", depot))
    shown = cards.shown(card, known_at(depot))
    assert (len(shown.about), shown.more) == (20, extra)
    assert len(cards.numbers_of(card)) < 400  # all of it stands in a row of the audit log


def test_an_entry_that_would_put_a_weapon_on_record_names_it_by_what_it_says():
    depot = Depot("aa")
    new = WeaponId("019a0000-0000-7000-8000-000000000009")
    body = facts.WeaponRegistered(
        make="CZ", model="75", marks=(facts.Mark("serial", "Z 9", is_identity=True),)
    )
    said = [depot.write(new, body), depot.write(depot.node, facts.ClockObserved(-90_000_000, "bb"))]
    about = (depot.node, "7", "sync", "revoked")
    card = card_of(conflicts.authority(Digest("e" * 64), about, [new]), said, ())
    sites = {depot.node: ("Kampala depot", "KLA")}
    shown = cards.shown(card, Known(Names({"bb": "Gulu barracks"}), {}, sites))
    assert shown.about == (Named("Z 9", registry_number(new), "CZ 75"),)
    assert [one.about for one in shown.sides] == [shown.about[0], None]
    assert "Gulu barracks" in shown.sides[1].title
    assert all(one.doubted and one.rather == START - 90_000_000 for one in shown.sides)
    lacks = [text for _label, text, _differs in shown.sides[0].says]
    assert any("it was revoked" in one for one in lacks)
    alone = card_of(conflicts.authority(Digest("e" * 64), about, ()), said[1:], ())
    assert cards.shown(alone, Known(Names(), {}, sites)).about == (Named("Kampala depot (KLA)"),)
