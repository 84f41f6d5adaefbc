"""Tags are opaque, survive typing, and no slip goes unnoticed."""

from __future__ import annotations

import hashlib
import hmac
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import TagMistyped
from stockpile.domain.tags import (
    ALPHABET,
    grouped,
    is_sealed,
    matrix_payload,
    new_tag,
    read_scan,
    read_tag,
    tag_in,
    tag_mac,
)

seeds = st.integers(0, 2**32).map(random.Random)


def mac_of(message: bytes) -> bytes:
    return hmac.new(b"site key", message, hashlib.sha256).digest()


def test_a_known_tag_and_its_grouping():
    assert read_tag("K8Z1PN3K1VKND") == "K8Z1PN3K1VKND"
    assert grouped("K8Z1PN3K1VKND") == "K8Z1-PN3K-1VKN-D"


@given(seeds)
def test_a_new_tag_reads_back_however_it_is_typed(chance):
    tag = new_tag(chance.randbytes)
    assert len(tag) == 13
    assert tag[0] == "K"
    assert set(tag) <= set(ALPHABET)
    typed = grouped(tag).lower().replace("0", "o").replace("1", chance.choice("il"))
    assert read_tag(f"  {typed} ") == tag
    assert read_tag(tag.replace("1", "I").replace("0", "O")) == tag


@given(seeds)
def test_every_single_substitution_is_found(chance):
    tag = new_tag(chance.randbytes)
    for place, right in enumerate(tag):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(TagMistyped):
                read_tag(tag[:place] + wrong + tag[place + 1 :])


def test_draws_with_an_ambiguous_check_character_are_drawn_again():
    chance = random.Random(7)
    draws = []

    def draw(count):
        draws.append(count)
        return chance.randbytes(count)

    tags = {new_tag(draw) for _ in range(500)}
    assert len(tags) == 500
    assert set(draws) == {7}
    assert 520 < len(draws) < 650  # four of thirty-six check characters are refused


@pytest.mark.parametrize(
    "text", ["", "K8Z1PN3K1VKN", "K8Z1PN3K1VKNDD", "X8Z1PN3K1VKND", "K8U1PN3K1"]
)
def test_what_is_no_tag_is_refused(text):
    with pytest.raises(TagMistyped) as refusal:
        read_tag(text)
    assert refusal.value.text == text


@given(seeds)
def test_a_scan_gives_tag_and_mac(chance):
    tag = new_tag(chance.randbytes)
    mac = tag_mac(tag, mac_of)
    assert len(mac) == 8
    assert set(mac) <= set(ALPHABET)
    assert read_scan(matrix_payload(tag, mac)) == (tag, mac)
    assert read_scan(tag) == (tag, None)
    assert tag_mac(tag, lambda message: mac_of(message + b"!")) != mac
    assert is_sealed(tag, mac, mac_of)
    assert not is_sealed(tag, mac, lambda message: mac_of(message + b"!"))
    assert not is_sealed(tag, tag_mac(tag, mac_of, version=99), mac_of)


@pytest.mark.parametrize(
    "text", ["K8Z1PN3K1VKNDABCD", "K8Z1PN3K1VKNDABCDEFGU", "K8Z1PN3K1VKNEABCDEFGH"]
)
def test_a_scan_that_is_neither_is_refused(text):
    with pytest.raises(TagMistyped):
        read_scan(text)


def test_a_scanner_may_say_in_front_what_kind_of_symbol_it_read():
    assert read_tag("]C0K8Z1PN3K1VKND") == "K8Z1PN3K1VKND"
    assert read_scan(" ]d1k8z1pn3k1vkndabcdefgh") == ("K8Z1PN3K1VKND", "ABCDEFGH")


def test_a_tag_is_looked_for_in_any_text():
    assert tag_in("]d1K8Z1PN3K1VKNDABCDEFGH") == tag_in("k8z1-pn3k-1vkn-d") == "K8Z1PN3K1VKND"
    assert tag_in("KB4471902") == ""
