"""A list and its detail: side by side, or one after the other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.pages.list_and_detail import ListAndDetail


@pytest.fixture
def parts(light, qtbot):
    list_, detail = QWidget(), QWidget()
    both = ListAndDetail(list_, detail)
    qtbot.addWidget(both)
    both.resize(1100, 500)
    both.show()
    return both, list_, detail


def test_with_room_for_both_they_stand_side_by_side(parts):
    _both, list_, detail = parts
    assert list_.isVisible()
    assert detail.isVisible()
    assert detail.width() == 300
    assert detail.x() > list_.x()


def test_reading_from_the_right_the_detail_stands_at_the_left(mirrored, qtbot):
    list_, detail = QWidget(), QWidget()
    both = ListAndDetail(list_, detail)
    qtbot.addWidget(both)
    both.resize(1100, 500)
    both.show()
    assert detail.x() < list_.x()


def test_a_narrow_page_shows_one_or_the_other(parts, qtbot):
    both, list_, detail = parts
    both.resize(760, 500)
    assert list_.isVisible()
    assert not detail.isVisible()
    both.show_detail(shown=True)
    assert not list_.isVisible()
    qtbot.waitUntil(lambda: detail.width() == 760)


def test_going_back_in_a_narrow_page_closes_nothing_in_a_wide_one(parts):
    both, _list, detail = parts
    both.resize(760, 500)
    both.show_detail(shown=True)
    both.show_detail(shown=False)
    both.resize(1100, 500)
    assert detail.isVisible()


def test_a_closed_detail_stays_closed_until_it_is_wanted(parts):
    both, _list, detail = parts
    both.show_detail(shown=False)
    assert not detail.isVisible()
    both.show_detail(shown=True)
    assert detail.isVisible()


def test_where_there_is_nothing_to_show_there_is_no_detail(parts):
    both, _list, detail = parts
    both.offer_detail(offered=False)
    assert not detail.isVisible()
    both.offer_detail(offered=True)
    assert detail.isVisible()
