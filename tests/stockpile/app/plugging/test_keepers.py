"""Officers, holders and places of one home stand on the same books."""

from __future__ import annotations

from stockpile.app.plugging.keepers import paper_numbers_of
from stockpile.domain.facts import PaperIssued
from tests.helpers.house import TOLD


def test_who_signs_in_may_by_the_rules_of_this_home_and_finds_its_places(keepers, officer):
    assert officer.officer.name == TOLD.officer
    assert keepers.key_desk.state().has_way_back is False
    assert keepers.places.one(keepers.people.site()).name == TOLD.name


def test_papers_are_numbered_by_the_site_of_the_home(ground, keepers):
    assert paper_numbers_of(ground, keepers).next("V", PaperIssued).startswith("V-KLA-")
