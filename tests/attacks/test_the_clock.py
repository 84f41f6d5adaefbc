"""A clock that is set back or far ahead changes no order, frees no wait, and is told."""

from __future__ import annotations

import pytest

from stockpile.adapters import clock
from stockpile.cli.commands import main
from stockpile.domain.errors import PinTooSoon, WrongPin
from stockpile.language import plain
from tests.helpers.attacks import sentence
from tests.helpers.commands import ENVIRONMENT
from tests.helpers.house import PIN, TOLD, copied_house

DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def wall(monkeypatch):
    """The wall clock of this computer, as whoever sits at it sets it."""

    class Wall:
        moved = 0

    real = clock.SystemClock.now
    monkeypatch.setattr(clock.SystemClock, "now", lambda self: real(self) + Wall.moved)
    return Wall


def test_what_is_written_under_a_clock_that_was_set_back_comes_after_what_was_there(house, wall):
    books = house.stockpile.books
    weapon = house.register("KB 1")
    wall.moved = -400 * DAY
    house.stockpile.receiving.correct(weapon, {"model": "AK-74"}, "backdated", by=house.officer)
    assert [type(one.body).__name__ for one in books.history(weapon)][-1] == "WeaponCorrected"
    assert books.weapon(weapon).model == "AK-74"
    books.check(deep=True)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (-DAY, "Set date and time right before you go on; what was written keeps its order."),
        (500 * DAY, "more than a year before. Check date and time before you go on."),
        (0, ""),
    ],
)
def test_every_command_says_what_speaks_against_the_clock(
    wall, moved, words, tmp_path, monkeypatch, capsys
):
    built = copied_house(tmp_path / "home")
    built.stockpile.close()
    wall.moved = moved
    for name in ("STOCKPILE_PASSPHRASE", "STOCKPILE_PIN", "LANGUAGE"):
        monkeypatch.setenv(name, ENVIRONMENT[name])
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(built.home), "day", "show"])
    assert ended.value.code == 0
    said = capsys.readouterr().err
    assert ("This computer's clock says" in said) is bool(words)
    assert words in plain(said)


@pytest.mark.parametrize("moved", [-3650 * DAY, 3650 * DAY])
def test_no_clock_that_is_set_ends_the_wait_for_the_next_pin(house, wall, moved):
    people = house.stockpile.people
    for _ in range(3):
        with pytest.raises(WrongPin):
            people.sign_in(TOLD.officer, "0000")
    wall.moved = moved
    with pytest.raises(PinTooSoon) as refused:
        people.sign_in(TOLD.officer, PIN)
    assert "Too many wrong PINs for A. Mbuyi. Wait " in sentence(refused.value)
