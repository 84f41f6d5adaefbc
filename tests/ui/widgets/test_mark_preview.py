from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.domain.facts import Box
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.services.mark_layout_words import said
from tests.helpers.cutting import read
from ui.theme import DARK, LIGHT, Mode
from ui.widgets.mark_preview import MarkPreview

TEXT = "UG 26 000123"
MODULES = ZxingMatrices().modules(TEXT)
PIN = Box(20_000, 2_000, 4_000, 3_000)


@pytest.fixture
def preview(light, qtbot):
    made = MarkPreview()
    qtbot.addWidget(made)
    made.resize(620, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(preview, **changed):
    layout = replace(STANDARD_LAYOUT, **changed)
    preview.show_mark(said(lay_out(layout, TEXT, MODULES)), layout)
    return preview.grab().toImage()


def colours(picture):
    wide, high = picture.width(), picture.height()
    return {picture.pixelColor(x, y).name().upper() for x in range(wide) for y in range(high)}


def as_pil(preview):
    shot = preview.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = bytes(shot.constBits())
    size = (shot.width(), shot.height())
    return Image.frombuffer("RGB", size, raw, "raw", "RGB", shot.bytesPerLine(), 1).convert("L")


@pytest.mark.parametrize("font", ["dots", "strokes"])
def test_what_is_seen_reads_as_the_text(preview, font):
    preview.resize(900, 320)
    show(preview, font=font)
    assert read(as_pil(preview)) == TEXT.encode()


def test_nothing_is_drawn_before_and_after_a_mark(preview):
    assert LIGHT.plate not in colours(preview.grab().toImage())
    assert LIGHT.plate in colours(show(preview))
    preview.clear()
    assert preview.laid_out is None
    assert LIGHT.plate not in colours(preview.grab().toImage())
    assert preview.accessibleName()


def test_a_good_mark_has_no_red(preview):
    assert LIGHT.bad not in colours(show(preview))
    assert preview.accessibleDescription() == ""
    assert "30 x 8 mm" in preview.accessibleName()


def test_what_breaks_a_limit_is_framed_in_red_and_read_aloud(preview):
    assert LIGHT.bad in colours(show(preview, text_x=18_000, forbidden=(PIN,)))
    assert preview.accessibleDescription() == "The mark touches a forbidden area."


def test_the_metal_is_the_same_in_the_dark_and_its_red_too(preview, light):
    light.use(Mode.DARK)
    seen = colours(show(preview, text_x=18_000, forbidden=(PIN,)))
    light.use(Mode.LIGHT)
    assert {DARK.plate, LIGHT.bad} <= seen
    assert DARK.bad not in seen


def test_what_reaches_over_the_edge_is_seen_beside_the_metal(preview, light):
    light.use(Mode.DARK)
    seen = colours(show(preview, text_y=-1_500, width=20_000))
    light.use(Mode.LIGHT)
    assert {DARK.bad, LIGHT.bad} <= seen


def test_a_cylinder_is_lightest_along_its_top_line(preview):
    picture = show(preview, radius=9_000, module=0, text_x=8_000)
    edge, top = (picture.pixelColor(310, y).lightness() for y in (12, 20 + 70))
    flat = show(preview, module=0)
    assert edge < QColor(LIGHT.plate).lightness() < top
    assert flat.pixelColor(310, 12).name().upper() == LIGHT.plate


def test_the_machines_letters_are_called_approximate(preview):
    assert LIGHT.warn_soft in colours(show(preview, font="machine"))
    assert preview.accessibleDescription() == "Approximate: the letters are the machine's own."
    assert LIGHT.warn_soft not in colours(show(preview))


def test_it_is_never_mirrored(preview, mirrored):
    right = show(preview)
    mirrored_one = MarkPreview()
    mirrored_one.resize(620, 200)
    assert show(mirrored_one) == right


@pytest.mark.parametrize(("width", "height"), [(1_000, 1_000), (500_000, 3_000), (3_000, 500_000)])
def test_any_zone_fits_its_room(preview, width, height):
    picture = show(preview, width=width, height=height, module=0)
    assert picture.pixelColor(QPoint(2, 2)) == preview.palette().window().color()


def test_it_is_drawn_once_and_anew_for_another_mark_size_or_theme(preview, light, monkeypatch):
    drawn = []
    draw = MarkPreview._draw
    monkeypatch.setattr(
        MarkPreview, "_draw", lambda self, *given: (drawn.append(1), draw(self, *given))[1]
    )
    first = show(preview)
    assert preview.grab().toImage() == first
    assert len(drawn) == 1
    preview.resize(500, 180)
    assert preview.grab().toImage().size() != first.size()
    light.use(Mode.DARK)
    preview.grab()
    light.use(Mode.LIGHT)
    show(preview, text_y=-1_500)
    assert len(drawn) == 4


def test_a_small_room_is_enough(preview):
    preview.resize(preview.minimumSize())
    assert LIGHT.plate in colours(show(preview))
