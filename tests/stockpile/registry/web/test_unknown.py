from __future__ import annotations

import httpx

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(url, path, accept=BROWSER, method="GET", language="en"):
    headers = {"accept": accept, "accept-language": language}
    return httpx.request(method, url + path, headers=headers)


def test_a_browser_is_told_in_a_page_and_in_its_language_that_an_address_is_none(url):
    told = ask(url, "/elsewhere")
    assert (told.status_code, told.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is no page at this address" in told.text
    assert "default-src 'none'" in told.headers["content-security-policy"]
    assert 'lang="ar" dir="rtl"' in ask(url, "/elsewhere", language="ar").text
    assert "<script>" not in ask(url, "/<script>x</script>").text
    wrong = ask(url, "/conflicts", method="PUT")
    assert (wrong.status_code, "(405)" in wrong.text) == (405, True)


def test_a_program_is_answered_as_before(url):
    assert ask(url, "/elsewhere", "application/json").json() == {"detail": "Not Found"}
    assert ask(url, "/elsewhere", "*/*").json() == {"detail": "Not Found"}
    assert ask(url, "/v1/nothing").json()["reason"] == "not_found"
