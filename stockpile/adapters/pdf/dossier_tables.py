"""Rows on a paper: tables, and rows with an empty square to tick before each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stockpile.adapters.pdf.dossier_flow import Flow, height_of
from stockpile.adapters.pdf.shaping import Hand, Written
from stockpile.services.documents import Column, Table, Ticks

_SMALL: Final = 8.5
_MOST_LINES: Final = 40
_SQUARE: Final = 11.0
"""A pencil's tick needs about four millimetres."""
_BEFORE: Final = _SQUARE + 9
_TICK_ROW: Final = _SQUARE + 10
_LEAD: Final = 5  # the words of a row to tick stand lower, level with its square


def draw_table(flow: Flow, table: Table) -> None:
    """Write rows under their titles, which are repeated on every page."""
    _Rows(flow, table.columns, flow.room, start=0, least=0).draw(table.rows)


def draw_ticks(flow: Flow, ticks: Ticks) -> None:
    """Write rows high enough for a pencil, an empty square where reading starts."""
    _Rows(flow, ticks.columns, flow.room - _BEFORE, start=_BEFORE, least=_TICK_ROW).draw(ticks.rows)


class _Rows:
    """Rows of one table: how wide their cells are, where they start, how high they are at least."""

    def __init__(
        self, flow: Flow, columns: Sequence[Column], room: float, *, start: float, least: float
    ) -> None:
        whole = sum(column.share for column in columns)
        self._flow, self._columns, self._start, self._least = flow, columns, start, least
        self._lead = _LEAD if least else 0
        self._widths = [room * column.share / whole for column in columns]
        self._titles = self._cells(
            [column.title for column in columns], [Hand.PLAIN] * len(columns)
        )

    def draw(self, rows: Sequence[Sequence[str]]) -> None:
        self._write(self._titles, grey=True)
        hands = [Hand.CODE if column.code else Hand.PLAIN for column in self._columns]
        for row in rows:
            for number, part in enumerate(_parts(self._cells(row, hands))):
                height = max(_height(part) + self._lead, self._least)
                if self._flow.left < height:
                    self._flow.turn()
                    self._write(self._titles, grey=True)
                self._write(part, height, ticked=self._least > 0 and number == 0)
            self._flow.step()

    def _cells(self, texts: Sequence[str], hands: Sequence[Hand]) -> list[list[Written]]:
        return [
            self._flow.lines(text, hand, _SMALL, width - 6)
            for text, hand, width in zip(texts, hands, self._widths, strict=True)
        ]

    def _write(
        self,
        cells: list[list[Written]],
        height: float = 0,
        *,
        grey: bool = False,
        ticked: bool = False,
    ) -> None:
        height = height or _height(cells)
        if ticked:
            self._flow.frame(0, 3, _SQUARE, _SQUARE, dark=True)
        top, at = self._flow.y, self._start
        self._flow.y = top - (0 if grey else self._lead)
        for cell, width in zip(cells, self._widths, strict=True):
            self._flow.block(cell, at, _SMALL, width - 6, grey=grey)
            at += width
        self._flow.y = top - height + 2
        self._flow.rule()
        self._flow.y -= 2


def _parts(cells: list[list[Written]]) -> list[list[list[Written]]]:
    """Return a row in as many parts as it needs to fit on pages: nearly always one."""
    longest = max(len(cell) for cell in cells)
    starts = range(0, max(longest, 1), _MOST_LINES)
    return [[cell[start : start + _MOST_LINES] for cell in cells] for start in starts]


def _height(cells: list[list[Written]]) -> float:
    return max(height_of(cell, _SMALL) for cell in cells) + 4
