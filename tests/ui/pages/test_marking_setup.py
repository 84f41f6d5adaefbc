"""What a machine is used for is chosen, and what an order says is not changed here."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a dialog stands over one

from stockpile.domain.facts import MachineSet, SchemeSet, SchemeWord
from stockpile.domain.values import SchemeId
from tests.helpers.readable import displayed, faults
from ui.pages.marking_setup import Chosen, SetupDialog
from ui.view_models.marking_setup import Setup

IMPORT, FORCE = SchemeId("IMPORT"), SchemeId("FORCE")
MACHINES = (MachineSet("Bench 1", "tl07", ""), MachineSet("Bench 2", "tl07", ""))
SCHEMES = (
    (IMPORT, SchemeSet("Import mark", "{iso2} {yy} {seq}")),
    (
        FORCE,
        SchemeSet(
            "Force stock",
            "{force} {seq}",
            words=(SchemeWord("force", "POL", "Police"), SchemeWord("force", "UPDF")),
        ),
    ),
)
NOW = Chosen("Bench 1", Setup(IMPORT), "")


def asked(qtbot, now=NOW, **how):
    under = displayed(QWidget(), qtbot, 900, 700)
    dialog = SetupDialog(MACHINES, SCHEMES, now, under, **how)
    dialog.open()
    return dialog


def decided(dialog, qtbot):
    with qtbot.waitSignal(dialog.decided) as said:
        dialog.confirm.click()
    return said.args[0]


def test_what_stands_is_kept(light, qtbot):
    now = Chosen("Bench 2", Setup(FORCE, (("force", "POL"),), "barrel", "left", "import"), "F13")
    dialog = asked(qtbot, now)
    assert decided(dialog, qtbot) == now


def test_a_word_of_the_scheme_is_chosen_where_there_are_several(light, qtbot):
    dialog = asked(qtbot)
    assert dialog.words == {}
    dialog.scheme.set_value(FORCE)
    dialog.words["force"].set_value("POL")
    dialog.purpose.set_value("state_stock")
    dialog.pedal.set_value("PgDown")
    said = decided(dialog, qtbot)
    assert said.setup == Setup(FORCE, (("force", "POL"),), reason="state_stock")
    assert said.pedal == "PgDown"


def test_what_an_order_says_is_not_changed_here(light, qtbot):
    dialog = asked(qtbot, ordered=True)
    assert not dialog.scheme.isEnabled()
    assert not dialog.purpose.isEnabled()
    dialog.position.set_value("right")
    assert decided(dialog, qtbot).setup == Setup(IMPORT, position="right")


def test_without_a_machine_nothing_is_set_up(light, qtbot):
    dialog = asked(qtbot, Chosen("", Setup(IMPORT), ""))
    assert not dialog.confirm.isEnabled()
    dialog.machine.set_value("Bench 2")
    assert dialog.confirm.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("scheme", [IMPORT, FORCE])
def test_everybody_can_use_it(tongue, qtbot, scheme):
    dialog = asked(qtbot, Chosen("Bench 1", Setup(scheme), ""))
    assert faults(dialog) == []
    dialog.reject()
