"""The stocktake desk: every scan durable, nothing waits for a count, two officers close it."""

from __future__ import annotations

import pytest

from stockpile.domain.closing_counts import found
from stockpile.domain.errors import (
    CounterNotIndependent,
    CountersTooFew,
    CustodyDisputed,
    FieldMissing,
    OfficerNotAuthorised,
    PlaceNotCounted,
    SecondOfficerMissing,
    StocktakeIsClosed,
    StocktakeUnknown,
    WeaponElsewhere,
    WeaponNotSeen,
)
from stockpile.domain.facts import (
    CustodyHandedOver,
    Draft,
    InvestigationOpened,
    WeaponAbsorbed,
    WeaponCounted,
    WeaponIssued,
    WeaponRelocated,
)
from stockpile.domain.opening_counts import Request
from stockpile.domain.receiving import Description
from stockpile.domain.values import WeaponId
from stockpile.services.counting import Reading
from tests.helpers.counting_houses import CountingHouse, counting_house, exchange


@pytest.fixture
def here(tmp_path):
    with counting_house(tmp_path / "home") as one:
        yield one


def test_a_count_goes_on_after_a_restart_where_it_stopped(here):
    sheet = here.sheet()
    for serial in ("KB0", "KB1"):
        assert here.scan(sheet, serial, here.one).outcome == "found"
    here.scan(sheet, "KB2", here.two)
    again = here.sheet()
    assert again.lines == sheet.lines
    assert (again.tally.found, again.tally.missing, again.tally.misplaced) == (2, 3, 1)
    here.stockpile.books.check(deep=True)


def test_each_reading_has_its_outcome_and_what_says_nothing_new_is_not_written(here):
    sheet = here.sheet()
    outcomes = [
        ("KB0", here.one, "found", 1), ("KB0", here.one, "twice", 0),
        ("KB3", here.one, "misplaced", 1), ("KB0", here.two, "misplaced", 1),
        ("GONE", here.one, "unexpected", 1), ("never seen", here.one, "stranger", 1),
        ("NEVER-SEEN", here.one, "stranger", 0), ("TWIN", here.one, "several", 0),
    ]  # fmt: skip
    for serial, place, outcome, written in outcomes:
        before = here.stockpile.books.tip().seq
        scan = here.scan(sheet, serial, place)
        assert (scan.outcome, here.stockpile.books.tip().seq - before) == (outcome, written)
    (count,) = here.stockpile.counting.open_ones()
    for text, outcome in ((count.number, "document"), ("#undo", "command")):
        before = here.stockpile.books.tip()
        assert here.scan(sheet, text, here.one).outcome == outcome
        assert here.stockpile.books.tip() == before
    assert sheet.lines[here.weapons["KB0"]].twice
    assert here.scan(sheet, "KB3", here.two).again


def test_of_two_weapons_with_one_serial_the_one_that_is_expected_there_is_meant(here):
    described = Description(serial="KB0", type="ASR")
    here.stockpile.receiving.register(described, here.elsewhere, by=here.officer)
    scan = here.scan(here.sheet(), "KB0", here.one)
    assert (scan.outcome, scan.scanned.weapon.id) == ("found", here.weapons["KB0"])


def test_what_is_issued_meanwhile_is_explained_whether_the_sheet_was_told_or_not(here):
    sheet = here.sheet()
    weapon = here.weapons["KB0"]
    issued = here.record(weapon, WeaponIssued("holder"))
    (changed,) = here.stockpile.counting.learn(sheet, issued.facts)
    assert (changed.kind, changed.why, changed.by) == ("explained", "left", issued.facts[0].hash)
    here.record(here.weapons["KB1"], WeaponIssued("holder"))  # nobody tells the sheet
    scan = here.scan(sheet, "KB1", here.one)
    assert (scan.outcome, scan.line.custody.state) == ("unexpected", "issued")
    assert here.sheet().lines == sheet.lines


def test_a_new_weapon_that_comes_while_the_count_goes_on_is_explained(here):
    sheet = here.sheet()
    told = Description(serial="NEW", type="ASR")
    recorded, weapon = here.stockpile.receiving.register(told, here.one, by=here.officer)
    here.stockpile.counting.learn(sheet, recorded.facts)
    assert (sheet.lines[weapon].why, sheet.lines[weapon].expected) == ("arrived", False)
    assert here.scan(sheet, "NEW", here.one).outcome == "explained"
    assert here.sheet().lines == sheet.lines


def test_what_is_joined_to_another_record_counts_as_that_one(here):
    pair = {here.weapons["KB0"], here.weapons["KB1"]}
    here.stockpile.correcting.merge(*sorted(pair), "one weapon, two cards", by=here.officer)
    states = here.stockpile.books.weapons(sorted(pair))
    (beneath,) = (one for one in states if one.absorbed_into)
    scan = here.scan(here.sheet(), beneath.id, here.one)
    assert (scan.outcome, scan.line.weapon) == ("found", beneath.absorbed_into)


def test_a_weapon_whose_record_was_joined_to_one_that_is_not_known_here_is_counted(here):
    weapon = here.weapons["KB0"]
    here.record(weapon, WeaponAbsorbed(WeaponId("elsewhere"), "one weapon, two cards"))
    scan = here.scan(here.sheet(), weapon, here.one)
    assert scan.scanned.weapon.id == weapon
    assert len(here.stockpile.books.weapon(weapon).sightings) == 1


def test_a_matching_count_closes_the_contradiction_that_an_earlier_one_raised(here):
    sheet = here.sheet()
    here.scan(sheet, "KB0", here.two)
    weapon = here.weapons["KB0"]
    assert [one.kind for one in here.stockpile.books.conflicts(weapon)] == ["count_mismatch"]
    here.scan(sheet, "KB0", here.one)
    assert here.stockpile.books.conflicts(weapon) == ()
    assert len(here.stockpile.books.weapon(weapon).sightings) == 1


def test_a_record_that_names_only_the_store_agrees_with_any_rack_of_it(here):
    weapon = here.weapons["KB0"]
    here.record(weapon, WeaponRelocated(here.store))
    sheet = here.sheet()
    assert here.scan(sheet, "KB0", here.one).outcome == "found"
    assert here.stockpile.books.conflicts(weapon) == ()


def test_what_stands_in_the_wrong_rack_is_put_right_by_one_act(here):
    counting, sheet = here.stockpile.counting, here.sheet()
    weapon = here.weapons["KB0"]
    with pytest.raises(WeaponNotSeen):
        counting.put_right(sheet, weapon, by=here.officer)
    here.scan(sheet, "KB0", here.two)
    _, (line,) = counting.put_right(sheet, weapon, by=here.officer)
    assert (line.kind, line.why) == ("explained", "corrected")
    assert here.stockpile.books.weapon(weapon).place == here.two


def test_an_issued_weapon_found_in_a_rack_is_not_taken_off_its_holder_by_a_move(here):
    sheet, weapon = here.sheet(), here.weapons["KB0"]
    here.record(weapon, WeaponIssued("holder"))
    here.scan(sheet, "KB0", here.one)
    with pytest.raises(WeaponElsewhere):
        here.stockpile.counting.put_right(sheet, weapon, by=here.officer)
    assert here.stockpile.books.weapon(weapon).status == "issued"


def test_the_differences_are_recounted_and_the_last_round_stands(here):
    sheet = here.sheet()
    here.scan(sheet, "KB0", here.two)
    scan = here.scan(sheet, "KB0", here.one, round_=2)
    assert (scan.outcome, scan.again, scan.line.recounted) == ("found", False, True)
    assert sheet.round == 2


def test_rows_of_a_paper_sheet_carry_their_own_time(here):
    sheet = here.sheet()
    rows = [Reading("KB0", here.one, seen=7), Reading("KB1", here.one, seen=8)]
    counting = here.stockpile.counting
    recorded, scans = counting.scan_several(sheet, rows, by=here.officer, how="paper")
    assert [one.outcome for one in scans] == ["found", "found"]
    said = [one.body for one in recorded.facts]
    stocktake = sheet.scope.stocktake
    assert said == [
        WeaponCounted(stocktake, here.one, seen, "paper") for seen in (7, 8)
    ]  # fmt: skip
    again, _ = counting.scan_several(sheet, rows, by=here.officer, how="paper")
    assert again.facts == ()


def test_a_card_of_a_place_says_where_what_follows_was_read(here):
    sheet, counting = here.sheet(), here.stockpile.counting
    rows = [Reading(text) for text in ("R1", "KB0", "R2", "KB3", "KB1")]
    recorded, scans = counting.scan_several(sheet, rows, by=here.officer)
    assert [one.outcome for one in scans] == ["place", "found", "place", "found", "misplaced"]
    assert len(recorded.facts) == 3
    with pytest.raises(FieldMissing):
        counting.scan_several(sheet, rows[1:], by=here.officer)
    _, scans = counting.scan_several(sheet, rows[1:2], by=here.officer, place=here.one)
    assert [one.outcome for one in scans] == ["twice"]


def test_a_place_that_is_not_counted_is_refused(here):
    sheet = here.sheet(place=here.two)
    with pytest.raises(PlaceNotCounted) as refused:
        here.scan(sheet, "KB3", here.one)
    assert refused.value.place == "Rack 1"


# --- opening and closing ------------------------------------------------------------------------


def test_a_count_needs_two_counters_of_whom_one_is_not_the_custodian(here):
    counting, by = here.stockpile.counting, here.officer
    with pytest.raises(CountersTooFew):
        counting.open(Request(), by=by)
    handed = CustodyHandedOver(here.store, here.second.id)
    here.by_two([Draft(f"custodian:{here.store}", handed)])
    assert counting.custodian(here.one) == here.second.id
    request = Request(here.one, counters=(by.id, here.second.id))
    _, count = counting.open(request, by=by)
    assert count.opened.independent == by.id
    with pytest.raises(CounterNotIndependent) as refused:
        counting.open(
            Request(here.one, counters=request.counters, independent=here.second.id), by=by
        )
    assert refused.value.name == "B. Okot"


def test_counts_are_numbered_and_found_by_their_number(here):
    first, second = here.opened(), here.opened()
    counting = here.stockpile.counting
    assert second.number.endswith("0002")
    assert counting.one(first.number.lower()) == counting.one(first.id) == first
    assert counting.open_ones() == (second, first)
    for unknown in ("ST-9", "", here.one):
        with pytest.raises(StocktakeUnknown):
            counting.one(unknown)


def test_both_sign_and_every_difference_is_investigated_in_the_same_act(here):
    count, counting = here.opened(), here.stockpile.counting
    sheet = counting.sheet(count)
    here.scan(sheet, "KB0", here.one)
    here.scan(sheet, "KB1", here.two)
    here.scan(sheet, "?", here.two)
    recorded, told = counting.close(count, by=here.officer, witness=here.second)
    (entry,) = recorded.entries
    assert len(entry.officer_signatures) == 2
    assert recorded.facts[0].witnesses == (here.second.id,)
    kinds = [one.body.kind for one in recorded.facts if isinstance(one.body, InvestigationOpened)]
    assert kinds == ["missing"] * 4 + ["misplaced", "stranger"]
    closed = counting.one(count.id).closed
    assert (closed.expected, closed.seen, closed.missing, closed.misplaced) == (6, 1, 4, 1)
    assert closed.lines == told.digest == found(counting.sheet(counting.one(count.id))).digest


def test_one_officer_alone_closes_nothing_and_a_clerk_signs_nothing_off(here):
    count, counting = here.opened(), here.stockpile.counting
    for witness in (None, here.officer):
        with pytest.raises(SecondOfficerMissing):
            counting.close(count, by=here.officer, witness=witness)
    here.stockpile.people.appoint("C. Clerk", ("clerk",), "2468", by=here.officer)
    clerk = here.stockpile.people.sign_in("C. Clerk", "2468")
    with pytest.raises(OfficerNotAuthorised):
        counting.close(count, by=clerk, witness=here.officer)


def test_after_closing_nothing_is_edited_and_what_comes_later_is_told_apart(here):
    count, counting = here.opened(), here.stockpile.counting
    sheet = counting.sheet(count)
    counting.close(count, by=here.officer, witness=here.second)
    for act in (
        lambda: here.scan(sheet, "KB0", here.one),
        lambda: counting.quantity(sheet, here.one, 3, by=here.officer),
        lambda: counting.close(count, by=here.officer, witness=here.second),
    ):
        with pytest.raises(StocktakeIsClosed):
            act()
    here.record(here.weapons["KB0"], WeaponIssued("holder"))
    closed = counting.one(count.id)
    assert counting.sheet(closed).lines[here.weapons["KB0"]].kind == "missing"
    assert counting.again(closed).lines[here.weapons["KB0"]].kind == "explained"
    assert found(counting.sheet(closed)).digest == closed.closed.lines


def test_numbers_of_a_count_without_serials_replace_one_another(here):
    count, counting = here.opened(basis="type"), here.stockpile.counting
    sheet = counting.sheet(count)
    for number in (2, 3):
        counting.quantity(sheet, here.one, number, "asr", by=here.officer)
    counting.quantity(sheet, here.two, 4, "ASR", by=here.officer)
    assert {one.place: one.quantity for one in sheet.told} == {here.one: 3, here.two: 4}
    assert counting.sheet(count).told == sheet.told
    told = counting.found(sheet)
    assert [(one.kind, one.said) for one in told.differences] == [("quantity", "ASR: 4/3")]
    _, closed = counting.close(count, by=here.officer, witness=here.second)
    assert (closed.tally.expected, closed.tally.found, closed.tally.unexpected) == (6, 7, 1)


# --- several computers --------------------------------------------------------------------------


def test_several_computers_count_together_and_say_the_same_in_the_end(here, tmp_path):
    with counting_house(tmp_path / "other", site="GUL", stocked=False) as there:
        count = here.opened()
        exchange(here, there)
        theirs = there.stockpile.counting.sheet(there.stockpile.counting.one(count.id))
        mine = here.stockpile.counting.sheet(count)
        assert theirs.lines == mine.lines
        here.scan(mine, "KB0", here.one)
        there.scan(theirs, "KB3", here.two)
        moved = there.record(here.weapons["KB1"], WeaponRelocated(here.two))
        there.stockpile.counting.learn(theirs, moved.facts)
        there.scan(theirs, "KB1", here.two)
        here.scan(mine, "KB2", here.one)
        for one, other, sheet in ((here, there, theirs), (there, here, mine)):
            received = exchange(one, other)
            other.stockpile.counting.learn(sheet, received)
        assert theirs.lines == mine.lines
        assert mine.tally.found == 4
        assert here.stockpile.counting.sheet(count).lines == mine.lines
        here.stockpile.counting.close(count, by=here.officer, witness=here.second)
        exchange(here, there)
        closed = there.stockpile.counting.one(count.id)
        assert found(there.stockpile.counting.sheet(closed)).digest == closed.closed.lines


def test_two_accounts_of_where_a_weapon_is_are_counted_too(here):
    weapon = here.weapons["KB0"]
    heads = here.stockpile.books.weapon(weapon).heads.custody
    for place in (here.two, here.elsewhere):
        here.stockpile.books.record([Draft(weapon, WeaponRelocated(place), heads)], by=None)
    sheet = here.sheet()
    assert sheet.lines[weapon].kind == "explained"
    assert here.scan(sheet, "KB0", here.two).outcome == "found"
    with pytest.raises(CustodyDisputed):
        here.stockpile.counting.put_right(sheet, weapon, by=here.officer)


def test_the_house_is_as_it_is_said_to_be(here: CountingHouse):
    assert len(here.sheet().lines) == 6
