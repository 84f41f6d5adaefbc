from __future__ import annotations

import pytest

from stockpile import wording
from stockpile.domain import card_records, cards, conflicts, facts
from stockpile.domain.codec import LARGEST_INTEGER
from stockpile.domain.values import Digest, WeaponId
from tests.helpers.deciding import (
    REGISTERED,
    card_at,
    kinds,
    meet,
    settle,
    the,
    two,
)
from tests.helpers.depots import START, Depot
from tests.helpers.strategies import OTHER, WEAPON

DAY = 86_400_000


def test_two_corrections_of_different_fields_may_both_be_right():
    here, there = two()
    here.write(WEAPON, facts.WeaponCorrected("seen", year="1974"))
    there.write(WEAPON, facts.WeaponCorrected("seen", model="N"))
    meet(here, there)
    card = card_at(here, the("identity_fork", here))
    assert card.differs == {"year", "model"}
    assert [one.kind for one in card.choices] == ["stands", "stands", "combined"]
    settle(here, card.choices[2])
    weapon = here.weapon(WEAPON)
    assert (weapon.year, weapon.model, kinds(here)) == ("1974", "N", set())


def test_of_one_field_one_value_is_right_and_what_goes_with_it_follows():
    here, there = two()
    here.write(WEAPON, facts.KitSet((facts.KitItem("sling"),)))
    there.write(WEAPON, facts.WeaponCorrected("seen", model="N"))
    meet(here, there)
    card = card_at(here, the("identity_fork", here))
    at = next(n for n, one in enumerate(card.sides) if dict(one.says).get("kit") == ("1 sling",))
    settle(here, next(one for one in card.choices if one.side == at))
    weapon = here.weapon(WEAPON)
    assert (weapon.model, weapon.kit) == ("M", (facts.KitItem("sling"),))
    assert kinds(here) == set()


def test_an_inspection_that_stands_keeps_its_finding_and_date():
    here, there = two()
    here.write(WEAPON, facts.WeaponInspected("incomplete", due="2027-01-01", unfit=True))
    there.write(WEAPON, facts.WeaponInspected("serviceable"))
    meet(here, there)
    card = card_at(here, the("condition_fork", here))
    at = next(n for n, one in enumerate(card.sides) if ("unfit", "yes") in one.says)
    settle(here, card.choices[at])
    weapon = here.weapon(WEAPON)
    assert (weapon.condition, weapon.unfit, weapon.inspect_by) == ("incomplete", True, "2027-01-01")


def test_three_look_alikes_are_joined_or_told_apart_at_once():
    here, _ = two()
    third = WeaponId("019a0000-0000-7000-8000-000000000003")
    for one in (OTHER, third):
        here.write(one, REGISTERED)
    card = card_at(here, the("possible_duplicate", here))
    assert [one.kind for one in card.choices] == ["same_weapon"] * 3 + ["different_weapons"]
    assert card.sides[0].photos == (facts.Photo(Digest("1" * 64), "left"),)
    for choice, standing in ((card.choices[1], 1), (card.choices[3], 3)):
        depot = Depot("cc")
        depot.learn(here.all_facts())
        settle(depot, choice)
        assert sum(one.stands for one in depot.held.values()) == standing
        assert kinds(depot) == set()


def test_an_entry_without_right_is_accepted_or_not():
    here, _ = two()
    forged = here.write(WEAPON, facts.WeaponDestroyed("C-1"))
    entry = Digest("e" * 64)
    conflict = conflicts.authority(entry, (here.node, "2", "destroy", "one_officer"), [WEAPON])
    card = cards.card_of(conflict, [forged], [])
    assert [one.fact for one in card.sides] == [forged]
    assert card.sides[0].says == (("lacks", "one_officer"), ("wants", "destroy"), ("entries", "2"))
    assert [(one.kind, one.act) for one in card.choices] == [
        ("accept", "judge_entry"), ("refuse", "judge_entry"),
    ]  # fmt: skip
    (draft,) = card.choices[1].drafts("nobody destroyed it")
    assert draft.subject == entry
    assert draft.body == facts.EntryJudged(
        here.node, 2, accepted=False, reason="nobody destroyed it"
    )
    earlier = here.write(entry, draft.body)
    (again,) = cards.card_of(conflict, [forged, earlier], []).choices[0].drafts("it was")
    assert again.replaces == (earlier.hash,)


def test_what_a_node_wrote_of_its_clock_dates_an_entry_without_right_and_is_no_side_of_it():
    here, _ = two()
    far = START + 40 * DAY
    forged = here.write(WEAPON, facts.WeaponDestroyed("C-1"), now=far)
    compared = here.write("clock", facts.ClockObserved(-40 * DAY, "registry"), now=far + 1)
    about = (here.node, "2", "sync", "revoked")
    conflict = conflicts.authority(Digest("e" * 64), about, [WEAPON])
    plain = cards.card_of(conflict, [forged], [])
    assert (plain.sides[0].clock_doubted, plain.since) == (False, far)
    (side,) = (card := cards.card_of(conflict, [forged], [], clocks=[compared])).sides
    assert (side.fact, side.clock_doubted) == (forged, True)
    assert side.says == (("lacks", "revoked"), ("entries", "2"))
    assert (card.since, card.due) == (START, START + 7 * DAY)


@pytest.mark.parametrize("offset", [LARGEST_INTEGER, -LARGEST_INTEGER])
def test_a_comparison_that_says_anything_leaves_a_day_by_which_a_card_is_due(offset):
    here, _ = two()
    forged = here.write(WEAPON, facts.WeaponDestroyed("C-1"))
    compared = here.write("clock", facts.ClockObserved(offset, "registry"))
    conflict = conflicts.authority(Digest("e" * 64), (here.node, "2", "destroy", "no_right"), ())
    due = cards.card_of(conflict, [forged], [], clocks=[compared]).due
    assert len(wording.instant(due)) == len("2026-10-01 00:00")


def test_several_entries_on_one_card_are_decided_about_one_by_one():
    here, _ = two()
    made = []
    for number in (2, 3):
        fact = here.write("clock", facts.ClockObserved(0, "registry"))
        about = (here.node, str(number), "sync", "revoked")
        made.append(
            cards.card_of(conflicts.authority(Digest(f"{number}" * 64), about, ()), [fact], [])
        )
    assert card_records.together(made[:1]) is made[0]
    both = card_records.together(made, more=4)
    assert (both.conflict, both.more, len(both.sides)) == (made[0].conflict, 4, 2)
    assert both.sides == made[0].sides + made[1].sides
    for at, accepted in enumerate((True, False)):
        drafts = both.choices[at].drafts("looked at it")
        assert [(one.subject[0], one.body.number) for one in drafts] == [("2", 2), ("3", 3)]
        assert {one.body.accepted for one in drafts} == {accepted}
    assert both.version != card_records.together(made[::-1]).version != made[0].version


def test_of_several_decisions_the_one_about_the_last_entry_is_told():
    here, _ = two()
    bodies = [facts.EntryJudged(here.node, number, True, "looked at it") for number in (9, 10, 8)]  # noqa: FBT003
    drafts = [facts.Draft(f"{one.number}", one) for one in bodies]
    assert (
        card_records.judged_last([facts.Draft("note", facts.ClockObserved(0, "gps")), *drafts])
        == bodies[1]
    )
