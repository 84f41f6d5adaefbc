from __future__ import annotations

import pytest

from stockpile.domain.facts import ClockObserved, Draft
from tests.helpers.nations import DAY, weapon_id
from tests.helpers.visitors import Browser


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def test_the_hot_list_says_who_is_on_it_and_by_which_report(visitor):
    told = visitor.open("/hot-list").text
    assert "BS 00017" in told
    assert "LR-KLA-26-0001" in told
    assert "PK-1" not in told


def test_losses_and_recoveries_stand_in_the_order_they_were_told(visitor):
    told = visitor.open("/losses").text
    assert (
        told.index("Handed in.") < told.index("After a patrol.") < told.index("The rack was open.")
    )
    assert f"/weapons/{weapon_id(7)}" in told


def test_a_loss_that_one_alone_wrote_says_that_it_does_not_count(visitor):
    told = visitor.open("/losses").text
    after = told[told.index("Told by one alone.") :]
    assert "Written without the right to it: not counted" in after[:400]


def test_a_page_goes_on_after_any_place(visitor):
    for after in ("0-0", "999999-1", "x", "-", "1-99999999999999999999"):
        assert visitor.open(f"/losses?after={after}").status_code == 200, after
        assert visitor.open(f"/hot-list?after={after}").status_code == 200, after


def test_from_the_hot_list_a_click_leads_to_the_file(window, url):
    window.goto(f"{url}/hot-list")
    with window.expect_navigation():
        window.get_by_role("link", name="Izhmash AKM").click()
    assert window.locator("h1").inner_text() == "BS 00017"


def test_when_a_loss_was_told_says_that_its_clock_is_in_doubt(visitor, nation):
    assert "clock in doubt" not in visitor.open("/losses").text
    nation.gulu.write(Draft(nation.gulu.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    told = visitor.open("/losses").text
    assert told.count("clock in doubt") == 2  # a loss and a recovery of Gulu, none of Kampala


def test_since_when_a_weapon_is_on_the_hot_list_says_that_its_clock_is_in_doubt(visitor, nation):
    assert "clock in doubt" not in visitor.open("/hot-list").text
    nation.kampala.write(Draft(nation.kampala.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    told = visitor.open("/hot-list").text
    row = told[told.index("BS 00017") :]
    assert "clock in doubt" in row[: row.index("LR-KLA-26-0001")]
    assert told.count("clock in doubt") == 1
