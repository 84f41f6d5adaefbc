"""Filters in words, with counts, and as they are kept."""

from __future__ import annotations

import pytest

from stockpile.services.ports import RegisterFilter
from stockpile.wording import Names
from ui.view_models.narrowing import (
    ANSWERS,
    FACETS,
    Saved,
    built_in,
    day_end,
    day_of,
    day_start,
    facet_title,
    list_named,
    options,
    read,
    said,
    written,
)

DAY = 86_400_000


def test_everything_said_has_words_and_a_filter_without_it():
    among = RegisterFilter(
        make="FN", place="p1", officer="o1", status="lost", condition="serviceable", type="RIF",
        marked=False, read_back=True, since=day_start("2026-03-01"), until=day_end("2026-03-02"),
        text="kept",
    )  # fmt: skip
    found = said(among, Names({"p1": "Rack 1", "o1": "A. Clerk"}))
    words = [one.words for one in found]
    assert words == [
        "Type: Rifle or carbine", "Make: FN", "Place: Rack 1", "Recorded by: A. Clerk",
        "Condition: Serviceable", "Status: Lost", "Not marked", "Read back",
        "Recorded since: 2026-03-01", "Recorded until: 2026-03-02",
    ]  # fmt: skip
    left = among
    for one in found:
        assert one.without != among
        left = next(other.without for other in said(left, Names()))
    assert left == RegisterFilter(text="kept")
    assert said(RegisterFilter(unmarked=True), Names())[0].without == RegisterFilter()


def test_every_facet_and_answer_has_a_title():
    assert all(facet_title(name) for name in (*FACETS, *ANSWERS, "since", "until"))


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "26-01-01x"])
def test_what_is_no_day_is_none(text):
    assert day_start(text) is None
    assert day_end(text) is None


def test_a_day_ends_where_the_next_begins():
    for day, after in (("2026-03-28", "2026-03-29"), ("2026-10-25", "2026-10-26")):
        assert day_end(day) == day_start(after)
        assert day_of(day_start(day)) == day
        assert day_of(day_end(day) - 1) == day
    assert day_of(0) == ""


def test_filters_are_kept_and_read():
    mine = (
        Saved("Ours", RegisterFilter(make="FN", marked=False, since=5)),
        Saved("« ارقام »", RegisterFilter(text="kb")),
    )
    assert read(written(mine)) == mine
    assert len(built_in(DAY)) == 5


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '[{"make": "FN"}]', '[{"name": " "}]'])
def test_what_is_not_readable_is_left_out(text):
    assert read(text) == ()


def test_fields_of_another_type_or_of_none_are_left_out():
    kept = '[{"name": "a", "make": 7, "since": "x", "colour": "red", "marked": true}]'
    assert read(kept) == (Saved("a", RegisterFilter(marked=True)),)


def test_a_place_counts_what_is_in_it_at_any_depth(seat):
    rack = seat.open_place("Rack 1")
    seat.register("KB1", rack)
    seat.register("KB2")
    found = seat.on_books(lambda: options(seat.stockpile, RegisterFilter()))
    counts = {one.words: one.count for one in found.values["place"]}
    assert counts == {"Kampala Central": 2, "Rack 1, Kampala Central": 1}
    assert found.count == 2
    narrowed = seat.on_books(lambda: options(seat.stockpile, RegisterFilter(place=rack.id)))
    assert [one.count for one in narrowed.values["make"]] == [1]
    assert {one.words: one.count for one in narrowed.values["place"]} == counts


def test_a_list_is_asked_for_by_name():
    now = day_start("2026-11-28")
    assert list_named("list:unfit", now) == RegisterFilter(unfit=True)
    assert list_named("list:inspection", now) == RegisterFilter(inspect_by="2026-11-28")
    assert list_named("list:issued", now) == RegisterFilter(status="issued")
    assert list_named("some-weapon", now) is None
    words = [one.words for one in said(
        RegisterFilter(holder="p1", home="r1", paper="w1", due_by="2026-11-28", unfit=True),
        Names({"p1": "Okello", "r1": "Rack 1"}),
    )]  # fmt: skip
    assert words == [
        "With: Okello", "Belongs to: Rack 1", "Paper: w1", "Due back by: 2026-11-28", "Unfit",
    ]  # fmt: skip
