"""The model of a GRBL machine: a head that moves in time, by a queue of moves, over metal.

It knows no text: what it has cut is read off the metal when a program ends.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from stockpile.adapters.marking.simulators import pictures
from stockpile.adapters.marking.simulators.gcode import NO_FEED, GcodeError, Words
from stockpile.adapters.marking.simulators.machine import PAUSE_SECONDS, Machine, Phase, Run, Turn
from stockpile.adapters.marking.simulators.metal import Metal
from stockpile.adapters.marking.simulators.truth import Happening

PLANNER = 16
RAPID = 3000.0
"""Millimetres a minute of a move that does not cut."""
LOCKED = 9
LASER_MODE = 32
MAGNET_DOT = 250
BEAM = 80
_LASER_OFF = 5
_INCH = 25.4
_LEAST_SECONDS = 0.001
_ORIGIN = (12.0, 20.0, -4.0)
"""Where the operator touched off, as the machine counts from where it was switched on."""
_REACH = ((-5.0, 200.0), (-5.0, 200.0), (-2.0, 60.0))

Vector = tuple[float, float, float]


@dataclass(slots=True)
class Move:
    """One move in the queue: where from and to, how long in all and still, and whether it cuts."""

    begins: Vector
    target: Vector
    seconds: float
    left: float
    cuts: bool

    @property
    def now_at(self) -> Vector:
        """Where the head is in the middle of it."""
        part = 1 - self.left / self.seconds
        x, y, z = (
            start + part * (end - start)
            for start, end in zip(self.begins, self.target, strict=True)
        )
        return x, y, z


class GrblMachine(Machine):
    """One machine; the head stands on the metal at the zone's corner when it is switched on."""

    def __init__(self, write: Callable[[Happening], None], *, speed: float) -> None:
        super().__init__(write, speed=speed)
        self.origin: Vector = _ORIGIN
        self.place: Vector = (0.0, 0.0, 0.0)
        self.settings: dict[int, float] = {10: 1, 13: 0, 20: 1, 22: 0, 30: 1000, LASER_MODE: 0}
        self.checking = False
        self.door = False
        self.alone = False
        self.looked_over = 0
        self._metal = Metal()
        self._moves: deque[Move] = deque()
        self._clock = 0.0
        self._resumes_at: float | None = None
        self._power_on()

    def _power_on(self) -> None:
        self._motion, self._feed, self._power, self._spindle = 0, 0.0, 0.0, _LASER_OFF
        self._in_inches = self._relative = False
        self._aim = self.place

    @property
    def metal(self) -> Metal:
        """What the metal under the head bears."""
        return self._metal

    def bare(self) -> None:
        """Put a new piece of metal under the head, and touch off at the corner of its zone."""
        self._metal = Metal()
        if not self._moves:
            x, y, z = (part + zero for part, zero in zip(self.place, self.origin, strict=True))
            self.origin, self.place = (x, y, z), (0.0, 0.0, 0.0)
            self._aim = self.place

    @property
    def moving(self) -> bool:
        """Whether the head has moves left."""
        return bool(self._moves)

    @property
    def has_cut(self) -> int:
        """How many dots and grooves the run under way has cut."""
        return self._run.cut if self._run else 0

    def quick(self, seconds: float) -> float:
        """Return how long that many seconds are at this machine's speed."""
        return seconds / self._speed

    @property
    def full(self) -> bool:
        """Whether no further move can be taken."""
        return len(self._moves) >= PLANNER

    @property
    def where(self) -> Vector:
        """Where the head is now, from the zone's corner."""
        return self._moves[0].now_at if self._moves else self.place

    def go(self, now: float) -> bool:
        """Do nothing: no order of one word begins a mark here."""
        del now
        return False

    def pedal(self, now: float) -> bool:
        """Do nothing: the machine holds nothing that could be started."""
        del now
        return False

    # --- what a line does -----------------------------------------------------------------------

    def cuts(self, words: Words) -> bool:
        """Say whether a line would cut: below the metal, by light, or by a beat of the magnet."""
        if words.spindle in {3, 4} and self._beats():
            return True
        if not words.axes:
            return False
        target, motion = self._target(words), words.motion
        burns = (self._motion if motion is None else motion) == 1 and self._burning()
        return burns or target[2] < 0 or self._aim[2] < 0

    def within(self, words: Words) -> bool:
        """Say whether a line stays within the machine's reach."""
        return all(
            low <= part <= high
            for part, (low, high) in zip(self._target(words), _REACH, strict=True)
        )

    def take(self, words: Words, now: float) -> None:
        """Take a line's words in, and its move into the queue; raises GcodeError (no pace)."""
        cuts = self.cuts(words)
        target = self._target(words)
        self._remember(words)
        if words.spindle is not None:
            self._switch(words.spindle, now)
        if not words.axes or words.dwell:
            return
        if self._motion == 1 and not self._feed:
            raise GcodeError(NO_FEED)
        if not self.checking:
            self._queue(target, now, cuts=cuts and (target[2] < 0 or self._burning()))
        else:
            self.looked_over += {"X", "Y"} <= words.axes.keys() and self._motion == 0
        self._aim = target

    def complete(self, now: float) -> bool:
        """Come to a program's end; return whether anything was cut in it."""
        self._spindle, self._motion, self._relative = _LASER_OFF, 1, False
        run = self._run
        if run is None:
            return False
        run.text = self.last_marked = pictures.text_on(self._metal)
        self._happens("done", run, now)
        self._run = None
        return True

    def _remember(self, words: Words) -> None:
        if words.motion is not None:
            self._motion = words.motion
        if words.units is not None:
            self._in_inches = words.units == 20  # noqa: PLR2004 - the word's own number
        if words.distance is not None:
            self._relative = words.distance == 91  # noqa: PLR2004 - the word's own number
        self._feed = words.values.get("F", self._feed)
        self._power = words.values.get("S", self._power)

    def _target(self, words: Words) -> Vector:
        unit = _INCH if words.units == 20 or (self._in_inches and words.units is None) else 1.0  # noqa: PLR2004 - the word's own number
        x, y, z = (
            here if name not in words.axes
            else words.axes[name] * unit + (here if self._relative else 0.0)
            for name, here in zip("XYZ", self._aim, strict=True)
        )  # fmt: skip
        return x, y, z

    def _beats(self) -> bool:
        """Whether the head is a magnet: it never leaves the metal, and there is no laser."""
        return self.place[2] == 0 and not self.settings[LASER_MODE]

    def _burning(self) -> bool:
        return bool(self.settings[LASER_MODE]) and self._spindle != _LASER_OFF and self._power > 0

    def _switch(self, spindle: int, now: float) -> None:
        if spindle != _LASER_OFF and not self.checking and self._beats():
            self._begin(now)
            self._dot(now, MAGNET_DOT)
        self._spindle = spindle

    # --- the queue ------------------------------------------------------------------------------

    def _queue(self, target: Vector, now: float, *, cuts: bool) -> None:
        begins = self._moves[-1].target if self._moves else self.place
        pace = (self._feed if self._motion == 1 else RAPID) * self._speed
        seconds = max(_LEAST_SECONDS / self._speed, 60 * math.dist(begins, target) / pace)
        if not self._moves:
            self._clock = now
        self._moves.append(Move(begins, target, seconds, seconds, cuts))
        if self.phase is Phase.READY:
            self.phase = Phase.MARKING

    def advance(self, now: float) -> Turn | None:
        """Let the head move until ``now``, or until something is to be told."""
        if self._resumes_at is not None and now >= self._resumes_at:
            self.resume(now)
            return Turn.RESUMED
        while self._moves and self.phase is Phase.MARKING:
            if self._moves[0].cuts:
                self._begin(self._clock)
            if not self._moved(now):
                break
            if self._is_half():
                return Turn.HALF
        self._clock = now
        if self.alone and not self._moves:
            self._break_off(now)
        return None

    def _moved(self, now: float) -> bool:
        """Move on in the first move of the queue; return whether it is finished."""
        move = self._moves[0]
        spent = min(move.left, max(0.0, now - self._clock))
        move.left -= spent
        self._clock += spent
        if move.left > 0:
            return False
        self._moves.popleft()
        self.place = move.target
        if not self._moves:
            self.phase = Phase.READY
        if move.cuts:
            self._cut(move.begins, move.target, self._clock)
        return True

    def _cut(self, begins: Vector, target: Vector, now: float) -> None:
        """Cut what one move cuts: a dot straight down, a groove along."""
        across = BEAM if target[2] >= 0 else round(-2000 * target[2])
        if begins[:2] == target[:2]:
            self._dot(now, across)
        else:
            ends = [round(part * 1000) for part in (*begins[:2], *target[:2])]
            self._metal.grooves.append((ends[0], ends[1], ends[2], ends[3], across))
            self._count(now)

    def _dot(self, now: float, across: int) -> None:
        right, up = (round(part * 1000) for part in self.place[:2])
        self._metal.dots.append((right, up, across))
        self._count(now)

    def _count(self, now: float) -> None:
        if self._run is not None:
            self._run.cut += 1
            self._happens("dot", self._run, now)

    def _is_half(self) -> bool:
        run = self._run
        if run is None or run.half_told or not run.cut or 2 * run.cut < self.looked_over:
            return False
        run.half_told = True
        return True

    def _begin(self, now: float) -> None:
        if self._run is None:
            self._run = Run("", 0.0)
            self._happens("start", self._run, now)

    # --- what breaks it off ---------------------------------------------------------------------

    def hold(self, now: float) -> None:
        """Stand still until somebody resumes or resets."""
        if self.phase in {Phase.READY, Phase.MARKING}:
            self._clock, self.phase = now, Phase.PAUSED

    def pause(self, now: float) -> None:
        """Hold, and go on by itself a moment later."""
        self.hold(now)
        self._resumes_at = now + PAUSE_SECONDS / self._speed

    def resume(self, now: float) -> None:
        """Go on after a hold."""
        self._resumes_at = None
        if self.phase is Phase.PAUSED:
            self._clock, self.phase = now, Phase.MARKING if self._moves else Phase.READY

    def reset(self, now: float) -> bool:
        """Forget every move; return whether the head was moving, so that its place is in doubt."""
        astray = self.moving and self.phase is Phase.MARKING
        self._break_off(now)
        self.checking = False
        if self.phase is not Phase.FAULT:
            self.phase = Phase.FAULT if astray else Phase.READY
        self._power_on()
        return astray

    def unlock(self) -> None:
        """Leave an alarm."""
        if self.phase is Phase.FAULT:
            self.phase, self.door = Phase.READY, False

    def lose_power(self, now: float, *, keep: bool) -> None:
        """Restart: where the head is becomes zero, unless it is of a kind that remembers."""
        super().lose_power(now, keep=keep)
        self.checking = False
        self._power_on()

    def forget(self) -> None:
        """Lose the place: zero is where the head stands now."""
        super().forget()
        x, y, z = (-part for part in self.origin)
        self.place = (x, y, z)

    def _break_off(self, now: float) -> bool:
        if self._moves:
            move = self._moves[0]
            self.place = move.now_at
            if move.cuts and self._run is not None and self.place != move.begins:
                self._cut(move.begins, self.place, now)
            self._moves.clear()
        self._resumes_at = None
        return super()._break_off(now)
