from __future__ import annotations

from stockpile.domain.codec import LARGEST_INTEGER
from stockpile.registry import causes
from stockpile.registry.intake import checked
from tests.helpers.sites import a_weapon


def entries_of(site):
    return tuple(checked(site.entries, site.node, site.keys.public_key))


def highest(registry):
    with registry.books.reading() as connection:
        return causes.highest(connection)


def test_the_highest_counter_stands_in_a_header_or_in_a_fact(site):
    site.write(a_weapon("w1"), lamport=40)
    assert causes.heard_in(entries_of(site)) == 40
    assert causes.heard_in(entries_of(site)[:-1]) < 40
    assert causes.heard_in(()) == 0


def test_counters_go_on_by_one_and_stop_at_the_largest():
    assert causes.counters_after(7, 3) == (8, 9, 10)
    nearly = LARGEST_INTEGER - 1
    assert causes.counters_after(nearly, 2) == (LARGEST_INTEGER, LARGEST_INTEGER)


def test_what_was_derived_anew_is_kept(registry):
    with registry.books.writing() as connection:
        causes.keep(connection, 99)
    assert highest(registry) == 99
