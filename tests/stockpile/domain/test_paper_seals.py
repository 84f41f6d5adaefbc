"""The seal of a paper: it reads back, nobody else can make one, and no text breaks the reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from stockpile.adapters.pdf.symbols import qr
from stockpile.domain.ledger import node_id
from stockpile.domain.paper_seals import Summary, read_summary, sealed_summary

KEY = SigningKey(b"k" * 32)
PUBLIC = bytes(KEY.verify_key)
NODE = node_id(PUBLIC)
SUMMARY = Summary("HR-KLA-26-0001", NODE, 1234, "0f3a" * 4, "9c01" * 4)


def sign(message: bytes) -> bytes:
    return KEY.sign(message).signature


def known(node):
    return PUBLIC if node == NODE else None


def test_a_seal_is_known_to_the_byte():
    """Papers that were printed must be read for ever."""
    text = sealed_summary(SUMMARY, sign)
    assert text == (
        f"SP1/HR-KLA-26-0001/{NODE.upper()}/1234/0F3A0F3A0F3A0F3A/9C019C019C019C01/"
        "B6URMP4OOW5ZRKD7VERLGPL5EGZQAF7WJ2PJCQ2AVQEWDOS3SWVU"
        "3CWWCNZBJD4N56PABGGA4U54RD6GQHVBULZNEI7FZAPTRYUZECA"
    )


def test_a_seal_reads_back_however_it_was_typed():
    text = sealed_summary(SUMMARY, sign)
    assert read_summary(text, known) == (SUMMARY, "good")
    assert read_summary(f" {text.lower()}\r\n", known) == (SUMMARY, "good")
    assert read_summary(text, lambda _node: None) == (SUMMARY, "unknown_node")
    assert read_summary(text, lambda _node: bytes(32)) == (SUMMARY, "forged")


def test_a_number_in_any_script_is_carried():
    summary = Summary("HR-\u041a\u041b\u0410 7-26-0001", NODE, 1, "ab" * 8)
    assert read_summary(sealed_summary(summary, sign), known) == (summary, "good")


def test_it_fits_a_small_code():
    assert qr(sealed_summary(SUMMARY, sign)).columns <= 53


@given(st.data())
def test_what_is_changed_is_no_good_seal(data):
    text = sealed_summary(SUMMARY, sign)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(
        st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./%$ ").filter(
            lambda one: one != text[at]
        )
    )
    read = read_summary(text[:at] + other + text[at + 1 :], known)
    assert read is None or read[1] != "good" or read[0] == SUMMARY


@given(st.text(max_size=60).map("SP1/".__add__) | st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    read = read_summary(text, known)
    assert read is None or read[1] != "good"


@pytest.mark.parametrize("text", ["SP1/", "SP1/////", "SP1/A/B/C/D/E/F", "SP2/" + "A" * 500])
def test_what_is_no_seal_is_none(text):
    assert read_summary(text, known) is None
