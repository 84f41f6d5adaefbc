"""What the counter says across the room: one large word for each thing that can happen."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import KitItem, Mark
from stockpile.domain.holders import Clearance, Holder
from stockpile.domain.issuing import Objection
from stockpile.domain.values import PersonId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import plain
from ui.pages.issuing_results import _RESULTS, account_words, result_of, waiting
from ui.view_models.counter import Counter, Item, Person
from ui.view_models.counter_signing import Happened
from ui.widgets.scan_result import Outcome

OTIM = Holder(PersonId("p1"), "P. Otim", rank="Sgt")
WEAPON = Weapon(id=WeaponId("w1"), make="Izhmash", model="AKM",
                marks=(Mark("serial", "KB447", is_identity=True),))  # fmt: skip
ITEM = Item(WEAPON, (KitItem("sling"),), (1,), OTIM)
RED = Item(WEAPON, holder=OTIM, against=(Objection("not_cleared"),))
BARRED = Item(WEAPON, holder=OTIM, against=(Objection("lost"),))
PERSON = Person(OTIM, (("*", Clearance("cleared")),), 2, 90)
LATE = Person(OTIM, (), 2, 90, is_late=True)


@pytest.mark.parametrize(
    ("happened", "outcome", "said"),
    [
        (Happened("put", ITEM), Outcome.FOUND, "Izhmash AKM KB447 Sgt P. Otim"),
        (Happened("red", RED), Outcome.UNEXPECTED, "not cleared for this weapon"),
        (Happened("barred", BARRED), Outcome.REFUSED, "reported lost or stolen"),
        (Happened("alarm", ITEM), Outcome.ALARM, "Reported lost or stolen"),
        (Happened("again", ITEM), Outcome.TWICE, "already"),
        (Happened("person", person=PERSON), Outcome.FOUND, "every weapon"),
        (Happened("person", person=LATE), Outcome.MISPLACED, "something is overdue"),
        (Happened("erased", person=PERSON), Outcome.REFUSED, "not on record"),
        (Happened("lot", text="17-539", words=("Ball",), count=500), Outcome.PLACE, "500 are left"),
        (Happened("lot_not_out", text="17-539"), Outcome.TWICE, "17-539"),
        (Happened("place", text="Rack 02"), Outcome.PLACE, "Rack 02"),
        (Happened("place_unused"), Outcome.TWICE, "hands nothing out"),
        (Happened("several", text="KB", words=("A-1", "B-2")), Outcome.REFUSED, "A-1 · B-2"),
        (Happened("unknown", text="ZZTOP"), Outcome.REFUSED, "ZZTOP"),
        (Happened("not_out", ITEM), Outcome.TWICE, "nothing to take back"),
        (Happened("back", ITEM), Outcome.FOUND, "Sgt P. Otim · 1 x Sling"),
        (Happened("back_by_other", ITEM), Outcome.MISPLACED, "It is out with Sgt P. Otim"),
        (Happened("repeated", text="North gate", count=12), Outcome.PLACE, "12 weapons as before"),
        (Happened("handed", words=("HR-KLA-26-0001",), count=1), Outcome.GOOD, "HR-KLA-26-0001"),
        (Happened("returned", words=("P. Otim",), text="0", count=12), Outcome.GOOD, "Nothing is"),
        (Happened("returned", words=("P. Otim",), text="3", count=9), Outcome.GOOD, "3 still out"),
        (Happened("undone"), Outcome.GOOD, "Taken back"),
        (Happened("empty"), Outcome.TWICE, "Nothing lies"),
        (Happened("nobody", ITEM), Outcome.REFUSED, "For whom"),
    ],
)
def test_each_thing_has_its_words_and_its_sound(happened, outcome, said):
    result = result_of(happened, Counter(person=PERSON))
    assert result.outcome is outcome
    assert said in plain(f"{result.title} {result.identifier} {result.sentence}")


def test_nothing_happens_without_words():
    told = {"put", "red", "barred", "alarm", "again", "person", "erased", "lot", "lot_not_out",
            "place", "place_unused", "several", "unknown", "paper", "not_out", "back",
            "back_by_other", "repeated", "handed", "returned", "undone", "empty", "nobody",
            }  # fmt: skip
    assert set(_RESULTS) == told


def test_only_what_may_be_overridden_asks_for_a_reason():
    assert [one.name for one in result_of(Happened("red", RED), Counter()).answers] == [
        "override", "off",
    ]  # fmt: skip
    assert [one.name for one in result_of(Happened("red", BARRED), Counter()).answers] == ["off"]


def test_while_nothing_was_scanned_it_says_what_to_scan():
    assert waiting(Counter("issue")).outcome is Outcome.WAITING
    assert waiting(Counter("return")).title != waiting(Counter("issue")).title


def test_an_account_says_what_somebody_has():
    assert plain(account_words(PERSON)) == "2 weapons out · 90 rounds"
    assert account_words(Person(OTIM)) == "Has nothing out"
