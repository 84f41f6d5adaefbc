"""Two records of one weapon are joined and parted; one without a weapon is withdrawn."""

from __future__ import annotations

import pytest

from stockpile.domain import merging, weapons
from stockpile.domain.errors import (
    ReasonMissing,
    RecordJoined,
    RecordNotJoined,
    WeaponGone,
    WeaponsSame,
)
from stockpile.domain.values import WeaponId
from tests.helpers.builders import WEAPON, a_registration, recorded

TWIN = WeaponId("0190a000-0000-7000-8000-000000000002")


class Record:
    """One record, folded anew after every draft about it."""

    def __init__(self, weapon):
        self.id, self.drafts = weapon, [a_registration(weapon=weapon)]

    @property
    def now(self):
        return weapons.folded(self.id, recorded(*self.drafts))

    def take(self, drafts):
        self.drafts.extend(one for one in drafts if one.subject == self.id)


@pytest.fixture
def pair():
    return Record(WEAPON), Record(TWIN)


def write(drafts, *records):
    for record in records:
        record.take(drafts)


def test_joined_records_name_each_other_and_one_of_them_counts(pair):
    stays, goes = pair
    write(merging.merge(stays.now, goes.now, "one photo"), *pair)
    assert (stays.now.same_as, goes.now.absorbed_into) == ((TWIN,), WEAPON)
    assert (stays.now.stands, goes.now.stands) == (True, False)
    assert goes.now.status == "merged"
    with pytest.raises(RecordJoined):  # that would part them, and nobody would have said so
        merging.reinstate(goes.now, "back")


def test_parted_records_count_again_and_are_known_to_be_two(pair):
    stays, goes = pair
    place = goes.now.place
    write(merging.merge(stays.now, goes.now, "one photo"), *pair)
    write(merging.part(stays.now, goes.now, "two after all"), *pair)
    assert (stays.now.same_as, goes.now.absorbed_into) == ((), None)
    assert stays.now.distinct_from == (TWIN,)
    assert goes.now.stands
    assert goes.now.place == place


def test_what_was_joined_to_another_record_is_not_parted_from_this_one(pair):
    stays, goes = pair
    with pytest.raises(RecordNotJoined):
        merging.part(stays.now, goes.now, "never joined")
    write(merging.merge(stays.now, goes.now, "one photo"), *pair)
    with pytest.raises(RecordNotJoined):
        merging.part(goes.now, stays.now, "the other way round")


def test_a_record_that_is_out_of_account_joins_nothing(pair):
    stays, goes = pair
    write([merging.withdraw(goes.now, "typed twice")], *pair)
    for one, other in ((stays, goes), (goes, stays)):
        with pytest.raises(WeaponGone):
            merging.merge(one.now, other.now, "late")
    with pytest.raises(WeaponsSame):
        merging.merge(stays.now, stays.now, "slip")


def test_a_withdrawn_record_comes_back_to_where_it_was(pair):
    record, _other = pair
    place = record.now.place
    write([merging.withdraw(record.now, "typed twice")], record)
    assert (record.now.status, record.now.place) == ("withdrawn", place)
    with pytest.raises(ReasonMissing):
        merging.reinstate(record.now, " ")
    write([merging.reinstate(record.now, "it was right")], record)
    assert (record.now.status, record.now.place) == ("in_store", place)
    with pytest.raises(RecordNotJoined):
        merging.reinstate(record.now, "again")


@pytest.mark.parametrize("reason", ["", "   "])
def test_each_of_these_acts_needs_a_reason(pair, reason):
    stays, goes = (record.now for record in pair)
    acts = (
        lambda: merging.merge(stays, goes, reason),
        lambda: merging.tell_apart(stays, goes, reason),
        lambda: merging.withdraw(stays, reason),
    )
    for act in acts:
        with pytest.raises(ReasonMissing):
            act()
