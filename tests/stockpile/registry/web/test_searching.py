from __future__ import annotations

import pytest

from stockpile.domain.facts import ClockObserved, Draft
from stockpile.domain.numbers import registry_number
from tests.helpers.nations import DAY, HOSTILE, TAG, weapon_id
from tests.helpers.visitors import Browser


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def test_nobody_sees_a_weapon_who_is_not_signed_in(url, nation):
    with Browser(url) as stranger:
        for path in ("/weapons", f"/weapons/{weapon_id(1)}", "/conflicts", "/losses", "/hot-list",
                     "/transfers", "/statistics"):  # fmt: skip
            answer = stranger.open(path)
            assert answer.url.path == "/sign-in", path
            assert "KL-48213" not in answer.text


def test_the_list_shows_every_weapon_with_its_state_in_words(visitor):
    told = visitor.open("/weapons").text
    assert "7 weapons" in told.replace("\u2068", "").replace("\u2069", "")
    for words in ("KL-48214", "Disputed", "Lost", "In transit", "Gulu barracks"):
        assert words in told


def test_a_scanned_label_or_a_number_opens_the_weapon_itself(visitor):
    for said in (TAG, registry_number(weapon_id(1))):
        answer = visitor.open(f"/weapons?q={said}")
        assert answer.url.path == f"/weapons/{weapon_id(1)}", said


def test_a_serial_shows_all_that_bear_it_and_why_they_were_found(visitor):
    told = visitor.open("/weapons?q=kl48213").text
    assert told.count("KL-48213") >= 2
    assert "Serial number" in told


def test_a_list_is_narrowed_and_says_by_what(visitor):
    told = visitor.open("/weapons?type=LMG&held=1").text
    assert "PK-1" in told
    assert "KL-48213" not in told
    assert "Neither destroyed nor withdrawn" in told


def test_what_only_resembles_is_one_click_away(window, url):
    window.goto(f"{url}/weapons?q=KL-48214")
    assert window.locator("tbody tr").count() == 1
    with window.expect_navigation():
        window.get_by_role("link", name="Look also for what only resembles it").click()
    assert window.locator("tbody tr").count() == 3


def test_what_nobody_has_is_said_plainly(visitor):
    assert "No weapon answers to this." in visitor.open("/weapons?q=zzz999zzz").text


def test_hostile_words_are_shown_as_words(visitor):
    for path in ("/weapons", "/weapons?q=" + "%3Cscript%3Ealert(1)", f"/weapons/{weapon_id(5)}"):
        assert "<script" not in visitor.open(path).text, path
    assert HOSTILE not in visitor.open("/weapons").text


def test_any_query_gets_a_page(visitor):
    for query in (
        "after=%27%3B--", "site=%27&type=%22", "q=" + "x" * 3000, "lost_in=x",
        "counted_from=2026-13", "status=%F0%9F%92%A9", "q=%25%25%25", "q=%3F%3F%3F",
    ):  # fmt: skip
        assert visitor.open(f"/weapons?{query}").status_code == 200, query


def test_an_address_with_nothing_in_it_is_refused(visitor):
    for path in ("/weapons?q=%00", "/weapons/%00", "/losses?after=%00", "/statistics?site=%00"):
        assert visitor.open(path).status_code == 400, path


def test_a_search_is_written_down(visitor, nation):
    visitor.open("/weapons?q=KL-48214")
    assert "KL-48214" in visitor.open("/audit").text


def test_a_scanner_s_line_opens_the_weapon_without_a_hand_on_the_mouse(window, url):
    window.goto(f"{url}/weapons")
    window.keyboard.type(TAG)  # the box has the focus; a scanner types and ends the line
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert window.url.endswith(f"/weapons/{weapon_id(1)}")
    assert window.locator("h1").inner_text() == "KL-48213"


def test_every_page_fits_a_laptop_and_a_telephone_in_both_directions_and_lights(window, url):
    paths = (
        "/weapons", "/weapons?q=KL48213", f"/weapons/{weapon_id(5)}", "/conflicts", "/losses",
        "/hot-list", "/transfers?show=under_way", "/transfers/wb-1", "/statistics",
    )  # fmt: skip
    told = []
    window.on("console", lambda line: told.append(line.text))
    for width, language, light in (
        (1024, "en", "light"),
        (1024, "ar", "dark"),
        (390, "ar", "light"),
    ):
        window.set_viewport_size({"width": width, "height": 700})
        window.emulate_media(color_scheme=light)
        window.context.add_cookies([{"name": "language", "value": language, "url": url}])
        for path in paths:
            assert window.goto(f"{url}{path}").status == 200, path
            wider = window.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, (path, width, language)
    window.set_viewport_size({"width": 1024, "height": 700})
    window.context.add_cookies([{"name": "language", "value": "en", "url": url}])
    assert told == []


def test_when_a_weapon_was_counted_last_says_that_its_clock_is_in_doubt(visitor, nation):
    """Of those that were never counted nothing is said, though their clock is that one too."""
    lists = ("/weapons", "/weapons?q=kl48213")
    assert not any("clock in doubt" in visitor.open(path).text for path in lists)
    nation.kampala.write(Draft(nation.kampala.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    for path in lists:
        told = visitor.open(path).text
        assert told.count("clock in doubt") == 1
        row = told[: told.index("clock in doubt")]
        assert f"/weapons/{weapon_id(1)}" in row[row.rindex("<tr>") :]
