"""What is said of a layout: which limit a mark breaks, and where each limit comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from stockpile.domain.facts import MarkLayoutSet, SchemeSet
from stockpile.domain.laying_out import (
    MIN_DEPTH_NM,
    MIN_HEIGHT_UM,
    ROUND_ENOUGH_DEGREES,
    LaidOut,
    Problem,
    ProblemKind,
)
from stockpile.domain.mark_layouts import in_mm
from stockpile.language import _, isolated

_EU: Final = "Directive (EU) 2019/68, (EU) 2024/325"
_US_HEIGHT: Final = "27 CFR 478.92: 1/16 in"
_US_DEPTH: Final = "27 CFR 478.92: 0.003 in"
_FONTS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "dots": lambda: _("Dots"),
        "strokes": lambda: _("Strokes"),
        "machine": lambda: _("The machine's own"),
    }
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit, as a line of a table: what of, what is asked for, what this layout has, whose it is.

    ``broken`` is by the problems that were found; what cannot be judged from a drawing says so.
    """

    name: str
    asked: str
    found: str
    source: str
    broken: bool = False


def font_name(font: str) -> str:
    """Return whose letters a layout has, in words."""
    return _FONTS[font]() if font in _FONTS else font


def said(laid: LaidOut) -> LaidOut:
    """Return a mark whose problems have their sentences, in the language in use."""
    problems = tuple(replace(one, said=problem_sentence(one)) for one in laid.problems)
    return replace(laid, problems=problems)


def problem_sentence(problem: Problem) -> str:
    """Return what a problem is, in words."""
    in_um = problem.limit / 1000 if problem.kind == "too_shallow" else problem.limit
    limit = f"{problem.limit}°" if problem.kind == "curved" else fine_mm(in_um)
    return _SENTENCES[problem.kind]().format(
        short=isolated(in_mm(problem.short)),
        limit=isolated(limit),
        signs=isolated(" ".join(problem.signs)),
    )


def limits_of(
    layout: MarkLayoutSet, laid: LaidOut, scheme: SchemeSet | None = None
) -> tuple[Limit, ...]:
    """Return the limits that a layout is held to, with what it has and where each comes from."""
    broken = {one.kind for one in laid.problems}
    least = scheme.min_height_um if scheme is not None else MIN_HEIGHT_UM
    depth = scheme.min_depth_nm if scheme is not None else MIN_DEPTH_NM
    own = isolated(scheme.limits_source) if scheme is not None else ""
    limits = [
        Limit(
            _("Height of the letters"),
            at_least(in_mm(least)),
            isolated(in_mm(layout.text_height)),
            own or _sources(_EU, _US_HEIGHT),
            "too_low" in broken,
        ),
        Limit(
            _("Depth"),
            at_least(fine_mm(depth / 1000)),
            _("No drawing shows it: measure it on a test piece"),
            own or _sources(_EU, _US_DEPTH),
        ),
    ]
    if laid.matrix_box is not None:
        limits.append(_quiet(layout, broken))
    if layout.radius:
        limits.append(_round(broken))
    return tuple(limits)


def at_least(amount: str) -> str:
    """Return a least amount in words."""
    return _("at least {amount}").format(amount=isolated(amount))


def fine_mm(micrometres: float) -> str:
    """Return a length in millimetres to a ten-thousandth, as the limits of depth are written."""
    return f"{micrometres / 1000:.4f}".rstrip("0").rstrip(".") + " mm"


def _sources(*sources: str) -> str:
    return "; ".join(isolated(one) for one in sources)


def _quiet(layout: MarkLayoutSet, broken: set[ProblemKind]) -> Limit:
    found = _("not free") if "quiet_zone" in broken else _("free")
    return Limit(
        _("Quiet zone of the Data Matrix"),
        at_least(in_mm(layout.module)),
        found,
        isolated("ISO/IEC 16022"),
        "quiet_zone" in broken,
    )


def _round(broken: set[ProblemKind]) -> Limit:
    return Limit(
        _("Reach round the cylinder"),
        _("at most {amount}").format(amount=isolated(f"{ROUND_ENOUGH_DEGREES}°")),
        _("too far") if "curved" in broken else _("within"),
        _("A rule of this program, no standard's"),
        "curved" in broken,
    )


_SENTENCES: Final[Mapping[ProblemKind, Callable[[], str]]] = MappingProxyType(
    {
        "outside": lambda: _("The mark reaches over the edge of the zone."),
        "forbidden": lambda: _("The mark touches a forbidden area."),
        "too_low": lambda: _("The letters are {short} too low: at least {limit} is asked for."),
        "too_shallow": lambda: _("The mark is {short} too shallow: at least {limit} is asked for."),
        "no_glyph": lambda: _("There is no letter for: {signs}"),
        "too_long": lambda: _("The text is {short} too long for the zone."),
        "quiet_zone": lambda: _("The Data Matrix needs {limit} free on every side."),
        "overlap": lambda: _("Text and Data Matrix lie over each other."),
        "curved": lambda: _(
            "The mark reaches {short} too far round the cylinder: at most {limit} from its top"
            " line."
        ),
        "module": lambda: _("The dots are {short} wider than a module of the Data Matrix."),
    }
)
