from __future__ import annotations

from tests.helpers.visitors import PASSPHRASE, Browser

OTHER = "eight new rifles in a row"


def test_another_passphrase_ends_every_session(url, house, amina):
    with Browser(url) as here, Browser(url) as there:
        here.sign_in(amina)
        there.sign_in(amina)
        here.open("/account")
        wrong = here.submit("/account/passphrase", passphrase=OTHER, again=PASSPHRASE, digits="0")
        assert wrong.status_code == 400
        told = {"passphrase": OTHER, "again": OTHER}
        here.open("/account")
        assert here.submit("/account/passphrase", **told, digits="000000").status_code == 403
        here.open("/account")
        answer = here.submit("/account/passphrase", **told, digits=amina.digits())
        assert "never again" in answer.text
        assert here.open("/account").url.path == "/account"
        assert there.open("/account").url.path == "/sign-in"
    amina.passphrase = OTHER
    with Browser(url) as again:
        assert again.sign_in(amina).url.path == "/"
        assert "10 recovery codes" in again.open("/account").text.replace("\u2068", "").replace(
            "\u2069", ""
        )


def test_sessions_are_seen_and_ended(url, registry, amina):
    with Browser(url, headers={"user-agent": "<b>first</b>"}) as here, Browser(url) as there:
        here.sign_in(amina)
        there.sign_in(amina)
        page = there.open("/account").text
        assert "&lt;b&gt;first" in page
        assert "<b>first" not in page
        other = page.split('name="session" value="')[1].split('"')[0]
        there.submit("/account/sessions/end", session=other)
        assert there.open("/account").url.path == "/account"
        there.open("/account")
        assert there.submit("/account/sessions/end-all").url.path == "/sign-in"
        assert here.open("/account").url.path == "/sign-in"
