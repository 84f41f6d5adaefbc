"""The one mouth: tones, waiting, and what can be read again."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import BooksDamaged, Cancelled, DiskFull, WrongPin
from ui.notices import REMEMBERED, Notice, Notices


@pytest.fixture
def notices(qtbot):
    return Notices()


@pytest.fixture
def said(notices):
    heard = []
    notices.said.connect(heard.append)
    return heard


@pytest.mark.parametrize(
    ("error", "tone"),
    [
        (WrongPin("A. Mbuyi"), "refused"),
        (DiskFull("books.db"), "trouble"),
        (BooksDamaged("books.db", "page 3"), "damage"),
    ],
)
def test_an_error_is_said_in_the_tone_of_what_the_user_can_do(notices, said, error, tone):
    notices.listen()
    notices.trouble(error)
    assert [one.tone for one in said] == [tone]
    assert said[0].text


def test_a_change_of_mind_is_not_worth_a_notice(notices, said):
    notices.listen()
    notices.trouble(Cancelled())
    assert said == []
    assert notices.recent == ()


def test_what_is_said_before_a_window_waits_for_it(notices, said):
    notices.good("Moved")
    notices.bug("ZeroDivisionError")
    assert said == []
    notices.listen()
    assert said == [Notice("good", "Moved"), Notice("bug", "ZeroDivisionError")]
    notices.listen()
    assert len(said) == 2


def test_the_newest_notices_can_be_read_again(notices):
    for number in range(REMEMBERED + 1):
        notices.good(str(number))
    assert [one.text for one in notices.recent] == [str(n) for n in range(1, REMEMBERED + 1)]
