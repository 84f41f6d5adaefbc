"""Papers as PDF: titles, pairs, tables and pictures, with the letters of every language."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final, assert_never

from stockpile.adapters.pdf.archive import About
from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_boxes import draw_signatures
from stockpile.adapters.pdf.dossier_flow import LEAVES, Flow, Leaf, height_of
from stockpile.adapters.pdf.dossier_pictures import draw_pictures
from stockpile.adapters.pdf.dossier_sheets import bind, page_words
from stockpile.adapters.pdf.dossier_tables import draw_table, draw_ticks
from stockpile.adapters.pdf.mark_layouts import draw_mark
from stockpile.adapters.pdf.proof import demand_codes
from stockpile.adapters.pdf.shaping import Hand, Written
from stockpile.adapters.pdf.symbols import code_128, qr
from stockpile.domain.paper_digits import Digits, digits_of
from stockpile.domain.values import Digest
from stockpile.language import plain, speaking
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
    Style,
    Table,
    Ticks,
    Words,
    content_digest,
)
from stockpile.services.ports import Progress, silent
from stockpile.whole_files import beside, settle

_TITLE, _SUBJECT, _HEADING, _BODY = 18.0, 11.0, 12.0, 9.5
_GAP: Final = 12.0
_PAIR_NAME: Final = 96.0
_SHORT_VALUE: Final = 3
_MODULE: Final = 72 / 300 * 4
"""Four dots of a 300 dpi printer: a bar code is whole dots wide, or it does not scan."""
_NARROW, _MANY = 72 / 300 * 3, 240
"""Three dots for the bars of a code with so many modules: it leaves room for the title."""
_BARS: Final = 30.0
_SCALES: Final = (1.0, 0.9, 0.8, 0.72)
"""How large two copies on one sheet may be drawn; words of 9.5 points become 6.8 at the least."""


class PdfPress:
    """Papers as PDF: the port `Press`. The same paper gives the same bytes.

    ``style`` tells what was chosen for the papers of this computer, ``seal`` gives the text of the
    QR Code by which the house vouches for a paper, or nothing.
    """

    def __init__(
        self, style: Callable[[], Style] = Style, seal: Callable[[Paper], str] | None = None
    ) -> None:
        self._style, self._seal = style, seal

    def draw(self, paper: Paper, file: Path, progress: Progress = silent) -> Drawn:
        """Draw a paper, read its codes back, and put it in place whole.

        Progress counts the rows of its tables. Raises PaperMisread, DiskFull, DiskTrouble and what
        progress does; then nothing is left behind.
        """
        style = self._style()
        digits = digits_of(paper.language, paper.digits or style.digits)
        leaf = LEAVES[paper.size or style.size]
        content = content_digest(paper)
        if self._seal is not None and not paper.seal_qr:
            paper = replace(paper, seal_qr=self._seal(paper))
        with beside(file) as draft:
            with draft.open("xb") as out, speaking(paper.language):
                made = _Making(leaf, digits, content, _steps(paper, progress))
                pages, tops = _draw(paper, made, out)
                out.flush()
                os.fsync(out.fileno())
            demand_codes(draft, tops, codes_of(paper))
            digest = Digest(hashlib.sha256(draft.read_bytes()).hexdigest())
            draft.replace(file)
            settle(file.parent)
        return Drawn(file, pages, digest, content)


def codes_of(paper: Paper) -> tuple[str, ...]:
    """Return what a scanner reads at the head of a paper, each as its symbology and text."""
    seal = (f"QRCode {paper.seal_qr}",) if paper.seal_qr else ()
    bars = (f"Code128 {paper.code}",) if paper.code else ()
    return (*bars, *seal)


@dataclass(frozen=True, slots=True)
class _Making:
    """How a paper is made: on what, in which digits, and what is told of each row."""

    leaf: Leaf
    digits: Digits
    content: Digest
    step: Callable[[], None]


def _steps(paper: Paper, progress: Progress) -> Callable[[], None]:
    """Return what counts the rows of a paper's tables, to be called after each."""
    total = sum(len(one.rows) for one in paper.blocks if isinstance(one, Table | Ticks))
    done = count(1)
    return lambda: progress(next(done), total)


def _draw(paper: Paper, made: _Making, out: BinaryIO) -> tuple[int, tuple[float, ...]]:
    """Draw all copies; return how many pages there are, and from where on the first has codes."""
    leaf, digits = made.leaf, made.digits
    about = _about(paper, made.content)
    document = StreamedDocument(out, leaf.width, leaf.height, "", "", about)
    halves = [leaf.half(scale) for scale in _SCALES] if paper.copies > 1 else []
    half = next((one for one in halves if _fits(paper, one, digits)), None)
    flow = Flow(document, rtl=paper.rtl, leaf=half or leaf, digits=digits, step=made.step)
    _fill(flow, document, paper)
    foot, numbers = paper.bottom.lines, range(1, paper.copies + 1)
    copies = [
        flow.pages_with(paper.code, foot, page_words(flow.pages, one, paper.copies))
        for one in numbers
    ]
    bind(document, copies, half)
    document.finish()
    return document.pages, (0.0, leaf.height / 2) if half else (0.0,)


def _fits(paper: Paper, leaf: Leaf, digits: Digits) -> bool:
    """Say whether a paper fits on one page of this size; drawn on paper that is thrown away."""
    scrap = StreamedDocument(BytesIO(), leaf.width, leaf.height, "", "")
    flow = Flow(scrap, rtl=paper.rtl, leaf=leaf, digits=digits)
    _fill(flow, scrap, paper)
    return flow.pages == 1


def _fill(flow: Flow, document: StreamedDocument, paper: Paper) -> None:
    _draw_head(flow, paper)
    for block in paper.blocks:
        _draw_block(flow, document, block)


def _about(paper: Paper, content: Digest) -> About:
    foot = paper.bottom
    return About(
        title=plain(f"{paper.title} {paper.code}"),
        subject=plain(paper.subject),
        author=plain(foot.by),
        language=paper.language,
        at=foot.at,
        zone=foot.zone,
        content=content,
    )


def _draw_head(flow: Flow, paper: Paper) -> None:
    """Write the title where reading starts and the bar code, if it has one, at the other side."""
    symbol = code_128(paper.code) if paper.code else None
    seal = qr(paper.seal_qr) if paper.seal_qr else None
    # whole dots on the sheet, however small the rest is drawn
    module = _MODULE / flow.leaf.scale
    columns = symbol.columns if symbol else 0
    bar = _NARROW / flow.leaf.scale if columns > _MANY else module
    sealed = seal.columns * module + _GAP if seal else 0.0
    wide = columns * bar
    taken = wide + sealed
    room = flow.room - taken - 2 * _GAP
    if seal is not None:
        side = seal.columns * module
        flow.symbol(seal, flow.room - side, flow.y - side, module, module)
    top = flow.y
    bars = 0.0
    if symbol is not None:
        flow.symbol(symbol, flow.room - taken, flow.y - _BARS, bar, _BARS)
        under = flow.lines(paper.code, Hand.CODE, _BODY, wide)
        flow.y = top - _BARS - 2
        bars = _BARS + flow.block(under, flow.room - taken, _BODY, wide)
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
    lines = flow.lines(heading.text, Hand.BOLD, _HEADING, flow.room)
    if flow.left < height_of(lines, _HEADING) + 5 * _BODY:
        flow.turn()
    flow.skip(_GAP)
    flow.y -= flow.block(lines, 0, _HEADING, flow.room)
    flow.rule()
    flow.y -= 5


def _draw_words(flow: Flow, words: Words) -> None:
    hand = Hand.BOLD if words.loud else Hand.PLAIN
    for line in flow.lines(words.text, hand, _BODY, flow.room, is_prose=True):
        flow.demand(height_of([line], _BODY))
        flow.y -= flow.block([line], 0, _BODY, flow.room)
    flow.y -= 2


def _draw_pairs(flow: Flow, pairs: Pairs) -> None:
    """Write names and values, two pairs a line; a value that half a line would tear has a whole."""
    for couple in _couples(flow, pairs.rows):
        alone = len(couple) == 1 and _is_long(flow, couple[0])
        side = flow.room if alone else _half(flow)
        cells = [_pair_lines(flow, pair, side) for pair in couple]
        height = max(height_of(one, _BODY) for cell in cells for one in cell)
        flow.demand(height)
        for number, (name, value) in enumerate(cells):
            start = number * (side + _GAP)
            flow.block(name, start, _BODY, _PAIR_NAME, grey=True)
            flow.block(value, start + _PAIR_NAME + 4, _BODY, side - _PAIR_NAME - 4)
        flow.y -= height + 1.5


def _couples(flow: Flow, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, ...]]:
    """Give what stands side by side, in order."""
    waiting: tuple[Pair, ...] = ()
    for pair in pairs:
        if _is_long(flow, pair):
            if waiting:
                yield waiting
            yield (pair,)
            waiting = ()
        elif waiting:
            yield (*waiting, pair)
            waiting = ()
        else:
            waiting = (pair,)
    if waiting:
        yield waiting


def _is_long(flow: Flow, pair: Pair) -> bool:
    """Say whether a value would be torn within a word, or run over many lines, in half a line."""
    _name, value = _pair_lines(flow, pair, _half(flow))
    if len(value) > _SHORT_VALUE:
        return True
    said = plain(" ".join(line.text for line in value)).split()
    return len(value) > 1 and said != plain(pair.value).split()


def _half(flow: Flow) -> float:
    return (flow.room - _GAP) / 2


def _pair_lines(flow: Flow, pair: Pair, side: float) -> tuple[list[Written], list[Written]]:
    hand = Hand.CODE if pair.code else Hand.PLAIN
    return (
        flow.lines(pair.name, Hand.PLAIN, _BODY, _PAIR_NAME),
        flow.lines(pair.value, hand, _BODY, side - _PAIR_NAME - 4),
    )
