"""A shipment being made ready: every scan has its answer, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from stockpile.domain.facts import Draft, WaybillOpened, WeaponLost
from tests.helpers.house import PIN
from tests.helpers.shots import encoded
from ui.view_models.transfer_sending import NOWHERE, SendingModel
from ui.view_models.transfers import TransfersModel


@pytest.fixture
def model(seat, qtbot):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "S. Second", ("storekeeper",), PIN, by=by))
    made = SendingModel(seat.desk, seat.session, TransfersModel(*seat.made_with))
    with qtbot.waitSignal(made.offered):
        made.start()
    return made


def signed(seat):
    second = seat.on_books(partial(seat.stockpile.people.sign_in, "S. Second", PIN))
    return seat.session.officer, second


def scanned(model, qtbot, text):
    with qtbot.waitSignal(model.heard) as heard:
        model.scan(text)
    return heard.args[0].came


def test_each_scan_is_added_once_or_says_why_not(seat, model, qtbot):
    seat.register("KB 1")
    lost = seat.register("KB 2")
    stands = seat.on_books(partial(seat.stockpile.books.weapon, lost))
    gone = Draft(lost, WeaponLost("stolen", report="LR-1"), stands.heads.custody)
    seat.on_books(partial(seat.by_two, [gone]))
    for _each in range(2):
        seat.register("SAME 1")
    assert scanned(model, qtbot, "KB 1") == "added"
    assert scanned(model, qtbot, "KB 1") == "twice"
    assert scanned(model, qtbot, "KB 2") == "alarm"
    assert scanned(model, qtbot, "ZZ 9") == "unknown"
    assert scanned(model, qtbot, "SAME 1") == "several"
    assert [one.serial for one in model.lines] == ["KB 1"]


def test_the_last_one_is_taken_off_with_its_part(seat, model, qtbot):
    first = seat.register("KB 1")
    seat.register("KB 2")
    for text in ("KB 1", "KB 2"):
        scanned(model, qtbot, text)
    model.part("bolt", " B7 ")
    assert [(one.component, one.seal) for one in model.apart] == [("bolt", "B7")]
    model.undo()
    assert [one.serial for one in model.lines] == ["KB 1"]
    assert model.apart == ()
    model.take_off(first)
    model.undo()
    assert model.lines == ()


def test_it_leaves_signed_by_two_with_paper_and_file_and_the_list_is_empty(seat, model, qtbot):
    weapon = seat.register("KB 1")
    scanned(model, qtbot, "KB 1")
    model.say(WaybillOpened("", (), NOWHERE, to_name="Gulu", carrier="4 Bn"))
    with qtbot.waitSignal(model.checked) as checked:
        model.check()
    assert checked.args[0] == ("due_missing",)
    with qtbot.waitSignal(model.left, timeout=10_000) as left:
        model.dispatch(signed(seat))
    sent = left.args[0]
    assert sent.waybill.opened.weapons == (weapon,)
    assert sent.paper.file.is_file()
    assert sent.packed.file.is_file()
    assert len(sent.packed.words.split()) == 5
    assert model.lines == ()
    with qtbot.waitSignal(model.offered) as offered:
        model.start()
    assert offered.args[0].last.carrier == "4 Bn"


def test_a_paper_without_a_destination_is_refused_before_anybody_signs(seat, model, qtbot):
    seat.register("KB 1")
    scanned(model, qtbot, "KB 1")
    with qtbot.waitSignal(model.refused) as refused:
        model.check()
    assert type(refused.args[0]).__name__ == "FieldMissing"


def test_a_stick_that_is_full_keeps_no_paper_back(seat, model, qtbot, monkeypatch, tmp_path):
    seat.register("KB 1")
    scanned(model, qtbot, "KB 1")
    model.say(WaybillOpened("", (), NOWHERE, to_name="Gulu"))
    gone = tmp_path / "stick"
    gone.mkdir()
    seat.session.remember(courier_folder=str(gone))

    def full(*_args, **_kwargs):
        raise OSError(28, "no space")

    monkeypatch.setattr("stockpile.adapters.courier.files._write_pieces", full)
    with qtbot.waitSignal(model.left, timeout=10_000) as left:
        model.dispatch(signed(seat))
    sent = left.args[0]
    assert sent.packed is None
    assert type(sent.error).__name__ == "DiskFull"
    assert sent.paper.file.is_file()
    assert list(gone.iterdir()) == []


def test_who_stops_the_courier_file_keeps_no_paper_back(seat, model, qtbot):
    seat.register("KB 1")
    scanned(model, qtbot, "KB 1")
    model.say(WaybillOpened("", (), NOWHERE, to_name="Gulu"))
    model._board.work.began.connect(lambda _what, work: work.cancel())
    with qtbot.waitSignal(model.left, timeout=10_000) as left:
        model.dispatch(signed(seat))
    sent = left.args[0]
    assert (sent.packed, sent.error) == (None, None)
    assert sent.paper.file.is_file()


def test_a_picture_of_the_licence_is_attached_and_what_is_none_is_refused(
    seat, model, qtbot, tmp_path
):
    picture, other = tmp_path / "a.jpg", tmp_path / "a.pdf"
    picture.write_bytes(encoded())
    other.write_bytes(b"%PDF-1.7")
    with qtbot.waitSignal(model.loaded):
        model.attach(picture)
    assert len(model.papers) == 1
    with qtbot.waitSignal(model.refused) as refused:
        model.attach(other)
    assert type(refused.args[0]).__name__ == "PhotoUnreadable"
    model.say(replace(WaybillOpened("", (), NOWHERE), to_name="Gulu"))
    assert model._whole().papers == model.papers
