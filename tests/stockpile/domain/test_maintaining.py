from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import KitItem, KitSet, WeaponInspected, WeaponRepaired
from stockpile.domain.maintaining import inspected, kit_set, read_kit, repaired
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon

WEAPON = Weapon(WeaponId("w1"))


def test_an_inspection_says_what_was_found_and_when_it_is_due_again():
    draft = inspected(WEAPON, "serviceable", " fine ", "2027-05-01", unfit=False)
    assert draft.body == WeaponInspected("serviceable", "fine", "2027-05-01", unfit=False)
    with pytest.raises(FieldUnreadable, match="due"):
        inspected(WEAPON, "serviceable", "", "in May", unfit=False)
    with pytest.raises(FieldMissing, match="remarks"):
        inspected(WEAPON, "unserviceable", " ", "", unfit=True)


def test_a_repair_says_what_was_done():
    assert repaired(WEAPON, "serviceable", " new  pin ").body == WeaponRepaired(
        "serviceable", "new pin"
    )
    with pytest.raises(FieldMissing):
        repaired(WEAPON, "serviceable", " ")


def test_a_kit_is_said_once_and_never_twice_the_same():
    items = (KitItem("magazine", 3), KitItem("sight", 1, "4471"))
    assert kit_set(WEAPON, items, "").body == KitSet(items)
    assert kit_set(Weapon(WeaponId("w1"), kit=items), items, "") is None
    for wrong in ((KitItem("sling"), KitItem("sling")), (KitItem("sling", 0),), (KitItem(""),)):
        with pytest.raises(FieldUnreadable):
            kit_set(WEAPON, wrong, "")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("magazine=3", KitItem("magazine", 3)), ("sight#44 71", KitItem("sight", 1, "44 71")),
        (" Cleaning kit ", KitItem("cleaning_kit")), ("sight=2#A1", KitItem("sight", 2, "A1")),
    ],
)  # fmt: skip
def test_a_kit_item_is_read(text, item):
    assert read_kit(text) == item


@pytest.mark.parametrize("text", ["", "=3", "magazine=x", "magazine=99999"])
def test_what_is_no_kit_item_is_refused(text):
    with pytest.raises(FieldUnreadable):
        read_kit(text)
