"""People as a page asks for them: listed, shown, put on record, refused, erased."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import CardTaken, HolderStillHolds, PinTooShort
from stockpile.domain.facts import Authorisation
from stockpile.domain.holders import Details
from tests.helpers.holding import hand, put
from ui.view_models.holders import HolderLine, HoldersModel


@pytest.fixture
def model(seat):
    return HoldersModel(seat.desk, seat.session)


def test_everybody_is_listed_and_whoever_answers_to_what_is_typed(seat, model, qtbot):
    put(seat, authorisations=(Authorisation("ASR"), Authorisation("PST", "2020-01-01")))
    put(seat, "Okello Ana", authorisations=(Authorisation("ASR", "2020-01-01"),))
    put(seat, "Kato")
    seat.desk.wait()
    with qtbot.waitSignal(model.listed) as came:
        model.look_up()
    assert [(one.holder.name, one.standing) for one in came.args[0]] == [
        ("Ilunga Paul", "cleared"), ("Kato", "none"), ("Okello Ana", "expired"),
    ]  # fmt: skip
    with qtbot.waitSignal(model.listed) as came:
        model.look_up("oke")
    assert [one.holder.name for one in came.args[0]] == ["Okello Ana"]


def test_an_answer_that_was_overtaken_is_not_shown(seat, model, qtbot):
    put(seat)
    heard = []
    model.listed.connect(heard.append)
    model.look_up("nobody")
    model.look_up("ilu")
    qtbot.waitUntil(lambda: bool(heard))
    seat.on_books(lambda: None)
    assert [[one.holder.name for one in lines] for lines in heard] == [["Ilunga Paul"]]


def test_a_person_is_shown_and_again_when_something_is_handed_to_them(seat, model, qtbot):
    person = put(seat)
    with qtbot.waitSignal(model.shown) as came:
        model.choose(person.id)
    assert came.args[0].account.weapons == ()
    with qtbot.waitSignal(model.shown, check_params_cb=lambda one: one.account.weapons) as came:
        hand(seat, person, "KB1", "2020-01-01")
    assert came.args[0].account.overdue
    with qtbot.waitSignal(model.shown) as came:
        model.choose("")
    assert came.args[0] is None


def test_a_person_is_put_on_record_changed_and_given_a_pin(seat, model, qtbot):
    with qtbot.waitSignal(model.saved) as saved:
        model.record("", Details("Ilunga Paul", card="C1"), "4711")
    person = saved.args[0]
    assert (model.chosen, person.has_pin) == (person.id, True)
    with qtbot.waitSignal(model.saved) as saved:
        model.record(person.id, Details("Ilunga Paul", rank="Sgt", card="C1"))
    assert saved.args[0].rank == "Sgt"
    with qtbot.waitSignal(model.saved) as saved:
        model.set_pin(person.id, "0815")
    assert saved.args[0].public_key != person.public_key


def test_what_is_refused_is_told(seat, model, qtbot):
    person = put(seat, card="C1")
    with qtbot.waitSignal(model.refused) as refused:
        model.record("", Details("Okello", card="c-1"))
    assert isinstance(refused.args[0], CardTaken)
    with qtbot.waitSignal(model.refused) as refused:
        model.set_pin(person.id, "12")
    assert isinstance(refused.args[0], PinTooShort)
    hand(seat, person, "KB1")
    with qtbot.waitSignal(model.refused) as refused:
        model.erase(person, "left")
    assert isinstance(refused.args[0], HolderStillHolds)


def test_who_is_erased_is_shown_no_more(seat, model, qtbot):
    person = put(seat)
    model.choose(person.id)
    with qtbot.waitSignals([model.erased, model.listed]) as _came:
        model.erase(person, "left")
    assert model.chosen == ""
    assert seat.on_books(seat.stockpile.holders.all) == ()


def test_a_list_comes_in(seat, model, qtbot, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("Name,Number\nIlunga,1\nOkello,2\n", "utf-8")
    with qtbot.waitSignal(model.imported) as came:
        model.bring_in(file)
    assert came.args[0].added == 2


def test_nobody_is_cleared_by_nothing(seat):
    assert HolderLine(put(seat)).standing == "none"
