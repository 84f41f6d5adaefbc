"""Badges: what an officer's card says to a scanner."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.badges import badge_at_end, badge_digest, new_badge, read_badge
from stockpile.domain.command_codes import read_command
from tests.helpers.every import every
from tests.helpers.nightly import examples

BADGE = "#1ZYXWV54321HGFEDC"


@settings(max_examples=examples(30), deadline=None)
@given(st.binary(min_size=10, max_size=10), st.text(max_size=8))
def test_a_badge_is_read_back_and_found_behind_what_was_half_typed(chance, before):
    badge = new_badge(chance)
    assert read_badge(f" {badge.lower()} ") == read_badge("]C0" + badge) == badge
    assert badge_at_end(before + badge) in (len(badge), len(badge) + 3)
    assert read_command(badge) == ""


@settings(max_examples=examples(30), deadline=None)
@given(st.text(max_size=24))
def test_any_text_is_a_badge_or_none_and_never_an_error(text):
    assert read_badge(text) == "" or read_badge(read_badge(text)) == read_badge(text)
    assert 0 <= badge_at_end(text) <= len(text)


@pytest.mark.parametrize("chance", [b"\x00" * 10, b"\xff" * 10])
def test_badges_of_the_ends_of_chance_are_as_long_as_any(chance):
    assert len(new_badge(chance)) == len(BADGE)


def test_two_badges_differ_and_so_does_what_is_kept_of_them():
    one, other = new_badge(b"0123456789"), new_badge(b"0123456788")
    assert one != other
    assert badge_digest(one) != badge_digest(other)
    assert len(badge_digest(one)) == 64


@every(["", "#UNDO", "#1", BADGE[:-1], BADGE + "A", "KB4471902", BADGE.replace("Z", "U")])
def test_what_is_no_badge_is_none(text):
    assert read_badge(text) == ""


def test_the_signs_of_a_scanner_go_with_the_badge():
    assert badge_at_end("AK]C0" + BADGE) == len(BADGE) + 3
    assert badge_at_end(BADGE + "x") == 0
