"""The papers of a count are drawn while the count goes on."""

from __future__ import annotations

from threading import Event

import pytest
from pypdfium2 import PdfDocument

from stockpile.domain.errors import Cancelled
from stockpile.services.printed import FOLDER
from tests.helpers.armouries import armoury
from ui.view_models.counting_papers import CountingPapersModel
from ui.view_models.counting_plans import Plan

WAIT = 20_000


@pytest.fixture
def stocktake(seat):
    store = armoury(seat, racks=1, each=3)
    counting, by = seat.stockpile.counting, seat.session.officer
    plan = Plan(second=store.second)
    return seat.on_books(lambda: counting.open(plan.request(by.id), by=by))[1]


@pytest.fixture
def model(seat):
    return CountingPapersModel(seat.desk, seat.session)


def words(file):
    with PdfDocument(file) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_sheet_is_drawn_with_a_row_for_each_weapon(model, stocktake, qtbot):
    with qtbot.waitSignal(model.printed, timeout=WAIT) as told:
        model.print_sheet(stocktake)
    said = words(told.args[0])
    assert stocktake.number in said
    assert all(f"KB0100{n}" in said for n in (1, 2, 3))


def test_a_report_is_drawn_and_never_overwrites_an_earlier_one(model, stocktake, qtbot):
    files = []
    for _n in range(2):
        with qtbot.waitSignal(model.printed, timeout=WAIT) as told:
            model.print_report(stocktake)
        files.append(told.args[0])
    assert files[0] != files[1]
    assert all(one.is_file() for one in files)


def test_the_rows_are_listed_as_they_are_printed(model, stocktake, qtbot):
    with qtbot.waitSignal(model.listed, timeout=WAIT) as told:
        model.list_rows(stocktake)
    assert [one.row.serial for one in told.args[0]] == ["KB01001", "KB01002", "KB01003"]


def test_a_paper_that_takes_long_is_shown_as_work_and_can_be_stopped(
    model, stocktake, seat, qtbot, monkeypatch
):
    monkeypatch.setattr("ui.view_models.counting_papers._PATIENCE", 0)
    model.slow.connect(lambda work: work.cancel())
    release = Event()
    seat.desk.ask(model, release.wait, lambda _none: None)  # the books lane is busy
    with qtbot.waitSignal(model.slow, timeout=WAIT):
        model.print_sheet(stocktake)
    with qtbot.waitSignal(model.refused, timeout=WAIT) as told:
        release.set()
    assert isinstance(told.args[0], Cancelled)
    assert list((seat.stockpile.home / FOLDER).glob("*sheet*")) == []
    with qtbot.waitSignal(model.printed, timeout=WAIT):
        monkeypatch.undo()
        model.print_sheet(stocktake)
