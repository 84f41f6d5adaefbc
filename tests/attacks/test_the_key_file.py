"""Whoever edits keys.json, and reckons its digest anew, becomes nobody else by it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from nacl.signing import SigningKey

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys import ring, slots
from stockpile.adapters.keys.signers import LONGEST_WAIT
from stockpile.adapters.keys.tries import TRIES_FILE
from stockpile.app import key_room, open_home
from stockpile.domain.errors import (
    ActUnsigned,
    BooksDamaged,
    KeysUnreadable,
    OfficerUnknown,
    PassphraseTooSoon,
    PinTooSoon,
    StockpileError,
    WrongPassphrase,
    WrongPin,
)
from stockpile.domain.facts import Draft, GuardSet
from stockpile.language import plain
from tests.helpers.attacks import refusal, sentence
from tests.helpers.commands import Shell
from tests.helpers.house import PASSPHRASE, PIN, TOLD, build_house, copied_house

CLERK, CLERKS_PIN = "C. Clerk", "7777"
replaced = msgspec.structs.replace


@pytest.fixture
def home(tmp_path):
    """A home with a commander and a clerk."""
    built = copied_house(tmp_path / "home")
    built.stockpile.people.appoint(CLERK, ("clerk",), CLERKS_PIN, by=built.officer)
    built.stockpile.close()
    return built.home


def held(home):
    return slots.read_file(home).content


def edited(home, **changed):
    """Write the key file as somebody does who knows the passphrase, sealed and all."""
    keys = ring.open_keys(home, PASSPHRASE, clock=SystemClock(), chance=SystemChance())
    content = replaced(keys.content, **changed)
    slots.write_content(home, content, keys.database_key)


def wrong_pins(home, officer, count=3):
    with open_home(home, PASSPHRASE) as stockpile:
        for _ in range(count):
            with pytest.raises(WrongPin):
                stockpile.people.sign_in(officer, "0000")


@pytest.mark.parametrize("claims", [False, True])
def test_a_clerk_does_not_become_the_commander_by_swapping_their_keys(home, claims):
    """Neither with the keys as they are, nor with the commander's public key written on them."""
    before = held(home).signers
    (one, first), (other, second) = before.items()
    if claims:
        first, second = (
            replaced(mine, keys=(replaced(mine.keys[0], public_key=theirs.keys[0].public_key),))
            for mine, theirs in ((first, second), (second, first))
        )
    edited(home, signers={one: second, other: first})
    with open_home(home, PASSPHRASE) as stockpile, pytest.raises(StockpileError) as refused:
        stockpile.people.sign_in(TOLD.officer, CLERKS_PIN)
    assert isinstance(refused.value, WrongPin | KeysUnreadable | OfficerUnknown)
    assert sentence(refused.value)
    edited(home, signers=before)
    with open_home(home, PASSPHRASE) as stockpile:
        assert stockpile.people.sign_in(TOLD.officer, PIN).officer.name == TOLD.officer


def test_another_public_key_for_this_computer_is_noticed_before_anything_is_written(home):
    keys = ring.open_keys(home, PASSPHRASE, clock=SystemClock(), chance=SystemChance())
    strange = replaced(keys.content, public_key=bytes(SigningKey.generate().verify_key))
    slots.write_content(home, strange, keys.database_key)
    error = refusal(home)
    assert isinstance(error, KeysUnreadable)
    assert "Restore it from the backup" in sentence(error)
    slots.write_content(home, keys.content, keys.database_key)
    assert refusal(home) is None


def test_a_key_file_edited_without_the_passphrase_is_noticed(home):
    """Its digest is reckoned anew, which anybody can; its seal is not."""
    file = home / "keys.json"
    good = file.read_bytes()
    clean = json.loads(good)
    for signer in clean["content"]["signers"].values():
        signer["not_before"] = 1
    raw = json.dumps(clean["content"], separators=(",", ":"))
    digest = hashlib.sha256(raw.encode()).hexdigest()
    file.write_text(f'{{"content":{raw},"digest":"{digest}","seal":"{clean["seal"]}"}}')
    error = refusal(home)
    assert isinstance(error, KeysUnreadable)
    assert "missing or damaged" in sentence(error)
    file.write_bytes(good)
    assert refusal(home) is None


def test_the_keys_of_another_home_do_not_open_this_one(home, tmp_path):
    other = build_house(tmp_path / "other")
    other.stockpile.close()
    names = (slots.KEY_FILE, TRIES_FILE)  # the key file alone would only cost a long wait
    good = {name: (home / name).read_bytes() for name in names}
    for name in names:
        shutil.copy(other.home / name, home / name)
    error = refusal(home)
    assert isinstance(error, BooksDamaged | KeysUnreadable)
    for name in names:
        (home / name).write_bytes(good[name])
    assert refusal(home) is None


def test_pins_are_not_guessed_by_starting_the_program_anew(home):
    """Three wrong ones, each in a start of its own; then even the right one waits."""
    shell = Shell(home)
    words = ("--as", CLERK, "register", "--serial", "KB 1")
    codes = [
        shell.run(*words, STOCKPILE_PIN=pin).error["error"]
        for pin in ("0001", "0002", "0003", CLERKS_PIN)
    ]
    assert codes == ["WrongPin"] * 3 + ["PinTooSoon"]
    said = plain(shell.run(*words, STOCKPILE_PIN=CLERKS_PIN).error["message"])
    assert said.startswith("Too many wrong PINs for C. Clerk. Wait ")
    assert shell.ok("check")["weapons"] == 0


def test_an_earlier_key_file_put_back_gives_no_new_tries(home, tmp_path):
    """How often it was written is known beside it too: then everybody waits as after very many."""
    shutil.copy(home / "keys.json", tmp_path / "before.json")
    wrong_pins(home, CLERK)
    shutil.copy(tmp_path / "before.json", home / "keys.json")
    with open_home(home, PASSPHRASE) as stockpile, pytest.raises(PinTooSoon) as refused:
        stockpile.people.sign_in(CLERK, CLERKS_PIN)
    assert refused.value.seconds > 60
    assert "Too many wrong PINs for C. Clerk" in sentence(refused.value)


def test_tries_rubbed_out_of_the_key_file_by_who_knows_the_passphrase_still_count(home):
    """Only where the count of its writings goes down: who guesses on a copy is slowed by cost.

    A PIN of few digits holds against nobody who has both the disk and the passphrase; what they
    sign with it is signed by that officer. So the file says when it was put back.
    """
    before = held(home)
    wrong_pins(home, CLERK)
    edited(home, signers=before.signers, turn=before.turn)
    with open_home(home, PASSPHRASE) as stockpile, pytest.raises(PinTooSoon):
        stockpile.people.sign_in(CLERK, CLERKS_PIN)
    assert held(home).put_back_at > 0


def counted_less(file):
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"failures": 0, "not_before": 0}))


@pytest.mark.parametrize("tampering", [Path.unlink, counted_less], ids=["taken away", "edited"])
def test_the_count_of_wrong_passphrases_tampered_with_gives_no_new_tries_and_is_told(
    home, monkeypatch, tampering
):
    for count in range(3):
        with pytest.raises(WrongPassphrase):
            open_home(home, f"guess {count}")
    tampering(home / TRIES_FILE)
    with pytest.raises(PassphraseTooSoon) as told:  # the right one too: nobody knows
        open_home(home, PASSPHRASE)
    assert told.value.seconds == LONGEST_WAIT
    assert plain(sentence(told.value))
    passed = key_room.running() + LONGEST_WAIT * 1_000
    at = SystemClock().now() + LONGEST_WAIT * 1_000
    monkeypatch.setattr(key_room, "running", lambda: passed)
    monkeypatch.setattr(key_room.SystemClock, "now", lambda _self: at)
    with open_home(home, PASSPHRASE) as stockpile:
        assert stockpile.key_desk.state().tries_gone_at > 0
    open_home(home, PASSPHRASE).close()


def test_a_key_file_that_says_no_count_was_kept_does_not_open(home):
    file = home / slots.KEY_FILE
    clean = json.loads(file.read_bytes())
    assert clean["content"]["counts_tries"]
    raw = json.dumps({**clean["content"], "counts_tries": False}, separators=(",", ":"))
    digest = hashlib.sha256(raw.encode()).hexdigest()
    file.write_text(f'{{"content":{raw},"digest":"{digest}","seal":"{clean["seal"]}"}}')
    (home / TRIES_FILE).unlink()
    with pytest.raises(KeysUnreadable):
        open_home(home, PASSPHRASE)


def test_an_officers_key_of_before_a_change_of_keys_signs_until_a_new_pin_and_not_after(home):
    """Who kept the old key file, its key and a PIN has the officer's key: a new PIN ends it."""
    kept = ring.open_keys(home, PASSPHRASE, clock=SystemClock(), chance=SystemChance())
    with open_home(home, PASSPHRASE) as stockpile:
        boss = stockpile.people.sign_in(TOLD.officer, PIN)
        stockpile.people.appoint("S. Second", ("commander",), PIN, by=boss)
        second = stockpile.people.sign_in("S. Second", PIN)
        stockpile.key_desk.renew(PASSPHRASE, by=boss, witness=second)
        assert boss.id in stockpile.key_desk.state().unrenewed
        old = kept.open_officer(boss.id, PIN)
        rules = [Draft("guard:x", GuardSet(lock_after=5))]
        stockpile.books.record(rules, by=boss.id, signers=[old])  # nobody can tell it from theirs
        stockpile.offices.new_pin(boss.id, "8642", "keys changed", by=second)
        assert boss.id not in stockpile.key_desk.state().unrenewed
        with pytest.raises(ActUnsigned):
            stockpile.books.record(
                [Draft("guard:y", GuardSet(lock_after=5))], by=boss.id, signers=[old]
            )
        fresh = stockpile.people.sign_in(TOLD.officer, "8642")
        stockpile.guard.set(GuardSet(lock_after=6), by=fresh)
