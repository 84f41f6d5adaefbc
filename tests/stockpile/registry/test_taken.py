"""Numbers that others took by themselves are stepped over, and one wrong fact takes few."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from stockpile.domain.facts import BlockGranted, Draft, MarkingBegun
from stockpile.registry import taken
from stockpile.registry.tables import CLAIM, DRAWN
from stockpile.registry.taken import WIDEST_CLAIM
from tests.helpers.sites import a_weapon

SCHEME = "UG_STATE"
LARGEST = 99_999


def claims(site, lo, hi, scheme=SCHEME):
    return Draft(f"block {lo}", BlockGranted(site.node, scheme, lo, hi))


def begins(number, scheme=SCHEME):
    begun = MarkingBegun(f"job {number}", scheme, f"UG {number}", number, "bench")
    return Draft(f"weapon {number}", begun)


def hear(registry, site, *drafts, own=None):
    """Let the registry follow what a site wrote."""
    site.write(*drafts)
    facts = site.facts[-len(drafts) :]
    with registry.books.writing() as connection:
        taken.follow(connection, own or registry.books.key.node, facts)


def free(registry, lo=1, count=10, scheme=SCHEME, largest=LARGEST):
    with registry.books.reading() as connection:
        return taken.first_free(connection, scheme, lo, count, largest)


def held(registry):
    """How many claims and drawn numbers are held."""
    with registry.books.reading() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (CLAIM, DRAWN)
        ]


def test_where_nobody_took_anything_the_first_number_is_free(registry):
    assert free(registry) == 1
    assert free(registry, lo=500) == 500


def test_claims_and_drawn_numbers_are_stepped_over_until_all_fit_in_a_row(registry, site):
    hear(registry, site, claims(site, 1, 100), claims(site, 108, 120), begins(125))
    assert free(registry) == 126
    assert free(registry, count=7) == 101
    assert free(registry, lo=130) == 130


def test_another_scheme_has_numbers_of_its_own(registry, site):
    hear(registry, site, claims(site, 1, 100), begins(101))
    assert free(registry, scheme="UG_ARMY") == 1


def test_at_the_end_of_the_digits_there_is_none(registry, site):
    hear(registry, site, claims(site, 1, 990))
    assert free(registry, count=9, largest=999) == 991
    assert free(registry, count=10, largest=999) is None


def test_the_registrys_own_grants_are_no_claims(registry, site):
    hear(registry, site, claims(site, 1, 100), own=site.node)
    assert (free(registry), held(registry)) == (1, [0, 0])


def test_a_claim_of_a_node_that_is_no_longer_trusted_stands_in_nobodys_way(registry, site):
    hear(registry, site, claims(site, 1, 100), begins(7))
    registry.enrolment.revoke(site.node, "stolen")
    assert free(registry) == 8  # what is cut is cut


@pytest.mark.parametrize(
    ("lo", "hi"),
    [(0, 10), (-5, 5), (20, 10), (1, WIDEST_CLAIM + 1), (10**12, 10**12)],
)
def test_a_claim_that_cannot_be_is_none(registry, site, lo, hi):
    hear(registry, site, claims(site, lo, hi))
    assert held(registry) == [0, 0]


def test_the_widest_claim_counts(registry, site):
    hear(registry, site, claims(site, 1, WIDEST_CLAIM))
    assert free(registry, largest=10**8) == WIDEST_CLAIM + 1


@pytest.mark.parametrize("number", [0, -1, 10**12])
def test_a_mark_without_a_number_takes_none(registry, site, number):
    hear(registry, site, begins(number))
    assert held(registry) == [0, 0]


def test_what_was_heard_twice_is_held_once(registry, site):
    hear(registry, site, claims(site, 1, 100), begins(7))
    hear(registry, site, claims(site, 1, 100), begins(7))
    assert held(registry) == [1, 1]


def test_other_facts_take_nothing(registry, site):
    hear(registry, site, a_weapon("w1"))
    assert held(registry) == [0, 0]


def test_what_was_followed_is_forgotten_and_then_all_is_free(registry, site):
    hear(registry, site, claims(site, 1, 100), begins(7))
    with registry.books.writing() as connection:
        taken.forget(connection)
    assert (free(registry), held(registry)) == (1, [0, 0])


def test_the_ledger_is_gone_through_once_only(registry, site):
    hear(registry, site, claims(site, 1, 100))
    with registry.books.writing() as connection:
        taken.forget(connection)
        taken.begin(connection, registry.books.key.node)
    assert held(registry) == [0, 0]
