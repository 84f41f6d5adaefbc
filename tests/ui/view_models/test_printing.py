"""Labels as last time or as said: what is asked before, what is remembered, what is put right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import Cancelled, PrintScaled, SheetFinished
from stockpile.domain.printer_fit import STRAIGHT, Measured, PrinterFit
from ui.view_models.printing import SYSTEM, HowPrinted, PrintingModel, keep_how, kept_how

LONG = 20_000


@pytest.fixture
def model(seat):
    return PrintingModel(*seat.made_with)


@pytest.fixture
def weapons(seat):
    return tuple(seat.register(f"KB{number}") for number in range(3))


def printed(model, qtbot, ids, how=None):
    with qtbot.waitSignal(model.printed, timeout=LONG) as told:
        model.label(lambda _work: ids, how)
    return told.args[0]


def test_as_last_time_needs_no_question_and_never_writes_over_a_sheet(model, seat, weapons, qtbot):
    how = HowPrinted("l7163", gate="sample")
    first = printed(model, qtbot, weapons[:2], how)
    assert (first.face.name, first.sheet.labels) == ("l7163", 2)
    assert model.last("weapons") == how
    second = printed(model, qtbot, weapons[2:])
    assert second.face.name == "l7163"
    assert second.sheet.file.parent == seat.stockpile.home / "papers"
    third = printed(model, qtbot, weapons[2:], HowPrinted(anew=False))
    assert third.sheet.file != second.sheet.file
    assert model.last("places") == HowPrinted()


def test_what_bears_a_label_already_is_asked_for_first_and_the_answer_holds(
    model, seat, weapons, qtbot
):
    printed(model, qtbot, weapons[:2])
    with qtbot.waitSignal(model.bears, timeout=LONG) as told:
        model.label(lambda _work: weapons)
    (job,) = told.args
    assert (job.borne, len(job.ids)) == (2, 3)
    assert not model.is_busy
    with qtbot.waitSignal(model.printed, timeout=LONG):
        model.print(replace(job, how=replace(job.how, anew=True)))
    stand = seat.on_books(lambda: seat.stockpile.books.weapons(weapons))
    assert [len(one.tags) for one in stand] == [2, 2, 1]


def test_a_run_goes_on_after_a_label_or_its_number_and_nothing_is_void(model, seat, weapons, qtbot):
    printed(model, qtbot, weapons)
    with qtbot.waitSignal(model.printed, timeout=LONG) as told:
        model.resume("KB0")
    assert told.args[0].sheet.labels == 2
    with qtbot.waitSignal(model.printed, timeout=LONG) as told:
        model.resume_after(1)
    assert told.args[0].sheet.labels == 1
    with qtbot.waitSignal(model.refused) as refused:
        model.resume_after(1)
    assert isinstance(refused.args[0], SheetFinished)
    stand = seat.on_books(lambda: seat.stockpile.books.weapons(weapons))
    assert [len(one.tags) for one in stand] == [1, 1, 1]


def test_cards_of_a_room_are_one_file_and_scan(model, seat, qtbot):
    racks = [seat.open_place(f"Rack {number}") for number in range(3)]
    with qtbot.waitSignal(model.printed, timeout=LONG) as told:
        model.cards([one.id for one in racks])
    (done,) = told.args
    assert (done.sheet.labels, done.sheet.file.name) == (3, "cards.pdf")
    tags = [seat.on_books(lambda one=one: seat.stockpile.places.one(one.id)).tag for one in racks]
    assert all(tags)
    found = seat.on_books(lambda: seat.stockpile.places.scanned(tags[0]))
    assert found.id == racks[0].id


def test_the_dialog_is_offered_the_stocks_for_what_is_printed(model, seat, weapons, qtbot):
    with qtbot.waitSignal(model.found, timeout=LONG) as told:
        model.offer(lambda _work: weapons)
    kinds = {one.kind for one in told.args[0].faces}
    assert kinds == {"weapon", "tie_on", "trigger_guard"}
    rack = seat.open_place("Rack 1")
    with qtbot.waitSignal(model.found, timeout=LONG) as told:
        model.offer_cards([rack.id])
    assert {"rack", "crate", "location"} <= {one.kind for one in told.args[0].faces}


def test_one_that_is_stopped_leaves_no_sheet(model, seat, weapons, qtbot):
    model.begun.connect(lambda work: work.cancel())
    with qtbot.waitSignal(model.refused) as refused:
        model.label(lambda _work: weapons)
    assert isinstance(refused.args[0], Cancelled)
    assert not model.is_busy
    assert seat.said == []
    assert list((seat.stockpile.home / "papers").glob("*.pdf")) == []


def test_a_printer_is_put_right_and_only_sheets_for_it_are(model, weapons, qtbot):
    laser = SYSTEM + "Laser"
    straight = printed(model, qtbot, weapons[:1], HowPrinted(anew=False)).sheet
    with qtbot.waitSignal(model.fitted):
        model.measure(laser, "A4", Measured(21_000, 19_000))
    assert model.fit_of(laser) == PrinterFit(1_000, -1_000)
    assert model.fit_of("") == STRAIGHT
    again = printed(model, qtbot, weapons[:1], HowPrinted(anew=False)).sheet
    moved = printed(model, qtbot, weapons[:1], HowPrinted(printer=laser, anew=False)).sheet
    assert again.digest == straight.digest
    assert moved.digest != straight.digest
    with pytest.raises(PrintScaled):
        model.measure(laser, "A4", Measured(21_000, 19_000, 180_000))
    model.forget_fit(laser)
    assert model.fit_of(laser) == STRAIGHT
    with qtbot.waitSignal(model.ruler_drawn, timeout=LONG) as told:
        model.draw_ruler("Letter", "5160")
    assert told.args[0].name == "ruler-Letter.pdf"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"weapons": 3}', '{"weapons": {"stock": "a"}}'])
def test_what_cannot_be_read_of_the_settings_is_the_usual(kept):
    assert kept_how(kept, "weapons", "l7163") == HowPrinted("l7163")
    assert kept_how(kept, "places", "l7163") == HowPrinted()
    how = HowPrinted("l7160", "ours", SYSTEM + "Laser", "sample", 8, anew=True)
    again = kept_how(keep_how(kept, "weapons", how), "weapons")
    assert again == replace(how, start_at=1, anew=None)
