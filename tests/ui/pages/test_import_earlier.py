"""Earlier lists, by keys and clicks, and what became of one that was taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.values import Digest, WeaponId
from stockpile.language import plain
from stockpile.services.ports import RegisterRow
from stockpile.services.taking_back import TakenBack
from tests.helpers.readable import displayed, faults
from ui.pages.import_earlier import EarlierLists, WentBackFace
from ui.view_models.earlier_lists import EarlierLine, WentBack

LIST = EarlierLine(
    Digest("a" * 64), "list.csv", "2026-11-25 02:06", "A. Mbuyi", 120, 119, "", 0, 0,
    is_undone=False,
)  # fmt: skip
GONE = replace(LIST, name="old.csv", reason="typed twice", withdrawn=117, kept=2, is_undone=True)
WEAPON = RegisterRow(
    WeaponId("w1"), "AAAA-BBBB", "KB 1", "", "PST", "Glock", "17", "9x19", "unknown", "in_store",
    "Kampala", "", 0,
)  # fmt: skip


@pytest.fixture
def lists(light, qtbot):
    made = EarlierLists()
    displayed(made, qtbot, 1000, 300)
    made.show_lists([LIST, GONE], allowed=True)
    return made


def test_without_any_there_is_nothing_in_sight(lists):
    assert lists.isVisible()
    lists.show_lists([], allowed=True)
    assert not lists.isVisible()


def test_only_what_is_in_account_is_taken_back(lists, qtbot):
    said = []
    lists.wanted.connect(said.append)
    lists.table.selectRow(1)
    assert not lists.take_back.isEnabled()
    lists.ask()
    lists.table.selectRow(0)
    qtbot.keyClick(lists.take_back, Qt.Key.Key_Space)
    qtbot.mouseClick(lists.take_back, Qt.MouseButton.LeftButton)
    assert said == [LIST, LIST]


def test_an_officer_without_the_right_looks_only(lists):
    lists.show_lists([LIST], allowed=False)
    lists.table.selectRow(0)
    assert not lists.take_back.isEnabled()


def test_a_list_that_went_back_says_why(lists):
    column = lists.table.rows.columns[0]
    assert plain(column.second(GONE)) == "typed twice · 2 stayed"
    assert plain(column.second(LIST)) == "a" * 12


def test_how_a_list_stands(lists):
    standing = lists.table.rows.columns[-1]
    stopped = replace(LIST, is_finished=False)
    assert [standing.value(one) for one in (LIST, GONE, stopped)] == [
        "In account", "Taken back", "Stopped early",
    ]  # fmt: skip
    assert len({standing.tone(one) for one in (LIST, GONE, stopped)}) == 3


def went(*kept):
    report = TakenBack(Digest("a" * 64), 117, 0, tuple(one.id for one in kept))
    return WentBack(report, tuple(kept))


def test_what_stays_is_listed(light, qtbot):
    face = WentBackFace()
    displayed(face, qtbot, 1000, 500)
    face.show_report(went(WEAPON))
    assert face.kept.isVisible()
    assert "117 records withdrawn" in plain(face._banner.accessibleName())
    face.show_report(went())
    assert not face.kept.isVisible()
    assert "come in again" in plain(face._banner.accessibleName())
    with qtbot.waitSignal(face.again_pressed):
        qtbot.keyClick(face.again, Qt.Key.Key_Space)


def test_everybody_can_use_them(tongue, qtbot):
    lists, face = EarlierLists(), WentBackFace()
    displayed(lists, qtbot, 760, 300)
    lists.show_lists([LIST, GONE], allowed=True)
    displayed(face, qtbot, 760, 500)
    face.show_report(went(WEAPON))
    assert faults(lists) == []
    assert faults(face) == []
