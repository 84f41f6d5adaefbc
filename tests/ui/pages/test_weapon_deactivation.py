"""The form of a deactivation on a weapon's page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain import deactivating
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import WeaponDeactivated
from tests.helpers.builders import a_weapon
from tests.helpers.readable import faults, tongue
from ui.pages.weapon_deactivation import DeactivateForm

__all__ = ["tongue"]


@pytest.fixture
def parent(light, qtbot):
    window = QWidget()
    window.resize(1024, 640)
    qtbot.addWidget(window)
    return window


def fill(form):
    form.authority.set_text("Proof House")
    form.method.set_text("welded")
    form.mark.set_text("UG PH 26")
    form.components.set_value("barrel,bolt")
    form._judge()


def test_what_a_certificate_needs_is_asked_before_it_is_written(parent, qtbot):
    form = DeactivateForm(a_weapon(), parent)
    assert not form.confirm.isEnabled()
    fill(form)
    assert form.confirm.isEnabled()
    with qtbot.waitSignal(form.decided) as told:
        form.accept()
    said, again = told.args
    assert (said.components, said.mark, again) == (("barrel", "bolt"), "UG PH 26", False)
    form.show_error(FieldUnreadable("deactivated_on", "soon"))
    assert form.on.message
    form.close_decided()


def test_a_second_certificate_says_that_it_takes_the_first_ones_place(parent, qtbot, tongue):
    said = WeaponDeactivated("C", "welded", "Proof House", "2026-01-01", "", ("barrel",), "UG")
    weapon = a_weapon(lambda it: deactivating.deactivate(it, said))
    form = DeactivateForm(weapon, parent)
    form.show()
    assert faults(form) == []
    fill(form)
    with qtbot.waitSignal(form.decided) as told:
        form.accept()
    assert told.args[1]
    form.close_decided()
