from __future__ import annotations

import pytest
from sqlalchemy import select

from stockpile.domain.errors import (
    CodeUnknown,
    NodeQuarantined,
    NodeUnknown,
    SignatureWrong,
    TooManyTries,
)
from stockpile.domain.exchange import demand_certificate
from stockpile.domain.facts import NodeCertified, NodeRevoked
from stockpile.registry.enrolment import MOST_WRONG
from stockpile.registry.intake import checked
from stockpile.registry.tables import CODE
from tests.helpers.sites import SiteKeys


def test_a_code_is_kept_only_as_its_digest(registry):
    code = registry.enrolment.make_code("Kampala")
    with registry.database.reading() as connection:
        (row,) = connection.execute(select(CODE)).all()
    secret = code.partition("-")[2].replace("-", "")
    assert secret not in repr(tuple(row))
    assert row.used_by is None


def test_the_registrys_name_for_a_node_counts(registry):
    keys = SiteKeys()
    code = registry.enrolment.make_code("Kampala Central", "KLA")
    certificate = registry.enrolment.enrol(keys.request(code, "my own idea"))
    demand_certificate(certificate, keys.node, keys.public_key)
    assert certificate.name == "Kampala Central"
    assert registry.books.node(keys.node).site == "KLA"


def test_a_lost_answer_is_asked_for_again_and_changes_nothing(registry):
    keys = SiteKeys()
    code = registry.enrolment.make_code("Kampala")
    registry.enrolment.enrol(keys.request(code))
    size = registry.books.head().size
    registry.enrolment.enrol(keys.request(code))
    assert registry.books.head().size == size


def test_a_code_is_used_once(registry):
    code = registry.enrolment.make_code("Kampala")
    registry.enrolment.enrol(SiteKeys().request(code))
    with pytest.raises(CodeUnknown):
        registry.enrolment.enrol(SiteKeys().request(code))


def test_a_request_under_anothers_name_is_refused(registry):
    keys, other = SiteKeys(), SiteKeys()
    request = keys.request(registry.enrolment.make_code("Kampala"))
    stolen = type(request)(
        other.node, other.public_key, request.name, request.site, request.code, request.signature
    )
    with pytest.raises(SignatureWrong):
        registry.enrolment.enrol(stolen)


def test_after_many_wrong_codes_even_the_right_one_waits_a_minute(registry):
    for number in range(MOST_WRONG):
        with pytest.raises(CodeUnknown):
            registry.enrolment.enrol(SiteKeys().request(f"guess {number}"))
    right = SiteKeys().request(registry.enrolment.make_code("Kampala"))
    with pytest.raises(TooManyTries):
        registry.enrolment.enrol(right)
    registry.clock.at += 60_000
    assert registry.enrolment.enrol(right).node == right.node


def test_a_revoked_node_is_named_with_its_last_entry_and_stays_out(registry, site):
    known = registry.enrolment.revoke(site.node, "stolen")
    (revoked,) = [
        fact.body
        for fact in registry.books.history(site.node)
        if isinstance(fact.body, NodeRevoked)
    ]
    assert (revoked.number, revoked.digest) == (known.tip.number, known.tip.hash)
    size = registry.books.head().size
    registry.enrolment.revoke(site.node, "again")
    assert registry.books.head().size == size
    with pytest.raises(NodeQuarantined):
        registry.enrolment.enrol(site.keys.request(registry.enrolment.make_code("again")))


def test_the_registry_revokes_neither_strangers_nor_itself(registry):
    for node in ("a" * 16, registry.books.key.node):
        with pytest.raises(NodeUnknown):
            registry.enrolment.revoke(node, "no")


def certified(registry, node):
    facts = registry.books.history(node)
    return next(one.body for one in facts if isinstance(one.body, NodeCertified))


def test_a_code_says_what_its_node_is_told_of(registry):
    for scope, told in ((None, ("KLA",)), (("GUL", "KLA"), ("GUL", "KLA")), (("*",), ())):
        keys = SiteKeys()
        code = registry.enrolment.make_code("Kampala", "KLA", scope)
        registry.enrolment.enrol(keys.request(code))
        assert certified(registry, keys.node).scope == told
        assert registry.books.node(keys.node).scope == told


def test_a_request_that_came_as_a_file_is_certified_once_and_keeps_its_certificate(registry):
    keys = SiteKeys()
    made = registry.enrolment.certify(keys.request(""), site="GUL")
    assert (made.name, made.site, made.scope) == ("Kampala", "GUL", ("GUL",))
    size = registry.books.head().size
    assert registry.enrolment.certify(keys.request(""), name="Another", site="ELSE") == made
    assert registry.books.head().size == size
    brought = registry.enrolment.brought(made, "https://x")
    assert brought.registry_key == registry.books.key.public_key
    assert len(brought.entries) == registry.books.node(registry.books.key.node).tip.number


def test_what_was_kept_of_a_readmitted_node_joins_its_chain_but_for_what_forks(registry, site):
    def send(entries):
        registry.books.take(site.node, tuple(checked(entries, site.node, site.keys.public_key)))

    send(site.entries)
    registry.enrolment.revoke(site.node, "stolen")
    copy = site.copy()
    site.fill(2)
    copy.fill(1, weapons=2)
    for entries in (site.entries[1:], copy.entries[1:]):
        with pytest.raises(NodeQuarantined):
            send(entries)
    registry.enrolment.readmit(site.node, "found")
    assert registry.books.node(site.node).tip.number == 1  # nobody chose between two branches
    send(site.entries)  # the computer that was found goes on with its own
    assert registry.books.node(site.node).tip.number == 3
    assert {one.number for one in registry.books.evidence()} == {2, 3}
