from __future__ import annotations

import dataclasses

import pytest

from stockpile.app.authority_room import locked_for
from stockpile.domain import authority_files
from stockpile.domain.errors import (
    CertificateForOther,
    CertifierUnknown,
    DiskTrouble,
    FieldMissing,
    FieldUnreadable,
    FileUnreadable,
    NotEnrolled,
    OfficerNotAuthorised,
    StatementDamaged,
)
from stockpile.domain.facts import NodeCertified
from stockpile.services.enrolling import words_of
from stockpile.services.ports import AuthorityKey
from tests.helpers.enrolling import (
    CLERKS_KEY,
    ONE,
    certified_by,
    enrolled_by_file,
    with_authority,
)
from tests.helpers.house import PIN
from tests.helpers.officials import officials, signed
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, SiteKeys


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    opened = open_registry(str(tmp_path_factory.mktemp("registry") / "registry.db"))
    with_authority(opened)
    yield opened
    opened.database.close()


def asked(house, tmp_path):
    file = tmp_path / "asks.request"
    return house.stockpile.enrolling.request(file, "Kampala", "KLA", by=house.officer)


def certificate_of(house, registry, tmp_path, **change):
    """Write a certificate for the house with something in it changed."""
    keys = house.stockpile.keys
    said = NodeCertified(keys.node, keys.public_key.hex(), "Kampala", "KLA")
    brought = dataclasses.replace(registry.enrolment.brought(said), **change)
    locked = locked_for(authority_files.certificate_inside(brought), keys.public_key)
    file = tmp_path / "made.certificate"
    file.write_bytes(authority_files.certificate_bytes(keys.node, locked))
    return file


def test_a_request_shows_eight_words_of_the_nodes_own_key(house, tmp_path):
    done = asked(house, tmp_path)
    request, words = house.stockpile.enrolling.read_request(done.file)
    assert words == done.words == house.stockpile.enrolling.words()
    assert len(words.split()) == 8
    assert (request.name, request.site) == ("Kampala", "KLA")


def test_who_may_not_enrol_asks_for_nothing_and_is_let_in_by_nothing(house, registry, tmp_path):
    people = house.stockpile.people
    people.appoint("An Auditor", ("auditor",), PIN, by=house.officer)
    auditor = people.sign_in("An Auditor", PIN)
    desk = house.stockpile.enrolling
    with pytest.raises(OfficerNotAuthorised):
        desk.request(tmp_path / "x.request", "Kampala", by=auditor)
    with pytest.raises(FieldMissing):
        desk.request(tmp_path / "x.request", " ", by=house.officer)
    with pytest.raises(DiskTrouble):
        desk.request(tmp_path / "gone" / "x.request", "Kampala", by=house.officer)
    certified_by(registry, asked(house, tmp_path).file, tmp_path / "in.certificate")
    offer = desk.open(tmp_path / "in.certificate")
    with pytest.raises(OfficerNotAuthorised):
        desk.take(offer, offer.words, by=auditor)


def test_nothing_is_believed_before_the_words_were_compared(house, registry, tmp_path):
    certified_by(registry, asked(house, tmp_path).file, tmp_path / "in.certificate")
    desk, books = house.stockpile.enrolling, house.stockpile.books
    offer = desk.open(tmp_path / "in.certificate")
    assert (offer.is_known, offer.has_roots) == (False, True)
    assert offer.words == words_of(registry.books.key.public_key)
    with pytest.raises(FieldUnreadable):
        desk.take(offer, desk.words(), by=house.officer)
    assert books.peers() == ()
    typed = offer.words.upper().replace(" ", "")  # however it was typed
    _recorded, peer = desk.take(offer, typed, by=house.officer)
    assert books.peers() == (peer,)
    assert house.stockpile.authorities.now().keys("enrolment") == {CLERKS_KEY.public_key.hex()}


def test_loaded_twice_it_changes_nothing_and_a_later_one_brings_what_is_new(
    house, registry, tmp_path
):
    enrolled_by_file(house, registry, tmp_path)
    desk, books = house.stockpile.enrolling, house.stockpile.books
    before = books.tips()
    offer = desk.open(tmp_path / "in.certificate")
    assert offer.is_known
    recorded, _peer = desk.take(offer, "", by=house.officer)
    assert (recorded.facts, books.tips()) == ((), before)
    registry.enrol(Site())
    enrolled_by_file(house, registry, tmp_path, url="https://registry.example.org")
    assert books.tips() != before
    assert [peer.url for peer in books.peers() if peer.url] == ["https://registry.example.org"]


def test_a_certificate_for_another_is_not_opened(house, registry, tmp_path):
    other = SiteKeys()
    raw = authority_files.request_bytes(other.node, other.public_key, "Gulu", "GUL", other.sign)
    (tmp_path / "other.request").write_bytes(raw)
    certified_by(registry, tmp_path / "other.request", tmp_path / "in.certificate")
    with pytest.raises(CertificateForOther):
        house.stockpile.enrolling.open(tmp_path / "in.certificate")
    locked = (tmp_path / "in.certificate").read_bytes().split(b"\n", 2)[2]
    mine = authority_files.certificate_bytes(house.stockpile.keys.node, locked)
    (tmp_path / "in.certificate").write_bytes(mine)  # another's, passed off as ours
    with pytest.raises((CertificateForOther, StatementDamaged)):
        house.stockpile.enrolling.open(tmp_path / "in.certificate")


def test_a_certificate_that_nobody_stands_for_is_refused(house, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))  # that never heard of this node
    with_authority(registry)
    keys = house.stockpile.keys
    said = NodeCertified(keys.node, keys.public_key.hex(), "Kampala", "KLA")
    (stranger,) = officials("Mallory")
    for one in (said, signed(said, stranger), signed(said, ONE)):
        file = certificate_of(house, registry, tmp_path, certificate=one)
        with pytest.raises(CertifierUnknown):
            house.stockpile.enrolling.open(file)
    chain = registry.books.entries(registry.books.key.node, 0, 99)
    file = certificate_of(house, registry, tmp_path, entries=chain[1:])
    with pytest.raises(StatementDamaged):
        house.stockpile.enrolling.open(file)
    registry.database.close()


def test_a_file_that_was_changed_or_is_none_is_called_so(house, registry, tmp_path):
    certified_by(registry, asked(house, tmp_path).file, tmp_path / "in.certificate")
    raw = (tmp_path / "in.certificate").read_bytes()
    desk, file = house.stockpile.enrolling, tmp_path / "bad.certificate"
    for bad in (b"", raw[:-9], raw[:-1] + bytes([raw[-1] ^ 1]), b"x" + raw, b"\0" * 2000):
        file.write_bytes(bad)
        with pytest.raises(StatementDamaged):
            desk.open(file)
    with pytest.raises(FileUnreadable):
        desk.open(tmp_path / "nowhere")
    assert house.stockpile.books.peers() == ()


def test_an_enrolment_officer_certifies_from_a_desk_that_heard_of_the_authority(
    house, registry, tmp_path
):
    desk = house.stockpile.enrolling
    new = SiteKeys()
    raw = authority_files.request_bytes(new.node, new.public_key, "Gulu", "GUL", new.sign)
    (tmp_path / "new.request").write_bytes(raw)
    request, _words = desk.read_request(tmp_path / "new.request")
    file = tmp_path / "new.certificate"
    with pytest.raises(NotEnrolled):
        desk.certify(request, file, CLERKS_KEY, by=house.officer)
    enrolled_by_file(house, registry, tmp_path)
    (stranger,) = officials("Mallory")
    unnamed = AuthorityKey(stranger.name, stranger.public_key, stranger.sign)
    with pytest.raises(CertifierUnknown):
        desk.certify(request, file, unnamed, by=house.officer)
    made = desk.certify(request, file, CLERKS_KEY, by=house.officer, scope=("GUL",))
    assert (made.name, made.site, made.scope) == ("Gulu", "GUL", ("GUL",))
    node, locked = authority_files.read_envelope(file.read_bytes(), "x")
    brought = authority_files.read_inside(new.unlock(locked, "x"), "x")
    assert (node, brought.certificate) == (new.node, made)
    assert authority_files.proved(brought, "x")
