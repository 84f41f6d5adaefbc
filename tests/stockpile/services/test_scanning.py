"""What a scan means: a place before a person before a weapon; several, unknown; lost sounds."""

from __future__ import annotations

from stockpile.domain import hot_list
from stockpile.domain.facts import Draft, WeaponLost
from stockpile.domain.holders import Details
from stockpile.domain.hot_list import HotListHead
from stockpile.services.ports import Peer
from tests.helpers.sites import SiteKeys


def test_a_weapon_is_read_by_its_serial_and_by_its_number(house):
    weapon = house.register("KB4471902")
    number = house.stockpile.register.rows([weapon])[0].number
    for text in ("kb4471902", f" {number} "):
        scanned = house.stockpile.scanning.read(text)
        assert (scanned.kind, scanned.weapon.id, scanned.alarm) == ("weapon", weapon, "")


def test_a_place_comes_before_a_person_and_a_person_before_a_weapon(house):
    stockpile = house.stockpile
    house.register("KLA")
    house.register("CARD7")
    _, holder = stockpile.holders.record(Details("P. Ilunga", card="card-7"), by=house.officer)
    place = stockpile.scanning.read("KLA")
    assert (place.kind, place.place, place.weapon) == ("place", stockpile.people.site(), None)
    person = stockpile.scanning.read("CARD-7")
    assert (person.kind, person.person, person.weapon) == ("person", holder.id, None)


def test_a_name_or_a_service_number_is_no_card(house):
    house.stockpile.holders.record(Details("Ilunga", reference="A-118"), by=house.officer)
    assert house.stockpile.scanning.read("Ilunga").kind == "unknown"
    assert house.stockpile.scanning.read("A-118").kind == "unknown"


def test_two_weapons_of_one_serial_are_several(house):
    house.register("KB4471902")
    house.register("KB4471902", make="Norinco", model="56")
    scanned = house.stockpile.scanning.read("KB4471902")
    assert (scanned.kind, len(scanned.several)) == ("several", 2)


def test_what_nothing_answers_to_is_unknown_and_is_not_put_on_record(house):
    before = house.stockpile.books.tip()
    assert house.stockpile.scanning.read("ZZ99").kind == "unknown"
    assert house.stockpile.books.tip() == before


def test_a_lost_weapon_sounds_the_alarm_scanned_or_picked(house):
    weapon = house.register("KB4471902")
    stands = house.stockpile.books.weapon(weapon)
    lost = Draft(weapon, WeaponLost("stolen"), replaces=stands.heads.custody)
    house.stockpile.books.record([lost], by=house.officer.id)
    assert house.stockpile.scanning.read("KB4471902").alarm == "lost"
    assert house.stockpile.scanning.weapon(weapon).alarm == "lost"


def test_the_hot_list_sounds_for_what_is_on_record_and_for_what_is_not(house):
    stockpile, registry = house.stockpile, SiteKeys()
    stockpile.books.keep_peer(Peer("http://r", registry.node, registry.public_key))
    known = stockpile.books.weapon(house.register("KB4471902"))
    head = HotListHead(1, registry.node, 1, 1, b"s" * 16, 1, 2, 0, b"")
    texts = (*hot_list.texts_of(known), "s:FOREIGN7")
    keys = [hot_list.key_of(text, head.salt, head.rounds) for text in texts]
    stockpile.hot_lists.accept(hot_list.made(head, keys, registry.sign))
    scanned = stockpile.scanning.read("KB4471902")
    assert (scanned.kind, scanned.alarm, scanned.is_certain) == ("weapon", "hot_list", True)
    scanned = stockpile.scanning.read("foreign-7")
    assert (scanned.kind, scanned.alarm, scanned.is_certain) == ("unknown", "hot_list", False)
    assert stockpile.scanning.read("FOREIGN8").alarm == ""
