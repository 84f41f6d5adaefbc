"""The driver of no machine: the same journal and the same checks, and a person does the work.

The person sets the text by the work order, starts the machine and blanks its text afterwards. What
came of it is told by the read-back of every mark, and by nothing else.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.marking.by_hand import words
from stockpile.adapters.marking.link import OpenLink
from stockpile.adapters.marking.talk import Times
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

CAPABILITIES: Final = Capabilities(
    evidence=0,
    can_read_back=False,
    can_abort=False,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="none",
    by_hand=True,
)


class ByHandMarker:
    """A machine that a person sets and starts; nothing here reaches it."""

    def __init__(self) -> None:
        self._text = ""
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise: that the text can be set by hand."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """Nothing: no wire leads to the machine."""
        return b""

    def identity(self) -> str:
        """Return nothing: there is nobody to ask."""
        return ""

    def fingerprint(self) -> str:
        """Return nothing: the layout is what the person loads."""
        return ""

    def status(self) -> MachineState:
        """Return READY: the person sees how the machine is, and starts it only then."""
        return MachineState.READY

    def prepare(self, work: Work) -> None:
        """Check that a person can set this text; raises MarkNotPossible."""
        self._text, self._started = "", None
        words.check_text(work.text)
        self._text = work.text

    def start(self) -> StartResult:
        """Hand the start to the person, once for what was prepared.

        ACCEPTED from here on: whether and when the person starts the machine, nobody tells.
        """
        if self._started is None:
            self._started = StartResult.ACCEPTED if self._text else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:  # noqa: ARG002 - a port's method
        """Return UNTOLD at once, or SILENT when nothing was handed over."""
        handed_over = self._started is StartResult.ACCEPTED
        return EndResult.UNTOLD if handed_over else EndResult.SILENT

    def evidence(self) -> Evidence:
        """Return that nothing is known of the text."""
        return Evidence(self.status(), None)

    def disarm(self) -> None:
        """Take back what was not handed over yet.

        The person blanks the text at the machine when the mark is read: until then its pedal may
        cut the text again.
        """
        self._text = ""

    def abort(self) -> None:
        """Take back what was not handed over yet; the person uses the machine's stop button."""
        self._text = ""

    def close(self) -> None:
        """Take back what was not handed over yet."""
        self._text = ""


def open_by_hand(
    machine: MachineSet,  # noqa: ARG001 - as every driver
    open_link: OpenLink,  # noqa: ARG001
    times: Times | None = None,  # noqa: ARG001
) -> ByHandMarker:
    """Return a machine that a person works; no port is opened, and it needs no address."""
    return ByHandMarker()
