"""How a TL07 run ended, judged by evidence alone; nothing here ever starts anything.

Ready again is not done: a machine that restarted half way is ready too. So without the machine's
own ``GO F`` the text must still stand in its memory, and it must never have been out of hearing,
unless commissioning has proven that a restart clears the text.
"""

from __future__ import annotations

import time

from stockpile.adapters.marking import tl07
from stockpile.adapters.marking.tl07 import Run, State, Status
from stockpile.adapters.marking.tl07_talk import Talk
from stockpile.domain.errors import MachineSilent, PortLost
from stockpile.services.ports import EndResult

_SURE = 2
"""Ready answers in a row that rule out one that was late on its way."""


class Watch:
    """One run under watch: what was seen of it so far."""

    def __init__(self, talk: Talk, text: str, *, accepted: bool, proven: bool) -> None:
        self._talk = talk
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
            status = self._status()
        except PortLost:
            return EndResult.DONE
        marking = status is not None and status.state in {State.MARKING, State.PAUSED}
        return None if marking else EndResult.DONE

    def _poll(self) -> EndResult | None:
        status = self._status()
        self._unheard |= status is None or self._talk.strange > 0
        if status is None or status.state is not State.READY:
            self._ready = 0
        if status is None or self._talk.runs:
            return None
        match status.state:
            case State.FAULT:
                return EndResult.STOPPED
            case State.INIT | State.ALIVE:
                return EndResult.RESTARTED
            case State.MARKING | State.PAUSED:
                self._running = True
                return None
            case State.READY:
                return self._ready_again()

    def _ready_again(self) -> EndResult | None:
        self._ready += 1
        if self._ready == 1:
            self._ready_since = time.monotonic()
        if self._ready < _SURE:
            return None
        held = self._held()
        if held is None or self._talk.runs:
            return None
        if held != self._text:
            return EndResult.RESTARTED
        if self._running:
            return EndResult.SILENT if self._unheard and not self._proven else EndResult.DONE
        waited = time.monotonic() - self._ready_since
        # Ready, and never seen at work: it finished unseen or never began, and no more will come.
        return EndResult.SILENT if waited >= self._talk.times.settle else None

    def _status(self) -> Status | None:
        try:
            return tl07.status_of(self._talk.ask("ST"))
        except MachineSilent:
            return None

    def _held(self) -> str | None:
        try:
            return tl07.text_of(self._talk.ask("VG 0"))
        except MachineSilent:
            self._unheard = True
            return None
