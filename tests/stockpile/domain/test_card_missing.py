"""A weapon that a count missed: book and count beside each other, closed by what answers it."""

from __future__ import annotations

from stockpile.domain import conflicts, facts, references
from stockpile.domain.cards import card_of
from stockpile.domain.facts import Horizon, InvestigationClosed, InvestigationOpened
from stockpile.domain.references import Reference
from tests.helpers.deciding import NORTH, SOUTH, meet, settle, two
from tests.helpers.strategies import WEAPON

LATE = facts.WeaponRelocated(SOUTH)


def missed(depot):
    """The conflict of the investigation as a depot knows it."""
    reference = Reference("inquiry")
    for fact in depot.known.get("inquiry", {}).values():
        reference = references.after(reference, fact)
    return conflicts.count_missing(reference)


def counted(depot):
    """Close a count that did not find the weapon; what the depot knew is its horizon."""
    known = (Horizon(depot.node, depot.seq),)
    depot.write("count", facts.StocktakeClosed(1, 0, 1, 0, horizon=known))
    depot.write("inquiry", InvestigationOpened("missing", "count", WEAPON, NORTH))


def card(depot):
    return card_of(missed(depot), depot.all_facts(), [depot.weapon(WEAPON)])


def test_a_count_that_missed_it_and_the_book_are_two_sides():
    here, _there = two()
    counted(here)
    shown = card(here)
    assert [dict(one.says).get("place") for one in shown.sides] == [NORTH, NORTH]
    assert shown.differs == {"status", "counted"}
    assert shown.choices == ()


def test_a_move_of_another_node_that_came_late_answers_it():
    here, there = two()
    there.write(WEAPON, LATE)
    counted(here)
    meet(here, there)
    shown = card(here)
    (choice,) = shown.choices
    assert (choice.kind, choice.act, choice.about) == ("answered", "investigate", "explained")
    assert shown.sides[choice.side].fact.body == LATE
    (closed,) = settle(here, choice)
    assert isinstance(closed.body, InvestigationClosed)
    assert closed.body.evidence == (shown.sides[choice.side].fact.hash,)
    assert missed(here) is None
    meet(there, here)
    assert missed(there) is None


def test_what_the_count_knew_answers_nothing():
    here, _there = two()
    here.write(WEAPON, LATE)
    counted(here)
    assert card(here).choices == ()


def test_only_what_a_count_missed_of_one_weapon_is_such_a_card():
    here, _there = two()
    for opened in (
        InvestigationOpened("missing", "count"),
        InvestigationOpened("short", "waybill", WEAPON),
        InvestigationOpened("stranger", "count", said="XX"),
    ):
        fact = here.write("inquiry", opened)
        assert conflicts.count_missing(references.after(Reference("inquiry"), fact)) is None
