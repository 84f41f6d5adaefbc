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
from stockpile.domain.facts import NodeRevoked
from stockpile.registry.enrolment import MOST_WRONG
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
