"""The page of destruction: from the register to the certificate, and what one may not do."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import DestructionOrdered
from tests.helpers.house import PIN
from tests.helpers.pyres import PRESENT, ordered
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.destruction import BOARD, ORDER, SITE, DestructionPage, result_of
from ui.sounds import Sound, player
from ui.view_models.destruction import BETWEEN, Heard
from ui.widgets.scan_result import Outcome

__all__ = ["tongue"]


@pytest.fixture
def page(seat, qtbot):
    made = DestructionPage(*seat.made_with)
    displayed(made, qtbot, 800, 600)
    made.entered("")
    return made


def test_weapons_of_the_register_are_ordered_read_and_certified(seat, page, qtbot):
    seat.on_books(
        lambda: seat.stockpile.people.appoint(
            "J. Okello", ("storekeeper",), PIN, by=seat.session.officer
        )
    )
    weapons = [seat.register(f"KB {number}") for number in range(2)]
    page.entered(BETWEEN.join(weapons))
    qtbot.waitUntil(lambda: page._at(ORDER))
    assert [line.identifier for line in page.order.lines.lines] == ["KB 0", "KB 1"]
    page.order.methods.set_value(("cutting",))
    page.order.where.set_text("Luzira")
    page.order.committee.set_value(PRESENT)
    page._finish()
    qtbot.waitUntil(lambda: page.dialog is not None and page.dialog.isVisible())
    with qtbot.waitSignal(page.model.ordered):
        page.dialog.rows[0].pin.set_text(PIN)
        page.dialog.rows[0].submitted.emit()
    qtbot.waitUntil(lambda: len(page.board.open_ones.lines) == 1)
    page.board.scan.submitted.emit()
    qtbot.waitUntil(lambda: page._at(SITE))
    for text in ("KB 0", "KB 1"):
        with qtbot.waitSignal(page.site_model.heard):
            page.site_model.read(text)
    page._finish()
    assert page.site.is_certifying
    page.site.certificate.inoperable.setChecked(True)
    page._finish()
    qtbot.waitUntil(lambda: page.dialog is not None and len(page.dialog.rows) == 2)
    qtbot.waitUntil(lambda: page.dialog.rows[1].name == "J. Okello")
    with qtbot.waitSignal(page.site_model.certified) as done:
        for row in page.dialog.rows:
            row.pin.set_text(PIN)
            row.submitted.emit()
    assert len(done.args[0].certified.destroyed) == 2
    assert page._at(BOARD)
    qtbot.waitUntil(lambda: len(page.board.ended.lines) == 1)


def test_a_refusal_is_heard_and_an_order_is_withdrawn_for_a_reason(seat, page, qtbot):
    heard = []
    player().played.connect(heard.append)
    page._begin()
    with qtbot.waitSignal(page.model.refused):
        page.model.check(DestructionOrdered("", ()))
    player().played.disconnect(heard.append)
    assert Sound.REFUSED in heard
    assert page.order.scan.message
    page._escape()
    ordered(seat, seat.register("KB 1"))
    qtbot.waitUntil(lambda: page.board.shown is not None)
    page.board.withdraw.click()
    with qtbot.waitSignal(page.model.withdrawn):
        page.dialog.decided.emit("amnesty")
    page.dialog.close()
    qtbot.waitUntil(lambda: len(page.board.ended.lines) == 1)
    seat.sit_down("O. Auditor", "auditor")
    qtbot.waitUntil(lambda: not page._new.isVisible())
    page._begin()
    assert page._at(BOARD)


def test_nothing_yet_says_what_to_do_and_every_face_can_be_read(seat, qtbot, tongue):
    made = DestructionPage(*seat.made_with)
    displayed(made, qtbot, 800, 600)
    made.entered("")
    assert faults(made) == []
    order = ordered(seat, seat.register("KB 1"), seat.register("KB 2"))
    qtbot.waitUntil(lambda: made.board.shown is not None)
    assert faults(made) == []
    made._begin()
    assert faults(made) == []
    made.site_model.open(order.id)
    qtbot.waitUntil(lambda: made._at(SITE))
    assert faults(made) == []
    for text in ("KB 1", "KB 2"):
        with qtbot.waitSignal(made.site_model.heard):
            made.site_model.read(text)
    made._finish()
    assert made.site.is_certifying
    assert faults(made) == []
    made._escape()
    made._escape()
    assert made._at(BOARD)


@pytest.mark.parametrize(
    ("came", "outcome"),
    [
        ("twice", Outcome.TWICE), ("lost", Outcome.ALARM), ("hot", Outcome.ALARM),
        ("gone", Outcome.REFUSED), ("unknown", Outcome.REFUSED), ("several", Outcome.REFUSED),
        ("other", Outcome.REFUSED),
    ],
)  # fmt: skip
def test_every_scan_says_what_it_came_to(light, came, outcome):
    result = result_of(Heard(came, "KB 1"))
    assert result.outcome is outcome
    assert result.title
    assert result.sentence
