from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.typed_offers import TypedOffer

pytestmark = pytest.mark.usefixtures("light")

MODELS = (
    TypedOffer("taurus:pt-92", "PT 92", "Taurus · 9×19 mm"),
    TypedOffer("taurus:pt-99", "PT 99", "Taurus · 9×19 mm"),
    TypedOffer("zastava:m70", "M70"),
)


def source(typed):
    return [one for one in MODELS if one.text.casefold().startswith(typed.casefold()) and typed]


@pytest.fixture
def field(qtbot):
    made = ChoiceField("Model", [Choice("akm", "AKM")], free=True)
    made.offer_from(source)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.box.lineEdit().setFocus()
    return made


def press(qtbot, field, key):
    """Press a key where the keyboard is: in the list while it is shown."""
    target = QApplication.activePopupWidget() or field.box.lineEdit()
    qtbot.keyClick(target, key)


def test_typing_offers_and_an_arrow_and_enter_take_one(qtbot, field):
    gone_on = []
    field.box.lineEdit().returnPressed.connect(lambda: gone_on.append(field.value()))
    qtbot.keyClicks(field.box.lineEdit(), "pt")
    assert [one.text for one in field.offers.offers] == ["PT 92", "PT 99"]
    press(qtbot, field, Qt.Key.Key_Down)
    press(qtbot, field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.taken) as told:
        press(qtbot, field, Qt.Key.Key_Return)
    assert told.args == ["taurus:pt-99"]
    assert (field.value(), field.offers.offers, gone_on) == ("PT 99", (), [])
    press(qtbot, field, Qt.Key.Key_Return)
    assert set(gone_on) == {"PT 99"}  # the box tells its line twice


def test_enter_without_an_arrow_keeps_what_is_typed(qtbot, field):
    taken, gone_on = [], []
    field.taken.connect(taken.append)
    field.box.lineEdit().returnPressed.connect(lambda: gone_on.append(field.value()))
    qtbot.keyClicks(field.box.lineEdit(), "pt 9")
    press(qtbot, field, Qt.Key.Key_Return)
    assert (field.value(), taken, gone_on) == ("pt 9", [], ["pt 9"])
    assert field.offers.offers == ()


def test_typing_goes_on_while_offers_are_shown(qtbot, field):
    for letter in "pt 99":
        qtbot.keyClicks(QApplication.activePopupWidget() or field.box.lineEdit(), letter)
    assert field.value() == "pt 99"
    assert [one.key for one in field.offers.offers] == ["taurus:pt-99"]


def test_escape_takes_the_list_away_and_keeps_the_text(qtbot, field):
    qtbot.keyClicks(field.box.lineEdit(), "pt")
    press(qtbot, field, Qt.Key.Key_Escape)
    assert (field.value(), field.offers.offers) == ("pt", ())


def test_a_click_takes_an_offer(qtbot, field):
    qtbot.keyClicks(field.box.lineEdit(), "pt")
    listed = field.offers.popup()
    place = listed.visualRect(listed.model().index(0, 0)).center()
    with qtbot.waitSignal(field.taken) as told:
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["taurus:pt-92"]
    assert field.value() == "PT 92"


def test_the_text_itself_is_no_offer(qtbot, field):
    qtbot.keyClicks(field.box.lineEdit(), "m70")
    assert field.offers.offers == ()


def test_a_value_set_by_the_program_offers_nothing(field):
    field.set_value("pt")
    assert field.offers.offers == ()


def test_offers_are_read_out_whole(qtbot, field):
    qtbot.keyClicks(field.box.lineEdit(), "pt 92")
    item = field.offers.model().index(0, 0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "PT 92, Taurus · 9×19 mm"
