"""The sheet of a layout: a mark true to scale and enlarged, with each limit and whose it is."""

from __future__ import annotations

import hashlib
from typing import Final

from stockpile.domain.facts import MarkLayoutSet, SchemeSet
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.mark_layouts import in_mm, in_words
from stockpile.language import _, is_right_to_left, isolated
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    MarkFigure,
    Pair,
    Pairs,
    Paper,
    Table,
    Words,
    filled,
)
from stockpile.services.mark_layout_words import font_name, limits_of
from stockpile.terms import term

_ROOM_UM: Final = (175_000, 95_000)
"""What a paper has room for, wide and high."""
_SCALES: Final = (20.0, 15.0, 10.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5, 0.2)
_CODE_LETTERS: Final = 8


def layout_sheet(
    layout: MarkLayoutSet, text: str, laid: LaidOut, scheme: SchemeSet | None
) -> Paper:
    """Return the sheet of a mark; its code is another one as soon as anything in it differs."""
    return Paper(
        title=_("Marking layout"),
        subject=isolated(layout.name),
        code=_code(layout, text, laid),
        blocks=(
            _facts(layout, text, laid, scheme),
            *_warnings(laid),
            *_figures(layout, laid),
            *_limits(layout, laid, scheme),
        ),
        rtl=is_right_to_left(),
    )


def scale_for(layout: MarkLayoutSet) -> float:
    """Return how many times as large as it is a zone is shown on a paper."""
    wide, high = _ROOM_UM
    return next(
        (
            scale
            for scale in _SCALES
            if layout.width * scale <= wide and layout.height * scale <= high
        ),
        _SCALES[-1],
    )


def _facts(layout: MarkLayoutSet, text: str, laid: LaidOut, scheme: SchemeSet | None) -> Pairs:
    matrix = laid.matrix_box
    rows = (
        (_("Text"), text),
        (_("Marking scheme"), scheme.name if scheme is not None else ""),
        (_("Component"), term("component", layout.component)),
        (_("Zone"), f"{_side(layout.width)} x {in_mm(layout.height)}"),
        (_("Radius of the cylinder"), in_mm(layout.radius) if layout.radius else ""),
        (_("Letters"), font_name(layout.font)),
        (_("Dot or line"), in_mm(layout.line_width)),
        (_("Data Matrix"), f"{_side(matrix.width)} x {in_mm(matrix.height)}" if matrix else ""),
        (_("Forbidden areas"), "; ".join(in_words(box) for box in layout.forbidden)),
        (_("Version"), str(layout.version)),
        (_("Remarks"), layout.remarks),
    )
    return filled(tuple(Pair(name, isolated(value)) for name, value in rows))


def _side(length: int) -> str:
    return in_mm(length).removesuffix(" mm")


def _warnings(laid: LaidOut) -> tuple[Block, ...]:
    """Return what must not be overlooked: limits that are broken, letters that are not ours."""
    said = [Words(one.said, loud=True) for one in laid.problems]
    if laid.approximate:
        said.append(
            Words(
                _(
                    "Approximate: the letters are the machine's own. Their height and place are"
                    " as shown, their shape is not."
                ),
                loud=True,
            )
        )
    return tuple(said)


def _figures(layout: MarkLayoutSet, laid: LaidOut) -> tuple[Block, ...]:
    large = scale_for(layout)
    titled = [(1.0, _("True to scale"))] if large >= 1 else []
    if large > 1:
        titled.append((large, _("Enlarged")))
    elif large < 1:
        titled.append((large, _("Made smaller")))
    return tuple(
        block
        for scale, title in titled
        for block in (
            Heading(f"{title} {isolated(_ratio(scale))}"),
            MarkFigure(layout, laid, scale),
        )
    )


def _ratio(scale: float) -> str:
    return f"{scale:g} : 1" if scale >= 1 else f"1 : {1 / scale:g}"


def _limits(layout: MarkLayoutSet, laid: LaidOut, scheme: SchemeSet | None) -> tuple[Block, ...]:
    rows = tuple(
        (one.name, one.asked, one.found, one.source) for one in limits_of(layout, laid, scheme)
    )
    columns = (
        Column(_("Limit"), 1.2),
        Column(_("Asked for"), 1.0),
        Column(_("This layout"), 1.2),
        Column(_("Source"), 2.2),
    )
    return (
        Heading(_("Limits")),
        Table(columns, rows),
        Words(_("Print without fitting to the page: a ruler laid on the drawing must agree.")),
    )


def _code(layout: MarkLayoutSet, text: str, laid: LaidOut) -> str:
    whole = repr((layout, text, laid.drawing)).encode()
    return f"ML-{hashlib.sha256(whole).hexdigest()[:_CODE_LETTERS].upper()}"
