"""What is asked and said of photos beside courier files, and the bar that stops them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — dialogs need a parent

from stockpile.domain.errors import Cancelled, CourierForged
from stockpile.domain.facts import Photo
from stockpile.domain.values import Digest, WeaponId
from stockpile.language import plain
from stockpile.services.courier_meetings import Refused
from stockpile.services.courier_photos import PhotosTaken
from stockpile.services.photo_errands import Carried, PhotosSeen
from stockpile.services.photo_packing import PhotoLoad, PhotosPacked
from tests.helpers.readable import displayed, faults
from ui.desk import Work
from ui.pages.courier_photos import (
    PackDialog,
    PhotosBar,
    PhotosTick,
    carried_news,
    failed_news,
    photo_details,
    photo_warnings,
    photos_sentence,
)
from ui.theme import Tone
from ui.view_models.courier_photos import CourierPhotosModel
from ui.widgets.button import IconButton

FILE = Path("/stick/a.courier.photos")
SPOILT = Refused(FILE, CourierForged(str(FILE), "end"))


def a_load(count, size):
    one = (WeaponId("w"), Photo(Digest("d"), size=size))
    return PhotoLoad(None, (one,) * count)


class Found:
    def __init__(self, fresh=2, stayed=0):
        self.fresh = frozenset(map(str, range(fresh)))
        self.size, self.stayed = fresh * 1_000, stayed


@pytest.fixture
def model(seat):
    desk, session, _notices = seat.made_with
    return CourierPhotosModel(desk, session)


@pytest.fixture
def parent(light, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_few_photos_are_a_tick_with_their_size(model, parent):
    dialog = PackDialog("WB-1", a_load(34, 400_000), model, parent)
    assert dialog.photos.tick.isChecked()
    assert plain(dialog.photos.said).startswith("34 photos, 14 MB in a file beside it.")
    assert dialog.photos.most.isHidden()
    dialog.photos.tick.setChecked(False)
    assert plain(dialog.photos.said) == "34 photos stay for the next file."
    dialog.confirm.click()
    assert not model.along


def test_many_photos_are_cut_at_a_size_that_is_chosen_and_remembered(model, parent):
    dialog = PackDialog("WB-1", a_load(1_000, 400_000), model, parent)
    tick = dialog.photos
    assert not tick.most.isHidden()
    assert "640 photos, 256 MB" in plain(tick.said)
    assert "360 photos stay" in plain(tick.said)
    tick.most.set_value("64")
    tick.most.chosen.emit("64")
    assert "160 photos, 64 MB" in plain(tick.said)
    dialog.reject()
    assert model.megabytes == 256
    dialog.accepted.emit()
    assert (model.along, model.megabytes) == (True, 64)


def test_it_can_be_read_and_pressed(tongue, model, qtbot, parent):
    dialog = PackDialog("WB-KLA-26-0001", a_load(1_000, 400_000), model, parent)
    displayed(dialog, qtbot, dialog.sizeHint().width(), dialog.sizeHint().height())
    assert faults(dialog) == []


def test_what_a_file_would_bring_of_photos_is_a_line(light):
    (detail,) = photo_details(PhotosSeen((Found(2, stayed=3),)))
    assert plain(detail.value) == "2 photos, 2 kB"
    assert plain(detail.note).startswith("3 photos stayed behind there")
    assert photo_details(PhotosSeen((Found(0),))) == []
    (warning,) = photo_warnings(PhotosSeen((), (SPOILT,)))
    assert "is not what its sender signed" in warning.text()
    assert plain(photos_sentence(2)) == "Take in 2 photos"


def test_what_came_of_them_is_told_by_its_weight():
    assert carried_news(Carried()) is None
    done = Carried((PhotosTaken(FILE, "Gulu", kept=2),))
    assert carried_news(done)[3] is Tone.OK
    waits = Carried((), (PhotosPacked(FILE, 3, 1_000, left=2),))
    assert carried_news(waits)[3] is Tone.GREY
    assert carried_news(Carried(refused=(SPOILT,)))[3] is Tone.WARN
    assert "stay" in failed_news(Cancelled())[2]
    assert failed_news(SPOILT.error)[3] is Tone.WARN


def test_the_bar_comes_with_the_work_stops_it_and_goes(model, qtbot, parent):
    bar, told = PhotosBar(model), []
    qtbot.addWidget(bar)
    bar.told.connect(told.append)
    bar.show()
    work = Work()
    model.began.emit(work)
    assert bar.isVisible()
    work.progressed.emit(1, 4)
    bar.findChild(IconButton).click()
    with pytest.raises(Cancelled):
        work.step(2, 4)
    model.failed.emit(Cancelled())
    assert bar.isHidden()
    model.carried.emit(Carried())
    assert told == [failed_news(Cancelled()), None]


def test_the_tick_alone_stands_in_a_meeting(model, qtbot):
    tick = PhotosTick(a_load(1, 1_000), model)
    qtbot.addWidget(tick)
    assert plain(tick.said).startswith("1 photo, 1 kB")
    tick.tick.setChecked(False)
    tick.remember()
    assert not model.along
