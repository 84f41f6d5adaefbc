"""Pictures on paper fill their place and no more; what is no picture takes none."""

from __future__ import annotations

import io

import pytest

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_flow import A4, Flow
from stockpile.adapters.pdf.dossier_pictures import draw_picture, draw_pictures
from stockpile.services.documents import Picture, Pictures
from tests.helpers.files import a_picture


@pytest.fixture
def paper():
    document = StreamedDocument(io.BytesIO(), A4.width, A4.height, "Title", "Subject")
    return Flow(document, rtl=False), document


@pytest.mark.parametrize(("size", "height"), [((300, 100), 40), ((100, 300), 60)])
def test_a_picture_is_as_large_as_its_place(paper, size, height):
    assert draw_picture(*paper, a_picture(*size), 0, (120, 60)) == pytest.approx(height)


def test_what_is_no_picture_takes_no_place(paper):
    assert draw_picture(*paper, b"GIF89a", 0, (120, 60)) == 0


def test_pictures_stand_three_a_line(paper):
    flow, _document = paper
    four = Pictures(tuple(Picture(a_picture(320, 180), f"Photo {n}") for n in range(4)))
    draw_pictures(flow, paper[1], four)
    first_line = A4.room / 3 * 180 / 320
    assert A4.height - 48 - flow.y > 1.8 * first_line
