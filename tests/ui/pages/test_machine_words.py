from __future__ import annotations

import pytest

from stockpile.adapters.marking.couth import words as couth
from stockpile.adapters.marking.markers import DRIVERS as DRIVEN
from stockpile.adapters.marking.markers import PROMISES
from stockpile.adapters.marking.sic import words as sic
from stockpile.language import plain
from ui.pages import machine_words
from ui.view_models.machines import DRIVERS


def test_every_driver_has_a_name_that_people_know():
    assert set(DRIVERS) == set(DRIVEN)
    names = [machine_words.driver_name(one) for one in DRIVERS]
    assert len(set(names)) == len(names)
    assert not set(names) & set(DRIVERS)
    assert machine_words.driver_name("tl99") == "tl99"


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_a_machine_proves_goes_by_its_driver(driver: str):
    can = PROMISES[driver]
    proven = [said for yes, said in machine_words.proofs(can) if yes]
    assert ("It can be stopped from here" in proven) is can.can_abort
    assert any("made" in said for said in proven) is (can.evidence >= 2)
    assert machine_words.proof_in_short(can).startswith("Proves")
    if can.scan_always:
        assert "each" in machine_words.consequence(can).lower()


def test_which_letters_a_machine_takes_is_said():
    assert plain(machine_words.sendable(PROMISES["sic"])) == "Up to 20 characters; letters: Latin."
    assert "Latin · Greek · Cyrillic" in machine_words.sendable(PROMISES["by_hand"])


def test_a_machine_on_trial_is_called_so():
    assert "trial" in machine_words.driver_name("couth")
    assert "trial" in machine_words.consequence(PROMISES["couth"])


def test_every_usual_layout_is_one_that_its_driver_takes():
    assert sic.layout(machine_words.USUAL["sic"]).variables == ("MARK",)
    assert couth.layout(machine_words.USUAL["couth"])
    for driver in machine_words.USUAL:
        assert driver in DRIVERS
