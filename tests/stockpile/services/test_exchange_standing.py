from __future__ import annotations

import pytest

from stockpile.domain.errors import NodeOvertaken, NodeQuarantined, RegistryUnreachable
from stockpile.language import plain
from stockpile.services.exchange_standing import (
    ExchangeStanding,
    exchange_standing,
    photos_named,
    standing_sentence,
    why_waiting,
)
from tests.helpers.albums import Desk
from tests.helpers.registries import answering, open_registry

AT = 1_795_000_000_000
HEARD = "The centre has heard up to no. 4,812, on 2026-11-18 11:06 by its own clock."
DAY = 86_400_000


def said(**standing):
    return plain(standing_sentence(ExchangeStanding(**standing)))


def test_it_is_said_in_one_sentence_a_clerk_can_read():
    known = {
        "is_enrolled": True, "has_line": True, "number": 4812, "at": AT, "is_signed": True,
    }  # fmt: skip
    assert said() == "Everything is on this computer only."
    assert said(is_enrolled=True) == "The centre has heard nothing yet."
    assert said(**known) == HEARD
    assert said(**known, acts=1) == f"{HEARD} Waiting: 1 act."
    assert said(**known, acts=1204, photos=1) == f"{HEARD} Waiting: 1,204 acts and 1 photo."
    assert said(**known, photos=12) == f"{HEARD} Waiting: 12 photos."


def test_without_a_receipt_it_is_said_that_the_clock_is_this_computer_s():
    told = said(is_enrolled=True, number=3, at=AT)
    assert told == "The centre has heard up to no. 3, on 2026-11-18 11:06 by this computer's clock."


def test_what_is_wrong_comes_before_all_and_says_what_to_do():
    standing = ExchangeStanding(is_enrolled=True, number=3, trouble=NodeOvertaken(9))
    assert standing.is_alarm
    assert "9" in standing_sentence(standing)
    assert standing.with_trouble(None).trouble == standing.trouble
    assert why_waiting(standing) == ""


def test_a_line_that_is_not_there_is_no_alarm():
    standing = ExchangeStanding(is_enrolled=True, number=3, at=AT)
    gone = standing.with_trouble(RegistryUnreachable("there", "no route"))
    assert not gone.is_alarm
    assert standing_sentence(gone) == standing_sentence(standing)
    assert why_waiting(gone)
    assert standing.with_trouble(NodeQuarantined("n")).is_alarm


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


def test_acts_and_photos_that_wait_are_counted_also_where_photos_stay_behind(tmp_path, registry):
    desk = Desk(tmp_path / "a")

    def standing():
        return exchange_standing(desk.site.books, desk.site.keys, desk.photos)

    try:
        assert standing() == ExchangeStanding()
        with answering(registry.books) as url:
            desk.talk.enrol(url, registry.enrolment.make_code("A", "A"), "A", "A")
            desk.photograph("w1", 1)
            desk.add("w1", 2)
            assert (standing().acts, standing().photos) == (desk.site.books.tip().number, 2)
            records_only = desk.talk.exchanging.carrying_photos(carried=False)
            done = type(desk.talk)(records_only).sync()
            assert done.photos is None
            assert (standing().acts, standing().photos) == (0, 2)
            assert standing().number == desk.site.books.tip().number
            desk.talk.sync()
            assert standing().photos == 0
            assert desk.talk.exchanging.reaches()
        assert not desk.talk.exchanging.reaches()
    finally:
        desk.site.close()


def test_an_entry_without_photos_names_none(tmp_path):
    desk = Desk(tmp_path / "a")
    desk.photograph("w1", 1)
    entries = desk.site.books.entries(desk.site.keys.node, 0, 9)
    assert [photos_named(one) for one in entries] == [0, 0, 1]
    desk.site.close()


def test_the_day_is_the_registry_s_also_where_the_desk_s_clock_is_wrong(tmp_path, registry):
    desk = Desk(tmp_path / "a")
    registry.clock.at = desk.site.clock.at + 90 * DAY
    try:
        with answering(registry.books) as url:
            desk.talk.enrol(url, registry.enrolment.make_code("A", "A"), "A", "A")
            desk.add("w1", 1)
            receipt = desk.talk.sync().receipt
            standing = exchange_standing(desk.site.books, desk.site.keys, desk.photos)
            assert standing.at == receipt.at > desk.site.clock.at + 80 * DAY
            assert standing.is_signed
            later = desk.talk.sync().receipt  # nothing new went: it signed for the same once more
            again = exchange_standing(desk.site.books, desk.site.keys, desk.photos)
            assert (again.number, again.at) == (standing.number, later.at)
    finally:
        desk.site.close()
