"""Opening, founding, signing in: on the books lane, with what is refused said at its field."""

from __future__ import annotations

import pytest

from stockpile.app import PRACTICE_PIN, found_home
from stockpile.domain.errors import HomeExists, WrongPassphrase, WrongPin
from stockpile.settings import Settings
from tests.helpers.desktops import PATIENCE
from tests.helpers.house import PASSPHRASE, PIN, TOLD
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.sign_in import PRACTICE_WEAPONS, SignInModel


@pytest.fixture
def model(qtbot, tmp_path):
    desk, session = Desk(Notices()), Session(Settings())
    made = SignInModel(desk, session, tmp_path / "home", tmp_path / "practice")
    made.session, made.desk = session, desk
    yield made
    desk.wait()
    made.close()
    desk.close()


@pytest.fixture
def founded(model):
    found_home(model.home, PASSPHRASE, TOLD).close()
    return model


def refusal(model, qtbot, does):
    with qtbot.waitSignal(model.refused, timeout=PATIENCE) as said:
        does()
    return said.args[0], type(said.args[1])


def opened(model, qtbot, does):
    with qtbot.waitSignal(model.opened, timeout=PATIENCE) as said:
        does()
    return said.args


def test_an_empty_computer_opens_a_filled_practice_depot(model, qtbot):
    assert opened(model, qtbot, model.start) == [["Practice officer", "Second officer"], True]
    assert not model.has_home
    with qtbot.waitSignal(model.signed_in, timeout=PATIENCE):
        model.sign_in("Practice officer", PRACTICE_PIN)
    tally = model.desk.on_books(model.session.stockpile.register).tally()
    assert sum(count for _status, count in tally) == PRACTICE_WEAPONS
    assert model.session.settings.officer == model.session.officer.id  # an id, never a name
    model.session.leave()
    assert opened(model, qtbot, model.again)
    assert model.last == "Practice officer"


def test_a_real_home_asks_for_its_passphrase_and_opens_by_it(founded, qtbot):
    assert opened(founded, qtbot, founded.start) == [[], False]
    assert founded.has_home
    assert refusal(founded, qtbot, lambda: founded.open("wrong")) == (
        "passphrase", WrongPassphrase,
    )  # fmt: skip
    assert opened(founded, qtbot, lambda: founded.open(PASSPHRASE)) == [["A. Mbuyi"], False]
    assert refusal(founded, qtbot, lambda: founded.sign_in("A. Mbuyi", "0000")) == (
        "pin", WrongPin,
    )  # fmt: skip


def test_the_practice_depot_stands_beside_a_real_home(founded, qtbot):
    assert opened(founded, qtbot, founded.open_practice)[1] is True
    assert founded.has_home


def test_a_new_home_is_made_once(model, qtbot):
    with qtbot.waitSignal(model.signed_in, timeout=PATIENCE):
        model.found(PASSPHRASE, TOLD)
    assert model.session.officer.officer.name == TOLD.officer
    again = refusal(model, qtbot, lambda: model.found(PASSPHRASE, TOLD))
    assert again == ("found", HomeExists)


def test_it_says_when_it_is_busy_and_when_no_more(founded, qtbot):
    busy = []
    founded.busy.connect(busy.append)
    opened(founded, qtbot, lambda: founded.open(PASSPHRASE))
    assert busy == [True, False]


def test_nobody_signs_in_where_nothing_is_open(model):
    model.sign_in("A. Mbuyi", PIN)
    assert not model.session.is_open
