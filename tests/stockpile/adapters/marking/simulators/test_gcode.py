from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.simulators import gcode
from stockpile.adapters.marking.simulators.gcode import GcodeError, Words, words_of


def test_a_line_is_read_word_by_word():
    assert words_of("G21G90G94G17G54") == Words(units=21, distance=90)
    assert words_of("G1X1.250Y-3Z.5F300") == Words(
        motion=1, axes={"X": 1.25, "Y": -3.0, "Z": 0.5}, values={"F": 300.0}
    )
    assert words_of("G4P0.01") == Words(dwell=True, values={"P": 0.01})
    assert words_of("M3S500") == Words(spindle=3, values={"S": 500.0})
    assert words_of("M2") == words_of("M30") == Words(ends=True)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1X", gcode.EXPECTED_LETTER),
        ("G1X", gcode.BAD_NUMBER),
        ("G1X1.2.3", gcode.BAD_NUMBER),
        ("G2X1", gcode.UNSUPPORTED),
        ("G1.5", gcode.UNSUPPORTED),
        ("M8", gcode.UNSUPPORTED),
        ("T1", gcode.UNSUPPORTED),
        ("G0G1X1", gcode.SAME_GROUP),
    ],
)
def test_what_the_controller_does_not_know_has_a_number(line: str, number: int):
    with pytest.raises(GcodeError) as refused:
        words_of(line)
    assert refused.value.number == number


@given(st.text(alphabet="GMXYZFSP0123456789.-+", max_size=30))
def test_nothing_on_a_line_breaks_the_reader(line: str):
    try:
        words_of(line)
    except GcodeError as error:
        assert error.number  # noqa: PT017 - a line may be read or refused
