"""Layouts of marks on record: which there are, and what none of them may say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from stockpile.domain.errors import FieldMissing, FieldUnreadable, MarkLayoutUnknown
from stockpile.domain.facts import Box, Draft, MarkLayoutSet
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, tidied
from stockpile.domain.vocabulary import COMPONENTS, picked

STANDARD_LAYOUT: Final = MarkLayoutSet(
    name="Standard 30 x 8 mm",
    width=30_000,
    height=8_000,
    text_x=8_200,
    text_y=1_700,
    text_height=2_000,
    lines=2,
    line_width=250,
    matrix_x=1_000,
    matrix_y=1_200,
    module=400,
    remarks="Flat side of a receiver: two lines of 2 mm, and a Data Matrix",
)
"""What is marked with where a machine names no layout of its own."""

LIMITS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "width": (1_000, 500_000),
        "height": (1_000, 500_000),
        "radius": (0, 500_000),
        "text_x": (-500_000, 500_000),
        "text_y": (-500_000, 500_000),
        "text_height": (300, 50_000),
        "lines": (1, 4),
        "line_width": (20, 2_000),
        "matrix_x": (-500_000, 500_000),
        "matrix_y": (-500_000, 500_000),
        "module": (0, 5_000),
    }
)
"""What a figure may be at all, least and most; whether the mark is good is another question."""


def layout_subject(name: str) -> str:
    """Return the subject under which a layout stands."""
    return f"marklayout:{tidied(name).casefold()}"


def standing(set_: Iterable[Reference]) -> tuple[MarkLayoutSet, ...]:
    """Return the layouts by name, the one that ships among them unless one of its name is set."""
    layouts = {layout_subject(STANDARD_LAYOUT.name): STANDARD_LAYOUT}
    for reference in set_:
        if isinstance(reference.now, MarkLayoutSet):
            layouts[reference.subject] = reference.now
    return tuple(sorted(layouts.values(), key=lambda one: one.name.casefold()))


def layout_named(name: str, layouts: Iterable[MarkLayoutSet]) -> MarkLayoutSet:
    """Return a layout by name, the standard one for no name; raises MarkLayoutUnknown."""
    wanted = layout_subject(name or STANDARD_LAYOUT.name)
    for layout in layouts:
        if layout_subject(layout.name) == wanted:
            return layout
    raise MarkLayoutUnknown(name)


def set_layout(
    said: MarkLayoutSet, known: MarkLayoutSet | None, heads: tuple[Digest, ...]
) -> Draft:
    """Set a layout, as the version after the one that stands.

    Raises FieldMissing without a name, FieldUnreadable for what is no layout at all. One that
    breaks a limit may be kept: it is drawn with its problems until it is mended.
    """
    name = tidied(said.name)
    check(said)
    version = known.version + 1 if known is not None else 1
    body = replace(said, name=name, version=version, remarks=tidied(said.remarks))
    return Draft(layout_subject(name), body, heads)


def is_same(one: MarkLayoutSet, other: MarkLayoutSet) -> bool:
    """Say whether two layouts differ in nothing but their version."""
    return replace(one, version=other.version) == other


def check(layout: MarkLayoutSet) -> None:
    """Demand a layout that can be drawn; raises FieldMissing, FieldUnreadable."""
    if not tidied(layout.name):
        raise FieldMissing("name")
    picked("component", layout.component, COMPONENTS)
    for field, (least, most) in LIMITS.items():
        value = getattr(layout, field)
        if not least <= value <= most:
            raise FieldUnreadable(field, in_mm(value) if field != "lines" else str(value))
    for box in layout.forbidden:
        if box.width <= 0 or box.height <= 0:
            raise FieldUnreadable("forbidden", in_words(box))


def in_mm(micrometres: int) -> str:
    """Return a length in millimetres with its unit, as many decimals as it needs."""
    return f"{micrometres / 1000:.3f}".rstrip("0").rstrip(".") + " mm"


def in_words(box: Box) -> str:
    """Return a box as its place and size in millimetres."""
    x, y, width, height = (
        in_mm(one).removesuffix(" mm") for one in (box.x, box.y, box.width, box.height)
    )
    return f"{width} x {height} mm @ {x}, {y}"
