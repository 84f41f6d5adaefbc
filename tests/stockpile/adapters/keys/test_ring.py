"""The opened keys: what opens them, what they sign, and how slowly a PIN can be guessed."""

from __future__ import annotations

import json
import stat

import pyrage
import pytest
from nacl.signing import SigningKey

from stockpile.adapters.keys.ring import create_keys, open_keys
from stockpile.adapters.keys.strength import LIGHT
from stockpile.domain.errors import (
    CourierForOther,
    DiskFull,
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

FIRST_FORMAT = (
    '{"content":{"format":1,"node":"Wb4j/rdsKvaRn6j36yaNAG6Z4MvO4ZyF03z71lqq8NFi07ONOfS8KLpG4'
    'EzCjQeAIUcyzeP5Y1SAVdG3qdXQ2Wyx9TYRa/21","officers":{"o1":{"failures":0,"not_before":0,"'
    'public_key":"aVpaPUJgJjcJeXXTVBYuSx6otnGCMHlmW2xkIt6WRJ4=","salt":"dh8cf1GK+Me8Bw1T1S8PZ'
    'g==","sealed":"rumnUCbeImPkqOFAjGOvt8HzxwHrizlVdmYhZ7unkAj4uMzdIugqAwKDmeaJt7tFq/yXUGdTq'
    'uC/5O3GHbS47XFLPsL0+srM","strength":{"memory":8192,"passes":1}}},"public_key":"AIWCZN+KU'
    'EZ00v7Mm8FpmjSN+sjNsKB0tnAxEI4F0Es=","slots":[{"salt":"JKE9uWmPMZxmlP7tgaGmuw==","sealed'
    '":"kI0UqNyphQo4fjYoCoBVd3JMNB7YSSSkxceUjH6yZOtmX+CH4vzaFBmnTe74y5VzBNqWtgmIGqQh/uphw5usV'
    'GbXO7ZEKRXq","strength":{"memory":8192,"passes":1}}],"tag":"cYBPd40dEV9UXA9lNe4i/n+GVnEn'
    'kFADiIaT2htg4cCOW+zztuanZEvnx5D3XXUKW7OYT/c3D5yfkpbnBsws16cee+5Th/4V"},"digest":"b687f8d'
    'c9a338eb0638aaee90500ade68b99356376d0617dd8996d65f629054b"}'
)
"""A key file as the program of November 2026 wrote it."""
FIRST_DATABASE_KEY = "4c95f587b1df24784a5af777d398a2c1a4fadf36b8c97ac39fcd6615ab037f16"
FIRST_PUBLIC_KEY = "695a5a3d42602637097975d354162e4b1ea8b671823079665b6c6422de96449e"


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
    keys.set_passphrase("another one altogether")
    assert again(home, clock, chance, "another one altogether").database_key == keys.database_key
    with pytest.raises(WrongPassphrase):
        again(home, clock, chance)
    with pytest.raises(WrongPassphrase):
        keys.demand_passphrase(PASSPHRASE)


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


def test_the_key_before_stays_until_the_next_one_and_is_asked_for_by_its_public_half(keys):
    first = keys.add_officer("o1", "2580")
    second = keys.add_officer("o1", "1470")
    assert signed_by(second, b"act", keys.open_officer("o1", "1470").sign(b"act"))
    assert signed_by(first, b"act", keys.open_officer("o1", "2580", first).sign(b"act"))
    with pytest.raises(WrongPin):
        keys.open_officer("o1", "2580")
    keys.add_officer("o1", "3690")
    with pytest.raises(OfficerUnknown):
        keys.open_officer("o1", "2580", first)


def test_the_key_that_the_books_say_is_good_stays_however_many_wait(keys):
    good = keys.add_officer("o1", "2580")
    waiting = keys.add_officer("o1", "1470", good)
    newer = keys.add_officer("o1", "3690", good)
    assert [keys.holds_officer("o1", one) for one in (good, waiting, newer)] == [True, False, True]
    assert signed_by(good, b"act", keys.open_officer("o1", "2580", good).sign(b"act"))
    assert signed_by(newer, b"act", keys.open_officer("o1", "3690", newer).sign(b"act"))
    assert not keys.holds_officer("nobody", good)
    keys.add_officer("o1", "4711", b"of another computer")  # then the newest one stays
    assert keys.holds_officer("o1", newer)


def test_wrong_pins_stay_counted_when_a_new_key_is_given(keys):
    keys.add_officer("o1", "2580")
    _fail(keys, 3)
    keys.add_officer("o1", "1470")
    with pytest.raises(PinTooSoon):
        keys.open_officer("o1", "1470")


def test_another_pin_opens_the_same_key_and_a_wrong_old_one_is_a_try(keys, home, clock, chance):
    public = keys.add_officer("o1", "2580")
    keys.change_pin("o1", "2580", "1470")
    assert signed_by(
        public, b"act", again(home, clock, chance).open_officer("o1", "1470").sign(b"act")
    )
    for _ in range(3):
        with pytest.raises(WrongPin):
            keys.change_pin("o1", "2580", "9999")
    assert keys.pin_wait("o1") == 1
    with pytest.raises(PinTooSoon):
        keys.open_officer("o1", "1470")


def test_a_lifted_wait_gives_one_try_and_the_wrong_ones_stay_counted(keys):
    keys.add_officer("o1", "2580")
    _fail(keys, 3)
    keys.lift_wait("o1")
    assert keys.pin_wait("o1") == 0
    _fail(keys, 1)
    assert keys.pin_wait("o1") == 2


def test_a_clock_set_ahead_does_not_end_a_wait(home, clock, chance):
    ran = [5_000_000]
    keys = create_keys(
        home, PASSPHRASE, clock=clock, chance=chance, strength=LIGHT, running=lambda: ran[0]
    )
    keys.add_officer("o1", "2580")
    _fail(keys, 3)
    clock.at += 10**12
    with pytest.raises(PinTooSoon):
        keys.open_officer("o1", "2580")
    ran[0] = 200  # started anew: it waits from then on
    assert keys.pin_wait("o1") == 1
    ran[0] = 1_000
    keys.open_officer("o1", "2580")


class Counted:
    """A count kept beside the key file."""

    def __init__(self):
        self.turn, self.full = 0, False

    def read(self):
        return self.turn

    def write(self, turn):
        if self.full:
            raise DiskFull("journal")
        self.turn = turn


def test_an_older_key_file_put_back_costs_every_pin_the_longest_wait(home, keys, clock, chance):
    turns = Counted()
    keys.add_officer("o1", "2580")
    keys.watch(turns)
    before = (home / "keys.json").read_bytes()
    _fail(keys, 2)
    (home / "keys.json").write_bytes(before)
    opened = again(home, clock, chance)
    opened.watch(turns)
    assert opened.pin_wait("o1") == 15 * 60
    assert opened.content.put_back_at > 0
    with pytest.raises(PinTooSoon):
        opened.open_officer("o1", "2580")
    once_more = again(home, clock, chance)
    once_more.watch(turns)
    assert once_more.content == opened.content


def test_a_full_disk_is_no_older_file(home, keys, clock, chance):
    turns = Counted()
    keys.add_officer("o1", "2580")
    keys.watch(turns)
    keys.open_officer("o1", "2580")
    turns.full = True
    for _ in range(2):
        with pytest.raises(DiskFull):
            keys.open_officer("o1", "2580")
    opened = again(home, clock, chance)
    opened.watch(turns)
    assert opened.content.put_back_at == 0
    turns.full = False
    keys.open_officer("o1", "2580")
    assert keys.content.turn == turns.turn


def test_a_file_of_the_first_format_opens_and_is_the_second_from_its_next_writing_on(
    tmp_path, clock, chance
):
    (tmp_path / "keys.json").write_text(FIRST_FORMAT)
    keys = again(tmp_path, clock, chance)
    assert keys.database_key.hex() == FIRST_DATABASE_KEY
    assert bytes(keys.content.signers["o1"].keys[0].public_key).hex() == FIRST_PUBLIC_KEY
    opened = keys.open_officer("o1", "2580")
    assert signed_by(bytes.fromhex(FIRST_PUBLIC_KEY), b"act", opened.sign(b"act"))
    said = json.loads((tmp_path / "keys.json").read_bytes())
    assert (said["content"]["format"], bool(said["seal"])) == (2, True)
    later = again(tmp_path, clock, chance)
    later.begin_renewal(PASSPHRASE)
    later.finish_renewal()
    assert again(tmp_path, clock, chance).open_officer("o1", "2580").officer == "o1"


def test_a_new_database_key_is_announced_opens_with_the_old_passphrase_and_is_finished(
    home, keys, clock, chance
):
    public, old = keys.add_officer("o1", "2580"), keys.database_key
    tag, node = keys.mac(b"tag"), keys.node
    keys.add_sheet("K7ZQ", b"s" * 32)
    fresh = keys.begin_renewal(PASSPHRASE)
    killed = again(home, clock, chance)
    assert (killed.database_key, killed.coming_key) == (old, fresh)
    assert killed.begin_renewal("whatever") == fresh
    killed.finish_renewal()
    opened = again(home, clock, chance)
    assert (opened.database_key, opened.coming_key) == (fresh, None)
    assert (opened.mac(b"tag"), opened.node) == (tag, node)
    assert opened.content.sheet is None
    assert signed_by(public, b"act", opened.open_officer("o1", "2580").sign(b"act"))
    opened.finish_renewal()
    assert opened.database_key == fresh


def test_a_renewal_wants_the_passphrase(keys):
    with pytest.raises(WrongPassphrase):
        keys.begin_renewal("another")
    assert keys.coming_key is None
