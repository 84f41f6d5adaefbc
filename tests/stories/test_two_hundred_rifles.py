"""A batch of rifles, cables pulled and the program killed: one verified mark, or an open question.

By default a short batch; ``STOCKPILE_WHOLE_BATCH=1`` makes it two hundred, with three pulls and two
kills. The truth is the metal of the simulated machines.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.app import open_home
from stockpile.domain.facts import MachineSet
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.receiving import Description
from tests.helpers.commands import ENVIRONMENT, ROOT
from tests.helpers.house import PASSPHRASE, build_house
from tests.helpers.shifts import Bench, Plan

WHOLE = bool(os.environ.get("STOCKPILE_WHOLE_BATCH"))
WEAPONS = 200 if WHOLE else 16
PULLS = "pull-mid@30,pull-mid:stop@100,pull-mid@180" if WHOLE else "pull-mid:stop@11"
"""At which jobs of the first bench its cable is pulled: it goes on, it stops, it goes on."""
KILLS = (60, 140) if WHOLE else (5,)
"""At which mark of the first bench the program is killed: in the middle of one, or right after."""
ORDER = "Batch of the day"
READ_BACK = {"verified", "resolved_marked"}
"""A mark that was scanned: after its run, or when a doubt about it was settled."""
LIMIT = 300.0
"""Seconds after which a mark will not come any more."""


@contextmanager
def benches(folder: Path, driver: str) -> Iterator[dict[str, Simulator]]:
    """Two machines: on the first, cables are pulled; the other is there when that is blocked."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(machine(driver, folder / f"{name}.jsonl", fault))
            for name, fault in (("bench", PULLS), ("spare", ""))
        }


def machine(driver: str, metal: Path, fault: str) -> Simulator:
    """A fast machine on TCP with a side door."""
    return Simulator(driver, tcp_port=0, control_port=0, fault=fault, speed=40.0, log=metal)


def ordered(home: Path, driver: str, machines: dict[str, Simulator]) -> str:
    """Put the batch on record, set the machines up, and order the marks; return the order's id."""
    house = build_house(home)
    receiving, marking = house.stockpile.receiving, house.stockpile.marking
    rifles = [
        Description(serial=f"KB{at:06d}", type="ASR", make="Izhmash", model="AKM")
        for at in range(WEAPONS)
    ]
    site = house.stockpile.people.site()
    _, weapons = receiving.register_several(rifles, site, by=house.officer)
    for name, machine in machines.items():
        marking.set_machine(MachineSet(name, driver, machine.url), by=house.officer)
    orders = house.stockpile.marking_orders
    recorded = orders.open(ORDER, weapons, MOSAIC_IMPORT, by=house.officer)
    house.stockpile.close()
    return str(recorded.facts[0].subject)


def work_until(plan: Plan, file: Path, strike: Callable[[], bool] | None) -> None:
    """Have a shift work in a process of its own; kill it when the strike comes."""
    words = [sys.executable, "-m", "tests.helpers.shifts", str(plan.written(file))]
    with subprocess.Popen(words, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL) as shift:
        if strike is None:
            assert shift.wait(600) == 0
            return
        struck = strike()
        shift.kill()
    assert struck


@pytest.mark.parametrize("driver", ["tl07", "telesis"] if WHOLE else ["tl07"])
def test_every_rifle_ends_with_one_verified_mark_or_an_open_question(tmp_path: Path, driver: str):
    home = tmp_path / "home"
    with benches(tmp_path, driver) as machines:
        order = ordered(home, driver, machines)
        places = tuple(
            Bench(name, machine.control_port, tmp_path / f"{name}.jsonl")
            for name, machine in machines.items()
        )
        plan, metal = Plan(home, order, places, settles=True), machines["bench"].truth
        for number, mark in enumerate(KILLS):
            event = "dot" if number == 0 else "done"
            times = mark * len("UG 26 000001") - 5 if event == "dot" else mark
            work_until(
                plan,
                tmp_path / "shift.json",
                lambda e=event, t=times: metal.wait_for(e, t, limit=LIMIT),
            )
        work_until(replace(plan, settles=False), tmp_path / "shift.json", None)
        hold_to_the_metal(home, order, machines)


def hold_to_the_metal(home: Path, order: str, machines: dict[str, Simulator]) -> None:
    """Compare what the books say of each weapon with what was cut."""
    cut = [one for machine in machines.values() for one in machine.truth.all()]
    starts = Counter(one.text for one in cut if one.event == "start")
    whole = Counter(one.text for one in cut if one.event == "done")
    stockpile = open_home(home, PASSPHRASE)
    jobs = stockpile.marking.jobs()
    lines = stockpile.marking_orders.order(order).lines
    stockpile.close()

    assert len(lines) == WEAPONS
    assert set(starts.values()) == {1}
    assert "again" not in {one.event for one in cut}
    assert set(starts) <= {job.text for job in jobs}
    for line in lines:
        own = [job for job in jobs if job.weapon == line.weapon]
        marks = [job.text for job in own if whole[job.text]]
        if line.state == "open_question":
            assert len(marks) <= 1
        else:
            assert (line.state, marks) == ("verified", [line.text])
            assert next(job.state for job in own if job.text == line.text) in READ_BACK
    assert [line.state for line in lines].count("open_question") == 1
