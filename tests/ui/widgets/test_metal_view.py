from __future__ import annotations

from tests.helpers.shots import encoded
from ui.widgets.metal_view import MetalView


def test_a_photo_is_shown_whole_and_what_is_none_shows_nothing(qtbot):
    view = MetalView("metal")
    qtbot.addWidget(view)
    view.resize(300, 150)
    view.show_picture(encoded("PNG"))
    assert not view.image.isNull()
    assert not view.grab().isNull()
    view.show_picture(b"no picture")
    assert view.image.isNull()
    assert not view.grab().isNull()
    assert view.accessibleName() == "metal"
