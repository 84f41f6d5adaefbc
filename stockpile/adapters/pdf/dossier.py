"""Papers as PDF: titles, pairs, tables and pictures, with the letters of every language."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, TypeVar, assert_never

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_flow import HEIGHT, ROOM, WIDTH, Flow, height_of
from stockpile.adapters.pdf.dossier_jpeg import frame_of
from stockpile.adapters.pdf.placing import beside, settle
from stockpile.adapters.pdf.shaping import Hand, Written
from stockpile.adapters.pdf.symbols import code_128
from stockpile.domain.values import Digest
from stockpile.language import _, isolated
from stockpile.services.documents import (
    Block,
    Drawn,
    Heading,
    Pair,
    Pairs,
    Paper,
    Picture,
    Pictures,
    Table,
    Words,
)

_TITLE, _SUBJECT, _HEADING, _BODY, _SMALL = 18.0, 11.0, 12.0, 9.5, 8.5
_GAP: Final = 12.0
_PAIR_NAME: Final = 96.0
_MODULE: Final = 72 / 300 * 4
"""Four dots of a 300 dpi printer: a bar code is whole dots wide, or it does not scan."""
_BARS: Final = 30.0
_A_LINE: Final = 3
_PICTURE_HEIGHT: Final = 130.0
_MOST_LINES: Final = 40


T = TypeVar("T")


class PdfPress:
    """Papers as PDF: the port `Press`. The same paper gives the same bytes."""

    def draw(self, paper: Paper, file: Path) -> Drawn:
        """Draw a paper and put it in place whole; raises DiskFull, DiskTrouble."""
        with beside(file) as draft:
            with draft.open("xb") as out:
                pages = _draw(paper, out)
                out.flush()
                os.fsync(out.fileno())
            digest = Digest(hashlib.sha256(draft.read_bytes()).hexdigest())
            draft.replace(file)
            settle(file.parent)
        return Drawn(file, pages, digest)


def _draw(paper: Paper, out: BinaryIO) -> int:
    document = StreamedDocument(out, WIDTH, HEIGHT, f"{paper.title} {paper.code}", paper.subject)
    flow = Flow(document, rtl=paper.rtl)
    _draw_head(flow, paper)
    for block in paper.blocks:
        _draw_block(flow, document, block)
    words = _("Page {page} of {pages}")
    count = [
        words.format(page=isolated(str(one)), pages=isolated(str(flow.pages)))
        for one in range(1, flow.pages + 1)
    ]
    flow.finish(paper.code, paper.foot, count)
    document.finish()
    return document.pages


def _draw_head(flow: Flow, paper: Paper) -> None:
    """Write the title where reading starts and the bar code at the other side."""
    symbol = code_128(paper.code)
    taken = symbol.columns * _MODULE
    room = ROOM - taken - 2 * _GAP
    flow.symbol(symbol, ROOM - taken, flow.y - _BARS, _MODULE, _BARS)
    under = flow.lines(paper.code, Hand.CODE, _BODY, taken)
    top = flow.y
    flow.y = top - _BARS - 2
    bars = _BARS + flow.block(under, ROOM - taken, _BODY, taken)
    flow.y = top
    said = 0.0
    for text, hand, size in (
        (paper.title, Hand.BOLD, _TITLE),
        (paper.subject, Hand.PLAIN, _SUBJECT),
    ):
        flow.y = top - said
        said += flow.block(flow.lines(text, hand, size, room), 0, size, room)
    flow.y = top - max(said, bars) - _GAP


def _draw_block(flow: Flow, document: StreamedDocument, block: Block) -> None:
    match block:
        case Heading():
            _draw_heading(flow, block)
        case Words():
            _draw_words(flow, block)
        case Pairs():
            _draw_pairs(flow, block)
        case Table():
            _draw_table(flow, block)
        case Pictures():
            _draw_pictures(flow, document, block)
        case _:
            assert_never(block)


def _draw_heading(flow: Flow, heading: Heading) -> None:
    """Write the title of a part, never as the last line of a page."""
    lines = flow.lines(heading.text, Hand.BOLD, _HEADING, ROOM)
    if flow.left < height_of(lines, _HEADING) + 5 * _BODY:
        flow.turn()
    flow.skip(_GAP)
    flow.y -= flow.block(lines, 0, _HEADING, ROOM)
    flow.rule()
    flow.y -= 5


def _draw_words(flow: Flow, words: Words) -> None:
    hand = Hand.BOLD if words.loud else Hand.PLAIN
    for line in flow.lines(words.text, hand, _BODY, ROOM):
        _demand(flow, height_of([line], _BODY))
        flow.y -= flow.block([line], 0, _BODY, ROOM)
    flow.y -= 2


def _draw_pairs(flow: Flow, pairs: Pairs) -> None:
    """Write names and values, two pairs a line."""
    half = (ROOM - _GAP) / 2
    for couple in _by(2, pairs.rows):
        cells = [_pair_lines(flow, pair, half) for pair in couple]
        height = max(height_of(side, _BODY) for cell in cells for side in cell)
        _demand(flow, height)
        for number, (name, value) in enumerate(cells):
            start = number * (half + _GAP)
            flow.block(name, start, _BODY, _PAIR_NAME, grey=True)
            flow.block(value, start + _PAIR_NAME + 4, _BODY, half - _PAIR_NAME - 4)
        flow.y -= height + 1.5


def _pair_lines(flow: Flow, pair: Pair, half: float) -> tuple[list[Written], list[Written]]:
    hand = Hand.CODE if pair.code else Hand.PLAIN
    return (
        flow.lines(pair.name, Hand.PLAIN, _BODY, _PAIR_NAME),
        flow.lines(pair.value, hand, _BODY, half - _PAIR_NAME - 4),
    )


def _draw_table(flow: Flow, table: Table) -> None:
    widths = _widths(table)
    titles = [
        flow.lines(column.title, Hand.PLAIN, _SMALL, width - 6)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    _draw_row(flow, titles, widths, grey=True)
    for row in table.rows:
        cells = [
            flow.lines(text, Hand.CODE if column.code else Hand.PLAIN, _SMALL, width - 6)
            for text, column, width in zip(row, table.columns, widths, strict=True)
        ]
        for part in _parts(cells):
            if flow.left < _row_height(part):
                flow.turn()
                _draw_row(flow, titles, widths, grey=True)
            _draw_row(flow, part, widths)


def _parts(cells: list[list[Written]]) -> list[list[list[Written]]]:
    """Return a row in as many parts as it needs to fit on pages: nearly always one."""
    longest = max(len(cell) for cell in cells)
    starts = range(0, max(longest, 1), _MOST_LINES)
    return [[cell[start : start + _MOST_LINES] for cell in cells] for start in starts]


def _widths(table: Table) -> list[float]:
    whole = sum(column.share for column in table.columns)
    return [ROOM * column.share / whole for column in table.columns]


def _row_height(cells: list[list[Written]]) -> float:
    return max(height_of(cell, _SMALL) for cell in cells) + 4


def _draw_row(
    flow: Flow, cells: list[list[Written]], widths: Sequence[float], *, grey: bool = False
) -> None:
    start = 0.0
    for cell, width in zip(cells, widths, strict=True):
        flow.block(cell, start, _SMALL, width - 6, grey=grey)
        start += width
    flow.y -= _row_height(cells) - 2
    flow.rule()
    flow.y -= 2


def _draw_pictures(flow: Flow, document: StreamedDocument, pictures: Pictures) -> None:
    room = (ROOM - (_A_LINE - 1) * _GAP) / _A_LINE
    drawable = [one for one in pictures.pictures if frame_of(one.jpeg) is not None]
    for line in _by(_A_LINE, drawable):
        titles = [flow.lines(one.title, Hand.PLAIN, _SMALL, room) for one in line]
        _demand(flow, _PICTURE_HEIGHT + max(height_of(one, _SMALL) for one in titles))
        top = flow.y
        heights = [
            _draw_picture(flow, document, one, number * (room + _GAP), room)
            for number, one in enumerate(line)
        ]
        flow.y = top - max(heights) - 3
        for number, title in enumerate(titles):
            flow.block(title, number * (room + _GAP), _SMALL, room, grey=True)
        flow.y -= max(height_of(one, _SMALL) for one in titles) + 4
    for one in pictures.pictures:
        if one not in drawable:
            _draw_words(flow, Words(one.title))


def _draw_picture(
    flow: Flow, document: StreamedDocument, picture: Picture, x: float, room: float
) -> float:
    """Draw a picture as large as its place and return its height."""
    frame = frame_of(picture.jpeg)
    assert frame is not None
    scale = min(room / frame.width, _PICTURE_HEIGHT / frame.height)
    width, height = frame.width * scale, frame.height * scale
    name = document.add_jpeg(picture.jpeg, frame.width, frame.height, grey=frame.grey)
    flow.image(name, x, width, height)
    return height


def _demand(flow: Flow, height: float) -> None:
    if flow.left < height:
        flow.turn()


def _by(count: int, items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + count] for start in range(0, len(items), count)]
