from __future__ import annotations

from tests.stockpile.registry.test_app import ask, reason

__all__ = ["ask"]


def test_who_asks_is_whoever_signed(site, ask):
    assert ask("GET", f"/v1/nodes/{site.node}/tip")[0] == 200
    assert reason(ask("GET", f"/v1/nodes/{'a' * 16}/tip")) == (404, "node_unknown")


def test_a_name_of_a_node_is_its_16_letters(ask):
    assert reason(ask("GET", "/v1/nodes/NOBODY/tip")) == (400, "unreadable")
