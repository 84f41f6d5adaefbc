"""The alarm that stands above every page: what was read, what it means, what to do."""

from __future__ import annotations

from stockpile.language import _
from ui.view_models.alarms import Alarm
from ui.widgets.scan_result import Answer, Outcome, Result


def alarm_result(alarm: Alarm) -> Result:
    """Return the alarm for the banner; it stays until somebody says that they have read it."""
    answer = Answer("read", _("I have read this"), "check", "F12")
    words = hot_words(alarm.text, is_certain=alarm.is_certain)
    return Result(Outcome.ALARM, *words, (answer,))


def hot_words(text: str, *, is_certain: bool) -> tuple[str, str, str]:
    """Return the title, what was read, and what to do with what is on the list."""
    if is_certain:
        return (
            _("On the list of lost and stolen weapons"),
            text,
            _("Another depot lost it. Keep it here, hand it to nobody, tell the registrar."),
        )
    return (
        _("A serial like this is on the list of lost weapons"),
        text,
        _("Keep it here and tell the registrar: they compare make, model and marks."),
    )
