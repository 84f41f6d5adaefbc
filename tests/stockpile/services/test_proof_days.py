"""A deep check is asked for again after a month, counted from the last or from the beginning."""

from __future__ import annotations

from stockpile.services.proof_days import MOST_DAYS, days_between, days_unproved, is_due
from tests.helpers.sites import open_site

DAY = 24 * 3_600_000


def test_the_record_is_to_be_proved_every_month(tmp_path):
    site = open_site(tmp_path / "site")
    books, own = site.books, site.keys.node
    begun = site.clock.now()
    assert (books.proved(), days_unproved(books, own, begun)) == (0, 0)
    assert not is_due(books, own, begun + (MOST_DAYS - 1) * DAY)
    assert is_due(books, own, begun + MOST_DAYS * DAY)
    site.clock.at += MOST_DAYS * DAY
    books.check(deep=False)
    assert books.proved() == 0
    books.check(deep=True)
    assert days_unproved(books, own, site.clock.now()) == 0
    assert days_unproved(books, own, begun) == 0  # a clock set back asks for nothing
    site.close()


def test_the_words_of_the_setting_are_days():
    assert [days_between(one) for one in ("week", "month", "never", "nonsense")] == [7, 30, 0, 7]
