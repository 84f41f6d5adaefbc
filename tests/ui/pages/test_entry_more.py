"""What more can be said of a weapon, and what of it is repeated on the next."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import SafeCheck
from stockpile.domain.receiving import Description
from tests.helpers.readable import displayed, faults
from ui.pages.entry_more import MoreFields


@pytest.fixture
def more(light, qtbot):
    more = MoreFields()
    qtbot.addWidget(more)
    more.show()
    return more


def test_nothing_said_is_nothing_but_that_nobody_has_looked(more):
    assert more.described(Description()) == Description(condition="unknown")


def test_what_is_said_is_described_and_restored(more, qtbot):
    more.named["action"].set_value("bolt")
    more.named["importer"].set_text("Army")
    more.named["remarks"].set_text("worn")
    more.grounds["embargo"].setChecked(True)
    said = more.described(Description(type="RIF"))
    assert (said.action, said.importer, said.remarks) == ("bolt", "Army", "worn")
    assert said.grounds == ("embargo",)
    other = MoreFields()
    qtbot.addWidget(other)
    other.restore(said)
    assert other.described(Description(type="RIF")) == said


def test_names_alone_are_no_safety_check(more):
    more.named["cleared_by"].set_text("Sgt Okello")
    assert more.safe() is None
    more.magazine_out.setChecked(True)
    assert more.safe() == SafeCheck(magazine_out=True, cleared_by="Sgt Okello")


def test_a_remnant_is_told_at_once_and_never_carried_over(more, qtbot):
    with qtbot.waitSignal(more.remnant_seen) as told:
        more.remnant.setChecked(True)
    assert told.args == [True]
    more.repeat_check.setChecked(True)
    more.clear_free()
    assert not more.remnant.isChecked()


def test_remarks_are_of_one_weapon_and_the_year_of_all(more):
    more.named["remarks"].set_text("worn")
    more.named["year"].set_text("1974")
    more.clear_free()
    assert more.named["remarks"].text() == ""
    assert more.named["year"].text() == "1974"


@pytest.mark.usefixtures("tongue")
def test_everything_can_be_read_and_used_in_the_smallest_window(qtbot):
    more = MoreFields()
    more.fit(460)
    displayed(more, qtbot, 470, 1400)
    assert faults(more) == []
