"""What a count comes to, with every difference at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.closing_counts import Found
from stockpile.domain.count_quantities import QuantityLine
from stockpile.domain.count_sheet import Stranger
from stockpile.domain.counting import Line, Tally
from stockpile.domain.facts import StocktakeOpened
from stockpile.domain.opening_counts import Stocktake
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.counting_close import CountingClose, difference_lines, sentence
from ui.view_models.counting_shown import Differences, Item

Key = Qt.Key
STOCKTAKE = Stocktake("s1", StocktakeOpened("all", "serial", number="ST-KLA-26-0001"))


def told(**more):
    lines = (Line("w1", "missing", expected=True), Line("w2", "found", expected=True))
    found = Found(lines, **({"quantities": (), "strangers": (), "tally": Tally(2, 1, 1)} | more))
    return Differences(
        STOCKTAKE, found, (Item("w1", "missing", "KB1", "AKM", "A12"),), {"p1": "A12"}
    )


AGREED = Differences(STOCKTAKE, Found((), (), (), Tally(2, 2)), (), {})


@pytest.fixture
def face(tongue, qtbot):
    made = CountingClose()
    displayed(made, qtbot, 768, 612)
    return made


def test_every_kind_of_difference_stands_in_one_list():
    mixed = told(
        strangers=(Stranger("f1", "p1", "ZZ-404", 0),),
        quantities=(
            QuantityLine("p1", "ASR", 4, 5, 5, 5),
            QuantityLine("p1", "", None, 3, 3, 3),
            QuantityLine("p1", "PST", 2, 2, 2, 2),
        ),
    )
    lines = difference_lines(mixed)
    assert [one.identifier for one in lines] == ["KB1", "ZZ-404", "A12", "A12"]
    assert plain(lines[2].beneath).endswith("4 counted, 5 on record")
    assert plain(lines[3].beneath) == "Nobody counted here; 3 on record"
    assert plain(lines[0].at_end) == "AKM · Missing"


def test_what_is_signed_for_is_said_in_a_sentence():
    assert plain(sentence(told())) == (
        "1 of 2 found, 0 explained. 1 difference opens an investigation."
    )
    assert plain(sentence(AGREED)).endswith("Nothing is missing, nothing is left open.")


def test_before_signing_and_after_other_things_can_be_done(face, qtbot):
    face.show_differences("Count", "", told(), closed=False)
    assert face.sign.isVisible()
    assert not face.report.isVisible()
    assert faults(face) == []
    face.show_differences("Count", "", told(), closed=True)
    assert not face.sign.isVisible()
    face.focus()
    with qtbot.waitSignal(face.report_wanted):
        qtbot.keyClick(face.investigations, Key.Key_F9)
    assert faults(face) == []


def test_a_count_without_differences_opens_nothing(face):
    face.show_differences("Count", "", AGREED, closed=True)
    assert not face.investigations.isVisible()
    assert face._none.isVisible()
    assert faults(face) == []


def test_a_missing_weapon_is_opened_from_its_line(face, qtbot):
    face.show_differences("Count", "", told(), closed=False)
    face.list.setFocus()
    face.list.setCurrentIndex(face.list.rows.index(0))
    with qtbot.waitSignal(face.opened) as went:
        qtbot.keyClick(face.list, Key.Key_Return)
    assert went.args == ["w1"]
