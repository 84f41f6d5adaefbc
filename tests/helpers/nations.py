"""A small country for the registry's pages: three sites whose weapons meet in every way."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import wire
from stockpile.domain.facts import (
    Draft,
    Mark,
    MarkingBegun,
    MarkingEnded,
    PlaceOpened,
    TagBound,
    WaybillOpened,
    WeaponCounted,
    WeaponDispatched,
    WeaponLost,
    WeaponRecovered,
    WeaponRegistered,
)
from stockpile.domain.tags import new_tag
from stockpile.domain.values import PlaceId, WeaponId, new_id
from stockpile.registry import intake
from tests.helpers.registries import Registry
from tests.helpers.sites import AT, Site, a_move

DAY = 86_400_000
TAG = new_tag(lambda count: bytes(count - 1) + b"\x11")
HOSTILE = "<script>alert(1)</script>\"'; DROP TABLE weapon;--\u202e"


def weapon_id(number: int) -> WeaponId:
    """Return the id of the country's weapon of this number."""
    return WeaponId(new_id(AT + number, number.to_bytes(10, "big")))


@dataclass
class Nation:
    """A registry with three sites that it knows: Kampala, Gulu and Arua."""

    registry: Registry
    kampala: Site
    gulu: Site
    arua: Site

    @property
    def sites(self) -> tuple[Site, ...]:
        return self.kampala, self.gulu, self.arua

    def send(self) -> None:
        """Send all that the sites have written and not yet sent."""
        for site in self.sites:
            tip = self.registry.books.tip(site.node)
            new = site.entries[tip.number :]
            if new:
                intake.take(self.registry.books, site.node, wire.squeeze(wire.pack(new)))


def found(registry: Registry) -> Nation:
    """Enrol the three sites, with officers in office and a store each."""
    sites = []
    for name, code in (("Kampala depot", "KLA"), ("Gulu barracks", "GUL"), ("Arua police", "ARU")):
        site = Site()
        registry.enrolment.enrol(site.keys.request(registry.enrolment.make_code(name, code), name))
        site.found_with_officers()
        site.write(Draft(f"{code}-store", PlaceOpened(f"{name}, store 1", code=code)))
        sites.append(site)
    return Nation(registry, *sites)


def registered(
    number: int,
    serial: str,
    *,
    store: str = "KLA-store",
    make: str = "Izhmash",
    model: str = "AKM",
    calibre: str = "7.62x39",
    type_: str = "RIF",
) -> Draft:
    """Return the registration of the country's weapon of this number."""
    body = WeaponRegistered(
        type_, make, model, calibre, (Mark("serial", serial, is_identity=True),),
        place=PlaceId(store),
    )  # fmt: skip
    return Draft(weapon_id(number), body)


def fill(nation: Nation) -> None:
    """Let the sites write a life: marks, a label, a count, a loss, transfers, a contradiction."""
    kampala, gulu, arua = nation.sites
    kampala.write(
        registered(1, "KL-48213"), registered(2, "KL-48214"), registered(3, "BS 00017"),
        registered(4, "7729AB", make="CZ", model="75", calibre="9x19", type_="PST"),
        registered(5, HOSTILE, make=HOSTILE, model="=cmd|'/c calc'!A0"),
    )  # fmt: skip
    heads = {fact.subject: fact.hash for fact in kampala.facts}
    first, third, fourth = weapon_id(1), weapon_id(3), weapon_id(4)
    kampala.write(Draft(first, MarkingBegun("job-1", "scheme", "UG 26 000001", 1, "bench"),
                        (heads[first],)))  # fmt: skip
    kampala.write(Draft(first, MarkingEnded("job-1", "marked"), (kampala.facts[-1].hash,)))
    kampala.write(Draft(first, TagBound(TAG)))
    kampala.write(Draft(first, WeaponCounted("count-1", PlaceId("KLA-store")), saw=(heads[first],)))
    loss = WeaponLost("stolen", "The rack was open.", "2026-09-20", "LR-KLA-26-0001")
    kampala.by_two(Draft(third, loss, (heads[third],)))
    sent = WaybillOpened("WB-KLA-26-0001", (fourth,), PlaceId("KLA-store"), PlaceId("GUL-store"),
                         due="2026-09-25", carrier="Army transport")  # fmt: skip
    fifth = WeaponLost("lost", "Told by one alone.", "2026-09-21")
    kampala.by_one(Draft(weapon_id(5), fifth, (heads[weapon_id(5)],)))
    kampala.by_two(
        Draft("wb-1", sent),
        Draft(fourth, WeaponDispatched("wb-1", PlaceId("GUL-store")), (heads[fourth],)),
    )
    gulu.write(
        registered(6, "KL-48213", store="GUL-store"),
        registered(7, "PK-1", store="GUL-store", make="Degtyarev", model="PKM",
                   calibre="7.62x54R", type_="LMG"),
    )  # fmt: skip
    head = gulu.facts[-1].hash
    gulu.by_two(Draft(weapon_id(7), WeaponLost("lost", "After a patrol.", "2026-09-01"), (head,)))
    back = WeaponRecovered(PlaceId("GUL-store"), "Gulu market", "2026-09-03", "Handed in.")
    gulu.by_one(Draft(weapon_id(7), back, (gulu.facts[-1].hash,)))
    second = heads[weapon_id(2)]
    gulu.write(a_move(weapon_id(2), "GUL-store", second), lamport=200)
    arua.write(a_move(weapon_id(2), "ARU-store", second), lamport=200)
    nation.send()
