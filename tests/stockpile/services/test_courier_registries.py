"""A registry's answer by stick settles what a line would, and nothing that it does not prove."""

from __future__ import annotations

import dataclasses
import shutil

import pytest

from stockpile.app import open_home
from stockpile.domain import courier, exchange, wire
from stockpile.domain.courier import ChainPart, FeedRead
from stockpile.domain.errors import ChainForked, CourierForged, NodeOvertaken, RegistryRewritten
from stockpile.domain.exchange import TreeProof
from stockpile.locks import age
from stockpile.registry.intake import take
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from stockpile.services.courier_meetings import CourierMeetings
from tests.helpers import sticks
from tests.helpers.house import PASSPHRASE, PIN, House
from tests.helpers.neighbours import Depot, two_depots
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site
from tests.helpers.sticks import answer, bring, enrolled, peer, standing


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


@pytest.fixture
def depot(registry, tmp_path):
    one, other = two_depots(tmp_path)
    other.stockpile.close()
    enrolled(one, registry, tmp_path)
    yield one
    one.stockpile.close()


def test_the_registry_is_the_first_receiver_and_is_always_written_for(registry, depot, tmp_path):
    own, couriers = registry.books.key.node, depot.stockpile.couriers
    assert [one.id for one in couriers.receivers()] == [own]
    assert couriers.registries.without_a_line() == (own,)
    assert couriers.registries.is_one(own)
    assert not couriers.registries.is_one(depot.node)
    assert couriers.registries.read(own) == FeedRead(own)
    assert couriers.registries.read(depot.node) is None
    (tmp_path / "folder").mkdir()
    meeting = CourierMeetings(couriers)
    met = meeting.exchange(tmp_path / "folder", by=depot.by)[1]
    assert [one.to.id for one in met.packed] == [own]


def test_the_first_stick_brings_all_and_the_answer_says_so(registry, depot, tmp_path):
    depot.stock(3)
    assert bring(registry, depot, tmp_path).facts
    assert registry.books.tip(depot.node).number == depot.stockpile.books.tip().number
    assert "The centre has heard up to no." in standing(depot)
    assert "Waiting" not in standing(depot)
    kept = peer(depot)
    assert (kept.acknowledged, kept.tree_head[0]) == (3, registry.books.head().size)
    assert kept.cursor
    assert [one.number for _key, one in depot.stockpile.books.receipts()] == [3]


def test_the_next_stick_brings_what_is_new_and_the_log_is_proved_to_have_grown(
    registry, depot, tmp_path
):
    bring(registry, depot, tmp_path)
    before = peer(depot)
    depot.stock(1)
    packed = depot.pack(tmp_path / "next.courier", registry.books.key.node)
    assert packed.acts == 1
    bring(registry, depot, tmp_path)
    after = peer(depot)
    assert after.tree_head[0] > before.tree_head[0]
    assert after.cursor > before.cursor
    assert depot.stockpile.books.check(deep=True)


def test_what_a_line_already_brought_is_left_out_of_the_first_stick(registry, depot, tmp_path):
    depot.stock(2)
    books = depot.stockpile.books
    entries = books.entries(depot.node, 0, 99)
    receipt = take(registry.books, depot.node, wire.squeeze(wire.pack(entries)))
    found = dataclasses.replace(peer(depot), acknowledged=receipt.number)
    books.keep_peer(found)
    assert depot.pack(tmp_path / "a.courier", registry.books.key.node).acts == 0
    held = depot.stockpile.couriers.held_by(registry.books.key.node)
    assert held == {depot.node: receipt.number}


def test_answers_that_come_twice_or_late_move_nothing_back(registry, depot, tmp_path):
    bring(registry, depot, tmp_path, "one")
    depot.stock(1)
    bring(registry, depot, tmp_path, "two")
    stands, said = peer(depot), standing(depot)
    for name in ("one", "two", "one"):
        depot.load(tmp_path / f"{name} back.courier")
    assert (peer(depot), standing(depot)) == (stands, said)


def test_two_answers_to_the_same_words_are_read_as_one(registry, depot, tmp_path):
    """The second stick was written before the first answer came: its stretch begins at the same."""
    for name in ("one", "two"):
        depot.stock(1)
        depot.pack(tmp_path / f"{name}.courier", registry.books.key.node)
    for name in ("one", "two"):
        sticks.take(registry, tmp_path / f"{name}.courier")
        answer(registry, depot, tmp_path / f"{name} back.courier")
    depot.load(tmp_path / "one back.courier")
    after_first = peer(depot)
    depot.load(tmp_path / "two back.courier")
    assert peer(depot).cursor == after_first.cursor
    assert peer(depot).acknowledged == 4
    bring(registry, depot, tmp_path, "three")
    assert peer(depot).cursor > after_first.cursor


def changed(registry, depot, file, **said):
    """An answer as a dishonest registry would write it: its own key signs what it likes."""
    manifest, locked = courier.unsealed(file.read_bytes(), "f")
    plain = depot.stockpile.keys.unlock(locked, "f")
    content = dataclasses.replace(courier.unpacked(plain, manifest, "f"), **said)
    locked = age.lock_for(courier.packed(content), [depot.stockpile.keys.public_key])
    file.write_bytes(courier.sealed(manifest, locked, registry.books.key.sign))


def receipt_in(depot, file):
    (found,) = depot.stockpile.couriers.open(file).content.receipts
    return found


def test_a_receipt_that_the_registry_did_not_sign_spoils_the_file(registry, depot, tmp_path):
    bring(registry, depot, tmp_path, "one")
    file = tmp_path / "one back.courier"
    forged = dataclasses.replace(receipt_in(depot, file), number=7)
    changed(registry, depot, file, receipts=(forged,))
    with pytest.raises(CourierForged) as refused:
        depot.load(file)
    assert refused.value.why == "receipt"


def test_a_receipt_for_another_history_than_ours_settles_nothing(registry, depot, tmp_path):
    bring(registry, depot, tmp_path, "one")
    before, file = peer(depot), tmp_path / "one back.courier"
    told = dataclasses.replace(receipt_in(depot, file), number=99, signature=b"")
    changed(registry, depot, file, receipts=(exchange.signed(told, registry.books.key.sign),))
    depot.load(file)
    assert peer(depot) == before
    assert [one.number for _key, one in depot.stockpile.books.receipts()] == [before.acknowledged]


def test_a_registry_that_shows_another_log_than_before_is_not_opened(registry, depot, tmp_path):
    bring(registry, depot, tmp_path, "one")
    before, file = peer(depot), tmp_path / "one back.courier"
    true = receipt_in(depot, file)
    same_size = dataclasses.replace(true, log_root="f" * 64, signature=b"")
    longer = dataclasses.replace(same_size, log_size=true.log_size + 5)
    for told in (same_size, longer):
        proof = TreeProof(true.log_size, told.log_size, (bytes(32),))
        signed = exchange.signed(told, registry.books.key.sign)
        changed(registry, depot, file, receipts=(signed,), proof=proof)
        with pytest.raises(RegistryRewritten):
            depot.load(file)
    assert peer(depot) == before


def test_a_longer_log_without_a_proof_is_not_believed_yet(registry, depot, tmp_path):
    bring(registry, depot, tmp_path, "one")
    depot.stock(1)
    depot.pack(tmp_path / "two.courier", registry.books.key.node)
    sticks.take(registry, tmp_path / "two.courier")
    answer(registry, depot, tmp_path / "two back.courier")
    before = peer(depot).tree_head
    changed(registry, depot, tmp_path / "two back.courier", proof=None)
    depot.load(tmp_path / "two back.courier")
    assert peer(depot).tree_head == before
    assert peer(depot).acknowledged == depot.stockpile.books.tip().number


def test_a_stretch_of_which_something_was_left_out_is_read_again(registry, depot, tmp_path):
    depot.pack(tmp_path / "one.courier", registry.books.key.node)
    sticks.take(registry, tmp_path / "one.courier")
    answer(registry, depot, tmp_path / "one back.courier")
    opened = depot.stockpile.couriers.open(tmp_path / "one back.courier")
    beyond = ChainPart(registry.books.key.node, 1, 99)
    manifest = dataclasses.replace(opened.content.manifest, chains=(beyond,))
    content = dataclasses.replace(opened.content, manifest=manifest)
    depot.stockpile.couriers.registries.heard(content, ())
    assert (peer(depot).cursor, peer(depot).acknowledged) == (0, 2)


def test_an_old_copy_is_shown_by_its_own_signature_that_it_is_one(registry, depot, tmp_path):
    """The disk died and a copy of last week was put back: it writes nothing more with this key."""
    bring(registry, depot, tmp_path, "one")
    shutil.copytree(depot.house.home, tmp_path / "copy")
    depot.stock(2)
    bring(registry, depot, tmp_path, "two")
    tip = depot.stockpile.books.tip()
    with open_home(tmp_path / "copy", PASSPHRASE) as opened:
        officer = opened.people.sign_in(depot.by.officer.name, PIN)
        copy = Depot(House(tmp_path / "copy", opened, officer), officer)
        assert opened.books.tip().number < tip.number
        # what it sends says what it holds, though nothing in it is new
        registry.clock.at += 86_400_000
        copy.pack(tmp_path / "three.courier", registry.books.key.node)
        assert sticks.take(registry, tmp_path / "three.courier").facts == 0
        answer(registry, copy, tmp_path / "three back.courier")
        found = copy.load(tmp_path / "three back.courier")
        assert found.alarm.number == tip.number
        assert opened.books.tip() == tip
        with pytest.raises(NodeOvertaken):
            copy.stock(1)
        assert "old copy" in standing(copy)


def test_an_old_copy_that_wrote_on_is_told_as_two_histories(registry, depot, tmp_path):
    bring(registry, depot, tmp_path, "one")
    shutil.copytree(depot.house.home, tmp_path / "copy")
    depot.stock(2)
    bring(registry, depot, tmp_path, "two")
    with open_home(tmp_path / "copy", PASSPHRASE) as opened:
        officer = opened.people.sign_in(depot.by.officer.name, PIN)
        copy = Depot(House(tmp_path / "copy", opened, officer), officer)
        copy.pack(tmp_path / "three.courier", registry.books.key.node)
        sticks.take(registry, tmp_path / "three.courier")
        answer(registry, copy, tmp_path / "three back.courier")
        copy.stock(1, "OTHER")
        with pytest.raises(ChainForked):
            copy.load(tmp_path / "three back.courier")
        assert opened.books.overtaken(copy.node)


def test_a_meeting_writes_for_whose_file_lies_there_and_for_a_registry_that_no_line_reaches(
    registry, depot, tmp_path
):
    """Where only the registry's answer lies, no depot is written for; with a line, no registry."""
    other = Site()
    registry.enrol(other, "GUL", ["GUL"])
    bring(registry, depot, tmp_path, "one")
    own, couriers = registry.books.key.node, depot.stockpile.couriers
    meeting = CourierMeetings(couriers)
    folder = tmp_path / "stick"
    folder.mkdir()
    assert meeting.receivers(meeting.look(folder)) == [other.node, own]
    answer(registry, depot, folder / "back.courier")
    assert meeting.receivers(meeting.look(folder)) == [own]
    depot.stockpile.books.keep_peer(dataclasses.replace(peer(depot), url="https://registry"))
    assert meeting.receivers(meeting.look(folder)) == []
    (folder / "back.courier").unlink()
    assert meeting.receivers(meeting.look(folder)) == [other.node]


def test_an_answer_says_which_photos_wait_here(registry, depot, tmp_path):
    own, (weapon,) = registry.books.key.node, depot.stock(1)
    photo = depot.photograph(weapon, 1, width=64, height=48)
    shelf = Photos(registry.books, PhotoFiles(tmp_path / "photos"))
    bring(registry, depot, tmp_path)
    assert depot.stockpile.photographs.photos.waiting(own) == 0  # no folder: it asks for none
    answer(registry, depot, tmp_path / "back.courier", shelf)
    depot.load(tmp_path / "back.courier")
    assert depot.stockpile.photographs.photos.waiting(own) == 1
    assert "Waiting: \u20661\u2069 photo." in standing(depot)
    shelf.accept(registry.books.node(depot.node), photo, depot.stockpile.photographs.read(photo))
    answer(registry, depot, tmp_path / "again.courier", shelf)
    depot.load(tmp_path / "again.courier")
    depot.load(tmp_path / "back.courier")  # it comes late, and says what was true once
    assert depot.stockpile.photographs.photos.waiting(own) == 0
