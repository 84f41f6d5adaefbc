"""A weapon comes from another depot with the record that was joined to it: the clerk reads both."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.errors import WeaponUnknown
from stockpile.language import plain
from stockpile.services.people import Founding
from tests.helpers import desktops
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers
from tests.helpers.house import PIN
from tests.helpers.joined import joined
from tests.helpers.neighbours import Depot
from tests.helpers.twins import written_down_twice
from tests.ui.view_models.test_by_itself import SOON, centre
from ui.view_models import by_itself
from ui.widgets.text import Label

__all__ = ["centre"]

Key, Modifier = Qt.Key, Qt.KeyboardModifier
KAMPALA = Founding("UG", "KLA", "Kampala Central", "A. Mbuyi", PIN)


@pytest.fixture
def window(desktop, qtbot, monkeypatch):
    monkeypatch.setattr(by_itself, "Paces", lambda: SOON)
    window = sign_in(desktop, qtbot)
    with qtbot.waitActive(desktop):
        desktop.activateWindow()
    return window


@pytest.fixture
def on_books(desktop):
    return partial(desktops.on_books, desktop.desk)


@pytest.fixture
def fingers(window):
    fingers = Fingers()
    yield fingers
    fingers.rest()


@pytest.fixture
def kampala(tmp_path, centre):
    """Another depot on the line: each of the two is told of its own site."""
    centre.registry.address = centre.url
    house = joined(tmp_path, centre.registry, KAMPALA)
    yield Depot(house, house.second)
    house.stockpile.close()


def test_both_histories_of_a_weapon_that_comes_are_on_its_page(
    desktop, window, centre, kampala, on_books, fingers, qtbot
):
    here = desktop.session.stockpile
    place = on_books(lambda: here.places.named(here.people.site()))
    code = centre.enrolment.make_code(place.name, place.code or place.name)
    sync = window.page("sync").model
    with qtbot.waitSignal(sync.enrolled, timeout=PATIENCE):
        sync.enrol(centre.url, code)
    qtbot.waitUntil(lambda: centre.registry.books.tip(here.keys.node).number > 0)
    kampala.sync()
    kept, other = written_down_twice(kampala, "AK 20471")
    kampala.send([kept], place.id)
    kampala.sync()

    def has_come():
        try:
            return on_books(partial(here.books.weapon, kept)).status == "in_transit"
        except WeaponUnknown:
            return False

    qtbot.waitUntil(has_come, timeout=PATIENCE)  # it hears by itself
    window.open("register")
    register = window.page("register")
    fingers.press(Key.Key_F, Modifier.ControlModifier)
    fingers.type("AK 20471")
    qtbot.waitUntil(lambda: register._found.weapon == kept, timeout=PATIENCE)
    fingers.press(Key.Key_Return)  # from the search into what was found
    fingers.press(Key.Key_Return)
    page = window.page("weapon")
    assert window._stack.currentWidget() is page
    qtbot.waitUntil(lambda: page._model.file is not None, timeout=PATIENCE)
    assert page._model.file.life.weapon.id == kept
    (beneath,) = page._model.file.joined
    said = [plain(one.text()) for one in page.findChildren(Label) if one.isVisibleTo(page)]
    heading = said.index(f"Joined record {beneath.row.number}")
    assert "Joined to another record of the same weapon: one rifle, listed twice" in said[heading:]
    assert "Record corrected: read anew" in said[heading:]
    assert beneath.weapon.id == other
