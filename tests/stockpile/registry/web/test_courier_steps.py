"""A courier file is taken in by its page: it says how far it is, goes on, can be stopped."""

from __future__ import annotations

import dataclasses
import re
from threading import Lock

import pytest

from stockpile.domain import courier
from stockpile.registry import audit, courier_reading, courier_rows, courier_steps
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.users import Users
from stockpile.registry.web import courier_going
from tests.helpers.registries import answering
from tests.helpers.sites import Site
from tests.helpers.sticks import a_file
from tests.helpers.visitors import Browser


@pytest.fixture
def depot(registry):
    site = Site()
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    site.fill(5, weapons=4)
    return site


@pytest.fixture(autouse=True)
def one_batch_a_look(monkeypatch):
    monkeypatch.setattr(courier_steps, "FACTS_AT_ONCE", 4)
    monkeypatch.setattr(courier_going, "_STEP", 0.0)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text))


def begun(visitor, amina, whole):
    """Bring a file and begin to take it in; the address where it is."""
    visitor.open("/couriers")
    told = {"csrf": visitor.token(), "words": ""}
    visitor.seen = visitor.post("/couriers", data=told, files={"courier": ("a.courier", whole)})
    path = visitor.seen.url.path
    visitor.submit(f"{path}/take", digits=amina.digits())
    return path


def on(visitor):
    """Do what a browser does by itself: go where the page says that it goes on."""
    (address,) = re.findall(r'http-equiv="refresh" content="\d; url=([^"]+)"', visitor.seen.text)
    return visitor.open(address)


def audited(registry, act):
    """The counts that the audit log holds of an act, the newest first."""
    with registry.books.reading() as connection:
        return [one.about.split()[1] for one in audit.lines(connection, 0, 50, "", act)]


def test_the_page_says_how_far_it_is_and_goes_on_to_the_end(open_page, registry, depot, amina):
    total = len(depot.facts)
    path = begun(open_page, amina, a_file(registry, depot))
    said = []
    while "refresh" in open_page.seen.text:
        assert open_page.seen.url.path == f"{path}/under-way"
        assert "Nothing is lost if you stop" in text(open_page.seen)
        said += [int(one) for one in re.findall(rf"(\d+) of {total} facts", text(open_page.seen))]
        on(open_page)
    assert said == sorted(set(said))
    assert len(said) >= 4
    assert open_page.seen.url.path == path
    assert f"{total} facts were taken in." in text(open_page.seen)
    assert registry.books.tip(depot.node).hash == depot.tip.hash
    assert audited(registry, "courier_taken")[0] == f"{total}/{total}"
    assert audited(registry, "courier_begun")[0] == f"0/{total}"
    assert f"Kampala {total}/{total}" in text(open_page.open("/audit")).replace("KLA", "Kampala")


def test_a_stop_keeps_what_was_taken_and_the_answer_is_written_from_that_alone(
    open_page, registry, depot, amina
):
    path = begun(open_page, amina, a_file(registry, depot))
    on(open_page)
    stopped = open_page.submit(f"{path}/stop")
    assert "refresh" not in stopped.text
    held = registry.books.tip(depot.node).number
    assert 0 < held < depot.tip.number
    open_page.open(f"{path}/under-way")
    assert registry.books.tip(depot.node).number == held
    answer = open_page.submit(f"/couriers/answers/{depot.node}")
    manifest, locked = courier.unsealed(answer.content, "f")
    content = courier.unpacked(depot.keys.unlock(locked, "f"), manifest, "f")
    assert content.receipts[0].number == held
    open_page.seen = None
    assert path in open_page.open("/couriers").text
    open_page.open(path)
    open_page.submit(f"{path}/take", digits=amina.digits())
    while "refresh" in open_page.seen.text:
        on(open_page)
    assert f"{len(depot.facts)} facts were taken in." in text(open_page.seen)
    assert audited(registry, "courier_stopped")[0].endswith(f"/{len(depot.facts)}")
    assert path not in open_page.open("/couriers").text


def test_brought_again_after_a_stop_it_goes_on_from_there(open_page, registry, depot, amina):
    path = begun(open_page, amina, a_file(registry, depot))
    held = registry.books.tip(depot.node).number
    assert held
    path = begun(open_page, amina, a_file(registry, depot, made=6))  # the one before is put away
    assert audited(registry, "courier_stopped")
    open_page.open(path)
    while "refresh" in open_page.seen.text:
        on(open_page)
    assert registry.books.tip(depot.node).hash == depot.tip.hash


def test_a_stop_or_a_begin_of_another_page_does_nothing(open_page, registry, depot, amina):
    path = begun(open_page, amina, a_file(registry, depot))
    for way in ("stop", "take"):
        assert open_page.post(f"{path}/{way}", data={"csrf": "0" * 64}).status_code == 403
    assert "refresh" in open_page.open(path).text


def test_another_officer_neither_sees_nor_moves_nor_stops_it(
    open_page, registry, house, url, amina, depot
):
    path = begun(open_page, amina, a_file(registry, depot))
    held = registry.books.tip(depot.node).number
    other = house.add(f"cat{depot.node[:4]}", "registrar", amina)
    with Browser(url) as visitor:
        assert visitor.open(f"{path}/under-way").url.path == "/sign-in"
        visitor.sign_in(other)
        assert visitor.open(f"{path}/under-way").status_code == 404
        assert visitor.submit(f"{path}/stop").status_code == 404
    assert registry.books.tip(depot.node).number == held


def test_after_an_hour_the_file_is_gone_and_what_was_taken_stays(open_page, registry, depot, amina):
    path = begun(open_page, amina, a_file(registry, depot))
    with registry.books.writing() as connection:
        table = courier_rows.COURIER_BROUGHT
        connection.execute(table.update().values(at=table.c.at - courier_rows.KEPT_FOR - 1))
    assert open_page.open(f"{path}/under-way").status_code == 404
    assert registry.books.tip(depot.node).number > 0


def test_while_another_file_is_opened_the_page_says_that_it_waits(
    open_page, registry, depot, amina, monkeypatch
):
    path = begun(open_page, amina, a_file(registry, depot))
    held, turn = registry.books.tip(depot.node).number, Lock()
    monkeypatch.setattr("stockpile.registry.web.Lock", lambda: turn)
    monkeypatch.setattr("stockpile.registry.web.Users", lambda books: Users(books, LIGHT))
    monkeypatch.setattr(courier_going, "_SHORT", 0.0)
    with answering(registry.books) as url, Browser(url) as visitor:
        visitor.sign_in(amina)
        with turn:
            assert "goes on in a moment" in text(visitor.open(f"{path}/under-way"))
        assert registry.books.tip(depot.node).number == held
        visitor.open(f"{path}/under-way")
        assert registry.books.tip(depot.node).number > held


def test_what_is_forged_in_the_middle_ends_it_and_what_came_before_stays(
    open_page, registry, depot, amina, monkeypatch
):
    monkeypatch.setattr(courier_reading, "MOST_PROVED", 4)
    monkeypatch.setattr(courier_reading, "MOST_TOLD", 1)
    entries = list(depot.entries)
    entries[3] = dataclasses.replace(entries[3], signature=bytes(64))
    path = begun(open_page, amina, a_file(registry, depot, entries))
    while "refresh" in open_page.seen.text:
        on(open_page)
    assert "From some entry on, a.courier is not what its sender signed" in text(open_page.seen)
    assert registry.books.tip(depot.node).number == 3
    assert "refresh" not in open_page.open(path).text
    assert audited(registry, "courier_stopped")
