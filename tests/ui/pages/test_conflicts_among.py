"""Class, site and weapon narrow the contradictions; everything is one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.helpers.readable import displayed, faults
from ui.pages.conflicts_among import AmongRow
from ui.view_models.conflicts_among import Among

SITES = (("a" * 16, "Kampala Central"), ("b" * 16, "Gulu"))


def told(row):
    heard = []
    row.narrowed.connect(heard.append)
    return heard


def test_a_choice_narrows_at_once_and_a_weapon_with_enter(light, qtbot):
    row = AmongRow()
    displayed(row, qtbot, 1000, 90)
    row.show_sites(SITES)
    heard = told(row)
    row.kind.set_value("custody_fork")
    assert heard[-1] == Among("custody_fork")
    row.site.set_value(SITES[1][0])
    assert heard[-1] == Among("custody_fork", SITES[1][0])
    qtbot.keyClicks(row.weapon.edit, " KB1 ")
    assert len(heard) == 2
    qtbot.keyClick(row.weapon.edit, Qt.Key.Key_Return)
    assert heard[-1] == Among("custody_fork", SITES[1][0], "KB1")
    assert row.all.isEnabled()
    qtbot.mouseClick(row.all, Qt.MouseButton.LeftButton)
    assert heard[3:] == [Among()]
    assert not row.all.isEnabled()


def test_a_remembered_site_stands_there_once_the_sites_are_known(light, qtbot):
    row = AmongRow()
    displayed(row, qtbot, 1000, 90)
    heard = told(row)
    row.show_among(Among("", SITES[0][0]))
    row.kind.set_value("mark_doubled")
    assert heard == [Among("mark_doubled", SITES[0][0])]  # not lost while no site is known
    row.show_sites(SITES)
    assert row.site.value() == SITES[0][0]
    assert len(heard) == 1


def test_one_site_alone_is_no_choice(light, qtbot):
    row = AmongRow()
    displayed(row, qtbot, 1000, 90)
    row.show_sites(SITES[:1])
    assert not row.site.isVisible()
    row.show_sites(SITES)
    assert row.site.isVisible()


def test_everybody_can_use_it(tongue, qtbot):
    row = AmongRow()
    displayed(row, qtbot, 780, 110)
    row.show_sites(SITES)
    row.show_unknown("No weapon is known by it.")
    assert faults(row) == []
