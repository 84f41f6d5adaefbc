"""Label printers in words."""

from __future__ import annotations

from stockpile.domain.label_printers import PRINTER_KINDS
from stockpile.language import plain
from stockpile.services.ports import LabelOutcome, PrinterState
from ui.pages.printer_words import (
    kind_help,
    kind_name,
    outcome_words,
    state_ink,
    state_tone,
    state_words,
)
from ui.theme import Ink, Tone


def test_every_language_is_named_with_what_to_know_of_it():
    assert all(kind_name(one) and kind_help(one) for one in PRINTER_KINDS)
    assert kind_help("epl") == ""


def test_a_state_is_a_sentence():
    assert state_words(PrinterState("ready")) == "Ready."
    assert plain(state_words(PrinterState("ready", (), "ZT411"))) == "Ready: ZT411."
    assert state_words(PrinterState("silent")).endswith("cable?")
    stopped = PrinterState("stopped", ("paper_out", "head_open"))
    assert state_words(stopped) == "Out of labels, its head or cover is open."


def test_colours_tell_good_from_doubtful_from_bad():
    states = [PrinterState(one) for one in ("ready", "mute", "silent")]  # type: ignore[arg-type]
    assert [state_ink(one) for one in states] == [Ink.OK, Ink.WARN, Ink.BAD]
    assert [state_tone(one) for one in states] == [Tone.OK, Tone.WARN, Tone.BAD]


def test_what_became_of_a_label_is_said():
    inks = [outcome_words(LabelOutcome(one))[1] for one in ("printed", "untold", "doubtful")]  # type: ignore[arg-type]
    assert inks == [Ink.OK, Ink.WARN, Ink.WARN]
