from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from stockpile.domain import authority, authority_files, wire
from stockpile.domain.authority_files import Brought
from stockpile.domain.errors import StatementDamaged
from stockpile.domain.facts import NodeCertified, NodeRevoked
from stockpile.domain.values import Digest
from tests.helpers.every import every
from tests.helpers.nightly import examples
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import Site, SiteKeys, a_weapon

ONE, TWO, THREE = KEEPERS = officials()
NODE = SiteKeys(b"n" * 32)
REVOKED = signed(NodeRevoked(NODE.node, 7, Digest("ab" * 32), "stolen"), ONE)
CERTIFIED = NodeCertified(NODE.node, NODE.public_key.hex(), "Kampala", "KLA", ("KLA",))
STATEMENTS = (signed(roots_of(KEEPERS), ONE, TWO), enrolment_key(THREE), REVOKED, CERTIFIED)
REQUEST = authority_files.request_bytes(NODE.node, NODE.public_key, "Kampala", "KLA", NODE.sign)


def brought():
    registry = Site(SiteKeys(b"r" * 32))
    registry.found()
    registry.write(a_weapon("w1"))
    return Brought(CERTIFIED, registry.keys.public_key, "https://x", tuple(registry.entries))


@every(STATEMENTS)
def test_a_statement_is_read_as_it_was_written(statement):
    raw = authority_files.statement_bytes(statement)
    assert authority_files.read_statement(raw, "stick") == statement


def test_signatures_made_apart_are_put_together_and_bad_ones_stay_behind():
    plain = dataclasses.replace(REVOKED, attested=())
    one, other = signed(plain, ONE), signed(plain, TWO)
    bad = dataclasses.replace(other.attested[0], signature="00" * 64)
    both = authority.joined(one, dataclasses.replace(other, attested=(bad, *other.attested)))
    assert authority.signers(both) == {ONE.hex, TWO.hex}
    assert len(both.attested) == 2


def test_a_request_is_read_only_as_the_node_signed_it():
    request = authority_files.read_request(REQUEST, "stick")
    assert (request.node, request.name, request.site) == (NODE.node, "Kampala", "KLA")
    with pytest.raises(StatementDamaged):
        authority_files.read_request(REQUEST.replace(b"Kampala", b"Entebbe"), "stick")


def test_a_request_with_endless_names_is_refused():
    raw = authority_files.request_bytes(NODE.node, NODE.public_key, "K" * 300, "", NODE.sign)
    with pytest.raises(StatementDamaged):
        authority_files.read_request(raw, "stick")


HOSTILE = (
    b"", b"\n", authority_files.STATEMENT, authority_files.STATEMENT + b"\n",
    authority_files.STATEMENT + b"\n{}\n",
    authority_files.STATEMENT + b'\n{"b":{},"k":"weapon.lost"}\n',
    authority_files.STATEMENT + b'\n{"b":{"reason":"x"},"k":"weapon.lost"}\n',
    authority_files.STATEMENT + b'\n{ "b":{},"k":"roots.set"}\n',
    authority_files.STATEMENT + b"\n" + b"[" * 60_000 + b"\n",
    authority_files.STATEMENT + b"\n" + b'"' + b"a" * 70_000 + b'"\n',
    authority_files.statement_bytes(REVOKED) + b"\n",
    authority_files.statement_bytes(REVOKED)[:-1],
    REQUEST,
)  # fmt: skip


@every(HOSTILE)
def test_what_is_no_statement_is_called_so(raw):
    with pytest.raises(StatementDamaged):
        authority_files.read_statement(raw, "stick")


@settings(max_examples=examples(300), deadline=None)
@given(some.sampled_from([*map(authority_files.statement_bytes, STATEMENTS), REQUEST]), some.data())
def test_no_byte_changed_in_a_file_passes_for_what_was_written(raw, data):
    at = data.draw(some.integers(0, len(raw) - 1))
    byte = data.draw(some.integers(0, 255).filter(lambda one: one != raw[at]))
    changed = raw[:at] + bytes([byte]) + raw[at + 1 :]
    read = authority_files.read_request if raw == REQUEST else authority_files.read_statement
    try:
        got = read(changed, "stick")
    except StatementDamaged:
        return
    assert raw != REQUEST  # a request is signed as a whole
    before = authority_files.read_statement(raw, "stick")
    same = authority.message(got) == authority.message(before)
    assert not same or authority.signers(got) <= authority.signers(before)
    assert same or not authority.signers(got)


def test_a_certificate_file_brings_the_whole_chain_proved():
    made = brought()
    inside = authority_files.certificate_inside(made)
    raw = authority_files.certificate_bytes(NODE.node, b"locked\nwith line ends")
    assert authority_files.read_envelope(raw, "x") == (NODE.node, b"locked\nwith line ends")
    assert authority_files.read_inside(inside, "x") == made
    assert len(authority_files.proved(made, "x")) == 2


def test_a_chain_that_is_cut_forged_or_of_another_is_not_proved():
    made = brought()
    stranger = Site(SiteKeys(b"s" * 32))
    stranger.found()
    for change in (
        {"entries": ()},
        {"entries": made.entries[1:]},
        {"entries": made.entries[::-1]},
        {"entries": tuple(stranger.entries)},
        {"registry_key": stranger.keys.public_key},
        {"entries": (dataclasses.replace(made.entries[0], facts=made.entries[1].facts),)},
    ):
        with pytest.raises(StatementDamaged):
            authority_files.proved(dataclasses.replace(made, **change), "x")


def test_what_is_no_certificate_or_unfolds_into_everything_is_refused(monkeypatch):
    for raw in (b"", b"x\n{}\nlocked", authority_files.CERTIFICATE + b"\n[]\nx"):
        with pytest.raises(StatementDamaged):
            authority_files.read_envelope(raw, "x")
    bomb = wire.squeeze(b"0" * (4 << 20))
    monkeypatch.setattr(authority_files, "MOST_UNFOLDED", 1 << 20)
    for plain in (b"", b"\x28\xb5\x2f\xfd", wire.squeeze(b"{}\n"), bomb):
        with pytest.raises(StatementDamaged):
            authority_files.read_inside(plain, "x")
    monkeypatch.setattr(authority_files, "MOST_FACTS", 1)
    with pytest.raises(StatementDamaged):
        authority_files.read_inside(authority_files.certificate_inside(brought()), "x")
