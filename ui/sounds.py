"""What a scan sounds like: seven short sounds that differ in pitch and in rhythm.

Whoever hears high tones badly tells them by their rhythm, whoever counts by pitch needs no rhythm.
A sound is never waited for: it is handed to a thread of its own that opens the loudspeaker, and the
newest sound cuts the one before it off. Where there is no loudspeaker, the system's bell is rung in
the same rhythm. Nothing sounds until the program has said so with ``switch``.
"""

from __future__ import annotations

import logging
import math
import threading
from array import array
from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from queue import Empty, SimpleQueue
from typing import Final

import miniaudio
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication  # noqa: TID251 — the bell is the application's

_log = logging.getLogger(__name__)

RATE: Final = 22_050
"""Samples a second: more than enough for tones below 2,000 Hz."""
_LOUD: Final = 0.35
_EDGE: Final = 0.006  # seconds a tone swells and fades, so that it does not click
_BUFFER: Final = 40  # milliseconds between the trigger and the tone at worst
_QUIET: Final = 5.0  # seconds without a sound after which the loudspeaker is let go
_SILENT: Final = (miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM)
_BACKENDS: Final = [one for one in miniaudio.Backend if one not in _SILENT]


@dataclass(frozen=True, slots=True)
class Note:
    """A tone of so many Hz for so many milliseconds, and the silence after it."""

    pitch: int
    length: int
    rest: int = 40


class Sound(Enum):
    """What a scan came to, for the ear.

    FOUND: where it belongs. TWICE: seen before, nothing to do. MISPLACED: here, but the record says
    another place of this count. UNEXPECTED: the record says somewhere else altogether. GOOD: an act
    went through. REFUSED: it did not. ALARM: reported lost or stolen.
    """

    FOUND = (Note(1320, 60),)
    TWICE = (Note(990, 50), Note(990, 50))
    MISPLACED = (Note(880, 120), Note(587, 170))
    UNEXPECTED = (Note(392, 130), Note(392, 130), Note(392, 190))
    GOOD = (Note(784, 70, 10), Note(988, 70, 10), Note(1319, 120))
    REFUSED = (Note(220, 380),)
    ALARM = (Note(1568, 140, 0), Note(1047, 140, 0)) * 4

    @property
    def starts(self) -> tuple[int, ...]:
        """Return when each tone begins, in milliseconds: the rhythm."""
        at, starts = 0, []
        for note in self.value:
            starts.append(at)
            at += note.length + note.rest
        return tuple(starts)


@cache
def samples(sound: Sound) -> bytes:
    """Return the sound as 16-bit samples, one channel."""
    made = array("h")
    for note in sound.value:
        made.extend(_tone(note))
        made.extend([0] * (note.rest * RATE // 1000))
    return made.tobytes()


def _tone(note: Note) -> array[int]:
    """Return one tone with its octave above, which small loudspeakers can do better."""
    count = note.length * RATE // 1000
    edge = max(1, int(_EDGE * RATE))
    turn = 2 * math.pi * note.pitch / RATE
    top = 32_767 * _LOUD
    made = array("h")
    for n in range(count):
        swell = min(1.0, n / edge, (count - n) / edge)
        wave = 0.75 * math.sin(turn * n) + 0.25 * math.sin(2 * turn * n)
        made.append(int(top * swell * wave))
    return made


class Player(QObject):
    """Plays sounds; lives on the screen's thread and never makes it wait.

    Signals:
        played: a sound was asked for, whether or not anything can be heard.
    """

    played = Signal(object)
    _mute = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._on, self._deaf = False, False
        self._asked: SimpleQueue[Sound] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._mute.connect(self._lost, Qt.ConnectionType.QueuedConnection)

    def switch(self, *, on: bool) -> None:
        """Let sounds be heard, or not; a loudspeaker that was not there is looked for again."""
        self._on, self._deaf = on, False

    def play(self, sound: Sound) -> None:
        """Let a sound be heard soon; never raises and never waits."""
        self.played.emit(sound)
        if not self._on:
            return
        if self._deaf:
            self._ring(sound)
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="sounds", daemon=True)
            self._thread.start()
        self._asked.put(sound)

    def _lost(self, sound: Sound) -> None:
        self._deaf = True
        self._ring(sound)

    def _ring(self, sound: Sound) -> None:
        for at in sound.starts:
            QTimer.singleShot(at, QApplication.beep)

    # --- on the thread of the sounds --------------------------------------------------------

    def _serve(self) -> None:
        mixer = Mixer()
        device: miniaudio.PlaybackDevice | None = None
        while True:
            try:
                sound = self._asked.get(timeout=_QUIET if device else None)
            except Empty:
                assert device is not None  # without one there is no time-out
                device.close()
                device = None
                continue
            try:
                mixer.take(samples(sound))
                device = device or _opened(mixer)
            except miniaudio.MiniaudioError as error:
                _log.info("no loudspeaker: %s", error)
                self._mute.emit(sound)


class Mixer:
    """Hands the loudspeaker what is to be heard now: the newest sound, then silence."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, sound: bytes) -> None:
        """Play this from its beginning, instead of whatever is playing."""
        self._rest = sound

    def frames(self) -> Generator[bytes, int, None]:
        """Answer each wish for so many frames with exactly as many."""
        wanted = yield b""
        while True:
            whole = self._rest
            now, self._rest = whole[: 2 * wanted], whole[2 * wanted :]
            wanted = yield now.ljust(2 * wanted, b"\0")


def _opened(mixer: Mixer) -> miniaudio.PlaybackDevice:
    device = miniaudio.PlaybackDevice(
        nchannels=1, sample_rate=RATE, buffersize_msec=_BUFFER, backends=_BACKENDS,
        app_name="Stockpile",
    )  # fmt: skip
    frames = mixer.frames()
    next(frames)
    device.start(frames)
    return device


@cache
def player() -> Player:
    """Return the one player of the program; first asked for on the screen's thread."""
    return Player()


def play(sound: Sound) -> None:
    """Let a sound be heard soon; never raises and never waits."""
    player().play(sound)


def switch(*, on: bool) -> None:
    """Let sounds be heard on this machine, or not."""
    player().switch(on=on)
