"""A node that is an old copy of itself takes back what it sent, and writes no more."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    BooksRolledBack,
    ChainForked,
    NodeOvertaken,
)
from stockpile.domain.exchange import RemoteTip
from tests.helpers.odd_lines import Line, enrolled_site, fill, talk
from tests.helpers.sites import a_weapon, open_site


@pytest.fixture
def pair(tmp_path):
    with enrolled_site(tmp_path) as made:
        yield made


@pytest.fixture
def site(pair):
    return pair.site


@pytest.fixture
def old_copy(site, tmp_path):
    """A copy of the site's folder from before its last two acts, which the registry heard of."""
    talk(site).sync()
    site.close()
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    site.opened = open_site(tmp_path / "site", site.keys).opened
    site.books.record([a_weapon("w1")], by=None)
    site.books.record([a_weapon("w2")], by=None)
    talk(site).sync()
    copy = open_site(tmp_path / "copy", site.keys)
    yield copy
    copy.close()


def test_an_old_copy_takes_back_what_it_sent_and_writes_no_more(site, old_copy):
    with pytest.raises(NodeOvertaken) as noticed:
        talk(old_copy).sync()
    assert noticed.value.number == 3
    assert old_copy.books.tip() == site.books.tip()
    assert old_copy.books.weapon("w2").registered
    with pytest.raises(NodeOvertaken):
        old_copy.books.record([a_weapon("w3")], by=None)
    assert talk(old_copy).sync().sent == 0  # it may still listen
    old_copy.books.check(deep=True)


@pytest.mark.parametrize("acts", [1, 4])
def test_an_old_copy_that_wrote_on_is_told_and_writes_no_more(old_copy, acts):
    for number in range(acts):
        old_copy.books.record([a_weapon(f"other{number}")], by=None)
    with pytest.raises(ChainForked):
        talk(old_copy).sync()
    with pytest.raises(NodeOvertaken):
        old_copy.books.record([a_weapon("w3")], by=None)


def test_a_registry_that_only_says_so_stops_nobody(site):
    class Liar(Line):
        def tip(self, node):
            return replace(self._real.tip(node), number=99)

    fill(site, 1)
    with pytest.raises(BooksRolledBack):
        talk(site, Liar).sync()
    fill(site, 1)
    assert talk(site).sync().sent > 0


def test_a_registry_that_lies_about_our_chain_is_noticed(site):
    class Forgetful(Line):
        def tip(self, node):
            said = self._real.tip(node)
            return RemoteTip(node, said.number, said.seq, "0" * 64, said.status)

    talk(site).sync()
    with pytest.raises(ChainForked):
        talk(site, Forgetful).sync()
