from __future__ import annotations

from PySide6.QtCore import Qt

from ui.widgets.nav_row import NavRow


def test_a_row_says_its_page_and_what_waits_there(qtbot, light):
    nav = NavRow("truck", "Transfers")
    qtbot.addWidget(nav)
    width = nav.sizeHint().width()
    nav.set_counter("3")
    assert nav.accessibleName() == "Transfers 3"
    assert nav.sizeHint().width() > width


def test_a_row_is_pressed_by_the_keyboard(qtbot, light):
    nav = NavRow("truck", "Transfers")
    qtbot.addWidget(nav)
    nav.show()
    with qtbot.waitSignal(nav.clicked):
        qtbot.keyClick(nav, Qt.Key.Key_Space)


def test_the_open_page_looks_open(qtbot, light):
    nav = NavRow("truck", "Transfers")
    qtbot.addWidget(nav)
    nav.resize(192, 36)
    before = nav.grab().toImage()
    nav.setChecked(True)
    assert nav.grab().toImage() != before
