"""The line to the registry: what each side says, and what each no means."""

from __future__ import annotations

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import exchange, ledger, tree
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    ChainGap,
    CodeUnknown,
    FieldUnreadable,
    NodeQuarantined,
    NodeUnknown,
    RegistryRefused,
    RegistryUnreachable,
)
from stockpile.registry import books as registry_books
from stockpile.registry import intake
from tests.helpers.exchanging import (
    link,
    linked,
    served,
    site,
)
from tests.helpers.sites import (
    SiteKeys,
    a_weapon,
)

__all__ = ["link", "served", "site"]


def test_hello_says_who_and_how_much(registry, link):
    said = link.hello()
    assert said.registry == registry.books.key.node
    assert (said.log_size, said.log_root) == (
        registry.books.head().size,
        registry.books.head().root,
    )
    assert said.oldest <= exchange.PROTOCOL_1 <= said.newest


def test_a_wrong_clock_shuts_nobody_out(registry, served, site):
    site_clock = type(registry.clock)(at=0)
    with linked(served, site.keys, site_clock) as opened:
        opened.hello()
        assert opened.tip(site.node).status == "enrolled"


def test_a_request_of_another_time_is_refused(registry, served, site):
    site_clock = type(registry.clock)(at=0)
    with linked(served, site.keys, site_clock) as opened, pytest.raises(RegistryRefused) as refused:
        opened.tip(site.node)
    assert refused.value.reason == "stale"


def test_push_tip_and_feed(registry, link, site):
    site.fill(3)
    assert link.tip(site.node).number == 0
    receipt = link.push(site.node, site.entries)
    assert exchange.receipt_names(receipt, site.node, site.tip)
    assert link.tip(site.node).hash == site.tip.hash
    page = link.feed(0, 100)
    assert {item.public_key for item in page.items} == {registry.books.key.public_key}
    assert page.last == page.log_size == receipt.log_size


def test_the_registry_proves_that_its_log_only_grows(registry, link, site):
    site.fill(6, weapons=1)
    heads = [registry.books.head()]
    for entry in site.entries:
        link.push(site.node, [entry])
        heads.append(registry.books.head())
    shown = [(head.size, head.root) for head in heads]
    for old in shown[:-1]:
        said = link.consistency(old[0], shown[-1][0])
        assert tree.begins(old, shown[-1], said.steps)
        assert not tree.begins((old[0], "ab" * 32), shown[-1], said.steps)
    for old, size in ((0, 1), (3, 2), (1, 10**6), (-1, -1)):
        with pytest.raises(RegistryRefused):
            link.consistency(old, size)


def test_a_node_gets_its_own_chain_back_and_nobody_elses(registry, link, site, monkeypatch):
    site.fill(6, weapons=2)
    link.push(site.node, site.entries)
    assert link.entries(site.node, 2) == tuple(site.entries[2:])
    assert link.entries(site.node, len(site.entries)) == ()
    monkeypatch.setattr(registry_books, "MOST_FACTS_A_PAGE", 4)
    assert link.entries(site.node, 1) == tuple(site.entries[1:3])
    with pytest.raises(NodeUnknown):
        link.entries(registry.books.key.node, 0)


def test_each_no_has_its_own_meaning(registry, link, site):
    site.fill(2)
    with pytest.raises(ChainGap):
        link.push(site.node, site.entries[1:])
    broken = ledger.Entry(site.entries[0].header, bytes(64), site.entries[0].facts)
    with pytest.raises(ChainBroken):
        link.push(site.node, [broken])
    with pytest.raises(NodeUnknown):
        link.tip("a" * 16)
    clone = site.copy()
    clone.write(a_weapon("clone-only"))
    site.fill(1)
    link.push(site.node, site.entries)
    with pytest.raises(ChainForked):
        link.push(site.node, clone.entries)
    with pytest.raises(NodeQuarantined):
        link.push(site.node, site.entries)
    with pytest.raises(NodeQuarantined):
        link.feed(0, 10)
    assert link.tip(site.node).status == "quarantined"


def test_too_large_a_batch_is_refused(link, site, monkeypatch):
    monkeypatch.setattr(intake, "MOST_FACTS_A_BATCH", 50)
    for _ in range(6):
        site.write(*(a_weapon(f"w{len(site.facts)}-{n}") for n in range(10)))
    with pytest.raises(BatchTooLarge):
        link.push(site.node, site.entries)
    assert link.push(site.node, site.entries[:5]).number == 5


def test_a_stranger_is_not_answered(registry, served, site):
    stranger = SiteKeys()
    with linked(served, stranger, registry.clock) as opened, pytest.raises(NodeUnknown):
        opened.tip(stranger.node)


def test_nobody_asks_in_anothers_name(registry, served, site):
    thief = SiteKeys()
    thief.node = site.node
    with linked(served, thief, registry.clock) as opened, pytest.raises(RegistryRefused) as refused:
        opened.tip(site.node)
    assert refused.value.reason == "signature"


def test_a_code_lets_in_one_node_once(registry, served):
    code = registry.enrolment.make_code("Kampala Central", "KLA")
    first, second = SiteKeys(), SiteKeys()
    with linked(served, first, registry.clock) as opened:
        certificate = opened.enrol(first.request(code))
        assert certificate.name == "Kampala Central"
        assert opened.enrol(first.request(code)).node == first.node
        with pytest.raises(CodeUnknown):
            opened.enrol(second.request(code))
        with pytest.raises(CodeUnknown):
            opened.enrol(second.request("not-a-code"))
        forged = exchange.signed(second.request(code), first.sign)
        with pytest.raises(RegistryRefused):
            opened.enrol(forged)


def test_guessing_codes_is_slowed_down(registry, served):
    guesser = SiteKeys()
    with linked(served, guesser, registry.clock) as opened:
        for number in range(20):
            with pytest.raises(CodeUnknown):
                opened.enrol(guesser.request(f"guess-{number}"))
        with pytest.raises(RegistryUnreachable):
            opened.enrol(guesser.request(registry.enrolment.make_code("right")))


@pytest.mark.parametrize(
    "url", ["", "registry", "ftp://x", "http://", "http://a b", "http://x/?q", "javascript:1"]
)
def test_an_address_that_is_none(url):
    with pytest.raises(FieldUnreadable):
        HttpRegistryLinks(SiteKeys(), None, None).open(url, None)
