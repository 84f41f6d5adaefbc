"""The inspector's visit as the page asks for it: one thing written at a time, each answer told."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from nacl.signing import SigningKey

from stockpile.domain import codec, inspections
from stockpile.domain.errors import Cancelled, FileUnreadable, InspectionKnown
from stockpile.domain.facts import Inspected, InspectionSigned
from stockpile.settings import Settings
from tests.helpers.exports import verdict
from ui.session import Session
from ui.view_models.inspections import InspectionsModel

KEY = SigningKey(b"k" * 32)


@pytest.fixture
def model(seat):
    return InspectionsModel(*seat.made_with)


def answer(qtbot, signal, does, *given):
    with qtbot.waitSignal(signal) as told:
        does(*given)
    return told.args[0]


def write_result(folder, weapon):
    """Sign, as the inspector does, that the one weapon was seen."""
    about = inspections.read_dossier((folder / "dossier.json").read_bytes(), "")
    body = InspectionSigned(
        "O. Inspector", "Inspectorate", about.head, "dice", (Inspected(weapon, "found"),),
        "2026-11-28", "", bytes(KEY.verify_key).hex(), "", about.register,
    )  # fmt: skip
    body = replace(body, signature=KEY.sign(inspections.message(body)).signature.hex())
    (folder / "result.json").write_bytes(codec.canonical(codec.plain_body(body)) + b"\n")


def test_a_visit_is_told_step_by_step_and_stands_once_it_is_taken_in(seat, model, qtbot, tmp_path):
    weapon = seat.register("KB4471902")
    assert answer(qtbot, model.stands, model.start) == ()
    folder = answer(qtbot, model.prepared, model.prepare, tmp_path).folder
    write_result(folder, weapon)
    result = answer(qtbot, model.proved, model.read, folder)
    with qtbot.waitSignals([model.taken, model.stands]):  # the list is asked for anew by itself
        model.take_in(result)
    (visit,) = answer(qtbot, model.stands, model.start)
    assert (visit.result, visit.fact.by) == (result.result, seat.session.officer.id)
    assert answer(qtbot, model.proved, model.read, folder).is_known
    assert isinstance(answer(qtbot, model.failed, model.take_in, result), InspectionKnown)


def test_proving_what_came_back_holds_nobody_up_and_can_be_stopped(seat, model, qtbot, tmp_path):
    weapon = seat.register("KB4471902")
    folder = answer(qtbot, model.prepared, model.prepare, tmp_path).folder
    write_result(folder, weapon)
    go_on, held = Event(), seat.on_books(lambda: seat.desk._lane("sticks"))
    held.submit(go_on.wait)
    works = []
    model.proving.connect(works.append)
    model.read(folder)
    seat.register("KB2")  # on record while the stick is read
    works[0].cancel()
    with qtbot.waitSignal(model.failed) as told:
        go_on.set()
    assert isinstance(told.args[0], Cancelled)
    assert answer(qtbot, model.proved, model.read, folder).dossier.weapons == 1


def test_one_thing_is_written_at_a_time(model, qtbot, tmp_path):
    begun, file = [], tmp_path / "first.chains.gz"
    model.busy.connect(begun.append)
    with qtbot.waitSignal(model.copied) as made:
        model.copy(file)
        model.copy(tmp_path / "second.chains.gz")
        model.prepare(tmp_path / "stick")
    assert made.args[0].file == file
    assert verdict(file)["holds"]
    assert len(begun) == 1
    assert sorted(tmp_path.glob("s*")) == []
    answer(qtbot, model.copied, model.copy, tmp_path / "second.chains.gz")
    assert len(begun) == 2


def test_what_is_stopped_leaves_nothing_and_may_begin_again(seat, model, qtbot, tmp_path):
    file = tmp_path / "ledger.chains.gz"

    def stop(work):
        work.cancel()

    model.busy.connect(stop)
    assert isinstance(answer(qtbot, model.failed, model.copy, file), Cancelled)
    model.busy.disconnect(stop)
    assert list(tmp_path.glob("*.gz*")) == []
    model.busy.connect(lambda _work: seat.desk.closing.emit())  # the program is about to end
    assert isinstance(answer(qtbot, model.failed, model.copy, file), Cancelled)


def test_a_folder_without_a_result_is_said(model, qtbot, tmp_path):
    assert isinstance(answer(qtbot, model.failed, model.read, tmp_path), FileUnreadable)


def test_who_sits_here_decides_what_is_offered(seat, model):
    assert (model.may_copy, model.may_take_in) == (True, True)
    seat.sit_down("C. Clerk", "clerk")
    assert (model.may_copy, model.may_take_in) == (True, False)


def test_nothing_is_asked_or_written_while_nobody_sits_here(seat, tmp_path):
    model = InspectionsModel(seat.desk, Session(Settings()), seat.notices)
    said = []
    for signal in (model.stands, model.busy, model.failed):
        signal.connect(said.append)
    model.start()
    model.copy(tmp_path / "ledger.chains.gz")
    model.prepare(tmp_path / "stick")
    seat.desk.wait()
    assert said == []
    assert [one.name for one in tmp_path.iterdir()] == ["home"]
    assert (model.may_copy, model.may_take_in) == (False, False)
