"""What long work writes is told to every screen, and the books do not notice."""

from __future__ import annotations

from stockpile.domain.facts import Draft, WeaponCorrected
from ui.view_models.overheard import NOTHING, Overheard


def test_nothing_was_heard_before_anything_was_written(house):
    assert Overheard(house.stockpile.books).recorded == NOTHING


def test_all_that_is_written_is_heard_in_its_order(house):
    weapon = house.register()
    overheard = Overheard(house.stockpile.books)
    for reason in ("first", "second"):
        body = WeaponCorrected(reason, remarks=reason)
        overheard.books.record([Draft(weapon, body)], by=house.officer.id)
    assert [fact.body.reason for fact in overheard.recorded.facts] == ["first", "second"]
    assert len(overheard.recorded.entries) == 2


def test_entries_of_others_are_heard_too(house):
    overheard = Overheard(house.stockpile.books)
    assert overheard.books.receive([]).facts == ()
    assert overheard.recorded.facts == ()


def test_the_books_answer_as_themselves(house):
    books = Overheard(house.stockpile.books).books
    assert books.tip() == house.stockpile.books.tip()
