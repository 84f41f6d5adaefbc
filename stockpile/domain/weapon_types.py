"""The types of weapons, each with the classes that reports ask for.

Codes are ours; classes are those of the International Tracing Instrument, paragraph 4 (small arm,
light weapon), and of the UN Register of Conventional Arms. One weapon has several classes at once:
a mortar of 75 to 99 mm is a light weapon for the one and category III for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain.errors import FieldUnreadable


@dataclass(frozen=True, slots=True)
class WeaponType:
    """One type: our code, its class under the Tracing Instrument and in the UN Register."""

    code: str
    iti: Literal["small arm", "light weapon", "part", "none"]
    unroca: str


_SMALL: Final = "small arm"
_LIGHT: Final = "light weapon"
TYPES: Final = MappingProxyType({
    one.code: one
    for one in (
        WeaponType("REV", _SMALL, "SA1"), WeaponType("PST", _SMALL, "SA1"),
        WeaponType("PSS", _SMALL, "SA6"), WeaponType("RIF", _SMALL, "SA2"),
        WeaponType("SNP", _SMALL, "SA2"), WeaponType("SMG", _SMALL, "SA3"),
        WeaponType("ASR", _SMALL, "SA4"), WeaponType("LMG", _SMALL, "SA5"),
        WeaponType("GPM", _SMALL, "SA5"), WeaponType("SHG", _SMALL, "SA6"),
        WeaponType("CMB", _SMALL, "SA6"), WeaponType("HMG", _LIGHT, "LW1"),
        WeaponType("GRL", _LIGHT, "LW2"), WeaponType("PAA", _LIGHT, "LW7"),
        WeaponType("PAT", _LIGHT, "LW3"), WeaponType("RCL", _LIGHT, "LW4"),
        WeaponType("ATL", _LIGHT, "LW5"), WeaponType("MAN", _LIGHT, "VII(b)"),
        WeaponType("MO1", _LIGHT, "LW6"), WeaponType("MO2", _LIGHT, "III"),
        WeaponType("MO3", "none", "III"), WeaponType("CRF", _SMALL, "SA6"),
        WeaponType("PRT", "part", ""), WeaponType("REP", "none", ""),
    )
})  # fmt: skip

_HEAVY_MORTAR: Final = "MO3"
"""A mortar of 100 mm and more: no light weapon, and served by a crew all the same."""


def is_crew_served(code: str) -> bool:
    """Say whether a type counts as crew-served where a site asks for two officers to issue it.

    Light weapons are designed for a crew of two or three, though one person may carry some of them
    (Tracing Instrument, paragraph 4 (b)); heavier mortars are too.
    """
    known = TYPES.get(code)
    return known is not None and (known.iti == _LIGHT or code == _HEAVY_MORTAR)


def read_type(text: str) -> str:
    """Return the type code written in the text, or empty for none; raise FieldUnreadable else."""
    code = text.strip().upper()
    if code and code not in TYPES:
        raise FieldUnreadable("type", text)
    return code
