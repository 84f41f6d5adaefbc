"""What every page is."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel  # noqa: TID251 — a test drives widgets

from tests.helpers.readable import displayed, faults
from ui.pages.page import Page
from ui.widgets.button import Button


def test_a_head_has_the_title_the_sentence_and_the_actions(light, qtbot):
    page = Page()
    qtbot.addWidget(page)
    action = Button("Sync now")
    head = page.head("Sync", "Nothing waits for it.", action)
    qtbot.addWidget(head)
    assert [one.text() for one in head.findChildren(QLabel)] == ["Sync", "Nothing waits for it."]
    assert head.isAncestorOf(action)


def test_a_long_sentence_takes_another_line_beside_its_actions(light, qtbot):
    page = Page()
    qtbot.addWidget(page)
    acts = [Button("Load a courier file"), Button("Exchange through a folder")]
    said = "On the road until somebody has checked every weapon. " * 2
    head = page.head("Transfers", said, *acts)
    displayed(head, qtbot, 560, 120)
    assert faults(head) == []


def test_a_page_can_be_entered_and_left_without_ado(light, qtbot):
    page = Page()
    qtbot.addWidget(page)
    page.entered("anything")
    page.left()
