"""The panel and the chips."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import PSEUDO, plain, use_language
from stockpile.services.ports import RegisterFilter
from stockpile.wording import Names
from tests.helpers.readable import controls, cut_words
from ui.pages.register_filter import FilterChips, FilterDialog
from ui.view_models.narrowing import FACETS, Option, Options, day_end, day_start, said

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def panel(qtbot):
    return opened(qtbot, RegisterFilter(make="FN", text="kb"))


def opened(qtbot, among):
    page = QWidget()
    qtbot.addWidget(page)
    panel = FilterDialog(among, page)
    panel.page = page
    panel.open()
    return panel


def offered(among, count=7):
    values = dict.fromkeys(FACETS, ())
    values["make"] = (Option("FN", "FN", 5), Option("Colt", "Colt", 2))
    values["status"] = (Option("lost", "Lost", 3),)
    return Options(among, count, values)


def test_choices_come_with_their_counts_and_the_button_says_what_is_left(panel):
    panel.show_options(offered(panel.among))
    assert "7" in panel.show_list.text()
    assert plain(panel.facets["make"].box.currentText()) == "FN (5)"
    assert panel.facets["make"].value() == "FN"


def test_what_is_chosen_is_told_at_once_and_decided_by_enter(panel, qtbot):
    panel.show_options(offered(panel.among))
    panel.facets["status"].set_value("lost")
    with qtbot.waitSignal(panel.narrowed) as told:
        panel.facets["status"].box.activated.emit(0)
    assert told.args == [RegisterFilter(make="FN", status="lost", text="kb")]
    with qtbot.waitSignal(panel.decided) as told:
        panel.show_list.click()
    assert told.args == [panel.among]


def test_nothing_is_lost_before_the_choices_have_come(panel, qtbot):
    with qtbot.waitSignal(panel.decided) as told:
        panel.accept()
    assert told.args == [RegisterFilter(make="FN", text="kb")]


def test_an_answer_for_an_older_filter_is_dropped(panel):
    panel.show_options(offered(RegisterFilter(), 99))
    assert "99" not in panel.show_list.text()


def test_days_and_answers(panel, qtbot):
    panel.show_options(offered(panel.among))
    panel.answers["marked"].set_value("no")
    panel.days["since"].set_text("2026-01-02")
    panel.days["until"].set_text("2026-01-02")
    with qtbot.waitSignal(panel.decided) as told:
        panel.accept()
    (among,) = told.args
    assert among.marked is False
    assert (among.since, among.until) == (day_start("2026-01-02"), day_end("2026-01-02"))
    again = opened(qtbot, among)
    assert again.answers["marked"].value() == "no"
    assert [one.text() for one in again.days.values()] == ["2026-01-02", "2026-01-02"]


def test_a_day_that_is_none_is_said_and_keeps_the_panel_open(panel):
    panel.show_options(offered(panel.among))
    panel.days["since"].set_text("soon")
    panel.accept()
    assert panel.isVisible()
    assert panel.days["since"].message


def test_clear_leaves_the_text_alone(panel, qtbot):
    panel.show_options(offered(panel.among))
    with qtbot.waitSignal(panel.narrowed) as told:
        panel.clear.click()
    assert told.args == [RegisterFilter(text="kb")]
    assert panel.facets["make"].value() == ""


def test_longer_words_are_whole(qtbot):
    use_language(PSEUDO)
    panel = opened(qtbot, RegisterFilter())
    assert cut_words(panel) == []
    assert all(one.accessibleName() for one in controls(panel))


def test_a_chip_takes_its_part_away(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.resize(400, 40)
    assert not chips.isVisibleTo(chips.parentWidget()) or chips.isHidden()
    chips.show_filter(said(RegisterFilter(make="FN", marked=True), Names()), saved=False)
    assert [one.text() for one in chips.chips] == [
        "Make: FN", "Marked", "Clear filters", "Save filter",
    ]  # fmt: skip
    for number, left in ((0, RegisterFilter(marked=True)), (2, RegisterFilter())):
        with qtbot.waitSignal(chips.narrowed) as told:
            chips.chips[number].click()
        assert told.args == [left]
    with qtbot.waitSignal(chips.save_wanted):
        chips.chips[3].click()
    chips.show_filter((), saved=False)
    assert chips.isHidden()
