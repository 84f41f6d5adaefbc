from __future__ import annotations

import itertools

from PIL import Image

from stockpile.adapters.reading.tries import quick_tries, tries


def test_each_way_to_look_has_a_name_of_its_own():
    names = [name for name, _picture in itertools.islice(tries(Image.new("L", (60, 40))), 40)]
    assert len(set(names)) == len(names) == 40


def test_the_quick_ways_are_few():
    assert 1 <= len(list(quick_tries(Image.new("L", (60, 40))))) < 10
