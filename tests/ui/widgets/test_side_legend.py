from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.widgets.side_legend import SignRow, spoken, under
from ui.widgets.side_places import Sign

pytestmark = pytest.mark.usefixtures("light")

PLAIN = Sign("KB 1", "Serial", "receiver", "left", "Receiver, left side")


def test_a_line_tells_all_of_a_mark():
    assert under(PLAIN) == "Serial · Receiver, left side"
    assert under(Sign("x", "Serial", ours=True)) == "Serial · applied by us"
    assert spoken(1, Sign("", "Star", obliterated=True)) == "2. No text. Star · obliterated"


def test_a_row_is_read_by_its_name(qtbot):
    row = SignRow(0, PLAIN)
    qtbot.addWidget(row)
    assert row.accessibleName() == "1. KB 1. Serial · Receiver, left side"
    assert row.height() >= 24


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Up, -1),
        (Qt.Key.Key_Home, -10_000),
        (Qt.Key.Key_End, 10_000),
    ],
)
def test_arrows_are_told(qtbot, key, step):
    row, told = SignRow(0, PLAIN), []
    qtbot.addWidget(row)
    row.stepped.connect(told.append)
    QTest.keyClick(row, key)
    QTest.keyClick(row, Qt.Key.Key_A)
    assert told == [step]


def test_ours_and_obliterated_ones_look_otherwise(qtbot):
    looks = []
    for special in ({}, {"ours": True}, {"obliterated": True}):
        row = SignRow(0, Sign("KB 1", "Serial", **special))
        qtbot.addWidget(row)
        row.resize(280, row.height())
        looks.append(row.grab().toImage())
    assert looks[0] != looks[1] != looks[2] != looks[0]
