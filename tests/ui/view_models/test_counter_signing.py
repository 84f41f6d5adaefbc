"""Over the counter: what was signed is on record before its paper is drawn."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import DiskFull
from stockpile.domain.issuing import Line
from stockpile.domain.values import WeaponId
from stockpile.services.slips import HandOver
from tests.helpers.counters import set_counter
from tests.helpers.shots import encoded
from ui.view_models.counter import Counter, Item
from ui.view_models.counter_signing import CounterSigning


@pytest.fixture
def counter(seat):
    made = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 2))
    seat.on_books(partial(made.person, "P. Otim"))
    return made


@pytest.fixture
def signing(seat):
    signing = CounterSigning(*seat.made_with)
    signing.said, signing.no, signing.papers = [], [], []
    signing.done.connect(signing.said.append)
    signing.refused.connect(lambda error: signing.no.append(type(error).__name__))
    signing.drawn.connect(signing.papers.append)
    return signing


def prepared(seat, counter, at=0):
    handed = HandOver((Line(counter.weapons[at], counter.people[0].id),))
    return seat.on_books(partial(counter.issuing.prepare, handed, by=counter.officer))


def on_counter(seat, counter, mode="issue"):
    weapon = seat.on_books(partial(seat.stockpile.books.weapon, counter.weapons[0]))
    return Counter(mode).put(Item(weapon, holder=counter.people[0]))


def test_a_signature_by_hand_is_kept_before_the_act_that_names_it(seat, counter, signing, qtbot):
    slips = prepared(seat, counter)
    signatures = []
    signing.by_hand(slips[0], encoded(), "drawn", signatures.append)
    qtbot.waitUntil(lambda: bool(signatures))
    assert seat.stockpile.photographs.read(signatures[0].proof)
    lying = on_counter(seat, counter)
    signing.issue(lying, slips, {slips[0].receipt: signatures[0]}, seat.session.officer)
    qtbot.waitUntil(lambda: bool(signing.papers))
    assert (signing.said[0].kind, signing.said[0].words) == ("handed", (slips[0].content.number,))
    verify = partial(seat.stockpile.receipts.verify, slips[0].receipt)
    assert seat.on_books(verify) == "drawn"


def test_what_is_no_picture_is_refused_and_nothing_goes_out(seat, counter, signing, qtbot):
    signing.by_hand(prepared(seat, counter)[0], b"no picture", "paper", signing.said.append)
    qtbot.waitUntil(lambda: bool(signing.no))
    assert signing.no == ["PhotoUnreadable"]
    assert signing.said == []


def test_a_full_disk_costs_the_paper_and_not_the_record(seat, counter, signing, qtbot, monkeypatch):
    def full(_press, _paper, file):
        raise DiskFull(str(file))

    slips, press = prepared(seat, counter), type(seat.stockpile.receipts.press)
    with monkeypatch.context() as broken:
        broken.setattr(press, "draw", full)
        signing.issue(on_counter(seat, counter), slips, {}, seat.session.officer)
        qtbot.waitUntil(lambda: bool(seat.said))
    assert signing.said[0].kind == "handed"
    assert signing.papers == []
    signing.print(slips[0].receipt)
    qtbot.waitUntil(lambda: bool(signing.papers))
    assert signing.papers[0][0].file.is_file()


def test_a_hand_over_that_went_stale_is_told_and_stays_undone(seat, counter, signing, qtbot):
    slips = prepared(seat, counter)
    lying = on_counter(seat, counter)
    signing.issue(lying, slips, {}, seat.session.officer)
    signing.issue(lying, slips, {}, seat.session.officer)
    qtbot.waitUntil(lambda: bool(signing.no))
    assert signing.no == ["ReceiptStale"]


def test_a_return_tells_what_is_still_out(seat, counter, signing, qtbot):
    for at in range(2):
        slips = prepared(seat, counter, at)
        act = partial(counter.issuing.issue, slips, {}, by=counter.officer)
        seat.on_books(act)
    signing.take_back(on_counter(seat, counter, "return"), seat.session.officer)
    qtbot.waitUntil(lambda: bool(signing.papers))
    assert (signing.said[0].kind, signing.said[0].text) == ("returned", "1")
    signing.undo([WeaponId(counter.weapons[1])], "by mistake")
    qtbot.waitUntil(lambda: len(signing.said) == 2)
    assert signing.said[1].kind == "undone"
