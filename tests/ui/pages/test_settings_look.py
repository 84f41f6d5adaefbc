"""Colours, language, sounds and label stock of this machine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.language import LANGUAGES, plain, use_language
from stockpile.settings import Settings
from tests.helpers.readable import displayed, faults
from ui.pages.settings_look import LookSection
from ui.theme import Mode
from ui.view_models.settings import SettingsModel, SetUp

Key = Qt.Key
NARROW = 520  # pixels: what the smallest window leaves for a section


def shown(seat, theme, qtbot):
    model = SettingsModel(*seat.made_with)
    section = LookSection(model, theme)
    section.model = model
    with qtbot.waitSignal(model.came):
        model.start()
    displayed(section, qtbot, NARROW, 700)
    return section


@pytest.fixture
def look(seat, light, qtbot):
    yield shown(seat, light, qtbot)
    light.use(Mode.LIGHT)


def choose(qtbot, field, text):
    line = field.box.lineEdit()
    field.box.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Key.Key_Return)


def click(qtbot, field, text):
    """Open the list and press a line of it."""
    box = field.box
    box.showPopup()
    index = box.model().index(box.findText(text), 0)
    box.view().scrollTo(index)
    place = box.view().visualRect(index).center()
    qtbot.mouseMove(box.view().viewport(), place)
    qtbot.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=place)


def texts(field):
    return [field.box.itemText(at) for at in range(field.box.count())]


def test_what_is_set_is_shown(look, seat):
    assert look.theme.value() == "light"
    assert look.language.value() == "system"
    assert look.stock.value() == seat.stockpile.papers.stocks()[0]


def test_every_language_is_offered_by_its_own_name(look):
    assert len(texts(look.language)) == len(LANGUAGES) + 1
    for name in LANGUAGES.values():
        assert any(name in one for one in texts(look.language))


@pytest.mark.parametrize("by", [choose, click])
def test_the_colours_change_at_once_and_are_remembered(look, light, seat, qtbot, by):
    by(qtbot, look.theme, "Dark")
    assert light.is_dark
    assert Settings.read(seat.stockpile.home).theme == "dark"


def test_a_language_is_remembered_and_the_system_s_again(look, seat, qtbot):
    choose(qtbot, look.language, "English")
    assert Settings.read(seat.stockpile.home).language == "en"
    assert "next start" in look.language.message
    choose(qtbot, look.language, "As the system")
    assert Settings.read(seat.stockpile.home).language == ""


def test_a_label_stock_is_remembered(look, seat, qtbot):
    click(qtbot, look.stock, texts(look.stock)[-1])
    kept = Settings.read(seat.stockpile.home).stock
    assert kept == look.stock.value() == "trigger-guard-100x18"
    choose(qtbot, look.stock, "A4, 3 x 7, 63.5 x 38.1 mm")
    assert Settings.read(seat.stockpile.home).stock == "l7160"


def test_a_stock_is_called_as_people_see_it_and_only_those_for_weapons_are_offered(look):
    offered = [plain(one) for one in texts(look.stock)]
    assert "A4, 3 x 7, 63.5 x 38.1 mm" in offered
    assert not [one for one in offered if "Rack" in one or "l7160" in one]


def test_scans_are_silent_when_somebody_wants_it(look, seat, qtbot):
    assert look.sounds.value() == "on"
    choose(qtbot, look.sounds, "Off")
    assert Settings.read(seat.stockpile.home).sounds == "off"


def test_the_digits_of_papers_are_chosen_and_left_to_the_language_again(look, seat, qtbot):
    assert look.digits.value() == "language"
    click(qtbot, look.digits, texts(look.digits)[2])
    assert Settings.read(seat.stockpile.home).digits == "arabic"
    click(qtbot, look.digits, texts(look.digits)[0])
    assert Settings.read(seat.stockpile.home).digits == ""


def test_the_size_of_papers_is_chosen(look, seat, qtbot):
    assert look.paper.value() == "A4"
    click(qtbot, look.paper, texts(look.paper)[1])
    assert Settings.read(seat.stockpile.home).paper == "Letter"


def test_words_that_name_nothing_change_nothing(look, light, seat, qtbot):
    before = seat.session.settings
    for field in (look.theme, look.language, look.digits, look.paper, look.sounds, look.stock):
        choose(qtbot, field, "zzz")
    assert not light.is_dark
    assert seat.session.settings == before


def test_a_stock_that_is_no_longer_there_gives_way_to_the_usual_one(look, seat):
    look.model.remember("stock", "gone-9")
    offered = seat.stockpile.label_layouts.faces()[3:5]
    look.model.came.emit(SetUp(stocks=offered))
    assert look.stock.value() == offered[0].name
    look.model.came.emit(SetUp())
    assert look.stock.value() == ""


@pytest.mark.parametrize("longest", ["pt", "ru"])
def test_the_longest_translations_fit(seat, light, qtbot, longest):
    use_language(longest)
    assert faults(shown(seat, light, qtbot)) == []


def test_everybody_can_use_it(seat, light, tongue, qtbot):
    section = shown(seat, light, qtbot)
    assert faults(section) == []
    section.language.box.activated.emit(0)
    assert section.language.message
    assert faults(section) == []
