"""What is said across the station: in time, with what to do, and only while it is so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget  # noqa: TID251 — a head stands above

from stockpile.domain.errors import PortLost
from stockpile.language import plain
from stockpile.services.scanning import Scanned
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.marking_banners import (
    STEPS,
    LowNumbers,
    NoMachine,
    Unheard,
    WrongLabel,
    key_hints,
    no_right,
    waiting,
)
from ui.view_models.marking_state import Stage

__all__ = ["tongue"]

WIDE, HIGH = 600, 130


def test_few_numbers_are_counted(light, qtbot):
    banner = LowNumbers()
    displayed(banner, qtbot, WIDE, HIGH)
    banner.say_left(1)
    assert "Only 1 marking number is left" in plain(banner.accessibleName())
    assert faults(banner) == []


def test_a_wrong_label_is_said_with_what_to_do(tongue, qtbot):
    banner = WrongLabel()
    displayed(banner, qtbot, WIDE, HIGH)
    for label in ("void", "foreign"):
        banner.show_label(Scanned("weapon", "K5RET0H2MCPZ0", label=label, replaced=1))
        assert banner.isVisible()
        assert faults(banner) == []
    banner.show_label(None)
    assert not banner.isVisible()


def test_a_scanner_that_is_not_heard_is_said_with_its_port_until_it_is(light, qtbot):
    banner = Unheard()
    banner.show_error(None)
    assert not banner.isVisible()
    displayed(banner, qtbot, WIDE, HIGH)
    banner.show_error(PortLost("COM4", "unplugged"))
    assert "COM4 broke (unplugged)" in plain(banner.accessibleName())
    assert faults(banner) == []
    banner.show_error(None)
    assert not banner.isVisible()


def test_the_rest_has_words_too(tongue, qtbot):
    for made in (no_right(), waiting(), Unheard(), NoMachine(QWidget())):
        displayed(made, qtbot, WIDE, 400)
        assert faults(made) == []


def test_every_stage_belongs_to_a_step():
    assert set(STEPS) == set(Stage)


def test_the_keys_at_the_foot_are_whole(tongue, qtbot):
    hints = key_hints()
    displayed(hints, qtbot, 790, 40)
    assert faults(hints) == []
