from __future__ import annotations

import re

from stockpile.registry.tries import MOST_WRONG, WAIT
from tests.helpers.visitors import PASSPHRASE, VISIT, Browser, Person


def test_wrong_tries_say_one_thing_and_then_wait(url, registry, house, amina):
    chantal = house.add("chantal", "auditor", amina)
    with Browser(url) as visitor:
        said = set()
        for login in ["chantal"] * MOST_WRONG + ["nobody"]:
            visitor.open("/sign-in")
            answer = visitor.submit("/sign-in", login=login, passphrase="x" * 12, digits="1")
            assert answer.status_code == 403
            said.add(re.search(r'role="alert">.*?<p>(.*?)</p>', answer.text, re.DOTALL)[1])
        assert len(said) == 1
        answer = visitor.sign_in(chantal)
        assert (answer.status_code, answer.url.path) == (429, "/sign-in")
        assert "minutes" in answer.text
        registry.clock.at += WAIT
        assert visitor.sign_in(chantal).url.path == "/"


def test_who_signs_in_comes_to_where_they_wanted(url, amina):
    with Browser(url) as visitor:
        answer = visitor.open("/nodes?show=silent")
        assert answer.url.path == "/sign-in"
        wanted = re.search(r'name="next" value="([^"]*)"', answer.text)[1]
        told = {"login": "amina", "passphrase": PASSPHRASE, "digits": amina.digits()}
        answer = visitor.submit("/sign-in", **told, next=wanted)
        assert str(answer.url).endswith("/nodes?show=silent")


def test_nobody_is_sent_elsewhere(url, amina):
    for elsewhere in ("//evil.example/x", "https://evil.example", "/\\evil.example"):
        with Browser(url) as visitor:
            page = visitor.get("/sign-in", params={"next": elsewhere})
            assert 'name="next" value="/"' in page.text
            visitor.seen = page
            told = {"login": "amina", "passphrase": PASSPHRASE, "digits": amina.digits()}
            answer = visitor.submit("/sign-in", **told, next=elsewhere)
            assert answer.url.path == "/"
            answer = visitor.post("/look", data={"look": "dark", "back": elsewhere})
            assert answer.url.path == "/"


def test_a_beginning_from_the_first_passphrase_to_the_first_page(url, house, amina):
    given = house.staff.add("dora", "Dora", ("inspector",), by=amina.signer(), visit=VISIT)
    with Browser(url) as visitor:
        visitor.open("/sign-in")
        page = visitor.submit("/sign-in", login="dora", passphrase=given)
        assert page.url.path == "/begin"
        assert visitor.get("/nodes").url.path == "/sign-in"  # nothing else is open yet
        visitor.seen = page
        again = visitor.submit("/begin", passphrase="a" * 12, again="b" * 12, digits="000000")
        assert (again.status_code, "typed in two ways" in again.text) == (400, True)
        secret = re.search(r'<code dir="ltr">\W?([A-Z2-7]{32})\W?</code>', again.text)[1]
        assert secret in page.text
        short = visitor.submit("/begin", passphrase="short", again="short", digits="000000")
        assert short.status_code == 400
        wrong = visitor.submit("/begin", passphrase=PASSPHRASE, again=PASSPHRASE, digits="000000")
        assert (wrong.status_code, secret in wrong.text) == (403, True)
        before = visitor.cookies["stockpile"]
        dora = house_person(house, "dora", secret)
        told = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "digits": dora.digits()}
        codes = visitor.submit("/begin", **told)
        assert len(re.findall(r"(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}", codes.text)) == 10
        assert visitor.cookies["stockpile"] != before
        assert visitor.open("/begin").url.path == "/account"
        assert visitor.open("/").url.path == "/"


def house_person(house, login, secret):
    user = house.users.by_login(login)
    return Person(house.registry, house.users, login, user.officer, secret, ())


def test_signing_out_ends_it(url, amina):
    with Browser(url) as visitor:
        visitor.sign_in(amina)
        assert visitor.submit("/sign-out").url.path == "/sign-in"
        assert visitor.open("/").url.path == "/sign-in"


def test_language_and_look_are_chosen_without_a_script(url):
    with Browser(url) as visitor:
        page = visitor.post("/look", data={"language": "ar", "look": "dark", "back": "/sign-in"})
        assert '<html lang="ar" dir="rtl" data-look="dark">' in page.text
        page = visitor.post("/look", data={"language": "x", "look": "<b>", "back": "/sign-in"})
        assert '<html lang="ar" dir="rtl" data-look="dark">' in page.text


def test_the_door_takes_no_form_of_another_site(url, amina):
    told = {"login": "amina", "passphrase": PASSPHRASE, "digits": amina.digits()}
    with Browser(url) as visitor:
        assert visitor.post("/sign-in", data=told).status_code == 403
        visitor.open("/sign-in")
        assert visitor.post("/sign-in", data={**told, "csrf": "0" * 32}).status_code == 403
