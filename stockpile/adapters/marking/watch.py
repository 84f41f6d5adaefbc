"""How a run ended, judged by evidence alone; nothing here ever starts anything.

Ready again is not done: a machine that restarted half way is ready too. So without the machine's
own word for the end its text must still stand in its memory, and it must never have been out of
hearing, unless commissioning has proven that a restart clears the text. A machine that cannot show
its text settles nothing by being ready.
"""

from __future__ import annotations

import time
from typing import Any, Protocol

from stockpile.adapters.marking.talk import Run, Talk
from stockpile.domain.errors import MachineSilent, PortLost
from stockpile.services.ports import EndResult, MachineState

SURE = 2
"""Ready answers in a row that rule out one that was late on its way."""


class Witness(Protocol):
    """What a watch asks of a machine; every question is harmless."""

    def state(self) -> MachineState | None:
        """Return how it is; None when the answer makes no sense. Raises MachineSilent, PortLost."""
        ...

    def held(self) -> str | None:
        """Return its text; None when it cannot say. Raises MachineSilent, PortLost."""
        ...


class Watch:
    """One run under watch: what was seen of it so far."""

    def __init__(
        self, talk: Talk[Any], witness: Witness, text: str, *, accepted: bool, proven: bool
    ) -> None:
        self._talk = talk
        self._witness = witness
        self._text = text
        self._running = accepted
        self._proven = proven
        self._unheard = False
        self._ready = 0
        self._ready_since = 0.0

    def until_end(self, seconds: float) -> EndResult:
        """Watch at most so long; SILENT means that nothing tells how the run ended."""
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                end = self._step(deadline)
                if end is not None:
                    return end
        except PortLost:
            return EndResult.LINK_LOST
        return EndResult.SILENT

    def _step(self, deadline: float) -> EndResult | None:
        left = max(0.0, deadline - time.monotonic())
        self._talk.listen(min(self._talk.times.poll, left))
        if not self._talk.runs:
            return self._poll()
        return self._heard(self._talk.runs.popleft())

    def _heard(self, run: Run) -> EndResult | None:
        if run is Run.STOPPED:
            return EndResult.STOPPED
        self._running = True
        return self._confirmed() if run is Run.FINISHED else None

    def _confirmed(self) -> EndResult | None:
        """Believe the machine's own word for the end, unless it is plainly marking still."""
        try:
            state = self._state()
        except PortLost:
            return EndResult.DONE
        return None if state in {MachineState.MARKING, MachineState.PAUSED} else EndResult.DONE

    def _poll(self) -> EndResult | None:
        state = self._state()
        self._unheard |= state is None or self._talk.strange > 0
        if state is not MachineState.READY:
            self._ready = 0
        if state is None or self._talk.runs:
            return None
        match state:
            case MachineState.FAULT:
                return EndResult.STOPPED
            case MachineState.NOT_READY:
                return EndResult.RESTARTED
            case MachineState.MARKING | MachineState.PAUSED:
                self._running = True
                return None
            case MachineState.READY:
                return self._ready_again()
            case _:
                return None

    def _ready_again(self) -> EndResult | None:
        self._ready += 1
        if self._ready == 1:
            self._ready_since = time.monotonic()
        if self._ready < SURE:
            return None
        held = self._held()
        if self._talk.runs:
            return None
        if held is None:
            return self._out_of_patience()
        if held != self._text:
            return EndResult.RESTARTED
        if self._running:
            return EndResult.SILENT if self._unheard and not self._proven else EndResult.DONE
        # Ready, and never seen at work: it finished unseen or never began, and no more will come.
        return self._out_of_patience()

    def _out_of_patience(self) -> EndResult | None:
        waited = time.monotonic() - self._ready_since
        return EndResult.SILENT if waited >= self._talk.times.settle else None

    def _state(self) -> MachineState | None:
        try:
            return self._witness.state()
        except MachineSilent:
            return None

    def _held(self) -> str | None:
        try:
            return self._witness.held()
        except MachineSilent:
            self._unheard = True
            return None
