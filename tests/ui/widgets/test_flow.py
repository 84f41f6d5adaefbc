"""Small things in lines, from where reading starts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.widgets.flow import FlowLayout


def flowing(qtbot, width, **how):
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(10, **how)
    box.setLayout(flow)
    for _number in range(3):
        one = QWidget()
        one.setFixedSize(80, 20)
        flow.addWidget(one)
    box.resize(width, 100)
    box.show()
    return box, flow


def places(flow):
    return [flow.itemAt(at).geometry().getRect()[:2] for at in range(flow.count())]


@pytest.mark.usefixtures("light")
def test_what_has_no_room_goes_to_the_next_line(qtbot):
    _box, flow = flowing(qtbot, 200)
    assert places(flow) == [(0, 0), (90, 0), (0, 30)]
    assert [flow.heightForWidth(width) for width in (300, 200, 100)] == [20, 50, 80]


@pytest.mark.usefixtures("mirrored")
def test_a_mirrored_line_begins_at_the_right(qtbot):
    _box, flow = flowing(qtbot, 200)
    assert places(flow) == [(120, 0), (30, 0), (120, 30)]


@pytest.mark.usefixtures("light")
def test_it_is_emptied(qtbot):
    _box, flow = flowing(qtbot, 200)
    taken = flow.takeAt(0).widget()
    assert flow.count() == 2
    flow.clear()
    assert (flow.count(), flow.itemAt(0), flow.takeAt(0)) == (0, None, None)
    assert taken.isWidgetType()


@pytest.mark.usefixtures("light")
def test_what_is_hidden_takes_neither_room_nor_gap(qtbot):
    _box, flow = flowing(qtbot, 300)
    flow.itemAt(0).widget().hide()
    flow.activate()
    assert places(flow)[1:] == [(0, 0), (90, 0)]


@pytest.mark.parametrize("direction", ["light", "mirrored"])
def test_what_stands_at_an_end_asks_for_one_line_and_ends_there(direction, request, qtbot):
    request.getfixturevalue(direction)
    _box, flow = flowing(qtbot, 200, at_end=True)
    assert flow.sizeHint().width() == 3 * 80 + 2 * 10
    assert flow.minimumSize().width() == 80
    if direction == "light":
        assert places(flow) == [(30, 0), (120, 0), (120, 30)]
    else:
        assert places(flow) == [(90, 0), (0, 0), (0, 30)]
