"""The pages as one: every one of them stands, in every language, and lets nobody in."""

from __future__ import annotations

import pytest

from stockpile.language import LANGUAGES
from stockpile.registry.web import ROUTERS
from stockpile.registry.web.navigation import SECTIONS
from tests.helpers.visitors import Browser

OWN = ("/", "/nodes", "/codes", "/numbers", "/confirm", "/users", "/audit", "/account")


def routes():
    found = [one for router in ROUTERS for one in router.routes]
    return [(one.path, method) for one in found for method in one.methods]


def test_no_page_but_the_door_shows_itself_to_nobody(url):
    with Browser(url) as nobody:
        open_to_all = {"/sign-in", "/look", "/static/{name}"}
        for path, method in routes():
            if path in open_to_all:
                continue
            answer = nobody.request(method, path.replace("{", "").replace("}", ""))
            assert answer.url.path == "/sign-in", (path, method)


def test_no_form_is_taken_without_its_word(open_page):
    for path, method in routes():
        if method != "POST" or path in ("/sign-in", "/look", "/begin"):
            continue
        for word in ("", "0" * 32):
            answer = open_page.post(path.replace("{", "").replace("}", ""), data={"csrf": word})
            assert answer.status_code in (400, 403), path
    assert open_page.open("/account").status_code == 200


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_page_stands_in_every_language(open_page, code):
    open_page.cookies.set("language", code)
    for path in OWN:
        answer = open_page.open(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in answer.text
        assert "<script" not in answer.text
        assert " style=" not in answer.text
    open_page.cookies.delete("language")


def test_the_navigation_leads_to_pages_that_there_are():
    known = {path for path, method in routes() if method == "GET"}
    assert {one.path for section in SECTIONS for one in section.places} <= known
