"""The conflict room as it is shown: each contradiction as a card in words, and settling it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile import conflict_words, wording
from stockpile.domain.cards import Card, Side
from stockpile.domain.errors import (
    ConflictUnknown,
    StockpileError,
    WeaponAmbiguous,
    WeaponUnknown,
)
from stockpile.domain.facts import LotRegistered, Photo
from stockpile.domain.people import Act
from stockpile.domain.values import Digest, NodeId, PlaceId, WeaponId
from stockpile.language import _, isolated
from stockpile.record_words import local_moment
from stockpile.services.conflict_room import MOST_SHOWN, ConflictRoom, OpenCard
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.signing import Second
from stockpile.services.stockpile import Stockpile
from stockpile.wording import Names
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.conflicts_among import Among
from ui.view_models.latest import Latest

May = Callable[[Act], bool]
MOST_REASONS: Final = 4
"""Reasons that are offered again, the last one first."""


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side in words: what it says as a whole, who wrote it, where and when; its weapon."""

    title: str
    who: str
    weapon: WeaponId | None
    named: str
    clock_doubted: bool
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field, what each side says of it, and whether they differ."""

    label: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """A choice in words, what follows from it, and whether the officer here may make it."""

    title: str
    follows: str
    may: bool
    act: str


@dataclass(frozen=True, slots=True)
class Case:
    """A contradiction as it is shown."""

    id: Digest
    version: Digest
    title: str
    sentence: str
    named: str
    model: str
    owner: str
    due: str
    is_overdue: bool
    weapons: tuple[WeaponId, ...]
    sides: tuple[SideShown, ...]
    fields: tuple[Field, ...]
    choices: tuple[ChoiceShown, ...]
    inquiry: str = ""
    """The investigation that settles it, where one does."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is open: the cards shown, how many there are in all, and what is investigated.

    ``total`` is None where it is not known: of one site. ``unknown`` says why no weapon is meant.
    """

    cases: tuple[Case, ...]
    total: int | None
    investigations: int
    has_more: bool = False
    sites: tuple[tuple[PlaceId, str], ...] = ()
    unknown: StockpileError | None = None


class ConflictsModel(QObject):
    """The open contradictions.

    Signals:
        came: what is open: Listing, the longest open first.
        settled: one was settled: its Case.
        postponed: one waits for a second officer: its Case.
        refused: settling was refused: the error.
    """

    came = Signal(object)
    settled = Signal(object)
    postponed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._is_watched, self._is_settling = False, False
        self.among, self._pages, self._wanted = Among(), 1, ""
        self._reasons: list[str] = []
        self._latest = Latest[Listing](desk, self, self.came.emit, notices.trouble)
        desk.recorded.connect(self._heard)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons given since the program was started, the last one first."""
        return tuple(self._reasons)

    def watch(self, *, watched: bool, wanted: str = "") -> None:
        """Say whether somebody looks at the list: only then it follows what is recorded.

        ``wanted`` is a conflict or a weapon that is shown whatever the list was narrowed to.
        """
        self._is_watched, self._wanted, self._pages = watched, wanted, 1
        if watched:
            kept = self._session.settings.conflicts
            self.among = Among() if wanted else Among.remembered(kept)
            self.start()

    def narrow(self, among: Among) -> None:
        """Show these alone, and remember it."""
        if among == self.among:
            return
        self.among, self._pages, self._wanted = among, 1, ""
        if among.kept() != self._session.settings.conflicts:
            self._session.remember(conflicts=among.kept())
        self.start()

    def more(self) -> None:
        """Show a further page beneath those that are shown."""
        self._pages += 1
        self.start()

    def start(self) -> None:
        """Ask what is open."""
        if self._session.is_open:
            asked = _Asked(self.among, self._pages, self._wanted, self._session.may)
            self._latest.ask(lambda: _listing(self._session.stockpile, asked))

    def settle(self, case: Case, number: int, reason: str) -> None:
        """Settle one by the choice of this number, from 1; pressed twice it is settled once."""
        if self._is_settling:
            return
        self._is_settling = True
        room, by = self._session.stockpile.conflict_room, self._session.officer

        def act(second: Second | None) -> tuple[Recorded, None]:
            told = room.settle(case.id, number, reason, case.version, by=by, second=second)
            return told, None

        def done(_nothing: None) -> None:
            self._is_settling = False
            self._remember(reason)
            self.settled.emit(case)

        def refused(error: StockpileError) -> None:
            self._is_settling = False
            self.refused.emit(error)
            self.start()

        def postponed() -> None:
            self._is_settling = False
            self._remember(reason)
            self.postponed.emit(case)

        self._desk.record_by_two(self, act, done, refused, postponed)

    def _remember(self, reason: str) -> None:
        kept = [one for one in self._reasons if one != reason]
        self._reasons = [reason, *kept][:MOST_REASONS]

    def _heard(self, _recorded: Recorded) -> None:
        if self._is_watched:
            self.start()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: what is narrowed to, how many pages, what is wanted in any case."""

    among: Among
    pages: int
    wanted: str
    may: May


def _listing(stockpile: Stockpile, asked: _Asked) -> Listing:
    room, among = stockpile.conflict_room, asked.among
    places = stockpile.places.all()
    sites = tuple((one.id, one.name) for one in places if one.kind == "site")
    inquiries = stockpile.investigations.count_open()
    try:
        about = stockpile.tracing.named(among.weapon) if among.weapon else None
    except (WeaponUnknown, WeaponAmbiguous) as error:
        return Listing((), 0, inquiries, sites=sites, unknown=error)
    site = PlaceId(among.site) if among.site else None
    shown = room.shown(among.kind, about, site, limit=asked.pages * MOST_SHOWN)
    cards = _with_wanted(room, shown.cards, asked.wanted)
    told = conflict_words.weapons_told(one.card for one in cards)
    ids = {*told, *(one for card in cards for one in card.card.conflict.weapons)}
    rows = {row.id: row for row in _rows(stockpile, ids)}
    names = Names({**{one: _named(rows[one]) for one in told if one in rows}, **room.names().known})
    cases = tuple(_case(room, one, rows, names, asked.may) for one in cards)
    total = None if site else shown.total
    return Listing(cases, total, inquiries, bool(shown.next), sites)


def _rows(stockpile: Stockpile, ids: Iterable[WeaponId]) -> tuple[RegisterRow, ...]:
    held = stockpile.conflict_room.on_record(ids)
    return stockpile.register.rows([one.id for one in held])


def _with_wanted(
    room: ConflictRoom, cards: tuple[OpenCard, ...], wanted: str
) -> tuple[OpenCard, ...]:
    """Return the page; before it what is wanted, should it stand on a later one."""
    if not wanted or any(wanted in (one.id, *one.card.conflict.weapons) for one in cards):
        return cards
    of_weapon = room.shown(weapon=WeaponId(wanted)).cards
    try:
        found = of_weapon or (room.one(wanted),)
    except ConflictUnknown:  # it was settled meanwhile
        return cards
    shown = {one.id for one in cards}
    return (*(one for one in found if one.id not in shown), *cards)


def _case(
    room: ConflictRoom,
    one: OpenCard,
    rows: dict[WeaponId, RegisterRow],
    names: Names,
    may: May,
) -> Case:
    card = one.card
    first = next((rows[each] for each in card.conflict.weapons if each in rows), None)
    choices = []
    for choice in card.choices:
        title, follows = conflict_words.choice_words(card, choice, names)
        two = conflict_words.second_needed(choice, two=room.wants_two(choice))
        said = f"{follows} {two}".strip()
        choices.append(ChoiceShown(title, said, may(choice.act), wording.act(choice.act)))
    return Case(
        one.id, card.version, conflict_words.conflict_title(card),
        conflict_words.conflict_sentence(card), _named(first) or _without_weapon(card, names),
        first.model if first else "",
        names.of(one.owner) if one.owner else _("the registry"),
        wording.instant(card.due)[:10], one.is_overdue, card.conflict.weapons,
        tuple(_side(n, side, rows, names) for n, side in enumerate(card.sides, 1)),
        (*_fields(card.sides, card.differs, names), *_written(card, names)), tuple(choices),
        card.conflict.about[0] if card.conflict.kind == "count_missing" else "",
    )  # fmt: skip


def _named(row: RegisterRow | None) -> str:
    return (row.serial or row.mark or row.number) if row else ""


def _without_weapon(card: Card, names: Names) -> str:
    """Return what a contradiction is called that is about no weapon on record: node, lot, entry."""
    if card.conflict.kind == "node_fork":
        return conflict_words.node_words(NodeId(card.conflict.about[0]), names)
    bodies = (side.fact.body for side in card.sides if side.fact is not None)
    lot = next((one for one in bodies if isinstance(one, LotRegistered)), None)
    if lot is not None:
        return lot.lot or lot.nature
    return card.conflict.about[0][:12] if card.conflict.about else ""


def _side(number: int, side: Side, rows: dict[WeaponId, RegisterRow], names: Names) -> SideShown:
    last = side.last
    who = ""
    if last is not None:
        who = _("{who}, {node}, {moment}").format(
            who=isolated(names.of(last.by) or _("nobody")),
            node=conflict_words.node_words(last.node, names),
            moment=isolated(local_moment(last.at, last.zone)),
        )
    row = rows.get(side.weapon) if side.weapon else None
    return SideShown(
        conflict_words.side_title(number, side, names), who, side.weapon, _named(row),
        side.clock_doubted, side.photos,
    )  # fmt: skip


def _written(card: Card, names: Names) -> tuple[Field, ...]:
    lines = conflict_words.wrote_words(card, names)
    return (Field(conflict_words.wrote_label(), lines, differs=True),) if lines else ()


def _fields(sides: tuple[Side, ...], differs: frozenset[str], names: Names) -> tuple[Field, ...]:
    """Return every field that any side says something of, those that differ first."""
    said = list(dict.fromkeys(name for side in sides for name, _value in side.says))
    said.sort(key=lambda name: name not in differs)
    found = []
    for name in said:
        values = [dict(side.says).get(name) for side in sides]
        words = [conflict_words.said_words(name, value, names) for value in values if value]
        label = words[0][0] if words else name
        texts = iter(text for _label, text in words)
        told = tuple(next(texts) if value else "" for value in values)
        found.append(Field(label, told, name in differs))
    return tuple(found)
