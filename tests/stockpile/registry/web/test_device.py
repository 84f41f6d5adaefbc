"""A user replaces the device of their second factor, without anybody's help."""

from __future__ import annotations

import re

import pyotp
import pytest

from stockpile.registry.second_factor import STEP
from stockpile.registry.tries import MOST_WRONG, WAIT
from tests.helpers.visitors import PASSPHRASE, Browser


@pytest.fixture
def dora(house, amina):
    """Somebody with a device of their own, which is soon lost."""
    return house.add(f"dora{len(house.staff.all())}", "auditor", amina)


def secret_on(page):
    (secret,) = set(re.findall(r"[A-Z2-7]{32}", page.text))
    return secret


def shown(registry, secret):
    return pyotp.TOTP(secret).generate_otp(registry.clock.at // STEP)


def replaced(visitor, registry, proof, **said):
    secret = secret_on(visitor.open("/account/device"))
    told = {"passphrase": PASSPHRASE, "proof": proof, "digits": shown(registry, secret)}
    return secret, visitor.submit("/account/device", **{**told, **said})


def test_a_new_device_takes_the_place_of_the_old_one(url, registry, dora):
    with Browser(url) as here, Browser(url) as there:
        there.sign_in(dora)
        here.sign_in(dora)
        secret, answer = replaced(here, registry, dora.digits())
        codes = re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", answer.text)
        assert (answer.status_code, len(codes)) == (200, 10)
        assert here.open("/account").url.path == "/account"
        assert there.open("/account").url.path == "/sign-in"
        assert secret not in here.open("/account/device").text
    with Browser(url) as old:
        assert old.sign_in(dora).status_code == 403
    dora.secret = secret
    with Browser(url) as new:
        assert new.sign_in(dora).url.path == "/"


def test_who_lost_the_device_signs_in_and_binds_another_with_recovery_codes(url, registry, dora):
    with Browser(url) as visitor:
        assert visitor.sign_in(dora, digits=dora.codes[0]).url.path == "/"
        for used, status in ((dora.codes[0], 403), (dora.codes[1], 200)):
            secret, answer = replaced(visitor, registry, used)
            assert answer.status_code == status
    dora.secret = secret
    with Browser(url) as new:
        assert new.sign_in(dora).url.path == "/"


def test_a_lost_device_without_codes_is_a_new_start_by_an_officer(url, house, dora, amina):
    with Browser(url) as commander:
        commander.sign_in(amina)
        commander.open("/users")
        answer = commander.submit(f"/users/{dora.login}/reset", reason="device and codes lost")
        given = re.search(r'class="shown" dir="ltr">\W*([0-9a-f-]{24})', answer.text)[1]
    again = house.begun(dora.login, given)
    with Browser(url) as new:
        assert new.sign_in(again).url.path == "/"


def test_what_is_wrong_changes_nothing_and_is_said(url, registry, dora):
    with Browser(url) as visitor:
        visitor.sign_in(dora)
        for said, words in (
            ({"digits": "000000"}, "device until now still counts"),
            ({"passphrase": "wrong"}, "that device still counts"),
            ({"proof": "000000"}, "that device still counts"),
        ):
            _secret, answer = replaced(visitor, registry, **{"proof": dora.codes[2], **said})
            assert answer.status_code == 403
            assert words in answer.text
            assert PASSPHRASE not in answer.text
        assert visitor.open("/account").url.path == "/account"
        assert "10 recovery codes" in re.sub("[\u2068\u2069]", "", visitor.seen.text)


def test_recovery_codes_are_not_guessed_by_who_holds_a_session_and_the_passphrase(
    url, registry, dora
):
    with Browser(url) as visitor:
        visitor.sign_in(dora)
        for number in range(MOST_WRONG):
            _secret, answer = replaced(visitor, registry, f"AAAA-BBBB-CCCC-DDD{number}")
            assert answer.status_code == 403
        _secret, answer = replaced(visitor, registry, dora.codes[0])
        assert answer.status_code == 429
        registry.clock.at += WAIT
        _secret, answer = replaced(visitor, registry, dora.codes[0])
        assert answer.status_code == 200


def test_another_site_replaces_nobodys_device(url, registry, dora):
    with Browser(url) as visitor:
        visitor.sign_in(dora)
        secret = secret_on(visitor.open("/account/device"))
        told = {"passphrase": PASSPHRASE, "proof": dora.digits(), "digits": shown(registry, secret)}
        refused = visitor.submit("/account/device", **told, csrf="0" * 32)
        assert refused.status_code == 403
    with Browser(url) as old:
        assert old.sign_in(dora).url.path == "/"


def test_nobody_sees_the_page_who_is_not_signed_in(url):
    with Browser(url) as visitor:
        assert visitor.open("/account/device").url.path == "/sign-in"
