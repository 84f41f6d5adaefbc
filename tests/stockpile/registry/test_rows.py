from __future__ import annotations

import pytest

from stockpile.domain.errors import NodeQuarantined


def test_trust_ends_with_quarantine(registry, site):
    known = registry.books.node(site.node)
    known.demand_trust()
    registry.enrolment.revoke(site.node, "stolen")
    with pytest.raises(NodeQuarantined):
        registry.books.node(site.node).demand_trust()
