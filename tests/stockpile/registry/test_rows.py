from __future__ import annotations

from types import SimpleNamespace

import pytest

from stockpile.domain.errors import NodeQuarantined
from stockpile.domain.exchange import MOST_FACTS_A_BATCH
from stockpile.registry.rows import MOST_BYTES_A_PAGE, that_fit


def row(owner="other", size=1, n=1):
    return SimpleNamespace(owner=owner, size=size, n=n)


def fitting(*given):
    return len(list(that_fit(given, "me")))


def test_a_page_holds_what_fits_and_at_least_one():
    assert fitting() == 0
    assert fitting(row(), row(), row()) == 3
    assert fitting(row(size=MOST_BYTES_A_PAGE + 1), row()) == 1
    assert fitting(row(), row(size=MOST_BYTES_A_PAGE), row()) == 1
    assert fitting(row(n=1000), *[row(n=1000)] * 6) == MOST_FACTS_A_BATCH // 1000


def test_the_askers_own_entries_weigh_nothing():
    heavy = row("me", MOST_BYTES_A_PAGE, 1000)
    assert fitting(*[heavy] * 20, row()) == 21


def test_trust_ends_with_quarantine(registry, site):
    known = registry.books.node(site.node)
    known.demand_trust()
    registry.enrolment.revoke(site.node, "stolen")
    with pytest.raises(NodeQuarantined):
        registry.books.node(site.node).demand_trust()
