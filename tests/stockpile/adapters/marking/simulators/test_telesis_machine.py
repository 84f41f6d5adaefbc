from __future__ import annotations

from stockpile.adapters.marking.simulators.telesis_machine import (
    FIELD,
    PARK_SECONDS,
    TelesisMachine,
)
from stockpile.adapters.marking.simulators.truth import Happening


def machine() -> tuple[TelesisMachine, list[Happening]]:
    metal: list[Happening] = []
    made = TelesisMachine(metal.append, speed=1.0)
    made.load("UGA")
    made.texts[FIELD] = "AB"
    return made, metal


def test_the_status_bits_go_through_a_run_together():
    made, metal = machine()
    seen = [made.status(0.0)]
    assert made.go(0.0)
    now, words = 0.0, []
    while made.busy:
        words.append(made.status(now))
        now += 0.05
        made.advance(now)
    seen += [*dict.fromkeys(words), made.status(now), made.status(now + PARK_SECONDS)]
    assert [f"{word:X}" for word in seen] == ["10", "2012", "52", "212", "10"]
    assert [one.event for one in metal] == ["start", "dot", "dot", "done"]


def test_a_machine_that_parks_or_is_offline_or_has_no_pattern_does_not_start():
    made, _ = machine()
    made.go(0.0)
    for at in range(40):
        made.advance(at * 0.05)
    assert not made.busy
    assert not made.go(0.85)
    assert made.go(3.0)
    made.lose_power(3.1, keep=False)
    assert made.status(9.0) == 0
    made.texts[FIELD] = "AB"
    assert not made.go(9.0)
    made.reset()
    assert not made.go(9.0)
    made.load("UGA")
    assert made.go(9.0)


def test_a_restart_of_the_bad_kind_keeps_text_and_stays_online():
    made, _ = machine()
    made.lose_power(0.0, keep=True)
    assert (made.text, made.status(9.0)) == ("AB", 0x10)


def test_a_stopped_or_held_run_shows_in_the_bits():
    made, metal = machine()
    made.go(0.0)
    made.advance(0.5)
    made.pause(0.5)
    assert made.status(0.5) == 0x152
    made.stop(0.6)
    assert made.status(0.6) == 0x11
    made.reset()
    assert made.status(0.6) == 0x10
    assert [one.event for one in metal] == ["start", "dot", "partial"]


def test_a_second_start_for_one_job_is_written_down():
    made, metal = machine()
    made.hear_start(0.0)
    assert made.was_started
    made.hear_start(1.0)
    assert [one.event for one in metal] == ["again"]
    made.load("UGA")
    assert not made.was_started
    made.hear_start(2.0)
    assert len(metal) == 1
