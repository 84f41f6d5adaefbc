"""What a mark says: marking schemes as data, and the text they make for one weapon.

A pattern holds parts in braces and what stands between them: ``{iso2} {yy} {seq}``.

- ``{iso2}``, ``{iso3}``: country where the mark is made; ``{yy}``, ``{yyyy}``, ``{date}``: its day
  (date as yyyymmdd). ``{made_in}``, ``{made_yy}``: country and year of manufacture as on record,
  a former State by the code of ISO 3166-3.
- ``{seq}``, ``{newserial}``: the number drawn for this weapon and for no other, ever.
- ``{serial}``, ``{maker}``, ``{model}``, ``{cal}``: what the weapon is, as on record; where the
  scheme lists codes of such a part, the code whose name is what stands on record.
- ``{force}``, ``{agency}``, ``{importer}``, ``{city}``, ``{country}``, ``{lic8}``: words of the
  scheme; one alone is always cut, of several one is chosen at the bench. A word without text leaves
  its part out.
- ``{star}``, ``{logo}``: signs. In a text a sign is one character (``SIGNS``) that no other part of
  a mark may hold, so that a machine without the sign refuses the text instead of cutting another.
- ``{check}``: check characters by ISO 7064 over the letters and digits of the whole text (over its
  digits alone where the system knows only digits).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from stockpile.domain.check_characters import DIGITS, DIGITS_AND_LETTERS, hybrid_check, pure_check
from stockpile.domain.errors import (
    ComponentNotInScheme,
    FieldMissing,
    FieldUnreadable,
    PolymerUnmarkable,
    PositionNotInScheme,
    ReasonNotInScheme,
    SchemePatternWrong,
)
from stockpile.domain.facts import FrameMaterial, Glyph, MarkingReason, SchemeSet, SchemeWord
from stockpile.domain.references import Reference
from stockpile.domain.values import Instant, search_key, tidied
from stockpile.domain.weapons import Weapon

SIGNS: Final = MappingProxyType({"star": "★", "logo": "◈"})
"""The character by which a text holds a sign; a glyph of the same name says how it is drawn."""
NUMBER_PARTS: Final = frozenset({"seq", "newserial"})
RECORD_PARTS: Final = frozenset({"serial", "maker", "model", "cal", "made_in", "made_yy"})
WORD_PARTS: Final = frozenset({"force", "agency", "importer", "city", "country", "lic8"})
PLACE_AND_DAY_PARTS: Final = frozenset({"iso2", "iso3", "yy", "yyyy", "date"})
PARTS: Final = (
    PLACE_AND_DAY_PARTS | NUMBER_PARTS | RECORD_PARTS | WORD_PARTS | frozenset(SIGNS) | {"check"}
)
PRIMARY: Final = frozenset({"receiver", "frame", "upper_receiver", "lower_receiver"})
"""Frame or receiver, the primary reference point of a mark, by whichever name a weapon has it."""
MOST_DIGITS: Final = 12
CHECK_SYSTEMS: Final = ("mod_11_10", "mod_37_36", "mod_97_10", "mod_1271_36")
"""Systems of ISO 7064 for the check characters; the first and third know digits only."""

_SIGN_CHARACTERS: Final = frozenset(SIGNS.values())
_PART: Final = re.compile(r"\{([^{}]*)\}")
_UNREAD: Final = frozenset("?*[]")
"""Signs by which a recorded mark says that it could not be read: never to be cut."""
_NO_METAL: Final[frozenset[FrameMaterial]] = frozenset({"polymer", "printed"})
_MUST_BE_UNIQUE: Final[frozenset[MarkingReason]] = frozenset({
    "manufacture", "state_stock", "replacement",
})  # fmt: skip
_ISO2, _ISO3, _LICENCE_DIGITS = 2, 3, 8


@dataclass(frozen=True, slots=True)
class Said:
    """All that the text of one mark can be made of.

    ``country`` is the code of the country where the mark is made, ``country3`` its three letters;
    ``made_in`` the code of the country of manufacture, ``made_year`` the year as marked. ``words``
    are what was chosen at the bench.
    """

    country: str
    at: Instant
    number: int
    words: tuple[SchemeWord, ...] = ()
    serial: str = ""
    maker: str = ""
    model: str = ""
    calibre: str = ""
    made_in: str = ""
    made_year: str = ""
    country3: str = ""


def text_of(scheme: SchemeSet, said: Said) -> str:
    """Return the text of a mark.

    Raises FieldMissing for a part of which nothing is known, FieldUnreadable for a value that is
    not to be cut into metal, SchemePatternWrong.
    """
    texts = {
        part: _part(scheme, said, part) for part in parts_of(scheme.pattern) if part != "check"
    }
    plain = _filled(scheme.pattern, texts | {"check": ""})
    if "{check}" not in scheme.pattern:
        return plain
    return _filled(scheme.pattern, texts | {"check": check_of(scheme, plain)})


def parts_of(pattern: str) -> tuple[str, ...]:
    """Return the parts of a pattern in order; raises SchemePatternWrong for what is none."""
    rest = _PART.sub("", pattern)
    if "{" in rest or "}" in rest:
        raise SchemePatternWrong(pattern, "brace")
    parts = tuple(_PART.findall(pattern))
    if any(part not in PARTS for part in parts):
        raise SchemePatternWrong(pattern, "part")
    return parts


def draws_number(scheme: SchemeSet) -> bool:
    """Say whether a mark of this scheme draws a number; else its number is 0."""
    return not NUMBER_PARTS.isdisjoint(_PART.findall(scheme.pattern))


def is_unique(scheme: SchemeSet) -> bool:
    """Say whether the text names one weapon: a drawn number, or the serial with its maker's."""
    return draws_number(scheme) or "serial" in _PART.findall(scheme.pattern)


def largest_number(scheme: SchemeSet) -> int:
    """Return the largest number that the scheme's digits can write."""
    return int(10 ** min(max(scheme.digits, 0), MOST_DIGITS) - 1)


def standing_scheme(reference: Reference) -> SchemeSet | None:
    """Return a scheme as it stands; of several accounts of it the one of the highest version.

    Every home writes down what ships when it is founded, beside what the nation made of it since.
    """
    bodies = (head.body for head in reference.standing)
    found = [body for body in bodies if isinstance(body, SchemeSet)]
    ranked = sorted(found, key=lambda body: body.version)  # stable: the last of a version counts
    return ranked[-1] if ranked else None


def choices(scheme: SchemeSet, part: str) -> tuple[SchemeWord, ...]:
    """Return the words that the scheme lists for a part, in their order."""
    return tuple(word for word in scheme.words if word.part == part)


def matrix_text(text: str) -> str:
    """Return what a Data Matrix beside the text holds: the text without its signs.

    A scanner that types what it reads has no key for a sign.
    """
    return tidied("".join(character for character in text if character not in _SIGN_CHARACTERS))


def check_of(scheme: SchemeSet, text: str) -> str:
    """Return the check characters of a text; raises FieldUnreadable for other letters than A-Z."""
    letters = "".join(filter(str.isalnum, text.upper()))
    if scheme.check_system in ("mod_11_10", "mod_97_10"):
        letters = "".join(character for character in letters if character in DIGITS)
    elif any(character not in DIGITS_AND_LETTERS for character in letters):
        raise FieldUnreadable("check", text)
    match scheme.check_system:
        case "mod_11_10":
            return hybrid_check(letters, DIGITS)
        case "mod_37_36":
            return hybrid_check(letters)
        case "mod_97_10":
            return pure_check(letters, 97, 10, 2)
        case "mod_1271_36":
            return pure_check(letters, 1271, 36, 2, DIGITS_AND_LETTERS)
        case _:
            raise SchemePatternWrong(scheme.pattern, "check")


# --- is the scheme itself in order? -------------------------------------------------------------


def check(scheme: SchemeSet) -> None:
    """Raise FieldMissing or SchemePatternWrong unless marks can be made by the scheme.

    Limits of height and depth are the scheme's own, with their source: no rule of law stands here.
    """
    if not tidied(scheme.name):
        raise FieldMissing("name")
    if not tidied(scheme.pattern):
        raise FieldMissing("pattern")
    if scheme.country and not _is_code(scheme.country, _ISO2):
        raise FieldUnreadable("country", scheme.country)
    flaw = next(_flaws(scheme, parts_of(scheme.pattern)), None)
    if flaw is not None:
        raise SchemePatternWrong(scheme.pattern, flaw)


def _flaws(scheme: SchemeSet, parts: tuple[str, ...]) -> Iterator[str]:
    literals = _PART.sub("", scheme.pattern)
    numbers = sum(part in NUMBER_PARTS for part in parts)
    unnamed = not is_unique(scheme) and not _MUST_BE_UNIQUE.isdisjoint(scheme.reasons)
    found = {
        "fixed": not parts,
        "character": not _is_cuttable(literals),
        "spaces": tidied(scheme.pattern) != scheme.pattern,
        "twice": numbers > 1 or parts.count("check") > 1,
        "check": ("check" in parts) != bool(scheme.check_system),
        "digits": not 1 <= scheme.digits <= MOST_DIGITS,
        "limits": scheme.min_height_um <= 0 or scheme.min_depth_nm < 0,
        "unique": unnamed,
        "word": not all(_word_fits(word, parts) for word in scheme.words),
        "glyph": not all(map(_is_drawn, scheme.glyphs)),
    }
    return (flaw for flaw, is_so in found.items() if is_so)


def _word_fits(word: SchemeWord, parts: tuple[str, ...]) -> bool:
    """Say whether a word is of a part that the pattern has, and may be cut."""
    listed = word.part in parts and word.part in WORD_PARTS | {"maker", "model", "cal"}
    right = word.part != "lic8" or _is_licence(word.text)
    return listed and right and _is_cuttable(word.text)


def _is_drawn(glyph: Glyph) -> bool:
    rows = glyph.rows
    return (
        glyph.name in SIGNS
        and bool(rows and rows[0])
        and all(len(row) == len(rows[0]) and set(row) <= {"#", "."} for row in rows)
        and any("#" in row for row in rows)
    )


# --- the parts of a text ------------------------------------------------------------------------


def _filled(pattern: str, texts: Mapping[str, str]) -> str:
    """Return the pattern with its parts; what an empty part leaves is one space, not two."""
    return tidied(_PART.sub(lambda match: texts[match[1]], pattern))


def _part(scheme: SchemeSet, said: Said, part: str) -> str:
    if part in SIGNS:
        return SIGNS[part]
    if part in NUMBER_PARTS:
        if said.number <= 0:
            raise FieldMissing(part)
        return f"{said.number:0{scheme.digits}d}"
    if part in PLACE_AND_DAY_PARTS:
        return _place_or_day(said, part)
    if part in RECORD_PARTS:
        return _recorded(scheme, said, part)
    return _word(scheme, said, part)


def _place_or_day(said: Said, part: str) -> str:
    day = datetime.fromtimestamp(said.at / 1000, UTC)
    match part:
        case "yy":
            return f"{day.year % 100:02d}"
        case "yyyy":
            return f"{day.year:04d}"
        case "date":
            return f"{day:%Y%m%d}"
        case "iso3":
            code = said.country if len(said.country) == _ISO3 else said.country3
            return _country_code(code, _ISO3, part)
        case _:
            return _country_code(said.country, _ISO2, part)


def _country_code(code: str, length: int, part: str) -> str:
    if not code:
        raise FieldMissing(part)
    if not _is_code(code, length):
        raise FieldUnreadable(part, code)
    return code


def _recorded(scheme: SchemeSet, said: Said, part: str) -> str:
    """Return what stands on record, by the scheme's own code where it lists one."""
    known = {
        "serial": said.serial, "maker": said.maker, "model": said.model, "cal": said.calibre,
        "made_in": said.made_in, "made_yy": said.made_year[-2:],
    }  # fmt: skip
    chosen = [word.text for word in said.words if word.part == part]
    text = tidied(chosen[-1] if chosen else known[part])
    if not text:
        raise FieldMissing(part)
    coded = (one.text for one in choices(scheme, part) if search_key(one.name) == search_key(text))
    text = next(coded, text)
    if not _is_cuttable(text):
        raise FieldUnreadable(part, text)
    return text


def _word(scheme: SchemeSet, said: Said, part: str) -> str:
    """Return the word of a part: the one that was chosen, else the scheme's only one."""
    listed = choices(scheme, part)
    chosen = [word for word in said.words if word.part == part]
    if not chosen and len(listed) != 1:
        raise FieldMissing(part)
    text = tidied((chosen or listed)[-1].text)
    if listed and text not in {tidied(word.text) for word in listed}:
        raise FieldUnreadable(part, text)
    if not text and not listed:
        raise FieldMissing(part)
    if not _is_cuttable(text) or (part == "lic8" and not _is_licence(text)):
        raise FieldUnreadable(part, text)
    return text


def _is_code(code: str, length: int) -> bool:
    return len(code) == length and code.isascii() and code.isalpha() and code.isupper()


def _is_licence(text: str) -> bool:
    """Say whether this is an abbreviated licence: its first three and last five digits."""
    return len(text) == _LICENCE_DIGITS and text.isascii() and text.isdigit()


def _is_cuttable(text: str) -> bool:
    """Say whether text may be cut: any script's letters, but nothing that stands for a doubt."""
    return all(map(_may_be_cut, text))


def _may_be_cut(character: str) -> bool:
    if character in _UNREAD or character in _SIGN_CHARACTERS:
        return False
    if character.isascii():
        return character.isprintable()
    return unicodedata.category(character)[0] in "LMNP"


# --- where a mark goes --------------------------------------------------------------------------


def demand_part(
    scheme: SchemeSet, weapon: Weapon, component: str, position: str, reason: MarkingReason
) -> None:
    """Raise unless the scheme marks this part of the weapon, there, for this reason.

    An empty component is the scheme's own; an empty position is left to whoever marks. A frame of
    polymer without a metal plate bears a mark only where the scheme allows it directly on polymer,
    and then a second part of metal bears it too (``parts_due``).

    Raises ReasonNotInScheme, ComponentNotInScheme, PositionNotInScheme, PolymerUnmarkable.
    """
    if scheme.reasons and reason not in scheme.reasons:
        raise ReasonNotInScheme(scheme.name)
    wanted = component or scheme.component
    if not _is_one_of(wanted, (scheme.component, *scheme.also)):
        raise ComponentNotInScheme(scheme.name)
    if position and scheme.positions and position not in scheme.positions:
        raise PositionNotInScheme(scheme.name, position)
    if is_polymer(weapon, wanted) and scheme.polymer != "plate_or_two":
        raise PolymerUnmarkable(scheme.name)


def is_polymer(weapon: Weapon, component: str) -> bool:
    """Say whether this part of the weapon is plastic without a metal plate.

    The material on record is that of frame or receiver.
    """
    return component in PRIMARY and weapon.frame in _NO_METAL


def parts_due(scheme: SchemeSet, weapon: Weapon) -> tuple[str, ...]:
    """Return the parts that must bear the mark: one, or two where the first is plastic.

    The second is the first metal part that the scheme names, "" where it names none (any will do).
    """
    if not is_polymer(weapon, scheme.component):
        return (scheme.component,)
    metal = (part for part in scheme.also if part not in PRIMARY)
    return scheme.component, next(metal, "")


def _is_one_of(component: str, parts: tuple[str, ...]) -> bool:
    return component in parts or (component in PRIMARY and not PRIMARY.isdisjoint(parts))
