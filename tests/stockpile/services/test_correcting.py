"""Records are put right: joined, told apart, withdrawn, refitted; each by a fact."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    FieldUnreadable,
    JobUnknown,
    ReasonMissing,
    RecordJoined,
    RecordNotJoined,
    SecondOfficerMissing,
    WeaponElsewhere,
    WeaponGone,
    WeaponsSame,
)
from stockpile.domain.facts import (
    Component,
    Draft,
    GuardSet,
    LastImport,
    Mark,
    SafeCheck,
    WeaponDestroyed,
    WeaponIssued,
    WeaponLost,
    WeaponRelocated,
)
from stockpile.domain.values import JobId
from stockpile.services.ports import RegisterFilter
from stockpile.services.signing import Later

BOLT = Mark("assembly", "77", component="bolt")


def test_two_records_of_one_weapon_are_joined_and_parted(house):
    stockpile = house.stockpile
    stays, goes = house.register("KB 1"), house.register("KB 1")
    assert [one.kind for one in stockpile.books.conflicts()] == ["possible_duplicate"]
    stockpile.correcting.merge(stays, goes, "same photo", by=house.officer)
    assert stockpile.books.conflicts() == ()
    assert stockpile.books.weapon(stays).same_as == (goes,)
    assert stockpile.books.weapon(goes).absorbed_into == stays
    assert stockpile.register.count(RegisterFilter()) == 1
    stockpile.correcting.part(stays, goes, "two after all", by=house.officer)
    assert stockpile.register.count(RegisterFilter()) == 2
    assert stockpile.books.conflicts() == ()  # and nobody is warned of them again
    with pytest.raises(RecordNotJoined):
        stockpile.correcting.part(stays, goes, "again", by=house.officer)
    stockpile.checking.check(deep=True)


def test_parting_and_telling_apart_want_two_where_joining_does(house):
    correcting, by, second = house.stockpile.correcting, house.officer, house.second
    books = house.stockpile.books
    stays, goes = house.register("KB 1"), house.register("KB 1")
    correcting.merge(stays, goes, "same photo", by=by)
    house.stockpile.guard.set(GuardSet(("merge",)), by=by)
    for act in (correcting.part, correcting.tell_apart):
        with pytest.raises(SecondOfficerMissing):
            act(stays, goes, "two after all", by=by)
    with pytest.raises(RecordJoined):  # nor by the way of a record that was withdrawn
        correcting.reinstate(goes, "back", by=by)
    correcting.part(stays, goes, "two after all", by=by, witness=Later("at the gate"))
    assert books.weapon(goes).absorbed_into == stays
    (waits,) = house.stockpile.proposals.open()
    house.stockpile.proposals.confirm(waits.id, by=second)
    assert books.weapon(goes).absorbed_into is None
    one, other = house.register("KB 2"), house.register("KB 2")
    correcting.tell_apart(one, other, "both are here", by=by, witness=second)
    assert books.weapon(one).distinct_from == (other,)
    assert books.check(deep=True).entries


def test_what_is_gone_joined_or_out_does_not_come_back_by_settling_where_it_is(house):
    """It would be one officer's word over what two said, or over a holder's receipt."""
    stockpile, by = house.stockpile, house.officer
    correcting, books, site = stockpile.correcting, stockpile.books, stockpile.people.site()
    stays, goes = house.register("KB 1"), house.register("KB 1")
    correcting.merge(stays, goes, "same photo", by=by)
    with pytest.raises(RecordJoined):
        correcting.settle_custody(goes, site, "it stands before me", by=by)
    for body, refusal in (
        (WeaponDestroyed("DC-1"), WeaponGone), (WeaponIssued("p-1"), WeaponElsewhere),
        (WeaponLost("stolen", report="LR-1"), WeaponElsewhere),
    ):  # fmt: skip
        weapon = house.register(f"KB {type(body).__name__}")
        house.by_two([Draft(weapon, body, books.weapon(weapon).heads.custody)])
        before = books.tip()
        with pytest.raises(refusal):
            correcting.settle_custody(weapon, site, "it stands before me", by=by)
        assert books.tip() == before
        again = WeaponRelocated(site)  # a second account: now there is something to settle
        born = books.history(weapon)[0].hash
        books.record([Draft(weapon, again, (born,))], by=by.id)
        correcting.settle_custody(weapon, site, "it stands before me", by=by)
        assert books.weapon(weapon).status == "in_store"


def test_a_record_is_not_joined_to_itself_nor_to_one_that_is_gone(house):
    one, other = house.register("KB 1"), house.register("KB 2")
    correcting = house.stockpile.correcting
    with pytest.raises(WeaponsSame):
        correcting.merge(one, one, "slip", by=house.officer)
    with pytest.raises(ReasonMissing):
        correcting.merge(one, other, " ", by=house.officer)
    correcting.withdraw([other], "typed twice", by=house.officer)
    with pytest.raises(WeaponGone):
        correcting.merge(one, other, "late", by=house.officer)


def test_look_alikes_told_apart_are_no_conflict(house):
    one, other = house.register("KB 1"), house.register("KB 1")
    house.stockpile.correcting.tell_apart(one, other, "both are here", by=house.officer)
    assert house.stockpile.books.conflicts() == ()


def test_a_withdrawn_record_counts_nowhere_and_can_be_put_back(house):
    stockpile = house.stockpile
    weapons = [house.register(f"KB {n}") for n in range(3)]
    stockpile.correcting.withdraw(weapons[:2], "typed twice", by=house.officer)
    assert stockpile.register.count(RegisterFilter()) == 1
    assert dict(stockpile.register.tally()) == {"in_store": 1}
    stockpile.correcting.reinstate(weapons[0], "it was right", by=house.officer)
    assert stockpile.register.count(RegisterFilter()) == 2
    with pytest.raises(RecordNotJoined):
        stockpile.correcting.reinstate(weapons[0], "again", by=house.officer)
    stockpile.checking.check(deep=True)


def test_marks_and_components_are_said_anew_and_parts_are_swapped(house):
    weapon = house.register("KB 1")
    stockpile, by = house.stockpile, house.officer
    marks = (*stockpile.books.weapon(weapon).marks, Mark("symbol", "", symbol="star"))
    stockpile.correcting.marks(weapon, marks, "seen under the paint", by=by)
    stockpile.correcting.components(weapon, [Component("bolt", (BOLT,))], "looked", by=by)
    other = Mark("assembly", "81", component="bolt")
    stockpile.correcting.swap(
        weapon, "bolt", fitted=[other], removed=[BOLT], reason="cracked", by=by
    )
    stands = stockpile.books.weapon(weapon)
    assert stands.marks == marks
    assert stands.components == (Component("bolt", (other,)),)
    with pytest.raises(ReasonMissing):
        stockpile.correcting.swap(weapon, "bolt", fitted=[], removed=[other], reason="", by=by)


def test_an_inspection_and_what_was_seen_before_it(house):
    weapon = house.register("KB 1")
    correcting, by = house.stockpile.correcting, house.officer
    correcting.safety(weapon, SafeCheck(chamber_clear=True), "checked", by=by)
    correcting.last_import(weapon, LastImport("UG", "1999"), "import mark found", by=by)
    bench = house.stockpile.maintenance
    bench.inspect(weapon, "repairable", remarks="spring", due="2027-01-31", by=by)
    stands = house.stockpile.books.weapon(weapon)
    assert (stands.safe, stands.imported.year, stands.condition) == (
        SafeCheck(chamber_clear=True), "1999", "repairable",
    )  # fmt: skip


def test_a_weapon_in_two_places_is_settled_where_it_stands(house):
    stockpile = house.stockpile
    weapon = house.register("KB 1")
    site = stockpile.people.site()
    stockpile.correcting.settle_custody(weapon, site, "it stands before me", by=house.officer)
    assert stockpile.books.weapon(weapon).place == site
    with pytest.raises(JobUnknown):
        stockpile.correcting.settle_marks(weapon, [JobId("none")], "looked", by=house.officer)


def test_a_part_is_taken_off_by_its_kind_or_by_its_number(house):
    stockpile, by = house.stockpile, house.officer
    bolts = tuple(Component("bolt", (Mark("assembly", text),)) for text in ("77", "81"))
    weapon = house.register("KB 1", components=(*bolts, Component("stock")))
    with pytest.raises(FieldUnreadable):
        stockpile.correcting.remove(weapon, "bolt", "", "worn", by=by)
    stockpile.correcting.remove(weapon, "bolt", "77", "worn", by=by)
    stockpile.correcting.remove(weapon, "stock", "", "broken", by=by)
    assert stockpile.books.weapon(weapon).components == (bolts[1],)
