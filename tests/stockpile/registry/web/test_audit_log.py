from __future__ import annotations

from stockpile.registry import audit
from tests.helpers.visitors import VISIT, Browser


def test_the_log_is_read_page_by_page(open_page, registry, amina):
    with registry.database.writing() as connection:
        for number in range(250):
            about = f"<i>{number}</i>"
            audit.note(connection, 5, amina.officer, VISIT.address, "searched", about)
    page = open_page.open("/audit").text
    assert "&lt;i&gt;249" in page
    assert "<i>" not in page
    assert "&lt;i&gt;100&lt;" not in page
    after = page.split("&amp;after=")[1].split('"')[0]
    assert "&lt;i&gt;100&lt;" in open_page.open(f"/audit?after={after}").text
    assert "&lt;i&gt;" not in open_page.open("/audit?act=signed_in").text


def test_what_is_no_page_is_the_first(open_page):
    for query in (
        "after=-1",
        "after=x",
        f"after={'9' * 50}",
        "act='%20OR%201=1",
        "after=٣",
    ):
        assert open_page.open(f"/audit?{query}").status_code == 200, query


def test_the_whole_log_is_checked(open_page):
    open_page.open("/audit")
    assert "as they were written" in open_page.submit("/audit/check").text


def test_who_may_not_read_it(url, house, amina):
    inspector = house.add("ines", "inspector", amina)
    with Browser(url) as visitor:
        visitor.sign_in(inspector)
        assert visitor.open("/audit").status_code == 403
        assert visitor.submit("/audit/check").status_code == 403
