"""Conflicts of real books on three nodes: a card on each, settled once, gone on all of them."""

from __future__ import annotations

import itertools

import pytest

from stockpile.domain.cards import MOST_SIDES
from stockpile.domain.errors import (
    ConflictChanged,
    ConflictUnknown,
    FieldUnreadable,
    HistoryUndecided,
    OfficerNotAuthorised,
    ReasonMissing,
    SecondOfficerMissing,
)
from stockpile.domain.facts import (
    ActProposed,
    ClockObserved,
    Draft,
    EntryJudged,
    GuardSet,
    LotRegistered,
    PlaceChanged,
    RoundsIssued,
    WeaponCounted,
    WeaponDestroyed,
    WeaponRelocated,
)
from stockpile.domain.values import PersonId
from stockpile.services.clocks import doubted
from stockpile.services.signing import Later
from tests.helpers.officers import FIRST, SECOND, by_one, by_two
from tests.helpers.sites import Site, a_weapon
from tests.helpers.stolen_laptops import stolen_laptop
from tests.helpers.three_nodes import node, officer, room, site_of, tell, tell_all

HOLDER = PersonId("holder")


@pytest.fixture
def nodes(tmp_path):
    """Three nodes that know of each other."""
    found = [node(tmp_path, name) for name in ("kampala", "gulu", "lira")]
    tell_all(*found)
    yield found
    for one in found:
        one.close()


def moved(desk, weapon, place):
    stands = desk.books.weapon(weapon)
    by_one(desk.books, [Draft(weapon, WeaponRelocated(place), stands.heads.custody)])


def forked(nodes):
    """A weapon that two nodes moved to two places, as all three know by now."""
    here, there, _third = nodes
    weapon = here.register_weapon(f"KB {here.books.tip().number}").id
    tell(here, *nodes[1:])
    moved(here, weapon, site_of(here))
    moved(there, weapon, site_of(there))
    tell_all(*nodes)
    return weapon


def settled(desk, number=1, reason="looked: it lies in the rack", **said):
    shown = room(desk).shown().cards[0]
    said.setdefault("by", officer(FIRST))
    return room(desk).settle(shown.id, number, reason, shown.card.version, **said)


def open_everywhere(nodes):
    """The open conflicts, which are the same on every node."""
    listed = [[one.id for one in room(desk).shown().cards] for desk in nodes]
    assert all(one == listed[0] for one in listed)
    versions = [[one.card.version for one in room(desk).shown().cards] for desk in nodes]
    assert all(one == versions[0] for one in versions)
    return listed[0]


def test_a_conflict_is_the_same_card_on_every_node_and_settled_once_it_is_gone_on_all(nodes):
    for order in itertools.permutations(range(3)):
        weapon = forked(nodes)
        assert len(open_everywhere(nodes)) == 1
        settled(nodes[order[0]])
        tell_all(*(nodes[one] for one in order))
        assert open_everywhere(nodes) == []
        held = [desk.books.weapon(weapon) for desk in nodes]
        assert held[0] == held[1] == held[2]
        assert held[0].place in (site_of(nodes[0]), site_of(nodes[1]))
        histories = [{one.hash for one in desk.books.history(weapon)} for desk in nodes]
        assert len(histories[0]) == 4
        assert histories[0] == histories[1] == histories[2]


def test_two_people_who_settle_it_differently_make_one_conflict_again(nodes):
    here, there, third = nodes
    weapon = forked(nodes)
    first, second = settled(here, 1, "I saw it here"), settled(there, 2, "I saw it there")
    assert room(here).count() == room(there).count() == 0
    tell(there, third)  # the third one hears in the other order
    tell(here, third, there)
    tell(there, here)
    (again,) = open_everywhere(nodes)
    shown = room(third).one(again).card
    assert {one.fact.hash for one in shown.sides} == {first.facts[0].hash, second.facts[0].hash}
    settled(third, 2, "we went there together", by=officer(SECOND))
    tell(third, here, there)
    assert open_everywhere(nodes) == []
    assert len({one.hash for one in here.books.history(weapon)}) == 6  # nothing was lost


def test_a_card_that_changed_meanwhile_settles_nothing(nodes):
    here, there, third = nodes
    weapon = here.register_weapon().id
    tell(here, there, third)
    for desk in (here, there, third):
        moved(desk, weapon, site_of(desk))
    tell(there, here)
    seen = room(here).shown().cards[0]
    tell(third, here)
    with pytest.raises(ConflictChanged):
        room(here).settle(seen.id, 1, "looked", seen.card.version, by=officer(FIRST))
    assert len(room(here).one(seen.id).card.sides) == 3
    settled(here, 2)
    with pytest.raises(ConflictUnknown):
        room(here).settle(seen.id, 1, "looked", by=officer(FIRST))


def test_what_has_no_reason_no_right_no_such_choice_or_no_such_id_settles_nothing(nodes):
    here = nodes[0]
    weapon = forked(nodes)
    before = here.books.tip()
    shown = room(here).shown().cards[0]
    by = officer(FIRST)
    with pytest.raises(ReasonMissing):
        room(here).settle(shown.id, 1, "  ", by=by)
    with pytest.raises(OfficerNotAuthorised):
        room(here).settle(shown.id, 1, "looked", by=officer(FIRST, "auditor"))
    for number in (0, 3, -1):
        with pytest.raises(FieldUnreadable):
            room(here).settle(shown.id, number, "looked", by=by)
    for text in ("", "zz", "f" * 64):
        with pytest.raises(ConflictUnknown):
            room(here).one(text)
    assert room(here).one(shown.id[:12].upper()).id == shown.id
    assert (here.books.tip(), here.books.weapon(weapon).status) == (before, "disputed")


def test_a_destruction_is_let_stand_by_two_officers_now_or_by_one_later(nodes):
    here, there, _third = nodes
    weapon = here.register_weapon().id
    tell(here, there)
    by_two(here.books, [Draft(weapon, WeaponDestroyed("DC-1"),
                              here.books.weapon(weapon).heads.custody)])  # fmt: skip
    moved(there, weapon, site_of(there))
    tell_all(here, there)
    card = next(
        one.card for one in room(here).shown().cards if one.card.conflict.kind == "custody_fork"
    )
    number = next(n for n, one in enumerate(card.choices, 1) if one.act == "destroy")
    assert room(here).wants_two(card.choices[number - 1])
    said = (card.conflict.id, number, "the pieces were counted", card.version)
    with pytest.raises(SecondOfficerMissing):
        room(here).settle(*said, by=officer(FIRST))
    later = room(here).settle(*said, by=officer(FIRST), second=Later("the other is away"))
    assert isinstance(later.facts[0].body, ActProposed)
    assert room(here).count() > 0
    room(here).settle(*said, by=officer(FIRST), second=officer(SECOND))
    assert here.books.weapon(weapon).status == "destroyed"
    assert here.books.weapon(weapon).custody[0].paper == "DC-1"


def test_the_list_is_read_in_pages_and_by_class_weapon_and_site(nodes):
    here, there, third = nodes
    weapons = [forked(nodes) for _ in range(3)]
    twin = third.register_weapon("ZZ 1"), third.register_weapon("ZZ 1")
    tell(third, here, there)
    shown = room(here).shown()
    assert (len(shown.cards), shown.total, shown.next) == (4, 4, "")
    first = room(here).shown(limit=3)
    rest = room(here).shown(after=first.next, limit=3)
    assert [*first.cards, *rest.cards] == list(shown.cards)
    assert rest.next == ""
    assert len(room(here).shown("custody_fork").cards) == 3
    (own,) = room(here).shown(weapon=weapons[1]).cards
    assert own.card.conflict.weapons == (weapons[1],)
    assert [one.card.conflict.kind for one in room(here).shown(site=site_of(third)).cards] == [
        "possible_duplicate"
    ]
    with pytest.raises(FieldUnreadable):
        room(here).shown("quarrel")
    assert room(here).count() == 4
    assert room(here).disputed() == 3 + len(twin)


def test_a_conflict_has_an_owner_and_a_day_when_it_is_late(nodes):
    here, there, _third = nodes
    forked(nodes)
    (shown,) = room(here).shown().cards
    assert (shown.owner, shown.is_overdue) == (None, False)
    own, above = site_of(here), site_of(there)
    heads = here.books.reference(own).heads
    by_one(here.books, [Draft(own, PlaceChanged("kampala site", "site", above), heads)])
    here.clock.at += 8 * 86_400_000
    (late,) = room(here).shown().cards
    assert late.is_overdue
    assert late.owner == site_of(there)


def test_a_clock_that_was_compared_is_doubted_on_the_card(nodes):
    here, _there, _third = nodes
    forked(nodes)
    here.books.record([Draft(here.node, ClockObserved(-7_200_000, "gps"))], by=None)
    (shown,) = room(here).shown().cards
    assert {one.fact.node for one in shown.card.sides if one.clock_doubted} == {here.node}


def test_what_one_computer_says_of_anothers_clock_speaks_against_neither_on_card_or_page(nodes):
    here, there, _third = nodes
    forked(nodes)
    here.books.record([Draft(there.node, ClockObserved(-7_200_000, "gps"))], by=None)
    (shown,) = room(here).shown().cards
    assert not any(one.clock_doubted for one in shown.card.sides)
    assert doubted(here.books, [one.fact for one in shown.card.sides]) == frozenset()


def test_a_count_that_differs_and_names_of_nodes(nodes):
    here = nodes[0]
    weapon = here.register_weapon(place=site_of(here)).id
    heads = here.books.weapon(weapon).heads.custody
    by_one(here.books, [Draft(weapon, WeaponCounted("t", site_of(nodes[1])), saw=heads)])
    (shown,) = room(here).shown("count_mismatch").cards
    assert room(here).names().of(shown.card.nodes[0]) == "kampala site"
    settled(here, 2)
    assert here.books.weapon(weapon).place == site_of(nodes[1])


def test_a_lot_that_two_sites_gave_out_twice_is_listed_and_put_right(nodes):
    here, there, third = nodes
    lot = "lot-1"
    by_one(here.books, [Draft(lot, LotRegistered("ball", lot="PPU 12-88", quantity=100))])
    tell(here, there, third)
    for desk, rounds in ((here, 70), (there, 60)):
        by_one(desk.books, [Draft(f"rounds-{desk.name}", RoundsIssued(lot, rounds, HOLDER))])
    tell_all(*nodes)
    assert len(open_everywhere(nodes)) == 1
    (shown,) = room(third).shown("lot_overdrawn").cards
    assert shown.card.conflict.weapons == ()
    settled(third, 1, "counted: 130 cartridges came in that crate")
    tell(third, here, there)
    assert open_everywhere(nodes) == []
    assert room(here).ammunition.one(lot).quantity == 0


def test_what_the_sites_rules_want_two_for_is_settled_by_two(house):
    for _twice in range(2):
        house.register("KB 1")
    stockpile, by, second = house.stockpile, house.officer, house.second
    stockpile.guard.set(GuardSet(two_officers=("merge",)), by=by)
    (shown,) = stockpile.conflict_room.shown().cards
    joined, apart = shown.card.choices[0], shown.card.choices[-1]
    assert stockpile.conflict_room.wants_two(joined)
    assert (joined.kind, apart.kind) == ("same_weapon", "different_weapons")
    with pytest.raises(SecondOfficerMissing):
        stockpile.conflict_room.settle(shown.id, 1, "one photo", by=by)
    stockpile.conflict_room.settle(shown.id, 1, "one photo", by=by, second=second)
    assert stockpile.conflict_room.count() == 0


def test_of_very_many_alike_every_node_shows_the_same_few(nodes):
    here = nodes[0]
    for _ in range(MOST_SIDES + 2):
        here.register_weapon("KB 7")
    tell_all(*nodes)
    (shown,) = {room(desk).shown().cards[0].card.version for desk in nodes}
    (card,) = [one.card for one in room(here).shown().cards]
    assert (card.more, len(card.sides), card.version) == (2, MOST_SIDES, shown)
    settled(here, len(card.choices), by=officer(FIRST))
    tell_all(*nodes)
    for desk in nodes:
        (card,) = [one.card for one in room(desk).shown().cards]
        assert [one.weapon for one in card.sides][1:] == list(card.conflict.weapons[MOST_SIDES:])


@pytest.fixture
def stolen(nodes):
    """A stolen laptop of which the first node heard five comparisons of its clock."""
    found = stolen_laptop(nodes[0].books)
    found.compared(5)
    found.heard()
    return found


def test_what_a_revoked_laptop_wrote_of_its_clock_is_one_card_and_each_is_decided_about(
    nodes, stolen
):
    here = nodes[0]
    for_each = sorted(here.books.conflicts(), key=lambda one: int(one.about[2]))
    assert len(for_each) == 5
    (shown,) = room(here).shown().cards
    assert (len(shown.card.sides), shown.card.more, shown.id) == (5, 0, for_each[0].id)
    assert room(here).count() == room(here).shown().total == 1
    assert room(here).leading() == for_each[:1]
    assert {room(here).one(one.id).card.version for one in for_each} == {shown.card.version}
    with pytest.raises(SecondOfficerMissing):
        settled(here, 2, "the thief's own clock")
    told = settled(here, 2, "the thief's own clock", second=officer(SECOND)).facts
    assert [one.body.number for one in told if isinstance(one.body, EntryJudged)] == [2, 3, 4, 5, 6]
    assert room(here).count() == len(room(here).shown().cards) == here.books.count_conflicts() == 0


def test_of_very_many_the_first_are_shown_and_the_next_when_these_are_settled(
    nodes, stolen, monkeypatch
):
    monkeypatch.setattr("stockpile.domain.clock_entries.MOST_SIDES", 2)
    here, seen = nodes[0], []
    for more in (3, 1, 0):
        (shown,) = room(here).shown().cards
        assert shown.card.more == more
        seen += [dict(side.says)["entries"] for side in shown.card.sides]
        settled(here, 1, "it was at home", second=officer(SECOND))
    assert seen == ["2", "3", "4", "5", "6"]
    assert room(here).shown().cards == ()


def test_none_is_accepted_while_one_of_two_histories_that_holds_any_of_them_is_undecided(
    nodes, stolen
):
    """Also where the other history begins after the first of them."""
    here = nodes[0]
    copy = Site(stolen.laptop.keys, stolen.laptop.tip)
    stolen.compared(1)
    copy.write(a_weapon("copied"))
    stolen.heard()
    here.books.receive(copy.entries)
    (card,) = [one.card for one in room(here).shown("authority").cards]
    said = (card.conflict.id, 1, "it was at home", card.version)
    with pytest.raises(HistoryUndecided):
        room(here).settle(*said, by=officer(FIRST), second=officer(SECOND))
    refused = (said[0], 2, *said[2:])
    room(here).settle(*refused, by=officer(FIRST), second=officer(SECOND))
    assert room(here).shown("authority").cards == ()
