from __future__ import annotations

import pytest
from sqlalchemy import event, select

from stockpile.domain import wire
from stockpile.domain.cards import MOST_SIDES
from stockpile.domain.facts import Draft, MarkingBegun, WeaponMerged, WeaponsDistinct
from stockpile.domain.values import WeaponId
from stockpile.registry import intake, settling
from stockpile.registry.dossiers import dossier
from stockpile.registry.tables import CONFLICT, MARK, TIED
from tests.helpers.sharers import told
from tests.helpers.sites import a_weapon

NAMES = [f"w{n:03}" for n in range(40)]


def send(registry, site):
    held = registry.books.tip(site.node).number
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[held:])))


def rows(registry, column):
    with registry.database.reading() as connection:
        return sorted(connection.execute(select(column)).scalars())


def apart(one, other):
    return Draft(one, WeaponsDistinct(other, "two crates"))


def marked(weapon, text, number=1):
    return Draft(weapon, MarkingBegun(f"job-{weapon}", "s", text, number, "bench"))


@pytest.fixture
def crowd(registry, site):
    """A registry to which one serial came forty times."""
    site.write(*(a_weapon(one, serial="AB-1") for one in NAMES))
    send(registry, site)
    return site


def test_the_row_of_many_names_none_and_whoever_reads_it_sees_all(registry, crowd):
    assert rows(registry, CONFLICT.c.weapons) == ["[]"]
    (raised,) = registry.books.conflicts()
    assert raised.weapons == tuple(NAMES)
    with registry.database.reading() as connection:
        assert dossier(connection, WeaponId("w007")).conflicts == (raised,)


def test_the_room_shows_the_first_of_many_and_the_next_when_these_are_told_apart(registry, crowd):
    with registry.database.reading() as connection:
        (shown,) = settling.room(connection).cards
        assert settling.card(connection, shown.conflict.id) == shown
    assert [one.weapon for one in shown.sides] == NAMES[:MOST_SIDES]
    assert shown.more == len(NAMES) - MOST_SIDES
    crowd.write(*shown.choices[-1].drafts("two crates"))
    send(registry, crowd)
    with registry.database.reading() as connection:
        (after,) = settling.room(connection).cards
    assert [one.weapon for one in after.sides] == [NAMES[0], *NAMES[MOST_SIDES:][: MOST_SIDES - 1]]
    assert after.conflict.weapons == tuple(NAMES)


def test_one_more_of_many_asks_for_none_of_the_others(registry, crowd):
    read = []
    crowd.write(a_weapon("w999", serial="AB-1"))
    heard = lambda *told: read.append((told[2], told[3]))  # noqa: E731
    event.listen(registry.database.engine, "before_cursor_execute", heard)
    send(registry, crowd)
    event.remove(registry.database.engine, "before_cursor_execute", heard)
    assert read
    assert not [one for one in read if NAMES[7] in str(one)]
    assert len(registry.books.conflicts()[0].weapons) == len(NAMES) + 1


def test_what_people_said_is_kept_by_what_is_shared(registry, crowd):
    crowd.write(apart("w000", "w001"))
    send(registry, crowd)
    assert rows(registry, TIED.c.weapon) == ["w000"]
    assert rows(registry, CONFLICT.c.weapons) == ["[]"]  # the others still stand against each other
    crowd.write(Draft("w000", WeaponMerged("w001", "one crate")))
    send(registry, crowd)
    assert rows(registry, TIED.c.weapon) == ["w000"]
    assert registry.books.conflicts()[0].weapons == tuple(NAMES)


def test_once_all_are_named_those_that_are_left_are_written_down(registry, site):
    site.write(*(a_weapon(one, serial="AB-1") for one in NAMES[:4]))
    site.write(apart("w000", "w001"), apart("w000", "w002"), apart("w000", "w003"))
    send(registry, site)
    assert registry.books.conflicts()[0].weapons == ("w001", "w002", "w003")
    site.write(apart("w001", "w002"), apart("w001", "w003"))
    send(registry, site)
    assert registry.books.conflicts()[0].weapons == ("w002", "w003")
    site.write(apart("w003", "w002"))
    send(registry, site)
    assert registry.books.conflicts() == ()
    site.write(a_weapon("late", serial="AB-1"))
    send(registry, site)
    assert registry.books.conflicts()[0].weapons == ("late", *NAMES[:4])


def test_a_mark_that_drew_no_number_is_nobody_s_own(registry, site):
    site.write(a_weapon("w1"), a_weapon("w2"), a_weapon("w3"))
    site.write(marked("w1", "UG 26", 0), marked("w2", "UG 26", 0), marked("w3", "UG 26"))
    send(registry, site)
    assert rows(registry, MARK.c.weapon) == ["w3"]
    assert told(registry.books.conflicts()) == set()


@pytest.mark.parametrize("odd", ["#7", "x" * 300, "nul\x00"])
def test_ids_and_texts_that_no_database_holds_are_told_in_full(registry, site, odd):
    site.write(a_weapon(odd, serial="AB-1"), a_weapon("w2", serial="AB-1"))
    site.write(marked(odd, odd), marked("w2", odd))
    send(registry, site)
    both = tuple(sorted([odd, "w2"]))
    (alike, doubled) = sorted(told(registry.books.conflicts()), reverse=True)
    assert alike[2] == both
    assert doubled == ("mark_doubled", odd, both)
    site.write(apart(odd, "w2"), Draft(odd, WeaponMerged("w2", "one crate")))
    send(registry, site)
    assert told(registry.books.conflicts()) == set()
    assert len(rows(registry, TIED.c.shared)) == 2
