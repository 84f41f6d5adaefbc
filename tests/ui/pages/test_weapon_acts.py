"""Questions before something is written: one at a time, and the answer ends them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import KitItem
from stockpile.domain.matters import Matter
from ui.pages.weapon_acts import WeaponActs
from ui.pages.weapon_correction import CorrectionForm
from ui.pages.weapon_deactivation import DeactivateForm
from ui.view_models.weapon_file import WeaponFileModel


@pytest.fixture
def acts(light, seat, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1024, 640)
    host.show()
    model = WeaponFileModel(*seat.made_with)
    with qtbot.waitSignal(model.shown):
        model.show(seat.register("KB1", make="Zastva"))
    yield WeaponActs(model, host)
    host.close()


def dialogs(acts, kind=QDialog):
    return [one for one in acts._page.findChildren(kind) if one.isVisible()]


def test_what_is_not_in_the_catalogue_is_corrected_at_its_field(acts):
    acts.close(Matter("not_normalised", "correct", "make,model"))
    (form,) = dialogs(acts, CorrectionForm)
    assert form.focusWidget() is form._fields["make"].edit


def test_a_refusal_stays_in_the_form_and_an_answer_ends_it(acts, qtbot):
    acts.begin("correct")
    (form,) = dialogs(acts, CorrectionForm)
    acts._model.refused.emit(FieldUnreadable("year", "9999"))
    assert "9999" in form._fields["year"].message
    form._fields["make"].set_text("Zastava")
    form._judge()
    form._reason.field.set_text("misspelt")
    with qtbot.waitSignal(acts._model.written):
        form.accept()
    qtbot.waitUntil(lambda: dialogs(acts) == [])


def test_without_a_form_a_refusal_is_said_by_the_notices(acts, seat):
    acts._model.refused.emit(FieldUnreadable("year", "9999"))
    assert "9999" in seat.said[-1].text


def test_a_place_is_settled_over_what_contradicts_it(acts, seat, qtbot):
    rack = seat.open_place("Rack 01")
    qtbot.waitUntil(lambda: len(acts._model.file.places) == 2)
    acts.begin("settle_custody")
    (dialog,) = dialogs(acts)
    dialog._place.set_value(rack.id)
    dialog._reason.set_text("it stands before me")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: acts._model.file.life.weapon.place == rack.id)


def test_a_repair_and_a_kit_are_written_down(acts, qtbot):
    acts.begin("repair")
    (dialog,) = dialogs(acts)
    qtbot.keyClicks(dialog._work.edit, "new firing pin")
    with qtbot.waitSignals([acts._model.written, acts._model.shown]):
        dialog.confirm.click()
    acts.begin("kit")
    dialog = dialogs(acts)[-1]
    dialog._magazines.edit.selectAll()
    qtbot.keyClicks(dialog._magazines.edit, "3")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: acts._model.file.life.weapon.kit == (KitItem("magazine", 3),))


def test_what_was_found_is_written_down(acts, qtbot):
    acts.begin("inspect")
    (dialog,) = dialogs(acts)
    dialog._condition.set_value("repairable")
    with qtbot.waitSignal(acts._model.written) as blocker:
        dialog.confirm.click()
    assert "Repairable" in blocker.args[0].said


def test_the_other_record_is_looked_for_while_it_is_typed(acts, seat, qtbot):
    twin = seat.register("KB2")
    acts.begin("merge")
    (dialog,) = dialogs(acts)
    qtbot.keyClicks(dialog._search, "KB2")
    qtbot.waitUntil(lambda: dialog._hits.count() == 1)
    acts._model.ask_other(twin)
    qtbot.waitUntil(lambda: dialog.other is not None)
    dialog._reason.field.set_text("one photo")
    dialog._join.click()
    qtbot.waitUntil(lambda: [one.weapon.id for one in acts._model.file.joined] == [twin])
    assert dialogs(acts) == []


def test_a_deactivation_is_written_down_and_its_certificate_drawn(acts, qtbot):
    acts.begin("deactivate")
    (form,) = dialogs(acts, DeactivateForm)
    for field in (form.authority, form.method, form.mark):
        field.set_text("UG PH 26")
    form.components.set_value("barrel")
    form._judge()
    with qtbot.waitSignal(acts._model.printed) as told:
        form.accept()
    assert told.args[0].name.startswith("DA-KLA-")
    qtbot.waitUntil(lambda: acts._model.file.life.weapon.deactivated)
