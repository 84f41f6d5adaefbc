"""A weapon as the words of a command describe it: marks, parts, the safety check, serial lists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from stockpile.domain import vocabulary
from stockpile.domain.errors import FieldUnreadable, FileUnreadable
from stockpile.domain.facts import Component, Mark, SafeCheck
from stockpile.domain.ranges import SerialRange, counted_range, range_between
from stockpile.domain.scripts import script_of
from stockpile.domain.values import tidied

T = TypeVar("T", Mark, Component)
_STANDARD_INPUT = "-"


def mark_said(text: str) -> Mark:
    """Return the mark written as KIND:TEXT, or as a JSON object with the fields of a mark."""
    if text.lstrip().startswith("{"):
        return _decoded("mark", text, Mark)
    kind, _colon, said = text.partition(":")
    known = vocabulary.picked("mark", kind, vocabulary.MARK_KINDS)
    return Mark(known, tidied(said), script=script_of(said))


def part_said(text: str) -> Component:
    """Return the numbered part written as PART:SERIAL, or as a JSON object."""
    if text.lstrip().startswith("{"):
        return _decoded("component", text, Component)
    kind, _colon, serial = text.partition(":")
    known = vocabulary.picked("component", kind, vocabulary.COMPONENTS)
    marks = (Mark("serial", tidied(serial), script=script_of(serial)),) if serial.strip() else ()
    return Component(known, marks)


def check_said(
    *,
    magazine_out: bool,
    chamber_clear: bool,
    safety_on: bool,
    remnant: bool,
    cleared_by: str,
    verified_by: str,
) -> SafeCheck | None:
    """Return what the safety check found; nothing where nobody looked."""
    check = SafeCheck(
        magazine_out, chamber_clear, safety_on, remnant, tidied(cleared_by), tidied(verified_by)
    )
    return check if any((magazine_out, chamber_clear, safety_on, remnant)) else None


def run_said(written: str, serial: str, count: int) -> SerialRange:
    """Return the run of --range FROM..TO, or of --serial FROM --count N.

    Raises RangeUnclear, RangeTooLong.
    """
    if count:
        return counted_range(serial, count)
    first, _dots, last = written.replace("…", "..").partition("..")
    return range_between(first, last.lstrip("."))


def serials_in(file: str) -> tuple[str, ...]:
    """Return the serials of a file, one a line, or of the standard input for "-"."""
    try:
        text = sys.stdin.read() if file == _STANDARD_INPUT else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(file, str(error)) from error
    return tuple(tidied(line) for line in text.splitlines() if line.strip())


def _decoded(field: str, text: str, into: type[T]) -> T:
    try:
        return msgspec.json.decode(text, type=into)
    except msgspec.MsgspecError as error:
        raise FieldUnreadable(field, text) from error
