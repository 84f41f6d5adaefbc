"""How far a file is, is said once: by who said so first, and never by who came too late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import CourierGone
from stockpile.domain.photo_courier import MAGIC
from stockpile.registry import audit, courier_rows
from stockpile.registry.courier_photos import PhotosWay
from stockpile.registry.courier_steps import Stretch, Way
from stockpile.registry.holding_office import office
from stockpile.registry.proving import Visit
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.visiting import Visitor

RECORD = Way("n" * 16, "Gulu", (Stretch("n" * 16, 0, 9, "new"),), 90)
PHOTOS = PhotosWay("n" * 16, "Gulu", 4, 40, 30, 10, 0)
FURTHER = {
    Way: replace(RECORD, stretches=(Stretch("n" * 16, 4, 9, "new"),), facts=40),
    PhotosWay: replace(PHOTOS, proved=4, gone=1, kept=8),
}


@pytest.fixture
def visitor(registry, amina):
    with registry.books.reading() as connection:
        officer = office(connection, amina.officer, registry.books.key.node)
    visit = Visit("192.0.2.1", "a browser")
    session, sign = amina.session(), amina.signer().sign
    return Visitor(officer, session, sign, "", True, visit, registry.books)  # noqa: FBT003 - a field


@pytest.fixture(params=[RECORD, PHOTOS], ids=["record", "photos"])
def begun(request, registry, visitor):
    """A file of either kind that was begun."""
    content = MAGIC if isinstance(request.param, PhotosWay) else b"a record"
    with registry.books.writing() as connection:
        id_ = courier_rows.bring(
            connection, visitor.officer.id, registry.books.now(), "a", "", content
        )
    progress.begin(visitor, id_, request.param)
    return id_, request.param


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
