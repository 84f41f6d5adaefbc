"""Signatures on a paper: boxes side by side, each with a line to sign on or what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_flow import Flow, height_of, in_lines
from stockpile.adapters.pdf.dossier_pictures import draw_picture
from stockpile.adapters.pdf.shaping import Hand, Written
from stockpile.services.documents import SignatureBox, Signatures

_SMALL: Final = 8.5
_BODY: Final = 9.5
_GAP: Final = 12.0
_PAD: Final = 6.0
_A_LINE: Final = 3
_PAIRED: Final = frozenset({1, 2, 4})
_SIGN: Final = 44.0
"""The height in which a hand signs."""


def draw_signatures(flow: Flow, document: StreamedDocument, signatures: Signatures) -> None:
    """Draw the boxes, three a line at most, all on one page where they fit on one."""
    count = len(signatures.boxes)
    across = 2 if count in _PAIRED else _A_LINE
    room = (flow.room - (across - 1) * _GAP) / across
    lines = [[_Box(flow, box, room) for box in line] for line in in_lines(signatures.boxes, across)]
    heights = [max(box.height for box in line) + _GAP for line in lines]
    flow.skip(_GAP)
    flow.demand(sum(heights))
    for line, height in zip(lines, heights, strict=True):
        _draw_line(flow, document, line, height - _GAP)


def _draw_line(flow: Flow, document: StreamedDocument, line: Sequence[_Box], height: float) -> None:
    # again for each line: what is more than a page is turned between two lines of boxes
    flow.demand(height)
    top = flow.y
    for number, box in enumerate(line):
        flow.y = top
        box.draw(document, number, height)
    flow.y = top - height - _GAP


class _Box:
    """One box: its role above, the place to sign, a line, the printed name below."""

    def __init__(self, flow: Flow, box: SignatureBox, room: float) -> None:
        self._flow, self._box, self._room = flow, box, room
        inner = room - 2 * _PAD
        self._role = flow.lines(box.role, Hand.PLAIN, _SMALL, inner)
        self._said = flow.lines(box.said, Hand.PLAIN, _SMALL, inner) if box.said else []
        self._name = flow.lines(box.name, Hand.BOLD, _BODY, inner) if box.name else []

    @property
    def height(self) -> float:
        """How high the box must be."""
        return _PAD + _height(self._role) + self._signing + 6 + max(self._named, _BODY) + _PAD

    def draw(self, document: StreamedDocument, number: int, height: float) -> None:
        flow, x = self._flow, number * (self._room + _GAP)
        inner, start, top = self._room - 2 * _PAD, x + _PAD, flow.y
        flow.frame(x, 0, self._room, height)
        flow.y = top - _PAD
        flow.y -= flow.block(self._role, start, _SMALL, inner, grey=True)
        drawn = draw_picture(flow, document, self._box.jpeg, start, (inner, _SIGN - 4))
        flow.y -= drawn + (2 if drawn else 0)
        flow.block(self._said, start, _SMALL, inner)
        flow.y = top - height + _PAD + max(self._named, _BODY) + 4
        flow.rule(start, inner)
        flow.y -= 3
        flow.block(self._name, start, _BODY, inner)

    @property
    def _signing(self) -> float:
        drawn = _SIGN if self._box.jpeg else 0
        return max(_SIGN, drawn + _height(self._said))

    @property
    def _named(self) -> float:
        return height_of(self._name, _BODY)


def _height(lines: list[Written]) -> float:
    return height_of(lines, _SMALL)
