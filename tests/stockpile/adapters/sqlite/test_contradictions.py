"""The rows of conflicts come and go with the facts, each in its own scope."""

from __future__ import annotations

from stockpile.domain.facts import (
    BlockGranted,
    Draft,
    Mark,
    MarkingBegun,
    MarksSettled,
    MarkVoided,
    WeaponCorrected,
    WeaponMerged,
    WeaponRelocated,
    WeaponsDistinct,
)
from tests.helpers import officers
from tests.helpers.sites import Site


def kinds(depot):
    depot.books.check(deep=True)
    return sorted(conflict.kind for conflict in depot.books.conflicts())


def marked(depot, weapon, job, text="XX 1"):
    now = depot.books.weapon(weapon.id)
    begun = MarkingBegun(job, "s1", text, 1, "m")
    depot.books.record([Draft(weapon.id, begun, now.heads.marking)], by=None)


def test_duplicates_are_told_apart(depot):
    one, two, three = (depot.register_weapon("KB1") for _ in range(3))
    assert kinds(depot) == ["possible_duplicate"]
    for first, second in ((one, two), (one, three), (two, three)):
        depot.books.record([Draft(first.id, WeaponsDistinct(second.id, "seen"))], by=None)
    assert kinds(depot) == []


def test_a_corrected_serial_leaves_its_old_likeness(depot):
    one, _ = depot.register_weapon("KB1"), depot.register_weapon("KB1")
    fixed = (Mark("serial", "KB2", is_identity=True),)
    correct = Draft(one.id, WeaponCorrected("misread", marks=fixed), one.heads.identity)
    depot.books.record([correct], by=None)
    assert kinds(depot) == []
    depot.register_weapon("KB2")
    assert kinds(depot) == ["possible_duplicate"]


def test_one_text_on_two_weapons(depot):
    depot.books.record(officers.in_office(), by=None)
    one, two = depot.register_weapon("A"), depot.register_weapon("B")
    marked(depot, one, "j1")
    assert kinds(depot) == []
    marked(depot, two, "j2")
    assert kinds(depot) == ["mark_doubled"]
    now = depot.books.weapon(two.id)
    officers.by_two(depot.books, [Draft(two.id, MarkVoided("j2", "misprint"), now.heads.marking)])
    assert kinds(depot) == []


def test_one_text_on_two_records_of_one_weapon_is_no_conflict(depot):
    one, two = depot.register_weapon("A"), depot.register_weapon("B")
    marked(depot, one, "j1")
    marked(depot, two, "j2")
    depot.books.record([Draft(one.id, WeaponMerged(two.id, "same gun"))], by=None)
    assert kinds(depot) == []


def test_a_fork_is_open_until_it_is_settled_and_remembers_since_when(depot):
    weapon = depot.register_weapon()
    for place in ("p1", "p2"):
        depot.books.record(
            [Draft(weapon.id, WeaponRelocated(place), weapon.heads.custody)], by=None
        )
    assert kinds(depot) == ["custody_fork"]
    connection = depot.open().store.connection
    since = connection.execute("SELECT opened_at FROM conflict").fetchone()
    depot.books.record([Draft(weapon.id, WeaponRelocated("p3"), weapon.heads.custody)], by=None)
    assert connection.execute("SELECT opened_at FROM conflict").fetchone() == since
    now = depot.books.weapon(weapon.id)
    depot.books.record([Draft(weapon.id, WeaponRelocated("p1"), now.heads.custody)], by=None)
    assert kinds(depot) == []


def test_a_number_outside_its_block_whichever_is_heard_of_first(depot):
    depot.books.record(officers.in_office(), by=None)
    weapon = depot.register_weapon("A")
    now = depot.books.weapon(weapon.id)
    begun = MarkingBegun("j1", "s1", "XX 7", 7, "m", block="b1")
    depot.books.record([Draft(weapon.id, begun, now.heads.marking)], by=None)
    assert kinds(depot) == []  # nothing is known of that block
    officers.by_one(depot.books, [Draft("b1", BlockGranted(depot.keys.node, "s1", 1, 9))])
    assert kinds(depot) == ["mark_outside"]  # it came after the mark
    (raised,) = depot.books.conflicts()
    depot.books.rebuild()
    assert depot.books.conflicts() == (raised,)
    now = depot.books.weapon(weapon.id)
    accepted = MarksSettled(("j1",), "asked the registry", ("j1",))
    officers.by_one(depot.books, [Draft(weapon.id, accepted, now.heads.marking)])
    assert kinds(depot) == []


def test_a_number_of_no_named_block_is_held_against_what_its_node_holds(depot):
    depot.books.record(officers.in_office(), by=None)
    weapon = depot.register_weapon("A")
    officers.by_one(depot.books, [Draft("b1", BlockGranted(depot.keys.node, "s1", 1, 9))])
    for number in (7, 12):
        now = depot.books.weapon(weapon.id)
        begun = MarkingBegun(f"j{number}", "s1", f"XX {number}", number, "m")
        depot.books.record([Draft(weapon.id, begun, now.heads.marking)], by=None)
    (raised,) = [one for one in depot.books.conflicts() if one.kind == "mark_outside"]
    assert raised.about == ("j12", "")
    depot.books.check(deep=True)
    depot.books.rebuild()
    assert [one for one in depot.books.conflicts() if one.kind == "mark_outside"] == [raised]
    depot.books.check(deep=True)


def test_a_block_lent_to_it_and_heard_of_later_has_its_unnamed_numbers_judged_again(depot):
    depot.books.record(officers.in_office(), by=None)
    weapon = depot.register_weapon("A")
    officers.by_one(depot.books, [Draft("b1", BlockGranted(depot.keys.node, "s1", 1, 9))])
    begun = MarkingBegun("j1", "s1", "XX 12", 12, "m")
    heads = depot.books.weapon(weapon.id).heads.marking
    depot.books.record([Draft(weapon.id, begun, heads)], by=None)
    assert kinds(depot) == ["mark_outside"]
    lender = Site()
    lender.found_with_officers()
    lender.by_one(Draft("b2", BlockGranted(depot.keys.node, "s1", 10, 19)))
    depot.books.trust(lender.node, lender.keys.public_key)
    depot.books.receive(lender.entries)
    assert kinds(depot) == []
    depot.books.check(deep=True)
