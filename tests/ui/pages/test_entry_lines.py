"""Lines of serials as the table shows them."""

from __future__ import annotations

import pytest

from stockpile.services.judging import Judged
from stockpile.services.ports import Hit, RegisterRow
from ui.pages.entry_lines import Shown, columns
from ui.theme import Tone


def hit(status="in_store"):
    row = RegisterRow(
        "w1", "N", "KB10", "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable", status,
        "Rack 01", "", 0,
    )  # fmt: skip
    return Hit(row, 1.0, "serial_looks_alike")


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize(
    ("shown", "verdict", "tone", "compare"),
    [
        (Shown(0, Judged("KB1", "new")), "New", Tone.OK, ""),
        (Shown(0, Judged("KB1O", "look_alike", (hit(),))), "Looks alike", Tone.WARN, "KB10"),
        (Shown(0, Judged("KB10", "on_record", (hit("lost"),))), "Reported lost", Tone.BAD, "AKM"),
        (Shown(3, Judged("KB1", "twice", (), 0)), "Twice in the list", Tone.WARN, "Line"),
        (Shown(0, Judged("KB1", "new"), "saved"), "Saved", Tone.OK, ""),
        (Shown(0, Judged("RASPADA", "removed")), "Number removed", Tone.VIOLET, ""),
    ],
)
def test_each_line_has_its_verdict_in_words_and_tone(shown, verdict, tone, compare):
    number, serial, said, beside = columns()
    assert number.value(shown) == str(shown.number + 1)
    assert serial.value(shown) == shown.line.text
    assert (said.value(shown), said.tone(shown)) == (verdict, tone)
    assert compare in beside.value(shown)
