"""What stands on the cards of codes."""

from __future__ import annotations

from stockpile.domain.command_codes import COMMANDS, read_command
from stockpile.domain.scanner_trials import TRIAL_LINE, TRIAL_MATRIX, judge_trial
from stockpile.services.code_cards import command_card, scanner_sheet


def test_the_card_has_every_command_with_its_meaning():
    card = command_card()
    assert [row.code for row in card.rows] == list(COMMANDS)
    assert all(row.title and row.words and read_command(row.code) for row in card.rows)


def test_the_sheet_has_both_codes_on_trial_and_what_must_come_out():
    codes = [row for row in scanner_sheet().rows if row.code]
    assert [row.code for row in codes] == [TRIAL_LINE, TRIAL_MATRIX]
    assert all(judge_trial(row.code).verdict == "good" and row.code in row.words for row in codes)
