"""Which column of a list means which field: by its heading, by what stands in it, or as told.

Headings are words in the languages of the program; a column without a telling heading is known by
its values where they leave no doubt. Every guess carries how sure it is and why, for a person to
confirm before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain.dates import DateOrder, order_of, read_date
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import AcquisitionMode
from stockpile.domain.headings import FIELDS, Field, field_headed, is_column_word
from stockpile.domain.padding import are_padded
from stockpile.domain.type_words import kind_said, plain

Why = Literal["told", "profile", "heading", "values"]

_SAMPLE: Final = 300
_CALIBRE: Final = re.compile(
    r"[.,]?\d{1,3}(?:[.,]\d{1,3})?\s*(?:mm|x\s*\d+|spl|special|acp|auto|lr|mag|s&w|nato|gauge|luger|"
    r"para|short|long|win|rem|$)|cal(?:ibre|\.)? ?\d",
    re.IGNORECASE,
)
_PADDED: Final = re.compile(r"\s*zero_padded\s*=\s*(?:yes|no)\s*")
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST_NAME: Final = 60
_TOLD: Final = re.compile(r"\s*([a-z_]+)\s*=\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Guess:
    """One column understood as one field: how sure (0 to 1), and by what."""

    field: Field
    column: int
    confidence: float
    why: Why


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list is to be read: its columns' fields, and what its rows have in common.

    ``zero_padded`` says that serials are filled up with zeros to eleven characters.
    """

    columns: tuple[str, ...]
    guesses: tuple[Guess, ...] = ()
    mode: AcquisitionMode = "unknown"
    order: DateOrder = ""
    profile: str = ""
    zero_padded: bool = False

    def columns_of(self, field: Field) -> tuple[int, ...]:
        """Return the positions of the columns that hold the field; several for places only."""
        return tuple(guess.column for guess in self.guesses if guess.field == field)

    @property
    def is_telling(self) -> bool:
        """Say whether a row read by this layout can say which weapon it means."""
        known = {guess.field for guess in self.guesses}
        return bool(known & {"serial", "type"}) or {"make", "model"} <= known


@dataclass(frozen=True, slots=True)
class Profile:
    """The layout of a known list: its columns as published, and what each of ours is called there.

    A list that has all of ``columns`` is recognised by itself. Whether its serials are filled up
    with zeros is seen from the serials unless it is said here.
    """

    name: str
    columns: tuple[str, ...]
    fields: dict[Field, str | tuple[str, ...]]
    mode: AcquisitionMode = "unknown"
    order: DateOrder = ""
    zero_padded: bool | None = None


def profile_of(layout: Layout, name: str) -> Profile:
    """Return a profile by which the next list with these columns is read as this one.

    Raises FieldUnreadable for a name without a letter or digit, or one too long.
    """
    fields: dict[Field, str | tuple[str, ...]] = {}
    for field in dict.fromkeys(guess.field for guess in layout.guesses):
        named = tuple(layout.columns[one] for one in layout.columns_of(field))
        fields[field] = named[0] if len(named) == 1 else named
    return Profile(
        profile_name(name), layout.columns, fields, layout.mode, layout.order, layout.zero_padded
    )


def profile_name(text: str) -> str:
    """Return the name of a profile as it is kept: small letters, digits and hyphens."""
    name = "-".join(_WORD.findall(text.casefold()))
    if not name or len(name) > _LONGEST_NAME:
        raise FieldUnreadable("profile", text)
    return name


def understood(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    profiles: Iterable[Profile] = (),
    profile: str = "",
    told: Sequence[str] = (),
) -> Layout:
    """Return the layout of a list: a profile's, else guessed; what was told goes before both.

    ``rows`` are values by column; ``told`` are texts such as "serial=Numero de serie", an empty
    column taking the field away, and "zero_padded=yes" or "no". Raises FieldUnreadable for a
    profile, field or column unknown.
    """
    names = tuple(columns)
    known = _profile_for(names, tuple(profiles), profile)
    layout = _applied(known, names) if known else _guessed(names, rows[:_SAMPLE])
    padded = [one for one in told if _PADDED.fullmatch(one)]
    layout = _with_told(layout, (one for one in told if one not in padded))
    layout = replace(layout, zero_padded=_is_padded(layout, rows, padded, known))
    if layout.order:
        return layout
    dates = (row[one] for one in layout.columns_of("date") for row in rows)
    return replace(layout, order=order_of(dates))


def _is_padded(
    layout: Layout, rows: Sequence[Sequence[str]], told: Sequence[str], known: Profile | None
) -> bool:
    """Say whether serials are filled up: as told, as the profile says, or as they show."""
    if told:
        return told[-1].partition("=")[2].strip() == "yes"
    if known is not None and known.zero_padded is not None:
        return known.zero_padded
    return any(are_padded(row[one] for row in rows) for one in layout.columns_of("serial"))


def _profile_for(
    columns: tuple[str, ...], profiles: tuple[Profile, ...], wanted: str
) -> Profile | None:
    if wanted:
        named = [one for one in profiles if one.name == wanted]
        if not named:
            raise FieldUnreadable("profile", wanted)
        return named[0]
    known = set(map(plain, columns))
    fitting = (one for one in profiles if set(map(plain, one.columns)) <= known)
    return max(fitting, key=lambda one: len(one.columns), default=None)


def _applied(profile: Profile, columns: tuple[str, ...]) -> Layout:
    guesses = tuple(
        Guess(field, _position(columns, name), 1.0, "profile")
        for field, said in profile.fields.items()
        for name in ((said,) if isinstance(said, str) else said)
    )
    return Layout(columns, guesses, profile.mode, profile.order, profile.name)


def _with_told(layout: Layout, told: Iterable[str]) -> Layout:
    guesses = list(layout.guesses)
    for text in told:
        match = _TOLD.fullmatch(text)
        field = next((one for one in FIELDS if match and one == match[1]), None)
        if match is None or field is None:
            raise FieldUnreadable("map", text)
        column = _position(layout.columns, match[2]) if match[2] else None
        guesses = [
            one
            for one in guesses
            if one.field != field and (one.column != column or one.why == "told")
        ]
        if column is not None:
            guesses.append(Guess(field, column, 1.0, "told"))
    return replace(layout, guesses=tuple(guesses))


def _position(columns: tuple[str, ...], name: str) -> int:
    if name in columns:
        return columns.index(name)
    loose = [plain(one) for one in columns]
    if plain(name) in loose:
        return loose.index(plain(name))
    raise FieldUnreadable("column", name)


def _guessed(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Layout:
    offers = [
        offer
        for index, name in enumerate(columns)
        for offer in _offers(index, name, [row[index] for row in rows if row[index].strip()])
    ]
    chosen: list[Guess] = []
    for offer in sorted(offers, key=lambda one: -one.confidence):
        taken = any(one.field == offer.field or one.column == offer.column for one in chosen)
        if not taken or _is_second_place(offer, chosen):
            chosen.append(offer)
    return Layout(columns, tuple(sorted(chosen, key=lambda one: one.column)))


def _is_second_place(offer: Guess, chosen: list[Guess]) -> bool:
    """Say whether this is another column of places: station and quarter belong together."""
    is_free = all(one.column != offer.column for one in chosen)
    return offer.field == "where" and is_free and offer.confidence > _SURE_ENOUGH


_SURE_ENOUGH: Final = 0.7


def _offers(index: int, name: str, values: list[str]) -> Iterable[Guess]:
    field, said = field_headed(name)
    if field is not None:
        shown = _evidence(field, values)
        confidence = said if shown is None else said * (0.6 + 0.4 * shown)
        yield Guess(field, index, round(confidence, 2), "heading")
    elif not is_column_word(name):
        for other in _TESTS:
            shown = _evidence(other, values)
            if shown is not None and shown > _SURE_ENOUGH:
                yield Guess(other, index, round(shown / 2, 2), "values")


def _evidence(field: Field, values: list[str]) -> float | None:
    """Return the share of values that look like the field's, or None where nothing can be said."""
    test = _TESTS.get(field)
    if test is None or not values:
        return None
    return sum(1 for one in values if test(one)) / len(values)


_YEAR: Final = 4
_TESTS: Final[dict[Field, Callable[[str], bool]]] = {
    "type": lambda text: bool(kind_said("", text)),
    "calibre": lambda text: _CALIBRE.match(text.strip()) is not None,
    "date": lambda text: read_date(text).status != "unreadable" and len(text.strip()) > _YEAR,
}
