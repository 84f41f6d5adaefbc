"""An identifier with the characters marked in which it differs."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.widgets.compared import Compared


def grabbed(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    return widget.grab().toImage()


def test_marked_characters_are_drawn_otherwise_and_only_they(light, qtbot):
    bare = grabbed(qtbot, Compared("KB10"))
    marked = grabbed(qtbot, Compared("KB10", (False, False, True, False)))
    half = bare.width() // 2
    assert bare.copy(0, 0, half - 2, bare.height()) == marked.copy(0, 0, half - 2, bare.height())
    assert bare != marked


def test_a_screen_reader_is_told_where_it_differs(light, qtbot):
    shown = Compared("KB10", (False, False, True, False))
    qtbot.addWidget(shown)
    assert shown.accessibleName() == "KB10, differs in 1"
    shown.show_text("KB10")
    assert shown.accessibleName() == "KB10"


def test_the_characters_keep_their_order_in_every_language(mirrored, qtbot):
    shown = Compared("KB10")
    qtbot.addWidget(shown)
    assert shown.layoutDirection() == Qt.LayoutDirection.LeftToRight
