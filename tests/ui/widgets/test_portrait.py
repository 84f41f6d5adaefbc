"""A face in a square, the one that was asked for last; a tile where there is none."""

from __future__ import annotations

import io

from PIL import Image

from ui.widgets.portrait import Portrait


def photo(size, colour):
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG")
    return content.getvalue()


def test_only_the_photo_that_is_waited_for_is_shown(qtbot, light):
    portrait = Portrait(40)
    qtbot.addWidget(portrait)
    portrait.show_photo("a", photo((60, 30), "red"))
    assert not portrait.shows_face
    portrait.expect("b")
    portrait.show_photo("a", photo((60, 30), "red"))
    portrait.show_photo("b", b"no photo")
    assert not portrait.shows_face
    portrait.show_photo("b", photo((60, 30), "blue"))
    assert portrait.shows_face
    picture = portrait.face.pixmap()
    assert (picture.width(), picture.height()) == (40, 40)
    assert picture.toImage().pixelColor(20, 20).blue() > 200
    portrait.expect("")
    portrait.show_photo("", photo((30, 60), "red"))
    assert not portrait.shows_face
