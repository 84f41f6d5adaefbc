"""Each line stands in one list; a line that changes goes from one to another."""

from __future__ import annotations

from dataclasses import replace

from ui.view_models.counting_shown import Item, Lists

ONE, TWO = Item("w1", "missing", "KB1"), Item("w2", "missing", "KB2")


def test_a_line_that_changes_leaves_the_list_it_was_in():
    lists = Lists()
    lists.keep([ONE, TWO])
    lists.keep([replace(ONE, kind="found")])
    assert lists.of("missing") == [TWO]
    assert [one.key for one in lists.of("found")] == ["w1"]
    lists.keep([replace(ONE, kind="missing")])
    assert lists.of("missing") == [TWO, ONE]  # in the order in which they became so
    assert lists.of("found") == []


def test_a_line_that_only_says_something_else_keeps_its_place():
    lists = Lists()
    lists.keep([ONE, TWO])
    lists.keep([replace(ONE, place="A12")])
    assert [one.place for one in lists.of("missing")] == ["A12", ""]


def test_several_lists_are_shown_as_one():
    lists = Lists()
    lists.keep([replace(ONE, kind="found"), replace(TWO, kind="explained")])
    assert [one.key for one in lists.of("found", "explained")] == ["w1", "w2"]
    lists.clear()
    assert lists.of("found", "explained") == []
