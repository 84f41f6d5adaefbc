"""What a count says, in words that tell what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.counting import Tally
from stockpile.language import plain
from ui.pages.counting_words import (
    NOTE,
    PUT_RIGHT,
    found_words,
    item_line,
    on_record,
    read_line,
    result,
)
from ui.view_models.counting_shown import Item, Read
from ui.widgets.scan_result import Outcome

NOON = 1_700_000_000_000
ITEM = Item(
    "w1", "missing", "KB1", "AKM", "A12", "A11", "in_store", "", NOON, NOON, expected=True
)  # fmt: skip


def read(came, item=ITEM, **more):
    return Read("KB1", came, NOON, item, **more)


@pytest.mark.parametrize(
    ("came", "outcome", "title"),
    [
        ("found", Outcome.FOUND, "Found"),
        ("extra", Outcome.FOUND, "Not of this count"),
        ("explained", Outcome.FOUND, "Explained"),
        ("twice", Outcome.TWICE, "Counted before"),
        ("misplaced", Outcome.MISPLACED, "Belongs in another place"),
        ("unexpected", Outcome.UNEXPECTED, "Not expected here"),
        ("stranger", Outcome.UNEXPECTED, "On no record"),
        ("unknown", Outcome.REFUSED, "On no record"),
        ("several", Outcome.REFUSED, "More than one weapon has this serial"),
        ("no_place", Outcome.REFUSED, "Scan the card of a rack first"),
        ("outside", Outcome.REFUSED, "Not part of this count"),
        ("person", Outcome.REFUSED, "A person's card"),
    ],
)
def test_each_result_says_what_it_is(came, outcome, title):
    said = result(read(came), 0, blind=False)
    assert (said.outcome, said.title) == (outcome, title)


def test_what_can_be_done_stands_beside_it():
    names = [one.name for one in result(read("misplaced"), 0, blind=False).answers]
    assert names == [PUT_RIGHT]
    assert [one.name for one in result(read("unknown"), 0, blind=False).answers] == [NOTE]


def test_a_weapon_reported_lost_is_an_alarm_whatever_else_it_is():
    assert result(read("found", alarm=True), 0, blind=False).outcome is Outcome.ALARM
    assert result(read("found", alarm=True), 0, blind=True).outcome is Outcome.ALARM


@pytest.mark.parametrize("came", ["found", "extra", "explained", "misplaced", "unexpected"])
def test_a_blind_count_tells_none_of_them_apart(came):
    said = result(read(came), None, blind=True)
    assert (said.outcome, said.title, said.answers) == (Outcome.FOUND, "Counted", ())
    line = read_line(read(came), 1, blind=True)
    assert line.icon == "circle-check"
    assert plain(line.at_end).startswith("found")


def test_where_the_record_has_it():
    assert plain(on_record(ITEM)) == "On record in A12 since 2023-11-14"
    issued = replace(ITEM, state="issued", holder="Sgt Kato")
    assert plain(on_record(issued)) == "Issued to Sgt Kato since 2023-11-14"
    assert plain(on_record(replace(ITEM, state="in_transit"))) == "In transit · 2023-11-14"


@pytest.mark.parametrize(
    ("kind", "beneath"),
    [
        ("missing", "On record in A12 since 2023-11-14"),
        ("misplaced", "Seen in A11, on record in A12"),
        ("unexpected", "Seen in A11 · On record in A12 since 2023-11-14"),
        ("stranger", "Seen in A11, on no record"),
    ],
)
def test_a_line_says_where_to_look(kind, beneath):
    assert plain(item_line(replace(ITEM, kind=kind)).beneath) == beneath


@pytest.mark.parametrize("why", ["left", "arrived", "moved", "corrected"])
def test_what_explains_a_line_is_said(why):
    assert item_line(replace(ITEM, kind="explained", why=why)).beneath


def test_what_moved_is_counted_beside_what_was_found():
    assert plain(found_words(Tally(expected=48, found=41))) == "of 48 found"
    assert (
        plain(found_words(Tally(expected=1200, found=1, explained=30))) == "of 1200, 30 explained"
    )
