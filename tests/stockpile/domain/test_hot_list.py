"""The hot list: what it holds, what it shows to nobody, and what a forger cannot do to it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from stockpile.domain import hot_list
from stockpile.domain.errors import HotListForged
from stockpile.domain.facts import Draft, Mark, TagBound, WeaponCorrected, WeaponRegistered
from stockpile.domain.hot_list import HotListHead
from stockpile.domain.numbers import registry_number
from stockpile.domain.weapons import folded
from tests.helpers.builders import STORE, WEAPON, recorded
from tests.helpers.sites import SiteKeys

TAG = "K8Z1PN3K1VKND"
ROUNDS = 2


@pytest.fixture
def keys():
    return SiteKeys()


def head(keys, **said):
    told = {
        "v": 1, "registry": keys.node, "number": 7, "made": 1, "salt": b"s" * 16,
        "rounds": ROUNDS, "weapons": 1, "keys": 0, "digest": b"",
    }  # fmt: skip
    return HotListHead(**{**told, **said})


def a_list(keys, texts, **said):
    listed = [hot_list.key_of(text, b"s" * 16, ROUNDS) for text in texts]
    return hot_list.made(head(keys, **said), listed, keys.sign)


def a_weapon(serial="KB 4471902", make_code="", tags=()):
    marks = (Mark("serial", serial, is_identity=True),) if serial else ()
    drafts = [Draft(WEAPON, WeaponRegistered(marks=marks, place=STORE, make_code=make_code))]
    drafts += [Draft(WEAPON, TagBound(one)) for one in tags]
    return folded(WEAPON, recorded(*drafts))


def test_what_is_on_the_list_is_found_and_nothing_else(keys):
    listed = [f"c:{number}" for number in range(2_000)]
    opened = hot_list.opened(a_list(keys, listed), keys.public_key)
    assert opened.head.keys == len(listed)
    assert all(opened.names(text) for text in listed)
    assert not any(opened.names(f"c:{number}") for number in range(2_000, 4_000))


def test_any_numbers_are_found_at_the_edges_of_their_beginnings_too(keys):
    chance = random.Random(3)
    listed = {chance.getrandbits(48) for _ in range(3_000)}
    listed |= {0, 0xFFFF_FFFF, 1 << 32, (1 << 48) - 1}
    opened = hot_list.opened(hot_list.made(head(keys), listed, keys.sign), keys.public_key)
    assert all(map(opened.holds, listed))
    foreign = {chance.getrandbits(48) for _ in range(3_000)} - listed
    assert not any(map(opened.holds, foreign))


def test_an_empty_list_holds_nothing_and_is_small(keys):
    raw = a_list(keys, [])
    assert len(raw) < 1_000
    assert not hot_list.opened(raw, keys.public_key).names("c:X")


def test_a_weapon_is_listed_by_what_can_be_read_off_it():
    texts = hot_list.texts_of(a_weapon(tags=(TAG,)))
    number = registry_number(WEAPON).replace("-", "")
    assert set(texts) == {f"c:{number}", f"c:{TAG}", "s:KB4471902", "u:KB4471902"}
    assert "m:KB4471902|IZHM" in hot_list.texts_of(a_weapon(make_code="IZHM"))
    assert [one[0] for one in hot_list.texts_of(a_weapon(serial=""))] == ["c"]


@pytest.mark.parametrize(
    ("scanned", "text"),
    [
        (TAG, f"c:{TAG}"),
        ("k8z1-pn3k-1vkn-d", f"c:{TAG}"),
        (registry_number(WEAPON), "c:" + registry_number(WEAPON).replace("-", "")),
        ("UG 26 000001", "c:UG26000001"),
    ],
)
def test_a_scan_asks_for_what_it_can_only_mean(scanned, text):
    assert text in hot_list.certain_texts_in(scanned)


def test_a_typed_serial_is_asked_however_it_is_written():
    assert hot_list.possible_texts_in("kb-4471902") == ("s:KB4471902",)
    assert hot_list.possible_texts_in("?") == ()


def found(keys, lost, here):
    opened = hot_list.opened(a_list(keys, hot_list.texts_of(lost)), keys.public_key)
    return any(map(opened.names, hot_list.possible_texts(here)))


def test_a_serial_of_another_make_is_no_hit_where_both_makes_are_known(keys):
    assert found(keys, a_weapon(make_code="IZHM"), a_weapon(make_code="IZHM"))
    assert not found(keys, a_weapon(make_code="IZHM"), a_weapon(make_code="NORI"))
    assert found(keys, a_weapon(make_code="IZHM"), a_weapon())
    assert found(keys, a_weapon(), a_weapon(make_code="NORI"))
    assert not found(keys, a_weapon(), a_weapon(serial="KB 1"))
    assert hot_list.possible_texts(a_weapon(serial="")) == ()


def test_a_key_is_of_its_salt_alone():
    text = "s:KB4471902"
    assert hot_list.key_of(text, b"one", ROUNDS) != hot_list.key_of(text, b"other", ROUNDS)
    assert hot_list.key_of(text, b"one", ROUNDS) == hot_list.key_of(text, b"one", ROUNDS)
    assert hot_list.key_of(text, b"one", 3) != hot_list.key_of(text, b"one", ROUNDS)


def test_the_list_shows_no_text(keys):
    assert b"4471902" not in a_list(keys, ["s:KB4471902"])


def test_nobody_but_the_registry_makes_its_list(keys):
    raw = a_list(keys, ["c:A"])
    with pytest.raises(HotListForged):
        hot_list.opened(raw, SiteKeys().public_key)
    at = raw.index(b"\n") + 1
    for broken in (
        b"", b"{}\n", raw[:at], raw[:-1], raw + b"x", raw[:at] + bytes(len(raw) - at),
        raw.replace(b'"number":7', b'"number":8'), raw.replace(b'"rounds":2', b'"rounds":0'),
    ):  # fmt: skip
        with pytest.raises(HotListForged):
            hot_list.opened(broken, keys.public_key)


def test_a_registry_that_miscounts_is_not_believed(keys):
    """Signed and still wrong: what a damaged registry could send."""
    good = a_list(keys, ["c:A", "c:B"])
    body = good[good.index(b"\n") + 1 :]
    said = replace(hot_list.read_head(good), keys=3, signature=b"")
    signature = keys.sign(hot_list._LABEL + hot_list.wire.encode(said))
    raw = hot_list.wire.encode(replace(said, signature=signature)) + b"\n" + body
    with pytest.raises(HotListForged) as refused:
        hot_list.opened(raw, keys.public_key)
    assert refused.value.why == "length"


def test_the_odds_are_what_the_sizes_say():
    assert hot_list.expected_false_alarms(1_000_000, 1_000_000) == pytest.approx(0.00355, rel=0.01)


def test_a_corrected_serial_changes_the_listing():
    corrected = Draft(
        WEAPON, WeaponCorrected("misread", marks=(Mark("serial", "KB 9", is_identity=True),))
    )
    first = Draft(WEAPON, WeaponRegistered(marks=(), place=STORE))
    assert "s:KB9" in hot_list.texts_of(folded(WEAPON, recorded(first, corrected)))
