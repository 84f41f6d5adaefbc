"""How a marking of a Keyence laser ended, with its memory of the last text marked as the judge.

Neither its answer to the START nor being ready again is believed against that memory; and where the
answer was lost, the memory alone settles a marking as done, if it shows our text now and did not
show it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from stockpile.adapters.marking.keyence.words import Result
from stockpile.adapters.marking.talk import Talk
from stockpile.adapters.marking.watch import SURE, Watch, Witness
from stockpile.domain.errors import MachineSilent, PortLost
from stockpile.services.ports import EndResult


@dataclass(frozen=True, slots=True)
class Memory:
    """What the machine remembers of the last marking; None where it would not say."""

    text: str | None
    result: Result | None


class Remembering(Witness, Protocol):
    """A witness with a memory of what was marked last."""

    def memory(self) -> Memory:
        """Return what was marked last; raises MachineSilent, PortLost."""
        ...


class KeyenceWatch(Watch):
    """One run under watch; ``before`` is the machine's memory at its start."""

    def __init__(
        self, talk: Talk[Any], witness: Remembering, text: str, before: Memory, *, accepted: bool,
        proven: bool,
    ) -> None:  # fmt: skip
        super().__init__(talk, witness, text, accepted=accepted, proven=proven)
        self._remembering = witness
        self._before = before

    def _confirmed(self) -> EndResult | None:
        """Believe the answer to the START, unless the memory shows another text."""
        end = super()._confirmed()
        if end is not EndResult.DONE:
            return end
        try:
            return None if self._shows_ours() is False else end
        except PortLost:
            return end

    def _ready_again(self) -> EndResult | None:
        end = super()._ready_again()
        if self._ready < SURE or self._talk.runs:
            return end
        ours = self._shows_ours()
        if ours:
            return EndResult.DONE
        if ours is None or end is not EndResult.DONE:
            return end
        return self._out_of_patience()

    def _shows_ours(self) -> bool | None:
        """Say whether our text is the last one marked; None when the memory proves nothing."""
        try:
            now = self._remembering.memory()
        except MachineSilent:
            return None
        if now.text is None or self._before.text in {None, self._text}:
            return None
        return now.text == self._text and (now.result is None or now.result.succeeded)
