from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile import wording
from stockpile.adapters.clock import SystemClock
from stockpile.app import open_home
from stockpile.cli.commands import main
from stockpile.domain.clocks import PERSON
from stockpile.domain.exchange import Receipt
from stockpile.domain.facts import ClockObserved, Draft
from stockpile.domain.ledger import read_header
from stockpile.fact_words import fact_sentence
from stockpile.language import plain
from stockpile.services.clocks import comparison, doubted
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


def held(stockpile, at):
    """The clocks of a home as they would stand with the wall clock at an instant."""
    return replace(stockpile.clocks, clock=SettableClock(at))


def test_whose_time_is_contradicted_is_told_for_a_whole_history(house):
    stockpile, node = house.stockpile, house.stockpile.keys.node
    early, late = house.register("KB 1"), house.register("KB 2")
    both = [*stockpile.books.history(early), *stockpile.books.history(late)]
    assert doubted(stockpile.books, both) == frozenset()
    stockpile.books.record([Draft(node, ClockObserved(90 * 86_400_000, "registry"))], by=None)
    assert doubted(stockpile.books, both) == {one.hash for one in both}
    assert stockpile.tracing.life(late).doubted == {both[-1].hash}


def test_a_clock_set_back_stays_in_doubt_however_much_is_written_until_somebody_answers(
    house, monkeypatch
):
    stockpile, day = house.stockpile, 86_400_000
    house.register("KB 1")
    real = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda self: real(self) - 30 * day)
    house.register("KB 2")  # it was not heeded, and this entry is as old as the clock says
    doubt = stockpile.clocks.doubt()
    assert (doubt.side, doubt.against) == ("behind", "own")
    stockpile.clocks.found_right(by=house.officer)
    assert stockpile.clocks.doubt() is None
    house.register("KB 3")
    assert stockpile.clocks.doubt() is None
    (said,) = [
        one
        for one in stockpile.books.history(stockpile.keys.node)
        if isinstance(one.body, ClockObserved)
    ]
    assert (said.body, said.by) == (ClockObserved(0, PERSON), house.officer.id)
    assert "found right" in plain(fact_sentence(said, stockpile.conflict_room.names()))
    monkeypatch.setattr(SystemClock, "now", lambda self: real(self) - 60 * day)
    assert stockpile.clocks.doubt().side == "behind"  # set back once more
    stockpile.books.check(deep=True)


def test_what_a_registry_signed_for_speaks_against_a_clock(house, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    registry.clock.at = house.stockpile.clocks.clock.now()
    with answering(registry.books) as url:
        exchange, by = house.stockpile.exchange, house.officer
        exchange.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala", by=by)
        registry.clock.at += 60_000
        exchange.sync(by=by)
    registry.database.close()
    stockpile, hour = house.stockpile, 3_600_000
    last = stockpile.books.receipts()[-1][1].at
    newest = read_header(stockpile.books.latest_headers(stockpile.keys.node, 1)[0]).t
    assert stockpile.clocks.doubt() is None
    assert held(stockpile, last - hour).doubt().against == "own"
    books = stockpile.books
    assert books.signed_at(stockpile.keys.node, 1) == last
    assert books.signed_at(stockpile.keys.node, books.tip().number + 1) == 0
    assert held(stockpile, newest - 100_000).doubt().against == "registry"  # a minute ahead


def test_a_registry_that_is_ahead_for_itself_is_no_doubt_for_ever(house):
    """What it signs is read as this clock would show it, by their last comparison."""
    stockpile, hour = house.stockpile, 3_600_000
    books, node = stockpile.books, stockpile.keys.node
    books.record([comparison(books, node, 5 * hour, "r")], by=None)
    at = stockpile.clocks.clock.now() + 5 * hour
    number = books.tip().number
    receipt = Receipt(node, number, books.tip().hash, 1, 1, "a" * 64, at, b"")
    books.keep_receipt(b"k" * 32, receipt)
    assert stockpile.clocks.doubt() is None
    assert held(stockpile, at - 7 * hour).doubt() is not None


def test_somebodys_word_is_no_comparison_with_the_registry(house):
    stockpile, hour = house.stockpile, 3_600_000
    books, node = stockpile.books, stockpile.keys.node
    books.record([comparison(books, node, 3 * hour, "r")], by=None)
    stockpile.clocks.found_right(by=house.officer)
    assert stockpile.clocks.offset() == 3 * hour
    assert comparison(books, node, 3 * hour, "r") is None
    books.record([comparison(books, node, 0, "r")], by=None)
    (stands,) = [
        one for one in books.reference(node).standing if isinstance(one.body, ClockObserved)
    ]
    assert stands.body == ClockObserved(0, "r")


def test_off_the_books_lane_it_is_judged_by_what_was_known_last(house):
    clocks = house.stockpile.clocks
    house.register("KB 1")
    clocks.doubt()
    newest = read_header(house.stockpile.books.latest_headers(clocks.keys.node, 1)[0]).t
    assert clocks.doubt_now() is None
    set_back = replace(clocks, clock=SettableClock(newest - 86_400_000))
    assert set_back.doubt_now().last == newest


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
