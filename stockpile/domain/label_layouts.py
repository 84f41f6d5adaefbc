"""Layouts of labels: what stands where on one, what cannot be printed of it, and the usual ones.

Lengths are in micrometres from the label's top left corner. A symbol is never scaled to its box:
its modules are as many whole dots of the printer as the box holds with the white that a scanner
asks for, and a box that holds too few is refused, with what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    LabelElementMisfit,
    LabelLayoutUnknown,
)
from stockpile.domain.facts import Box, Draft, LabelElement, LabelLayoutSet
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, tidied

Kind = Literal["weapon", "rack", "crate", "location", "tie_on", "trigger_guard"]
KINDS: Final[tuple[Kind, ...]] = (
    "weapon", "rack", "crate", "location", "tie_on", "trigger_guard",
)  # fmt: skip
WORDS: Final = (
    "headline", "serial", "mark", "number", "model", "type", "calibre", "place", "site", "text",
    "tag",
)  # fmt: skip
"""Elements that are a line of letters."""
WHOLE: Final = frozenset({"headline", "serial", "mark", "number", "tag"})
"""What names the item: set smaller where there is no room, and never cut."""
SYMBOLS: Final = ("matrix", "code128", "code39", "qr")
ELEMENTS: Final = (*WORDS, *SYMBOLS, "logo")
LONGEST_TEXT: Final = 400
MOST_ELEMENTS: Final = 40
SIZES: Final = (5_000, 400_000)
"""How wide and how high a label may be, least and most."""
FONT_SIZES: Final = (50, 1_000)
"""Font sizes that may be asked for, in tenths of a point; 0 is as large as the box allows."""
LEAST_BARS: Final = 3_000
"""Bars lower than this are hit by no hand-held scanner at the first try: our own rule."""
_LEAST_BAR: Final = 240
_LEAST_SQUARE: Final = 410
_LEAST_DOTS: Final = 2
"""Measured at 203 and 300 dots an inch: bars of 0.25 mm and modules of 0.42 mm read at all times;
narrower ones, or ones that are no whole dots, do not."""
_INCH: Final = 25_400
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_OWN_NAME: Final = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class SymbolShape:
    """A symbol of our payload: its modules across and up, and the white around, in modules.

    The bars of a linear symbol are as high as their box: ``rows`` is 0.
    """

    columns: int
    rows: int
    quiet: int


SHAPES: Final = {
    "matrix": SymbolShape(18, 18, 1),
    "code128": SymbolShape(178, 0, 10),
    "code39": SymbolShape(239, 0, 10),
    "qr": SymbolShape(25, 25, 4),
}
"""Code 128 and Code 39 hold the tag, Data Matrix and QR the tag with its seal; the white is that
of ISO/IEC 16022, 15417, 16388 and 18004."""

ProblemKind = Literal["outside", "free", "small", "low", "covered", "no_picture"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be printed: which element, counted from 0, and by how many micrometres.

    ``other`` is the element that lies over it, ``other_what`` its kind.
    """

    kind: ProblemKind
    element: int
    what: str
    over: int = 0
    other: int = -1
    other_what: str = ""


# --- what is on record ----------------------------------------------------------------------


def layout_subject(name: str) -> str:
    """Return the subject under which a layout stands."""
    return f"labellayout:{tidied(name).casefold()}"


def standing(
    set_: Iterable[Reference], shipped: Iterable[LabelLayoutSet] = ()
) -> tuple[LabelLayoutSet, ...]:
    """Return the layouts by name: those that ship, and ours, one of the same name in its place.

    Where ours is retired, the one that ships is offered again.
    """
    layouts = {layout_subject(one.name): one for one in shipped}
    for reference in set_:
        ours = reference.now
        if isinstance(ours, LabelLayoutSet):
            instead = layouts.get(reference.subject) if ours.retired else None
            layouts[reference.subject] = instead or ours
    return tuple(sorted(layouts.values(), key=lambda one: one.name.casefold()))


def layout_named(name: str, layouts: Iterable[LabelLayoutSet]) -> LabelLayoutSet:
    """Return a layout by name; raises LabelLayoutUnknown."""
    wanted = layout_subject(name)
    for layout in layouts:
        if layout_subject(layout.name) == wanted:
            return layout
    raise LabelLayoutUnknown(name)


def set_layout(said: LabelLayoutSet, heads: tuple[Digest, ...]) -> Draft:
    """Set a layout in the place of the one of its name; raises what `demand_layout` does."""
    demand_layout(said)
    body = replace(said, name=tidied(said.name))
    return Draft(layout_subject(body.name), body, heads)


def fitting(
    layouts: Iterable[LabelLayoutSet], width: int, height: int, kind: str = ""
) -> tuple[LabelLayoutSet, ...]:
    """Return the layouts in use that a label of this size has room for; of one kind, or of any."""
    return tuple(
        one
        for one in layouts
        if not one.retired
        and kind in ("", one.kind)
        and width - _SLACK <= one.width <= width
        and height - _SLACK <= one.height <= height
    )


_SLACK: Final = 1_000
"""By how much a label may be larger than its layout: makers round their sizes differently."""


# --- what a layout may say ------------------------------------------------------------------


def demand_layout(layout: LabelLayoutSet) -> None:
    """Demand a layout that can be printed.

    Raises FieldMissing without name or elements, FieldUnreadable for a figure that no layout has,
    LabelElementMisfit for the first element that is outside, too small for its symbol, or covered.
    """
    _demand_frame(layout)
    for element in layout.elements:
        demand_element(element)
    for problem in problems_of(layout):
        if problem.kind == "no_picture":
            raise FieldMissing("logo")
        raise LabelElementMisfit(problem.what, problem.kind, in_mm(problem.over))


def _demand_frame(layout: LabelLayoutSet) -> None:
    if not tidied(layout.name):
        raise FieldMissing("name")
    if layout.kind not in KINDS:
        raise FieldUnreadable("kind", layout.kind)
    for field in ("width", "height"):
        value = getattr(layout, field)
        if not SIZES[0] <= value <= SIZES[1]:
            raise FieldUnreadable(field, in_mm(value))
    if not layout.elements:
        raise FieldMissing("elements")
    if len(layout.elements) > MOST_ELEMENTS:
        raise FieldUnreadable("elements", str(len(layout.elements)))


def demand_element(element: LabelElement) -> None:
    """Demand an element that says what it should; raises FieldMissing, FieldUnreadable."""
    if element.what not in ELEMENTS:
        raise FieldUnreadable("what", element.what)
    if element.what == "text" and not tidied(element.text):
        raise FieldMissing("text")
    if len(element.text) > LONGEST_TEXT:
        raise FieldUnreadable("text", element.text)
    if element.language and not _LANGUAGE.fullmatch(element.language):
        raise FieldUnreadable("language", element.language)
    if element.size and not FONT_SIZES[0] <= element.size <= FONT_SIZES[1]:
        raise FieldUnreadable("size", f"{element.size / 10:g}")


def problems_of(
    layout: LabelLayoutSet, dots_per_inch: int = 0, free: Sequence[Box] = ()
) -> tuple[Problem, ...]:
    """Return what cannot be printed, element by element.

    Without a printer's dots, what no printer can. ``free`` are the areas of a stock on which
    nothing is printed: a hole, the part that is wrapped around.
    """
    found = []
    for number, element in enumerate(layout.elements):
        found += _own_problems(layout, number, element, dots_per_inch)
        found += [
            Problem("free", number, element.what, min(_overlap(element, area)))
            for area in free
            if min(_overlap(element, area)) > 0
        ]
        found += _covered(layout, number, element)
    return tuple(found)


def elements_out_of_bounds(layout: LabelLayoutSet) -> tuple[Problem, ...]:
    """Return the elements that reach over the label's edge, and by how much."""
    found = [(n, one, _outside(layout, one)) for n, one in enumerate(layout.elements)]
    return tuple(Problem("outside", n, one.what, over) for n, one, over in found if over > 0)


def _own_problems(
    layout: LabelLayoutSet, number: int, element: LabelElement, dots_per_inch: int
) -> list[Problem]:
    found = []
    if (over := _outside(layout, element)) > 0:
        found.append(Problem("outside", number, element.what, over))
    if (over := lacking(element, dots_per_inch)) > 0:
        found.append(Problem("small", number, element.what, over))
    shape = SHAPES.get(element.what)
    if shape is not None and not shape.rows and element.height < LEAST_BARS:
        found.append(Problem("low", number, element.what, LEAST_BARS - element.height))
    if element.what == "logo" and not layout.logo:
        found.append(Problem("no_picture", number, element.what))
    return found


def _outside(layout: LabelLayoutSet, element: LabelElement) -> int:
    if element.width <= 0 or element.height <= 0:
        return max(1, -element.width, -element.height)
    return max(
        -element.left,
        -element.top,
        element.left + element.width - layout.width,
        element.top + element.height - layout.height,
    )


def lacking(element: LabelElement, dots_per_inch: int = 0) -> int:
    """Return how much wider or higher a symbol's box must be; 0 where it has room."""
    shape = SHAPES.get(element.what)
    if shape is None:
        return 0
    module = least_module(element.what, dots_per_inch)
    across = (shape.columns + 2 * shape.quiet) * module - element.width
    up = (shape.rows + 2 * shape.quiet) * module - element.height if shape.rows else 0
    return max(0, round(across), round(up))


def least_dots(what: str, dots_per_inch: int) -> int:
    """Return the fewest dots that a module of a symbol may have on a printer."""
    least = _LEAST_SQUARE if SHAPES[what].rows else _LEAST_BAR
    return max(_LEAST_DOTS, -(-least * dots_per_inch // _INCH))


def least_module(what: str, dots_per_inch: int = 0) -> float:
    """Return the narrowest module on a printer, or on any printer for no dots."""
    if dots_per_inch:
        return least_dots(what, dots_per_inch) * _INCH / dots_per_inch
    return _LEAST_SQUARE if SHAPES[what].rows else _LEAST_BAR


def module_dots(element: LabelElement, dots_per_inch: int, columns: int = 0, rows: int = 0) -> int:
    """Return of how many whole dots a symbol's module is in its box, as many as have room.

    ``columns`` and ``rows`` are those of the symbol that is drawn, where they are known. Raises
    LabelElementMisfit where they are fewer than a scanner reads.
    """
    shape = SHAPES[element.what]
    across = (columns or shape.columns) + 2 * shape.quiet
    up = (rows or shape.rows) + 2 * shape.quiet if shape.rows else 0
    dots = element.width * dots_per_inch // (across * _INCH)
    if up:
        dots = min(dots, element.height * dots_per_inch // (up * _INCH))
    least = least_dots(element.what, dots_per_inch)
    if dots < least:
        need = least * _INCH / dots_per_inch
        over = max(across * need - element.width, up * need - element.height)
        raise LabelElementMisfit(element.what, "small", in_mm(round(over)))
    return dots


def _covered(layout: LabelLayoutSet, number: int, element: LabelElement) -> list[Problem]:
    """Return the elements after this one that it lies over."""
    return [
        Problem("covered", number, element.what, min(overlap), at, other.what)
        for at, other in enumerate(layout.elements[number + 1 :], number + 1)
        if min(overlap := _overlap(element, _box(other))) > 0
    ]


def has_room(layout: LabelLayoutSet, element: LabelElement) -> bool:
    """Say whether an element stands on the label beside all that is there."""
    return _outside(layout, element) <= 0 and not any(
        min(_overlap(element, _box(other))) > 0 for other in layout.elements
    )


def _box(element: LabelElement) -> Box:
    return Box(element.left, element.top, element.width, element.height)


def _overlap(element: LabelElement, box: Box) -> tuple[int, int]:
    """Return how far two boxes lie over each other across and down; one of them is 0 if apart."""
    across = min(element.left + element.width, box.x + box.width) - max(element.left, box.x)
    down = min(element.top + element.height, box.y + box.height) - max(element.top, box.y)
    return max(0, across), max(0, down)


# --- what the elements say ------------------------------------------------------------------


def element_key(element: LabelElement) -> str:
    """Return the key under which a label's words for an element are found."""
    return f"{element.what}:{element.language}" if element.language else element.what


def own_names(text: str) -> dict[str, str]:
    """Return a site's own names of types: ``ASR = words; PST = words``, codes as ours are.

    With these a label speaks a language that the program does not.
    """
    pairs = (one.partition("=") for one in _OWN_NAME.split(text))
    return {
        code.strip().upper(): words.strip()
        for code, sign, words in pairs
        if sign and code.strip() and words.strip()
    }


def symbols_in(layout: LabelLayoutSet) -> tuple[str, ...]:
    """Return the symbols of a layout, each as often as it stands there."""
    return tuple(one.what for one in layout.elements if one.what in SYMBOLS)


def in_mm(micrometres: int) -> str:
    """Return a length in millimetres with its unit, as many decimals as it needs."""
    return f"{micrometres / 1000:.3f}".rstrip("0").rstrip(".") + " mm"
