"""The site of a destruction: what each reading says, from across the yard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.services.destructions import Outcome as Came
from stockpile.services.destructions import Reading
from stockpile.services.scanning import Scanned
from tests.helpers.pyres import ordered
from ui.pages.destruction_site import DestructionSite, reading_result
from ui.view_models.destruction_site import SiteModel
from ui.widgets.scan_result import Outcome


@pytest.fixture
def site(seat, qtbot):
    made = DestructionSite(SiteModel(seat.desk, seat.session))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    order = ordered(seat, seat.register("KB 1"), seat.register("KB 2"))
    with qtbot.waitSignal(made.model.opened):
        made.model.open(order.id)
    return made


def read(site, qtbot, text):
    site.scan.set_text(text)
    with qtbot.waitSignal(site.model.heard):
        site.scan.submitted.emit()
    return site.result.result


def test_every_reading_counts_down_and_the_last_one_lets_it_be_certified(site, qtbot):
    assert [line.identifier for line in site.list.lines] == ["KB 1", "KB 2"]
    assert not site.certify.isEnabled()
    assert read(site, qtbot, "KB 1").outcome is Outcome.FOUND
    assert [tile.figure for tile in site.tiles.values()] == [
        "\u20661\u2069", "\u20661\u2069", "\u20660\u2069",
    ]  # fmt: skip
    assert site.list.current_key()
    site._choose("open")
    site._point_at(site.model.site.list.of("open")[0].weapon)
    site.ask_keep()
    with qtbot.waitSignal(site.model.changed):
        site.dialog.decided.emit("museum")
    site.dialog.close()
    assert site.certify.isEnabled()
    site._choose("kept")
    assert "museum" in site.list.lines[0].beneath
    site.list.setCurrentIndex(site.list.rows.index(0))
    with qtbot.waitSignal(site.model.changed):
        site.take_back()
    assert not site.certify.isEnabled()
    site.go_on_or_sign()
    assert not site.is_certifying
    with qtbot.waitSignal(site.closed):
        site.go_back()


def test_what_does_not_belong_there_is_loud(site, qtbot, seat):
    seat.register("KB 9")
    assert read(site, qtbot, "KB 9").outcome is Outcome.UNEXPECTED
    weapon = seat.on_books(
        lambda: seat.stockpile.books.weapon(site.model.site.list.of("open")[0].weapon)
    )
    check = site.model.check(weapon.id)
    said: dict[Came, Outcome] = {
        "lost": Outcome.ALARM, "hot": Outcome.ALARM, "elsewhere": Outcome.REFUSED,
        "kept": Outcome.MISPLACED, "twice": Outcome.TWICE, "several": Outcome.DOUBT,
    }  # fmt: skip
    for came, outcome in said.items():
        reading = Reading(came, Scanned("weapon", "KB 1", weapon), check)
        result = reading_result(reading, site.model.site)
        assert result.outcome is outcome
        assert bool(result.answers) == (came in ("lost", "hot", "elsewhere", "kept"))
    maybe = Scanned("weapon", "KB 1", weapon, alarm="hot_list", is_certain=False)
    reading = Reading("verified", maybe, replace(check, state="verified"))
    assert reading_result(reading, site.model.site).outcome is Outcome.ALARM


def test_the_scanner_takes_back_and_goes_on_to_the_certificate(site, qtbot):
    def said(code):
        site.scan.set_text(code)
        site.scan.submitted.emit()
        return site.result.result.outcome

    assert said("#CLOSE") is Outcome.TWICE
    assert said("#UNDO") is Outcome.TWICE
    for text in ("KB 1", "KB 2"):
        read(site, qtbot, text)
    with qtbot.waitSignal(site.model.changed):
        said("#UNDO")
    assert site.model.site.list.count("verified") == 1
    read(site, qtbot, "KB 2")
    said("#CLOSE")
    assert site.is_certifying
