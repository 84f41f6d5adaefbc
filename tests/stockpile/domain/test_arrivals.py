"""Every scan at the lorry has exactly one verdict, and every difference its investigation."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import arrivals, weapons
from stockpile.domain.arrivals import Finding
from stockpile.domain.errors import FieldMissing, WaybillSettled
from stockpile.domain.facts import (
    Draft,
    InvestigationOpened,
    WaybillOpened,
    WaybillReceived,
    WeaponDispatched,
    WeaponLost,
    WeaponReceived,
    Wrong,
)
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import Digest, NodeId, WeaponId
from tests.helpers.builders import RACK, STORE, a_registration, recorded
from tests.helpers.nightly import examples

IDS = [WeaponId(f"weapon-{number}") for number in range(6)]


def a_weapon(number, serial=""):
    born = a_registration(serial or f"KB {number}", weapon=IDS[number])
    return weapons.folded(IDS[number], recorded(born))


def on_the_road(number):
    first = a_weapon(number)
    left = Draft(first.id, WeaponDispatched("w1", STORE), first.heads.custody)
    born = a_registration(f"KB {number}", weapon=IDS[number])
    return weapons.folded(first.id, recorded(born, left))


LISTED = [on_the_road(number) for number in range(4)]


def a_waybill(receipt=None, state="open"):
    opened = WaybillOpened("WB-1", tuple(IDS[:4]), STORE)
    return Waybill("w1", NodeId("a" * 16), opened, state, (Digest("h"),), receipt)


def after(*scans, waybill=None):
    checked = arrivals.checklist(waybill or a_waybill(), LISTED)
    verdicts = []
    for text, weapon in scans:
        checked, scan = checked.scanned(text, weapon)
        verdicts.append(scan.verdict)
    return checked, verdicts


def test_each_scan_has_one_verdict_and_the_rest_is_short():
    namesake = a_weapon(5, "KB-1")  # another weapon with the serial of an expected one
    checked, verdicts = after(
        ("KB 0", LISTED[0]), ("KB 0", LISTED[0]), ("KB 4", a_weapon(4)), ("KB 1", namesake),
        ("ZZ 9", None), ("zz-9", None),
    )  # fmt: skip
    assert verdicts == ["received", "twice", "over", "wrong", "unknown", "twice"]
    assert checked.received == (IDS[0],)
    assert checked.over == (IDS[4],)
    assert checked.wrong == (Wrong(IDS[1], "KB 1"),)
    assert checked.unknown == ("ZZ 9",)
    assert checked.short == (IDS[2], IDS[3])


def test_an_expected_weapon_that_comes_after_its_namesake_is_received():
    checked, _ = after(("KB 1", a_weapon(5, "KB-1")), ("KB 1", LISTED[1]))
    assert (checked.received, checked.wrong) == ((IDS[1],), ())


def test_a_label_on_another_serial_makes_it_wrong_and_undo_takes_the_last_scan_back():
    checked, _ = after(("TAG", LISTED[0]), ("KB 2", LISTED[2]))
    assert checked.undone().received == (IDS[0],)
    with pytest.raises(FieldMissing):
        checked.differing(IDS[2], " ")
    checked = checked.differing(IDS[2], "KB 7")
    assert (checked.received, checked.wrong) == ((IDS[0],), (Wrong(IDS[2], "KB 7"),))


def received(checked, finding=None, waybill=None, taken=None):
    new = [one for one in LISTED if one.id in checked.received] if taken is None else taken
    ids = (f"case-{number}" for number in itertools.count())
    return arrivals.receive(
        waybill or a_waybill(), checked, finding or Finding(), RACK, new, ids, "2026-12-08"
    )


def test_what_came_changes_hands_and_every_difference_is_investigated():
    checked, _ = after(
        ("KB 0", LISTED[0]), ("KB 4", a_weapon(4)), ("KB 1", a_weapon(5, "KB 1")), ("ZZ 9", None)
    )
    drafts = received(checked, Finding(("S2", ""), "checked and taken over", "rain"))
    body = drafts[0].body
    assert (body.seals_intact, body.broken_seals, body.remarks) == (False, ("S2",), "rain")
    assert [one.subject for one in drafts if isinstance(one.body, WeaponReceived)] == [IDS[0]]
    cases = [one.body for one in drafts if isinstance(one.body, InvestigationOpened)]
    assert [(one.kind, one.weapon, one.said) for one in cases] == [
        ("short", IDS[2], ""), ("short", IDS[3], ""), ("over", IDS[4], ""),
        ("wrong", IDS[1], "KB 1"), ("stranger", "", "ZZ 9"), ("seal", "", "S2"),
    ]  # fmt: skip
    assert {(one.cause, one.place, one.due) for one in cases} == {("w1", RACK, "2026-12-08")}
    assert len({one.subject for one in drafts}) == len(drafts)


def test_what_comes_later_is_taken_in_by_a_second_receipt_and_no_case_is_opened_twice():
    first, _ = after(("KB 0", LISTED[0]), ("ZZ 9", None))
    said = received(first)[0].body
    waybill = a_waybill(said, "partly")
    second, verdicts = after(("KB 0", LISTED[0]), ("KB 1", LISTED[1]), waybill=waybill)
    assert verdicts == ["twice", "received"]
    drafts = received(second, waybill=waybill, taken=[LISTED[1]])
    assert drafts[0].body == WaybillReceived((IDS[0], IDS[1]), (IDS[2], IDS[3]), unknown=("ZZ 9",))
    assert drafts[0].replaces == waybill.heads
    assert [one.subject for one in drafts[1:]] == [IDS[1]]


def test_nothing_is_received_of_a_settled_waybill_or_without_looking():
    checked, _ = after(("KB 0", LISTED[0]))
    with pytest.raises(WaybillSettled):
        received(checked, waybill=a_waybill(WaybillReceived(tuple(IDS[:4])), "received"))
    with pytest.raises(FieldMissing):
        received(after()[0])


def test_what_is_lost_or_gone_is_no_stock_because_it_stood_on_a_lorry():
    assert arrivals.may_arrive(LISTED[0])
    born = a_registration("KB 0", weapon=IDS[0])
    from_loss = Draft(IDS[0], WeaponLost("stolen"), (recorded(born)[0].hash,))
    assert not arrivals.may_arrive(weapons.folded(IDS[0], recorded(born, from_loss)))


@given(st.lists(st.integers(0, 6), max_size=14))
@settings(max_examples=examples(80), deadline=None)
def test_every_expected_weapon_is_in_exactly_one_list(numbers):
    stock = {**dict(enumerate(LISTED)), 4: a_weapon(4), 5: a_weapon(5, "KB 1"), 6: None}
    checked, _ = after(*((f"scan {number}", stock[number]) for number in numbers))
    told = [*checked.received, *checked.short, *(one.weapon for one in checked.wrong)]
    assert sorted(told) == sorted(IDS[:4])
    again = received(checked) if checked.scans else ()
    assert again == (received(checked) if checked.scans else ())
