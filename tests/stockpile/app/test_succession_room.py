"""A home goes on under another key: what it owns goes on, and the old key writes no more."""

from __future__ import annotations

import pytest

from stockpile import app
from stockpile.domain.errors import NodeQuarantined, RegistryUnreachable, WrongPin
from stockpile.domain.facts import NodeClosed, NodeSucceeded
from stockpile.services.ports import RegisterFilter
from stockpile.services.restoring import Approval
from tests.helpers.house import PASSPHRASE, PIN, SECOND, TOLD
from tests.helpers.registries import answering, open_registry

BOTH = Approval(PASSPHRASE, (TOLD.officer, PIN), (SECOND, PIN))


def reopened(house):
    house.stockpile = app.open_home(house.home, PASSPHRASE)
    house.officer = house.stockpile.people.sign_in(TOLD.officer, PIN)
    return house.stockpile


def test_everything_goes_on_and_the_registry_closes_the_old_key(house, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    with answering(registry.books) as url:
        assert house.second
        house.register("KB1")
        old = house.stockpile.keys.node
        code = registry.enrolment.make_code("Kampala")
        house.stockpile.exchange.enrol(url, code, "Kampala", by=house.officer)
        house.stockpile.close()
        done = app.renew_node(house.home, BOTH, "the year is over")
        stockpile = reopened(house)
        assert stockpile.keys.node == done.node != old
        assert app.restored_up_to(house.home) == 0
        assert not [one for one in house.home.parent.iterdir() if one.name.startswith(".")]
        first = stockpile.books.entries(done.node, 0, 1)[0]
        assert len(first.officer_signatures) == 2
        said = [one.body for one in stockpile.books.history(done.node)]
        tip = dict(stockpile.books.tips())[old]
        assert NodeSucceeded(old, tip.number, tip.hash) in said
        assert NodeClosed("the year is over") in [one.body for one in stockpile.books.history(old)]
        assert registry.books.tip(old).number == tip.number  # sent before the key was changed

        house.register("KB2")
        assert stockpile.register.count(RegisterFilter()) == 2
        code = registry.enrolment.make_code("Kampala, again")
        stockpile.exchange.enrol(url, code, "Kampala", by=house.officer)
        stockpile.exchange.sync(by=house.officer)
        assert registry.books.tip(old).status == "succeeded"
        assert stockpile.checking.check(deep=True).conflicts == 0
        with pytest.raises(NodeQuarantined):
            registry.books.node(old).demand_trust()
    registry.database.close()


def test_without_a_line_nothing_changes_unless_a_courier_is_to_take_it(house, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    assert house.second
    with answering(registry.books) as url:
        code = registry.enrolment.make_code("Kampala")
        house.stockpile.exchange.enrol(url, code, "Kampala", by=house.officer)
    old = house.stockpile.keys.node
    house.stockpile.close()
    with pytest.raises(RegistryUnreachable):
        app.renew_node(house.home, BOTH, "somebody left")
    assert reopened(house).keys.node == old
    tip = house.stockpile.books.tip()
    house.stockpile.close()
    app.renew_node(house.home, BOTH, "somebody left", send=False)
    stockpile = reopened(house)
    assert stockpile.keys.node != old
    assert dict(stockpile.books.tips())[old] == tip  # closed once, not twice
    registry.database.close()


def test_a_wrong_pin_or_a_kill_before_the_end_leaves_the_home_as_it_was(house):
    assert house.second
    house.register("KB1")
    old, tip = house.stockpile.keys.node, house.stockpile.books.tip()
    house.stockpile.close()
    with pytest.raises(WrongPin):
        app.renew_node(house.home, Approval(PASSPHRASE, (TOLD.officer, "0000")), "why")
    stockpile = reopened(house)
    assert (stockpile.keys.node, stockpile.books.tip()) == (old, tip)
    stockpile.close()
    room = house.home.with_name(f".{house.home.name}-new-node")
    room.mkdir()
    (room / "half.backup.part").write_bytes(b"half")  # of a try that was killed
    app.renew_node(house.home, BOTH, "the year is over")
    assert reopened(house).keys.node != old
    assert not room.exists()
