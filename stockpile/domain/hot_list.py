"""The hot list: every lost or stolen weapon of the country, carried offline without being shown.

1. A weapon is on it by *keys*: short digests of what can be scanned or read off it. A registry
   number, a tag on its label or a mark of ours is this weapon and no other: a **certain** hit. A
   serial is never unique: a hit is **possible**, and somebody has to compare. Where this side and
   the reporting one know the make by its code, a serial of another make is no hit.
2. A key is PBKDF2-HMAC-SHA256 over the text under the list's own salt, cut to 48 bits. What that
   resists: nobody can read serials off a list, and a list under one salt tells nothing of another.
   What it does not: whoever holds the list and its salt can try texts, about a millisecond of one
   processor each, so a million guesses of one model's serials take a quarter of an hour. Therefore
   the list lies sealed under the home's key, and is no secret to rely on by itself.
3. Of n keys, a text that is none of them hits by chance once in 2**48 / n: for a million keys
   0.0036 false alarms in a million look-ups.
4. The list is signed by the registry, as a whole, under a number that only rises.

Keys are kept in order: how many begin with each 16 bits, and the other 32 bits of each. It is read
by taking the bytes as they are, and looked up by halving the few keys of one beginning.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from stockpile.domain import wire
from stockpile.domain.errors import BatchTooLarge, HotListForged, MessageUnreadable, TagMistyped
from stockpile.domain.ledger import Sign, node_id, signed_by
from stockpile.domain.numbers import read_number, registry_number
from stockpile.domain.serials import read_serial
from stockpile.domain.tags import read_scan
from stockpile.domain.values import Instant, NodeId, search_key
from stockpile.domain.weapons import Weapon

VERSION: Final = 1
ROUNDS: Final = 4_000
"""Rounds of stretching: about a millisecond of one processor of 2020."""
SALT_LENGTH: Final = 16
KEY_BYTES: Final = 6
MOST_BYTES: Final = 64 << 20
"""Bytes of a list as it travels: fifteen million keys."""
_MOST_HEAD: Final = 4_096
_MOST_ROUNDS: Final = 100_000
_MOST_UNFOLDED: Final = 128 << 20
_BEGINNINGS: Final = 1 << 16
_REST: Final = 0xFFFF_FFFF
_LABEL: Final = b"stockpile-hot-list-v1\x00"
_WORD: Final = "I"
_WORD_BYTES: Final = 4

CERTAIN: Final = "c"
SERIAL: Final = "s"
SERIAL_AND_MAKE: Final = "m"
SERIAL_OF_NO_MAKE: Final = "u"


@dataclass(frozen=True, slots=True)
class HotListHead:
    """What a list says of itself; ``digest`` is that of what follows, ``weapons`` how many."""

    v: int
    registry: NodeId
    number: int
    made: Instant
    salt: bytes
    rounds: int
    weapons: int
    keys: int
    digest: bytes
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class HotList:
    """A list that was proved to be the registry's, ready to be asked."""

    head: HotListHead
    starts: array[int]
    rests: array[int]

    def holds(self, key: int) -> bool:
        """Say whether a key is on the list."""
        beginning, rest = key >> 32, key & _REST
        end = self.starts[beginning + 1]
        at = bisect_left(self.rests, rest, self.starts[beginning], end)
        return at < end and self.rests[at] == rest

    def names(self, text: str) -> bool:
        """Say whether a prepared text (as ``texts_of`` gives it) is on the list."""
        return self.holds(key_of(text, self.head.salt, self.head.rounds))

    @property
    def memory(self) -> int:
        """Return the bytes that the list takes while it is open."""
        return len(self.starts) * _WORD_BYTES + len(self.rests) * _WORD_BYTES


# --- what is looked up --------------------------------------------------------------------------


def texts_of(weapon: Weapon) -> tuple[str, ...]:
    """Return the texts under which a lost weapon is listed."""
    serial = weapon.serial.key
    if not serial:
        return certain_texts(weapon)
    made = (
        f"{SERIAL_AND_MAKE}:{serial}|{weapon.make_code}"
        if weapon.make_code
        else f"{SERIAL_OF_NO_MAKE}:{serial}"
    )
    return (*certain_texts(weapon), f"{SERIAL}:{serial}", made)


def certain_texts(weapon: Weapon) -> tuple[str, ...]:
    """Return the texts of a weapon that no other one answers to."""
    said = (registry_number(weapon.id), *weapon.tags, *(one.text for one in weapon.standing_marks))
    keys = dict.fromkeys(map(search_key, said))
    return tuple(f"{CERTAIN}:{key}" for key in keys if key)


def possible_texts(weapon: Weapon) -> tuple[str, ...]:
    """Return the texts that may be those of a weapon on record here, or of one like it."""
    serial = weapon.serial.key
    if not serial:
        return ()
    if not weapon.make_code:
        return (f"{SERIAL}:{serial}",)
    return (f"{SERIAL_AND_MAKE}:{serial}|{weapon.make_code}", f"{SERIAL_OF_NO_MAKE}:{serial}")


def certain_texts_in(scanned: str) -> tuple[str, ...]:
    """Return the texts that a scan of one weapon and no other may stand for."""
    keys = (search_key(scanned), search_key(read_number(scanned)), _tag(scanned))
    return tuple(f"{CERTAIN}:{key}" for key in dict.fromkeys(keys) if key)


def possible_texts_in(scanned: str) -> tuple[str, ...]:
    """Return the text that a typed serial is looked up by."""
    key = read_serial(scanned).key
    return (f"{SERIAL}:{key}",) if key else ()


def key_of(text: str, salt: bytes, rounds: int = ROUNDS) -> int:
    """Return the key of a text: stretched under the salt, cut to 48 bits."""
    stretched = hashlib.pbkdf2_hmac("sha256", text.encode(), salt, rounds, KEY_BYTES)
    return int.from_bytes(stretched, "big")


# --- the list as it travels ---------------------------------------------------------------------


def made(head: HotListHead, keys: Collection[int], sign: Sign) -> bytes:
    """Return the list as bytes, signed; of ``head`` only keys, digest and signature are renewed."""
    ordered = sorted(set(keys))
    counts = array(_WORD, bytes(_BEGINNINGS * _WORD_BYTES))
    for key in ordered:
        counts[key >> 32] += 1
    rests = array(_WORD, (key & _REST for key in ordered))
    body = wire.squeeze(_little(counts) + _little(rests))
    told = replace(head, keys=len(ordered), digest=hashlib.sha256(body).digest(), signature=b"")
    whole = wire.encode(replace(told, signature=sign(_signed_part(told)))) + b"\n" + body
    if len(whole) > MOST_BYTES:
        raise BatchTooLarge(MOST_BYTES)
    return whole


def read_head(raw: bytes) -> HotListHead:
    """Return what a list says of itself, proved by nobody yet; raises HotListForged."""
    line, found, _body = raw[:_MOST_HEAD].partition(b"\n")
    if not found:
        raise HotListForged("head")
    try:
        head = wire.decode(line, HotListHead)
    except MessageUnreadable as error:
        raise HotListForged("head") from error
    if head.v != VERSION or not 0 < head.rounds <= _MOST_ROUNDS or not head.salt:
        raise HotListForged("version")
    return head


def opened(raw: bytes, registry_key: bytes) -> HotList:
    """Return the list, once this registry is seen to have signed it; raises HotListForged."""
    head = read_head(raw)
    body = raw[raw.index(b"\n") + 1 :]
    said = _signed_part(replace(head, signature=b""))
    if head.registry != node_id(registry_key) or not signed_by(registry_key, said, head.signature):
        raise HotListForged("signature")
    if hashlib.sha256(body).digest() != head.digest:
        raise HotListForged("digest")
    try:
        plain = wire.unfold(body, _MOST_UNFOLDED)
    except (MessageUnreadable, BatchTooLarge) as error:
        raise HotListForged("content") from error
    cut = _BEGINNINGS * _WORD_BYTES
    if len(plain) != cut + head.keys * _WORD_BYTES:
        raise HotListForged("length")
    counts = _words(plain[:cut])
    if sum(counts) != head.keys:
        raise HotListForged("counts")
    starts = array(_WORD, accumulate(counts, initial=0))
    return HotList(head, starts, _words(plain[cut:]))


def expected_false_alarms(keys: int, looked_up: int) -> float:
    """Return how many of so many look-ups of foreign texts hit a list of so many keys by chance."""
    return float(keys) * looked_up / float(1 << 8 * KEY_BYTES)


def _tag(scanned: str) -> str:
    try:
        return read_scan(scanned)[0]
    except TagMistyped:
        return ""


def _signed_part(head: HotListHead) -> bytes:
    return _LABEL + wire.encode(head)


def _little(words: array[int]) -> bytes:
    """Return the words' bytes, the lowest first on every machine."""
    if sys.byteorder == "big":
        words = array(_WORD, words)
        words.byteswap()
    return words.tobytes()


def _words(raw: bytes) -> array[int]:
    words = array(_WORD)
    words.frombytes(raw)
    if sys.byteorder == "big":
        words.byteswap()
    return words
