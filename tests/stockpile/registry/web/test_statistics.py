from __future__ import annotations

import re

import pytest

from tests.helpers.visitors import Browser

_FIGURE = re.compile(r'<a href="(/weapons\?[^"]*)" aria-label="[^"]*">[^0-9]*(\d+)')
_FOUND = re.compile(r"\D(\d+)\D* weapons?\b")


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def test_each_figure_leads_to_exactly_these_weapons(visitor):
    for page in ("/statistics", "/statistics?site=GUL"):
        figures = _FIGURE.findall(visitor.open(page).text)
        assert len(figures) > 8, page
        for href, count in figures:
            told = visitor.open(href.replace("&amp;", "&")).text
            assert told.count('<th scope="row">') == int(count), href


def test_a_site_that_there_is_not_has_no_figures(visitor):
    for site in ("nowhere", "'", "-"):
        assert visitor.open(f"/statistics?site={site}").status_code == 200, site


def test_a_figure_is_clicked_and_its_weapons_stand_there(window, url):
    window.goto(f"{url}/statistics")
    with window.expect_navigation():
        window.get_by_label("Show these weapons: Light machine gun").click()
    assert window.locator("tbody tr").count() == 1
    assert "PK-1" in window.locator("tbody").inner_text()
