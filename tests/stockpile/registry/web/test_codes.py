from __future__ import annotations

import re

from stockpile.registry.enrolment import Enrolment
from tests.helpers.sites import Site
from tests.helpers.visitors import Browser


def test_a_code_is_shown_once_and_lets_one_node_in(open_page, registry):
    open_page.open("/codes")
    page = open_page.submit("/codes", name="Gulu", site="GUL").text
    code = re.search(r'<code class="shown" dir="ltr">\W?([^<\u2069]+)', page)[1]
    assert code not in open_page.open("/codes").text
    assert "Not used yet" in open_page.open("/codes").text
    site = Site()
    Enrolment(registry.books).enrol(site.keys.request(code))
    assert registry.books.node(site.node).name == "Gulu"
    assert f"/nodes/{site.node}" in open_page.open("/codes").text


def test_a_code_wants_a_name(open_page):
    open_page.open("/codes")
    answer = open_page.submit("/codes", name=" ")
    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_who_may_not_let_in_sees_no_codes(url, house, amina):
    inspector = house.add("ines", "inspector", amina)
    with Browser(url) as visitor:
        visitor.sign_in(inspector)
        assert visitor.open("/codes").status_code == 403
        assert visitor.submit("/codes", name="X").status_code == 403
