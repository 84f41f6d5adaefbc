"""The answer brings what a line would bring, for its receiver alone, from where it says it is."""

from __future__ import annotations

import pytest

from stockpile.domain import courier, exchange, tree
from stockpile.domain.courier import FeedRead, FeedStretch, Held, Lacked
from stockpile.domain.errors import CourierForOther, NodeQuarantined, NodeUnknown
from stockpile.domain.facts import Draft, WaybillOpened, WeaponDispatched
from stockpile.domain.values import PlaceId
from stockpile.registry import courier_answers, courier_rows
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from tests.helpers import nations
from tests.helpers.albums import a_photo, digest_of, shows
from tests.helpers.sites import SiteKeys, a_weapon
from tests.helpers.sticks import taken
from tests.stockpile.registry.test_photo_rows import sent


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    nations.fill(made)
    return made


def opened(registry, site, photos=None):
    """The answer for a site, as it opens it."""
    made = courier_answers.answer(registry.books, site.node, photos)
    manifest, locked = courier.unsealed(made.whole, made.name)
    assert manifest.sender == registry.books.key.node
    plain = site.keys.unlock(locked, made.name)
    return made, courier.unpacked(plain, manifest, made.name)


def test_the_receipt_the_chain_the_list_and_the_feed_of_its_scope(registry, nation):
    gulu, own = nation.gulu, registry.books.key
    made, content = opened(registry, gulu)
    (receipt,) = content.receipts
    exchange.demand_receipt(receipt, own.public_key)
    assert (receipt.number, receipt.hash) == (gulu.tip.number, gulu.tip.hash)
    assert made.number == gulu.tip.number
    chains = {one.node: (one.first, one.last) for one in content.manifest.chains}
    assert chains == {own.node: (1, registry.books.tip(own.node).number)}
    assert content.manifest.chains[0].node == own.node
    subjects = {part.raw for one in content.excerpts for part in one.parts}
    assert any(b"WB-KLA-26-0001" in raw for raw in subjects)
    (listed,) = content.hot_lists
    assert listed == registry.books.hot_list(0)
    assert content.feed.after == 0
    assert content.feed.last == content.feed.size > 0
    assert made.left == 0
    held = {one.node: one.number for one in content.holds}
    assert held == {own.node: registry.books.tip(own.node).number, gulu.node: gulu.tip.number}


def test_only_its_receiver_opens_it(registry, nation):
    made = courier_answers.answer(registry.books, nation.gulu.node)
    _manifest, locked = courier.unsealed(made.whole, made.name)
    with pytest.raises(CourierForOther):
        SiteKeys().unlock(locked, "f")
    assert made.name == f"registry-Gulu-barracks-{nation.gulu.node[:4]}.courier"


def test_from_where_it_read_and_after_what_it_holds(registry, nation):
    own, gulu = registry.books.key.node, nation.gulu
    _made, first = opened(registry, gulu)
    tip = registry.books.tip(own)
    read = FeedRead(own, first.feed.scope, first.feed.last, first.receipts[0].log_size)
    taken(registry, gulu, (), holds=(Held(own, tip.number, tip.hash),), read=read)
    _made, second = opened(registry, gulu)
    assert (second.entries, second.excerpts, second.proof) == ((), (), None)
    assert second.feed == FeedStretch(read.scope, read.place, read.place, read.place)
    nation.kampala.write(nations.registered(9, "KL-9"))
    nation.kampala.by_two(*a_shipment())
    nation.send()
    taken(registry, gulu, made=6, holds=(Held(own, tip.number, tip.hash),), read=read)
    gulu.fill(1)
    nation.send()
    _made, third = opened(registry, gulu)
    assert third.feed.after == read.place < third.feed.last
    assert third.excerpts
    before, after = first.receipts[0], third.receipts[0]
    assert tree.begins(
        (before.log_size, before.log_root), (after.log_size, after.log_root), third.proof.steps
    )


def a_shipment():
    weapon = nations.weapon_id(9)
    sent = WaybillOpened(
        "WB-KLA-26-0002", (weapon,), PlaceId("KLA-store"), PlaceId("GUL-store"), due="2026-09-25"
    )
    return (
        Draft("wb-2", sent),
        Draft(weapon, WeaponDispatched("wb-2", PlaceId("GUL-store"))),
    )


def test_another_scope_or_a_registry_put_back_begins_the_feed_anew(registry, nation):
    own = registry.books.key.node
    _made, first = opened(registry, nation.gulu)
    scope, last = first.feed.scope, first.feed.last
    for made, read in enumerate((FeedRead(own, "old.1", 1), FeedRead(own, scope, last + 99)), 5):
        taken(registry, nation.gulu, (), made=made, read=read)
        _made, content = opened(registry, nation.gulu)
        assert (content.feed.scope, content.feed.after, content.feed.last) == (scope, 0, last)


def test_a_long_feed_goes_in_several_answers(registry, nation, monkeypatch):
    monkeypatch.setattr(courier_answers, "MOST_ITEMS_A_PAGE", 2)
    monkeypatch.setattr(courier_answers, "MOST_FACTS", 1)
    own, gulu = registry.books.key.node, nation.gulu
    told, place, scope, count = [], 0, "", 0
    while True:
        count += 1
        tip = registry.books.tip(own)
        taken(
            registry, gulu, (), made=count, read=FeedRead(own, scope, place),
            holds=(Held(own, tip.number, tip.hash),),
        )  # fmt: skip
        made, content = opened(registry, gulu)
        told += content.excerpts
        place, scope = content.feed.last, content.feed.scope
        if not made.left:
            break
    assert count > 2
    monkeypatch.undo()
    taken(registry, gulu, (), made=99)
    assert list(opened(registry, gulu)[1].excerpts) == told


def test_who_is_told_the_whole_country_is_told_the_log(registry, nation):
    kampala = nation.kampala
    registry.enrolment.tell_of(kampala.node, ["*"])
    _made, content = opened(registry, kampala)
    chains = {one.node for one in content.manifest.chains}
    assert chains == {registry.books.key.node, nation.gulu.node, nation.arua.node}
    assert (content.feed.scope, content.feed.last) == ("", registry.books.head().size)


def test_each_answer_names_the_one_before_and_is_otherwise_the_same(registry, nation):
    _made, first = opened(registry, nation.arua)
    _made, second = opened(registry, nation.arua)
    assert second.manifest.previous == first.manifest.id
    assert (second.entries, second.excerpts, second.feed) == (
        first.entries, first.excerpts, first.feed,
    )  # fmt: skip
    with registry.books.reading() as connection:
        assert courier_rows.heard(connection, 9) == []


def test_who_is_not_known_or_not_trusted_gets_none(registry, nation):
    with pytest.raises(NodeUnknown):
        courier_answers.answer(registry.books, "x" * 16)
    registry.enrolment.revoke(nation.arua.node, "stolen")
    with pytest.raises(NodeQuarantined):
        courier_answers.answer(registry.books, nation.arua.node)


def test_it_names_the_photos_that_are_missing_newest_first(registry, site, tmp_path):
    first, other = a_photo(1, 64, 48), a_photo(2, 64, 48)
    photos = Photos(registry.books, PhotoFiles(tmp_path / "photos"))
    sent(registry, site, a_weapon("w1"), shows("w1", first))
    sent(registry, site, a_weapon("w2"), shows("w2", other))
    asked = [Lacked("w2", digest_of(other)), Lacked("w1", digest_of(first))]
    for nowhere in (None, Photos(registry.books, None)):  # it never had a folder for them
        assert opened(registry, site, nowhere)[1].lacks == ()
    assert list(opened(registry, site, photos)[1].lacks) == asked
    photos.accept(registry.books.node(site.node), digest_of(other), other)
    assert list(opened(registry, site, photos)[1].lacks) == asked[1:]
    for elsewhere in (None, Photos(registry.books, None)):  # it has one, and it was not named
        assert list(opened(registry, site, elsewhere)[1].lacks) == asked[1:]
