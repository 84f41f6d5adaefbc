from __future__ import annotations

from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.widgets.aside import NARROW, WithAside


def test_the_panel_goes_away_in_a_narrow_window_and_comes_back(qtbot, light):
    panel = QWidget()
    page = WithAside(QWidget(), panel, width=300, line=True)
    qtbot.addWidget(page)
    page.resize(NARROW + 200, 400)
    page.show()
    assert panel.isVisible()
    page.resize(NARROW - 1, 400)
    assert not panel.isVisible()
    page.resize(NARROW, 400)
    assert panel.isVisible()


def test_the_panel_does_not_keep_the_window_wide(qtbot, light):
    content = QWidget()
    content.setMinimumWidth(100)
    page = WithAside(content, QWidget(), width=300)
    qtbot.addWidget(page)
    assert page.minimumSizeHint().width() < 300


def test_a_panel_that_was_put_away_stays_away(qtbot, light):
    panel = QWidget()
    page = WithAside(QWidget(), panel)
    qtbot.addWidget(page)
    page.resize(NARROW + 200, 400)
    page.show()
    page.show_aside(shown=False)
    page.resize(NARROW + 300, 400)
    assert not panel.isVisible()
