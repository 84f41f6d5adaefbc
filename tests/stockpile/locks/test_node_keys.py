"""Only the node's own key opens what was locked for it, and nothing changed is opened."""

from __future__ import annotations

import base64
import shutil
import subprocess

import pyrage
import pytest
from nacl.signing import SigningKey

from stockpile.domain.errors import CourierForged, CourierForOther
from stockpile.locks.node_keys import openssh_text, unlocked
from tests.helpers.sites import ssh_recipient

KEY, OTHER = SigningKey(bytes(range(32))), SigningKey(b"o" * 32)
EARLIER = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNzaC1lZDI1NTE5IGxibXNvQSBYRXNuWEE0bDB6OTNzWGVHTGtBYTRpNUFY"
    "cmFHTlpNQ1lkWkhTNnRKWm04CmZrVW0vMUxlYlIyN3N2RG1DbS9VQk5jWXhmWGhITXowelc4dVFGT1VaaTgKLT4gMS1n"
    "cmVhc2UgajZHLzFLXywKZGE0LzRlWQotLS0gUXc5ZEJ1aTREVUJ2VTBtdFJOTUo0ejZudjQyc1J5b0xEUDVxMFNUYW1F"
    "bwpjfHcQXE5pNVPSWxxL/qDVZ6zbQhg7LfaxeGBAl463GO3NYB+BmklQASnPaA27p/9Dt3cfrZgtsaE0X67X9g=="
)
"""Written by pyrage 1.4 for the key, with a stanza that nobody knows in its header."""


def locked_for(*keys, plain=b"plain"):
    return pyrage.encrypt(plain, [ssh_recipient(bytes(key.verify_key)) for key in keys])


def test_the_key_opens_what_was_locked_for_it_and_for_others_too():
    assert unlocked(locked_for(OTHER, KEY), KEY, "a") == b"plain"
    assert unlocked(EARLIER, KEY, "a") == b"what an earlier version wrote\n"


def test_what_is_for_another_is_told_apart_from_what_is_spoilt():
    with pytest.raises(CourierForOther):
        unlocked(locked_for(OTHER), KEY, "a")
    for spoilt in (b"", b"nothing"):
        with pytest.raises(CourierForged):
            unlocked(spoilt, KEY, "a")


def test_a_byte_that_changed_or_is_missing_is_noticed():
    locked = locked_for(KEY, plain=bytes(70_000))
    for place in (0, 30, 60, 100, 150, 190, 250, 65_000, 66_000, len(locked) - 1):
        changed = bytearray(locked)
        changed[place] ^= 1
        with pytest.raises((CourierForged, CourierForOther)):
            unlocked(bytes(changed), KEY, "a")
    for end in (10, 100, 200, 65_000, len(locked) - 1):
        with pytest.raises(CourierForged) as refused:
            unlocked(locked[:end], KEY, "a")
        assert (refused.value.path, refused.value.why) == ("a", "lock")
    with pytest.raises(CourierForged):
        unlocked(locked + b"x", KEY, "a")


def test_a_share_that_agrees_with_everybody_is_refused():
    lines = locked_for(KEY).split(b"\n", 2)
    tag = lines[1].rpartition(b" ")[0]
    zero = base64.b64encode(bytes(32)).rstrip(b"=")
    with pytest.raises((CourierForged, CourierForOther)):
        unlocked(b"\n".join((lines[0], tag + b" " + zero, lines[2])), KEY, "a")


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed")
def test_openssh_reads_the_key_as_ours(tmp_path):
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_bytes(openssh_text(KEY))
    command = ["ssh-keygen", "-y", "-f", file]
    said = subprocess.run(command, capture_output=True, check=True).stdout.split()
    assert base64.b64decode(said[1]).endswith(bytes(KEY.verify_key))
