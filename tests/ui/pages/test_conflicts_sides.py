"""What differs is marked by a sign and said aloud, not by a colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt

from stockpile.domain.ledger import Tip, head_code, read_header
from stockpile.language import plain
from tests.helpers.disputes import disputing
from tests.helpers.readable import displayed, faults
from tests.ui.pages.test_conflicts_card import case
from ui.pages.conflicts import ConflictsPage
from ui.pages.conflicts_sides import Sides, photo_titles
from ui.widgets.text import Label

WAIT = 20_000


def test_what_differs_has_a_sign_and_is_said(light, qtbot):
    sides = Sides()
    sides.show_case(case())
    displayed(sides, qtbot, 620, 300)
    words = [plain(one.text()) for one in sides.findChildren(Label)]
    assert "≠ Place" in words
    assert {"1. Moved", "2. Moved", "Rack 0", "Rack 1", "Its clock is in doubt."} <= set(words)
    spoken = [plain(one.accessibleName()) for one in sides.findChildren(Label)]
    assert "Place: Rack 0, differs" in spoken
    assert faults(sides) == []


def test_a_photo_of_several_sides_is_shown_once():
    shown = case()
    both = [*shown.sides, shown.sides[0]]
    assert [plain(title) for _digest, title in photo_titles(both)] == [
        "Account 1, 3: Left side", "Account 2: Left side",
    ]  # fmt: skip


def test_two_histories_name_the_last_entry_that_both_share_and_who_decides(seat, tmp_path, qtbot):
    found = disputing(seat, tmp_path)
    found.cloned()
    page = ConflictsPage(*seat.made_with)
    displayed(page, qtbot, 1110, 672)
    with qtbot.waitSignal(page.model.came, timeout=WAIT):
        page.entered("")
    said = [plain(one.text()) for one in page.card.findChildren(Label)]
    node = found.other.keys.node
    tip = seat.on_books(lambda: seat.stockpile.books.beside(node))[0].header
    shared = head_code(Tip(read_header(tip).c - 1, 0, read_header(tip).p))
    assert "Last entry that both share" in said
    assert said.count(shared) == 2
    assert any("two officials have the registry revoke this computer" in one for one in said)
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not page.card.is_guarded, timeout=WAIT)
    page.card.reason.set_text("the copy stands in the workshop")
    asked = []
    seat.desk.ask_second = lambda error, *_rest: asked.append(error.act)
    qtbot.keyClick(page.card.reason.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == ["judge_entry"], timeout=WAIT)
    found.other.close()
