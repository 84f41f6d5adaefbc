"""The section of schemes: an example in sight, fields that say what is wrong, numbers left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.language import plain
from tests.helpers.builders import YEAR
from tests.helpers.readable import displayed, faults, tongue
from tests.helpers.registries import answering, open_registry
from ui.pages.settings_schemes import SchemesSection
from ui.view_models.schemes import SchemesModel
from ui.widgets.arrange import boxed, column, scrolled

__all__ = ["tongue"]

NARROW = 700
"""Pixels: what the smallest window leaves for a section."""


@pytest.fixture
def section(seat, qtbot):
    return shown(seat, qtbot)


def shown(seat, qtbot, height=1500):
    model = SchemesModel(*seat.made_with)
    made = SchemesSection(model)
    made.model = model
    made.page = boxed(column(made.board, scrolled(made)))
    displayed(made.page, qtbot, NARROW, height)
    with qtbot.waitSignal(model.came):
        model.start()
    qtbot.waitUntil(lambda: made.board.preview.laid_out is not None)
    return made


def type_into(qtbot, edit, text):
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def test_the_usual_scheme_is_in_hand_with_its_example_and_its_numbers(section):
    assert section.board.scheme.value() == MOSAIC_IMPORT
    assert plain(section.board.text.text()) == f"UG {YEAR} 000001"
    assert plain(section.board.left.text) == "10,000 numbers left"
    assert not section.board.ask.isEnabled()
    assert section.form.pattern.text() == "{iso2} {yy} {seq}"
    assert not section.form.is_changed


def test_a_national_scheme_is_made_by_keyboard_with_a_live_example(section, qtbot):
    board, form = section.board, section.form
    with qtbot.waitActive(section.page):
        section.page.activateWindow()
    qtbot.keyClick(board.new, Qt.Key.Key_Space)
    assert form.id.isVisible()
    assert not board.left.isVisible()
    type_into(qtbot, form.id.edit, "ug_state")
    type_into(qtbot, form.name.edit, "Uganda, police")
    type_into(qtbot, form.pattern.edit, "{iso2}")
    form.part.set_value("force")
    form.part.set_value("seq")
    assert form.pattern.text() == "{iso2} {force} {seq}"
    qtbot.keyClick(form.words.add, Qt.Key.Key_Space)
    (word,) = form.words.lines
    word.part.set_value("force")
    type_into(qtbot, word.text.edit, "POL")
    qtbot.waitUntil(lambda: plain(board.text.text()) == "UG POL 000001")
    with qtbot.waitSignal(section.model.kept):
        qtbot.keyClick(form.keep, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: board.scheme.value() == "UG_STATE")
    assert "Version 1" in plain(board.about)
    assert form.said == "Saved."
    assert not form.id.isVisible()
    assert plain(board.left.text) == "0 numbers left"


@pytest.mark.parametrize(
    ("field", "text"),
    [("pattern", "{iso4} {seq}"), ("digits", "x"), ("least_height", ""), ("country", "Uganda")],
)
def test_what_is_wrong_is_said_at_its_field_and_no_example_stands(section, qtbot, field, text):
    edit = getattr(section.form, field).edit
    type_into(qtbot, edit, text)
    if not text:
        qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: bool(getattr(section.form, field).message))
    assert section.board.preview.laid_out is None
    type_into(qtbot, edit, {"pattern": "{seq}", "digits": "4", "country": "UG"}.get(field, "2"))
    qtbot.waitUntil(lambda: section.board.preview.laid_out is not None)
    assert not getattr(section.form, field).message


def test_a_sign_is_drawn_as_rows_of_dots_only_where_the_pattern_has_it(section, qtbot):
    star = section.form.signs["star"]
    assert not star.isVisible()
    section._choose("RECSA_STATE")
    assert star.isVisible()
    assert "#######" in star.text()
    qtbot.waitUntil(lambda: "★" in section.board.text.text())
    star.set_text("##\n#")
    qtbot.waitUntil(lambda: bool(section.form.pattern.message))


def test_a_scheme_without_numbers_says_so(section, qtbot):
    section._choose("CA_IMPORT")
    assert plain(section.board.left.text) == "Draws no number"
    assert not section.board.ask.isVisible()
    qtbot.waitUntil(lambda: plain(section.board.text.text()) == f"CA {YEAR}")


def test_words_are_taken_away_again(section, qtbot):
    section._choose("RECSA_STATE")
    words = section.form.words
    assert len(words.lines) == 2
    qtbot.mouseClick(words.lines[0].remove, Qt.MouseButton.LeftButton)
    assert words.words() == (("force", "", "No force code"),)
    qtbot.waitUntil(lambda: plain(section.board.text.text()) == "★ UG 000001")


def test_numbers_are_asked_for_at_the_registry(seat, qtbot, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    with answering(registry.books) as url:
        code = registry.enrolment.make_code("Kampala")
        by = seat.session.officer
        seat.on_books(lambda: seat.stockpile.exchange.enrol(url, code, "Kampala", by=by))
        section = shown(seat, qtbot)
        with qtbot.waitActive(section.page):
            section.page.activateWindow()
        with qtbot.waitSignal(section.model.asked, timeout=20_000):
            qtbot.keyClick(section.board.ask, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: plain(section.board.left.text) == "1,000 numbers left")
        assert "counted" in section.board.said
        assert section.board.ask.isEnabled()
    registry.database.close()


def test_it_is_readable_in_every_tongue(tongue, seat, qtbot):
    section = shown(seat, qtbot, 2000)
    section._choose("RECSA_STATE")
    qtbot.waitUntil(lambda: "★" in section.board.text.text())
    assert faults(section.page) == []
