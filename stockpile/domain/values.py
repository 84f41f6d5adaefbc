"""Values parsed once at the edge and trusted after: ids, instants, tidy text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NewType

from stockpile.domain.errors import FieldUnreadable

WeaponId = NewType("WeaponId", str)
PlaceId = NewType("PlaceId", str)
OfficerId = NewType("OfficerId", str)
PersonId = NewType("PersonId", str)
JobId = NewType("JobId", str)
NodeId = NewType("NodeId", str)
SchemeId = NewType("SchemeId", str)
Digest = NewType("Digest", str)
"""A SHA-256 in lower-case hexadecimal."""

Instant = int
"""UTC, in whole milliseconds since 1970, as some machine's clock showed it."""

NODE_ID_LENGTH = 16
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_RANDOM_BYTES = 10
_NOT_IN_A_KEY = {code: None for code in range(128) if not chr(code).isalnum()}
REMEMBERED = 1 << 13
"""So many readings of texts are remembered: one weapon is read several times, a make for ever."""
_SPACES = re.compile(r"\s+")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d"), "-")
_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2066\u2067\u2068\u2069\ufeff",
    ),
)


def new_id(at: Instant, randomness: bytes) -> str:
    """Return a UUID of version 7 (RFC 9562 §5.7) from an instant and ten random bytes."""
    assert len(randomness) == _RANDOM_BYTES
    value = (at & ((1 << 48) - 1)) << 80 | int.from_bytes(randomness, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Say whether the text is one of our ids: a UUID of version 7 in its usual writing."""
    return _UUID.fullmatch(text) is not None


def parse_digest(text: str) -> Digest:
    """Return the SHA-256 written in the text; raise FieldUnreadable for anything else."""
    if _DIGEST.fullmatch(text) is None:
        raise FieldUnreadable("digest", text)
    return Digest(text)


def tidied(text: str) -> str:
    """Return text as read, with only its spaces, dashes and invisible characters put in order.

    What stands on metal is evidence: case, script and every visible character stay.
    """
    if text.isascii():  # neither invisible nor of several forms: only the spaces are left
        return " ".join(text.split())
    visible = text.translate(_INVISIBLE).translate(_DASHES)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


@lru_cache(maxsize=REMEMBERED)
def search_key(text: str) -> str:
    """Return the text as it is compared: compatibility forms, one case, letters and digits only."""
    if text.isascii():  # the same, without a look at each character: most texts, a million times
        return text.upper().translate(_NOT_IN_A_KEY)
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())
