"""Worlds in which nodes are told of their own sites only: drafts, and what a node is told."""

from __future__ import annotations

from stockpile.domain import codec, excerpts, ledger
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import FeedPage
from stockpile.domain.facts import (
    Draft,
    Fact,
    PlaceOpened,
    WaybillOpened,
    WeaponDispatched,
    WeaponReceived,
)
from stockpile.domain.values import Digest, PlaceId, WeaponId
from tests.helpers.registries import Registry
from tests.helpers.sites import Site


def a_place(place: str, name: str, kind: str = "site") -> Draft:
    return Draft(PlaceId(place), PlaceOpened(name, kind))


def a_dispatch(weapon: str, to: str, *replaces: Digest, waybill: str = "wb") -> Draft:
    return Draft(WeaponId(weapon), WeaponDispatched(waybill, PlaceId(to)), replaces)


def a_receipt(weapon: str, place: str, *replaces: Digest, waybill: str = "wb") -> Draft:
    return Draft(WeaponId(weapon), WeaponReceived(waybill, PlaceId(place)), replaces)


def a_waybill(waybill: str, out_of: str, to: str, *weapons: str) -> Draft:
    named = tuple(map(WeaponId, weapons))
    return Draft(waybill, WaybillOpened("7", named, PlaceId(out_of), PlaceId(to)))


def told(registry: Registry, reader: Site, limit: int = 500, most: int = 2 << 20) -> list[FeedPage]:
    """Return every page that a node of this version is told, from the start; the last is empty."""
    pages = [registry.books.feed(reader.node, 0, limit, most, "")]
    while pages[-1].last < pages[-1].end:
        last = pages[-1]
        pages.append(registry.books.feed(reader.node, last.last, limit, most, last.scope))
    last = pages[-1]
    return [*pages, registry.books.feed(reader.node, last.last, limit, most, last.scope)]


def facts_told(registry: Registry, reader: Site) -> tuple[list[Fact], list[Fact]]:
    """Return the facts of whole entries, and those of excerpts, each proved by its node's key."""
    whole: list[Fact] = []
    single: list[Fact] = []
    for page in told(registry, reader):
        for item in page.items:
            if isinstance(item.entry, Excerpt):
                single += excerpts.check(item.entry, item.public_key)
            else:
                assert ledger.is_signed(item.entry, item.public_key)
                whole += map(codec.decode, item.entry.facts)
    return whole, single
