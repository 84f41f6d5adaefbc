from __future__ import annotations

from sqlalchemy import select, text

from stockpile.domain import wire
from stockpile.domain.facts import (
    Draft,
    Mark,
    MarkingBegun,
    MarkingEnded,
    TagBound,
    WeaponCorrected,
)
from stockpile.registry import finding_rows, intake
from stockpile.registry.finding_tables import LISTED, SOUGHT
from tests.helpers.registries import open_registry
from tests.helpers.sites import a_weapon


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def rows(registry, table):
    with registry.database.reading() as connection:
        return connection.execute(
            select(table.c.weapon, table.c["key" if table is SOUGHT else "number"])
        ).all()


def test_lists_of_an_older_registry_are_filled_when_it_opens(registry, site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    send(registry, site)
    kept = rows(registry, LISTED), rows(registry, SOUGHT)
    with registry.database.writing() as connection:
        finding_rows.forget(connection)
        connection.execute(text("DELETE FROM finding_followed"))
    again = open_registry(registry.url)
    assert (rows(again, LISTED), rows(again, SOUGHT)) == kept
    again.database.close()


def test_hostile_texts_are_kept_as_keys(registry, site):
    site.write(a_weapon("w1", serial="X\x00'; DROP TABLE listed;--" + "9" * 400))
    send(registry, site)
    (row,) = rows(registry, SOUGHT)
    assert row.key.startswith("#")
    assert len(rows(registry, LISTED)) == 1


def test_texts_that_stay_are_not_written_again(registry, site):
    def held():
        with registry.database.reading() as connection:
            asked = text("SELECT id, kind, text FROM sought ORDER BY id")
            return [tuple(row) for row in connection.execute(asked)]

    site.write(a_weapon("w1", serial="AB-1"))
    born = site.facts[-1].hash
    send(registry, site)
    first = held()
    site.write(Draft("w1", TagBound("SP1")))
    site.write(Draft("w1", MarkingBegun("j1", "s", "UG 1", 1, "bench"), (born,)))
    send(registry, site)
    assert held()[: len(first)] == first
    assert [row[1:] for row in held()] == [
        ("serial", "AB-1"), ("applied_mark", "UG 1"), ("tag", "SP1"),
    ]  # fmt: skip
    marked = held()
    site.write(Draft("w1", MarkingEnded("j1", "marked"), (site.facts[-1].hash,)))
    send(registry, site)
    assert held() == marked
    site.write(
        Draft("w1", WeaponCorrected("misread", marks=(Mark("serial", "AB-7", is_identity=True),)))
    )
    send(registry, site)
    assert {row[2] for row in held()} == {"AB-7", "UG 1", "SP1"}
