"""What is marked, by which machine and order: schemes, layouts, numbers, machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.facts.parts import MarkingReason
from stockpile.domain.values import Instant, NodeId, SchemeId, WeaponId


@dataclass(frozen=True, slots=True)
class SchemeWord:
    """One word that a scheme's pattern may name: a fixed text, or one code of a set.

    ``part`` is the word in the pattern (``force``), ``text`` what is cut (``POL``), ``name`` what
    people call it (``Police``). Several of one part are a choice at the bench.
    """

    part: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign of a scheme, by name, as rows of dots from the top: ``#`` a dot, ``.`` none."""

    name: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeSet:
    """A marking scheme, as data: pattern, least height and depth in mm, and their source.

    A scheme that numbers were drawn from is never edited: the next version is. ``component`` must
    bear the mark, ``also`` should; ``polymer`` says what to do with a frame that is no metal
    (MOSAIC 05.30). ``check_system`` is a system of ISO 7064; "" has no check character.
    """

    name: str
    pattern: str
    version: int = 1
    country: str = ""
    digits: int = 6
    min_height_um: int = 1600
    min_depth_nm: int = 76200
    component: str = "receiver"
    source: str = ""
    check: bool = False
    check_system: Literal["", "mod_11_10", "mod_37_36", "mod_97_10", "mod_1271_36"] = ""
    words: tuple[SchemeWord, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    reasons: tuple[MarkingReason, ...] = ()
    also: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    polymer: Literal["plate", "plate_or_two", "refuse"] = "plate_or_two"
    limits_source: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a marking zone, in micrometres from its lower left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MarkLayoutSet:
    """Where text and Data Matrix stand in a part's marking zone, in micrometres.

    A cylinder's zone is measured along its surface; ``radius`` is 0 on a flat. ``forbidden`` are
    pins, proof marks and marks that are there already. ``font`` says whose letters: our dots, our
    strokes, or the machine's own, which a preview can only show approximately. ``module`` is the
    pitch of the Data Matrix, 0 for none; ``width`` the diameter of a dot or the width of a stroke.
    """

    name: str
    width: int
    height: int
    radius: int = 0
    forbidden: tuple[Box, ...] = ()
    component: str = "receiver"
    font: Literal["dots", "strokes", "machine"] = "dots"
    text_x: int = 1000
    text_y: int = 1000
    text_height: int = 2000
    lines: int = 1
    line_width: int = 250
    matrix_x: int = 0
    matrix_y: int = 0
    module: int = 0
    version: int = 1
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class BlockGranted:
    """A node may use the numbers lo to hi of a scheme, and nobody else ever.

    ``until`` is the instant after which no further number is drawn from it, 0 for no end;
    ``machine`` binds the block to one machine.
    """

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int
    until: Instant = 0
    machine: str = ""


@dataclass(frozen=True, slots=True)
class BlockReturned:
    """The unused rest of a block came home; it is never granted again."""

    node: NodeId
    scheme: SchemeId
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class CommissionCheck:
    """One step of a machine's commissioning, by its number, and what came of it."""

    step: int
    result: Literal["passed", "failed", "not_done"]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Commissioning:
    """What was found out about a machine before it cut metal here: date as written, steps, coupon.

    Height in micrometres, depth in nanometres, as measured on the coupon with the gauge named.
    """

    on: str
    firmware: str = ""
    checks: tuple[CommissionCheck, ...] = ()
    material: str = ""
    height_um: int = 0
    depth_nm: int = 0
    gauge: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class MachineSet:
    """A marking machine as commissioned here: driver, address, the identity it must show.

    ``layout`` is the layout on the machine, ``fingerprint`` its digest as approved; ``drawing`` is
    the layout of ours that is drawn where we draw. Every ``read_back_every``-th mark is read back,
    and each one where the machine itself proves too little.
    """

    name: str
    driver: str
    url: str
    layout: str = ""
    identity: str = ""
    witness_proven: bool = False
    method: Literal["dot_peen", "scribe", "laser"] = "dot_peen"
    fingerprint: str = ""
    drawing: str = ""
    read_back_every: int = 1
    commissioning: Commissioning | None = None


@dataclass(frozen=True, slots=True)
class MarkingOrdered:
    """A list of weapons to be marked, in this order, by one scheme."""

    name: str
    scheme: SchemeId
    weapons: tuple[WeaponId, ...]
    reason: MarkingReason = "import"
    machine: str = ""
    words: tuple[SchemeWord, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A weapon of an order that is not marked now, and why."""

    weapon: WeaponId
    why: str
    problem: bool = False


@dataclass(frozen=True, slots=True)
class MarkingOrderChanged:
    """How an order stands: all that is set aside until now, and whether it goes on."""

    aside: tuple[SetAside, ...] = ()
    state: Literal["open", "paused", "closed"] = "open"
    reason: str = ""
