"""References by kind: what did not change is not read again, what was written is."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.shelf import Shelf
from stockpile.domain.facts import (
    Draft,
    OfficerAppointed,
    PlaceChanged,
    PlaceOpened,
    ReceiptSigned,
)
from tests.helpers import officers


def opened(depot, name, kind="rack"):
    place = depot.id()
    depot.books.record([Draft(place, PlaceOpened(name, kind))], by=None)
    return place


def receipts(depot, count, **said):
    drafts = [
        Draft(depot.id(), ReceiptSigned(f"HR-{n}", "issue", ("w1",), **said)) for n in range(count)
    ]
    depot.books.record(drafts, by=None)
    return [one.subject for one in drafts]


def test_a_list_that_did_not_change_is_the_same_object(depot):
    opened(depot, "Rack 1")
    first = depot.books.references(PlaceOpened)
    receipts(depot, 2)
    assert depot.books.references(PlaceOpened) is first
    opened(depot, "Rack 2")
    assert [one.now.name for one in depot.books.references(PlaceOpened)] == ["Rack 1", "Rack 2"]


def test_what_was_changed_is_read_again_and_the_rest_is_not(depot):
    place, other = opened(depot, "Rack 1"), opened(depot, "Rack 2")
    before = {one.subject: one for one in depot.books.references(PlaceOpened)}
    reference = depot.books.reference(place)
    renamed = Draft(place, PlaceChanged("Rack 9", "rack", None), reference.heads)
    depot.books.record([renamed], by=None)
    after = {one.subject: one for one in depot.books.references(PlaceOpened)}
    assert after[place].now.name == "Rack 9"
    assert after[other] is before[other]
    assert after[place] == depot.books.reference(place)


def test_several_kinds_are_one_list_by_their_ids(depot):
    depot.books.record(officers.in_office(), by=None)
    rack = opened(depot, "Rack 1")
    found = depot.books.references(PlaceOpened, OfficerAppointed)
    assert [one.subject for one in found] == sorted([rack, officers.FIRST, officers.SECOND])
    officers.by_one(depot.books, [Draft("o2", OfficerAppointed("B", ("clerk",), ""))])
    assert len(depot.books.references(PlaceOpened, OfficerAppointed)) == 4
    assert depot.books.references() == ()


def test_what_grows_for_ever_is_read_as_far_as_it_is_asked_for(depot):
    early, late = receipts(depot, 3, holder="p1"), receipts(depot, 2, holder="p2")
    found = depot.books.references(ReceiptSigned, newest=3)
    assert [one.subject for one in found] == [late[1], late[0], early[2]]
    about = depot.books.references(ReceiptSigned, about="p1")
    assert [one.subject for one in about] == early
    assert [one.subject for one in depot.books.references(ReceiptSigned, about="p1", newest=1)] == [
        early[2]
    ]
    assert len(depot.books.references(ReceiptSigned)) == 5


def test_a_write_that_came_to_nothing_and_a_rebuild_change_nothing(depot, monkeypatch):
    opened(depot, "Rack 1")
    before = depot.books.references(PlaceOpened)
    with monkeypatch.context() as broken:
        broken.setattr("stockpile.adapters.sqlite.folding.recompute", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            opened(depot, "Rack 2")
    assert depot.books.references(PlaceOpened) == before
    depot.books.rebuild()
    assert depot.books.references(PlaceOpened) == before


def test_a_fresh_shelf_agrees(depot):
    opened(depot, "Rack 1")
    connection = depot.open().store.connection
    assert Shelf().all(connection, ["place.opened"]) == depot.books.references(PlaceOpened)
