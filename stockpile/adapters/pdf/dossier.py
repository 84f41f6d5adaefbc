"""Papers as PDF: titles, pairs, tables and pictures, with the letters of every language."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, Final, assert_never

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_boxes import draw_signatures
from stockpile.adapters.pdf.dossier_flow import HEIGHT, ROOM, WIDTH, Flow, height_of, in_lines
from stockpile.adapters.pdf.dossier_pictures import draw_pictures
from stockpile.adapters.pdf.dossier_tables import draw_table, draw_ticks
from stockpile.adapters.pdf.mark_layouts import draw_mark
from stockpile.adapters.pdf.shaping import Hand, Written
from stockpile.adapters.pdf.symbols import code_128
from stockpile.domain.values import Digest
from stockpile.language import _, isolated
from stockpile.services.documents import (
    Block,
    Drawn,
    Heading,
    MarkFigure,
    Pair,
    Pairs,
    Paper,
    Pictures,
    Signatures,
    Table,
    Ticks,
    Words,
)
from stockpile.whole_files import beside, settle

_TITLE, _SUBJECT, _HEADING, _BODY = 18.0, 11.0, 12.0, 9.5
_GAP: Final = 12.0
_PAIR_NAME: Final = 96.0
_MODULE: Final = 72 / 300 * 4
"""Four dots of a 300 dpi printer: a bar code is whole dots wide, or it does not scan."""
_BARS: Final = 30.0


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
            draw_table(flow, block)
        case Ticks():
            draw_ticks(flow, block)
        case _:
            _draw_drawn(flow, document, block)


def _draw_drawn(
    flow: Flow, document: StreamedDocument, block: Pictures | Signatures | MarkFigure
) -> None:
    """Draw a block that is more than words."""
    match block:
        case Pictures():
            draw_pictures(flow, document, block)
        case Signatures():
            draw_signatures(flow, document, block)
        case MarkFigure():
            draw_mark(flow, block)
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
        flow.demand(height_of([line], _BODY))
        flow.y -= flow.block([line], 0, _BODY, ROOM)
    flow.y -= 2


def _draw_pairs(flow: Flow, pairs: Pairs) -> None:
    """Write names and values, two pairs a line."""
    half = (ROOM - _GAP) / 2
    for couple in in_lines(pairs.rows, 2):
        cells = [_pair_lines(flow, pair, half) for pair in couple]
        height = max(height_of(side, _BODY) for cell in cells for side in cell)
        flow.demand(height)
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
