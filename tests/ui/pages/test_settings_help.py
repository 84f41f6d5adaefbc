"""The keys, what was said lately, and what this program is."""

from __future__ import annotations

from typing import get_args

import pytest

import stockpile
from stockpile.domain.errors import ChainForked, PortMissing, WrongPin
from stockpile.language import plain
from tests.helpers.readable import bare, displayed, faults
from ui.notices import Tone as NoticeTone
from ui.pages.settings_help import _LOOKS, AboutSection, HelpSection, NoticesSection, _help
from ui.theme import pixmap
from ui.view_models.settings import SettingsModel
from ui.widgets.keycap import Shortcut
from ui.widgets.text import Label

NARROW = 520  # pixels: what the smallest window leaves for a section


@pytest.fixture
def model(seat):
    return SettingsModel(*seat.made_with)


def words(section):
    return [plain(one.text()) for one in section.findChildren(Label) if one.isVisible()]


def rows(section):
    inner = section._said.layout()
    return [inner.itemAt(at).widget().accessibleName() for at in range(inner.count())]


def about(model, qtbot, *, width=NARROW):
    section = AboutSection(model)
    with qtbot.waitSignal(model.came):
        model.start()
    displayed(section, qtbot, width, 600)
    return section


def test_every_key_stands_with_its_meaning_under_its_page(light, qtbot):
    section = HelpSection()
    displayed(section, qtbot, NARROW, 1200)
    keys = [pair for _title, pairs in _help() for pair in pairs]
    assert len(section.findChildren(Shortcut)) == len(keys)
    for title, pairs in _help():
        assert title in words(section)
        assert {meaning for _keys, meaning in pairs} <= set(words(section))


def test_no_page_gives_two_meanings_to_a_key():
    for title, pairs in _help():
        keys = [key for key, _meaning in pairs]
        assert len(set(keys)) == len(keys), title


def test_before_anything_was_said_that_is_said(model, qtbot):
    section = NoticesSection(model)
    displayed(section, qtbot, NARROW, 400)
    assert section._none.isVisible()
    assert rows(section) == []


def test_what_was_said_stands_newest_first(model, seat, qtbot):
    section = NoticesSection(model)
    displayed(section, qtbot, NARROW, 400)
    seat.notices.good("Weapon saved")
    seat.notices.trouble(WrongPin("A. Mbuyi"))
    seat.notices.trouble(ChainForked("n1", 7))
    assert not section._none.isVisible()
    damage, refused, good = rows(section)
    assert good.startswith("Weapon saved")
    assert "A. Mbuyi" in refused
    assert "7" in damage


def test_what_was_said_before_the_page_was_opened_is_there(model, seat, qtbot):
    seat.notices.good("Weapon saved")
    section = NoticesSection(model)
    qtbot.addWidget(section)
    assert len(rows(section)) == 1


@pytest.mark.parametrize("tone", get_args(NoticeTone))
def test_every_sort_of_notice_is_drawn(tone, qapp):
    icon, _tone = _LOOKS[tone]
    assert not pixmap(icon, "#000000").isNull()


def test_the_program_says_its_version_and_where_the_record_lies(model, seat, qtbot):
    section = about(model, qtbot)
    names = [one.accessibleName() for one in section._details.findChildren(Label)]
    assert f"Version: {stockpile.__version__}" in names
    assert f"Folder of the record: {seat.stockpile.home}" in names
    assert any("Apache" in one for one in words(section))


def test_everybody_can_read_the_keys(tongue, qtbot):
    section = HelpSection()
    displayed(section, qtbot, NARROW, 2000)
    assert faults(section) == []


def test_everybody_can_read_the_notices(seat, tongue, qtbot):
    model = SettingsModel(*seat.made_with)
    seat.notices.trouble(WrongPin("A. Mbuyi"))
    seat.notices.trouble(PortMissing("socket://10.0.0.7:4001", "refused"))
    section = NoticesSection(model)
    displayed(section, qtbot, NARROW, 600)
    assert faults(section) == []
    assert bare(section, "A. Mbuyi", "socket://10.0.0.7:4001") == []


def test_everybody_can_read_what_the_program_is(model, seat, tongue, qtbot):
    section = about(model, qtbot)
    assert faults(section) == []
    assert bare(section, str(seat.stockpile.home), stockpile.__version__) == []
