"""Names of places and officers, and what is within a place."""

from __future__ import annotations

from stockpile.adapters.sqlite.known import Known
from stockpile.domain.facts import Draft, OfficerAppointed, PlaceOpened


def test_what_is_within_a_place_at_any_depth(depot):
    site, room, rack, other = (depot.id() for _ in range(4))
    drafts = [
        Draft(site, PlaceOpened("Site")),
        Draft(room, PlaceOpened("Room", "room", site)),
        Draft(rack, PlaceOpened("Rack", "rack", room)),
        Draft(other, PlaceOpened("Rack", "rack")),
    ]
    depot.books.record(drafts, by=None)
    connection, known = depot.open().store.connection, Known()
    assert known.within(connection, site) == {site, room, rack}
    assert known.within(connection, "Room") >= {room, rack}
    assert known.within(connection, "Rack") == {"Rack", rack, other}
    assert known.within(connection, "nowhere") == {"nowhere"}


def test_names_are_those_said_last_once_forgotten(depot):
    depot.books.record([Draft("o1", OfficerAppointed("A. Clerk", ("clerk",), "00"))], by=None)
    rack = depot.found("Rack 4")
    connection, known = depot.open().store.connection, Known()
    assert known.place_names(connection) == {rack: "Rack 4"}
    assert known.officer_names(connection) == {"o1": "A. Clerk"}
    heads = depot.books.reference(rack).heads
    depot.books.record([Draft(rack, PlaceOpened("Vault"), heads)], by=None)
    assert known.place_names(connection) == {rack: "Rack 4"}
    known.forget()
    assert known.place_names(connection) == {rack: "Vault"}
