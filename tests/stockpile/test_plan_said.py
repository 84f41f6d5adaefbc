"""What appointments, handovers and waybills say to who confirms them: all of it, and no more."""

from __future__ import annotations

from stockpile.domain.facts import (
    CustodyHandedOver,
    Licence,
    OfficerAppointed,
    PartApart,
    WaybillOpened,
)
from stockpile.language import figure, isolated
from stockpile.plan_said import handover_said, office_said, waybill_said
from stockpile.wording import Names

NAMES = Names({"p1": "Rack 4", "o1": "N. New", "o2": "O. Old"})
WEAPON = "0" * 32


def test_of_an_appointment_another_key_or_badge_is_seen():
    before = OfficerAppointed("N. New", ("clerk",), "aa" * 32)
    after = OfficerAppointed("N. New", ("clerk",), "bb" * 32, badge="cc" * 32)
    changed = set(office_said(after, NAMES)) - set(office_said(before, NAMES))
    assert {value for _what, value in changed} == {isolated("bb" * 6), isolated("cc" * 6)}


def test_a_handover_says_both_custodians_and_what_is_inherited():
    said = dict(
        handover_said(CustodyHandedOver("p1", "o1", "o2", "s1", ("c1", "c2"), "ill"), NAMES)
    )
    assert set(said.values()) == {
        isolated("Rack 4"), isolated("N. New"), isolated("O. Old"), figure(2), "ill",
    }  # fmt: skip


def test_a_waybill_says_every_field_that_was_filled():
    licence = Licence("L 7", "Kampala", goods="40 rifles", transit=("Kenya", "Rwanda"))
    body = WaybillOpened(
        "WB-1", (WEAPON,), "p1", None, "Gulu", "export", "Order 9", "Army", "UBA 1", "Karuma",
        "Two cars", ("S 1", "S 2"), "2026-12-01", "2026-12-24",
        (PartApart(WEAPON, "bolt", "B 1"), PartApart(WEAPON, "barrel")), ("ab" * 32,), licence,
        "by day",
    )  # fmt: skip
    said = " ".join(value for _what, value in waybill_said(body, NAMES))
    for wanted in (
        "Gulu", "Order 9", "Army", "UBA 1", "Karuma", "Two cars", "S 1, S 2", "2026-12-01",
        "2026-12-24", "B 1", "unsealed", "L 7", "40 rifles", "Kenya, Rwanda", "by day",
    ):  # fmt: skip
        assert wanted in said, wanted
    bare = waybill_said(WaybillOpened("WB-2", (WEAPON,), "p1", "p1"), NAMES)
    assert len([value for _what, value in bare if value]) == 3
