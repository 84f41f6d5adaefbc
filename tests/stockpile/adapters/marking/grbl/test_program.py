from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.grbl import words
from stockpile.adapters.marking.grbl.program import (
    FARTHEST,
    Program,
    Step,
    Tool,
    program_of,
    tool_of,
)
from stockpile.domain.drawings import Drawing, Point
from stockpile.domain.errors import FieldUnreadable, MarkNotPossible

PIN = Tool()
PULSE = Tool("pulse", power=500)
LASER = Tool("laser", power=500)

places = st.tuples(st.integers(0, 60_000), st.integers(0, 20_000))
drawings = st.builds(
    Drawing,
    st.lists(places, max_size=20).map(tuple),
    st.lists(st.lists(places, min_size=2, max_size=5, unique=True).map(tuple), max_size=5).map(
        tuple
    ),
    st.integers(80, 500),
).filter(lambda drawing: bool(drawing.dots or drawing.strokes))


def lines(program: Program) -> list[str]:
    return [step.line for step in program.steps]


def test_a_dot_of_a_pin_is_placed_made_sure_of_cut_and_lifted():
    assert lines(program_of(Drawing(((1250, 3000), (400, 0))), PIN)) == [
        "G21G90G94G17G54", "M5", "G0Z2.000",
        "G0X1.250Y3.000", "G4 P0.01", "G1Z-0.120F600", "G0Z0.300",
        "G0X0.400Y0.000", "G4 P0.01", "G1Z-0.120F600", "G0Z0.300",
        "G0Z2.000", "M5", "M2", "G4 P0.01",
    ]  # fmt: skip


def test_a_stroke_goes_down_along_and_up():
    drawing = Drawing(strokes=(((0, 0), (1000, 0), (1000, 500)),))
    assert lines(program_of(drawing, PIN))[3:-4] == [
        "G0X0.000Y0.000", "G4 P0.01", "G1Z-0.120F600",
        "G1X1.000Y0.000F300", "G1X1.000Y0.500F300", "G0Z0.300",
    ]  # fmt: skip


def test_a_magnet_beats_and_never_moves_up_or_down():
    told = lines(program_of(Drawing(((1250, 3000),)), PULSE))
    assert told[2:6] == ["G0X1.250Y3.000", "G4 P0.01", "M3S500", "G4P0.020"]
    assert not any("Z" in line for line in told)


def test_a_laser_is_dark_between_its_strokes_and_fills_dots_line_by_line():
    drawing = Drawing(((1000, 1000),), (((0, 0), (500, 0)),), width_um=180)
    told = lines(program_of(drawing, LASER))
    assert told[2] == "M4S500"
    assert [line for line in told if line.startswith("G1")] == [
        "G1X1.067Y0.940F300", "G1X0.910Y1.000F300", "G1X1.067Y1.060F300", "G1X0.500Y0.000F300",
    ]  # fmt: skip


def test_a_tool_that_turns_is_switched_on_first_and_off_last():
    told = lines(program_of(Drawing(((0, 0),)), Tool(power=12000)))
    assert told[3:5] == ["M3S12000", "G4P2.000"]
    assert told[-3] == "M5"


@given(drawings, st.sampled_from([PIN, LASER]))
def test_every_dot_and_stroke_is_cut_once_in_its_order_and_nothing_else(
    drawing: Drawing, tool: Tool
):
    program = program_of(drawing, tool)
    wanted = [(dot,) for dot in drawing.dots] if tool is PIN else []
    assert [cut for cut in cuts_of(program) if tool is PIN or cut in drawing.strokes] == [
        *wanted,
        *drawing.strokes,
    ]


def cuts_of(program: Program) -> list[tuple[Point, ...]]:
    """What is cut, from the lines alone: where the head goes down, and where it goes while down."""
    cuts: list[list[Point]] = []
    at: Point = (0, 0)
    for step in program.steps:
        found = re.search(r"X(\d+)\.(\d{3})Y(\d+)\.(\d{3})", step.line)
        before = at
        if found:
            x, xs, y, ys = map(int, found.groups())
            at = (x * 1000 + xs, y * 1000 + ys)
        if step.line.startswith("G0X"):
            cuts.append([])
        elif step.cuts:
            cuts[-1].extend([before, at] if found and not cuts[-1] else [at])
    return [tuple(cut) for cut in cuts]


@given(drawings, st.sampled_from([PIN, LASER]))
def test_no_line_is_too_long_or_holds_a_forbidden_character_or_leaves_the_drawing(
    drawing: Drawing, tool: Tool
):
    program = program_of(drawing, tool)
    (left, low), (right, high) = drawing.bounds
    for step in program.steps:
        assert len(words.encode(step.line)) <= words.LONGEST_LINE + 1
        if step.at is not None and step.cuts:
            assert max(0, left - 1) <= step.at[0] <= right + 1
            assert max(0, low - 1) <= step.at[1] <= high + 1
    assert program.frames.count(b"\n") == len(program.steps)
    assert program.seconds > 0


@given(drawings)
def test_before_every_cut_the_head_stands_where_it_was_made_sure_of(drawing: Drawing):
    sure: Step | None = None
    for step in program_of(drawing, PIN).steps:
        if step.sure:
            sure = step
        elif step.line.startswith("G1Z"):
            assert sure is not None
            assert step.at is not None
            assert sure.at is not None
            assert sure.at[:2] == step.at[:2]


@given(drawings)
def test_a_dry_run_sees_every_line_but_only_once(drawing: Drawing):
    program = program_of(drawing, PIN)
    seen = [step.line for step in program.distinct()]
    assert set(seen) == set(lines(program))
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("drawing", "tool"),
    [
        (Drawing(), PIN),
        (Drawing(strokes=((),)), PIN),
        (Drawing(((-1, 0),)), PIN),
        (Drawing(((0, FARTHEST + 1),)), PIN),
        (Drawing(strokes=(((0, 0), (1, 1)),)), PULSE),
        (Drawing(strokes=(((5, 5), (5, -5)),)), LASER),
    ],
)
def test_what_cannot_be_cut_is_refused(drawing: Drawing, tool: Tool):
    with pytest.raises(MarkNotPossible):
        program_of(drawing, tool)


def test_more_lines_than_any_mark_has_are_refused():
    with pytest.raises(MarkNotPossible):
        program_of(Drawing(((0, 0),) * 20_000), PIN)


def test_the_address_tells_the_tool_in_millimetres():
    assert tool_of({}, "pin") == PIN
    assert tool_of({"z": "-0.1", "lift": "0", "safe": "3", "feed": "200"}, "pin") == Tool(
        depth=100, lift=0, safe=3000, feed=200
    )
    assert tool_of({"tool": "laser", "power": "700", "beam": "0.08"}, "pin") == Tool(
        "laser", power=700, beam=80
    )
    assert tool_of({"pulse": "0.05"}, "pulse") == Tool("pulse", power=500, pulse=0.05)


@pytest.mark.parametrize(
    "options",
    [
        {"tool": "saw"}, {"z": "0.1"}, {"z": "0"}, {"z": "deep"}, {"feed": "0"}, {"feed": "-3"},
        {"safe": ""}, {"beam": "1e3"}, {"tool": "laser", "power": "0"}, {"lift": "-1"},
    ],
)  # fmt: skip
def test_a_tool_that_cannot_be_is_refused(options: dict[str, str]):
    with pytest.raises(FieldUnreadable):
        tool_of(options, "pin")
