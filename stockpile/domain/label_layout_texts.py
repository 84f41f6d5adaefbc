"""A layout of labels as a text (TOML): millimetres and points, as people measure them.

A text that says anything that no layout has is refused, so that a misspelt word is not overlooked.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final, cast

from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import Kind

_SIDES: Final = ("left", "top", "width", "height")
_ELEMENT: Final = frozenset(one.name for one in fields(LabelElement))
_LAYOUT: Final = frozenset({"name", "kind", "width", "height", "logo", "element"})
_MM: Final = 1_000
_TENTHS: Final = 10
_LONGEST: Final = 1_000_000
"""Millimetres or points that nobody means."""


def read_layout(text: str) -> LabelLayoutSet:
    """Return the layout that a text says; raises FieldUnreadable, FieldMissing.

    What it says is not checked further: `label_layouts.demand_layout` does that.
    """
    try:
        said = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FieldUnreadable("layout", str(error)) from error
    _demand_known(said, _LAYOUT)
    elements = said.get("element", [])
    if not isinstance(elements, list) or not all(isinstance(one, dict) for one in elements):
        raise FieldUnreadable("element", str(elements))
    return LabelLayoutSet(
        name=_words(said, "name"),
        kind=cast("Kind", _words(said, "kind", "weapon")),  # demand_layout refuses others
        width=_amount(said, "width", _MM),
        height=_amount(said, "height", _MM),
        elements=tuple(_element(one) for one in elements),
        logo=_words(said, "logo"),
    )


def layout_text(layout: LabelLayoutSet) -> str:
    """Return a layout as the text that `read_layout` reads it from."""
    lines = [
        f"name = {_quoted(layout.name)}",
        f"kind = {_quoted(layout.kind)}",
        f"width = {_shown(layout.width, _MM)}",
        f"height = {_shown(layout.height, _MM)}",
    ]
    if layout.logo:
        lines.append(f"logo = {_quoted(layout.logo)}")
    for element in layout.elements:
        lines += ["", "[[element]]", *_element_lines(element)]
    return "\n".join(lines) + "\n"


def _element_lines(element: LabelElement) -> list[str]:
    lines = [f"what = {_quoted(element.what)}"]
    lines += [f"{side} = {_shown(getattr(element, side), _MM)}" for side in _SIDES]
    if element.size:
        lines.append(f"size = {_shown(element.size, _TENTHS)}")
    if element.bold:
        lines.append("bold = true")
    if element.language:
        lines.append(f"language = {_quoted(element.language)}")
    if element.text:
        lines.append(f"text = {_quoted(element.text)}")
    return lines


def _element(said: Mapping[str, Any]) -> LabelElement:
    _demand_known(said, _ELEMENT)
    bold = said.get("bold", False)
    if not isinstance(bold, bool):
        raise FieldUnreadable("bold", str(bold))
    what = _words(said, "what")
    if not what:
        raise FieldMissing("what")
    return LabelElement(
        what=cast("Any", what),  # demand_layout refuses what is none
        left=_amount(said, "left", _MM),
        top=_amount(said, "top", _MM),
        width=_amount(said, "width", _MM),
        height=_amount(said, "height", _MM),
        size=_amount(said, "size", _TENTHS),
        text=_words(said, "text"),
        language=_words(said, "language"),
        bold=bold,
    )


def _demand_known(said: Mapping[str, Any], known: frozenset[str]) -> None:
    for name in said:
        if name not in known:
            raise FieldUnreadable(name, str(said[name]))


def _words(said: Mapping[str, Any], name: str, usual: str = "") -> str:
    value = said.get(name, usual)
    if not isinstance(value, str):
        raise FieldUnreadable(name, str(value))
    return value


def _amount(said: Mapping[str, Any], name: str, parts: int) -> int:
    """Return millimetres as micrometres, points as their tenths; nothing is 0."""
    value = said.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise FieldUnreadable(name, str(value))
    exact = Decimal(value)
    if not exact.is_finite() or abs(exact) > _LONGEST:
        raise FieldUnreadable(name, str(value))
    return round(exact * parts)


def _shown(value: int, parts: int) -> str:
    return format(Decimal(value) / parts, "f")


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML, whose escapes are those of JSON and one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
