"""The opaque tag of an item: what its label, rack card or crate carries for the scanner.

A tag tells nothing: no type, unit, place or count can be read from it, and two lost labels do not
betray how many there are. It is ``K``, eleven random characters of Crockford's base 32 (55 bits)
and the check character of ISO 7064 MOD 37,36. The Data Matrix adds a MAC of 40 bits, by which a
reader that holds the site's key sees offline that the label is one of ours.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable

from stockpile.domain.check_characters import hybrid_check, hybrid_holds
from stockpile.domain.errors import TagMistyped

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing is mistaken for a digit."""

TAG_LENGTH = 13
MAC_LENGTH = 8
KEY_VERSIONS = (1,)
"""Under which versions of the site's key labels were sealed, the one in use first."""

_PREFIX = "K"
_RANDOM_CHARACTERS = 11
_BITS = 5
_MISTAKEN = str.maketrans("OIL", "011")
_GROUPING = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_AIM = re.compile(r"\s*\][A-Za-z][0-9A-Za-z]")
"""What a scanner that is set to say so puts in front: which kind of symbol it read."""


def new_tag(draw: Callable[[int], bytes]) -> str:
    """Return a fresh tag from a source of random bytes.

    About one draw in nine has a check character outside the alphabet and is drawn again.
    """
    while True:
        number = int.from_bytes(draw((_RANDOM_CHARACTERS * _BITS + 7) // 8), "big")
        body = _PREFIX + _in_base_32(number, _RANDOM_CHARACTERS)
        check = hybrid_check(body)
        if check in ALPHABET:
            return body + check


def read_tag(text: str) -> str:
    """Return the tag that a person typed, in its plain form; raise TagMistyped if it is none.

    Grouping, lower case, the letters O, I and L for 0 and 1, and a scanner's identifier of the
    symbol in front are understood.
    """
    tag = _plain(text)
    if not _is_tag(tag):
        raise TagMistyped(text)
    return tag


def grouped(tag: str) -> str:
    """Return the tag as people read it aloud: K8Z1-PN3K-1VKN-D."""
    return "-".join(tag[place : place + 4] for place in range(0, len(tag), 4))


def tag_mac(tag: str, mac_of: Callable[[bytes], bytes], version: int = KEY_VERSIONS[0]) -> str:
    """Return eight characters (40 bits) of the site's MAC over the key's version and the tag."""
    message = f"stockpile label\0{version}\0{tag}".encode("ascii")
    bits = MAC_LENGTH * _BITS
    return _in_base_32(int.from_bytes(mac_of(message)[: bits // 8], "big"), MAC_LENGTH)


def is_sealed(tag: str, mac: str, mac_of: Callable[[bytes], bytes]) -> bool:
    """Say whether the MAC is the site's, under any version of its key that is known."""
    return any(hmac.compare_digest(tag_mac(tag, mac_of, version), mac) for version in KEY_VERSIONS)


def matrix_payload(tag: str, mac: str) -> str:
    """Return what the Data Matrix of the tag holds."""
    return tag + mac


def read_scan(text: str) -> tuple[str, str | None]:
    """Return the tag and, from a Data Matrix, its MAC; raise TagMistyped if it is neither.

    Whether the MAC is right is for whoever holds the key to say.
    """
    plain = _plain(text)
    tag, mac = plain[:TAG_LENGTH], plain[TAG_LENGTH:]
    if not _is_tag(tag) or len(mac) not in {0, MAC_LENGTH} or not set(mac) <= set(ALPHABET):
        raise TagMistyped(text)
    return tag, mac or None


def tag_in(text: str) -> str:
    """Return the tag that was typed or scanned, from a Data Matrix without its MAC; or nothing."""
    try:
        return read_scan(text)[0]
    except TagMistyped:
        return ""


def _plain(text: str) -> str:
    said = _AIM.match(text)
    return _GROUPING.sub("", text[said.end() :] if said else text).upper().translate(_MISTAKEN)


def _is_tag(text: str) -> bool:
    in_shape = len(text) == TAG_LENGTH and text[0] == _PREFIX and set(text) <= set(ALPHABET)
    return in_shape and hybrid_holds(text)


def _in_base_32(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> _BITS * place & 31] for place in reversed(range(length)))
