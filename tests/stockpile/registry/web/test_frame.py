from __future__ import annotations

import httpx
import pytest

from stockpile.domain.errors import StockpileError
from stockpile.registry.web import frame
from tests.helpers.every import every


@every(["/", "/nodes/x?show=silent&text=a+b", "/audit?after=12", "/users/a.b-c"])
def test_our_own_paths(path):
    assert frame.own_path(path) == path


@every([
    "//evil.example", "/\\evil.example", "https://evil.example", "evil.example", "", "/\n/x",
    "/\t/evil.example", "javascript:alert(1)", "/a b", "/%0d%0aSet-Cookie:x=1\r\nx", "/é",
    "\\/evil.example", "/@evil.example\\", "/x#y",
])  # fmt: skip
def test_what_leads_elsewhere_leads_to_the_first_page(path):
    assert frame.own_path(path) == "/"


def test_a_page_is_followed_by_the_key_of_its_last_item():
    page = frame.page_of([5, 4, 3], 2, lambda one: one * 10)
    assert (page.items, page.after) == ((5, 4), "40")
    assert frame.page_of([5, 4], 2, str).after == ""
    assert frame.page_of([], 2, str) == frame.Page(())


def test_pictures_are_our_own():
    assert frame.icon("truck").startswith('<svg aria-hidden="true"')
    for name in ("../../secret", "a/b", "<b>", "x.svg"):
        assert frame.icon(name) == ""


def test_every_answer_says_what_may_be_loaded(url):
    for path in ("/sign-in", "/nodes", "/static/stockpile.css", "/static/none"):
        headers = httpx.get(url + path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
    assert httpx.get(f"{url}/sign-in").headers["cache-control"] == "no-store"


def test_the_language_is_the_one_asked_for(url):
    for asked, code in (
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("xx, ar", "ar"), ("", "en"), (";;,,\x7f", "en"),
        ("zh-Hant-TW", "zh"), ("a" * 9_000, "en"),
    ):  # fmt: skip
        answer = httpx.get(f"{url}/sign-in", headers={"accept-language": asked})
        assert f'<html lang="{code}"' in answer.text, asked


def test_a_form_is_bounded(open_page):
    answer = open_page.submit("/codes", name="x" * (frame.MOST_FORM + 10))
    assert answer.status_code == 413
    assert "Not done" in answer.text


def test_a_refusal_is_a_page_that_says_what_to_do(open_page):
    answer = open_page.open("/nodes/nobody")
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
    assert open_page.open("/users/x").status_code in (404, 405)


def test_every_refusal_has_a_status():
    assert all(issubclass(one, StockpileError) for one in frame._STATUS)
    with pytest.raises(TypeError):
        frame._STATUS[StockpileError] = 1
