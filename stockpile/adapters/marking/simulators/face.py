"""What every simulated machine's face has: a plan of faults between the bytes and the machine.

A family adds how commands are cut out of bytes and how they are answered; it says what it says
through ``say``, answers a START through ``start``, and reports an end through ``end_report``.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import ClassVar

from stockpile.adapters.marking.simulators.faults import Fault, FaultPlan
from stockpile.adapters.marking.simulators.machine import BOOT_SECONDS, Machine, Phase, Turn

LATE_SECONDS = 4.0
"""How late a late answer is: later than any careful host waits."""
TICK = 0.005
NOISE = b"\x93\x00\xff~G\r\n"


class Beginning(Enum):
    """What a START command came to inside the machine."""

    BEGAN = "began"
    REFUSED = "refused"


class Face:
    """A machine behind its wire. ``outbox`` is what it says; ``unplugged`` asks for a pull."""

    identity: ClassVar[str] = "SIM-0001"

    def __init__(self, machine: Machine, plan: FaultPlan) -> None:
        self.machine = machine
        self.plan = plan
        self.outbox: list[bytes] = []
        self.unplugged = False
        self._arrived = bytearray()
        self._late: list[tuple[float, bytes]] = []
        self._resting = 0
        self._held_back = False

    # --- what a family fills in ---------------------------------------------------------------

    def hear(self, arrived: bytearray, now: float) -> None:
        """Take every complete command out of ``arrived`` and answer it."""
        raise NotImplementedError

    def end_report(self) -> bytes:
        """Return what the machine says unasked when a run is done; nothing where it is silent."""
        return b""

    def stop_report(self) -> bytes:
        """Return what the machine says unasked when a run is stopped."""
        return b""

    def pause_report(self) -> bytes:
        """Return what the machine says unasked when a run is held."""
        return b""

    def resume_report(self) -> bytes:
        """Return what the machine says unasked when a held run goes on."""
        return b""

    def banner(self) -> bytes:
        """Return what the machine says when it has restarted."""
        return b""

    # --- what the simulator calls -------------------------------------------------------------

    def receive(self, arrived: bytes, now: float) -> None:
        """Take bytes from the host and answer every complete command."""
        self._rest()
        if not self.machine.hears(now) or self.due("silent"):
            self._arrived.clear()
            return
        if self.due("wrong-baud"):
            self.outbox.append(bytes(byte ^ 0xA5 for byte in arrived))
            return
        self._arrived += arrived
        self.hear(self._arrived, now)

    def advance(self, now: float) -> None:
        """Let time pass: the run, its faults, and answers that are late."""
        self._rest()
        while self._late and self._late[0][0] <= now:
            self.outbox.append(self._late.pop(0)[1])
        match self.machine.advance(now):
            case Turn.HALF:
                self._half(now)
            case Turn.FINISHED:
                self.finish(now)
            case Turn.RESUMED:
                self.say(self.resume_report())
            case None:
                pass

    @property
    def tick(self) -> float:
        """How long the simulator may wait for bytes before it lets time pass again, in seconds."""
        return TICK

    def restart(self, now: float, *, keep: bool) -> None:
        """Switch the machine off and on; it says so when it is up again."""
        self.machine.lose_power(now, keep=keep)
        if said := self.banner():
            self._late.append((now + BOOT_SECONDS, said))
            self._late.sort()

    def raise_dtr(self, now: float) -> None:
        """Have a host open the port and raise the line that boards of some families reset on."""

    def reconnect(self) -> None:
        """Forget half a command: another host is at the other end now."""
        self._arrived.clear()

    def change_plan(self, spec: str) -> None:
        """Plan other faults from now on and free a stuck machine. Raises FieldUnreadable."""
        self.plan.change(spec)
        self._resting = 0
        self._held_back = False
        if self.machine.phase is Phase.MARKING and not self.machine.busy:
            self.machine.phase = Phase.READY

    # --- what a family uses -------------------------------------------------------------------

    def due(self, kind: str) -> Fault | None:
        """Return the fault of this kind that is due at the present job."""
        return self.plan.at(max(1, self.machine.job), kind)

    def say(self, said: bytes) -> None:
        """Say something; a fault may hold it back or hurt it."""
        if said and not self._held_back:
            self.outbox.append(_hurt(said) if self.due("damage-answer") else said)

    def later(self, said: bytes, now: float) -> None:
        """Say something much too late."""
        self._late.append((now + LATE_SECONDS, said))

    def taken(self, text: str) -> str:
        """Return the text as the machine takes it: damaged on the wire when that is planned."""
        if self.due("pull-prepare"):
            self.unplugged = True
        if text and self.due("damage-text"):
            return f"{text[:-1]}{'8' if text[-1] != '8' else '3'}"
        return text

    def start(
        self,
        now: float,
        answer: Callable[[Beginning], bytes],
        begin: Callable[[float], bool] | None = None,
    ) -> None:
        """Carry out a START with all faults about it; ``answer`` puts the outcome into words."""
        if self.due("lose-request"):
            return
        if self.due("refuse"):
            self.say(answer(Beginning.REFUSED))
            return
        began = (begin or self.machine.go)(now)
        if pull := self.due("pull-start"):
            self._pull(pull, now)
        if self.due("xoff"):
            self._held_back = True
        self._answer_start(answer(Beginning.BEGAN if began else Beginning.REFUSED), now)

    def finish(self, now: float) -> None:
        """Report the end of a run, unless a fault is about it."""
        if self.due("pull-end"):
            self.unplugged = True
        report = self.end_report()
        if report and self.due("end-late"):
            self.later(report, now)
        elif not self.due("lose-end"):
            self.say(report)

    def _answer_start(self, said: bytes, now: float) -> None:
        garbage = self.due("garbage")
        if self.due("lose-answer"):
            return
        if self.due("late-answer"):
            self.later(said, now)
        elif garbage and not garbage.option:
            self.outbox.append(NOISE)
        else:
            self.say(said)
            self.say(said if self.due("answer-twice") else b"")

    def _rest(self) -> None:
        """Bring the machine into the state that the plan wants it in before this job."""
        job = max(1, self.machine.job)
        if self._resting == job or self.machine.busy:
            return
        self._resting = job
        if self.due("busy"):
            self.machine.phase = Phase.MARKING
        elif self.due("fault") or self.due("alarm") or self.due("door"):
            self.machine.phase = Phase.FAULT

    def _half(self, now: float) -> None:
        if pull := self.due("pull-mid"):
            self._pull(pull, now)
        if restart := self.due("restart-mid"):
            self.machine.lose_power(now, keep=restart.option == "keep")
            self.say(self.banner())
        if self.due("estop-mid") or self.due("door-mid"):
            self.machine.stop(now)
            self.say(self.stop_report())
        if self.due("pause-mid"):
            self.machine.pause(now)
            self.say(self.pause_report())

    def _pull(self, pull: Fault, now: float) -> None:
        self.unplugged = True
        if pull.option == "stop":
            self.machine.halt(now)


def _hurt(said: bytes) -> bytes:
    """Return the bytes with one flipped in the middle, as a bad cable does it."""
    middle = len(said) // 2
    return said[:middle] + bytes([said[middle] ^ 0x40]) + said[middle + 1 :]
