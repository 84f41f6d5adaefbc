from __future__ import annotations

import pytest

from stockpile.domain.facts import ClockObserved, Draft, WeaponCounted
from stockpile.domain.values import PlaceId
from stockpile.registry.web import transfers
from tests.helpers.nations import DAY, weapon_id
from tests.helpers.visitors import Browser


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def test_what_is_on_the_road_is_listed_with_both_ends(visitor):
    told = visitor.open("/transfers?show=under_way").text
    for words in ("WB-KLA-26-0001", "Kampala depot, store 1", "Gulu barracks", "Army transport"):
        assert words in told, words


def test_it_is_overdue_when_its_day_is_past(visitor, nation):
    assert "No transfer is overdue." in visitor.open("/transfers").text
    nation.registry.clock.at += 6 * DAY
    try:
        told = visitor.open("/transfers")
        assert told.url.path == "/sign-in"  # nobody stays signed in for days
    finally:
        nation.registry.clock.at -= 6 * DAY


def test_a_waybill_shows_its_weapons(visitor):
    told = visitor.open("/transfers/wb-1").text
    assert f"/weapons/{weapon_id(4)}" in told
    assert "Still missing" in told


def test_a_waybill_that_there_is_not_is_said(visitor):
    for path in ("/transfers/none", "/transfers/%00", "/transfers?after=x~y", "/transfers?after=~"):
        assert visitor.open(path).status_code < 500, path


def test_a_day_is_that_of_the_instant_in_utc():
    assert transfers.day(1_790_000_000_000) == "2026-09-21"


def test_a_click_leads_from_the_road_to_the_weapon(window, url):
    window.goto(f"{url}/transfers")
    for name in ("All on the road", "WB-KLA-26-0001", "7729AB"):
        with window.expect_navigation():
            window.get_by_role("link", name=name).click()
    assert window.locator("h1").inner_text() == "7729AB"


def test_when_a_weapon_on_the_road_was_counted_says_that_its_clock_is_in_doubt(visitor, nation):
    kampala = nation.kampala
    sent = [one.hash for one in kampala.facts if one.subject == weapon_id(4)][-1]
    seen = WeaponCounted("count-2", PlaceId("KLA-store"))
    kampala.write(Draft(weapon_id(4), seen, saw=(sent,)))
    nation.send()
    assert "clock in doubt" not in visitor.open("/transfers/wb-1").text
    kampala.write(Draft(kampala.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    assert visitor.open("/transfers/wb-1").text.count("clock in doubt") == 1
