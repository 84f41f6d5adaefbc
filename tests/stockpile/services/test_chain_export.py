"""The ledger in one file: whole or not at all, and no person in it unless two hand them out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import (
    Cancelled,
    FieldMissing,
    OfficerNotAuthorised,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, PersonDisclosed, PersonRecorded
from stockpile.services.chain_export import Disclosure
from stockpile.services.people import SignedIn
from tests.helpers.exports import records, verdict
from tests.helpers.house import PIN, copied_house


@pytest.fixture(scope="module")
def depot(tmp_path_factory):
    """A depot with a weapon and a person on record, and its export without anybody's details."""
    folder = tmp_path_factory.mktemp("export")
    house = copied_house(folder / "home")
    house.register()
    person = Draft("p-1", PersonRecorded("J. Doe"))
    house.stockpile.books.record([person], by=house.officer.id)
    export = house.stockpile.chain_export
    recorded, made = export.write(folder / "plain.chains.gz", by=house.officer)
    yield SimpleNamespace(
        house=house, folder=folder, export=export, recorded=recorded, made=made,
    )  # fmt: skip
    house.stockpile.close()


def test_what_is_told_of_an_export_is_what_is_in_it(depot):
    made, letters = depot.made, [letter for letter, _raw in records(depot.made.file)]
    told = (made.chains, made.entries, made.facts, made.receipts)
    assert told == tuple(map(letters.count, "CEFR"))
    assert (letters[0], letters[-1], letters.count("S")) == ("M", "Z", made.entries)
    raw = made.file.read_bytes()
    assert (made.size, made.digest) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert verdict(made.file, ledger.head_code(made.tip))["holds"]


def test_a_copy_without_details_writes_nothing_on_record(depot):
    assert depot.recorded.entries == ()
    assert (depot.made.persons, depot.made.withheld) == (0, 1)
    assert not any(b"J. Doe" in raw for _letter, raw in records(depot.made.file))


def test_details_go_along_once_two_put_their_names_to_it(depot):
    house, file = depot.house, depot.folder / "told.chains.gz"
    told = Disclosure("General Inspectorate", "Order 12/26", house.second)
    for _again in range(2):  # the second time it follows the first on record
        recorded, made = depot.export.write(file, by=house.officer, disclosing=told)
        (fact,) = recorded.facts
        assert isinstance(fact.body, PersonDisclosed)
        assert (fact.by, fact.witnesses) == (house.officer.id, (house.second.id,))
        assert (made.persons, made.withheld) == (1, 0)
        assert [b"J. Doe" in raw for letter, raw in records(file) if letter == "B"] == [True]
        assert verdict(file)["bodies"] == 1
        assert len(house.stockpile.books.reference(fact.subject).heads) == 1
        assert recorded.entries[-1].header in [raw for _letter, raw in records(file)]


def test_details_stay_where_nobody_says_on_what_ground(depot):
    house, file = depot.house, depot.folder / "groundless.chains.gz"
    tip = house.stockpile.books.tip()
    for told in (Disclosure("Inspectorate", " ", house.second), Disclosure("", "12", house.second)):
        with pytest.raises(FieldMissing):
            depot.export.write(file, by=house.officer, disclosing=told)
    alone = Disclosure("Inspectorate", "Order 12/26", house.officer)
    with pytest.raises(SecondOfficerMissing):
        depot.export.write(file, by=house.officer, disclosing=alone)
    assert not file.exists()
    assert house.stockpile.books.tip() == tip


def test_a_copy_that_was_stopped_leaves_the_one_before_it_whole(depot):
    file = depot.folder / "stopped.chains.gz"
    file.write_bytes(b"the one before")
    names = sorted(one.name for one in depot.folder.iterdir())

    def stop(done, total):
        assert 0 < done <= total
        raise Cancelled

    with pytest.raises(Cancelled):
        depot.export.write(file, by=depot.house.officer, progress=stop)
    assert file.read_bytes() == b"the one before"
    assert sorted(one.name for one in depot.folder.iterdir()) == names


def test_an_auditor_copies_the_ledger_but_hands_nobodys_details_out(depot):
    people, file = depot.house.stockpile.people, depot.folder / "audit.chains.gz"
    people.appoint("A. Auditor", ("auditor",), PIN, by=depot.house.officer)
    auditor = people.sign_in("A. Auditor", PIN)
    told = Disclosure("Inspectorate", "Order 12/26", depot.house.second)
    with pytest.raises(OfficerNotAuthorised):
        depot.export.write(file, by=auditor, disclosing=told)
    assert not file.exists()
    assert depot.export.write(file, by=auditor)[1].withheld == 1


def test_where_nobody_is_held_details_are_asked_for_by_two_who_may_all_the_same(tmp_path):
    """Nothing is put on record then, so that the ledger has nothing to judge: the desk does."""
    house, file = copied_house(tmp_path / "home"), tmp_path / "empty.chains.gz"
    people, export = house.stockpile.people, house.stockpile.chain_export
    people.appoint("A. Auditor", ("auditor",), PIN, by=house.officer)
    auditor, second = people.sign_in("A. Auditor", PIN), house.second
    for by, witness, refusal in (
        (auditor, second, OfficerNotAuthorised), (house.officer, auditor, OfficerNotAuthorised),
        (house.officer, house.officer, SecondOfficerMissing),
    ):  # fmt: skip
        with pytest.raises(refusal):
            export.write(file, by=by, disclosing=Disclosure("Inspectorate", "Order 12/26", witness))
    nobody = SignedIn(replace(auditor.officer, roles=()), auditor.key)
    with pytest.raises(OfficerNotAuthorised):
        export.write(file, by=nobody)
    assert not file.exists()
    told = Disclosure("Inspectorate", "Order 12/26", second)
    recorded, made = export.write(file, by=house.officer, disclosing=told)
    assert (recorded.entries, made.persons) == ((), 0)
    house.stockpile.close()
