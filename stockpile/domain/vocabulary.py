"""The closed lists of a weapon's record: what may be picked where free text would not be counted.

Codes are ours and stay for ever; what people read of them is in ``wording``. Actions follow the
lists that statistics of firearms use; origins are those that the Programme of Action's reports
speak of: industrial, craft, converted, printed, from a kit.
"""

from __future__ import annotations

from typing import Final, TypeVar, get_args

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import (
    AcquisitionMode,
    CustodyType,
    FrameMaterial,
    IllicitGround,
    Legibility,
    MarkKind,
    Serviceability,
    View,
)

Code = TypeVar("Code", bound=str)

ACTIONS: Final = (
    "single_shot", "break_single", "break_over_under", "break_side_by_side", "bolt", "lever",
    "pump", "semi_automatic", "automatic", "selective_fire", "burst", "revolver_single",
    "revolver_double", "muzzle_loading", "unknown",
)  # fmt: skip
ORIGINS: Final = (
    "industrial", "licensed_copy", "unlicensed_copy", "craft", "converted", "reactivated",
    "printed", "kit", "unknown",
)  # fmt: skip
COMPONENTS: Final = (
    "receiver", "upper_receiver", "lower_receiver", "frame", "barrel", "slide", "bolt",
    "bolt_carrier", "cylinder", "crane", "breech_block", "trigger_unit", "stock", "magazine",
    "suppressor", "sight", "tripod", "baseplate", "bipod", "tube", "launch_tube", "gripstock",
    "missile", "mount", "other",
)  # fmt: skip
"""Parts that carry numbers of their own; on a MANPADS missile, launch tube and gripstock do."""
SYMBOLS: Final = (
    "star", "star_in_circle", "arrow", "arrow_in_triangle", "triangle_number", "circle_number",
    "double_circle_number", "oval_number", "rhombus_in_circle", "crown", "eagle", "lion", "anchor",
    "hammer_and_sickle", "cross", "sun", "wheel", "crossed_rifles", "shield", "flower", "other",
)  # fmt: skip
"""Signs that have no character; a number inside one is the mark's text."""
SCRIPTS: Final = (
    "Latn", "Cyrl", "Arab", "Grek", "Hans", "Hang", "Jpan", "Deva", "Hebr", "Thai", "Mymr", "Zyyy",
)  # fmt: skip
"""Scripts by ISO 15924; Zyyy where signs belong to none."""
KIT: Final = (
    "magazine",
    "sling",
    "bayonet",
    "scabbard",
    "cleaning_kit",
    "sight",
    "night_sight",
    "bipod",
    "suppressor",
    "blank_firing",
    "holster",
    "case",
    "tool",
    "spare_barrel",
    "other",
)
"""What goes with a weapon and is counted with it; each has or has no mark of its own."""
CHECKOUT_USES: Final = ("checkout", "assignment")
POSITIONS: Final = ("left", "right", "top", "bottom", "front", "rear", "inside", "other")
MARK_KINDS: Final[tuple[MarkKind, ...]] = get_args(MarkKind)
LEGIBILITIES: Final[tuple[Legibility, ...]] = get_args(Legibility)
FRAMES: Final[tuple[FrameMaterial, ...]] = get_args(FrameMaterial)
CUSTODY_TYPES: Final[tuple[CustodyType, ...]] = get_args(CustodyType)
MODES: Final[tuple[AcquisitionMode, ...]] = get_args(AcquisitionMode)
GROUNDS: Final[tuple[IllicitGround, ...]] = get_args(IllicitGround)
CONDITIONS: Final[tuple[Serviceability, ...]] = get_args(Serviceability)
VIEWS: Final[tuple[View, ...]] = get_args(View)


def picked(field: str, text: str, codes: tuple[Code, ...]) -> Code:
    """Return the code written in the text, whatever its case; raise FieldUnreadable for none."""
    wanted = text.strip().casefold().replace(" ", "_").replace("-", "_")
    for code in codes:
        if code.casefold() == wanted:
            return code
    raise FieldUnreadable(field, text)
