"""A courier file is taken in step by step over real HTTP, by two servers, on either database."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.domain import courier
from stockpile.registry import audit, courier_rows
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import Database
from stockpile.registry.second_factor import STEP
from stockpile.registry.web import courier_going
from tests.helpers.registries import answering, own_process
from tests.helpers.sites import Site
from tests.helpers.sticks import a_file
from tests.helpers.visitors import Browser, House

FACTS = 6_000


@pytest.fixture
def amina(registry):
    registry.clock.at = SystemClock().now() - 2 * STEP
    person = House(registry).first()
    registry.clock.at = SystemClock().now() - STEP
    return person


@contextmanager
def signed_in(amina, urls):
    """Who is signed in at each of these doors of one registry, by one cookie."""
    with ExitStack() as stack:
        doors = [stack.enter_context(Browser(url, timeout=120)) for url in urls]
        assert doors[0].sign_in(amina).url.path == "/"
        for one in doors[1:]:
            one.cookies.update({cookie.name: cookie.value for cookie in doors[0].cookies.jar})
            assert one.open("/").url.path == "/"
        yield doors


@pytest.fixture
def two(registry, amina, monkeypatch):
    """Two servers with a database of their own each, that take one batch with each look."""
    monkeypatch.setattr(courier_going, "_STEP", 0.0)
    with ExitStack() as stack:
        beside = Database(registry.url)
        stack.callback(beside.close)
        books = (registry.books, RegistryBooks(beside, registry.books.key, registry.clock.now))
        urls = [stack.enter_context(answering(one)) for one in books]
        yield stack.enter_context(signed_in(amina, urls))


def is_under_way(visitor):
    return 'http-equiv="refresh"' in visitor.seen.text


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text))


def brought(visitor, whole):
    visitor.open("/couriers")
    visitor.seen = visitor.post(
        "/couriers", data={"csrf": visitor.token()}, files={"courier": ("a.courier", whole)}
    )
    return visitor.seen.url.path


@pytest.fixture
def depot(registry):
    site = Site()
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    site.fill(300, weapons=FACTS // 300)
    return site


def test_two_processes_that_both_go_on_take_it_in_once(registry, amina, depot):
    with ExitStack() as stack:
        urls = [stack.enter_context(own_process(registry.url))[1] for _ in range(2)]
        first, second = stack.enter_context(signed_in(amina, urls))
        path = brought(first, a_file(registry, depot))
        first.submit(f"{path}/take", digits=amina.digits())
        with ThreadPoolExecutor(2) as pool:
            while is_under_way(first) or is_under_way(second):
                list(pool.map(lambda one: one.open(f"{path}/under-way"), (first, second)))
        assert "6003 facts were taken in." in text(second.open(path))
    assert registry.books.tip(depot.node).hash == depot.tip.hash
    with registry.books.reading() as connection:
        (ended,) = audit.lines(connection, 0, 9, "", "courier_taken")
    assert ended.about == f"{depot.node} 6003/6003"


def test_stopped_in_one_process_and_gone_on_with_in_another_it_comes_in_once(
    registry, two, amina, depot
):
    first, second = two
    path = brought(first, a_file(registry, depot))
    first.submit(f"{path}/take", digits=amina.digits())
    assert is_under_way(first)
    assert "of 6003 facts" in text(first.seen)
    stopped = second.submit(f"{path}/stop")
    assert 'http-equiv="refresh"' not in stopped.text
    held = registry.books.tip(depot.node).number
    assert 0 < held < depot.tip.number
    answer = second.submit(f"/couriers/answers/{depot.node}")
    manifest, locked = courier.unsealed(answer.content, "f")
    content = courier.unpacked(depot.keys.unlock(locked, "f"), manifest, "f")
    assert content.receipts[0].number == held
    with registry.books.reading() as connection:
        assert courier_rows.said_by(connection, depot.node).file == ""
    second.seen = None
    second.open(path)
    second.submit(f"{path}/take", digits=amina.digits())
    while is_under_way(second):
        for visitor in (first, second):
            visitor.open(f"{path}/under-way")
    assert "6003 facts were taken in." in text(second.open(path))
    assert registry.books.tip(depot.node).hash == depot.tip.hash
