"""The front door: homes are made, opened, and told apart from practice."""

from __future__ import annotations

import pytest

from stockpile import app
from stockpile.adapters.keys import slots
from stockpile.adapters.keys.strength import LIGHT, USUAL
from stockpile.domain.errors import HomeExists, HomeMissing, KeysUnreadable, PassphraseTooShort
from tests.helpers.house import PASSPHRASE, TOLD


def test_a_home_is_made_once_and_opened_again(tmp_path):
    home = tmp_path / "home"
    assert not app.is_home(home)
    app.found_home(home, PASSPHRASE, TOLD).close()
    assert app.is_home(home)
    assert not app.is_practice(home)
    with pytest.raises(HomeExists):
        app.found_home(home, PASSPHRASE, TOLD)
    with app.open_home(home, PASSPHRASE) as stockpile:
        assert stockpile.people.officers()[0].name == "A. Mbuyi"


def test_no_home_is_made_that_its_key_file_alone_would_betray(tmp_path):
    for short in ("", "practice", "elevenchars", "  elevenchars  "):
        with pytest.raises(PassphraseTooShort) as told:
            app.found_home(tmp_path / "home", short, TOLD)
        assert told.value.least == 12
    assert not (tmp_path / "home").exists()


def test_a_home_is_as_hard_to_guess_as_usual_unless_its_secrets_are_known_to_all(tmp_path):
    app.found_home(tmp_path / "home", PASSPHRASE, TOLD).close()
    app.found_practice(tmp_path / "practice").close()
    costs = [costs_of(tmp_path / name) for name in ("home", "practice")]
    assert costs == [{USUAL}, {LIGHT}]


def costs_of(home):
    content = slots.read_file(home).content
    keys = [one.keys[0] for one in content.signers.values()]
    return {one.strength for one in (*content.slots, *keys)}


def test_a_practice_home_opens_with_what_everybody_knows(tmp_path):
    app.found_practice(tmp_path / "home").close()
    assert app.is_practice(tmp_path / "home")
    with app.open_home(tmp_path / "home", app.PRACTICE_PASSPHRASE) as stockpile:
        officer = stockpile.people.sign_in("Practice officer", app.PRACTICE_PIN)
        assert officer.officer.roles == ("commander",)


def test_nothing_is_opened_where_nothing_is(tmp_path):
    with pytest.raises(HomeMissing):
        app.open_home(tmp_path, PASSPHRASE)
    (tmp_path / "keys.json").write_text("{", "utf-8")
    with pytest.raises(KeysUnreadable):
        app.open_home(tmp_path, PASSPHRASE)


def test_the_training_list_ships():
    assert app.training_list().read_text("utf-8").startswith("Lista de treino")
