"""The keys of a home as a whole: killed in the middle, lost and recovered, slow to guess."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import signal
import stat

import pyrage
import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.app import key_room, open_home, recover_by_authority, recover_by_sheet
from stockpile.domain.errors import (
    PassphraseTooShort,
    PassphraseTooSoon,
    RecoveryKeyStrange,
    SheetVoid,
    WrongPassphrase,
)
from stockpile.domain.facts import GuardSet
from stockpile.domain.recovery_sheets import split
from tests.helpers.books import SeededChance
from tests.helpers.house import PASSPHRASE, PIN, TOLD, copied_house
from tests.stockpile.app.renewing_child import main as renew

FORKED = multiprocessing.get_context("fork")
NEW = "five words that belong apart"


@pytest.fixture
def home(tmp_path):
    built = copied_house(tmp_path / "home")
    built.register()
    built.stockpile.close()
    return built.home


def weapons(home, passphrase=PASSPHRASE):
    """Open a home, prove it deeply and sign in; return how many weapons are on record."""
    with open_home(home, passphrase) as stockpile:
        assert stockpile.people.sign_in(TOLD.officer, PIN).officer.name == TOLD.officer
        return stockpile.checking.check(deep=True).weapons


POINTS = ("in the books", "between", "announced", "before the end")


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_the_books_get_another_key_a_home_opens_and_goes_on_with_it(home, point):
    child = FORKED.Process(target=renew, args=(home, PASSPHRASE, point))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    with open_home(home, PASSPHRASE) as stockpile:
        assert stockpile.checking.check(deep=True).weapons == 1
        assert stockpile.key_desk.state().renewed_at > 0
    assert weapons(home) == 1


def test_a_lost_passphrase_is_recovered_by_both_halves_of_the_sheet_and_nothing_is_lost(home):
    with open_home(home, PASSPHRASE) as stockpile:
        secret, first, second = split(SeededChance("sheet").bytes)
        stockpile.key_desk.room.add_sheet(first.sheet, secret)
        tip = stockpile.books.tip()
    with pytest.raises(PassphraseTooShort):
        recover_by_sheet(home, (first.text, second.text), "short")
    recover_by_sheet(home, (second.text, first.text), NEW)
    assert weapons(home, NEW) == 1
    with open_home(home, NEW) as stockpile:
        state = stockpile.key_desk.state()
        assert (state.recovered, state.sheet, stockpile.books.tip()) == ("sheet", "", tip)
    with pytest.raises(WrongPassphrase):
        open_home(home, PASSPHRASE)
    with pytest.raises(SheetVoid):
        recover_by_sheet(home, (first.text, second.text), NEW)


def test_a_lost_passphrase_is_recovered_by_the_authoritys_age_identity(tmp_path):
    built, identity = copied_house(tmp_path / "home"), pyrage.x25519.Identity.generate()
    built.register()
    rules = GuardSet(recovery=str(identity.to_public()))
    built.stockpile.guard.set(rules, by=built.officer, witness=built.second)
    built.stockpile.close()
    with open_home(built.home, PASSPHRASE) as stockpile:
        assert stockpile.key_desk.state().recipient == rules.recovery
    stranger = f"# made today\n{pyrage.x25519.Identity.generate()}\n"
    for text in ("", "AGE-SECRET-KEY-1NONSENSE", stranger):
        with pytest.raises(RecoveryKeyStrange):
            recover_by_authority(built.home, text, NEW)
    recover_by_authority(built.home, f"# made today\n{identity}\n", NEW)
    assert weapons(built.home, NEW) == 1


def test_another_key_for_the_books_keeps_the_authority_and_voids_the_sheet(home):
    identity = pyrage.x25519.Identity.generate()
    with open_home(home, PASSPHRASE) as stockpile:
        room = stockpile.key_desk.room
        room.seal_to(str(identity.to_public()))
        secret, first, second = split(SeededChance("sheet").bytes)
        room.add_sheet(first.sheet, secret)
        room.renew(PASSPHRASE, lambda _done, _total: None)
        made = stockpile.backups.write(
            home.parent / "stick", by=stockpile.people.sign_in(TOLD.officer, PIN)
        )
    assert made.weapons == 1
    with pytest.raises(SheetVoid):
        recover_by_sheet(home, (first.text, second.text), NEW)
    recover_by_authority(home, str(identity), NEW)
    assert weapons(home, NEW) == 1


def test_wrong_passphrases_are_counted_across_restarts(home, monkeypatch):
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            open_home(home, "wrong")
    with pytest.raises(PassphraseTooSoon) as said:
        open_home(home, PASSPHRASE)
    assert said.value.seconds == 1
    counted = json.loads((home / "tries.json").read_bytes())
    assert counted["failures"] == 3
    passed, at = key_room.running() + 1_000, SystemClock().now() + 1_000
    monkeypatch.setattr(key_room, "running", lambda: passed)
    monkeypatch.setattr(key_room.SystemClock, "now", lambda _self: at)
    assert weapons(home) == 1
    assert json.loads((home / "tries.json").read_bytes())["failures"] == 0


def test_what_others_could_read_is_closed_to_them_at_the_start(home):
    home.chmod(0o755)
    (home / "settings.toml").write_text("")
    (home / "settings.toml").chmod(0o644)
    weapons(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    wide = [one.name for one in home.iterdir() if one.is_file() and one.stat().st_mode & 0o077]
    assert wide == []


def test_the_last_copy_of_the_books_before_a_change_of_shape_gets_the_new_key_too(home):
    shutil.copy(home / "stockpile.db", home / "stockpile.db.before-2")
    with open_home(home, PASSPHRASE) as stockpile:
        old = stockpile.keys.database_key
        stockpile.key_desk.room.renew(PASSPHRASE, lambda _done, _total: None)
        fresh = stockpile.keys.database_key
    assert old != fresh
    shutil.copy(home / "stockpile.db.before-2", home / "stockpile.db")
    with open_home(home, PASSPHRASE) as stockpile:
        assert stockpile.books.tip().number > 0
