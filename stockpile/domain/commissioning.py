"""What must be found out about a machine before it cuts metal: ten steps, and a measured coupon.

The steps are those of the machine protocol notes §12; which of them a machine can take at all goes
by what its driver can ask it. The least height and depth are law, the rest is our own prudence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import CommissionCheck, Commissioning
from stockpile.domain.laying_out import MIN_DEPTH_NM, MIN_HEIGHT_UM

STEPS: Final = tuple(range(1, 11))
"""Identity, read-back, start, second start, cable and power, stops, pedal, damaged frames, swapped
cables, coupon."""
WITNESS: Final = 2
_BY_HAND: Final = (1, 6, 7, 10)
"""What is left for a machine without a cable."""

NM_PER_UM: Final = 1000
_UM_PER_MM: Final = 1000
_NM_PER_MM: Final = 1_000_000
_MOST_MM: Final = 50
_SEPARATORS: Final = str.maketrans({",": ".", "\N{ARABIC DECIMAL SEPARATOR}": "."})

Result = Literal["passed", "failed", "not_done"]
Standing = Literal["not_begun", "failed", "too_small", "open", "passed"]


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """What a coupon lacks to the legal least: of height and of depth; 0 where nothing does."""

    height_um: int = 0
    depth_nm: int = 0

    def __bool__(self) -> bool:
        return bool(self.height_um or self.depth_nm)


def steps_for(*, by_hand: bool, can_read_back: bool) -> tuple[int, ...]:
    """Return the steps that a machine can take: none asks back what it cannot say."""
    if by_hand:
        return _BY_HAND
    return STEPS if can_read_back else tuple(step for step in STEPS if step != WITNESS)


def read_height(text: str) -> int:
    """Return a height written in millimetres as micrometres, 0 for none; raise FieldUnreadable."""
    return _length(text, "height", _UM_PER_MM)


def read_depth(text: str) -> int:
    """Return a depth written in millimetres as nanometres, 0 for none; raise FieldUnreadable."""
    return _length(text, "depth", _NM_PER_MM)


def written_mm(nanometres: int) -> str:
    """Return a length as it is written in millimetres; nothing for none."""
    if not nanometres:
        return ""
    return format((Decimal(nanometres) / _NM_PER_MM).normalize(), "f")


def shortfalls(height_um: int, depth_nm: int) -> Shortfalls:
    """Return what the measured coupon lacks to 1.6 mm of height and 0.0762 mm of depth.

    Implementing Directive (EU) 2019/68 as amended by 2024/325 asks for both. What was not measured
    lacks nothing.
    """
    return Shortfalls(
        max(0, MIN_HEIGHT_UM - height_um) if height_um else 0,
        max(0, MIN_DEPTH_NM - depth_nm) if depth_nm else 0,
    )


def results(said: Commissioning | None) -> Mapping[int, CommissionCheck]:
    """Return what came of each step that stands on record."""
    return {check.step: check for check in said.checks} if said is not None else {}


def passed(said: Commissioning | None, steps: tuple[int, ...]) -> int:
    """Return how many of these steps were passed."""
    found = results(said)
    return sum(step in found and found[step].result == "passed" for step in steps)


def standing(said: Commissioning | None, steps: tuple[int, ...]) -> Standing:
    """Return how a machine's commissioning stands: failed before too small before open."""
    if said is None:
        return "not_begun"
    if any(check.result == "failed" for check in said.checks):
        return "failed"
    if shortfalls(said.height_um, said.depth_nm):
        return "too_small"
    is_measured = said.height_um and said.depth_nm
    return "passed" if is_measured and passed(said, steps) == len(steps) else "open"


def _length(text: str, field: str, per_mm: int) -> int:
    written = text.strip().removesuffix("mm").strip().translate(_SEPARATORS)
    if not written:
        return 0
    try:
        length = Decimal(written)
    except InvalidOperation:
        raise FieldUnreadable(field, text) from None
    if not length.is_finite() or not 0 < length <= _MOST_MM:
        raise FieldUnreadable(field, text)
    return round(length * per_mm)
