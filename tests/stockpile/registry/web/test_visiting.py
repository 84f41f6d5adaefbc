from __future__ import annotations

import re

import pytest
from fastapi import Request, Response

from stockpile.domain.errors import FormStale
from stockpile.registry import sessions
from stockpile.registry.web.visiting import cookie_of, demand_own_form, give_cookie
from tests.helpers.visitors import VISIT, Browser

EVIL = {"origin": "https://evil.example"}


def test_the_cookie_is_out_of_reach(url, amina):
    with Browser(url) as visitor:
        visitor.open("/sign-in")
        answer = visitor.post("/sign-in", data={
            "csrf": visitor.token(), "login": "amina", "passphrase": amina.passphrase,
            "digits": amina.digits(),
        }, follow_redirects=False)  # fmt: skip
        (cookie,) = [one for one in answer.headers.get_list("set-cookie") if "stockpile=" in one]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie


def asked(scheme, **headers):
    said = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({
        "type": "http", "scheme": scheme, "path": "/", "query_string": b"", "method": "POST",
        "headers": [(b"host", b"registry.example"), *said], "client": ("203.0.113.5", 1),
    })  # fmt: skip


def test_over_https_the_cookie_is_for_https_and_this_host_alone():
    for scheme, name in (("https", "__Host-stockpile"), ("http", "stockpile")):
        response = Response()
        give_cookie(asked(scheme), response, "c" * 64)
        said = set(response.headers["set-cookie"].split("; "))
        assert {f"{name}={'c' * 64}", "HttpOnly", "SameSite=strict", "Path=/"} <= said
        assert ("Secure" in said) is (scheme == "https")
        assert cookie_of(asked(scheme, cookie=f"{name}=x")) == "x"
    assert cookie_of(asked("https", cookie="stockpile=planted-over-http")) == ""


def test_a_form_comes_from_our_own_host_whatever_the_proxy_speaks():
    """A proxy that is not named says nothing of https; the host is what counts."""
    demand_own_form(asked("http", origin="https://registry.example"), "w", "w")
    demand_own_form(asked("http"), "w", "w")
    for origin in ("https://evil.example", "null", "https://registry.example.evil", "https://"):
        with pytest.raises(FormStale):
            demand_own_form(asked("https", origin=origin), "w", "w")
    for told, expected in (("", ""), ("x", ""), ("x", "w"), ("é", "w")):
        with pytest.raises(FormStale):
            demand_own_form(asked("https"), told, expected)


def test_a_form_of_another_site_is_refused(url, open_page):
    open_page.open("/codes")
    answer = open_page.post("/codes", data={"csrf": open_page.token(), "name": "X"}, headers=EVIL)
    assert answer.status_code == 403
    assert "X</th>" not in open_page.open("/codes").text


def test_a_form_of_another_session_is_refused(url, house, amina, open_page):
    with Browser(url) as other:
        other.sign_in(amina)
        word = other.token()
    answer = open_page.post("/codes", data={"csrf": word, "name": "X"})
    assert answer.status_code == 403


def test_a_cookie_that_was_brought_along_is_not_taken_over(url, amina):
    """Session fixation: whoever set a cookie before knows nothing after signing in."""
    planted = "f" * 64
    with Browser(url) as visitor:
        visitor.cookies.set("stockpile", planted, domain="127.0.0.1", path="/")
        visitor.sign_in(amina)
        held = [one.value for one in visitor.cookies.jar if one.name == "stockpile"]
    assert held
    assert planted not in held
    with Browser(url) as thief:
        thief.cookies.set("stockpile", planted)
        assert thief.open("/").url.path == "/sign-in"


def test_a_session_ends_for_who_holds_a_copy_of_it(url, amina):
    with Browser(url) as visitor, Browser(url) as thief:
        visitor.sign_in(amina)
        thief.cookies.set("stockpile", visitor.cookies["stockpile"])
        assert thief.open("/account").url.path == "/account"
        visitor.submit("/sign-out")
        assert thief.open("/account").url.path == "/sign-in"


def test_digits_are_asked_again_after_a_while(url, registry, amina):
    with Browser(url) as visitor:
        visitor.sign_in(amina)
        assert 'id="digits"' not in visitor.open("/users").text
        registry.clock.at += sessions.STEPPED_FOR
        assert 'id="digits"' in visitor.open("/users").text
        told = {"name": "Nobody", "login": "nobody", "role": "auditor"}
        assert visitor.submit("/users", **told).status_code == 403
        assert visitor.submit("/users", **told, digits="000000").status_code == 403
        assert not re.search(r">.?nobody", visitor.open("/users").text)
        assert "first passphrase" in visitor.submit("/users", **told, digits=amina.digits()).text


def test_who_is_suspended_is_out_with_the_next_click(url, house, amina):
    bernard = house.add("bernard", "registrar", amina)
    with Browser(url) as visitor:
        visitor.sign_in(bernard)
        assert visitor.open("/nodes").url.path == "/nodes"
        house.staff.suspend("bernard", "x", by=amina.signer(), visit=VISIT)
        assert visitor.open("/nodes").url.path == "/sign-in"
