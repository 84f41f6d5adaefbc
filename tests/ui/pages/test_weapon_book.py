"""The bound book on the screen: three views, forks said as such."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.views import FieldBook
from tests.helpers.readable import displayed, faults
from ui.pages.weapon_book import WeaponBook
from ui.widgets.text import Label


@pytest.fixture
def file(tongue, seat):
    weapon = seat.register("KB4471902")
    stockpile, by = seat.stockpile, seat.session.officer
    correct = stockpile.receiving.correct
    seat.on_books(partial(correct, weapon, {"model": "AK-74"}, "misread", by=by))
    return seat.on_books(partial(stockpile.dossiers.open, weapon))


@pytest.fixture
def book(file, qtbot):
    book = WeaponBook()
    displayed(book, qtbot, 560, 900)
    book.show_file(file)
    return book


def words(book):
    QApplication.processEvents()
    return [one.text().strip("\u2066\u2069") for one in book.findChildren(Label) if one.isVisible()]


@pytest.mark.parametrize(
    ("view", "models"),
    [("corrected", ["AK-74"]), ("original", ["AKM"]), ("both", ["AKM", "AK-74"])],
)
def test_each_view_shows_its_entries(book, view, models):
    book.show_view(view)
    assert book.view == view
    assert [one for one in words(book) if one in ("AKM", "AK-74")] == models
    assert faults(book) == []


def test_who_corrected_it_and_why_stands_beneath_the_value(book):
    assert any("misread" in one and "A. Mbuyi" in one for one in words(book))


def test_the_switch_is_pressed_by_hand(book, qtbot):
    book._switch._parts["both"].click()
    assert book.view == "both"


def test_both_sides_of_a_fork_are_said(book, file):
    forked = [
        FieldBook(one.name, one.versions, ("AKM", "AK-74")) if one.name == "model" else one
        for one in file.book
    ]
    book.show_file(replace(file, book=tuple(forked)))
    said = [one.replace("\u2066", "").replace("\u2069", "") for one in words(book)]
    assert "AKM / AK-74" in said


def test_nothing_said_is_left_out_but_for_what_names_a_weapon(book, light):
    assert "–" in words(book)
    assert len([one for one in words(book) if one == "Importer"]) == 0
