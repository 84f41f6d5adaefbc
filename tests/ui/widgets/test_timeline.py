from __future__ import annotations

from ui.theme import Tone
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


def test_other_events_take_the_place_of_the_old(qtbot, light):
    shown = Timeline([FIRST])
    qtbot.addWidget(shown)
    shown.show_events([Event("truck", "Moved")])
    assert shown.layout().count() == 1
