"""The proof of the record in words: damage before all else, quiet where nothing is to be said."""

from __future__ import annotations

from dataclasses import replace

from stockpile.language import plain
from ui.pages.proof_words import foot_line, last_words, running_words
from ui.theme import Tone
from ui.view_models.proving import ProofStanding

AT = 1_790_000_000_000
WHOLE = ProofStanding(proved_at=AT, days=3)


def test_the_line_at_the_foot_speaks_of_damage_of_work_and_of_a_good_end(light):
    assert foot_line(WHOLE) is None
    running = replace(WHOLE, is_running=True, share=0.43)
    assert plain(foot_line(running).text) == "Checking the whole record by itself: 43 %."
    assert foot_line(running).tone is Tone.GREY
    assert "rests while you work" in running_words(replace(running, is_resting=True))
    assert foot_line(replace(WHOLE, is_fresh=True)).tone is Tone.OK
    found = replace(running, found="It differs.", found_at=AT, is_fresh=True)
    assert plain(foot_line(found).text) == "The record does not hold: It differs."
    assert foot_line(found).tone is Tone.BAD


def test_its_page_says_when_it_was_proved_or_why_not(light):
    assert plain(last_words(WHOLE).text).startswith("Proved whole on 2026-09-21")
    assert "3 days ago" in plain(last_words(WHOLE).text)
    assert "less than a day" in last_words(replace(WHOLE, days=0)).text
    assert last_words(WHOLE).as_banner()[1] == "The record is whole"
    assert last_words(ProofStanding()).tone is Tone.GREY
    full = last_words(replace(WHOLE, why_not="The disk is full."))
    assert full.tone is Tone.WARN
    assert "The disk is full. It is tried again" in full.text
    assert last_words(replace(WHOLE, found="It differs.", found_at=AT)).tone is Tone.BAD
