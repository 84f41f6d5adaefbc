from __future__ import annotations

import re

from stockpile.registry import nodes_heard
from stockpile.registry.enrolment import Enrolment
from tests.helpers.sites import Site


def test_each_figure_leads_to_its_list(open_page):
    page = open_page.open("/").text
    links = re.findall(r'class="card figure-card" href="([^"]*)"', page)
    assert len(links) == 8
    for link in links:
        assert open_page.open(link).status_code == 200, link


def test_what_needs_somebody_is_said(open_page, registry, amina):
    assert "Only one user may appoint others" in open_page.open("/").text
    site = Site()
    code = Enrolment(registry.books).make_code("Far post")
    Enrolment(registry.books).enrol(site.keys.request(code))
    assert "Every node was heard" in open_page.open("/").text
    registry.clock.at += nodes_heard.SILENT_AFTER
    open_page.sign_in(amina)
    page = open_page.open("/").text
    assert "Far post" in page
    assert "Never heard" in page
