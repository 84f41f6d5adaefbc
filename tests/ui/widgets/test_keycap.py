from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.keycap import Keycap, Shortcut, keycap_size, split_keys

pytestmark = pytest.mark.usefixtures("light")


@pytest.mark.parametrize(
    ("keys", "single"),
    [
        ("Ctrl+K", ["Ctrl", "K"]),
        ("G M", ["G", "M"]),
        ("F2", ["F2"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("", []),
    ],
)
def test_keys_are_shown_one_by_one(keys, single):
    assert split_keys(keys) == single


def test_a_shortcut_says_its_keys_and_what_they_do(qtbot):
    shown = Shortcut("Ctrl+Enter", "save")
    qtbot.addWidget(shown)
    assert shown.accessibleName() == "Ctrl+Enter save"
    assert len(shown.findChildren(Keycap)) == 2


def test_keys_stand_in_one_order_in_every_language(qtbot, mirrored):
    shown = Shortcut("Ctrl+K")
    qtbot.addWidget(shown)
    shown.show()
    first, second = shown.findChildren(Keycap)
    assert first.accessibleName() == "Ctrl"
    assert (
        first.mapTo(shown, first.rect().topLeft()).x()
        < second.mapTo(shown, second.rect().topLeft()).x()
    )
    assert first.parentWidget().layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_long_key_is_wider(qtbot):
    assert keycap_size("Enter").width() > keycap_size("K").width()
    cap = Keycap("K")
    qtbot.addWidget(cap)
    assert cap.grab().toImage().size() == keycap_size("K")
