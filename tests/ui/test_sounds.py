"""Sounds: told apart by pitch and by rhythm, cut off by the newest, never waited for."""

from __future__ import annotations

from array import array
from itertools import combinations, pairwise

import miniaudio
import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — the bell is the application's

from ui import sounds
from ui.sounds import RATE, Mixer, Player, Sound, samples

COUNTING = (Sound.FOUND, Sound.TWICE, Sound.MISPLACED, Sound.UNEXPECTED)
LONGEST = 1.3


def crossings(sound):
    """How often the first tone swings a second: its pitch, as the ear takes it."""
    note = sound.value[0]
    heard = array("h", samples(sound))[: note.length * RATE // 1000]
    swings = sum(a < 0 <= b for a, b in pairwise(heard))
    return swings * 1000 / note.length


@pytest.mark.parametrize(("one", "other"), [*combinations(COUNTING, 2)])
def test_two_results_of_a_count_differ_in_pitch_and_in_rhythm(one, other):
    assert abs(crossings(one) - crossings(other)) > 80
    assert (len(one.value), one.value[0].length) != (len(other.value), other.value[0].length)
    assert samples(one) != samples(other)


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_is_short_and_neither_clicks_nor_distorts(sound):
    heard = array("h", samples(sound))
    assert len(heard) / RATE < LONGEST
    assert heard[0] == 0
    assert 5_000 < max(map(abs, heard)) < 20_000


def test_the_newest_sound_cuts_the_one_before_off_and_silence_follows():
    mixer = Mixer()
    frames = mixer.frames()
    next(frames)
    mixer.take(b"\1\1" * 10)
    assert frames.send(4) == b"\1\1" * 4
    mixer.take(b"\2\2" * 3)
    assert frames.send(4) == b"\2\2" * 3 + b"\0\0"
    assert frames.send(4) == b"\0\0" * 4


@pytest.fixture
def listened(qapp):
    player = Player()
    player.heard = []
    player.played.connect(player.heard.append)
    return player


class Loudspeaker:
    """Takes the frames it is given, once, as the sound card's own thread would."""

    def __init__(self, **_how):
        self.taken = []

    def start(self, frames):
        self.taken.append(frames.send(100))
        LOUDSPEAKERS.append(self)

    def close(self):
        pass


LOUDSPEAKERS: list[Loudspeaker] = []


def test_a_sound_reaches_the_loudspeaker_from_a_thread_of_its_own(listened, monkeypatch, qtbot):
    LOUDSPEAKERS.clear()
    monkeypatch.setattr(miniaudio, "PlaybackDevice", Loudspeaker)
    listened.switch(on=True)
    listened.play(Sound.FOUND)
    qtbot.waitUntil(lambda: bool(LOUDSPEAKERS))
    assert LOUDSPEAKERS[0].taken == [samples(Sound.FOUND)[:200]]
    assert listened.heard == [Sound.FOUND]


def test_without_a_loudspeaker_the_bell_rings_in_the_same_rhythm(listened, monkeypatch, qtbot):
    def none_there(**_how):
        raise miniaudio.MiniaudioError("none")

    rung = []
    monkeypatch.setattr(miniaudio, "PlaybackDevice", none_there)
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append(1))
    listened.switch(on=True)
    listened.play(Sound.UNEXPECTED)
    qtbot.waitUntil(lambda: len(rung) == 3)
    listened.play(Sound.TWICE)
    qtbot.waitUntil(lambda: len(rung) == 5)


def test_nothing_sounds_before_the_program_says_so(listened, monkeypatch):
    monkeypatch.setattr(miniaudio, "PlaybackDevice", Loudspeaker)
    LOUDSPEAKERS.clear()
    listened.play(Sound.ALARM)
    assert listened.heard == [Sound.ALARM]
    assert listened._thread is None
    assert LOUDSPEAKERS == []


def test_the_program_has_one_player_and_pages_need_one_word(qapp):
    heard = []
    sounds.player().played.connect(heard.append)
    sounds.play(Sound.GOOD)
    assert heard == [Sound.GOOD]
    assert sounds.player() is sounds.player()
