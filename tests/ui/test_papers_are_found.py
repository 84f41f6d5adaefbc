"""A paper is found again from anywhere: by Ctrl+K, and in the register's search by its number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import Draft, ReceiptSigned, TagBound
from stockpile.domain.holders import Details
from stockpile.domain.values import new_id
from stockpile.language import plain
from stockpile.services.ports import RegisterFilter
from tests.helpers.desktops import sign_in

NUMBER, TAGS = "HR-PRC-26-7001", ("K8Z1PN3K1VKND", "KXDHCMH5HDWHB")


@pytest.fixture
def window(desktop, qtbot):
    made = sign_in(desktop, qtbot)
    books, stockpile = desktop.desk.on_books, desktop.session.stockpile
    (row,) = books(stockpile.register).page("serial", 0, 1, RegisterFilter())
    holder = books(stockpile.holders).record(Details("P. Ilunga"), by=desktop.session.officer)[1]
    receipt = ReceiptSigned(NUMBER, "issue", (row.id,), holder.id)
    drafts = [Draft(row.id, TagBound(tag)) for tag in TAGS]
    books(stockpile.books).record([Draft(new_id(1, bytes(10)), receipt), *drafts], by=None)
    return made


def shown(window):
    return next(key for key, page in window._pages.items() if page is window._stack.currentWidget())


def test_a_paper_opens_from_the_palette_and_from_the_registers_search(window, qtbot):
    window._palette.open()
    window._palette.type_text(NUMBER.lower())
    offers = window._palette._list._offers
    qtbot.waitUntil(
        lambda: any(plain(one.title) == NUMBER for one in offers.offers), timeout=10_000
    )
    qtbot.keyClick(window._palette._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == "holders")
    window.open("register")
    page = window.page("register")
    page._search.setText(NUMBER)
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == "holders")


def test_the_register_says_of_a_replaced_label_that_it_was_replaced(window, qtbot):
    window.open("register")
    page = window.page("register")
    found = []
    page._model.found.connect(lambda lines: found.append([line.why for line in lines]))
    for text, why in ((TAGS[0], "old_tag"), (TAGS[1] + "00000000", "forged_label")):
        page._search.setText(text)
        qtbot.waitUntil(lambda why=why: found[-1:] == [[why]], timeout=10_000)
