"""Which script a mark is written in, by ISO 15924, as far as its characters tell."""

from __future__ import annotations

import unicodedata
from typing import Final

_BY_NAME: Final = (
    ("LATIN", "Latn"), ("CYRILLIC", "Cyrl"), ("ARABIC", "Arab"), ("EXTENDED ARABIC", "Arab"),
    ("GREEK", "Grek"), ("CJK", "Hans"), ("IDEOGRAPHIC", "Hans"), ("HANGUL", "Hang"),
    ("HIRAGANA", "Jpan"), ("KATAKANA", "Jpan"), ("DEVANAGARI", "Deva"), ("HEBREW", "Hebr"),
    ("THAI", "Thai"), ("MYANMAR", "Mymr"), ("FULLWIDTH LATIN", "Latn"),
)  # fmt: skip


def script_of(text: str) -> str:
    """Return the script of the first letter that has one, else of the first digit that has.

    A text of common digits and signs alone belongs to none: Zyyy. No text, no script.
    """
    if not text.strip():
        return ""
    letters = (_script(character) for character in text if character.isalpha())
    digits = (_script(character) for character in text if character.isdigit())
    return next(filter(None, (*letters, *digits)), "Zyyy")


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((code for start, code in _BY_NAME if name.startswith(start)), "")
