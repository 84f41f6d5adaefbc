"""The opened keys: what opens them, what they sign, and how slowly a PIN can be guessed."""

from __future__ import annotations

import stat

import pyrage
import pytest
from nacl.signing import SigningKey

from stockpile.adapters.keys.ring import change_passphrase, create_keys, open_keys
from stockpile.adapters.keys.strength import LIGHT
from stockpile.domain.errors import (
    CourierForOther,
    HolderWithoutPin,
    HomeExists,
    HomeMissing,
    KeysUnreadable,
    OfficerUnknown,
    PinTooSoon,
    WrongPassphrase,
    WrongPin,
)
from stockpile.domain.ledger import node_id, signed_by
from tests.helpers.books import PASSPHRASE
from tests.helpers.sites import ssh_recipient


def again(home, clock, chance, passphrase=PASSPHRASE):
    return open_keys(home, passphrase, clock=clock, chance=chance)


def test_the_passphrase_opens_the_same_keys(home, keys, clock, chance):
    opened = again(home, clock, chance)
    assert opened.node == keys.node == node_id(keys.public_key)
    assert opened.database_key == keys.database_key
    assert len(keys.database_key) == 32
    assert opened.mac(b"tag") == keys.mac(b"tag")
    assert signed_by(keys.public_key, b"message", opened.sign(b"message"))


def test_what_is_locked_for_the_node_is_opened_with_its_key(home, keys, clock, chance):
    locked = pyrage.encrypt(b"plain", [ssh_recipient(keys.public_key)])
    assert keys.unlock(locked, "a") == b"plain"
    assert again(home, clock, chance).unlock(locked, "a") == b"plain"
    for_another = pyrage.encrypt(b"plain", [ssh_recipient(bytes(SigningKey.generate().verify_key))])
    with pytest.raises(CourierForOther):
        keys.unlock(for_another, "a")


def test_another_passphrase_opens_nothing(home, keys, clock, chance):
    with pytest.raises(WrongPassphrase):
        again(home, clock, chance, "correct horse")


def test_a_home_is_made_once(home, keys, clock, chance):
    with pytest.raises(HomeExists):
        create_keys(home, "x", clock=clock, chance=chance, strength=LIGHT)


def test_no_home_and_a_home_without_keys_are_told_apart(home, tmp_path, keys, clock, chance):
    with pytest.raises(HomeMissing):
        again(tmp_path / "nowhere", clock, chance)
    (home / "keys.json").rename(home / "lost.json")
    (home / "stockpile.db").touch()
    with pytest.raises(KeysUnreadable):
        again(home, clock, chance)


def test_only_the_owner_reads_the_file_and_no_secret_stands_in_it(home, keys):
    file = home / "keys.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.database_key.hex() not in file.read_text()


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
def test_one_changed_character_is_damage_not_a_wrong_passphrase(home, keys, clock, chance, share):
    raw = bytearray((home / "keys.json").read_bytes())
    at = int(len(raw) * share)
    raw[at] = ord("x") if raw[at] != ord("x") else ord("y")
    (home / "keys.json").write_bytes(raw)
    with pytest.raises(KeysUnreadable):
        again(home, clock, chance)


def test_a_file_cut_short_is_damage(home, keys, clock, chance):
    raw = (home / "keys.json").read_bytes()
    (home / "keys.json").write_bytes(raw[: len(raw) // 2])
    with pytest.raises(KeysUnreadable):
        again(home, clock, chance)


def test_a_new_passphrase_leaves_the_keys_as_they_are(home, keys, clock, chance):
    change_passphrase(home, PASSPHRASE, "another", chance=chance)
    assert again(home, clock, chance, "another").database_key == keys.database_key
    with pytest.raises(WrongPassphrase):
        again(home, clock, chance)
    with pytest.raises(WrongPassphrase):
        change_passphrase(home, PASSPHRASE, "third", chance=chance)


def test_an_officer_signs_with_the_pin(home, keys, clock, chance):
    public = keys.add_officer("o1", "2580")
    opened = again(home, clock, chance).open_officer("o1", "2580")
    assert opened.officer == "o1"
    assert signed_by(public, b"act", opened.sign(b"act"))
    with pytest.raises(OfficerUnknown):
        keys.open_officer("o2", "2580")


def test_two_typing_errors_cost_no_waiting(keys):
    keys.add_officer("o1", "2580")
    for _ in range(2):
        with pytest.raises(WrongPin):
            keys.open_officer("o1", "0000")
    keys.open_officer("o1", "2580")


def _fail(keys, times):
    for _ in range(times):
        with pytest.raises(WrongPin):
            keys.open_officer("o1", "0000")


def test_the_wait_doubles_and_survives_a_restart(home, keys, clock, chance):
    keys.add_officer("o1", "2580")
    _fail(keys, 3)
    with pytest.raises(PinTooSoon) as wait:
        again(home, clock, chance).open_officer("o1", "2580")
    assert wait.value.seconds == 1
    clock.at += 1000
    _fail(keys, 1)
    with pytest.raises(PinTooSoon) as wait:
        again(home, clock, chance).open_officer("o1", "2580")
    assert wait.value.seconds == 2
    clock.at += 2000
    again(home, clock, chance).open_officer("o1", "2580")


def test_after_the_right_pin_the_count_begins_anew(keys, clock):
    keys.add_officer("o1", "2580")
    _fail(keys, 2)
    keys.open_officer("o1", "2580")
    _fail(keys, 2)
    keys.open_officer("o1", "2580")


def test_the_wait_has_an_end(keys, clock):
    keys.add_officer("o1", "2580")
    for _ in range(20):
        _fail(keys, 1)
        clock.at += 15 * 60 * 1000
    _fail(keys, 1)
    with pytest.raises(PinTooSoon) as wait:
        keys.open_officer("o1", "2580")
    assert wait.value.seconds == 15 * 60


def test_a_clock_set_back_neither_shortens_nor_prolongs_the_wait(keys, clock):
    keys.add_officer("o1", "2580")
    for _ in range(5):
        clock.at += 60_000
        _fail(keys, 1)
    clock.at -= 10 * 365 * 24 * 3600 * 1000
    with pytest.raises(PinTooSoon) as wait:
        keys.open_officer("o1", "2580")
    assert wait.value.seconds == 4
    clock.at += 4000
    keys.open_officer("o1", "2580")


def test_a_holder_signs_with_their_pin_and_waits_like_an_officer(keys, home, clock, chance):
    public = keys.add_holder("p1", "4711")
    assert signed_by(public, b"one rifle", keys.open_holder("p1", "4711")(b"one rifle"))
    for _ in range(3):
        with pytest.raises(WrongPin):
            keys.open_holder("p1", "0000")
    with pytest.raises(PinTooSoon):
        again(home, clock, chance).open_holder("p1", "4711")


def test_a_holder_whose_key_was_dropped_has_none(keys, home, clock, chance):
    keys.add_holder("p1", "4711")
    keys.forget_holder("p1")
    keys.forget_holder("p1")
    for ring in (keys, again(home, clock, chance)):
        with pytest.raises(HolderWithoutPin):
            ring.open_holder("p1", "4711")
