"""Whom a courier file is believed, and what it may do here."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from stockpile import wording
from stockpile.app import open_home
from stockpile.domain import courier, excerpts, hot_list
from stockpile.domain.errors import (
    CourierForged,
    CourierForOther,
    CourierIncomplete,
    CourierWordsWrong,
    FieldMissing,
    NodeUnknown,
    OfficerNotAuthorised,
    SenderUnknown,
    SignatureWrong,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, NodeRevoked, OfficerAppointed, WeaponLost
from stockpile.domain.hot_list import HotListHead
from stockpile.services import courier_taking
from stockpile.services.courier_taking import FACTS_AT_ONCE
from stockpile.services.ports import Correspondent, Peer
from tests.helpers.house import PASSPHRASE, PIN, TOLD, House, second_officer
from tests.helpers.neighbours import Depot, introduced, two_depots, two_strangers
from tests.helpers.officers import by_both
from tests.helpers.sites import Site, SiteKeys


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two depots that were introduced: shared by the tests, which only add to their records."""
    folder = tmp_path_factory.mktemp("neighbours")
    depots = two_depots(folder)
    introduced(*depots, folder)
    yield depots
    for one in depots:
        one.stockpile.close()


def test_receivers_are_those_whom_somebody_vouches_for(pair):
    one, other = pair
    assert [node.id for node in one.stockpile.couriers.receivers()] == [other.node]
    with pytest.raises(NodeUnknown):
        one.pack(None, "x" * 16)


def test_an_officer_vouches_by_code_and_key_and_only_who_may(pair, tmp_path):
    one, other = pair
    keys, couriers = other.stockpile.keys, one.stockpile.couriers
    with pytest.raises(SignatureWrong):
        couriers.introduce("x" * 16, keys.public_key, "Gulu", by=one.by)
    with pytest.raises(FieldMissing):
        couriers.introduce(keys.node, keys.public_key, " ", by=one.by)
    people = one.stockpile.people
    people.appoint("An Auditor", ("auditor",), PIN, by=one.by)
    auditor = people.sign_in("An Auditor", PIN)
    with pytest.raises(OfficerNotAuthorised):
        couriers.introduce(keys.node, keys.public_key, "Gulu", by=auditor)


def test_officers_of_another_depot_are_on_record_and_cannot_sign_here(pair):
    one, other = pair
    assert other.by.id in {
        each.subject for each in one.stockpile.books.references(OfficerAppointed)
    }
    assert other.by.officer.name not in {each.name for each in one.stockpile.people.officers()}
    assert one.stockpile.people.sign_in("S. Second", PIN).id == one.second.id


def test_a_file_for_another_or_with_other_words_is_not_opened(pair, tmp_path):
    one, other = pair
    file = tmp_path / "a.courier"
    one.pack(file, other.node)
    with pytest.raises(CourierForOther):
        one.stockpile.couriers.open(file)
    packed = one.pack(file)
    with pytest.raises(CourierWordsWrong):
        other.stockpile.couriers.open(file)
    with pytest.raises(CourierWordsWrong):
        other.stockpile.couriers.open(file, "babab babab babab babab babab")
    assert other.stockpile.couriers.open(file, packed.words).preview.sender.id == one.node


def test_a_changed_or_cut_file_takes_nothing_in(pair, tmp_path):
    one, other = pair
    file = tmp_path / "a.courier"
    one.stock(2, "CUT")
    one.pack(file, other.node)
    whole = file.read_bytes()
    before = other.stockpile.books.tips()
    for spoilt in (whole[:-1], whole[:300], whole + b"x", whole.replace(b"KLA", b"KLB"),
                   bytes([*whole[:-9], whole[-9] ^ 1, *whole[-8:]])):  # fmt: skip
        if spoilt != whole:
            file.write_bytes(spoilt)
            with pytest.raises(CourierForged):
                other.load(file)
    assert other.stockpile.books.tips() == before


def test_loaded_twice_it_changes_nothing(pair, tmp_path):
    one, other = pair
    file = tmp_path / "a.courier"
    one.stock(2, "TWICE")
    one.pack(file, other.node)
    assert other.load(file).facts
    assert other.stockpile.couriers.open(file).preview.is_known
    assert other.load(file).facts == 0


def test_losses_are_named_before_anything_is_taken_in(pair, tmp_path):
    one, other = pair
    (weapon,) = one.stock(1, "LOST")
    stands = one.stockpile.books.weapon(weapon)
    lost = Draft(weapon, WeaponLost("stolen", report="LR-1"), stands.heads.custody)
    second = second_officer(one.stockpile, one.by)
    recorded = by_both(one.stockpile.books, one.by, second, [lost])
    file = tmp_path / "a.courier"
    one.pack(file, other.node)
    opened = other.stockpile.couriers.open(file)
    assert opened.preview.losses == (weapon,)
    number = one.stockpile.books.tip().number
    assert opened.content.manifest.urgent[-1].last == number
    assert len(recorded.entries) == 1
    other.load(file)


def test_only_what_the_other_side_has_not_confirmed_goes_along(pair, tmp_path):
    one, other = pair
    there, back = tmp_path / "there.courier", tmp_path / "back.courier"
    one.pack(there, other.node)
    other.load(there)
    tip = one.stockpile.books.tip().number
    again = one.pack(there, other.node)
    assert again.acts > 0  # no receipt came back yet
    other.pack(back, one.node)
    one.load(back)
    heard = one.stockpile.couriers.heard(other.node)
    assert dict(heard.holds)[one.node] == tip
    assert one.pack(there, other.node).acts == 0
    assert other.stockpile.couriers.open(there).preview.is_known


def test_an_older_file_that_comes_late_takes_no_receipt_back(pair, tmp_path):
    one, other = pair
    old, new = tmp_path / "old.courier", tmp_path / "new.courier"
    there = tmp_path / "there.courier"
    other.pack(old, one.node)
    one.stock(1, "LATE")
    one.pack(there, other.node)
    other.load(there)
    other.pack(new, one.node)
    one.load(new)
    heard = one.stockpile.couriers.heard(other.node)
    one.load(old)
    assert one.stockpile.couriers.heard(other.node) == heard


def test_a_file_that_goes_on_from_what_never_came_names_what_is_missing(pair, tmp_path):
    one, other = pair
    file = tmp_path / "a.courier"
    one.stock(1, "GAP1")
    one.stock(1, "GAP2")
    tip = one.stockpile.books.tip().number
    # As if a receipt had come back for an entry that the other side's restored books lack.
    files = one.stockpile.couriers.files
    kept = files.correspondent(other.node)
    files.keep(other.node, Correspondent(((one.node, tip - 1),), "x", kept.heard_at, ""))
    one.pack(file, other.node)
    with pytest.raises(CourierIncomplete) as refused:
        other.stockpile.couriers.open(file)
    assert refused.value.first == tip
    files.keep(other.node, kept)


def test_nobody_is_believed_whom_nobody_vouches_for(pair, tmp_path):
    one, _other = pair
    stranger, _ = two = two_strangers(tmp_path)
    file = tmp_path / "a.courier"
    packed = stranger.pack(file)
    before = one.stockpile.books.tips()
    with pytest.raises(SenderUnknown):
        one.stockpile.couriers.open(file, packed.words)
    assert one.stockpile.books.tips() == before
    assert packed.words == courier.tidied_words(packed.words)
    for depot in two:
        depot.stockpile.close()


def test_a_third_depots_part_of_a_life_is_taken_in_once_somebody_here_vouches_for_it(
    pair, tmp_path
):
    one, other = pair
    third, _ = two = two_strangers(tmp_path / "third")
    (weapon,) = one.stock(1, "VIA")
    there, on = tmp_path / "there.courier", tmp_path / "on.courier"
    waybill = one.send([weapon], other.site)
    one.pack(there, other.node, about=[weapon])
    other.load(there)
    other.check_in(waybill, "VIA 00000")
    onward = other.send([weapon], to_name="Third")
    packed = other.pack(on, about=[weapon])
    couriers = third.stockpile.couriers
    assert couriers.hearsay(one.node) is None
    sender = couriers.introduced_by(on)
    couriers.introduce(sender.id, sender.key, sender.name, by=third.by)
    assert couriers.open(on, packed.words).preview.left_out == (one.node,)
    third.load(on, packed.words)
    assert not third.stockpile.books.weapon(weapon).registered
    named = couriers.hearsay(one.node)
    couriers.introduce(named.id, named.key, named.name, by=third.by)
    assert third.load(on, packed.words).preview.left_out == ()
    came = third.check_in(onward, "VIA 00000")
    assert came.state == "received"
    stands = third.stockpile.books.weapon(weapon)
    assert (stands.registered, stands.status, stands.place) == (True, "in_store", third.site)
    assert len(stands.custody) == 1
    for depot in two:
        depot.stockpile.close()


def test_a_receipt_says_how_far_it_came_and_brings_nothing_else(pair, tmp_path):
    one, other = pair
    there, back = tmp_path / "there.courier", tmp_path / "back.courier"
    one.stock(1, "RCPT")
    other.stock(1, "OWN")
    one.pack(there, other.node)
    other.load(there)
    receipt = other.stockpile.couriers.answer(back, one.node, by=other.by)
    assert (receipt.acts, receipt.facts, receipt.to.id) == (0, 0, one.node)
    preview = one.stockpile.couriers.open(back).preview
    assert (preview.is_known, preview.confirmed) == (True, one.stockpile.books.tip().number)
    one.load(back)
    assert one.pack(there, other.node).acts == 0
    whole = back.read_bytes()
    back.write_bytes(whole.replace(b'"facts":0', b'"facts":1'))
    with pytest.raises(CourierForged):
        one.stockpile.couriers.open(back)


def test_what_a_revoked_computer_wrote_later_is_named_and_comes_to_nothing(tmp_path):
    one, other = two = two_depots(tmp_path)
    introduced(*two, tmp_path)
    file = tmp_path / "a.courier"
    good = one.stock(1, "GOOD")
    tip = one.stockpile.books.tip()
    registry = Site()
    registry.found()
    registry.write(Draft(one.node, NodeRevoked(one.node, tip.number, tip.hash, "stolen")))
    books = other.stockpile.books
    books.trust(registry.node, registry.keys.public_key)
    books.keep_peer(Peer("https://registry", registry.node, registry.keys.public_key))
    books.receive(registry.entries)
    later = one.stock(1, "LATER")
    one.pack(file, other.node)
    opened = other.stockpile.couriers.open(file)
    assert opened.preview.aside == (one.by.officer.name,)  # as it was introduced here
    other.load(file)
    assert books.weapon(good[0]).registered
    with pytest.raises(WeaponUnknown):
        books.weapon(later[0])
    assert [each.about[3:] for each in books.conflicts()] == [("sync", "revoked")]
    for depot in two:
        depot.stockpile.close()


def test_hostile_content_under_a_true_signature_is_refused_by_name(pair, tmp_path):
    """A sender that is believed, and whose program writes nonsense."""
    one, other = pair
    file = tmp_path / "a.courier"
    one.stock(1, "ODD")
    packed = one.pack(file, other.node)
    couriers = one.stockpile.couriers
    manifest, _locked = courier.unsealed(file.read_bytes(), "f")
    site = Site()
    site.found()
    cut = excerpts.excerpt_of(site.entries[0], [0])
    odd = replace(cut, parts=(replace(cut.parts[0], raw=b"nothing"),), header=b"{}")
    content = courier.Content(replace(manifest, chains=(), facts=0), (), (), (), (odd,))
    locked = couriers.files.lock(courier.packed(content), [other.stockpile.keys.public_key], "")
    file.write_bytes(courier.sealed(content.manifest, locked, one.stockpile.keys.sign))
    with pytest.raises(CourierForged):
        other.stockpile.couriers.open(file)
    assert packed.acts


def test_the_list_of_lost_weapons_goes_along_and_only_a_known_registrys_is_believed(pair, tmp_path):
    one, other = pair
    registry, stranger = SiteKeys(), SiteKeys()
    raw = hot_list_of(registry, "s:HOT1")
    for depot in pair:
        peer = Peer("http://r", registry.node, registry.public_key)
        depot.stockpile.books.keep_peer(peer)
    one.stockpile.books.keep_peer(Peer("http://s", stranger.node, stranger.public_key))
    for made in (raw, hot_list_of(stranger, "s:HOT2")):
        assert one.stockpile.hot_lists.accept(made)
    stick = tmp_path / "hot.courier"
    one.pack(stick, other.node)
    other.load(stick)
    lists = other.stockpile.hot_lists
    assert lists.check_text("HOT 1") == "possible"
    assert lists.check_text("HOT 2") == ""
    assert lists.outgoing() == (raw,)


def hot_list_of(registry, text):
    head = HotListHead(1, registry.node, 1, 1, b"s" * 16, 1, 1, 0, b"")
    return hot_list.made(head, [hot_list.key_of(text, head.salt, head.rounds)], registry.sign)


@pytest.mark.parametrize("at_once", [1, FACTS_AT_ONCE])
def test_a_clone_that_sends_another_history_is_a_card_with_both_and_changes_nothing(
    tmp_path, monkeypatch, at_once
):
    monkeypatch.setattr(courier_taking, "FACTS_AT_ONCE", at_once)
    one, other = two_depots(tmp_path)
    introduced(one, other, tmp_path)
    one.stockpile.close()
    shutil.copytree(one.house.home, tmp_path / "clone")
    true, clone = _opened(one.house.home), _opened(tmp_path / "clone")
    file, room = tmp_path / "a.courier", other.stockpile.conflict_room
    (kept,) = true.stock(1, "TRUE")
    true.pack(file, other.node)
    assert other.load(file).facts
    before = other.stockpile.books.tips()
    (beside,) = clone.stock(1, "CLONE")
    clone.pack(file, other.node)
    taken = other.load(file)
    assert taken.alarm.node == true.node
    assert "kept as evidence" in wording.error_sentence(taken.alarm)
    assert other.stockpile.books.tips() == before
    assert other.stockpile.books.history(kept)
    assert not other.stockpile.books.history(beside)
    (card,) = [one.card for one in room.shown("node_fork").cards]
    written = {
        dict(side.says)["history"]: {fact.subject for fact in side.entries} for side in card.sides
    }
    assert (kept in written["in_chain"], beside in written["beside"]) == (True, True)
    other.stockpile.books.check(deep=True)
    true.stock(1, "LATER")
    true.pack(file, other.node)
    assert other.load(file).facts  # the true one goes on being heard
    clone.stock(2, "MORE")
    clone.pack(file, other.node)
    assert other.load(file).alarm is not None  # and all that the copy writes is kept
    assert room.count() == 1
    (card,) = [one.card for one in room.shown("node_fork").cards]
    assert [one.kind for one in card.choices] == ["history_stands"]
    said, by = "the copy stands in the workshop", other.house.officer
    room.settle(card.conflict.id, 1, said, card.version, by=by, second=other.second)
    assert room.count() == 0
    assert other.load(file).alarm is None  # it was decided
    other.stockpile.books.rebuild()
    assert room.count() == 0
    for depot in (true, clone, other):
        depot.stockpile.close()


def _opened(home):
    """Open a depot's home again, with both its officers."""
    stockpile = open_home(home, PASSPHRASE)
    officers = [stockpile.people.sign_in(name, PIN) for name in (TOLD.officer, "S. Second")]
    return Depot(House(home, stockpile, officers[0]), officers[1])
