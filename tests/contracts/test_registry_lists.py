from __future__ import annotations

import pytest
from sqlalchemy import select

from stockpile.domain import codec, wire
from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    MarkingEnded,
    RoundsIssued,
    TagBound,
    WaybillOpened,
    WeaponCounted,
)
from stockpile.registry import intake, listing
from stockpile.registry.finding_tables import LISTED, PAPER, ROUNDS, SOUGHT, TALLY, WAYBILL
from tests.helpers.sites import Site, a_move, a_weapon


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found_with_officers()
    return made


TABLES = (LISTED, SOUGHT, TALLY, WAYBILL, PAPER)


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def rows(registry, table):
    with registry.database.reading() as connection:
        return connection.execute(select(table)).all()


def figures(registry):
    return {(row.facet, row.value): row.n for row in rows(registry, TALLY) if row.n}


def all_rows(registry):
    """Everything kept, but for row numbers and figures that fell to nothing."""
    return {
        table.name: sorted(
            tuple(
                value for name, value in row._asdict().items() if name != "id" or table is WAYBILL
            )
            for row in rows(registry, table)
            if table is not TALLY or row.n
        )
        for table in TABLES
    }


def a_life(site):
    """Write two weapons: one is marked, labelled, moved and sent away; one only recorded."""
    site.write(a_weapon("w1", serial="AB-10"), a_weapon("w2", serial="CD-20", model="PKM"))
    first = site.facts[-2].hash
    begun = MarkingBegun("job1", "scheme", "UG 26 000001", 1, "bench")
    site.write(Draft("w1", begun, (first,)))
    site.write(Draft("w1", MarkingEnded("job1", "marked"), (site.facts[-1].hash,)))
    site.write(Draft("w1", TagBound("K000000000007")), a_move("w1", "rack 2", first))
    opened = WaybillOpened("WB-KLA-26-0001", ("w1",), "rack 2", "gulu", due="2026-12-01")
    site.write(Draft("waybill1", opened))


def test_a_weapon_is_listed_counted_and_sought_by_all_that_stands_on_it(registry, site):
    a_life(site)
    send(registry, site)
    listed = {row.weapon: row for row in rows(registry, LISTED)}
    assert (listed["w1"].place, listed["w1"].bears, listed["w1"].keeper) == (
        "rack 2", 1, site.node,
    )  # fmt: skip
    assert (listed["w2"].model, listed["w2"].bears, listed["w2"].held) == ("PKM", 0, 1)
    sought = {(row.weapon, row.kind, row.key) for row in rows(registry, SOUGHT)}
    assert sought == {
        ("w1", "serial", "AB10"), ("w1", "applied_mark", "UG26000001"),
        ("w1", "tag", "K000000000007"), ("w2", "serial", "CD20"),
    }  # fmt: skip
    counted = figures(registry)
    assert counted["held", ""] == counted["type", "rifle"] == counted["status", "in_store"] == 2
    assert (counted["bears", "1"], counted["bears", "0"]) == (1, 1)
    assert ("counted_in", "") in counted


def test_a_transfer_stands_with_its_number_its_day_and_what_is_missing(registry, site):
    a_life(site)
    send(registry, site)
    (waybill,) = rows(registry, WAYBILL)
    assert (waybill.state, waybill.due, waybill.missing) == ("open", "2026-12-01", 1)
    assert {row.number for row in rows(registry, PAPER)} == {"WBKLA260001"}


def test_derived_anew_it_is_the_same(registry, site):
    a_life(site)
    send(registry, site)
    kept = all_rows(registry)
    registry.books.rebuild()
    assert all_rows(registry) == kept


def test_whatever_comes_when_figures_are_those_of_the_rows(registry, site):
    """Entries sent one by one leave the same as all at once, and figures count the rows."""
    a_life(site)
    for entry in site.entries:
        intake.take(registry.books, site.node, wire.squeeze(wire.pack([entry])))
    kept = all_rows(registry)
    counted = {}
    for row in rows(registry, LISTED):
        for one in listing.facets(listing.Row(*row)):
            counted[one] = counted.get(one, 0) + 1
    assert {(f, v, k): n for f, v, k, n in kept["tally"]} == counted
    registry.books.rebuild()
    assert all_rows(registry) == kept


def test_who_keeps_a_weapon_is_who_wrote_where_it_is(registry, site):
    other = Site()
    registry.enrol(other)
    other.found_with_officers()
    site.write(a_weapon("w1"))
    other.write(a_move("w1", "gulu", site.facts[-1].hash), lamport=50)
    send(registry, site)
    send(registry, other)
    assert [row.keeper for row in rows(registry, LISTED)] == [other.node]
    assert {row.keeper for row in rows(registry, TALLY) if row.n} == {other.node}


def test_no_number_that_others_write_stops_anything(registry, site):
    """Instants and rounds of any size, lots and papers of any name: all is taken in and listed."""
    vast = codec.LARGEST_INTEGER
    site.write(a_weapon("w1"))
    site.write(
        Draft("w1", WeaponCounted("count", "armoury", seen=vast), saw=(site.facts[-1].hash,))
    )
    site.by_one(
        Draft("out-1", RoundsIssued("lot\x00" + "x" * 500, vast)),
        Draft("out-2", RoundsIssued("#lot", vast)), Draft("out-3", RoundsIssued("#lot", vast)),
    )  # fmt: skip
    site.by_two(Draft("waybill2", WaybillOpened("\x00" * 500, ("w1",), "a\x00", due="\x00")))
    send(registry, site)
    (row,) = rows(registry, LISTED)
    assert (row.weapon, row.held) == ("w1", 1)
    assert len(rows(registry, ROUNDS)) == 3
    assert len(rows(registry, WAYBILL)) == 1
    kept = all_rows(registry)
    registry.books.rebuild()
    assert all_rows(registry) == kept
