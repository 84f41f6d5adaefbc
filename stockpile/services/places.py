"""Places: open, change and close them, find them by what people or scanners say, see what is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Unpack

from stockpile.domain import people, places
from stockpile.domain.errors import PlaceAmbiguous, PlaceUnknown, TagMistyped
from stockpile.domain.facts import (
    OfficerAppointed,
    PersonRecorded,
    PlaceOpened,
    SchemeSet,
    WaybillOpened,
)
from stockpile.domain.places import Branch, Change, Place, Told
from stockpile.domain.references import Reference
from stockpile.domain.tags import read_scan
from stockpile.domain.values import PlaceId, new_id, search_key
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Counted,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
)

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Filling:
    """What a place and all within it hold now, in weapons.

    ``here`` stand there; ``out`` belong there and are with somebody or under way; ``lost`` were
    there last; ``strangers`` stand there though the place holds other types or models.
    """

    place: Place
    here: int
    out: int
    lost: int
    strangers: int

    @property
    def over(self) -> int:
        """How many more there are than fit; 0 where nobody said how many do."""
        return max(0, self.here - self.place.capacity) if self.place.capacity else 0


@dataclass(frozen=True, slots=True)
class Contents:
    """The weapons of a place and all within it: those there, and those that belong there."""

    here: tuple[RegisterRow, ...]
    out: tuple[RegisterRow, ...]
    lost: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class _Figures:
    """How many weapons have their place in each, lost ones too; lost; belonging there."""

    there: Counter[str]
    lost: Counter[str]
    at_home: Counter[str]


@dataclass(slots=True)
class _Index:
    """The places as they were read last, with what they were read from."""

    of: tuple[Reference, ...] | None = None
    by_id: Mapping[PlaceId, Place] = field(default_factory=dict)
    by_code: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """The places on record."""

    books: Books
    register: Register
    clock: Clock
    chance: Chance
    _held: _Index = field(default_factory=_Index, repr=False, compare=False)

    def all(self) -> tuple[Place, ...]:
        """Return the open places, by name."""
        return tuple(sorted(self._index().by_id.values(), key=lambda one: one.name))

    def one(self, place: PlaceId) -> Place:
        """Return an open place; raises PlaceUnknown."""
        found = self._index().by_id.get(place)
        if found is None:
            raise PlaceUnknown(place)
        return found

    def named(self, text: str) -> Place:
        """Return the place of this id, code or name; raises PlaceUnknown, PlaceAmbiguous."""
        index = self._index()
        exact = index.by_id.get(PlaceId(text)) or self.scanned(text)
        if exact is not None:
            return exact
        found = [place for place in self.all() if place.answers_to(text)]
        if not found:
            raise PlaceUnknown(text)
        if len(found) > 1:
            raise PlaceAmbiguous(text, tuple(self.said(place) for place in found))
        return found[0]

    def scanned(self, text: str) -> Place | None:
        """Return the place whose card or code a scanner read; a name is never taken for one."""
        index = self._index()
        found = index.by_code.get(search_key(text))
        if found is not None:
            return found
        try:
            tag, _mac = read_scan(text)
        except TagMistyped:
            return None
        return index.by_code.get(search_key(tag))

    def said(self, place: Place) -> str:
        """Return the name of a place with the names of what it is in: Room 2 / Rack 4."""
        above = places.path(place, self._index().by_id)
        return " / ".join(one.name for one in above if one.kind != "site" or one is place)

    def open(
        self,
        name: str,
        kind: str,
        within: PlaceId | None,
        code: str = "",
        *,
        by: SignedIn,
        **told: Unpack[Told],
    ) -> tuple[Recorded, Place]:
        """Open a place within another; opening it again changes nothing.

        Raises FieldMissing, FieldUnreadable, PlaceCodeTaken.
        """
        people.authorise(by.officer, "open_place")
        for place in self.all():
            if place.within == within and place.answers_to(name):
                return Recorded((), ()), place
        new = PlaceId(new_id(self.clock.now(), self.chance.bytes(10)))
        said = Change(name=name, kind=kind, within=within, code=code, **told)
        opened = places.told_of(Place(new, name, "rack", within), said)
        places.demand_allowed(opened, self._index().by_id)
        recorded = self.books.record([places.opened_as(opened)], by=by.id)
        return recorded, self.one(new)

    def open_row(
        self, within: PlaceId, said: Change, *, by: SignedIn
    ) -> tuple[Recorded, tuple[Place, ...]]:
        """Open a place, or a row of them in one act where the name is a run: ``Rack 1..25``.

        Those that are there already are left as they are. Raises what ``open`` raises, and
        RangeTooLong.
        """
        people.authorise(by.officer, "open_place")
        among = dict(self._index().by_id)
        there = {search_key(one.name) for one in among.values() if one.within == within}
        new: list[Place] = []
        for one in places.row_of(said):
            if search_key(one.get("name", "")) in there:
                continue
            place = PlaceId(new_id(self.clock.now(), self.chance.bytes(10)))
            opened = places.told_of(Place(place, "", "rack", within), one | {"within": within})
            places.demand_allowed(opened, among)
            among[place] = opened
            new.append(opened)
        drafts = [places.opened_as(one) for one in new]
        recorded = self.books.record(drafts, by=by.id) if drafts else Recorded((), ())
        return recorded, tuple(new)

    def change(
        self, place: PlaceId, *, by: SignedIn, reason: str = "", **told: Unpack[Change]
    ) -> tuple[Recorded, Place]:
        """Say something else of a place; what is not named stays, and nothing new is not written.

        Raises PlaceUnknown, FieldMissing, FieldUnreadable, PlaceCodeTaken, PlaceWithinItself.
        """
        people.authorise(by.officer, "open_place")
        stands = self.one(place)
        said = places.told_of(stands, told)
        if said == stands:
            return Recorded((), ()), stands
        places.demand_allowed(said, self._index().by_id)
        draft = places.changed_to(said, self._reference(place).heads, reason)
        return self.books.record([draft], by=by.id), self.one(place)

    def close(self, place: PlaceId, reason: str, *, by: SignedIn) -> Recorded:
        """Close an empty place for good; raises PlaceUnknown, FieldMissing, PlaceOccupied."""
        people.authorise(by.officer, "open_place")
        stands, filling = self.one(place), self.filling(place)
        within = sum(one.within == place for one in self.all())
        draft = places.closed(
            stands, self._reference(place).heads, reason, weapons=filling.here + filling.out,
            places=within,
        )  # fmt: skip
        return self.books.record([draft], by=by.id)

    # --- what is in them ------------------------------------------------------------------------

    def tree(self) -> tuple[Branch, ...]:
        """Return all open places as they stand within each other, each with what is in it."""
        figures = self._figures()
        here = {place: figures.there[place] - figures.lost[place] for place in figures.there}
        return places.trees(self._index().by_id.values(), here)

    def filling(self, place: PlaceId) -> Filling:
        """Return how many weapons a place holds and misses; raises PlaceUnknown."""
        return self._filling(self.one(place), self._figures())

    def fillings(self, room: PlaceId) -> tuple[Filling, ...]:
        """Return what is in each place that stands directly in another."""
        figures = self._figures()
        inside = (one for one in self._index().by_id.values() if one.within == room)
        return tuple(self._filling(one, figures) for one in inside)

    def contents(self, place: PlaceId) -> Contents:
        """Return the weapons of a place, by serial; raises PlaceUnknown."""
        self.one(place)
        there = self._rows(RegisterFilter(place=place))
        inside = {row.id for row in there}
        belong = self._rows(RegisterFilter(home=place))
        return Contents(
            tuple(row for row in there if row.status != "lost"),
            tuple(row for row in belong if row.id not in inside),
            tuple(row for row in there if row.status == "lost"),
        )

    def _strangers(self, place: Place) -> int:
        there = self._rows(RegisterFilter(place=place.id))
        return sum(not place.takes(one.type, one.model) for one in there if one.status != "lost")

    def _rows(self, among: RegisterFilter) -> tuple[RegisterRow, ...]:
        pages = range(-(-self.register.count(among) // _PAGE))
        found = (self.register.page("serial", page, _PAGE, among) for page in pages)
        return tuple(row for page in found for row in page)

    def _filling(self, place: Place, figures: _Figures) -> Filling:
        inside = places.within(place.id, self._index().by_id.values())
        there, lost, at_home = (
            sum(counted[one] for one in inside)
            for counted in (figures.there, figures.lost, figures.at_home)
        )
        # What stands in a place belongs there: the store that took a weapon in is its home.
        strangers = self._strangers(place) if place.holds else 0
        return Filling(place, there - lost, max(0, at_home - there), lost, strangers)

    def _figures(self) -> _Figures:
        """Count the register three times, however many places there are."""
        values = self.register.values
        return _Figures(
            _counted(values("place", RegisterFilter())),
            _counted(values("place", RegisterFilter(status="lost"))),
            _counted(values("home", RegisterFilter())),
        )

    def _reference(self, place: PlaceId) -> Reference:
        reference = self.books.reference(place)
        assert reference is not None  # an open place is one
        return reference

    def _index(self) -> _Index:
        """Return the places, read anew only where what is recorded of one has changed."""
        held, references = self._held, self.books.references(PlaceOpened)
        if held.of is not references:
            found = [one for one in map(places.place_of, references) if one is not None]
            held.by_id = {one.id: one for one in found}
            codes = {search_key(one.code): one for one in found if one.code}
            held.by_code = codes | {search_key(one.tag): one for one in found if one.tag}
            held.of = references
        return held


def _counted(values: tuple[Counted, ...]) -> Counter[str]:
    return Counter({one.value: one.count for one in values})


def known_names(books: Books) -> dict[str, str]:
    """Return what people call places, officers, holders, schemes and waybills; closed ones too.

    Who was erased has no name any more.
    """
    known: dict[str, str] = {}
    for one in books.references(PersonRecorded, SchemeSet):
        if isinstance(one.now, PersonRecorded | SchemeSet):
            known[one.subject] = one.now.name
    for one in books.references(PlaceOpened, OfficerAppointed):
        officer = one.opened.name if isinstance(one.opened, OfficerAppointed) else None
        name = places.place_name(one) or officer
        if name is not None:
            known[one.subject] = name
    for one in books.references(WaybillOpened):
        if isinstance(one.opened, WaybillOpened):
            known[one.subject] = one.opened.number
    return known
