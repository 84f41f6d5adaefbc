from __future__ import annotations

import pytest

from stockpile.domain.facts import Mark, WeaponRegistered
from stockpile.domain.importing import judged
from stockpile.domain.layouts import understood
from stockpile.domain.list_doubts import SHORTEST_RUN, are_like, serial_key, with_list_doubts
from tests.helpers.rows import DOCUMENT, meanings, rows_of

COLUMNS = ("Record ID", "Serial", "Type", "Make", "Model")


def remarks(*rows):
    lines = rows_of(*rows)
    layout = understood(COLUMNS, [[cell.value for cell in line.cells] for line in lines])
    verdicts = list(judged(lines, layout, DOCUMENT, meanings()))
    return [
        (one.row, one.doubt, one.text, one.probable or one.other)
        for verdict in with_list_doubts(verdicts, lines, layout)
        for one in verdict.remarks
    ]


def pistols(*serials, make="Glock", model="17"):
    return [[f"R{at * 7}", one, "pistol", make, model] for at, one in enumerate(serials)]


def test_a_serial_that_comes_twice_is_told_of_the_later_row():
    assert remarks(*pistols("KB-447", "X1", "kb 447")) == [
        (4, "twice_in_list", "kb 447", "2"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        ["", "KB447", "pistol", "Beretta", "92"],
        ["", "KB447", "pistol", "Glock", "19"],
        ["", "KB4?7", "pistol", "Glock", "17"],
    ],
)
def test_serials_are_equal_only_within_make_and_model(second):
    assert remarks(*pistols("KB447"), second) == []


def test_no_serial_comes_never_twice():
    assert remarks(*pistols("", "", "N/A", "N/A", "suprimido", "suprimido")) == []


def test_a_run_that_counts_up_is_told_once_with_its_ends():
    run = [f"AB{number}" for number in range(1096, 1096 + SHORTEST_RUN)]
    assert remarks(*pistols("Z1", *run, "Q7")) == [(3, "counted_up", "AB1096", "AB1115")]


@pytest.mark.parametrize("broken", ["shorter", "other", "gap"])
def test_what_is_no_run(broken):
    run = [f"AB{number}" for number in range(100, 100 + SHORTEST_RUN)]
    rows = pistols(*run)
    if broken == "shorter":
        rows.pop()
    elif broken == "other":
        rows[9][2] = "rifle"
    else:
        rows[9][1] = "AB999"
    assert remarks(*rows) == []


def test_zeros_are_missed_within_one_make():
    glocks = pistols(*(f"{number * 7919 % 900_000 + 100_000}" for number in range(1, 13)), "3672")
    rossis = pistols("12", "345", make="Rossi")
    assert remarks(*glocks, *rossis) == [(14, "zeros_lost", "3672", "003672")]


def test_the_key_of_a_serial_is_of_one_read_whole():
    def weapon(text):
        return WeaponRegistered(marks=(Mark("serial", text, is_identity=True),))

    assert serial_key(weapon("kb-447")) == "KB447"
    assert serial_key(weapon("KB*")) == ""
    assert serial_key(weapon("00000000")) == ""
    assert serial_key(WeaponRegistered()) == ""


def test_codes_go_before_what_is_written():
    one = WeaponRegistered(make="TAURUS", make_code="taurus")
    assert are_like(one, WeaponRegistered(make="forjas taurus", make_code="taurus"))
    assert are_like(one, WeaponRegistered())
    assert not are_like(one, WeaponRegistered(make="Rossi", make_code="rossi"))
