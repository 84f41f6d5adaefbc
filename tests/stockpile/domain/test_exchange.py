from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain import exchange, ledger, wire
from stockpile.domain.errors import MessageUnreadable, SignatureWrong
from stockpile.domain.exchange import Certificate, FeedItem, FeedPage, Receipt
from stockpile.domain.values import Digest
from tests.helpers.sites import AT, Site, SiteKeys

REGISTRY = SiteKeys(b"r" * 32)
NODE = SiteKeys(b"n" * 32)


def a_receipt():
    said = Receipt(NODE.node, 3, Digest("ab" * 32), 7, 9, Digest("cd" * 32), AT, b"")
    return exchange.signed(said, REGISTRY.sign)


def a_certificate():
    said = Certificate(
        NODE.node, NODE.public_key, "Kampala", REGISTRY.node, REGISTRY.public_key, AT, b""
    )
    return exchange.signed(said, REGISTRY.sign)


def other(value):
    return value + (b"x" if isinstance(value, bytes) else 1 if isinstance(value, int) else "x")


@pytest.mark.parametrize("message", [a_receipt(), a_certificate(), NODE.request("code")])
def test_messages_come_back(message):
    assert wire.decode(wire.encode(message), type(message)) == message


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Receipt)])
def test_every_field_of_a_receipt_is_signed(field):
    good = a_receipt()
    exchange.demand_receipt(good, REGISTRY.public_key)
    changed = dataclasses.replace(good, **{field: other(getattr(good, field))})
    with pytest.raises(SignatureWrong):
        exchange.demand_receipt(changed, REGISTRY.public_key)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Certificate)])
def test_every_field_of_a_certificate_is_signed(field):
    good = a_certificate()
    exchange.demand_certificate(good, NODE.node, NODE.public_key)
    changed = dataclasses.replace(good, **{field: other(getattr(good, field))})
    with pytest.raises(SignatureWrong):
        exchange.demand_certificate(changed, NODE.node, NODE.public_key)


def test_a_certificate_for_another_node_is_refused():
    with pytest.raises(SignatureWrong):
        exchange.demand_certificate(a_certificate(), REGISTRY.node, REGISTRY.public_key)


@pytest.mark.parametrize("word", ["\x00", "two\nlines", "a" * 201, "\x7f"])
@pytest.mark.parametrize("field", ["name", "site", "code"])
def test_no_request_has_a_name_that_no_paper_could_show(field, word):
    with pytest.raises(MessageUnreadable):
        exchange.demand_request(dataclasses.replace(NODE.request("code"), **{field: word}))


@pytest.mark.parametrize("field", ["node", "public_key", "name", "site", "code", "signature"])
def test_every_field_of_a_request_is_signed(field):
    good = NODE.request("code")
    exchange.demand_request(good)
    with pytest.raises(SignatureWrong):
        exchange.demand_request(dataclasses.replace(good, **{field: other(getattr(good, field))}))


def test_a_receipt_names_one_entry_of_one_chain():
    receipt = a_receipt()
    tip = ledger.Tip(3, 12, receipt.hash)
    assert exchange.receipt_names(receipt, NODE.node, tip)
    assert not exchange.receipt_names(receipt, REGISTRY.node, tip)
    assert not exchange.receipt_names(receipt, NODE.node, dataclasses.replace(tip, number=4))
    elsewhere = dataclasses.replace(tip, hash=ledger.GENESIS)
    assert not exchange.receipt_names(receipt, NODE.node, elsewhere)


def test_a_code_is_read_out_and_typed_back_however():
    code = exchange.code_text(REGISTRY.node, bytes(range(10)))
    assert exchange.code_key(code) == exchange.code_key(f"  {code.upper().replace('-', ' ')} ")
    assert exchange.code_key(code) != exchange.code_key(code[:-1] + "z")
    assert exchange.code_names(code, REGISTRY.node)
    assert not exchange.code_names(code, NODE.node)
    assert exchange.code_names("spoken-only", NODE.node)


def test_a_page_of_the_feed_comes_back():
    site = Site()
    site.found()
    site.fill(3)
    items = tuple(
        FeedItem(place, site.keys.public_key, entry) for place, entry in enumerate(site.entries, 5)
    )
    page = FeedPage(items, 9, 12, Digest("ab" * 32))
    raw = exchange.pack_feed(page)
    assert exchange.unpack_feed(raw) == page
    lines = raw.splitlines(keepends=True)
    for end in range(len(lines)):
        with pytest.raises(MessageUnreadable):
            exchange.unpack_feed(b"".join(lines[:end]))
    empty = FeedPage((), 0, 0, Digest("ab" * 32))
    assert exchange.unpack_feed(exchange.pack_feed(empty)) == empty


def test_a_page_with_more_items_than_any_registry_sends_is_not_read_to_its_end():
    site = Site()
    item = FeedItem(1, site.keys.public_key, site.found())
    most = exchange.MOST_ITEMS_READ
    for items in (most, most + 1):
        raw = exchange.pack_feed(FeedPage((item,) * items, 9, 12, Digest("ab" * 32)))
        if items == most:
            assert len(exchange.unpack_feed(raw).items) == items
            continue
        with pytest.raises(MessageUnreadable, match="items"):
            exchange.unpack_feed(raw)
