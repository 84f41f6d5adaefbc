from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from stockpile.domain.errors import AskedTooOften, RegistryBusy
from stockpile.registry import limits
from stockpile.registry.limits import Rates, Turns, asker_at


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_measure_runs_out_and_fills_again_by_itself():
    watch = Watch()
    rates = Rates(2, 3, watch)
    for _ in range(3):
        rates.demand("kampala")
    with pytest.raises(AskedTooOften) as refused:
        rates.demand("kampala")
    assert refused.value.seconds == 1
    rates.demand("gulu")
    watch.seconds = 0.5
    rates.demand("kampala")
    with pytest.raises(AskedTooOften):
        rates.demand("kampala")


def test_who_is_refused_pays_nothing_for_it():
    watch = Watch()
    rates = Rates(0.1, 1, watch)
    rates.demand("a")
    for _ in range(5):
        with pytest.raises(AskedTooOften) as refused:
            rates.demand("a")
        assert refused.value.seconds == 10
    watch.seconds = 10
    rates.demand("a")


def test_no_crowd_of_askers_fills_the_memory(monkeypatch):
    monkeypatch.setattr(limits, "MOST_KNOWN", 3)
    rates = Rates(1, 1, Watch())
    for number in range(100):
        rates.demand(str(number))
    assert len(rates._left) == 3


def test_one_subscriber_has_one_measure():
    assert asker_at("192.0.2.1") == "192.0.2.1"
    assert (
        asker_at("2001:db8:0:1::1") == asker_at("2001:db8:0:1:ffff::2") != asker_at("2001:db8::1")
    )
    assert asker_at("::ffff:192.0.2.1") == "192.0.2.1"
    assert asker_at("") == ""


def test_so_many_work_so_many_wait_and_the_rest_come_again():
    async def crowd():
        turns, inside, most = Turns(2, 3), 0, 0
        done = asyncio.Event()

        async def one():
            nonlocal inside, most
            async with turns.one():
                inside += 1
                most = max(most, inside)
                await done.wait()
                inside -= 1

        working = [asyncio.create_task(one()) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(RegistryBusy):
            await one()
        done.set()
        await asyncio.gather(*working)
        await one()
        return most

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests leaves a loop in this thread
        assert apart.submit(asyncio.run, crowd()).result() == 2
