"""The alarm of the hot list in words: a certain one, and one that has to be compared."""

from __future__ import annotations

from ui.pages.alarms import alarm_result
from ui.view_models.alarms import Alarm
from ui.widgets.scan_result import Outcome


def test_a_certain_alarm_and_a_possible_one_say_different_things(light):
    certain, possible = (alarm_result(Alarm("KB 1", one)) for one in (True, False))
    assert certain.outcome is possible.outcome is Outcome.ALARM
    assert certain.title != possible.title
    assert certain.identifier == possible.identifier == "KB 1"
    assert [one.keys for one in certain.answers] == ["F12"]
