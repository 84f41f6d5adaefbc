"""What long work writes is told to every screen, and the books do not notice."""

from __future__ import annotations

from stockpile.domain import excerpts
from stockpile.domain.facts import Draft, WeaponCorrected
from tests.helpers.sites import Site, a_weapon
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
    other = Site()
    other.found()
    other.write(a_weapon("w1"), a_weapon("w2"))
    house.stockpile.books.trust(other.node, other.keys.public_key)
    told = overheard.books.receive_excerpts([excerpts.excerpt_of(other.entries[-1], [0])])
    assert [fact.subject for fact in told.facts] == ["w1"]
    assert overheard.recorded.facts == told.facts
    whole = overheard.books.receive(other.entries)
    assert overheard.recorded.facts == told.facts + whole.facts


def test_the_books_answer_as_themselves(house):
    books = Overheard(house.stockpile.books).books
    assert books.tip() == house.stockpile.books.tip()
