"""How a printer puts a page beside its place, measured on its ruler page, and taken back again.

Nearly every printer prints some tenths of a millimetre beside the place, and a little too large or
too small. Two crosses of a ruler page say by how much: where they should be is known, where they
are is measured with a ruler from the paper's left and top edge and typed. Lengths are in
micrometres.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from stockpile.domain.errors import FieldUnreadable, PrintScaled

FARTHEST: Final = 25_000
"""Further beside the place than this, a number was mistyped: no printer is."""
MOST_STRETCH: Final = 20_000
"""A page larger or smaller by more parts in a million was scaled to fit the paper."""
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class PrinterFit:
    """How far a printer's page is beside its place, and by how much it is too large.

    ``across`` and ``down`` are the micrometres by which the paper's upper left corner is printed
    too far right and too low; ``stretch_across`` and ``stretch_down`` the parts in a million by
    which lengths are too large.
    """

    across: int = 0
    down: int = 0
    stretch_across: int = 0
    stretch_down: int = 0


STRAIGHT: Final = PrinterFit()
"""A printer that prints everything where it belongs."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How far the two crosses of a ruler page are from the paper's left and top edge.

    The far one need not be measured: then lengths are taken to be right.
    """

    near_across: int
    near_down: int
    far_across: int | None = None
    far_down: int | None = None


RulerPaper = Literal["A4", "Letter"]
"""The papers of which a ruler page is printed."""

CROSSES: Final[Mapping[RulerPaper, Measured]] = MappingProxyType(
    {
        "A4": Measured(20_000, 20_000, 190_000, 277_000),
        "Letter": Measured(20_000, 20_000, 195_000, 259_000),
    }
)
"""Where the crosses of a ruler page are if it is printed straight."""


def fit_from_ruler(due: Measured, found: Measured) -> PrinterFit:
    """Return the fit of a printer from where the crosses should be and where they were found.

    Raises FieldUnreadable for a number that no printer can be so far off, PrintScaled for a page
    that was not printed at its true size.
    """
    across = _line("across", due, found)
    down = _line("down", due, found)
    return PrinterFit(across[0], down[0], across[1], down[1])


def _line(way: str, due: Measured, found: Measured) -> tuple[int, int]:
    """Return the offset at the paper's edge and the stretch, in one direction."""
    near, far = getattr(due, f"near_{way}"), getattr(due, f"far_{way}")
    found_near, found_far = getattr(found, f"near_{way}"), getattr(found, f"far_{way}")
    _demand_possible(f"near_{way}", near, found_near)
    if found_far is None:
        return found_near - near, 0
    _demand_possible(f"far_{way}", far, found_far)
    scale = (found_far - found_near) / (far - near)
    stretch = round((scale - 1) * _MILLION)
    if abs(stretch) > MOST_STRETCH:
        raise PrintScaled(f"{scale * 100:.1f} %")
    return round(found_near - scale * near), stretch


def _demand_possible(field: str, due: int, found: int) -> None:
    if abs(found - due) > FARTHEST:
        raise FieldUnreadable(field, in_millimetres(found))


def before_print(millimetres: float, offset: int, stretch: int) -> float:
    """Return where to draw what shall be printed at a place, both in millimetres from the edge."""
    return (millimetres - offset / 1000) / (1 + stretch / _MILLION)


def in_millimetres(micrometres: int) -> str:
    """Return a length as it is typed: millimetres, with as many decimals as it needs."""
    return f"{micrometres / 1000:.2f}".rstrip("0").rstrip(".")


def micrometres_of(typed: str, field: str) -> int:
    """Return a typed length in millimetres; raises FieldUnreadable, naming the field."""
    said = typed.strip().removesuffix("mm").strip().replace(",", ".").replace("\u066b", ".")
    try:
        return round(float(said) * 1000)
    except (ValueError, OverflowError):  # no number, or none that is finite
        raise FieldUnreadable(field, typed) from None


# --- what this computer remembers of its printers ------------------------------------------------


def kept_fits(kept: str) -> dict[str, PrinterFit]:
    """Return the fits of this computer's printers by name; what cannot be read is forgotten."""
    try:
        said = json.loads(kept or "{}")
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: fit for name, one in said.items() if (fit := _fit(one)) is not None}


def keep_fits(fits: Mapping[str, PrinterFit]) -> str:
    """Return the fits as they are kept; a printer that prints straight needs none."""
    told = {name: asdict(fit) for name, fit in sorted(fits.items()) if fit != STRAIGHT}
    return json.dumps(told, ensure_ascii=False) if told else ""


def _fit(said: Any) -> PrinterFit | None:  # noqa: ANN401 - whatever stood in a file
    if not isinstance(said, dict):
        return None
    values = [said.get(name, 0) for name in asdict(STRAIGHT)]
    if not all(type(value) is int for value in values):
        return None
    return PrinterFit(*values)
