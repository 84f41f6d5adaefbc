"""A count explains every weapon exactly once, whatever moves meanwhile and whenever it is heard of.

The truth is simulated beside the record: what is recorded is what happened, so a full count finds
nothing wrong, and what is taken or put elsewhere without a word is found out, and nothing else.
"""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import facts, reconciling, weapons
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.counting import Case, Line, Scope, heads_of, move_of
from stockpile.domain.facts import Fact, StocktakeOpened
from stockpile.domain.reconciling import reconcile, tally
from stockpile.domain.values import Digest, PlaceId, WeaponId
from stockpile.domain.weapons import STORED
from tests.helpers.counts import (
    ELSEWHERE,
    GROUND,
    HOLDER,
    PLACES,
    RACKS,
    SLOT,
    STOCKTAKE,
    STORE,
    Store,
    cases,
)
from tests.helpers.depots import Depot

ONE, TWO, THREE = RACKS
BOOKS_ONLY = [
    facts.WeaponLost("lost"), facts.WeaponRecovered(ONE), facts.WeaponDispatched("W1", ELSEWHERE),
    facts.WeaponReceived("W1", TWO), facts.WeaponDestroyed("C1"), facts.CustodySettled(ONE, "-"),
    facts.CustodySettled(None, "-", HOLDER), facts.WeaponInspected("serviceable"),
    facts.WeaponWithdrawn("-"), facts.WeaponAbsorbed(WeaponId("weapon-000"), "-"),
]  # fmt: skip
steps = st.tuples(
    st.integers(0, 2), st.integers(0, 11), st.integers(0, 9), st.integers(0, len(PLACES) - 1)
)


def lines_of(store: Store, depot: Depot) -> dict[WeaponId, Line]:
    found = reconcile(store.scope, cases(store.scope, depot.all_facts()))
    assert len({one.weapon for one in found}) == len(found)
    return {one.weapon: one for one in found}


def stocked(count: int = 10) -> Store:
    """A store with weapons in all its racks, known to all depots."""
    store = Store()
    for number in range(count):
        store.register(store.depots[number % 3], PLACES[number % len(PLACES)])
    store.meet_all()
    return store


# --- what must always hold ----------------------------------------------------------------------


def interpreted(store: Store, step: tuple[int, int, int, int]) -> None:
    """Do what a step says: exchange, count, move, issue, or write anything at all."""
    who, what, which, where = step
    depot = store.depots[who]
    weapon, place = WeaponId(f"weapon-{which % len(store.truth):03}"), PLACES[where]
    if what < 3:
        giver = store.depots[(who + 1 + what % 2) % 3]
        store.meet(giver, depot, last=None if what else where * 4)
    elif what < 6 and store.opened is not None and depot.weapon(STOCKTAKE).known:
        if depot.weapon(weapon).known:
            store.see(depot, weapon, place, round_=1 + which % 2)
    elif what < 8:
        store.act(depot, weapon, place)
    elif what == 8:
        store.act(depot, weapon, None)
    elif what == 9:
        store.register(depot, place)
    else:
        depot.write(weapon, BOOKS_ONLY[(which + where) % len(BOOKS_ONLY)])


def business(scope: Scope, known: list[Fact]) -> set[WeaponId]:
    """Whose weapons the count must answer for, told without the code that is tested."""

    found = set()
    for weapon in {WeaponId(one.subject) for one in known if one.subject != STOCKTAKE}:
        mine = [one for one in known if one.subject == weapon]
        early = [one for one in mine if one.seq <= scope.horizon.get(one.node, 0)]
        seen = any(isinstance(one.body, facts.WeaponCounted) for one in mine)
        now = heads_of(weapons.folded(weapon, mine))
        before = heads_of(weapons.folded(weapon, early))
        late = (move_of(one) for one in mine if one not in early)
        moves = [one.custody for one in late if one is not None]
        if seen or any(map(_is_here, (*before, *now, *moves))):
            found.add(weapon)
    return found


def _is_here(custody: weapons.Custody) -> bool:
    return custody.state in STORED and custody.place in {STORE, SLOT, *RACKS}


@given(st.lists(steps, max_size=12), st.lists(steps, max_size=30))
def test_every_weapon_has_exactly_one_line_and_every_node_says_the_same(before, after):
    store = stocked()
    for step in before:
        interpreted(store, step)
    store.open(store.depots[0])
    for step in after:
        interpreted(store, step)
    store.meet_all()
    told = [lines_of(store, depot) for depot in store.depots]
    assert told[0] == told[1] == told[2]
    assert set(told[0]) == business(store.scope, store.depots[0].all_facts())
    numbers = tally(told[0].values())
    kinds = numbers.found + numbers.extra + numbers.missing + numbers.misplaced
    kinds += numbers.explained + numbers.unexpected
    assert numbers.expected + numbers.came == kinds == len(told[0])


@given(st.lists(steps, max_size=30), st.randoms(use_true_random=False), st.sampled_from([100, 40]))
def test_a_sheet_that_takes_facts_one_by_one_says_what_all_of_them_say(after, chance, percent):
    store = stocked()
    scope = store.open(store.depots[0], percent=percent, seed="7")
    met = cases(scope, store.depots[0].all_facts())
    sheet = CountSheet(scope, met)
    for step in after:
        interpreted(store, step)
    store.meet_all()
    known = store.depots[0].all_facts()
    chance.shuffle(known)
    for fact in known + known[:5]:
        if fact.subject != STOCKTAKE:
            sheet.take(fact)
    whole = reconcile(scope, cases(scope, store.depots[0].all_facts()))
    assert sorted(sheet.lines.values(), key=lambda one: one.weapon) == list(whole)
    assert sheet.tally == tally(whole)
    assert {one for kind in KINDS for one in sheet.of_kind(kind)} == set(whole)


KINDS = ("found", "missing", "unexpected", "misplaced", "explained")


# --- what is true -------------------------------------------------------------------------------


class Round:
    """Counters who scan, in each rack, what they have not scanned there, until nothing is left."""

    def __init__(self, store: Store, chance: Random) -> None:
        self.store, self.chance = store, chance
        self.counters = {rack: chance.choice(store.depots) for rack in RACKS}
        self.scanned: dict[PlaceId, set[WeaponId]] = {rack: set() for rack in RACKS}
        self.done: set[PlaceId] = set()

    def left(self, rack: PlaceId) -> list[WeaponId]:
        return [
            one
            for one, place in self.store.truth.items()
            if place is not None and GROUND.lies_in(place, rack) and one not in self.scanned[rack]
        ]

    def scan(self, rack: PlaceId) -> None:
        """Scan one weapon of a rack, or leave the rack for good where none is left."""
        if rack in self.done:
            return
        left = self.left(rack)
        if not left:
            self.done.add(rack)
            return
        weapon = self.chance.choice(left)
        self.store.see(self.counters[rack], weapon, rack)
        self.scanned[rack].add(weapon)

    def finish(self) -> None:
        for rack in self.chance.sample(RACKS, 3):
            while rack not in self.done:
                self.scan(rack)


def counted(seed: int, wrong: dict[WeaponId, PlaceId | None] | None = None) -> Store:
    """A count from its opening to the end, while three depots move, issue and take back.

    ``wrong`` is where weapons really are although nobody wrote it: nobody touches them after.
    """
    chance = Random(seed)
    store = stocked(14)
    for _ in range(10):
        depot = chance.choice(store.depots)
        store.act(depot, chance.choice(_untouched(store, wrong)), chance.choice([*PLACES, None]))
        store.meet(chance.choice(store.depots), depot)
    opener = store.depots[0]
    store.open(opener)
    for depot in store.depots:
        store.meet(opener, depot)
    for weapon, place in (wrong or {}).items():
        store.truth[weapon] = place
    at_work = Round(store, chance)
    for _ in range(60):
        act = chance.random()
        if act < 0.5:
            at_work.scan(chance.choice(RACKS))
        elif act < 0.85:
            weapon = chance.choice(_untouched(store, wrong))
            store.act(chance.choice(store.depots), weapon, chance.choice([*PLACES, None]))
        else:
            giver, taker = chance.sample(store.depots, 2)
            store.meet(giver, taker)
    at_work.finish()
    store.meet_all()
    return store


def _untouched(store: Store, wrong: dict[WeaponId, PlaceId | None] | None) -> list[WeaponId]:
    return [one for one in store.truth if one not in (wrong or {})]


@pytest.mark.parametrize("seed", range(40))
def test_where_all_that_happens_is_recorded_nothing_is_missing_or_wrong(seed):
    store = counted(seed)
    kinds = {one: line.kind for one, line in lines_of(store, store.depots[1]).items()}
    assert set(kinds.values()) <= {"found", "explained"}


@pytest.mark.parametrize("seed", range(30))
def test_what_is_stolen_is_missing_and_what_is_put_elsewhere_misplaced_and_nothing_else(seed):
    in_racks = [one for one, place in stocked(14).truth.items() if place in RACKS]
    stolen, moved, *_ = Random(seed).sample(in_racks, len(in_racks))
    was = stocked(14).truth[moved]
    other = next(rack for rack in RACKS if rack != was)
    lines = lines_of(store := counted(seed, {stolen: None, moved: other}), store.depots[2])
    wrong = {one: line.kind for one, line in lines.items() if line.kind not in OUT_OF_QUESTION}
    assert wrong == {stolen: "missing", moved: "misplaced"}
    assert lines[moved].seen == (other,)
    assert (lines[moved].place, lines[stolen].expected) == (was, True)


OUT_OF_QUESTION = ("found", "explained")


# --- cases one by one ---------------------------------------------------------------------------


@pytest.fixture
def store():
    """One weapon in each of two racks, one elsewhere, one with a holder; the count is open."""
    one = Store()
    depot = one.depots[0]
    for place in (ONE, TWO, ELSEWHERE, ONE):
        one.register(depot, place)
    one.act(depot, OUT, None)
    one.open(depot)
    one.meet(depot, one.depots[1])
    return one


IN_ONE, IN_TWO, AWAY, OUT = (WeaponId(f"weapon-{number:03}") for number in range(4))


def line(store: Store, weapon: WeaponId, depot: int = 0) -> Line | None:
    return lines_of(store, store.depots[depot]).get(weapon)


def said(store: Store, weapon: WeaponId) -> tuple[str, str, Digest | None]:
    found = line(store, weapon)
    assert found is not None
    return found.kind, found.why, found.by


def test_what_nobody_saw_yet_is_missing_and_what_is_elsewhere_is_no_business(store):
    assert said(store, IN_ONE) == ("missing", "", None)
    assert line(store, AWAY) is None
    assert line(store, OUT) is None


def test_what_is_seen_where_the_record_says_is_found(store):
    store.see(store.depots[0], IN_ONE, ONE)
    assert said(store, IN_ONE) == ("found", "", None)


def test_a_record_that_is_less_or_more_exact_agrees(store):
    weapon = store.register(store.depots[0], SLOT)
    store.act(store.depots[0], weapon, SLOT)
    fact = store.see(store.depots[0], weapon, ONE)
    assert fact.body.place == SLOT  # compared with the record by who knows no plan of places
    assert line(store, weapon).kind == "explained"
    store.see(store.depots[0], IN_TWO, STORE)
    assert said(store, IN_TWO) == ("found", "", None)


def test_an_issue_before_the_scan_explains_a_weapon_that_is_not_seen(store):
    issue = store.act(store.depots[0], IN_ONE, None)
    assert said(store, IN_ONE) == ("explained", "left", issue.hash)


def test_an_issue_after_the_scan_takes_nothing_back(store):
    store.see(store.depots[0], IN_ONE, ONE)
    store.act(store.depots[0], IN_ONE, None)
    assert said(store, IN_ONE) == ("found", "", None)


def test_a_return_during_the_count_is_explained_seen_or_not(store):
    returned = store.act(store.depots[0], OUT, ONE)
    assert said(store, OUT) == ("explained", "arrived", returned.hash)
    store.see(store.depots[0], OUT, ONE)
    assert said(store, OUT) == ("explained", "arrived", returned.hash)
    assert not line(store, OUT).expected


def test_what_came_and_left_again_keeps_its_line(store):
    store.act(store.depots[0], OUT, ONE)
    left = store.act(store.depots[0], OUT, None)
    assert said(store, OUT) == ("explained", "left", left.hash)
    assert not line(store, OUT).expected


def test_what_was_moved_to_a_rack_that_was_counted_already_is_explained(store):
    store.see(store.depots[0], IN_TWO, TWO)
    moved = store.act(store.depots[0], IN_ONE, TWO)
    assert said(store, IN_ONE) == ("explained", "moved", moved.hash)


def test_a_move_hides_no_theft_where_the_rack_was_wholly_counted_after_it(store):
    store.act(store.depots[0], IN_ONE, TWO)
    store.see(store.depots[0], IN_TWO, TWO)
    assert said(store, IN_ONE) == ("missing", "", None)
    assert line(store, IN_ONE).place == TWO


def test_what_another_depot_did_cannot_be_ordered_and_explains(store):
    moved = store.act(store.depots[1], IN_ONE, TWO)
    store.see(store.depots[0], IN_TWO, TWO)
    store.meet(store.depots[1], store.depots[0])
    assert said(store, IN_ONE) == ("explained", "moved", moved.hash)


def test_a_move_that_the_counter_did_not_know_explains_where_it_was_seen(store):
    moved = store.act(store.depots[1], IN_ONE, TWO)
    store.see(store.depots[0], IN_ONE, TWO)
    assert said(store, IN_ONE) == ("misplaced", "", None)
    store.meet(store.depots[1], store.depots[0])
    assert said(store, IN_ONE) == ("explained", "moved", moved.hash)


def test_what_the_counter_knew_explains_nothing(store):
    store.act(store.depots[0], IN_ONE, TWO)
    store.act(store.depots[0], IN_ONE, THREE)
    store.see(store.depots[0], IN_ONE, TWO)
    assert said(store, IN_ONE) == ("misplaced", "", None)


def test_what_is_put_right_is_explained_by_what_put_it_right(store):
    store.see(store.depots[0], IN_ONE, TWO)
    moved = store.act(store.depots[0], IN_ONE, TWO)
    assert said(store, IN_ONE) == ("explained", "corrected", moved.hash)


@pytest.mark.parametrize(
    ("weapon", "body"),
    [
        (AWAY, None),
        (OUT, None),
        (IN_ONE, facts.WeaponLost("stolen")),
        (IN_ONE, facts.WeaponDispatched("W", ELSEWHERE)),
        (IN_ONE, facts.WeaponDestroyed("C")),
    ],
)
def test_what_is_not_on_record_as_being_here_is_unexpected(store, weapon, body):
    if body is not None:
        store.depots[0].write(weapon, body)
    store.see(store.depots[0], weapon, ONE)
    assert line(store, weapon).kind == "unexpected"


def test_two_places_are_two_sightings_and_the_later_one_that_knew_the_first_stands(store):
    store.see(store.depots[0], IN_ONE, TWO)
    store.see(store.depots[0], IN_ONE, ONE)
    found = line(store, IN_ONE)
    assert (found.kind, found.twice, found.seen) == ("found", True, (TWO, ONE))


def test_of_two_sightings_that_did_not_know_each_other_the_graver_stands(store):
    store.see(store.depots[0], IN_ONE, ONE)
    store.see(store.depots[1], IN_ONE, TWO)
    store.meet_all()
    assert [line(store, IN_ONE, depot).kind for depot in range(3)] == ["misplaced"] * 3


def test_the_last_round_stands(store):
    store.see(store.depots[0], IN_ONE, TWO)
    store.see(store.depots[1], IN_ONE, ONE, round_=2)
    store.meet_all()
    found = line(store, IN_ONE)
    assert (found.kind, found.recounted, found.twice) == ("found", True, False)


def test_two_accounts_of_where_it_was_at_the_opening_are_no_theft(store):
    disputed = Store()
    weapon = disputed.register(disputed.depots[0], ONE)
    disputed.meet_all()
    away = disputed.act(disputed.depots[1], weapon, ELSEWHERE)
    disputed.act(disputed.depots[0], weapon, TWO)
    disputed.meet_all()
    disputed.open(disputed.depots[0])
    assert said(disputed, weapon) == ("explained", "left", away.hash)


def test_a_count_of_some_types_minds_no_others():
    store = Store()
    rifle = store.register(store.depots[0], ONE, "ASR")
    pistol = store.register(store.depots[0], ONE, "PST")
    store.open(store.depots[0], types=("pst",))
    assert set(lines_of(store, store.depots[0])) == {pistol}
    store.see(store.depots[0], rifle, ONE)
    extra = line(store, rifle)
    assert (extra.kind, extra.expected) == ("found", False)


# --- the digest ---------------------------------------------------------------------------------


def test_the_digest_tells_lists_apart_and_minds_no_order(store):
    before = reconcile(store.scope, cases(store.scope, store.depots[0].all_facts()))
    store.see(store.depots[0], IN_ONE, ONE)
    after = reconcile(store.scope, cases(store.scope, store.depots[0].all_facts()))
    digest = reconciling.digest_of
    assert digest(after) == digest(reversed(after)) != digest(before)
    assert digest(after, ["stranger"]) != digest(after)


def test_no_instant_decides_anything(store):
    """The same facts with other clocks make the same lines, but for the instants in them."""
    store.act(store.depots[0], IN_ONE, TWO)
    store.see(store.depots[0], IN_TWO, TWO)
    plain = {
        one: (found.kind, found.why) for one, found in lines_of(store, store.depots[0]).items()
    }
    known = [msgspec.structs.replace(one, at=-one.at) for one in store.depots[0].all_facts()]
    again = reconcile(store.scope, cases(store.scope, known))
    assert {one.weapon: (one.kind, one.why) for one in again} == plain


def test_a_case_of_nothing_is_no_line():
    opened = StocktakeOpened("place", "serial", STORE)
    assert reconcile(Scope(STOCKTAKE, opened, GROUND), [Case(WeaponId("w"))]) == ()
