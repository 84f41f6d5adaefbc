"""The card of the registry's log: nothing to say, a witness's word, an alarm."""

from __future__ import annotations

import pytest

from stockpile import wording
from stockpile.domain.log_proofs import Doubt, Word
from stockpile.domain.witnessing import Witness
from stockpile.language import plain
from stockpile.services.log_proofs import LogStanding
from tests.helpers.readable import bare, displayed, faults
from ui.pages.log_card import LogCard
from ui.widgets.text import Label

NARROW = 585  # pixels: the least that the page leaves for the cards beside the history
SECOND = 1_790_000_000
REGISTRY = "r" * 16
WORD = Word(Witness("Inspectorate General", b"k" * 32, is_attested=True), 4_812, SECOND)
ALONE = Word(Witness("Regional body", b"m" * 32, is_attested=False), 4_700, SECOND)
DOUBT = Doubt(REGISTRY, "n" * 16, 7, 4_900, "ab" * 32, 5)


def shown(qtbot, standing):
    card = LogCard()
    card.show_log(standing)
    displayed(card, qtbot, NARROW, 260)
    return card


def words(card):
    return " ".join(plain(one.text()) for one in card.findChildren(Label))


def test_without_a_witness_there_is_no_card(light, qtbot):
    for standing in (None, LogStanding(REGISTRY)):
        card = LogCard()
        qtbot.addWidget(card)
        card.show_log(standing)
        assert card.isHidden()


def test_who_witnessed_and_when_is_said(light, qtbot):
    card = shown(qtbot, LogStanding(REGISTRY, (WORD, ALONE), 212))
    said = words(card)
    assert plain(card._chip.text) == "witnessed by 2"
    for part in ("Inspectorate General", wording.instant(SECOND * 1000), "4812", "no. 212"):
        assert part in said
    assert said.count("named by the registry alone") == 1
    assert faults(card) == []


def test_a_record_that_no_witness_saw_yet_is_said(light, qtbot):
    assert "in a head that was witnessed yet" in words(shown(qtbot, LogStanding(REGISTRY, (WORD,))))


def test_two_histories_are_an_alarm_whoever_witnessed(light, qtbot):
    card = shown(qtbot, LogStanding(REGISTRY, (WORD,), 212, (DOUBT,) * 9))
    assert plain(card._chip.text) == "two histories"
    assert words(card).count("does not belong to this one") == 5
    card.show_log(LogStanding(REGISTRY, (WORD,), 212))
    assert plain(card._chip.text) == "witnessed by 1"


@pytest.mark.usefixtures("mirrored")
def test_it_is_whole_in_languages_that_run_from_the_right(qtbot):
    card = shown(qtbot, LogStanding(REGISTRY, (WORD, ALONE), 212, (DOUBT,)))
    assert faults(card) == []
    assert bare(card) == []
