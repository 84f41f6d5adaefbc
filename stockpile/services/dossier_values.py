"""A weapon's whole file as plain values, for programs: nothing is in words, nothing is left out."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass

import msgspec

from stockpile.domain import codec
from stockpile.domain.facts import Fact
from stockpile.domain.lives import Fitting, Stay
from stockpile.domain.views import FieldBook, Value
from stockpile.services.tracing import Life
from stockpile.services.weapon_files import WeaponFile
from stockpile.wording import Names


def file_value(file: WeaponFile) -> dict[str, object]:
    """Return the file: its line, state, bound book, custody, components, what is open, its life."""
    names = file.names
    return {
        **asdict(file.life.row),
        "state": msgspec.to_builtins(file.life.weapon),
        "book": {one.name: _book_value(one) for one in file.book},
        "custody_chain": [_stay_value(one, names) for one in file.custody],
        "fittings": [_fitting_value(one, names) for one in file.fittings],
        "open": [
            {"kind": one.kind, "closing": one.closing, "about": one.about} for one in file.matters
        ],
        "conflicts": [asdict(one) for one in file.life.conflicts],
        "joined_into": asdict(file.into) if file.into else None,
        "life": _life_value(file.life, names),
        "joined": [{**asdict(one.row), "life": _life_value(one, names)} for one in file.joined],
    }


def _life_value(life: Life, names: Names) -> list[dict[str, object]]:
    return [
        {
            **_fact_value(one, names),
            "clock_doubted": one.hash in life.doubted,
            "body": asdict(one.body),
        }
        for one in life.facts
    ]


def _fact_value(fact: Fact, names: Names) -> dict[str, object]:
    return {
        "kind": codec.kind_of(fact.body),
        "hash": fact.hash,
        "node": fact.node,
        "number": fact.seq,
        "at": fact.at,
        "zone": fact.zone,
        "by": fact.by,
        "by_name": names.of(fact.by),
        "replaces": list(fact.replaces),
        "saw": list(fact.saw),
    }


def _book_value(book: FieldBook) -> dict[str, object]:
    return {
        "original": _plain(book.original.value),
        "corrected": _plain(book.current.value),
        "versions": [
            {
                "value": _plain(one.value),
                "fact": one.fact.hash,
                "at": one.fact.at,
                "by": one.fact.by,
                "reason": one.reason,
                "blind": one.blind,
            }
            for one in book.versions
        ],
        "rivals": [_plain(one) for one in book.rivals],
    }


def _stay_value(stay: Stay, names: Names) -> dict[str, object]:
    custody = stay.custody
    return {
        "state": custody.state,
        "since": custody.since,
        "place": custody.place,
        "place_name": names.of(custody.place),
        "holder": custody.holder,
        "paper": custody.paper,
        "reason": stay.reason,
        "stands": stay.stands,
        "fact": custody.fact,
    }


def _fitting_value(fitting: Fitting, names: Names) -> dict[str, object]:
    removed = fitting.removed
    return {
        "component": asdict(fitting.component),
        "fitted": _fact_value(fitting.fitted, names),
        "removed": _fact_value(removed, names) if removed else None,
    }


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [asdict(one) if is_dataclass(one) else one for one in value]
    return asdict(value) if is_dataclass(value) else value
