"""What a scan means: a place before a person before a weapon; several, unknown; lost sounds."""

from __future__ import annotations

from stockpile.domain import hot_list
from stockpile.domain.errors import DiskFull
from stockpile.domain.facts import Draft, Mark, TagBound, WeaponLost
from stockpile.domain.holders import Details
from stockpile.domain.hot_list import HotListHead
from stockpile.domain.tags import matrix_payload, tag_mac
from stockpile.services.ports import Peer
from stockpile.services.scan_words import label_sentence, label_title
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
    house.by_two([lost])
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
    waiting = {one.text for one in stockpile.hot_lists.waiting()}
    assert waiting == {"s:FOREIGN7", *hot_list.certain_texts(known), *possible_of(known)}
    assert stockpile.losses.overview().finds == len(waiting)


def possible_of(weapon):
    """What of a weapon's possible texts such a list names."""
    return {*hot_list.possible_texts(weapon)} & {*hot_list.texts_of(weapon)}


def test_the_alarm_stands_where_the_find_cannot_be_kept(house, monkeypatch):
    stockpile, registry = house.stockpile, SiteKeys()
    stockpile.books.keep_peer(Peer("http://r", registry.node, registry.public_key))
    head = HotListHead(1, registry.node, 1, 1, b"s" * 16, 1, 2, 0, b"")
    keys = [hot_list.key_of("s:FOREIGN7", head.salt, head.rounds)]
    stockpile.hot_lists.accept(hot_list.made(head, keys, registry.sign))

    def full(_self, file):
        raise DiskFull(str(file))

    monkeypatch.setattr(type(stockpile.hot_lists.files), "keep_finds", full)
    assert stockpile.scanning.read("foreign-7").alarm == "hot_list"
    assert len(stockpile.hot_lists.waiting()) == 1  # asked for, as long as the program runs


FIRST, SECOND = "K8Z1PN3K1VKND", "KXDHCMH5HDWHB"


def bound(house, serial="KB4471902", *tags):
    weapon = house.register(serial)
    for tag in tags:
        house.stockpile.books.record([Draft(weapon, TagBound(tag))], by=None)
    return weapon


def test_a_label_is_ours_by_its_seal_and_foreign_by_a_wrong_one(house):
    weapon, scanning = bound(house, "KB4471902", FIRST), house.stockpile.scanning
    mac = tag_mac(FIRST, house.stockpile.keys.mac)
    wrong = ("0" if mac[0] != "0" else "1") + mac[1:]
    seen = {
        FIRST: "", matrix_payload(FIRST, mac): "ours", matrix_payload(FIRST, wrong): "foreign",
        "KB4471902": "",
    }  # fmt: skip
    for text, label in seen.items():
        scanned = scanning.read(text)
        assert (scanned.kind, scanned.weapon.id, scanned.label) == ("weapon", weapon, label)
        assert bool(label_sentence(scanned)) == bool(label_title(scanned)) == (label == "foreign")


def test_a_replaced_label_finds_its_weapon_and_says_since_when_it_is_void(house):
    stockpile = house.stockpile
    weapon = bound(house, "KB4471902", FIRST, SECOND)
    mac = tag_mac(FIRST, stockpile.keys.mac)
    last = max(stockpile.books.history(weapon), key=lambda fact: fact.order)
    for text in (FIRST, matrix_payload(FIRST, mac), "]d1" + FIRST.lower()):
        scanned = stockpile.scanning.read(text)
        assert (scanned.weapon.id, scanned.label, scanned.replaced) == (weapon, "void", last.at)
        assert label_sentence(scanned).startswith("This label was replaced on ")
    assert stockpile.scanning.read(SECOND).label == ""


def test_the_seal_of_another_site_is_not_called_forged(house):
    """What another node bound was sealed by a key that is not held here."""
    stockpile, other = house.stockpile, SiteKeys()
    unknown = matrix_payload(SECOND, "ABCDEFGH")
    assert stockpile.scanning.read(unknown).label == ""
    ours = matrix_payload(SECOND, tag_mac(SECOND, stockpile.keys.mac))
    scanned = stockpile.scanning.read(ours)
    assert (scanned.kind, scanned.label) == ("unknown", "ours")
    assert other.node != stockpile.keys.node


def test_the_card_of_a_rack_is_looked_at_like_a_label(house):
    stockpile = house.stockpile
    _, rack = stockpile.places.open(
        "Rack 4", "rack", stockpile.people.site(), by=house.officer, tag=FIRST
    )
    mac = tag_mac(FIRST, stockpile.keys.mac)
    for seal, label in ((mac, "ours"), ("ABCDEFGH", "foreign")):
        scanned = stockpile.scanning.read(matrix_payload(FIRST, seal))
        assert (scanned.kind, scanned.place, scanned.label) == ("place", rack.id, label)


def test_a_makers_code_names_a_weapon_by_its_identifier_or_by_its_serial(house):
    known = house.register("KB4471902", marks=(Mark("maker", "D1ABC2M4A1W123456"),))
    other = house.register("W777")
    read = house.stockpile.scanning.read
    construct = "[)>\x1e06\x1d17V1ABC2\x1d1PM4A1\x1dSW123456\x1e\x04"
    assert read(construct).weapon.id == known
    assert read("]d2(01)09501101530003(21)W777").weapon.id == other
    assert read("[)>^^06^]25SD12345W777^^^D").weapon.id == other
    assert house.stockpile.tracing.find(construct)[0].row.id == known
    entered = house.register(construct.replace("W123456", "W55"))
    assert read("D1ABC2M4A1W55").kind == "unknown"  # a mark that is typed names nobody by itself
    assert read(construct.replace("W123456", "W55")).weapon.id == entered
    assert house.stockpile.receiving.look_alikes("(21)W777")[0].row.id == other
    scanned = read("[)>\x1e06\x1d25SD12345W999\x1e\x04")
    assert (scanned.kind, scanned.text) == ("unknown", "D12345W999")


def test_a_command_of_the_card_names_nothing(house):
    house.register("#UNDO")
    scanned = house.stockpile.scanning.read("]C0#undo")
    assert (scanned.kind, scanned.command, scanned.weapon) == ("command", "undo", None)
