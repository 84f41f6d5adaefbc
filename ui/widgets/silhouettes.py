"""Which drawing shows a type of weapon."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Final

from ui.widgets import silhouettes_crew as crew
from ui.widgets import silhouettes_hand as hand
from ui.widgets.outlines import Outline, outline

_DRAWINGS: Final = MappingProxyType(
    {
        "pistol": hand.PISTOL,
        "revolver": hand.REVOLVER,
        "rifle": hand.RIFLE,
        "bolt_rifle": hand.BOLT_RIFLE,
        "assault_rifle": hand.ASSAULT_RIFLE,
        "submachine_gun": hand.SUBMACHINE_GUN,
        "shotgun": hand.SHOTGUN,
        "combination": hand.COMBINATION,
        "machine_gun": crew.MACHINE_GUN,
        "heavy_machine_gun": crew.HEAVY_MACHINE_GUN,
        "grenade_launcher": crew.GRENADE_LAUNCHER,
        "rocket_launcher": crew.ROCKET_LAUNCHER,
        "recoilless": crew.RECOILLESS,
        "manpads": crew.MANPADS,
        "mortar": crew.MORTAR,
        "cannon": crew.CANNON,
        "part": hand.PART,
    }
)
DRAWINGS: Final = tuple(_DRAWINGS)
"""The names of all drawings."""
_OF_TYPES: Final = MappingProxyType(
    {
        "REV": "revolver", "PST": "pistol", "PSS": "pistol", "RIF": "rifle", "SNP": "bolt_rifle",
        "SMG": "submachine_gun", "ASR": "assault_rifle", "LMG": "machine_gun",
        "GPM": "machine_gun", "SHG": "shotgun", "CMB": "combination", "HMG": "heavy_machine_gun",
        "GRL": "grenade_launcher", "PAA": "cannon", "PAT": "cannon", "RCL": "recoilless",
        "ATL": "rocket_launcher", "MAN": "manpads", "MO1": "mortar", "MO2": "mortar",
        "MO3": "mortar", "CRF": "combination", "PRT": "part", "REP": "pistol",
    }
)  # fmt: skip
_OF_ACTIONS: Final = MappingProxyType(
    {
        ("RIF", "bolt"): "bolt_rifle",
        ("SNP", "semi_automatic"): "rifle",
        ("SHG", "break_over_under"): "combination",
        ("SHG", "break_side_by_side"): "combination",
        ("SHG", "break_single"): "combination",
        ("CRF", "revolver_single"): "revolver",
        ("CRF", "revolver_double"): "revolver",
        ("PSS", "revolver_single"): "revolver",
        ("PSS", "revolver_double"): "revolver",
    }
)


def silhouette(type_code: str, action: str = "") -> Outline:
    """Return the drawing of a type, by its action where that changes its look; else of a part."""
    name = _OF_ACTIONS.get((type_code, action)) or _OF_TYPES.get(type_code, "part")
    return drawing(name)


@cache
def drawing(name: str) -> Outline:
    """Return a drawing by its name."""
    return outline(name, _DRAWINGS[name])
