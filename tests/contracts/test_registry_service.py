"""The service as a country runs it: several processes on PostgreSQL behind one port."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from stockpile.domain import exchange, wire
from stockpile.domain.errors import RegistryBusy
from stockpile.domain.exchange import Certificate, Receipt
from stockpile.registry.database import Database, lock_fold
from tests.helpers.asking import asker
from tests.helpers.nightly import nightly
from tests.helpers.registries import (
    answering,
    open_registry,
    own_process,
    wait_for_two,
    workers,
)
from tests.helpers.sites import Site, a_weapon

SITES, BATCHES = 4, 6
SERIAL, NAME = "ZQ7719PLANTED", "Amara Planted-Nakato"


@pytest.fixture
def country(postgres):
    """A registry on PostgreSQL that was just founded."""
    url = postgres.new_database()
    opened = open_registry(url)
    yield opened
    opened.database.close()
    postgres.drop(url)


class Now:
    """The clock of the service's own process, near enough."""

    def __init__(self, url):
        self.at = json.loads(httpx.get(f"{url}/v1/hello", trust_env=False, timeout=60).content)[
            "now"
        ]

    def now(self):
        return self.at


def insisting(ask):
    """Ask until there is an answer: a process may be killed under it."""
    while True:
        with contextlib.suppress(httpx.TransportError):
            return ask()


def lives(url, site, code, clock, begun):
    """Enrol over the line, then push entry after entry."""
    with asker(url, site.keys, clock) as ask:
        request = wire.encode(site.keys.request(code, NAME))
        certified = insisting(lambda: ask("POST", "/v1/enrol", body=request))
        said = wire.decode(certified.content, Certificate)
        exchange.demand_certificate(said, site.node, site.keys.public_key)
        for entry in site.entries:
            body = wire.squeeze(wire.pack([entry]))
            path = f"/v1/nodes/{site.node}/commits"
            answer = insisting(lambda path=path, body=body: ask("POST", path, body=body))
            receipt = wire.decode(answer.content, Receipt)
            exchange.demand_receipt(receipt, said.registry_key)
            begun.release()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def scraped(port):
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False, timeout=60)
    return [one for family in text_string_to_metric_families(answer.text) for one in family.samples]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found by /proc")
def test_two_processes_take_in_what_one_would_and_one_that_dies_loses_nothing(country, tmp_path):
    sites = [Site() for _ in range(SITES)]
    for number, site in enumerate(sites):
        site.found()
        for batch in range(BATCHES):
            site.write(*(a_weapon(f"{number}-{batch}-{n}", f"{SERIAL}{n}") for n in range(3)))
    codes = [country.enrolment.make_code(NAME) for _ in sites]
    log, metrics, begun = tmp_path / "log", free_port(), threading.Semaphore(0)
    words = ("--workers", "2", "--metrics", f"127.0.0.1:{metrics}")
    with own_process(country.url, "127.0.0.1:0", *words, log=log) as (running, url):
        clock = Now(url)
        living = [
            threading.Thread(target=lives, args=(url, site, code, clock, begun))
            for site, code in zip(sites, codes, strict=True)
        ]
        wait_for_two(url, log)
        for one in living:
            one.start()
        for _ in range(SITES):
            begun.acquire()
        os.kill(workers(running.pid)[0], signal.SIGKILL)
        for one in living:
            one.join()
        lost = httpx.get(f"{url}/v1/{SERIAL}?serial={SERIAL}", trust_env=False, timeout=60)
        assert lost.status_code == 404
        figures = scraped(metrics)
        running.terminate()
        assert running.wait() == 0
    for site in sites:
        assert country.books.entries(site.node, 0, 100) == tuple(site.entries)
    assert not country.books.evidence()
    size = 1 + SITES + sum(len(site.entries) for site in sites)
    assert country.books.head().size == size
    before = country.books.conflicts()
    country.books.rebuild()
    assert country.books.conflicts() == before
    lines = [json.loads(one) for one in log.read_text("utf-8").splitlines()]
    answered = [one for one in lines if one["from"] == "stockpile.registry.access"]
    assert len({one["process"] for one in answered}) >= 2
    assert {one["node"] for one in answered} == {"", *(site.node for site in sites)}
    _counts_agree(figures, answered)
    for secret in (SERIAL, "Planted", *codes, *(code.partition("-")[2] for code in codes)):
        assert secret not in log.read_text("utf-8")


def _counts_agree(figures, answered):
    """The figures of all processes together, the killed one's too, are what the log tells."""
    commits = "/v1/nodes/{node}/commits"
    told = [one for one in answered if (one["route"], one["status"]) == (commits, 200)]
    counted = sum(
        one.value for one in figures
        if one.name == "stockpile_registry_requests_total"
        and (one.labels["route"], one.labels["status"]) == (commits, "200")
    )  # fmt: skip
    # who was killed may have counted one that it had no time to write down
    assert 0 <= counted - len(told) <= SITES
    assert {one.name for one in figures} >= {
        "stockpile_registry_facts", "stockpile_registry_nodes", "stockpile_registry_log_size",
    }  # fmt: skip


@nightly
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows knows no such signal")
def test_processes_are_replaced_one_by_one_behind_the_open_port(country):
    with own_process(country.url, "127.0.0.1:0", "--workers", "2") as (running, url):
        while len(before := set(workers(running.pid))) < 2 or not is_answered(url):
            pass
        running.send_signal(signal.SIGHUP)
        while before & set(workers(running.pid)):
            assert is_answered(url)
        running.terminate()
        assert running.wait() == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found by /proc")
def test_processes_whose_parent_was_killed_end_and_leave_the_port(country):
    with own_process(country.url, "127.0.0.1:0", "--workers", "2") as (running, url):
        while len(left := workers(running.pid)) < 2 or not is_answered(url):
            pass
        running.kill()
        running.wait()
        while any(map(runs, left)):
            threading.Event().wait(0.02)
        assert not is_answered(url)


def runs(pid):
    """Say whether a process is there, and not only its name that nobody has taken back."""
    with contextlib.suppress(OSError):
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    return False


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows knows no such signal")
def test_one_process_alone_that_is_to_be_replaced_ends_in_peace(country):
    with own_process(country.url) as (running, url):
        assert is_answered(url)
        running.send_signal(signal.SIGHUP)
        assert running.wait() == 0


def test_what_is_in_flight_is_finished_and_nothing_new_is_begun(country):
    site = Site()
    country.enrol(site)
    site.found()
    with own_process(country.url) as (running, url), asker(url, site.keys, Now(url)) as ask:
        answered = []

        def push():
            body = wire.squeeze(wire.pack(site.entries))
            answered.append(ask("POST", f"/v1/nodes/{site.node}/commits", body=body))

        with country.database.writing() as holding:
            lock_fold(holding)
            pushing = threading.Thread(target=push)
            pushing.start()
            while not waiting(country):
                pass
            running.terminate()
            while is_answered(url):
                pass
        pushing.join()
        assert wire.decode(answered[0].content, Receipt).number == 1
        assert running.wait() == 0
    assert country.books.tip(site.node).number == 1


def waiting(registry):
    """Say whether somebody waits for the register's lock."""
    asked = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with registry.database.reading() as connection:
        return connection.execute(asked).scalar_one()


def is_answered(url):
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def test_a_database_that_is_gone_makes_the_process_unready_and_nothing_else(postgres):
    url = postgres.new_database()
    opened = open_registry(url)
    with answering(opened.books) as at:
        assert httpx.get(f"{at}/readyz", trust_env=False, timeout=60).status_code == 200
        postgres.drop(url)
        said = httpx.get(f"{at}/readyz", trust_env=False, timeout=60)
        assert (said.status_code, said.json()["database"]) == (503, "silent")
        busy = httpx.get(f"{at}/v1/hello", trust_env=False, timeout=60)
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
        assert httpx.get(f"{at}/healthz", trust_env=False, timeout=60).status_code == 200
    opened.database.close()


def test_no_statement_and_no_wait_goes_on_for_ever(country):
    with country.database.reading() as connection:
        shown = {
            name: connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in (
                "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
            )
        }  # fmt: skip
    assert shown == {
        "statement_timeout": "1min", "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "1min",
    }  # fmt: skip
    impatient = Database(country.url + "&options=-c%20statement_timeout%3D50ms")
    with pytest.raises(RegistryBusy), impatient.reading() as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    impatient.close()


def test_more_askers_than_connections_wait_and_are_told_to_come_again(country, monkeypatch):
    monkeypatch.setattr("stockpile.registry.database._POOL_SECONDS", 0.05)
    narrow = Database(country.url, 1)
    with (
        narrow.reading(),
        pytest.raises(RegistryBusy),
        narrow.reading(),
    ):
        pass
    with narrow.reading() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    narrow.close()
