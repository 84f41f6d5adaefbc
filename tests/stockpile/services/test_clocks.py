from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile import wording
from stockpile.app import open_home
from stockpile.cli.commands import main
from stockpile.domain.facts import ClockObserved
from stockpile.domain.ledger import read_header
from stockpile.language import plain
from stockpile.services.clocks import comparison
from tests.helpers.house import PASSPHRASE
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import SettableClock


def test_the_clock_is_held_against_the_newest_own_entry(house):
    stockpile = house.stockpile
    assert stockpile.clocks.doubt() is None
    house.register("KB 1")
    newest = stockpile.books.entries(stockpile.keys.node, stockpile.books.tip().number - 1, 1)[0]
    last = read_header(newest.header).t
    back = replace(stockpile.clocks, clock=SettableClock(last - 86_400_000)).doubt()
    assert (back.side, back.last) == ("behind", last)
    assert replace(stockpile.clocks, clock=SettableClock(last + 10**11)).doubt().side == "ahead"


def test_what_the_registry_said_of_our_clock_is_noted_once_and_told_until_it_is_right(house):
    stockpile, hour = house.stockpile, 3_600_000
    books, node = stockpile.books, stockpile.keys.node
    assert (stockpile.clocks.offset(), comparison(books, node, 1000, "r")) == (0, None)
    for offset, told in ((3 * hour, 3 * hour), (5 * hour, 5 * hour), (0, 0)):
        draft = comparison(books, node, offset, "r")
        books.record([draft], by=None)
        assert stockpile.clocks.offset() == told
        assert comparison(books, node, offset + 1000, "r") is None
    reference = books.reference(node)
    said = [one.body for one in reference.standing if isinstance(one.body, ClockObserved)]
    assert said == [ClockObserved(0, "r")]  # each takes the place of the one before


def test_the_difference_is_said_in_its_largest_units():
    hour = 3_600_000
    assert "3 h 5 min behind" in plain(wording.offset_sentence(3 * hour + 300_000))
    assert "2 d 1 h ahead" in plain(wording.offset_sentence(-49 * hour))


def test_an_exchange_notes_it_and_every_command_says_it(house, tmp_path, capsys, monkeypatch):
    registry = open_registry(str(tmp_path / "registry.db"))
    registry.clock.at = house.stockpile.clocks.clock.now() + 3 * 3_600_000
    with answering(registry.books) as url:
        exchange, by = house.stockpile.exchange, house.officer
        exchange.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala", by=by)
        exchange.sync(by=by)
        tip = house.stockpile.books.tip()
        exchange.sync(by=by)
    registry.database.close()
    assert house.stockpile.books.tip() == tip  # said once
    offset = house.stockpile.clocks.offset()
    assert abs(offset - 3 * 3_600_000) < 60_000
    node = house.stockpile.keys.node
    told = house.stockpile.books.history(node)
    (said,) = [one for one in told if isinstance(one.body, ClockObserved)]
    assert (said.node, said.body.source) == (node, registry.books.key.node)
    house.stockpile.close()
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", PASSPHRASE)
    with pytest.raises(SystemExit):
        main(["--home", str(house.home), "check"])
    assert "behind the registry's" in capsys.readouterr().err
    house.stockpile = open_home(house.home, PASSPHRASE)
