"""Places within places, what a count is about, and samples that everybody draws alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import counting, facts
from stockpile.domain.counting import Case, Ground, Scope, Tally, sample
from stockpile.domain.facts import StocktakeOpened
from stockpile.domain.values import Digest, PlaceId, WeaponId
from stockpile.domain.weapons import Custody
from tests.helpers.counts import ELSEWHERE, GROUND, RACKS, SLOT, STOCKTAKE, STORE, Store

ONE, TWO, _ = RACKS


def test_places_lie_in_one_another():
    assert GROUND.path(SLOT) == (SLOT, ONE, STORE)
    assert GROUND.lies_in(SLOT, STORE)
    assert not GROUND.lies_in(STORE, SLOT)
    assert GROUND.touches(STORE, SLOT)
    assert GROUND.touches(SLOT, STORE)
    assert not GROUND.touches(ONE, TWO)
    assert not GROUND.touches(None, ONE)
    assert not GROUND.lies_in(PlaceId("never heard of"), STORE)


def test_a_ring_of_places_that_only_a_merge_makes_ends():
    ring = Ground({ONE: TWO, TWO: ONE})
    assert ring.path(ONE) == (ONE, TWO)


def scope(**said) -> Scope:
    told = {"scope": "place", "basis": "serial", "place": STORE} | said
    return Scope(STOCKTAKE, StocktakeOpened(**told), GROUND)


def custody(state="in_store", place=ONE) -> Custody:
    return Custody(Digest("a" * 64), state, 0, place)


def test_a_count_is_about_what_is_stored_in_its_places():
    assert scope().holds(custody(place=SLOT))
    assert scope().holds(custody("collected"))
    assert not scope().holds(custody(place=ELSEWHERE))
    assert not scope().holds(custody("issued"))
    assert not scope().holds(custody(place=None))
    assert scope(place=None).holds(custody(place=ELSEWHERE))


def test_a_sample_is_drawn_from_what_was_expected_and_of_the_types_asked_for():
    cases = [
        Case(WeaponId(f"{number:02}"), ("ASR", "PST")[number % 2], (custody(),))
        for number in range(20)
    ]
    elsewhere = Case(WeaponId("99"), "PST", (custody(place=ELSEWHERE),))
    drawn = scope(percent=25, seed="s", types=("pst",)).drawn([*cases, elsewhere])
    assert len(drawn.sample) == 3
    assert {one[-1] for one in drawn.sample} <= set("13579")
    assert scope().drawn(cases).sample is None


def test_a_sighting_names_what_its_author_knew_and_the_place_on_record_where_they_agree():
    store = Store()
    depot = store.depots[0]
    weapon = store.register(depot, SLOT)
    store.open(depot)
    first = store.see(depot, weapon, TWO)
    draft = counting.sighting(
        depot.weapon(weapon), store.scope, facts.WeaponCounted(STOCKTAKE, STORE, seen=7)
    )
    assert draft.body == facts.WeaponCounted(STOCKTAKE, SLOT, seen=7)
    assert draft.saw == (*depot.weapon(weapon).heads.custody, first.hash)


def test_numbers_with_a_line_added_and_taken_out_are_the_same():
    line = counting.Line(WeaponId("w"), "misplaced", expected=True, twice=True)
    assert Tally().with_line(line).with_line(line, -1) == Tally()
    assert Tally().with_line(line) == Tally(expected=1, misplaced=1, twice=1)


# --- samples ------------------------------------------------------------------------------------

names = st.lists(st.integers(0, 999).map(lambda one: WeaponId(f"{one:03}")), unique=True)


@given(names, st.integers(1, 100), st.text(max_size=4))
def test_a_sample_is_rounded_up_and_the_same_for_all(ids, percent, seed):
    drawn = sample(ids, percent, seed)
    assert drawn == sample(reversed(ids), percent, seed)
    assert set(drawn) <= set(ids)
    least = max(1, -(-len(ids) * percent // 100)) if ids else 0
    assert len(drawn) == min(least, len(ids))


def test_another_seed_draws_another_sample():
    ids = [WeaponId(f"{number:03}") for number in range(200)]
    drawn = {sample(ids, 10, seed) for seed in "abcdefgh"}
    assert len(drawn) == 8
    met = {one for some in drawn for one in some}
    assert len(met) > 80  # nobody is beyond the lot
