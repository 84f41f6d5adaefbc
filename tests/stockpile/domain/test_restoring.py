from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.restoring import MATTERS, Entries, Told, matter_of, told
from stockpile.domain.values import NodeId
from tests.helpers.nightly import examples

counts = st.dictionaries(
    st.sampled_from(("weapon.registered", "mark.verified", "photo.added", "scheme.set")),
    st.integers(0, 9),
)


def test_what_is_lost_is_what_neither_backup_nor_registry_holds():
    whole = (("weapon.registered", 10), ("mark.verified", 4), ("scheme.set", 2))
    later = (("weapon.registered", 3), ("mark.verified", 1))
    open_ = (("weapon.registered", 1),)
    assert told(whole, later, open_) == (
        Told("weapons", 7, 3, 2),
        Told("marks", 3, 1, 1),
        Told("other", 2, 0, 0),
    )
    assert told(whole, later, open_)[0].lost == 1


def test_every_kind_has_its_matter():
    assert matter_of("weapon.issued") == "issues"
    assert matter_of("something.new") == "other"


def test_entries_after_a_backup_come_back_or_are_lost():
    entries = Entries(NodeId("n"), 10, 25, 18)
    assert (entries.later, entries.comes_back, entries.lost) == (15, 8, 7)
    older = Entries(NodeId("n"), 10, 4)
    assert (older.later, older.comes_back, older.lost) == (0, 0, 0)


@settings(max_examples=examples(40))
@given(counts, counts, counts)
def test_nothing_is_told_twice_and_nothing_less_than_nothing(before, confirmed, open_):
    later = {kind: confirmed.get(kind, 0) + open_.get(kind, 0) for kind in {*confirmed, *open_}}
    whole = {kind: before.get(kind, 0) + later.get(kind, 0) for kind in {*before, *later}}
    found = told(whole.items(), later.items(), open_.items())
    assert sum(one.held + one.later for one in found) == sum(whole.values())
    assert sum(one.lost for one in found) == sum(open_.values())
    assert [one.matter for one in found] == [
        one for one in MATTERS if one in {each.matter for each in found}
    ]
