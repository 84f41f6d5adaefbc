"""What is to go wrong with a simulated printer, and at which label: ``paper-out@3,garbage``.

Labels are counted as they begin to print; a fault without a number is for every label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import FieldUnreadable

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "silent": frozenset(),
    "paper-out": frozenset({"told"}),
    "ribbon-out": frozenset({"told"}),
    "head-open": frozenset({"told"}),
    "jam": frozenset(),
    "pause": frozenset(),
    "pull": frozenset({"lose"}),
    "garbage": frozenset(),
    "late": frozenset(),
    "split": frozenset(),
}
"""Every fault with its options. A ZPL printer that is out of labels or ribbon, or is open, says
nothing at all; with ``told`` it is one that says so. A pulled cable loses the label that was on its
way, or not."""

STOPS: Final = ("paper-out", "ribbon-out", "head-open", "jam", "pause")
"""The faults that a printer stands with until somebody mends them."""

_SPEC: Final = re.compile(r"(?P<kind>[a-z-]+)(?::(?P<option>[a-z]+))?(?:@(?P<label>[1-9]\d{0,5}))?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; ``label`` is 0 for every label."""

    kind: str
    option: str = ""
    label: int = 0


def parse(spec: str) -> tuple[Fault, ...]:
    """Return the faults written in the text, with commas between; raises FieldUnreadable."""
    return tuple(_fault(part.strip()) for part in spec.split(",") if part.strip())


def _fault(text: str) -> Fault:
    found = _SPEC.fullmatch(text)
    kind, option = (found["kind"], found["option"] or "") if found else ("", "")
    if found is None or kind not in KINDS or (option and option not in KINDS[kind]):
        raise FieldUnreadable("fault", text)
    return Fault(kind, option, int(found["label"] or 0))
