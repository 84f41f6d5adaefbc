from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from stockpile.adapters.backups import swapping
from stockpile.app import (
    is_home,
    open_home,
    preview_backup,
    restore_backup,
    restore_room,
    restored_up_to,
)
from stockpile.domain.errors import (
    BooksDamaged,
    Cancelled,
    ChainForked,
    HomeExists,
    OfficerNotAuthorised,
    OfficerUnknown,
    SecondOfficerMissing,
    WrongPassphrase,
    WrongPin,
)
from stockpile.domain.facts import GuardSet, NodeSucceeded
from stockpile.services.restoring import Approval
from tests.helpers.house import PASSPHRASE, PIN, SECOND, TOLD
from tests.helpers.shots import encoded
from tests.helpers.sites import Site, a_weapon

BOTH = Approval(PASSPHRASE, (TOLD.officer, PIN), (SECOND, PIN))


@pytest.fixture
def made(house, tmp_path):
    """A backup of a home with two officers, a weapon and a photo; a weapon was recorded after."""
    house.register()
    assert house.second
    house.stockpile.guard.set(GuardSet(lock_after=3), by=house.officer)
    house.stockpile.photographs.photos.keep(encoded())
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    house.register("LATER")
    return made


def left_beside(home):
    return sorted(one.name for one in home.parent.iterdir() if one.name not in ("stick", "home"))


def test_a_restored_home_is_a_new_node_that_continues_the_old_one(house, made, tmp_path):
    old = house.stockpile.keys.node
    again = tmp_path / "again"
    done = restore_backup(made.file, again, BOTH)
    assert (done.backup, done.home, done.salvaged, done.waits) == (made, again, 0, False)
    assert done.node != old
    assert restored_up_to(again) == made.tip.number
    with open_home(again, PASSPHRASE) as opened:
        assert opened.keys.node == done.node
        assert dict(opened.books.tips())[old] == made.tip
        first = opened.books.history(done.node)
        succeeded = next(one for one in first if isinstance(one.body, NodeSucceeded))
        assert succeeded.body == NodeSucceeded(old, made.tip.number, made.tip.hash)
        names = {one.id: one.name for one in opened.people.officers()}
        assert names[succeeded.by] == TOLD.officer
        assert [names[one] for one in succeeded.witnesses] == [SECOND]
        assert len(opened.books.entries(done.node, 0, 1)[0].officer_signatures) == 2
        assert opened.guard.rules().lock_after == 3
        assert opened.people.site() == house.stockpile.people.site()
        checked = opened.checking.check(deep=True)
        assert (checked.weapons, checked.photos, checked.conflicts) == (1, 1, 0)
        officer = opened.people.sign_in(TOLD.officer, PIN)
        opened.people.appoint("N. Newer", ("clerk",), PIN, by=officer)  # its signature holds
        assert opened.books.conflicts() == ()
        next_ = opened.backups.write(tmp_path / "stick", by=officer)
        plan = opened.backups.plan(tmp_path / "stick", by=None)
        held = opened.backups.held(tmp_path / "stick", plan.nodes)
        assert {one.backup.file for one in held} == {made.file, next_.file}
    with open_home(again, PASSPHRASE) as opened:
        assert len(opened.people.officers()) == 3


def test_a_home_restored_twice_knows_its_whole_line(house, made, tmp_path):
    restore_backup(made.file, tmp_path / "b", BOTH)
    with open_home(tmp_path / "b", PASSPHRASE) as opened:
        officer = opened.people.sign_in(TOLD.officer, PIN)
        second = opened.backups.write(tmp_path / "stick", by=officer)
    third = restore_backup(second.file, tmp_path / "c", BOTH)
    with open_home(tmp_path / "c", PASSPHRASE) as opened:
        assert [one.name for one in opened.people.officers()] == [TOLD.officer, SECOND]
        assert opened.backups.plan(tmp_path, by=None).nodes == (third.node, second.node, made.node)


REFUSED = (
    (Approval("wrong", BOTH.first, BOTH.second), WrongPassphrase),
    (Approval(PASSPHRASE, (TOLD.officer, "9999"), BOTH.second), WrongPin),
    (Approval(PASSPHRASE, BOTH.first, (SECOND, "9999")), WrongPin),
    (Approval(PASSPHRASE, BOTH.first), SecondOfficerMissing),
    (Approval(PASSPHRASE, BOTH.first, BOTH.first), SecondOfficerMissing),
    (Approval(PASSPHRASE, BOTH.first, ("N. Nobody", PIN)), OfficerUnknown),
)


def test_without_two_officers_of_the_backup_nothing_is_made(made, tmp_path):
    for approval, refused in REFUSED:
        with pytest.raises(refused):
            restore_backup(made.file, tmp_path / "again", approval)
        assert left_beside(tmp_path / "home") == []


def test_an_officer_without_the_right_does_not_restore(house, tmp_path):
    house.stockpile.people.appoint("C. Clerk", ("clerk",), PIN, by=house.officer)
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    for approval in (
        Approval(PASSPHRASE, ("C. Clerk", PIN), BOTH.first),
        Approval(PASSPHRASE, BOTH.first, ("C. Clerk", PIN)),
    ):
        with pytest.raises(OfficerNotAuthorised):
            restore_backup(made.file, tmp_path / "again", approval)


def test_where_one_officer_was_all_there_was_one_is_enough(house, tmp_path):
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    restore_backup(made.file, tmp_path / "again", Approval(PASSPHRASE, BOTH.first))
    with open_home(tmp_path / "again", PASSPHRASE) as opened:
        assert opened.people.sign_in(TOLD.officer, PIN).officer.name == TOLD.officer


def test_a_damaged_home_is_moved_aside_and_what_its_disk_still_gives_is_taken(house, made):
    house.register("LATER2")
    home, stockpile = house.home, house.stockpile
    reached = stockpile.books.tip()
    stockpile.close()
    database = home / "stockpile.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:-4096] + bytes(4096))
    with pytest.raises(BooksDamaged):
        open_home(home, PASSPHRASE)
    found = preview_backup(made.file, home)
    assert (found.entries.later, found.entries.is_ours) == (2, True)
    done = restore_backup(made.file, home, BOTH, in_place=True)
    assert done.aside is not None
    assert (done.aside / "stockpile.db").read_bytes()[:-4096] == whole[:-4096]
    with open_home(home, PASSPHRASE) as opened:
        old = dict(opened.books.tips())[made.node]
        assert old.number == made.tip.number + done.salvaged
        assert old.number < reached.number or old == reached
        assert opened.checking.check(deep=True).conflicts == 0
    house.stockpile = open_home(home, PASSPHRASE)


def test_an_open_home_is_replaced_at_the_next_start_and_never_in_the_middle(house, made):
    with pytest.raises(HomeExists):
        restore_backup(made.file, house.home, BOTH)
    done = restore_backup(made.file, house.home, BOTH, in_place=True)
    assert (done.waits, done.aside, done.salvaged) == (True, None, 1)
    assert house.stockpile.checking.check().weapons == 2
    house.stockpile.close()
    assert is_home(house.home)
    house.stockpile = open_home(house.home, PASSPHRASE)
    assert house.stockpile.keys.node == done.node
    assert house.stockpile.checking.check(deep=True).weapons == 2
    assert [one[:14] for one in left_beside(house.home)] == ["home-replaced-"]


def test_stopped_nothing_is_left(made, tmp_path):
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        restore_backup(made.file, tmp_path / "again", BOTH, progress=stop)
    assert left_beside(tmp_path / "home") == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that it forked")
@pytest.mark.parametrize("where", ["make", "ask", "swap"])
def test_killed_anywhere_the_old_home_or_the_new_one_stands_whole(house, made, where):
    house.stockpile.close()
    child = os.fork()
    if not child:
        restore_and_die(made.file, house.home, where)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert is_home(house.home)
    house.stockpile = open_home(house.home, PASSPHRASE)
    assert (house.stockpile.keys.node != made.node) is (where == "swap")
    assert house.stockpile.checking.check(deep=True).weapons == 2


def restore_and_die(file, home, where):
    """Restore in this process, which is killed in the middle; it never comes back."""

    def die(*_said):
        os.kill(os.getpid(), signal.SIGKILL)

    real = Path.rename
    try:
        if where == "make":
            restore_room.succeed = die
        elif where == "ask":
            swapping.ask = die
        else:
            Path.rename = lambda self, to: (real(self, to), die())
        restore_backup(file, home, BOTH, in_place=True)
    finally:
        os._exit(1)


def test_evidence_of_a_second_history_is_in_the_backup_and_stands_in_the_restored_home(
    house, tmp_path
):
    far, books = Site(), house.stockpile.books
    far.found_with_officers()
    copy = far.copy()
    far.write(a_weapon("true"))
    copy.write(a_weapon("copied"))
    books.trust(far.node, far.keys.public_key)
    books.receive(far.entries)
    with pytest.raises(ChainForked):
        books.receive(copy.entries)
    shown = house.stockpile.conflict_room.shown("node_fork").cards
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    restore_backup(made.file, tmp_path / "again", BOTH)
    with open_home(tmp_path / "again", PASSPHRASE) as opened:
        assert opened.books.beside(far.node) == tuple(copy.entries[1:])
        assert opened.conflict_room.shown("node_fork").cards == shown
        opened.books.check(deep=True)
        opened.books.rebuild()
        assert opened.conflict_room.shown("node_fork").cards == shown
