"""The counter as values: whose what is, what is red, and what goes to the services."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import KitItem
from stockpile.domain.holders import Holder
from stockpile.domain.issuing import Line, Objection, Terms
from stockpile.domain.lots import Lot, RoundsBack, RoundsOut
from stockpile.domain.values import PersonId, WeaponId
from stockpile.domain.weapons import Weapon
from ui.view_models.counter import Ammunition, Counter, Header, Item, Person, offered, weapon_ids

KIT = (KitItem("magazine", 3), KitItem("sling"))
OTIM, WERE = (Holder(PersonId(key), name) for key, name in (("p1", "P. Otim"), ("p2", "J. Were")))
LOT = Lot("lot", "Ball", number="17-539", quantity=5000)


def item(key="w1", holder=None, **said):
    return Item(Weapon(id=WeaponId(key)), KIT, offered(KIT), holder, **said)


def test_what_lies_there_is_whose_comes_next():
    counter = Counter().put(item()).put(item("w2")).face(Person(OTIM)).face(Person(WERE))
    assert [one.holder for one in counter.items] == [OTIM, OTIM]
    assert (counter.leader, counter.person.holder) == (OTIM, WERE)
    assert counter.nobodys == ()


def test_a_weapon_lies_there_once_and_what_is_said_last_of_it_counts():
    counter = Counter().put(item(holder=OTIM)).put(item("w2")).put(item(holder=WERE))
    assert weapon_ids(counter) == ("w1", "w2")
    assert counter.item.holder == WERE


def test_the_first_to_take_something_leads_and_the_next_one_after_they_are_gone():
    counter = Counter().put(item(holder=OTIM)).put(item("w2", WERE))
    assert counter.signer == OTIM
    left = counter.without("w1")
    assert (left.leader, left.signer, left.chosen) == (WERE, WERE, "w2")
    assert left.without("w2").is_empty


def test_one_alone_signs_for_themselves():
    counter = Counter().put(item(holder=OTIM))
    assert counter.signer == OTIM
    assert counter.hand_over().leader is None
    both = counter.put(item("w2", WERE))
    assert both.hand_over().leader == OTIM.id


@pytest.mark.parametrize(
    ("against", "override", "red", "barred"),
    [
        ((), "", False, False),
        ((Objection("not_cleared"),), "", True, False),
        ((Objection("not_cleared"),), "because", False, False),
        ((Objection("lost"),), "because", True, True),
    ],
)
def test_what_is_red(against, override, red, barred):
    one = item(against=against, override=override)
    assert (one.is_red, one.is_barred) == (red, barred)


def test_kit_goes_down_part_by_part_and_is_whole_again_below_none():
    one = item()
    assert one.short == ()
    less = one.with_less()
    assert (less.counts, less.short) == ((2, 1), (KitItem("magazine", 1),))
    without = less.with_less(1)
    assert without.present == (KitItem("magazine", 2),)
    assert without.with_less(1).counts == (2, 1)
    none = replace(one, counts=(0, 0)).with_less()
    assert none.counts == (3, 0)
    assert Item(one.weapon).with_less() == Item(one.weapon)


def test_what_waits_and_what_is_nobodys_is_not_handed_over():
    header = Header("18:00", "Gate", "North gate", "assignment")
    counter = Counter(header=header).put(item(holder=OTIM)).put(item("w2", WERE, waits=True))
    counter = counter.put(item("w3")).put_rounds(Ammunition(LOT, OTIM, 90))
    handed = counter.hand_over()
    assert counter.waiting == 1
    assert handed.lines == (Line(WeaponId("w1"), OTIM.id, KIT),)
    assert handed.rounds == (RoundsOut("lot", OTIM.id, 90),)
    assert (handed.terms, handed.patrol) == (Terms("18:00", "Gate", "assignment"), "North gate")


def test_one_lot_of_one_person_is_one_line():
    counter = Counter().put_rounds(Ammunition(LOT, OTIM, 90)).put_rounds(Ammunition(LOT, OTIM, 60))
    assert [one.quantity for one in counter.rounds] == [60]
    assert counter.ammunition.quantity == 60


def test_what_comes_back_is_told_with_what_is_short():
    counter = Counter("return").put(item(holder=OTIM, remarks="dirty").with_less(1))
    counter = counter.put_rounds(Ammunition(LOT, OTIM, 60, 90, 20, 10))
    (back,) = counter.backs()
    assert (back.short, back.remarks) == ((KitItem("sling"),), "dirty")
    assert counter.rounds_back() == (RoundsBack("lot", OTIM.id, 60, 20, 10),)
    bare = counter.put_rounds(Ammunition(LOT, OTIM, 0, 90))
    assert bare.rounds_back() == ()


def test_who_stands_there_while_things_come_back_changes_nothing():
    counter = Counter("return").put(item(holder=OTIM)).face(Person(WERE))
    assert counter.items[0].holder == OTIM
    assert counter.person.holder == WERE


def test_what_holds_for_the_next_hand_over_stays():
    counter = Counter(header=Header(purpose="Gate")).put(item(holder=OTIM))
    empty = counter.emptied("return")
    assert (empty.mode, empty.is_empty, empty.header.purpose) == ("return", True, "Gate")


def test_one_reason_serves_the_chosen_or_all_that_need_one():
    red = (Objection("unfit"),)
    counter = Counter().put(item(holder=OTIM, against=red)).put(item("w2", OTIM, against=red))
    assert [one.override for one in counter.overridden("range day").items] == ["", "range day"]
    good = counter.put(item("w3", OTIM))
    assert [one.override for one in good.overridden("range day").items] == [
        "range day", "range day", "",
    ]  # fmt: skip
    barred = Counter().put(item(holder=OTIM, against=(Objection("lost"),)))
    assert barred.overridden("because") == barred


def test_what_is_said_of_nothing_changes_nothing():
    for empty in (Counter(), Counter("return")):
        assert empty.with_less() == empty.noted("", "dirty") == empty.counted(9, 0, 0) == empty
    out = Counter().put(item(holder=OTIM))
    assert out.noted("", "dirty") == out  # it does not come back
    back = Counter("return").put(item(holder=OTIM)).noted("repairable", "damaged")
    assert (back.item.condition, back.item.remarks) == ("repairable", "damaged")
    assert back.noted("repairable", "damaged").item == item(holder=OTIM)
