"""The desk of destruction behind the page: scans, the order being made, its papers."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import DestructionOrdered
from tests.helpers.pyres import PRESENT, ordered
from ui.view_models.destruction import BETWEEN, DestructionModel


@pytest.fixture
def model(seat):
    return DestructionModel(*seat.made_with)


def scan(model, qtbot, text):
    with qtbot.waitSignal(model.heard) as heard:
        model.scan(text)
    return heard.args[0].came


def test_each_weapon_stands_on_the_order_once_and_nothing_else_does(seat, model, qtbot):
    seat.register("KB 1")
    assert scan(model, qtbot, "KB 1") == "added"
    assert scan(model, qtbot, "kb1") == "twice"
    assert scan(model, qtbot, "KB 9") == "unknown"
    assert [row.serial for row in model.rows] == ["KB 1"]
    model.undo()
    assert model.rows == ()


def test_what_stands_in_the_way_is_told_and_then_it_is_ordered_and_withdrawn(seat, model, qtbot):
    seat.register("KB 1")
    scan(model, qtbot, "KB 1")
    with qtbot.waitSignal(model.told) as told:
        model.check(DestructionOrdered("", (), committee=PRESENT))
    assert [one.kind for one in told.args[0].cautions] == ["no_method"]
    with qtbot.waitSignal(model.ordered) as ordered_:
        model.order(told.args[0].said, seat.session.officer)
    assert model.rows == ()
    (stands,) = ordered_.args
    assert stands.ordered.number == "DO-KLA-26-0001"
    with qtbot.waitSignal(model.drawn) as drawn:
        model.print(stands.id)
    assert drawn.args[0].name == "DO-KLA-26-0001.pdf"
    with qtbot.waitSignal(model.withdrawn):
        model.withdraw(stands.id, "amnesty")


def test_an_order_that_says_nothing_is_refused(model, qtbot):
    with qtbot.waitSignal(model.refused) as refused:
        model.check(DestructionOrdered("", ()))
    assert isinstance(refused.args[0], FieldMissing)


def test_what_another_page_hands_over_is_an_order_or_weapons_for_one(seat, model, qtbot):
    first, second = seat.register("KB 1"), seat.register("KB 2")
    stands = ordered(seat, first)
    for named in (stands.id, "DO-KLA-26-0001"):
        with qtbot.waitSignal(model.named) as told:
            model.enter(named)
        assert told.args == [stands.id]
    with qtbot.waitSignal(model.named):
        model.look_up("do-kla-26-0001")
    with qtbot.waitSignal(model.loaded):
        model.enter(BETWEEN.join((first, second)))
    assert [row.id for row in model.rows] == [first, second]
    with qtbot.waitSignal(model.heard) as heard:
        model.look_up("KB 2")
    assert heard.args[0].came == "twice"
