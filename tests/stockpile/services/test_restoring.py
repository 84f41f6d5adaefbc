from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    FieldMissing,
    OfficerNotAuthorised,
    OfficerUnknown,
    SecondOfficerMissing,
)
from stockpile.services import backup_words
from stockpile.services.restoring import Approval
from tests.helpers.house import PIN, SECOND, TOLD

FIRST = (TOLD.officer, PIN)


def test_a_preview_says_by_matter_what_would_be_lost_and_who_has_no_key_in_it(house, tmp_path):
    house.register()
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    assert house.stockpile.restoring.compare(made).entries.later == 0
    house.register("LATER1")
    house.stockpile.people.appoint("N. Newer", ("clerk",), PIN, by=house.officer)
    found = house.stockpile.restoring.compare(made)
    assert (found.entries.later, found.entries.lost, found.entries.is_ours) == (2, 2, True)
    assert found.later_officers == ("N. Newer",)
    told = {one.matter: (one.held, one.later, one.lost) for one in found.matters}
    assert told["weapons"] == (1, 1, 1)
    assert told["officers"] == (1, 1, 1)
    lines = backup_words.preview_lines(found)
    assert "entries were written after this backup" in lines[0]
    assert any("N. Newer" in one for one in lines)


def test_a_backup_of_another_history_is_told_apart(house, tmp_path):
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    stranger = type(made)(made.file, "stranger", *_rest(made))
    found = house.stockpile.restoring.compare(stranger)
    assert not found.entries.is_ours
    assert found.matters == ()


def _rest(made):
    return made.at, made.tip, made.entries, made.facts, made.weapons, made.conflicts, made.photos


def test_who_restores_is_in_office_and_may_and_there_are_two_of_them(house):
    allow = house.stockpile.restoring.allow
    allow(Approval("x", FIRST))  # the only one there is
    assert house.second.officer.name == SECOND
    allow(Approval("x", FIRST, (SECOND, PIN)))
    with pytest.raises(SecondOfficerMissing):
        allow(Approval("x", FIRST))
    with pytest.raises(SecondOfficerMissing):
        allow(Approval("x", FIRST, FIRST))
    with pytest.raises(OfficerUnknown):
        allow(Approval("x", FIRST, ("N. Nobody", PIN)))
    with pytest.raises(FieldMissing):
        allow(Approval("x", ("", ""), (SECOND, PIN)))
    house.stockpile.people.appoint("C. Clerk", ("clerk",), PIN, by=house.officer)
    for first, second in ((("C. Clerk", PIN), FIRST), (FIRST, ("C. Clerk", PIN))):
        with pytest.raises(OfficerNotAuthorised):
            allow(Approval("x", first, second))
