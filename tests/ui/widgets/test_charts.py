from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme import LIGHT, Ink
from ui.widgets.charts import Bar, Bars, Donut, Dot, Part, Spark, round_steps

pytestmark = pytest.mark.usefixtures("light")


def _places(widget, colour):
    picture, wanted = widget.grab().toImage(), QColor(colour)
    return [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y) == wanted
    ]


@pytest.mark.parametrize(
    ("most", "steps"),
    [(0, (1, 4)), (4, (1, 4)), (5, (2, 8)), (160, (50, 200)), (200, (50, 200)), (201, (100, 400))],
)
def test_lines_stand_at_round_numbers_above_the_highest_bar(most, steps):
    assert round_steps(most) == steps
    assert steps[1] >= most


def test_a_course_ends_at_its_last_value(qtbot):
    spark = Spark([1, 2, 9], name="Rising")
    qtbot.addWidget(spark)
    spark.resize(100, 34)
    right = max(_places(spark, LIGHT.chart1))
    assert right[0] > 90
    assert right[1] < 12
    spark.show_values([9, 2, 1])
    assert max(_places(spark, LIGHT.chart1))[1] > 20


def test_time_flips_with_reading(qtbot, mirrored):
    spark = Spark([1, 2, 9])
    qtbot.addWidget(spark)
    spark.resize(100, 34)
    highest = min(_places(spark, LIGHT.chart1), key=lambda place: place[1])
    assert highest[0] < 12


def test_a_course_of_nothing_draws_nothing(qtbot):
    spark = Spark([])
    qtbot.addWidget(spark)
    assert _places(spark, LIGHT.chart1) == []


def test_bars_are_as_high_as_their_numbers(qtbot):
    bars = Bars([Bar("1", (50, 0)), Bar("2", (100, 50))], [Ink.CHART1, Ink.CHART2])
    qtbot.addWidget(bars)
    bars.resize(300, 200)
    blue = _places(bars, LIGHT.chart1)
    first = {y for x, y in blue if x < 170}
    second = {y for x, y in blue if x > 170}
    assert len(second) == pytest.approx(2 * len(first), abs=5)
    assert _places(bars, LIGHT.chart2)
    bars.show_bars([Bar("1", (0, 0))])
    assert _places(bars, LIGHT.chart2) == []


def test_a_ring_shows_and_says_its_shares(qtbot):
    parts = [Part("Serviceable", 3, Ink.CHART2), Part("Obsolete", 1, Ink.CHART6)]
    donut = Donut(parts, "4", "weapons")
    qtbot.addWidget(donut)
    assert donut.accessibleName() == "4 weapons: Serviceable 3, Obsolete 1"
    big, small = _places(donut, LIGHT.chart2), _places(donut, LIGHT.chart6)
    assert 2 < len(big) / len(small) < 4
    donut.show_parts(parts[:1], "3")
    assert donut.accessibleName() == "3 weapons: Serviceable 3"


def test_a_dot_has_the_ink_of_its_part(qtbot):
    dot = Dot(Ink.CHART3)
    qtbot.addWidget(dot)
    assert _places(dot, LIGHT.chart3)
