"""The page of one weapon, by keys and by clicks, over a real store."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QDialog  # noqa: TID251 — a test drives widgets

from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Component, Draft, Mark, SafeCheck, WeaponAbsorbed
from stockpile.domain.matters import open_matters
from stockpile.domain.numbers import registry_number
from stockpile.domain.receiving import Description
from stockpile.domain.values import Digest, WeaponId, new_id
from tests.helpers.files import MARKS, a_picture
from tests.helpers.readable import bare, displayed, faults
from ui.pages.weapon_correction import CorrectionForm
from ui.pages.weapon_joining import JoiningDialog
from ui.pages.weapon_page import WeaponPage
from ui.pages.weapon_photos import PhotoDialog
from ui.widgets.button import Button
from ui.widgets.photo_view import PhotoView
from ui.widgets.text import Label

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20_000


@pytest.fixture
def weapon(tongue, seat):
    """A weapon with something in every part of its page, and its double beneath it."""
    stockpile, by = seat.stockpile, seat.session.officer
    site = seat.on_books(stockpile.people.site)
    said = Description(
        type="ASR", make="Izhmash", model="AKM", calibre="7.62x39", country="SUHH", year="1974",
        serial="KB 4471902", action="selective_fire", mode="seized", grounds=("embargo",),
        marks=MARKS, components=(Component("bolt", (Mark("assembly", "77"),)),),
        safe=SafeCheck(chamber_clear=True), remarks="The stock is cracked.",
    )  # fmt: skip
    made = seat.write(partial(stockpile.receiving.register, said, site, by=by))
    twin = seat.write(partial(stockpile.receiving.register, said, site, by=by))
    for act in (
        partial(stockpile.receiving.correct, made, {"model": "AK-74"}, "misread", by=by),
        partial(stockpile.correcting.remove, made, "bolt", "", "cracked", by=by),
        partial(stockpile.correcting.merge, made, twin, "one photo", by=by),
    ):
        seat.on_books(act)
    return made


@pytest.fixture
def page(seat, weapon, qtbot):
    page = WeaponPage(*seat.made_with)
    displayed(page, qtbot, 1100, 660)
    with qtbot.waitSignal(page._model.shown):
        page.entered(weapon)
    QApplication.processEvents()
    return page


def dialog_of(page, qtbot, kind=QDialog):
    """Return the dialog that is open on the page."""

    def found():
        return [one for one in page.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    return found()[0]


def words(widget):
    QApplication.processEvents()
    return " ".join(one.text() for one in widget.findChildren(Label) if one.isVisible())


@pytest.mark.parametrize("width", [768, 1100])
def test_everything_is_named_and_read_whole(page, width):
    page.resize(width, 560)
    assert faults(page) == []
    assert bare(page, "KB 4471902") == []


def test_two_columns_stand_below_each_other_when_narrow(page):
    page.resize(1100, 600)
    assert page._columns.direction() is QBoxLayout.Direction.LeftToRight
    page.resize(768, 600)
    assert page._columns.direction() is QBoxLayout.Direction.TopToBottom


def test_escape_goes_back_to_the_list(page, qtbot):
    with qtbot.waitSignal(page.go) as blocker:
        qtbot.keyClick(page, Key.Key_Escape)
    assert blocker.args == ["register", ""]


def test_without_a_weapon_it_goes_back_to_the_list(seat, light, qtbot):
    page = WeaponPage(*seat.made_with)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.go) as blocker:
        page.entered("")
    assert blocker.args == ["register", ""]


def test_a_correction_by_keys_alone_is_shown_and_undone(page, qtbot):
    qtbot.keyClick(page, Key.Key_E, CTRL)
    form = dialog_of(page, qtbot, CorrectionForm)
    form._fields["make"].setFocus()
    form._fields["make"].edit.selectAll()
    qtbot.keyClicks(form._fields["make"].edit, "Tula")
    qtbot.keyClicks(form._reason.field.edit, "read again")
    with qtbot.waitSignal(page.toast) as blocker:
        form.confirm.click()
    _said, _action, undo = blocker.args
    qtbot.waitUntil(lambda: "Tula" in words(page._book))
    undo()
    qtbot.waitUntil(lambda: "Izhmash" in words(page._book))
    page._book.show_view("both")
    assert words(page._book).count("Izhmash") == 2


def test_the_one_button_closes_what_is_open(page, seat, qtbot):
    double = seat.register("KB 4471902", model="AK-74", calibre="7.62x39")
    with qtbot.waitSignal(page._model.shown):
        page.entered(page._model.weapon)
    page._matters._rows.itemAt(0).widget().findChildren(Button)[0].click()
    dialog = dialog_of(page, qtbot, JoiningDialog)
    qtbot.waitUntil(lambda: dialog._hits.count() == 2)
    page._model.ask_other(double)
    qtbot.waitUntil(lambda: dialog.other is not None and dialog.other.life.weapon.id == double)
    qtbot.keyClicks(dialog._reason.field.edit, "both are here")
    dialog._apart.click()
    qtbot.waitUntil(lambda: not any(one.kind == "conflict" for one in page._model.file.matters))


def test_marking_and_reading_back_have_pages_of_their_own(page, qtbot):
    by_closing = {one.closing: one for one in page._model.file.matters}
    weapon = page._model.weapon
    for closing, where in (
        ("mark", ["marking", weapon]), ("read_back", ["entry", f"read_back:{weapon}"]),
    ):  # fmt: skip
        with qtbot.waitSignal(page.go) as blocker:
            page._matters.wanted.emit(by_closing[closing])
        assert blocker.args == where


def test_a_number_outside_its_block_leads_to_its_card(page, qtbot):
    weapon = page._model.weapon
    raised = Conflict(Digest("0" * 64), "mark_outside", (weapon,), ("job", "block"))
    (matter,) = [
        one
        for one in open_matters(page._model.file.life.weapon, (), [raised], "2026-11-29")
        if one.conflict
    ]
    with qtbot.waitSignal(page.go) as blocker:
        page._matters.wanted.emit(matter)
    assert blocker.args == ["conflicts", weapon]


def test_a_photo_is_added_and_shown(page, qtbot):
    page._strip.added.emit((a_picture(),))
    dialog = dialog_of(page, qtbot, PhotoDialog)
    dialog._view.set_value("mark")
    dialog._judge_view()
    dialog._mark.set_value("0")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: len(page._model.file.life.weapon.photos) == 1, timeout=PATIENCE)
    (shown,) = page._model.file.life.weapon.photos
    assert (shown.view, page._last_view) == ("mark", "mark")
    assert page._model.file.life.weapon.marks[0].photo == shown.digest
    page._marks.photo_wanted.emit(shown.digest)
    dialog_of(page, qtbot, PhotoView).close()
    (photo,) = page._model.file.life.weapon.photos
    page._strip.removed.emit(photo.digest, "another weapon")
    qtbot.waitUntil(lambda: page._model.file.life.weapon.photos == ())


@pytest.mark.parametrize(
    "act", ["correct", "marks", "merge", "withdraw", "inspect", "move", "safety", "settle_custody"]
)
def test_every_act_asks_in_a_dialog_that_is_read_whole(page, qtbot, act):
    page._act(act)
    dialog = dialog_of(page, qtbot)
    qtbot.waitUntil(lambda: faults(dialog) == [])  # what it compares is read from the books
    dialog.reject()


def test_a_withdrawn_record_is_put_back_by_its_one_button(page, qtbot):
    page._act("withdraw")
    dialog = dialog_of(page, qtbot)
    dialog._reason.set_text("typed twice")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: page._model.file.life.weapon.status == "withdrawn")
    assert not page._head._correct.isEnabled()
    page._act("reinstate")
    dialog = dialog_of(page, qtbot)
    dialog._reason.set_text("it was right")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: page._model.file.life.weapon.status == "in_store")


def test_a_joined_record_leads_to_the_one_it_went_into(page, weapon, qtbot):
    (twin,) = [one.weapon.id for one in page._model.file.joined]
    with qtbot.waitSignal(page._model.shown):
        page.entered(twin)
    (matter,) = page._model.file.matters
    with qtbot.waitSignal(page._model.shown):
        page._matters.wanted.emit(matter)
    assert page._model.file.life.weapon.id == weapon


def test_where_the_other_record_is_not_known_the_page_says_so_and_stays(page, seat, weapon, qtbot):
    stands = page._model.file.life.weapon
    other = WeaponId(new_id(0, bytes(10)))
    absorbed = WeaponAbsorbed(other, "one rifle, seen elsewhere")
    with qtbot.waitSignal(page._model.shown):
        seat.write(lambda: (seat.by_two([Draft(weapon, absorbed, stands.heads.custody)]), None))
    (matter,) = page._model.file.matters
    page._matters.wanted.emit(matter)
    (notice,) = seat.said
    assert notice.tone == "refused"
    assert registry_number(other) in notice.text
    assert page._model.weapon == weapon


def test_the_dossier_is_printed_by_a_key_and_can_be_opened(page, qtbot):
    with qtbot.waitSignal(page.toast, timeout=PATIENCE) as blocker:
        qtbot.keyClick(page, Key.Key_P, CTRL)
    assert "papers/dossier-" in blocker.args[0]


def test_the_life_is_exported(page, qtbot, tmp_path):
    with qtbot.waitSignal(page.toast):
        page.export_to(str(tmp_path / "weapon.json"))
    assert (tmp_path / "weapon.json").exists()


def test_what_the_role_does_not_include_is_not_offered(page, seat, qtbot):
    seat.sit_down("Auditor", "auditor")
    with qtbot.waitSignal(page._model.shown):
        page.entered(page._model.weapon or page._life._file.life.weapon.id)
    assert not page._head._correct.isEnabled()
    assert not page._marks.change.isEnabled()
    enabled = {one.text() for one in page._head.menu().actions() if one.isEnabled()}
    assert len(enabled) == 2  # the export, and the line between the parts
