from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain.errors import ChainBroken
from stockpile.registry.intake import checked


def test_good_entries_are_read_once_with_their_facts(site):
    site.fill(2)
    read = list(checked(site.entries, site.node, site.keys.public_key))
    assert [one.entry for one in read] == site.entries
    assert [fact for one in read for fact in one.facts] == site.facts
    assert read[-1].hash == site.tip.hash


def test_a_batch_may_begin_anywhere_in_the_chain(site):
    site.fill(3)
    assert len(list(checked(site.entries[2:], site.node, site.keys.public_key))) == 2


@pytest.mark.parametrize("order", [[0, 2], [1, 0], [0, 0], [0, 1, 1]])
def test_what_is_not_one_run_of_the_chain_is_broken(site, order):
    site.fill(3)
    with pytest.raises(ChainBroken) as broken:
        list(checked([site.entries[place] for place in order], site.node, site.keys.public_key))
    assert broken.value.why == "link"


def test_a_fact_at_anothers_address_is_broken(site, registry):
    site.fill(1)
    moved = dataclasses.replace(site.entries[1], facts=site.entries[1].facts[::-1])
    with pytest.raises(ChainBroken):
        list(checked([moved], site.node, site.keys.public_key))
