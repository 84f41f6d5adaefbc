from __future__ import annotations

import pytest
from sqlalchemy import event, select

from stockpile.domain import weapons, wire
from stockpile.domain.facts import (
    Draft,
    LotRegistered,
    MarkingBegun,
    PlaceClosed,
    PlaceOpened,
    WeaponMerged,
)
from stockpile.registry import intake, register
from stockpile.registry.tables import CONFLICT, REFERENCE, WEAPON
from tests.helpers.sites import a_move, a_weapon


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def rows(registry, table):
    with registry.database.reading() as connection:
        return connection.execute(select(table)).all()


def test_a_weapon_is_kept_as_it_stands_with_what_is_asked_by_value(registry, site):
    site.write(a_weapon("w1", serial="AB-123"))
    send(registry, site)
    (row,) = rows(registry, WEAPON)
    assert (row.id, row.calibre, row.status) == ("w1", "7.62x39", "in_store")
    assert row.duplicate_key == "A8123|AKM|762X39"
    assert registry.books.weapon("w1") == weapons.folded("w1", site.facts[-1:])


def test_places_stand_on_record_by_name(registry, site):
    site.write(Draft("p1", PlaceOpened("North store")))
    opened = site.facts[-1].hash
    send(registry, site)
    named = {row.id: row for row in rows(registry, REFERENCE)}
    assert (named["p1"].kind, named["p1"].name, named["p1"].closed) == (
        "place.opened", "North store", 0,
    )  # fmt: skip
    site.write(Draft("p1", PlaceClosed("flooded"), (opened,)))
    send(registry, site)
    assert {row.id: row.closed for row in rows(registry, REFERENCE)}["p1"] == 1


def test_one_mark_on_two_weapons_is_a_conflict(registry, site):
    for number in (1, 2):
        site.write(a_weapon(f"w{number}"))
        begun = MarkingBegun(f"job{number}", "scheme", "UG 26 000001", 1, "bench")
        site.write(Draft(f"w{number}", begun, (site.facts[-1].hash,)))
    send(registry, site)
    (raised,) = registry.books.conflicts()
    assert (raised.kind, raised.weapons) == ("mark_doubled", ("w1", "w2"))


def test_one_mark_on_records_that_were_joined_is_no_conflict_any_more(registry, site):
    test_one_mark_on_two_weapons_is_a_conflict(registry, site)
    site.write(Draft("w1", WeaponMerged("w2", "one rifle")))
    send(registry, site)
    assert [one.kind for one in registry.books.conflicts()] == []


def test_conflict_rows_belong_to_what_raised_them(registry, site):
    site.write(a_weapon("w1", serial="SAME"), a_weapon("w2", serial="SAME"))
    send(registry, site)
    assert [row.owner[:2] for row in rows(registry, CONFLICT)] == ["d:"]


@pytest.mark.parametrize("text", ["", "w1", "\u0645\u0633\u062f\u0633", "a" * register.LONGEST_KEY])
def test_a_text_that_an_index_takes_is_its_own_key(text):
    assert register.key_of(text) == text


def test_other_texts_are_kept_under_their_digest():
    odd = ("a\x00", "a" * (register.LONGEST_KEY + 1), "#w1", "\x00")
    keys = [register.key_of(text) for text in odd]
    assert len(set(keys)) == len(odd)
    assert all(key.startswith("#") and len(key) == 65 for key in keys)


def questions(registry, site, *drafts):
    """Return how often the database is asked while these come in as one batch."""
    before, asked = len(site.entries), []
    site.write(*drafts)

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(registry.database.engine, "before_cursor_execute", note)
    batch = site.entries[before:]
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(batch)))
    event.remove(registry.database.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_batch_asks_no_more_however_many_papers_and_contradictions_it_brings(registry, site):
    site.write(*(a_weapon(f"w{one}") for one in range(80)))
    send(registry, site)
    lots = [Draft(f"lot{one}", LotRegistered("ball", "9x19", f"A{one}", 9)) for one in range(80)]
    moves = [a_move(f"w{one}", "elsewhere") for one in range(80)]  # that name nothing they replace
    few = questions(registry, site, *lots[:2], *moves[:2])
    assert questions(registry, site, *lots[2:], *moves[2:]) == few
    assert len(registry.books.conflicts()) == 80
    assert {row.id for row in rows(registry, REFERENCE)} >= {f"lot{one}" for one in range(80)}
