"""Pictures on a paper: side by side with their titles, each as large as its place."""

from __future__ import annotations

from typing import Final

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dossier_flow import Flow, height_of, in_lines
from stockpile.adapters.pdf.dossier_jpeg import frame_of
from stockpile.adapters.pdf.shaping import Hand
from stockpile.services.documents import Pictures

_SMALL: Final = 8.5
_BODY: Final = 9.5
_GAP: Final = 12.0
_A_LINE: Final = 3
_PICTURE_HEIGHT: Final = 130.0


def draw_pictures(flow: Flow, document: StreamedDocument, pictures: Pictures) -> None:
    """Draw pictures three a line, each over its title; of one that cannot be, only the title."""
    room = (flow.room - (_A_LINE - 1) * _GAP) / _A_LINE
    drawable = [one for one in pictures.pictures if frame_of(one.jpeg) is not None]
    for line in in_lines(drawable, _A_LINE):
        titles = [flow.lines(one.title, Hand.PLAIN, _SMALL, room) for one in line]
        flow.demand(_PICTURE_HEIGHT + max(height_of(one, _SMALL) for one in titles))
        top = flow.y
        heights = [
            draw_picture(flow, document, one.jpeg, number * (room + _GAP), (room, _PICTURE_HEIGHT))
            for number, one in enumerate(line)
        ]
        flow.y = top - max(heights) - 3
        for number, title in enumerate(titles):
            flow.block(title, number * (room + _GAP), _SMALL, room, grey=True)
        flow.y -= max(height_of(one, _SMALL) for one in titles) + 4
    for one in pictures.pictures:
        if one not in drawable:
            _draw_title(flow, one.title)


def draw_picture(
    flow: Flow, document: StreamedDocument, jpeg: bytes, x: float, room: tuple[float, float]
) -> float:
    """Draw a picture as large as its place, wide and high, and return its height.

    What is no picture takes no place: 0.
    """
    frame = frame_of(jpeg)
    if frame is None:
        return 0
    scale = min(room[0] / frame.width, room[1] / frame.height)
    width, height = frame.width * scale, frame.height * scale
    name = document.add_jpeg(jpeg, frame.width, frame.height, grey=frame.grey)
    flow.image(name, x, width, height)
    return height


def _draw_title(flow: Flow, title: str) -> None:
    lines = flow.lines(title, Hand.PLAIN, _BODY, flow.room)
    flow.demand(height_of(lines, _BODY))
    flow.y -= flow.block(lines, 0, _BODY, flow.room) + 2
