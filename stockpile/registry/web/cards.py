"""Cards of the conflict room as the pages show them: which weapon, who says what, when and where.

Nobody decides about "1. Moved". So each side names its weapon, whoever wrote it and their computer,
and says where its date is doubted; what is on no record is named by what its entry says of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from stockpile import conflict_words
from stockpile.conflict_words import conflict_sentence, conflict_title, side_title
from stockpile.domain.card_parts import Card, Side
from stockpile.domain.facts import Fact, LotRegistered, WeaponRegistered
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import Instant, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import _
from stockpile.registry.dossiers import named_in
from stockpile.registry.histories import weapons_of
from stockpile.registry.naming import names_of, node_sites
from stockpile.registry.web.photo_pages import ShownPhoto
from stockpile.registry.web.weapon_rows import path_of, site_words
from stockpile.wording import Names

MOST_NAMED: Final = 3
"""Weapons that a line of the list names; the card names all that it shows."""
_FORK: Final = "node_fork"


@dataclass(frozen=True, slots=True)
class Named:
    """What a conflict is about, as people know it: its serial, its number, what it is, its page.

    A lot, or a computer, has a name alone.
    """

    serial: str
    number: str = ""
    what: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ShownSide:
    """A side as the page shows it: each field in words, and whether it differs.

    ``rather`` is when it was written by another clock, where its own is doubted; 0 where nobody
    knows. ``wrote`` are the lines of what was written, where a whole history is a side.
    """

    title: str
    about: Named | None
    who: str
    node: str
    at: Instant
    doubted: bool
    rather: Instant
    says: tuple[tuple[str, str, bool], ...]
    wrote: tuple[str, ...] = ()
    photos: tuple[ShownPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as the pages show it; ``more`` weapons are not named.

    ``settled_at`` is the page where it is settled, where that is another one.
    """

    id: str
    href: str
    kind: str
    title: str
    sentence: str
    about: tuple[Named, ...]
    more: int
    since: Instant
    due: Instant
    sides: tuple[ShownSide, ...]
    settled_at: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the things that some cards name: their names, the weapons, the nodes."""

    names: Names
    weapons: Mapping[WeaponId, Weapon] = field(default_factory=dict)
    sites: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def known(connection: Connection, cards: Sequence[Card]) -> Known:
    """Ask for what cards name, of all of them at once."""
    told = conflict_words.weapons_told(cards)
    weapons = weapons_of(connection, {*told, *(one for card in cards for one in _ids(card))})
    facts = {one.hash: one for card in cards for side in card.sides for one in _facts(side)}
    said = {value for card in cards for side in card.sides for _name, value in side.says
            if isinstance(value, str)}  # fmt: skip
    names = names_of(connection, said.union(*map(named_in, facts.values())))
    numbers = {str(one): weapons[one].serial.text or registry_number(one) for one in told
               if one in weapons}  # fmt: skip
    return Known(
        Names({**numbers, **names.known}, names.component), weapons, node_sites(connection)
    )


def shown(card: Card, known: Known) -> ShownCard:
    """Return a card as the pages show it."""
    about = _about(card, known)
    is_fork = card.conflict.kind == _FORK
    wrote = conflict_words.wrote_words(card, known.names) or ("",) * len(card.sides)
    return ShownCard(
        id=card.conflict.id,
        href=f"/conflicts/{card.conflict.id}",
        kind=card.conflict.kind,
        title=conflict_title(card),
        sentence=_what_forked() if is_fork else conflict_sentence(card),
        about=about,
        more=max(len(card.conflict.weapons) - len(about), 0),
        since=card.since,
        due=card.due,
        sides=tuple(
            _side(number, side, card, known, lines)
            for number, (side, lines) in enumerate(zip(card.sides, wrote, strict=True), 1)
        ),
        settled_at=f"/nodes/{card.conflict.about[0]}#histories" if is_fork else "",
    )


def numbers_of(card: Card) -> str:
    """Return the registry numbers of a card's weapons: so the audit log names what was seen."""
    return " ".join(map(registry_number, _ids(card)))


def _what_forked() -> str:
    return _(
        "One computer wrote two histories under one key: its disk was cloned, or an old copy was"
        " switched on. It is set apart until somebody says which one is right. Find both computers"
        " and stop one."
    )


def _side(number: int, side: Side, card: Card, known: Known, wrote: str) -> ShownSide:
    last, differs, names = side.last, card.differs, known.names
    who = [last.by, *last.witnesses] if last else []
    says = tuple(
        (*conflict_words.said_words(name, value, names), name in differs)
        for name, value in side.says
    )
    return ShownSide(
        title=side_title(number, side, names),
        about=_named(side, card, known),
        who=", ".join(names.of(one) for one in who if one) or _("nobody"),
        node=site_words(last.node, known.sites) if last else "",
        at=last.at if last else 0,
        doubted=side.clock_doubted,
        rather=side.written or 0,
        says=says,
        wrote=tuple(wrote.splitlines()),
    )


def _about(card: Card, known: Known) -> tuple[Named, ...]:
    """Return what a card is about: its weapons, each once, or the lot, or the computer."""
    if card.conflict.kind == _FORK:
        return (Named(site_words(card.conflict.about[0], known.sites)),)
    bodies = (side.fact.body for side in card.sides if side.fact is not None)
    lot = next((one for one in bodies if isinstance(one, LotRegistered)), None)
    if lot is not None and not card.conflict.weapons:
        return (Named(lot.lot or lot.nature, what=f"{lot.nature} {lot.calibre}".strip()),)
    if card.conflict.kind == "authority" and not card.conflict.weapons:
        return (Named(site_words(card.conflict.about[1], known.sites)),)
    sides = {side.weapon: side for side in reversed(card.sides) if side.weapon}
    return tuple(
        _known_as(sides[one], known, one) if one in sides else _weapon(one, known.weapons)
        for one in _ids(card)
    )


def _named(side: Side, card: Card, known: Known) -> Named | None:
    """Return what a side is about where it is one of the card's weapons; else nothing."""
    weapon = side.weapon
    if weapon is None or weapon not in card.conflict.weapons:
        return None
    return _known_as(side, known, weapon)


def _known_as(side: Side, known: Known, weapon: WeaponId) -> Named:
    """Return a weapon as it is on record, else as the entry tells of it that would record it."""
    body = side.fact.body if side.fact else None
    if weapon in known.weapons or not isinstance(body, WeaponRegistered):
        return _weapon(weapon, known.weapons)
    return Named(_stamped(body), registry_number(weapon), _model(body))


def _stamped(body: WeaponRegistered) -> str:
    """Return the serial that an entry tells of, else whatever mark it tells of."""
    marks = sorted(body.marks, key=lambda one: not one.is_identity)
    return next((one.text for one in marks if one.text), "")


def _model(one: WeaponRegistered | Weapon) -> str:
    return " ".join(filter(None, (one.make, one.model)))


def _weapon(id_: WeaponId, weapons: Mapping[WeaponId, Weapon]) -> Named:
    weapon = weapons.get(id_)
    if weapon is None:
        return Named("", registry_number(id_))
    return Named(weapon.serial.text, registry_number(id_), _model(weapon), path_of(id_))


def _ids(card: Card) -> tuple[WeaponId, ...]:
    """Return the weapons that a card shows, in its conflict's order: of very many the first few."""
    weapons = card.conflict.weapons
    on_sides = {side.weapon for side in card.sides}
    here = tuple(one for one in weapons if one in on_sides)
    return here or weapons[:MOST_NAMED]


def _facts(side: Side) -> Iterable[Fact]:
    return (*side.entries, side.fact) if side.fact else side.entries
