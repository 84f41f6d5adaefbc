"""Values, bodies, drafts, facts and whole histories for property tests, drawn from the types.

A new body is drawn as soon as it stands in ``codec.KINDS``: nothing is listed here by hand.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

from hypothesis import strategies as st

from stockpile.domain import codec, facts
from stockpile.domain.codec import LARGEST_INTEGER, Encoded, Stamp
from stockpile.domain.facts import Body, Draft, Fact
from stockpile.domain.values import Digest, NodeId, OfficerId, PersonId, PlaceId, WeaponId
from tests.helpers.depots import SALT, Depot

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
integers = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
digests = st.binary(min_size=32, max_size=32).map(lambda raw: Digest(raw.hex()))
nodes = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16).map(NodeId)
_chains = st.lists(digests, max_size=3, unique=True).map(tuple)
_plain: dict[Any, st.SearchStrategy[Any]] = {
    str: texts, int: integers, bool: st.booleans(), types.NoneType: st.none(), Digest: digests,
}  # fmt: skip


def of_type(wanted: Any) -> st.SearchStrategy[Any]:
    """Every value of a type that a body may be made of."""
    if wanted in _plain:
        return _plain[wanted]
    if dataclasses.is_dataclass(wanted):
        return of_shape(wanted)
    inside = typing.get_args(wanted)
    match typing.get_origin(wanted):
        case typing.Literal:
            return st.sampled_from(inside)
        case origin if origin is tuple:
            assert inside[1:] == (Ellipsis,)
            return st.lists(of_type(inside[0]), max_size=3).map(tuple)
        case typing.Union | types.UnionType:
            return st.one_of([of_type(one) for one in inside])
        case _:
            return of_type(wanted.__supertype__)


def of_shape(shape: type[Any]) -> st.SearchStrategy[Any]:
    """Every value of a dataclass; a field with a default is at it half the time."""
    hints = typing.get_type_hints(shape)
    return st.fixed_dictionaries(
        {one.name: of_type(hints[one.name]) for one in dataclasses.fields(shape) if is_needed(one)},
        optional={
            one.name: of_type(hints[one.name])
            for one in dataclasses.fields(shape)
            if not is_needed(one)
        },
    ).map(lambda given: shape(**given))


def is_needed(one: dataclasses.Field[Any]) -> bool:
    return one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING


def bodies(kind: str | None = None) -> st.SearchStrategy[Body]:
    """Bodies of one kind, or of any."""
    if kind is None:
        return st.sampled_from(sorted(codec.KINDS)).flatmap(bodies)
    return of_shape(codec.KINDS[kind])


def drafts(kind: str | None = None) -> st.SearchStrategy[Draft]:
    return st.builds(Draft, texts, bodies(kind), _chains, _chains, _chains)


stamps = st.builds(
    Stamp,
    node=nodes,
    seq=st.integers(1, LARGEST_INTEGER),
    lamport=st.integers(0, LARGEST_INTEGER),
    at=integers,
    zone=st.integers(-720, 840),
    by=st.none() | st.text("abcdef0123456789-", min_size=1).map(OfficerId),
    witnesses=st.lists(texts.map(OfficerId), max_size=2).map(tuple),
)


def encoded(kind: str | None = None) -> st.SearchStrategy[Encoded]:
    """Facts on record, with their bytes."""
    return st.builds(codec.encode, drafts(kind), stamps, st.just(SALT))


# --- histories of one weapon ---------------------------------------------------------------------

WEAPON = WeaponId("019a0000-0000-7000-8000-000000000001")
OTHER = WeaponId("019a0000-0000-7000-8000-000000000002")
_PLACES = st.sampled_from([PlaceId("north"), PlaceId("south"), PlaceId("field")])
_JOBS = st.sampled_from(["j1", "j2", "j3"])


def _marks() -> st.SearchStrategy[tuple[facts.Mark, ...]]:
    one = st.builds(facts.Mark, kind=st.just("serial"), text=st.sampled_from(["A1", "A7", "AI"]),
                    is_identity=st.booleans())  # fmt: skip
    return st.lists(one, max_size=2).map(tuple)


_SMALL: dict[Any, st.SearchStrategy[Any]] = {
    PlaceId: _PLACES,
    PersonId: st.just(PersonId("holder")),
    WeaponId: st.just(OTHER),
    "waybill": st.sampled_from(["W1", "W2"]),
    "job": _JOBS,
    "standing": st.lists(_JOBS, max_size=2, unique=True).map(tuple),
    "marks": _marks(),
    "fitted": _marks(),
    "removed": _marks(),
    "text": st.sampled_from(["MRK1", "MRK2"]),
    "tag": st.sampled_from(["T1", "T2"]),
}


def weapon_bodies() -> st.SearchStrategy[Body]:
    """Bodies about a weapon, with few places, waybills and jobs so that they meet one another."""
    return st.sampled_from(typing.get_args(facts.WeaponBody)).flatmap(_small_body)


def _small_body(shape: type[Any]) -> st.SearchStrategy[Body]:
    hints = typing.get_type_hints(shape)
    needed = {one.name: _small(one.name, hints[one.name]) for one in dataclasses.fields(shape)
              if is_needed(one)}  # fmt: skip
    optional = {
        one.name: _small(one.name, hints[one.name])
        for one in dataclasses.fields(shape)
        if not is_needed(one) and (one.name in _SMALL or one.name in {"place", "condition"})
    }
    return st.fixed_dictionaries(needed, optional=optional).map(lambda given: shape(**given))


def _small(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if name in _SMALL:
        return _SMALL[name]
    if hint in _SMALL:
        return _SMALL[hint]
    if name == "place":
        return st.none() | _PLACES
    return st.just("-") if hint is str else of_type(hint)


@st.composite
def histories(draw: st.DrawFn, *, steps: int = 12, honest: bool = False) -> list[Fact]:
    """Facts of one weapon by three nodes that write and exchange in turn, in order of writing.

    Unless honest, counters may lie, and a fact may name heads in part, long replaced, or unknown.
    """
    depots = [Depot("aa"), Depot("bb", skew=90 * 86_400_000), Depot("cc", skew=-86_400_000)]
    written = [depots[0].write(WEAPON, facts.WeaponRegistered(model="M", place=PlaceId("north")))]
    for _ in range(draw(st.integers(0, steps))):
        author = draw(st.sampled_from(depots))
        if draw(st.booleans()):
            author.learn(draw(st.lists(st.sampled_from(written), max_size=4)))
        crooked = not honest and draw(st.integers(0, 3)) == 0
        written.append(
            author.write(
                WEAPON,
                draw(weapon_bodies()),
                replaces=_named(draw, written) if crooked else None,
                saw=_named(draw, written) if draw(st.integers(0, 3)) == 0 else None,
                lamport=draw(st.integers(0, 40)) if crooked else None,
            )
        )
    return written


def _named(draw: st.DrawFn, written: list[Fact]) -> tuple[Digest, ...]:
    strangers = [Digest("0" * 64), Digest("f" * 64)]
    known = [fact.hash for fact in written]
    return tuple(draw(st.lists(st.sampled_from(known + strangers), max_size=3, unique=True)))
