"""Two depots without a line write of the same weapons; then they meet through the registry.

A weapon registered twice, one moved to two places, one number on two weapons, a count that saw
something else: each is one card, the same on both desks and at the registry, with both sides. One
key settles each, and nothing that anybody wrote is gone.
"""

from __future__ import annotations

from stockpile.domain.facts import Draft, MarkingBegun, MarkingEnded, WeaponCounted, WeaponRelocated
from stockpile.domain.values import JobId, PlaceId, SchemeId
from stockpile.registry import settling
from tests.helpers.joined import sync

KINDS = {"possible_duplicate", "custody_fork", "mark_doubled", "count_mismatch"}


def wrote(house, weapon, *bodies, saw=()):
    """Write of a weapon at one depot, over what stands there."""
    books = house.stockpile.books
    for body in bodies:
        stands = books.weapon(weapon)
        aspect = stands.heads.custody if isinstance(body, WeaponRelocated) else ()
        marks = stands.heads.marking if isinstance(body, MarkingBegun | MarkingEnded) else ()
        books.record([Draft(weapon, body, (*aspect, *marks), saw)], by=house.officer.id)


def marked(house, weapon, job):
    """A number that another copy of this home draws as well: the same text on the metal."""
    begun = MarkingBegun(JobId(job), SchemeId("s"), "UGA AAA 0007 K", 7, "machine")
    wrote(house, weapon, begun, MarkingEnded(JobId(job), "marked"))


def on_cards(house):
    """The cards of a desk, by conflict: what was written behind them."""
    shown = house.stockpile.conflict_room.shown().cards
    return {one.id: (one.card.conflict.kind, one.card.version) for one in shown}


def at_the_registry(registry):
    with registry.books.reading() as connection:
        cards = settling.room(connection).cards
    return {one.conflict.id: (one.conflict.kind, one.version) for one in cards}


def settled(house, kind, number, reason):
    """Press the number of a choice, give the reason, and Enter."""
    room = house.stockpile.conflict_room
    shown = next(one for one in room.shown().cards if one.card.conflict.kind == kind)
    room.settle(shown.id, number, reason, shown.card.version, by=house.officer)


def everything(house):
    """Every fact of every chain that a depot holds."""
    return {fact.hash for fact in house.stockpile.books.since(())}


def test_each_contradiction_is_one_card_everywhere_and_one_key_settles_it(depots, registry):
    here, there = depots
    shared = here.register("KB 1")
    other = there.register("KB 2")
    sync(here, there, here)

    # no line for weeks
    twin_here, twin_there = here.register("KB 3"), there.register("KB 3")
    wrote(here, shared, WeaponRelocated(here.stockpile.people.site()))
    wrote(there, shared, WeaponRelocated(there.stockpile.people.site()))
    marked(here, twin_here, "j1")
    marked(there, other, "j2")
    counted = here.stockpile.books.weapon(other).heads.custody
    elsewhere = PlaceId(here.stockpile.people.site())
    wrote(here, other, WeaponCounted("count", elsewhere), saw=counted)
    before = everything(here) | everything(there)

    sync(here, there, here)
    cards = on_cards(here)
    assert {kind for kind, _version in cards.values()} == KINDS
    assert len(cards) == len(KINDS)
    assert on_cards(there) == cards == at_the_registry(registry)
    assert before <= everything(here) & everything(there)
    (fork,) = here.stockpile.conflict_room.shown("custody_fork").cards
    assert {side.fact.node for side in fork.card.sides} == {
        here.stockpile.keys.node, there.stockpile.keys.node,
    }  # fmt: skip

    settled(here, "custody_fork", 2, "telephoned: it is there")
    settled(there, "possible_duplicate", 3, "two rifles, both were seen")
    settled(there, "mark_doubled", 1, "read the metal")
    settled(here, "count_mismatch", 1, "counted again: the first count was wrong")
    sync(here, there, here)
    assert on_cards(here) == on_cards(there) == at_the_registry(registry) == {}
    for weapon in (shared, other, twin_here, twin_there):
        held = [one.stockpile.books.weapon(weapon) for one in depots]
        assert held[0] == held[1] == registry.books.weapon(weapon)
    assert before < everything(here) == everything(there)
    for one in depots:
        one.stockpile.checking.check(deep=True)


def test_settled_differently_at_both_ends_it_is_one_card_again(depots, registry):
    here, there = depots
    weapon = here.register("KB 1")
    sync(here, there)
    for house in depots:
        wrote(house, weapon, WeaponRelocated(house.stockpile.people.site()))
    sync(here, there, here)
    settled(here, "custody_fork", 1, "we think it is in the first")
    settled(there, "custody_fork", 2, "we think it is in the second")
    assert on_cards(here) == on_cards(there) == {}
    sync(here, there, here)
    (kind, _version), = on_cards(here).values()  # fmt: skip
    assert kind == "custody_fork"
    assert on_cards(here) == on_cards(there) == at_the_registry(registry)
    settled(there, "custody_fork", 1, "both officers went there")
    sync(there, here)
    assert on_cards(here) == on_cards(there) == at_the_registry(registry) == {}
