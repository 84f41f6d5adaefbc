"""What is said across the station: in time, with what to do, and only while it is so."""

from __future__ import annotations

from stockpile.domain.errors import PortLost
from stockpile.language import plain
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.marking_banners import LowNumbers, Unheard, no_right, waiting

__all__ = ["tongue"]

WIDE, HIGH = 600, 130


def test_few_numbers_are_counted(light, qtbot):
    banner = LowNumbers()
    displayed(banner, qtbot, WIDE, HIGH)
    banner.say_left(1)
    assert "Only 1 marking number is left" in plain(banner.accessibleName())
    assert faults(banner) == []


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
    for made in (no_right(), waiting(), Unheard()):
        displayed(made, qtbot, WIDE, 400)
        assert faults(made) == []
