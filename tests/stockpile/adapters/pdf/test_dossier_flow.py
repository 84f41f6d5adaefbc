"""Pages fill from the top; a page of a right-to-left paper is mirrored as a whole."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_flow import A4, FOOT, SIDE, TOP, Flow
from stockpile.adapters.pdf.dossier_sheets import bind
from stockpile.adapters.pdf.shaping import Hand


@pytest.fixture
def out():
    return io.BytesIO()


def flow_in(out, *, rtl=False):
    document = StreamedDocument(out, A4.width, A4.height, "Title", "Subject")
    return Flow(document, rtl=rtl), document


def box_of(out, text, page=0):
    """Return left, bottom, right and top of a text on a page."""
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        found = document[page].get_textpage()
        start, count = found.search(text).get_next()
        boxes = [found.get_charbox(at) for at in range(start, start + count)]
    return (min(one[0] for one in boxes), boxes[0][1], max(one[2] for one in boxes), boxes[0][3])


@pytest.mark.parametrize("rtl", [False, True])
def test_a_line_begins_where_reading_starts(out, rtl):
    flow, document = flow_in(out, rtl=rtl)
    flow.block(flow.lines("Receiver", Hand.PLAIN, 10, A4.room), 0, 10, A4.room)
    bind(document, [flow.pages_with("CODE", (), ["1"])], None)
    document.finish()
    left, _bottom, right, _top = box_of(out, "Receiver")
    if rtl:
        assert right == pytest.approx(A4.width - SIDE, abs=1)
    else:
        assert left == pytest.approx(SIDE, abs=1)


def test_white_is_left_between_parts_but_not_at_the_top(out):
    flow, _document = flow_in(out)
    flow.skip(20)
    assert flow.y == A4.height - TOP
    flow.y -= 5
    flow.skip(20)
    assert flow.y == A4.height - TOP - 25


def test_the_next_page_begins_at_the_top_and_every_page_has_its_foot(out):
    flow, document = flow_in(out)
    flow.y = FOOT
    assert flow.left == 0
    flow.turn()
    assert (flow.pages, flow.y) == (2, A4.height - TOP)
    bind(document, [flow.pages_with("CODE", ("Printed",), ["1 of 2", "2 of 2"])], None)
    document.finish()
    for page, count in enumerate(("1 of 2", "2 of 2")):
        assert box_of(out, count, page)[3] < FOOT
        assert box_of(out, "Printed", page)[3] < FOOT
