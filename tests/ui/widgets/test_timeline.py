from __future__ import annotations

from ui.theme import Tone
from ui.widgets.picture import Picture
from ui.widgets.text import Label
from ui.widgets.timeline import Event, Timeline

FIRST = Event("stamp", "Marked and verified", "A. Mbuyi · 09:41", Tone.OK)


def test_events_are_read_whole(qtbot, light):
    shown = Timeline([FIRST, Event("map-pin", "Collected")])
    qtbot.addWidget(shown)
    rows = [shown.layout().itemAt(at).widget() for at in range(shown.layout().count())]
    names = [row.accessibleName() for row in rows]
    assert names[0] == "Marked and verified. A. Mbuyi · 09:41"
    assert len(rows[1].findChildren(Label)) == 1


def test_a_warning_is_a_sign_and_words_and_is_read_aloud(qtbot, light):
    warned = Event("map-pin", "Collected", "A. Mbuyi", warning="Its clock is in doubt.")
    shown = Timeline([warned])
    qtbot.addWidget(shown)
    row = shown.layout().itemAt(0).widget()
    assert row.accessibleName() == "Collected. A. Mbuyi. Its clock is in doubt"
    assert [one.text() for one in row.findChildren(Label)][-1] == "Its clock is in doubt."
    assert len(row.findChildren(Picture)) == 1


def test_other_events_take_the_place_of_the_old(qtbot, light):
    shown = Timeline([FIRST])
    qtbot.addWidget(shown)
    shown.show_events([Event("truck", "Moved")])
    assert shown.layout().count() == 1
