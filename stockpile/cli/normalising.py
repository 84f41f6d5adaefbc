"""The command normalise: what the program makes of written values, one a line; it needs no home."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer

from stockpile import app
from stockpile.cli.opening import asked
from stockpile.domain.errors import FieldUnreadable, FileUnreadable
from stockpile.domain.normalising import KINDS, Kind, Normal
from stockpile.language import _

_INPUT: Final = Path("-")
_SHOWN: Final = 40
"""So wide is the column of values for a person."""


def normalise(
    ctx: typer.Context,
    kind: str = typer.Argument(help="calibre, make, model, type, country or serial."),
    file: Path = typer.Argument(
        _INPUT, help="A file with a value a line; none or - reads the input."
    ),
    make: str = typer.Option("", help="The make of all models."),
    type_: str = typer.Option("", "--type", help="The type of weapon of all calibres."),
    beside: bool = typer.Option(
        False, "--beside", help="After a tab stands the model's make, or the type for a calibre."
    ),
) -> None:
    """Say what written values mean: the catalogue's name or code, how sure that is, and why."""
    output = asked(ctx).output
    wanted = _kind(kind)
    normaliser = app.normaliser()
    for line in _lines(file):
        value, _tab, own = line.partition("\t") if beside else (line, "", "")
        answer = normaliser.of(wanted, value, own or (make if wanted == "model" else type_))
        output.line(_value(wanted, answer), _shown(answer))


def _kind(text: str) -> Kind:
    for kind in KINDS:
        if kind == text.strip().lower():
            return kind
    raise FieldUnreadable("kind", text)


def _lines(file: Path) -> Iterator[str]:
    """Yield every line without its end: an answer a line keeps the order of the question."""
    try:
        read = sys.stdin.buffer.read() if file == _INPUT else file.read_bytes()
        text = read.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(file), str(error)) from error
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield line.removesuffix("\r")


def _value(kind: Kind, answer: Normal) -> dict[str, object]:
    value: dict[str, object] = {
        "value": answer.value,
        "normal": answer.normal,
        "confidence": round(answer.confidence, 2),
        "why": answer.why,
        "code": answer.code,
        "name": answer.name,
    }
    return {**value, "status": answer.status} if kind == "serial" else value


def _shown(answer: Normal) -> str:
    meant = answer.name or answer.status or _("not understood")
    return f"{answer.value:{_SHOWN}} {meant}  {answer.confidence:.0%} {answer.why}"
