"""The centre settles what two depots wrote: on each desk that comes after what it settles.

A registry writes seldom and a depot all day: by the numbers of their own entries the settling would
seem older than the records it settles.
"""

from __future__ import annotations

from stockpile.domain import weapons
from stockpile.domain.facts import WeaponMerged
from stockpile.registry import acts, settling
from stockpile.registry.dossiers import dossier
from tests.helpers.joined import sync
from tests.helpers.visitors import House


def at_the_registry(registry, weapon):
    with registry.books.reading() as connection:
        return [one.fact.hash for one in dossier(connection, weapon).events]


def at_the_desk(house, weapon):
    known = house.stockpile.books.history(weapon)
    return [one.hash for one in weapons.in_causal_order(known)]


def merged(registry, by):
    """Settle the one conflict as the registry's page does: two records are one rifle."""
    with registry.books.reading() as connection:
        (card,) = settling.room(connection).cards
    choice = next(one for one in card.choices if one.kind == "same_weapon")
    drafts = choice.drafts("one rifle, written down twice")
    assert acts.perform(registry.books, choice.act, drafts, "looked at it", by=by) == "done"


def test_a_settling_is_the_newest_line_on_both_desks_and_at_the_registry(depots, registry):
    here, there = depots
    by = House(registry).first().signer()
    for number in range(12):
        here.register(f"KB {number}")
    twins = [here.register("AK 1"), there.register("AK 1")]
    sync(here, there)
    merged(registry, by)
    later = here.register("KB 99")
    sync(here, there, here)
    said = [one for twin in twins for one in registry.books.history(twin)]
    (settled,) = (one for one in said if isinstance(one.body, WeaponMerged))
    of_the_depots = [one.lamport for one in said if one.node != settled.node]
    assert settled.lamport > max(of_the_depots)
    for twin in twins:
        held = at_the_registry(registry, twin)
        assert at_the_desk(here, twin) == at_the_desk(there, twin) == held
    assert at_the_registry(registry, settled.subject)[-1] == settled.hash
    # what the depot writes once it has heard of the settling comes after that
    sync(here)
    newest = here.register("KB 100")
    (born,) = here.stockpile.books.history(newest)
    (before,) = here.stockpile.books.history(later)
    assert before.lamport < born.lamport
    assert born.lamport > settled.lamport
