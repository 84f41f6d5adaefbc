from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget  # noqa: TID251 — a test drives widgets

from ui.widgets.arrange import (
    STRETCH,
    Share,
    boxed,
    clear,
    column,
    is_mirrored,
    row,
    rule,
    scrolled,
)

pytestmark = pytest.mark.usefixtures("light")


def test_margins_lead_from_where_reading_starts():
    margins = row(margins=(1, 2, 3, 4)).contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (1, 2, 3, 4)


def test_margins_mirror_with_the_language(mirrored):
    margins = column(margins=(1, 2, 3, 4)).contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (3, 2, 1, 4)
    assert is_mirrored()


def test_a_row_takes_widgets_layouts_gaps_and_shares(qtbot):
    first, second = QLabel("a"), QLabel("b")
    layout = row(first, 20, column(QLabel("c")), STRETCH, Share(second, 3), Share(column(), 2))
    holder = boxed(layout, width=400)
    qtbot.addWidget(holder)
    assert layout.count() == 6
    assert layout.stretch(4) == 3
    assert layout.stretch(5) == 2
    assert holder.width() == 400


def test_the_first_of_a_row_stands_where_reading_starts(qtbot, mirrored):
    first, second = QLabel("a"), QLabel("b")
    holder = boxed(row(first, second))
    qtbot.addWidget(holder)
    holder.show()
    assert first.x() > second.x()


def test_a_cleared_layout_is_empty(qtbot):
    layout = column(QLabel("a"), QLabel("b"))
    holder = boxed(layout)
    qtbot.addWidget(holder)
    clear(layout)
    assert layout.count() == 0


def test_a_rule_is_one_pixel_thin(qtbot):
    flat, upright = rule(), rule(upright=True)
    qtbot.addWidget(flat)
    qtbot.addWidget(upright)
    assert flat.maximumHeight() == 1
    assert upright.maximumWidth() == 1


def test_a_scrolled_page_is_no_stop_for_tab(qtbot):
    area = scrolled(QWidget())
    qtbot.addWidget(area)
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert area.widgetResizable()


def test_what_is_scrolled_goes_one_way_only(qtbot):
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    down, sideways = scrolled(QWidget()), scrolled(QWidget(), sideways=True)
    for area in (down, sideways):
        qtbot.addWidget(area)
    assert down.horizontalScrollBarPolicy() == off != down.verticalScrollBarPolicy()
    assert sideways.verticalScrollBarPolicy() == off != sideways.horizontalScrollBarPolicy()
