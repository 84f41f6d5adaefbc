"""The bar under the list while several weapons are chosen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.pages.bulk_bar import BulkBar
from ui.view_models.bulk import BulkModel
from ui.widgets.arrange import column


@pytest.fixture
def bar(seat, qtbot):
    bar = BulkBar(BulkModel(*seat.made_with))
    qtbot.addWidget(bar)
    return bar


def test_it_is_there_for_several(bar):
    for chosen, shown in ((0, False), (1, False), (2, True)):
        bar.show_chosen(chosen, 9)
        assert bar.isVisible() == shown
    assert bar.count.text().endswith("chosen")
    bar.show_chosen(9, 9)
    assert bar.count.text().startswith("All")


def test_each_act_is_told(bar, qtbot):
    bar.show_chosen(2, 9)
    for act, button in bar.acts.items():
        with qtbot.waitSignal(bar.wanted) as told:
            button.click()
        assert told.args == [act]
    with qtbot.waitSignal(bar.let_go):
        bar.none.click()


def test_what_the_role_does_not_include_cannot_be_pressed(bar, seat):
    seat.sit_down("O. Auditor", "auditor")
    bar.show_chosen(2, 9)
    allowed = [act for act, button in bar.acts.items() if button.isEnabled()]
    assert allowed == ["copy"]


def test_where_words_have_no_room_icons_stand_alone_and_keep_their_names(seat, light, qtbot):
    host, bar = QWidget(), BulkBar(BulkModel(*seat.made_with))
    host.setLayout(column(bar))
    qtbot.addWidget(host)
    host.show()
    for width, said in ((1300, True), (700, False)):
        host.resize(width, 40)
        bar.show_chosen(2, 9)
        qtbot.waitUntil(lambda said=said: bool(bar.acts["destroy"].text()) == said)
        assert bar.width() == width
    assert bar.acts["destroy"].accessibleName() == "Order destruction"
    assert bar.acts["label"].text()
