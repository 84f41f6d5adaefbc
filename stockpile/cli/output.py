"""What the command line says: results to standard output, all else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import typer

from stockpile import wording
from stockpile.domain.errors import (
    Cancelled,
    Damaged,
    FileHostile,
    FileUnreadable,
    LayoutUnknown,
    StockpileError,
    Unavailable,
)
from stockpile.services.ports import Progress, silent

REFUSED, USAGE, UNAVAILABLE, DAMAGED, INTERRUPTED = 1, 2, 3, 4, 130
_UNREADABLE = (FileUnreadable, FileHostile, LayoutUnknown)
Json = object


@dataclass(frozen=True, slots=True)
class Output:
    """The mouth of the command line; ``as_json`` speaks to programs, else to people."""

    as_json: bool

    def result(self, value: Json, shown: str) -> None:
        """Give one result: the value to a program, the text to a person."""
        typer.echo(json.dumps(value, ensure_ascii=False) if self.as_json else shown)

    def rows(self, values: Sequence[Json], columns: Sequence[str], cells: Sequence[Row]) -> None:
        """Give a list: one JSON array, or a table."""
        if self.as_json:
            typer.echo(json.dumps(values, ensure_ascii=False))
        else:
            typer.echo(table(columns, cells))

    def line(self, value: Json, shown: str) -> None:
        """Give one object of a stream at once."""
        typer.echo(json.dumps(value, ensure_ascii=False) if self.as_json else shown)
        sys.stdout.flush()

    def say(self, text: str) -> None:
        """Say something to the person beside the results."""
        if not self.as_json:
            typer.echo(text, err=True)

    def error(self, error: StockpileError) -> None:
        """Say what went wrong."""
        sentence = wording.error_sentence(error)
        if not self.as_json:
            typer.echo(sentence, err=True)
            return
        details = {name: _plain(value) for name, value in error.details().items()}
        value = {"error": type(error).__name__, "message": sentence, "details": details}
        typer.echo(json.dumps(value, ensure_ascii=False), err=True)

    @contextmanager
    def progress(self, label: str) -> Iterator[Progress]:
        """Show a progress bar on a terminal, and nothing elsewhere."""
        if self.as_json or not sys.stderr.isatty():
            yield silent
            return
        with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

            def step(done: int, total: int) -> None:
                bar.length = max(total, 1)
                bar.update(done - bar.pos)

            yield step


Row = Sequence[str]


def exit_code(error: StockpileError) -> int:
    """Return the exit code of an error's family: 1 refused, 2 input, 3 outside, 4 damaged."""
    match error:
        case Damaged():
            return DAMAGED
        case Unavailable():
            return UNAVAILABLE
        case Cancelled():
            return INTERRUPTED
        case _ if isinstance(error, _UNREADABLE):
            return USAGE
        case _:
            return REFUSED


def table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows under their columns, each as wide as its widest cell."""
    lines = [list(columns), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join(padded)


def _plain(value: object) -> Json:
    if isinstance(value, tuple | list | frozenset):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
