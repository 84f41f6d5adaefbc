"""What every marking driver promises whatever goes wrong, on every machine that can be simulated.

The truth is the simulator's physical log: never two starts, never a wrong text, done means one
whole mark, and refused means that no mark was begun. How each family ends each run is its own test.
A machine whose text cannot be read back over the wire may cut one that was hurt on its way there:
such a machine never ends as done, and the read-back of every mark is what finds it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from stockpile.adapters.marking.markers import DRIVERS
from stockpile.adapters.marking.simulators.faults import KINDS
from stockpile.adapters.marking.simulators.machines import FACES
from stockpile.domain.errors import Refused, Unavailable
from stockpile.services.ports import EndResult, Marker, StartResult
from tests.helpers.benches import driven, simulated, work_for
from tests.helpers.nightly import NIGHTLY
from tests.helpers.wires import needs_ptys

FAMILIES = sorted(set(DRIVERS) & set(FACES))
FAULTS = ["", *(f"{kind}:{option}" if option else kind for kind in KINDS
                for option in ("", *sorted(KINDS[kind])))]  # fmt: skip


def outcome(marker: Marker, driver: str) -> tuple[StartResult, EndResult]:
    try:
        marker.prepare(work_for(driver))
    except (Refused, Unavailable):
        return StartResult.REFUSED, EndResult.SILENT
    return marker.start(), marker.watch(4.0)


def texts(driver: str) -> set[str]:
    """What the log may say: a machine that is told every dot knows the text when it is whole."""
    work = work_for(driver)
    return {work.text, ""} if work.drawing else {work.text}


def shared_out() -> list[tuple[str, str]]:
    """A twelfth of the faults for each family, nearly all over the families; or everything.

    ``tests/bench/marking_faults.py`` runs every family against every fault.
    """
    step = 1 if NIGHTLY else 12
    return [
        (driver, fault) for at, driver in enumerate(FAMILIES) for fault in FAULTS[at % step :: step]
    ]


@needs_ptys
@pytest.mark.parametrize(("driver", "fault"), shared_out())
def test_no_claim_is_untrue(tmp_path: Path, driver: str, fault: str):
    with simulated(tmp_path, "pty", fault, driver, speed=40.0) as sim:
        with driven(sim, driver=driver) as marker:
            start, end = outcome(marker, driver)
            with suppress(Refused, Unavailable):
                marker.disarm()
        marks = sim.truth
        assert marks.count("start") <= 1
        if marker.capabilities.can_read_back or fault != "damage-text":
            assert {one.text for one in marks.all()} <= texts(driver)
        if start is StartResult.REFUSED:
            assert not marks.count("start")
        if marker.capabilities.end == "none":
            assert end is not EndResult.DONE
        if end is EndResult.DONE:
            assert (marks.count("start"), marks.count("done")) == (1, 1)


@needs_ptys
@pytest.mark.parametrize("driver", FAMILIES)
def test_without_a_fault_the_mark_is_made_once(tmp_path: Path, driver: str):
    with simulated(tmp_path, "pty", "", driver, speed=40.0) as sim:
        with driven(sim, driver=driver) as marker:
            assert outcome(marker, driver) in {
                (StartResult.ACCEPTED, EndResult.DONE), (StartResult.ACCEPTED, EndResult.UNTOLD),
            }  # fmt: skip
        assert sim.truth.wait_for("done")
        assert sim.truth.count("start") == 1
