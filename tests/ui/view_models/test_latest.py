"""One question at a time, and always the newest."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from stockpile.domain.errors import WeaponUnknown
from ui.desk import Desk
from ui.notices import Notices
from ui.view_models.latest import Latest


@pytest.fixture
def desk(qapp):
    made = Desk(Notices())
    yield made
    made.close()


def test_an_answer_that_was_overtaken_is_never_shown(desk, qtbot):
    shown, gate, owner = [], threading.Event(), QObject()
    latest = Latest(desk, owner, shown.append, shown.append)
    latest.ask(lambda: gate.wait(5) and "first")
    for text in ("second", "third", "fourth"):
        latest.ask(lambda text=text: text)
    gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["fourth"]


def test_of_questions_that_pile_up_only_the_newest_is_put_to_the_core(desk, qtbot):
    put, shown, gate, owner = [], [], threading.Event(), QObject()
    latest = Latest(desk, owner, shown.append, shown.append)
    latest.ask(lambda: gate.wait(5))
    for number in range(20):
        latest.ask(lambda number=number: put.append(number) or number)
    gate.set()
    qtbot.waitUntil(lambda: shown == [19])
    assert put == [19]


def test_a_forgotten_question_is_not_answered_and_the_next_one_is(desk, qtbot):
    shown, owner = [], QObject()
    latest = Latest(desk, owner, shown.append, shown.append)
    latest.ask(lambda: "forgotten")
    latest.forget()
    latest.ask(lambda: "kept")
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["kept"]


def test_a_refusal_is_told_and_the_next_question_is_put(desk, qtbot):
    shown, refused, owner = [], [], QObject()
    latest = Latest(desk, owner, shown.append, refused.append)

    def refuse():
        raise WeaponUnknown("KB1")

    latest.ask(refuse)
    qtbot.waitUntil(lambda: bool(refused))
    latest.ask(lambda: "answered")
    qtbot.waitUntil(lambda: shown == ["answered"])
    assert isinstance(refused[0], WeaponUnknown)
