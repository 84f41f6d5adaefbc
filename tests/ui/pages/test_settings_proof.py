"""The proof of the record: three works, one at a time, and what each found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from stockpile.domain.errors import Cancelled, ChainForked, DiskFull, RegisterDiffers
from stockpile.domain.ledger import Tip
from stockpile.language import plain
from stockpile.services.ports import Checked
from tests.helpers.readable import bare, displayed, faults
from ui.desk import Work
from ui.pages.settings_proof import ProofSection
from ui.theme import Tone
from ui.view_models.proving import ProofStanding
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.button import IconButton
from ui.widgets.progress import Meter

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section
CODE = "1204-7QK2-M9XD"
CHECKED = Checked(1204, 3050, 812, 0, (("n1", Tip()), ("n2", Tip())))


def shown(seat, qtbot):
    model = SettingsModel(*seat.made_with)
    section = ProofSection(model)
    section.model = model
    model.came.emit(SetUp(head_code=CODE))
    displayed(section, qtbot, NARROW, 800)
    return section


def buttons(section):
    return (section.check, section.deep, section.rebuild)


def said(section):
    return plain(section.result.accessibleName())


def test_before_a_proof_nothing_is_claimed(seat, qtbot):
    section = shown(seat, qtbot)
    assert not section.result.isVisible()
    assert not section._bar.isVisible()
    assert plain(section._head._code.text()) == CODE


@pytest.mark.parametrize("by", ["key", "click"])
@pytest.mark.parametrize("what", ["check", "deep", "rebuild"])
def test_each_proof_begins_by_its_button_and_ends_well(seat, qtbot, what, by):
    section = shown(seat, qtbot)
    button = getattr(section, what)
    with qtbot.waitSignal(section.model.proved) as told:
        if by == "key":
            qtbot.keyClick(button, Key.Key_Space)
        else:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not any(one.isEnabled() for one in buttons(section))
        assert section._bar.isVisible()
    assert told.args[0] == what
    assert all(one.isEnabled() for one in buttons(section))
    assert not section._bar.isVisible()
    assert section.result.property("tone") == Tone.OK.value


def test_what_was_counted_is_said(seat, qtbot):
    section = shown(seat, qtbot)
    section.model.proved.emit("check", CHECKED)
    assert said(section) == (
        "The record is whole. 1204 entries, 3050 facts, 812 weapons, 2 chains."
    )
    section.model.proved.emit("rebuild", CHECKED)
    assert said(section).startswith("The register is built anew.")


@pytest.mark.parametrize(
    ("error", "tone", "title"),
    [
        (Cancelled(), Tone.GREY, "Stopped"),
        (RegisterDiffers("w1"), Tone.BAD, "The record does not hold"),
        (ChainForked("n1", 7), Tone.BAD, "The record does not hold"),
        (DiskFull("books.db"), Tone.WARN, "Not now"),
    ],
)
def test_damage_trouble_and_a_change_of_mind_are_told_apart(seat, qtbot, error, tone, title):
    section = shown(seat, qtbot)
    section.model.unproved.emit("check", error)
    assert section.result.property("tone") == tone.value
    assert said(section).startswith(f"{title}.")
    assert len(said(section)) > len(title) + 10


@pytest.mark.parametrize("by", ["key", "click"])
def test_a_proof_under_way_is_stopped(seat, qtbot, by):
    section = shown(seat, qtbot)
    work = Work()
    section.model.proving.emit("deep", work)
    (cancel,) = [one for one in section._bar.findChildren(IconButton) if one.isVisible()]
    (meter,) = section._bar.findChildren(Meter)
    assert meter.accessibleName() == "Deriving the register anew and comparing…"
    if by == "key":
        qtbot.keyClick(cancel, Key.Key_Space)
    else:
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(Cancelled):
        work.step(1, 2)


def test_an_earlier_result_goes_when_the_next_proof_begins(seat, qtbot):
    section = shown(seat, qtbot)
    section.model.proved.emit("check", CHECKED)
    section.model.proving.emit("deep", Work())
    assert not section.result.isVisible()


def test_the_head_code_is_copied_as_it_is_written_down(seat, qtbot):
    section = shown(seat, qtbot)
    qtbot.keyClick(section._head._copy, Key.Key_Space)
    assert QGuiApplication.clipboard().text() == CODE


def test_everybody_can_use_it(seat, tongue, qtbot):
    section = shown(seat, qtbot)
    section.model.proving.emit("deep", Work())
    assert faults(section) == []
    section.model.unproved.emit("deep", RegisterDiffers("w1"))
    assert faults(section) == []
    section.model.proved.emit("check", CHECKED)
    assert faults(section) == []
    assert bare(section, CODE, "1204", "3050", "812") == []


def test_what_goes_by_itself_is_shown_stopped_and_set_here(seat, tongue, qtbot):
    section = shown(seat, qtbot)
    prover, work = section.model.prover, Work()
    prover.began.emit(work)
    prover.stands.emit(ProofStanding(is_running=True, share=0.4))
    assert section.own_bar.isVisible()
    assert faults(section) == []
    (cancel,) = [one for one in section.own_bar.findChildren(IconButton) if one.isVisible()]
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(Cancelled):
        work.step(1, 2)
    prover.ended.emit()
    assert not section.own_bar.isVisible()
    prover.stands.emit(ProofStanding(found="It differs.", found_at=1))
    assert section.last.property("tone") == Tone.BAD.value
    assert faults(section) == []
    section.every.chosen.emit("never")
    assert seat.session.settings.proof_every == "never"


def test_damage_that_was_found_by_hand_stays_said_and_a_whole_record_ends_it(seat, qtbot):
    section = shown(seat, qtbot)
    section.model._unproved("deep", RegisterDiffers("w1"))
    qtbot.waitUntil(lambda: section.last.property("tone") == Tone.BAD.value)
    with qtbot.waitSignal(section.model.proved):
        section.deep.click()
    qtbot.waitUntil(lambda: section.last.property("tone") == Tone.OK.value)
