"""A depot that no line reaches is enrolled by an enrolment officer who came by, with two files.

Others believe it from its first stick on, because the officer's key is one that the authority
named; the registry learns of it weeks later, and takes all that it wrote.
"""

from __future__ import annotations

import pytest

from stockpile.domain import authority_files, wire
from stockpile.registry.intake import take
from stockpile.registry.statements import Statements
from tests.helpers.enrolling import CLERKS_KEY, with_authority
from tests.helpers.neighbours import two_depots
from tests.helpers.registries import answering


@pytest.fixture
def registry(registry):
    with_authority(registry)
    return registry


def test_from_the_first_words_to_the_registry(registry, tmp_path):
    office, remote = two_depots(tmp_path)
    with answering(registry.books) as url:
        office.enrol(registry, url, "Kampala")
        office.sync()
    remote.stock(2)
    vouched = {one.id for one in office.stockpile.couriers.receivers()}
    assert remote.node not in vouched

    # The officer's laptop has no line either: what it needs it heard before it left.
    asked = remote.stockpile.enrolling.request(tmp_path / "gulu.request", "Gulu", by=remote.by)
    request, words = office.stockpile.enrolling.read_request(asked.file)
    assert words == asked.words
    made = office.stockpile.enrolling.certify(
        request, tmp_path / "gulu.certificate", CLERKS_KEY, by=office.by
    )
    offer = remote.stockpile.enrolling.open(tmp_path / "gulu.certificate")
    remote.stockpile.enrolling.take(offer, offer.words, by=remote.by)
    assert remote.stockpile.authorities.now().roots.version == 1

    assert remote.stockpile.checking.check(deep=True).entries

    # Its first stick is believed: by the officer's key, though the registry never heard of it.
    remote.pack(tmp_path / "first.courier", office.node)
    taken = office.load(tmp_path / "first.courier")
    assert taken.facts
    assert remote.node in dict(office.stockpile.books.tips())

    # Weeks later the statement comes to the registry, and the record with it.
    raw = authority_files.statement_bytes(made)
    Statements(registry.books).publish(authority_files.read_statement(raw, "stick"))
    entries = remote.stockpile.books.entries(remote.node, 0, 99)
    receipt = take(registry.books, remote.node, wire.squeeze(wire.pack(entries)))
    assert receipt.number == remote.stockpile.books.tip().number
    assert registry.books.node(remote.node).name == "Gulu"
    for one in (office, remote):
        one.stockpile.close()
