"""How far a file is, is said once: by who said so first, and never by who came too late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import CourierGone
from stockpile.registry import audit, courier_rows
from stockpile.registry.courier_photos import PhotosWay
from stockpile.registry.web import courier_progress as progress
from tests.helpers.begun_files import FURTHER, PHOTOS, RECORD, begin, visitor_of


@pytest.fixture
def visitor(registry, amina):
    return visitor_of(registry, amina)


@pytest.fixture(params=[RECORD, PHOTOS], ids=["record", "photos"])
def begun(request, visitor):
    """A file of either kind that was begun."""
    return begin(visitor, request.param), request.param


def now(visitor, id_):
    return progress.way_of(progress.brought_by(visitor, id_))


def acts(registry):
    """What the audit log says last of each act, its counts."""
    with registry.books.reading() as connection:
        lines = audit.lines(connection, 0, 9)
    return [(one.act.rpartition("_")[2], one.about.split(" ")[-1]) for one in lines]


def test_begun_twice_it_stands_where_it_was(registry, visitor, begun):
    id_, way = begun
    further = progress.keep(visitor, id_, way, FURTHER[type(way)])
    assert further == now(visitor, id_) == FURTHER[type(way)]
    progress.begin(visitor, id_, way)
    assert now(visitor, id_) == further
    assert [act for act, _counts in acts(registry)].count("begun") >= 1


def test_who_says_later_from_where_it_was_says_nothing(registry, visitor, begun):
    id_, way = begun
    further = progress.keep(visitor, id_, way, FURTHER[type(way)])
    less = replace(way, proved=1) if isinstance(way, PhotosWay) else replace(
        way, stretches=(replace(way.stretches[0], place=1),))  # fmt: skip
    assert progress.keep(visitor, id_, way, less) == further == now(visitor, id_)


def test_a_stop_holds_against_a_step_that_was_under_way(registry, visitor, begun):
    id_, way = begun
    assert progress.is_going(visitor, id_)
    progress.turn_to(visitor, id_, "going", "stopped")
    assert not progress.is_going(visitor, id_)
    kept = progress.keep(visitor, id_, way, FURTHER[type(way)])
    assert kept.state == "stopped"
    assert acts(registry)[0] == ("stopped", "8/30" if isinstance(way, PhotosWay) else "40/90")
    progress.turn_to(visitor, id_, "going", "stopped")  # is no step back, and no further row
    progress.turn_to(visitor, id_, "stopped", "going")
    assert now(visitor, id_) == FURTHER[type(way)]
    assert acts(registry)[0][0] == "begun"


def test_once_done_it_stays_so_and_says_what_it_was(registry, visitor, begun):
    id_, way = begun
    done = replace(FURTHER[type(way)], state="done")
    assert progress.keep(visitor, id_, way, done) == done
    assert acts(registry)[0][0] == "taken"
    assert progress.keep(visitor, id_, way, FURTHER[type(way)]) == done
    assert progress.now_of(visitor, id_, way) == done
    assert progress.brought_by(visitor, id_).is_photos == isinstance(way, PhotosWay)
    other = RECORD if isinstance(way, PhotosWay) else PHOTOS
    with pytest.raises(CourierGone):
        progress.now_of(visitor, id_, other)


def test_what_is_put_away_while_it_goes_is_told(registry, visitor, begun):
    id_, way = begun
    progress.keep(visitor, id_, way, FURTHER[type(way)])
    with registry.books.writing() as connection:
        progress.note_left(connection, visitor)
        courier_rows.put_away(connection, id_)
    assert acts(registry)[0][0] == "stopped"
    with pytest.raises(CourierGone):
        progress.brought_by(visitor, id_)
    assert not progress.is_going(visitor, id_)
