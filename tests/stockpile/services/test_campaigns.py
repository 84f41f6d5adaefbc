from __future__ import annotations

from dataclasses import dataclass, field, replace

import pypdfium2
import pytest

from stockpile.domain.campaigns import Means
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import JobId, SchemeId, WeaponId
from stockpile.services.campaigns import Wanted
from stockpile.services.ports import Job

WANTED = Wanted(500, MOSAIC_IMPORT, Means(litres=1.2, pin_life=800), "2027-01-11", 12)


@dataclass
class Jobs:
    """A journal whose jobs are written down."""

    held: list[Job] = field(default_factory=list)

    def jobs(self, *, unsettled: bool = False, newest: int = 0) -> tuple[Job, ...]:
        assert not unsettled
        return tuple(reversed(self.held))[: newest or None]


def turns(count: int, gap: int) -> list[Job]:
    state = "verified"
    return [
        Job(JobId(str(at)), WeaponId(str(at)), SchemeId("S"), "X", "one", state, at * gap)
        for at in range(count)
    ]  # fmt: skip


def test_a_plan_stands_on_what_was_measured_and_says_so(house):
    campaigns = replace(house.stockpile.campaigns, journal=Jobs(turns(31, 120_000)))
    found = campaigns.forecast(WANTED)
    assert found.plan.measured
    assert found.pace.usual == 30
    assert found.plan.usual.a_day == 180
    assert (found.ends, found.ends_slow) == ("2027-01-14", "2027-01-14")


def test_without_enough_weapons_the_assumed_pace_is_taken_and_named(house):
    campaigns = replace(house.stockpile.campaigns, journal=Jobs(turns(5, 120_000)))
    found = campaigns.forecast(WANTED)
    assert not found.plan.measured
    assert (found.pace.usual, found.pace.slow) == (12, 6)
    with pytest.raises(FieldUnreadable):
        campaigns.forecast(replace(WANTED, assumed=0))


@pytest.mark.parametrize("begins", ["tomorrow", "9999-12-31", "2027-13-01"])
def test_a_first_day_that_is_none_is_refused(house, begins: str):
    with pytest.raises(FieldUnreadable) as caught:
        house.stockpile.campaigns.forecast(replace(WANTED, begins=begins))
    assert caught.value.field == "begins"


def test_what_is_unmarked_is_counted(house):
    assert house.stockpile.campaigns.unmarked() == 0


def test_the_plan_on_paper_names_days_fuel_and_what_is_assumed(house, tmp_path):
    campaigns = house.stockpile.campaigns
    drawn = campaigns.draw(campaigns.sheet(WANTED, by=house.officer), tmp_path / "plan.pdf")
    text = pypdfium2.PdfDocument(drawn.file)[0].get_textpage().get_text_range()
    for words in ("Marking campaign", "Pace assumed", "Fuel, litres", "Pins or styluses"):
        assert words in text
