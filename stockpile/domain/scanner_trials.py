"""What a scanner is tried with, and what is wrong with it by what came of that.

A scanner that types as a keyboard does presses keys, and the computer makes signs of them by its
own keyboard: set for another one, a serial comes out with Z for Y, or with signs for figures, and
nobody notices. So the codes on the sheet hold the signs that give it away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

TRIAL_LINE: Final = "ZYX-QWA/0194_mz"
"""What the bars of the set-up sheet hold: letters, figures and signs that keyboards put apart."""
TRIAL_MATRIX: Final = "AZ-2580/yQ"
"""What the square on the set-up sheet holds."""

Verdict = Literal["good", "keyboard", "capitals", "nothing", "other"]
"""Right; another keyboard's signs; small and capital letters swapped; nothing; another code."""

_AIM: Final = re.compile(r"\](?P<kind>[A-Za-z])[0-9A-Za-z]")
_KINDS: Final = {"C": "Code 128", "d": "Data Matrix", "A": "Code 39", "Q": "QR Code"}
_LIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a code of the sheet; ``symbol`` is named where the scanner identifies it."""

    verdict: Verdict
    text: str
    symbol: str = ""
    due: str = ""


def judge_trial(text: str) -> Trial:
    """Return what is to be said of a text that came, without the Enter after it."""
    bare = text.strip("\r\n")
    found = _AIM.match(bare)
    said = bare[found.end() :] if found else bare
    symbol = _KINDS.get(found["kind"], found["kind"]) if found else ""
    if not said:
        return Trial("nothing", said, symbol)
    for due in (TRIAL_LINE, TRIAL_MATRIX):
        if said == due:
            return Trial("good", said, symbol, due)
        if said.swapcase() == due:
            return Trial("capitals", said, symbol, due)
    near = next((due for due in (TRIAL_LINE, TRIAL_MATRIX) if _is_like(said, due)), "")
    return Trial("keyboard" if near else "other", said, symbol, near)


def _is_like(said: str, due: str) -> bool:
    """Say whether a text is a code of the sheet through another keyboard: as long, half the same.

    A French keyboard makes signs of figures, so letters and figures that are right may be few.
    """
    if len(said) != len(due):
        return False
    same = sum(one.casefold() == other.casefold() for one, other in zip(said, due, strict=True))
    swapped = {"z", "y", "q", "a", "w", "m"}
    letters = sum(
        one.casefold() in swapped and other.casefold() in swapped
        for one, other in zip(said, due, strict=True)
    )
    return max(same, letters) >= _LIKE * len(due) or same + letters >= _LIKE * len(due)
