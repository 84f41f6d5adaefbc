"""What a bare bore most likely means, with the type of weapon and without.

Many cartridges share a bore: of 7.62 mm a registry must not guess one, of 5.45 mm it may. A line
gives the bore, then for types of weapon (or for any, `*`) the code meant and how sure that is in
hundredths; a code that is the bore itself says that nothing more can be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_TABLE: Final = """
    9mm     PST PSS 9x19 80; SMG 9x19 90; REP 9-pa-knall 60; SHG 9-flobert 60; * 9x19 60
    .38     REV PSS .38-special 80; PST .38 50; RIF .38-special 60; * .38-special 60
    .32     REV .32-sw-long 60; PST .32-acp 75; SHG CMB 32-gauge 90; CRF .32 50; * .32 50
    32      REV .32-sw-long 60; PST .32-acp 75; SHG CMB 32-gauge 95; * .32 50
    .22     REV PST PSS RIF CRF .22-lr 70; REP .22-air 70; * .22-lr 60
    .25     PST PSS .25-acp 85; * .25-acp 60
    .45     PST .45-acp 80; SMG .45-acp 85; REV .45 50; RIF .45 50; * .45-acp 60
    .40     GRL 40mm 80; * .40-sw 85
    40      GRL ATL 40mm 90; SHG 40-gauge 60; * .40-sw 80
    .41     REV .41-magnum 60; * .41 50
    .50     HMG GPM 12.7x99 80; SNP RIF 12.7x99 70; PST .50-ae 70; REV .500-sw 50; * .50 50
    .36     REV .36 60; * .410 60
    36      REV .36 50; * .410 90
    4       * 4-flobert 50
    8       REV 8x27r-lebel 50; RIF 7.92x57 50; SHG 8-gauge 60; REP 8-knall 70; * 8mm 50
    8mm     REV 8x27r-lebel 50; REP 8-knall 80; * 8mm 50
    10ga    PST SMG 10x25 60; REV 10mm 50; SHG CRF 10-gauge 95; * 10-gauge 50
    10mm    PST SMG 10x25 80; * 10mm 50
    4.6mm   * 4.6x30 90
    5.45mm  PST PSS 5.45x18 80; * 5.45x39 90
    5.56mm  * 5.56x45 85
    5.6mm   * .22-lr 70
    5.7mm   * 5.7x28 90
    5.8mm   PST 5.8x21 80; * 5.8x42 60
    6mm     REP 6-airsoft 80; * 6mm 50
    6.35mm  REP .25-air 70; * .25-acp 90
    7mm     * 7mm 50
    7.5mm   * 7.5mm 50
    7.62mm  PST 7.62x25 60; REV 7.62x38r 70; SMG 7.62x25 70; * 7.62mm 50
    7.63mm  * 7.63x25 80
    7.65mm  PST PSS SMG .32-acp 75; RIF 7.65x53 60; REV 7.65mm 50; * .32-acp 55
    7.92mm  * 7.92x57 70
    11.43mm * .45-acp 80
    12.7mm  * 12.7mm 50
    14.5mm  * 14.5x114 95
"""


@dataclass(frozen=True, slots=True)
class Habit:
    """What a bore means: a calibre's code, and how sure that is (0 to 1)."""

    code: str
    confidence: float


def habit(bore: str, type_code: str = "") -> Habit | None:
    """Return what the bore of a weapon of this type usually means; None where it has no habit."""
    known = _HABITS.get(bore)
    if known is None:
        return None
    return known.get(type_code) or known["*"]


def _parsed(line: str) -> tuple[str, dict[str, Habit]]:
    bore, _, rest = line.strip().partition(" ")
    habits: dict[str, Habit] = {}
    for clause in rest.split(";"):
        *types, code, hundredths = clause.split()
        meant = Habit(code, int(hundredths) / 100)
        habits.update(dict.fromkeys(types, meant))
    return bore, habits


_HABITS: Final = dict(_parsed(line) for line in _TABLE.strip().splitlines())
