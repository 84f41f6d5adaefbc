"""The file of the weapon whose page is open: it follows what is written, and acts are undone."""

from __future__ import annotations

import json
from functools import partial

import pytest

from stockpile.domain.errors import ReasonMissing
from stockpile.domain.facts import Component, Draft, KitItem, Mark, SafeCheck, WeaponAbsorbed
from ui.view_models.weapon_file import WeaponFileModel, values

SAID, UNDONE = "It is on record", "Taken back"


@pytest.fixture
def model(seat):
    return WeaponFileModel(*seat.made_with)


@pytest.fixture
def weapon(seat, model, qtbot):
    made = seat.register("KB4471902", country="Россия")
    with qtbot.waitSignal(model.shown):
        model.show(made)
    return made


def now(model):
    return model.file.life.weapon


def written(model, qtbot, act):
    """Do an act, wait until it is shown, and return what was said of it."""
    told = []
    model.written.connect(told.append)
    with qtbot.waitSignals([model.written, model.shown]):
        act()
    model.written.disconnect(told.append)
    return told[0]


def undone(model, qtbot, told):
    with qtbot.waitSignal(model.shown):
        told.undo()


def test_a_correction_is_undone_by_another_correction(model, weapon, qtbot):
    before = values(now(model))
    fields = {"model": "AK-74", "serial": "KB4471903", "country": ""}
    told = written(model, qtbot, partial(model.correct, fields, "misread", SAID, UNDONE))
    assert told.said == SAID
    assert (now(model).model, now(model).serial.text, now(model).country) == (
        "AK-74", "KB4471903", "",
    )  # fmt: skip
    told.undo()
    qtbot.waitUntil(lambda: values(now(model)) == before)
    reasons = [one.reason for one in model.file.field("model").versions]
    assert reasons == ["", "misread", UNDONE]


def test_marks_and_components_are_said_anew_and_taken_back(model, weapon, qtbot):
    before = now(model).marks
    marks, bolt = (*before, Mark("symbol", "", symbol="star")), Component("bolt")
    say = partial(model.say_marks, marks, (bolt,), "seen under the paint", SAID, UNDONE)
    told = written(model, qtbot, say)
    assert (now(model).marks, now(model).components) == (marks, (bolt,))
    undone(model, qtbot, told)
    assert (now(model).marks, now(model).components) == (before, ())


def test_reasons_given_lately_are_offered_the_newest_first(model, weapon, qtbot):
    for reason in ("one", "two", "one"):
        fields = {"remarks": f"{reason} {len(model.file.life.facts)}"}
        written(model, qtbot, partial(model.correct, fields, reason, SAID, UNDONE))
    assert model.reasons == ("one", "two")


def test_what_a_record_was_corrected_for_is_offered_to_the_next_officer(seat, weapon, qtbot):
    receiving, by = seat.stockpile.receiving, seat.session.officer
    correct = partial(receiving.correct, weapon, {"make": "Tula"}, "bad light", by=by)
    seat.write(lambda: (correct(), None))
    other = WeaponFileModel(*seat.made_with)
    with qtbot.waitSignal(other.shown):
        other.show(weapon)
    assert other.reasons == ("bad light",)


def test_records_are_joined_shown_beneath_and_parted(seat, model, weapon, qtbot):
    twin = seat.register("KB4471902")
    told = written(model, qtbot, partial(model.merge, twin, "one photo", SAID, UNDONE))
    assert [one.weapon.id for one in model.file.joined] == [twin]
    undone(model, qtbot, told)
    assert model.file.joined == ()
    assert now(model).distinct_from == (twin,)


def test_a_look_alike_is_told_apart(seat, model, weapon, qtbot):
    twin = seat.register("KB4471902")
    written(model, qtbot, partial(model.tell_apart, twin, "both are here", SAID))
    assert model.file.life.conflicts == ()


def test_a_record_is_withdrawn_and_put_back(model, weapon, qtbot):
    told = written(model, qtbot, partial(model.withdraw, "typed twice", SAID, UNDONE))
    assert now(model).status == "withdrawn"
    undone(model, qtbot, told)
    assert now(model).status == "in_store"
    written(model, qtbot, partial(model.withdraw, "typed twice", SAID, UNDONE))
    written(model, qtbot, partial(model.reinstate, "it was right", SAID))
    assert now(model).status == "in_store"


def test_what_was_found_is_written_down(seat, model, weapon, qtbot):
    written(model, qtbot, partial(model.inspect, "repairable", "spring", "2027-01-31", SAID))
    assert now(model).condition == "repairable"
    written(model, qtbot, partial(model.repair, "serviceable", "new spring", SAID))
    assert now(model).condition == "serviceable"
    written(model, qtbot, partial(model.set_kit, (KitItem("sling"),), SAID))
    assert now(model).kit == (KitItem("sling"),)
    safe = SafeCheck(chamber_clear=True)
    written(model, qtbot, partial(model.say_safety, safe, "checked again", SAID))
    assert now(model).safe == safe
    rack = seat.open_place("Rack 01")
    told = written(model, qtbot, partial(model.move, rack.id, "", SAID, UNDONE))
    qtbot.waitUntil(lambda: now(model).place == rack.id)
    told.undo()
    qtbot.waitUntil(lambda: now(model).place != rack.id)
    written(model, qtbot, partial(model.settle_custody, rack.id, "it stands here", SAID))
    qtbot.waitUntil(lambda: now(model).place == rack.id)


def test_a_refusal_is_told_to_whoever_asked(model, weapon, qtbot):
    with qtbot.waitSignal(model.refused) as blocker:
        model.correct({"make": "Tula"}, " ", SAID, UNDONE)
    assert isinstance(blocker.args[0], ReasonMissing)


def test_another_record_is_found_and_this_one_is_not_offered(seat, model, weapon, qtbot):
    twin = seat.register("KB4471902")
    with qtbot.waitSignal(model.found) as blocker:
        model.find("KB4471902")
    typed, hits = blocker.args
    assert typed == "KB4471902"
    assert [hit.row.id for hit in hits] == [twin]
    with qtbot.waitSignal(model.other_came) as came:
        model.ask_other(twin)
    assert came.args[0].life.weapon.id == twin


def test_the_dossier_is_put_into_the_papers_and_never_over_another(seat, model, weapon, qtbot):
    files = []
    model.printed.connect(files.append)
    for _copy in range(2):
        with qtbot.waitSignal(model.printed, timeout=20_000):
            model.print_dossier()
    assert len(set(files)) == 2
    for file in files:
        assert file.read_bytes().startswith(b"%PDF")
        assert file.parent == seat.stockpile.home / "papers"


def test_the_life_is_exported_for_programs(model, weapon, qtbot, tmp_path):
    with qtbot.waitSignal(model.printed) as blocker:
        model.export(tmp_path / model.export_name())
    value = json.loads(blocker.args[0].read_text("utf-8"))
    assert value["serial"] == "KB4471902"


def test_what_is_written_of_a_joined_record_is_seen_at_once(seat, model, weapon, qtbot):
    twin = seat.register("KB4471902")
    written(model, qtbot, partial(model.merge, twin, "one photo", SAID, UNDONE))
    receiving, by = seat.stockpile.receiving, seat.session.officer
    correct = partial(receiving.correct, twin, {"make": "Tula"}, "read again", by=by)
    with qtbot.waitSignal(model.shown):
        seat.write(lambda: (correct(), None))
    assert len(model.file.joined[0].facts) == 3


def test_a_record_that_alone_says_it_was_joined_to_this_one_is_beneath_it_at_once(
    seat, model, weapon, qtbot
):
    twin = seat.register("KB4471902")
    heads = seat.on_books(lambda: seat.stockpile.books.weapon(twin)).heads.custody
    absorbed = Draft(twin, WeaponAbsorbed(weapon, "one photo"), heads)
    with qtbot.waitSignal(model.shown):
        seat.write(lambda: (seat.by_two([absorbed]), None))
    assert now(model).same_as == ()
    assert [one.weapon.id for one in model.file.joined] == [twin]


def test_nobody_is_shown_to_the_next_officer(seat, model, weapon):
    seat.session.leave()
    assert (model.weapon, model.file) == (None, None)
