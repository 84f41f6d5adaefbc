"""The intake desk: on record when it returns, corrected by new facts, moved in one act."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    OfficerNotAuthorised,
    ReaderSame,
    WeaponElsewhere,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    Component,
    Draft,
    LastImport,
    Mark,
    SafeCheck,
    WeaponCorrected,
    WeaponIssued,
    WeaponLost,
    WeaponRegistered,
    WeaponRelocated,
)
from stockpile.domain.receiving import Description


def test_a_typed_weapon_is_on_record(house):
    weapon = house.register("KB 4471902", condition="serviceable")
    stands = house.stockpile.books.weapon(weapon)
    assert (stands.serial.text, stands.model, stands.condition) == (
        "KB 4471902", "AKM", "serviceable",
    )  # fmt: skip
    assert stands.place == house.stockpile.people.site()


def test_look_alikes_warn_and_never_block(house):
    first = house.register("KB4471902")
    (hit,) = house.stockpile.receiving.look_alikes("KB44719O2")
    assert (hit.row.id, hit.why) == (first, "serial_looks_alike")
    second = house.register("KB4471902")
    assert second != first
    kinds = [one.kind for one in house.stockpile.books.conflicts()]
    assert kinds == ["possible_duplicate"]


def test_one_account_of_several_that_it_is_lost_is_enough_for_the_alarm(house):
    stockpile, by = house.stockpile, house.officer.id
    weapon, other = house.register("KB4471902"), house.register("KB4471902")
    _, rack = stockpile.places.open("Rack", "rack", stockpile.people.site(), by=house.officer)
    for one, act in ((weapon, WeaponLost("stolen")), (other, WeaponRelocated(rack.id))):
        heads = stockpile.books.weapon(one).heads.custody
        house.by_two([Draft(one, act, heads)])
        stockpile.books.record([Draft(one, WeaponRelocated(stockpile.people.site()), heads)], by=by)
    hits = {hit.row.id: hit for hit in stockpile.receiving.look_alikes("KB4471902")}
    assert {hit.row.status for hit in hits.values()} == {"disputed"}
    assert (hits[weapon].is_lost, hits[other].is_lost) == (True, False)


def test_a_correction_keeps_the_old_value_in_the_history(house):
    weapon = house.register("KB 1", model="AK")
    house.stockpile.receiving.correct(weapon, {"model": "AKM"}, "misread", by=house.officer)
    life = house.stockpile.tracing.life(weapon)
    assert life.weapon.model == "AKM"
    bodies = [type(fact.body) for fact in life.facts]
    assert bodies == [WeaponRegistered, WeaponCorrected]
    assert life.facts[0].body.model == "AK"


def test_a_move_is_one_act_and_repeating_it_is_none(house):
    stockpile = house.stockpile
    weapons = tuple(house.register(f"KB {n}") for n in range(3))
    _, rack = stockpile.places.open("Rack", "rack", stockpile.people.site(), by=house.officer)
    moved = stockpile.receiving.move(weapons, rack.id, by=house.officer)
    again = stockpile.receiving.move(weapons, rack.id, by=house.officer)
    assert (len(moved.entries), len(moved.facts), again.facts) == (1, 3, ())
    assert {one.place for one in stockpile.books.weapons(weapons)} == {rack.id}


def test_a_weapon_that_is_out_is_not_moved_and_none_beside_it(house):
    stockpile = house.stockpile
    weapons = tuple(house.register(f"KB {n}") for n in range(2))
    _, rack = stockpile.places.open("Rack", "rack", stockpile.people.site(), by=house.officer)
    heads = stockpile.books.weapon(weapons[1]).heads.custody
    stockpile.books.record([Draft(weapons[1], WeaponIssued("person-1"), heads)], by=None)
    with pytest.raises(WeaponElsewhere):
        stockpile.receiving.move(weapons, rack.id, by=house.officer)
    assert stockpile.books.weapon(weapons[0]).place == stockpile.people.site()


def test_what_is_refused_writes_nothing(house):
    before = house.stockpile.books.tip()
    receiving, site = house.stockpile.receiving, house.stockpile.people.site()
    with pytest.raises(FieldMissing):
        receiving.register(Description(), site, by=house.officer)
    with pytest.raises(WeaponUnknown):
        receiving.correct("nothing", {"model": "AKM"}, "why", by=house.officer)
    assert house.stockpile.books.tip() == before


def test_an_auditor_registers_nothing(house):
    people = house.stockpile.people
    people.appoint("E. Auma", ("auditor",), "1357", by=house.officer)
    auditor = people.sign_in("E. Auma", "1357")
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.receiving.register(Description(serial="1234"), people.site(), by=auditor)


def test_the_whole_record_is_kept_as_said_and_corrected_field_by_field(house):
    said = Description(
        type="SMG", make="Sterling", serial="US 1", action="selective fire", origin="industrial",
        frame="steel", custody="temporary", mode="ddr", on="2026-05-03", where="camp", case="17",
        grounds=("unmarked",), import_country="UG", import_year="1999", importer="Army",
        missing_parts="sight", safe=SafeCheck(magazine_out=True, cleared_by="Sgt Okello"),
        marks=(Mark("symbol", "26", symbol="triangle_number"),),
        components=(Component("barrel", (Mark("serial", "B 7"),)),),
    )  # fmt: skip
    stockpile = house.stockpile
    _, weapon = stockpile.receiving.register(said, stockpile.people.site(), by=house.officer)
    stands = stockpile.books.weapon(weapon)
    assert (stands.action, stands.frame, stands.custody_type) == (
        "selective_fire", "steel", "temporary",
    )  # fmt: skip
    assert stands.acquired.grounds == ("unmarked",)
    assert [mark.text for mark in stands.marks] == ["US 1", "26"]
    assert [hit.row.id for hit in stockpile.tracing.find("B 7")] == [weapon]
    fields = {"importer": "Police", "case": "18", "custody": "permanent", "missing_parts": ""}
    stockpile.receiving.correct(weapon, fields, "misread", by=house.officer)
    stands = stockpile.books.weapon(weapon)
    assert stands.imported == LastImport("UG", "1999", "Police")
    assert (stands.acquired.mode, stands.acquired.case, stands.acquired.on) == (
        "ddr", "18", "2026-05-03",
    )  # fmt: skip
    assert (stands.custody_type, stands.missing_parts) == ("permanent", "")


def test_many_come_on_record_in_one_act_or_not_at_all(house):
    stockpile = house.stockpile
    site, before = stockpile.people.site(), stockpile.books.tip()
    many = [Description(type="ASR", serial=f"KB {n}") for n in range(500)]
    with pytest.raises(FieldUnreadable):
        stockpile.receiving.register_several(
            [*many, Description(serial="1", year="19")], site, by=house.officer
        )
    assert stockpile.books.tip() == before
    recorded, weapons = stockpile.receiving.register_several(many, site, by=house.officer)
    assert (len(recorded.entries), len(set(weapons))) == (1, 500)
    assert [one.serial.text for one in stockpile.books.weapons(weapons)][-1] == "KB 499"


def test_a_second_reading_is_written_down_whether_it_agrees_or_not(house):
    weapon, second = house.register("KB 4471902"), _second(house)
    for read in ("kb4471902", "KB 4471982"):
        house.stockpile.receiving.read_back(weapon, read, by=second)
    stands = house.stockpile.books.weapon(weapon)
    assert [one.agrees for one in stands.read_backs] == [True, False]
    assert stands.marks[0].verified_by == second.id
    assert stands.serial.text == "KB 4471902"


def test_nobody_reads_back_what_they_wrote_themselves(house):
    weapon = house.register("KB 4471902")
    before = house.stockpile.books.tip()
    with pytest.raises(ReaderSame) as refused:
        house.stockpile.receiving.read_back(weapon, "KB 4471902", by=house.officer)
    assert refused.value.officer == house.officer.officer.name
    assert house.stockpile.books.tip() == before


def _second(house):
    people = house.stockpile.people
    people.appoint("E. Auma", ("clerk",), "1357", by=house.officer)
    return people.sign_in("E. Auma", "1357")


def test_what_the_catalogue_understands_stands_beside_what_was_said(house):
    weapon = house.register("KB 1", make="forjas taurus s/a", model="PT 92", calibre="9MM LUGER")
    books = house.stockpile.books
    stands = books.weapon(weapon)
    assert (stands.make, stands.make_code) == ("forjas taurus s/a", "taurus")
    assert (stands.calibre, stands.calibre_codes) == ("9MM LUGER", ("9x19",))
    assert stands.model_code
    fields = {"calibre": "something own", "make": "a smith in the hills"}
    house.stockpile.receiving.correct(weapon, fields, "misread", by=house.officer)
    stands = books.weapon(weapon)
    assert (stands.make, stands.make_code) == ("a smith in the hills", "")
    assert (stands.calibre, stands.calibre_codes) == ("something own", ())
    house.stockpile.receiving.correct(weapon, {"model": "PT-92 AF"}, "misread", by=house.officer)
    assert books.weapon(weapon).make_code == ""
