"""A weapon's page in the real window, by keys alone: opened, corrected, undone, left again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.helpers.desktops import PATIENCE, sign_in
from ui.pages.weapon_correction import CorrectionForm

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_weapon_is_opened_corrected_and_taken_back_without_the_mouse(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    with qtbot.waitActive(desktop):
        desktop.activateWindow()
    register = window.page("register")
    window.open("register")
    qtbot.waitUntil(lambda: register._table.weapon != "", timeout=PATIENCE)
    qtbot.keyClick(register._table, Key.Key_Return)
    page = window.page("weapon")
    assert window._stack.currentWidget() is page
    assert desktop.session.settings.page == "register"  # no program begins with one weapon
    qtbot.waitUntil(lambda: page._model.file is not None, timeout=PATIENCE)
    make = page._model.file.life.weapon.make
    correct(page, qtbot, "Tula arms works", "seen under the paint")
    qtbot.waitUntil(lambda: page._model.file.life.weapon.make == "Tula arms works")
    assert window._toast.isVisible()
    with qtbot.waitActive(desktop):  # as a window manager does when a dialog has gone
        desktop.activateWindow()
    qtbot.keyClick(page, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: page._model.file.life.weapon.make == make)
    qtbot.keyClick(page, Key.Key_Escape)
    assert window._stack.currentWidget() is register
    kinds = [type(one.body).__name__ for one in page._model.file.life.facts]
    assert kinds[-2:] == ["WeaponCorrected", "WeaponCorrected"]  # nobody edits history


def test_the_palette_leads_to_the_page(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    register = window.page("register")
    window.open("register")
    qtbot.waitUntil(lambda: register._table.weapon != "", timeout=PATIENCE)
    window._go_to(f"weapon:{register._table.weapon}")
    page = window.page("weapon")
    qtbot.waitUntil(lambda: page._model.file is not None, timeout=PATIENCE)
    assert page._model.file.life.weapon.id == register._table.weapon


def correct(page, qtbot, make, reason):
    """Correct the make by keys: Ctrl+E, the fields by Tab, the reason, and the button."""
    qtbot.keyClick(page, Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: len(forms(page)) == 1)
    (form,) = forms(page)
    for name, text in (("make", make), ("", reason)):
        edit = form._fields[name].edit if name else form._reason.field.edit
        step_to(form, edit, qtbot)
        edit.selectAll()
        qtbot.keyClicks(edit, text)
    step_to(form, form.confirm, qtbot)
    qtbot.keyClick(form.confirm, Key.Key_Space)
    qtbot.waitUntil(lambda: forms(page) == [])


def forms(page):
    return [one for one in page.findChildren(CorrectionForm) if one.isVisible()]


def step_to(form, control, qtbot):
    """Press Tab until the cursor is there."""
    seen = []
    for _step in range(60):
        if form.focusWidget() is control:
            return
        seen.append(form.focusWidget())
        qtbot.keyClick(form.focusWidget() or form, Key.Key_Tab)
    raise AssertionError([one.accessibleName() for one in seen[:30]])
