"""A rifle is marked dot by dot: the record's text, a layout of ours, metal, a picture, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.domain.facts import MachineSet
from stockpile.domain.marking import Verdict
from tests.helpers.benches import simulated
from tests.helpers.house import House


@pytest.mark.parametrize("fault", ["", "lose-end"])
def test_what_a_picture_of_the_metal_says_is_what_the_record_says(
    house: House, tmp_path: Path, fault: str
):
    weapon, marking, by = house.register(), house.stockpile.marking, house.officer
    with simulated(tmp_path, "tcp", fault, "grbl", speed=60.0) as sim:
        marking.set_machine(MachineSet("engraver", "grbl", f"{sim.url}?z=-0.11"), by=by)
        _, outcome = marking.mark(weapon, "engraver", by=by).perform()
        assert outcome.state == "marked"
        photo = tmp_path / "mark.png"
        photo.write_bytes(sim.picture(noise=10))
    seen = house.stockpile.reading_back.seen(photo)
    (reading,) = seen.readings
    _, read_back = marking.verify(
        outcome.job, reading.text, "photo", by=by, photo=seen.photo.digest
    )
    assert read_back.verdict is Verdict.EQUAL
    assert reading.raw == outcome.text.encode()
