"""What a courier file would bring is told before anything is taken in, and only what is proved."""

from __future__ import annotations

import contextlib
import dataclasses
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockpile.domain import courier, wire
from stockpile.domain.courier import Content, Held, Manifest
from stockpile.domain.errors import (
    ChainForked,
    CourierForged,
    CourierForOther,
    CourierIncomplete,
    CourierTooLarge,
    CourierWordsWrong,
    NodeQuarantined,
    SenderNotEnrolled,
)
from stockpile.domain.facts import Draft, WaybillOpened, WeaponLost, WeaponRecovered
from stockpile.domain.values import PlaceId
from stockpile.locks import age
from stockpile.registry import courier_reading, couriers
from stockpile.registry.intake import take
from tests.helpers.nightly import examples
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file

NONSENSE = (b"", b"\n", b"[", b"{", b'"', b"null", b"-1", b"\0", b"[[[[", b"\xff")


def looked(registry, whole, words=""):
    return couriers.look(registry.books, whole, "a.courier", words).preview


def sent(registry, site, entries=None):
    take(registry.books, site.node, wire.squeeze(wire.pack(entries or site.entries)))


def test_who_it_is_from_what_is_new_and_what_is_known(registry, site):
    site.fill(4, weapons=2)
    sent(registry, site, site.entries[:2])
    holds = (Held(registry.books.key.node, 2, "f" * 64),)
    preview = looked(registry, a_file(registry, site, holds=holds, made=77))
    (chain,) = preview.chains
    assert (preview.name, preview.sender, preview.made) == ("Kampala", site.node, 77)
    assert (chain.first, chain.last, chain.held, chain.stands) == (1, 5, 2, "new")
    assert (chain.known, len(chain.fresh), chain.facts, preview.facts) == (2, 3, 6, 6)
    assert (preview.confirmed, preview.trouble, preview.is_known) == (2, None, False)
    assert [one.number for one in preview.told] == [5, 4, 3]
    assert [one.count for one in preview.told] == [2, 2, 2]
    assert registry.books.tip(site.node).number == 2


def test_losses_come_first_then_recoveries_and_transfers(registry, site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    head = {fact.subject: fact.hash for fact in site.facts}
    site.by_two(
        Draft("w2", WeaponLost("stolen", "The rack was open.", "2026-09-20"), (head["w2"],))
    )
    found = WeaponRecovered(PlaceId("store"), "A market", "2026-09-03", "Handed in.")
    site.by_one(Draft("w2", found, (site.facts[-1].hash,)))
    site.by_two(Draft("w1", WeaponLost("lost", "", "2026-09-21"), (head["w1"],)))
    site.write(Draft("wb", WaybillOpened("WB-1", ("w1",), PlaceId("store"))))
    preview = looked(registry, a_file(registry, site))
    assert [(one.subject, type(one.body)) for one in preview.losses] == [
        ("w2", WeaponLost), ("w1", WeaponLost), ("w2", WeaponRecovered),
    ]  # fmt: skip
    assert [one.number for one in preview.waybills] == ["WB-1"]


def test_long_lists_are_bounded_and_counted(registry, site, monkeypatch):
    monkeypatch.setattr(courier_reading, "MOST_LOSSES", 1)
    site.write(a_weapon("w1"), a_weapon("w2"))
    for one in site.facts[-2:]:
        site.by_two(Draft(one.subject, WeaponLost("lost", "", "2026-09-21"), (one.hash,)))
    site.fill(30, weapons=1)
    preview = looked(registry, a_file(registry, site))
    assert (len(preview.losses), preview.more_losses) == (1, 1)
    assert len(preview.told) == courier_reading.MOST_TOLD


def test_everything_known_or_nothing_at_all_in_it(registry, site):
    sent(registry, site)
    assert looked(registry, a_file(registry, site)).is_known
    receipt = looked(registry, a_file(registry, site, ()))
    assert (receipt.chains, receipt.is_known) == ((), True)


def test_a_file_for_words_opens_with_them_however_they_are_typed(registry, site):
    whole = a_file(registry, site, words="babab cacac")
    assert looked(registry, whole, " BABAB-cacac ").sender == site.node
    for wrong in ("", "babab dadad"):
        with pytest.raises(CourierWordsWrong):
            looked(registry, whole, wrong)


def test_what_is_missing_forked_or_not_trusted_is_said(registry, site):
    site.fill(4)
    gap = looked(registry, a_file(registry, site, site.entries[2:]))
    assert isinstance(gap.trouble, CourierIncomplete)
    assert (gap.trouble.have, gap.trouble.first, gap.chains[0].stands) == (0, 3, "gap")
    twin = site.copy()
    twin.write(a_weapon("other"))
    site.fill(2)
    sent(registry, site)
    forked = looked(registry, a_file(registry, twin))
    assert isinstance(forked.trouble, ChainForked)
    assert (forked.trouble.number, forked.chains[0].stands) == (6, "forked")
    registry.enrolment.revoke(site.node, "stolen")
    site.fill(1)
    untrusted = looked(registry, a_file(registry, site))
    assert isinstance(untrusted.trouble, NodeQuarantined)
    assert untrusted.chains[0].stands == "untrusted"


def test_another_history_that_begins_after_what_is_held_is_seen_too(registry, site):
    twin = site.copy()
    site.fill(1)
    twin.write(a_weapon("other"))
    twin.fill(1)
    sent(registry, site)
    preview = looked(registry, a_file(registry, twin, twin.entries[2:]))
    assert (preview.chains[0].stands, preview.chains[0].fork) == ("forked", 3)


def test_a_chain_of_another_node_is_taken_where_it_is_known_and_else_left_aside(registry, site):
    known, stranger = Site(), Site()
    registry.enrol(known)
    for one in (known, stranger):
        one.found()
    whole = a_file(registry, site, (*stranger.entries, *known.entries, *site.entries))
    stands = {one.node: one.stands for one in looked(registry, whole).chains}
    assert stands == {site.node: "new", known.node: "new", stranger.node: "aside"}
    registry.enrolment.revoke(known.node, "gone")
    stands = {one.node: one.stands for one in looked(registry, whole).chains}
    assert stands[known.node] == "aside"


def test_who_is_not_enrolled_is_told_what_to_do(registry):
    stranger = Site()
    stranger.found()
    with pytest.raises(SenderNotEnrolled):
        looked(registry, a_file(registry, stranger))


def test_a_file_for_another_or_too_large_is_not_opened(registry, site, monkeypatch):
    with pytest.raises(CourierForOther):
        looked(registry, a_file(registry, site, to=("b" * 16,)))
    monkeypatch.setattr(courier, "MOST_BYTES", 1 << 10)
    with pytest.raises(CourierTooLarge):
        looked(registry, bytes(1 + (1 << 10)))


def test_entries_that_are_not_what_they_claim_are_refused_by_name(registry, site):
    site.fill(2)
    good = site.entries[1]
    facts = (good.facts[1], good.facts[0], *good.facts[2:])
    swapped = dataclasses.replace(good, facts=facts)
    unsigned = dataclasses.replace(good, signature=bytes(64))
    for bad in (swapped, unsigned):
        with pytest.raises(CourierForged):
            looked(registry, a_file(registry, site, (site.entries[0], bad, site.entries[2])))


def test_a_chain_in_several_pieces_is_none_of_ours(registry, site):
    site.fill(4)
    with pytest.raises(CourierForged) as refused:
        looked(registry, a_file(registry, site, (*site.entries[:2], *site.entries[3:])))
    assert refused.value.why == "chains"


@pytest.fixture(scope="module")
def outpost(tmp_path_factory):
    """A registry whose site wrote one file: shared, for nothing is ever taken in."""
    opened = open_registry(str(tmp_path_factory.mktemp("outpost") / "registry.db"))
    made = Site()
    opened.enrol(made)
    made.found_with_officers()
    made.fill(3)
    yield opened, made, a_file(opened, made)
    opened.database.close()


@settings(deadline=None, max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_changed_cut_or_lengthened_file_does_more_than_be_refused(outpost, data):
    registry, _site, written = outpost
    whole = bytearray(written)
    kind = data.draw(st.sampled_from(("change", "cut", "more", "noise")))
    place = data.draw(st.integers(0, 1 << 20)) % len(whole)
    if kind == "change":
        whole[place] ^= data.draw(st.integers(1, 255))
    elif kind == "cut":
        del whole[place:]
    elif kind == "more":
        whole[place:place] = data.draw(st.binary(min_size=1, max_size=60))
    else:
        whole = data.draw(st.binary(max_size=300))
    with pytest.raises(CourierForged):
        looked(registry, bytes(whole))


@settings(deadline=None, max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nonsense_under_a_true_signature_is_refused_by_name(outpost, data):
    """Whoever has a node's key writes what they like under its lock: at worst it is refused."""
    registry, site, _written = outpost
    manifest = Manifest(
        1, "x", site.node, site.keys.public_key.hex(), "K", (registry.books.key.node,), 5,
        courier.chain_parts(site.entries), 0,
    )  # fmt: skip
    plain = bytearray(wire.unfold(courier.packed(Content(manifest, (), tuple(site.entries)))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, 1 << 20)) % len(plain)
        end = at + data.draw(st.integers(0, 40))
        plain[at:end] = data.draw(st.sampled_from(NONSENSE))
    locked = age.lock_for(wire.squeeze(bytes(plain)), [registry.books.key.public_key])
    whole = courier.sealed(manifest, locked, site.keys.sign)
    before = registry.books.tip(site.node)
    with contextlib.suppress(CourierForged):
        looked(registry, whole)
    assert registry.books.tip(site.node) == before


def test_a_few_bytes_that_unfold_into_everything_take_no_memory(outpost):
    registry, site, _written = outpost
    manifest = Manifest(
        1, "x", site.node, site.keys.public_key.hex(), "K", (registry.books.key.node,), 5, (), 0
    )
    bomb = wire.squeeze(bytes(256 << 20))
    locked = age.lock_for(bomb, [registry.books.key.public_key])
    whole = courier.sealed(manifest, locked, site.keys.sign)
    tracemalloc.start()
    try:
        with pytest.raises(CourierTooLarge):
            looked(registry, whole)
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()
