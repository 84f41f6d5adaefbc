"""What was touched last: its kit part by part, its rounds in figures, and the ways out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from stockpile.domain.facts import KitItem, Mark
from stockpile.domain.holders import Holder
from stockpile.domain.issuing import Objection
from stockpile.domain.lots import Lot
from stockpile.domain.values import PersonId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from tests.helpers.shots import encoded
from ui.pages.issuing_item import ItemCard
from ui.view_models.counter import Ammunition, Counter, Item, offered
from ui.view_models.photos import Photos
from ui.widgets.button import Button

KIT = (KitItem("magazine", 3), KitItem("sling"))
OTIM = Holder(PersonId("p1"), "P. Otim")
WEAPON = Weapon(id=WeaponId("w1"), marks=(Mark("serial", "KB447", is_identity=True),))
ROUNDS = Ammunition(Lot("lot", "Ball", number="17-539", quantity=500), OTIM, 90, 90)


def counter(item=None, mode="issue", rounds=None):
    made = Counter(mode)
    made = made.put(item) if item else made
    return made.put_rounds(rounds) if rounds else made


@pytest.fixture
def card(seat, qtbot):
    card = ItemCard(Photos(seat.desk, seat.session))
    displayed(card, qtbot, 720, 90)
    return card


def parts(card):
    return [one for one in card.findChildren(Button) if one.isVisible() and one.toolTip() and
            one not in (card._override, card._off)]  # fmt: skip


def test_a_part_of_the_kit_is_pressed_where_one_less_is_there(card, qtbot):
    item = Item(WEAPON, KIT, offered(KIT), OTIM)
    card.show_counter(counter(item))
    qtbot.waitUntil(lambda: len(parts(card)) == len(KIT))
    assert [plain(one.text()) for one in parts(card)] == ["Magazine 3/3", "Sling"]
    with qtbot.waitSignal(card.less) as told:
        parts(card)[1].click()
    assert told.args == [1]
    card.show_counter(counter(item.with_less(1)))
    qtbot.waitUntil(lambda: "Sling 0/1" in [plain(one.text()) for one in parts(card)])


def test_a_reason_is_asked_only_where_it_would_help(card):
    for against, asked in (((), False), (("not_cleared",), True), (("lost",), False)):
        found = tuple(Objection(one) for one in against)
        card.show_counter(counter(Item(WEAPON, KIT, offered(KIT), OTIM, found)))
        assert card._override.isVisible() is asked


def test_rounds_are_typed_and_told_on_enter(card, qtbot):
    card.show_counter(counter(rounds=ROUNDS))
    assert card.quantity.text() == "90"
    assert not card.expended.isVisible()
    card.quantity.set_text("120")
    with qtbot.waitSignal(card.counted) as told:
        card.quantity.submitted.emit()
    assert told.args == [120, 0, 0]


def test_rounds_that_come_back_say_what_was_fired_and_what_is_missing(card, qtbot):
    card.show_counter(counter(mode="return", rounds=ROUNDS))
    card.ask_rounds()
    for field, text in ((card.quantity, "60"), (card.expended, "20"), (card.short, "10")):
        field.set_text(text)
    with qtbot.waitSignal(card.counted) as told:
        card.short.submitted.emit()
    assert told.args == [60, 20, 10]
    card.short.set_text("some")
    card.short.submitted.emit()
    assert card.short.message


def test_a_weapon_is_shown_by_its_first_photo(card, seat, qtbot):
    photo = seat.stockpile.photographs.keep(encoded())
    pictured = replace(WEAPON, photos=(photo,))
    card.show_counter(counter(Item(pictured, KIT, offered(KIT), OTIM)))
    qtbot.waitUntil(card._picture.isVisible)
    card.show_counter(counter(Item(WEAPON, KIT, offered(KIT), OTIM)))
    assert not card._picture.isVisible()


def test_it_is_away_while_nothing_lies_there(card):
    card.show_counter(Counter())
    assert not card.isVisible()


def test_the_card_is_whole_in_every_language(tongue, seat, qtbot):
    card = ItemCard(Photos(seat.desk, seat.session))
    displayed(card, qtbot, 756, 90)
    card.show_counter(counter(Item(WEAPON, KIT, offered(KIT), OTIM, (Objection("unfit"),))))
    assert faults(card) == []
    card.show_counter(counter(mode="return", rounds=ROUNDS))
    assert faults(card) == []
