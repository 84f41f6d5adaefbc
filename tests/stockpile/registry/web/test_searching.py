from __future__ import annotations

import pytest

from stockpile.domain.numbers import registry_number
from tests.helpers.nations import HOSTILE, TAG, weapon_id
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


def test_what_nobody_has_is_said_plainly(visitor):
    assert "No weapon answers to this." in visitor.open("/weapons?q=zzz999zzz").text


def test_hostile_words_are_shown_as_words(visitor):
    for path in ("/weapons", "/weapons?q=" + "%3Cscript%3Ealert(1)", f"/weapons/{weapon_id(5)}"):
        assert "<script" not in visitor.open(path).text, path
    assert HOSTILE not in visitor.open("/weapons").text


def test_any_query_gets_a_page(visitor):
    for query in (
        "q=%00", "after=%27%3B--", "site=%27&type=%22", "q=" + "x" * 3000, "lost_in=x",
        "counted_from=2026-13", "status=%F0%9F%92%A9", "q=%25%25%25", "q=%3F%3F%3F",
    ):  # fmt: skip
        assert visitor.open(f"/weapons?{query}").status_code == 200, query


def test_a_search_is_written_down(visitor, nation):
    visitor.open("/weapons?q=KL-48214")
    assert "KL-48214" in visitor.open("/audit").text
