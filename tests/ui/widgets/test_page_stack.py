"""Pages of which one is in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test drives widgets

from tests.helpers.readable import displayed
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.flow import FlowLayout
from ui.widgets.page_stack import PageStack
from ui.widgets.text import Label

ITSELF = 2
"""How often the stack itself asks, when it is given its room; each box around it would ask too."""


class AskedPage(QWidget):
    """A page that goes on in the next line, and counts how often it is asked for its height."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.setLayout(column(FlowLayout.of(Label("one"))))

    def heightForWidth(self, width):  # noqa: N802 — Qt's way of naming
        self.asked += 1
        return super().heightForWidth(width)


def test_a_page_out_of_sight_is_not_asked_its_height_by_all_around_it(light, qtbot):
    stack, hidden, shown = PageStack(), AskedPage(), AskedPage()
    stack.addWidget(hidden)
    stack.addWidget(shown)
    stack.setCurrentWidget(shown)
    inner = row(Label("beside", wrap=True), Share(boxed(column(Share(stack)))))
    window = boxed(column(Share(boxed(inner))))
    displayed(window, qtbot, 400, 300)
    hidden.asked = 0
    window.resize(300, 300)
    QApplication.processEvents()
    assert hidden.asked <= ITSELF


def test_the_page_in_sight_has_all_the_room(light, qtbot):
    stack, page = PageStack(), AskedPage()
    stack.addWidget(page)
    displayed(stack, qtbot, 400, 300)
    assert (page.width(), page.height()) == (400, 300)
