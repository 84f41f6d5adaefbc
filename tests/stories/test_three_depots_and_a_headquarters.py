"""A rifle goes from one depot to another by way of a headquarters, and only sticks go between them.

The receiver sees the rifle's whole record, from the first depot's own signed entries, and nothing
else of what that depot has.
"""

from __future__ import annotations

import shutil

import pytest

from stockpile.adapters.sqlite.opening import BOOKS_FILE, LOG_FILE
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.facts import WeaponRegistered
from stockpile.services.people import Founding
from stockpile.services.ports import RegisterFilter
from tests.helpers.house import PIN
from tests.helpers.neighbours import a_depot, introduced
from tests.helpers.twins import written_down_twice

KAMPALA = Founding("UG", "KLA", "Kampala Depot", "A. Mukasa", PIN)
REGION = Founding("UG", "HQN", "Northern Headquarters", "C. Auma", PIN)
GULU = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)
LIRA = Founding("UG", "LIR", "Lira Depot", "D. Opio", PIN)


@pytest.fixture
def depots(tmp_path):
    """Three depots that know the headquarters, and not each other."""
    told = {"kampala": KAMPALA, "region": REGION, "gulu": GULU, "lira": LIRA}
    made = {name: a_depot(tmp_path / name, one) for name, one in told.items()}
    for name in ("kampala", "gulu", "lira"):
        introduced(made["region"], made[name], tmp_path)
    yield made
    for one in made.values():
        one.stockpile.close()


def vouched(here, there):
    """An officer compares codes by voice, as the headquarters vouches for that depot."""
    named = here.stockpile.couriers.hearsay(there.node)
    here.stockpile.couriers.introduce(named.id, named.key, named.name, by=here.by)


def deciphered(depot, folder):
    """Every byte of a store, in the clear: a copy without the cipher."""
    for name in (BOOKS_FILE, LOG_FILE):
        shutil.copyfile(depot.house.home / name, folder / name)
    store = Store(folder / BOOKS_FILE, depot.stockpile.keys.database_key)
    plain = folder / "plain.db"
    connection = store.connection
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.execute("DETACH DATABASE plain")
    store.close()
    return plain.read_bytes()


def test_the_receiver_sees_the_whole_record_and_nothing_else(depots, tmp_path):
    kampala, region, gulu, lira = (depots[one] for one in ("kampala", "region", "gulu", "lira"))
    stick = tmp_path / "stick.courier"
    weapons = kampala.stock(12, "SECRET")
    travels = weapons[3]

    # To the headquarters, with what is sent there: this chain comes whole.
    waybill = kampala.send([travels], region.site)
    kampala.pack(stick, region.node)
    region.load(stick)
    region.check_in(waybill, "SECRET 00003")
    assert region.stockpile.register.count(RegisterFilter()) == 12

    # And on to Gulu, that has never heard of Kampala.
    onward = region.send([travels], gulu.site)
    packed = region.pack(stick, gulu.node)
    opened = gulu.stockpile.couriers.open(stick)
    assert opened.preview.left_out == (kampala.node,)
    gulu.load(stick)
    vouched(gulu, kampala)
    taken = gulu.load(stick)
    assert taken.preview.left_out == ()
    assert taken.facts
    assert gulu.stockpile.couriers.open(stick).preview.is_known
    assert gulu.load(stick).facts == 0
    assert packed.facts < 60
    gulu.check_in(onward, "SECRET 00003")

    books = gulu.stockpile.books
    history = books.history(travels)
    assert history[0].node == kampala.node
    assert isinstance(history[0].body, WeaponRegistered)
    held = {one.hash for one in region.stockpile.books.history(travels)}
    assert held < {one.hash for one in history}
    assert books.weapon(travels).place == gulu.site
    assert gulu.stockpile.register.count(RegisterFilter()) == 1
    names = gulu.stockpile.names()
    assert names.of(kampala.site) == "Kampala Depot"
    assert names.of(kampala.by.id) == "A. Mukasa"

    back_again(kampala, region, gulu, travels, stick)
    for one in depots.values():
        one.stockpile.checking.check(deep=True)
    raw = deciphered(gulu, tmp_path)
    assert b"SECRET 00003" in raw
    for number in (*range(3), *range(4, 12)):
        assert f"SECRET {number:05}".encode() not in raw
        assert weapons[number].encode() not in raw

    # Lira gets from the headquarters what is the headquarters' own, and nothing of Kampala's.
    region.pack(stick, lira.node)
    lira.load(stick)
    theirs = lira.stockpile.books.history(travels)
    assert {one.node for one in theirs} == {region.node}


def back_again(kampala, region, gulu, weapon, stick):
    """Kampala hears by the headquarters that its rifle is in Gulu, and all three agree."""
    gulu.pack(stick, region.node)
    region.load(stick)
    region.pack(stick, kampala.node)
    assert kampala.stockpile.couriers.open(stick).preview.left_out == (gulu.node,)
    kampala.load(stick)
    vouched(kampala, gulu)
    kampala.load(stick)
    stands = kampala.stockpile.books.weapon(weapon)
    assert (stands.place, stands.status) == (gulu.site, "in_store")
    assert stands == gulu.stockpile.books.weapon(weapon) == region.stockpile.books.weapon(weapon)


def test_a_rifle_that_was_listed_twice_goes_on_with_both_its_histories(depots, tmp_path):
    kampala, region, gulu = (depots[one] for one in ("kampala", "region", "gulu"))
    stick = tmp_path / "stick.courier"
    kept, other = written_down_twice(kampala, "AK 1")
    photo = kampala.photograph(other, 1)
    waybill = kampala.send([kept], region.site)
    kampala.pack_both(stick, region.node, [kept])
    region.load_both(stick)
    region.check_in(waybill, "AK 1")
    onward = region.send([kept], gulu.site)
    region.pack_both(stick, gulu.node, [kept])
    gulu.load(stick)
    vouched(gulu, kampala)
    gulu.load_both(stick)
    gulu.check_in(onward, "AK 1")
    (beneath,) = gulu.stockpile.dossiers.open(kept).joined
    assert beneath.weapon.id == other
    assert gulu.shows(photo)
    assert beneath.facts == kampala.stockpile.books.history(other)
