"""How a weapon is shown on the command line, to programs and to people."""

from __future__ import annotations

from dataclasses import asdict

import msgspec

from stockpile import fact_words, wording
from stockpile.domain import codec
from stockpile.domain.facts import Fact
from stockpile.domain.numbers import registry_number
from stockpile.domain.weapons import ReadBack
from stockpile.language import _
from stockpile.services.ports import Hit, RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.services.tracing import Life
from stockpile.terms import classes

_FIELDS = (
    "country", "year", "action", "origin", "frame", "custody_type", "missing_parts", "remarks",
    "make_code", "model_code", "calibre_codes", "country_code", "deactivated", "tags", "labels",
    "same_as", "distinct_from", "absorbed_into",
)  # fmt: skip


def weapon_value(stockpile: Stockpile, life: Life) -> dict[str, object]:
    """Return a weapon as JSON: its line, its description, its marks and its history."""
    weapon, row = life.weapon, life.row
    value: dict[str, object] = dict(asdict(row))
    value |= {
        **{name: getattr(weapon, name) for name in _FIELDS},
        "classes": dict(zip(("iti", "unroca"), classes(weapon.type), strict=True)),
        "acquired": asdict(weapon.acquired),
        "imported": asdict(weapon.imported),
        "safe": asdict(weapon.safe) if weapon.safe else None,
        "serial_status": weapon.serial.status,
        "marks": [asdict(mark) for mark in weapon.marks],
        "components": [asdict(one) for one in weapon.components],
        "photos": [asdict(photo) for photo in weapon.photos],
        "read_backs": [_read_back_value(stockpile, one) for one in weapon.read_backs],
        "applied": [asdict(mark) for mark in weapon.applied],
        "dates": msgspec.to_builtins(weapon.dates),
        "source": asdict(weapon.source) if weapon.source else None,
        "conflicts": [one.kind for one in life.conflicts],
        "history": [
            {**_fact_value(stockpile, fact), "clock_doubted": fact.hash in life.doubted}
            for fact in life.facts
        ],
    }
    return value


def weapon_text(stockpile: Stockpile, life: Life) -> str:
    """Return a weapon as a person reads it."""
    row, joined = life.row, life.weapon.absorbed_into
    facts = [
        (_("Number"), row.number), (_("Serial"), row.serial), (_("Mark"), row.mark),
        (_("Tag"), row.tag), (_("Type"), row.type), (_("Make"), row.make),
        (_("Model"), row.model), (_("Calibre"), row.calibre), (_("Condition"), row.condition),
        (_("Status"), row.status), (_("Place"), row.place),
        (_("Joined to"), registry_number(joined) if joined else ""),
    ]  # fmt: skip
    width = max(len(name) for name, _value in facts)
    lines = [f"{name.ljust(width)}  {value}" for name, value in facts if value]
    lines.append("")
    names = stockpile.names()
    for fact in life.facts:
        when = wording.instant(fact.at)
        lines.append(f"{when}  {fact_words.fact_sentence(fact, names)}")
        if fact.hash in life.doubted:
            doubt = _("Its clock is in doubt.")
            lines.append(f"{'!'.rjust(len(when))}  {doubt}")
    return "\n".join(lines)


def row_value(row: RegisterRow) -> dict[str, object]:
    """Return a line of the register as JSON."""
    return asdict(row)


def hit_value(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON."""
    said = {"score": round(hit.score, 3), "why": hit.why, "reasons": hit.reasons}
    return {**asdict(hit.row), **said, "matched": hit.mark, "at": hit.at}


def _read_back_value(stockpile: Stockpile, one: ReadBack) -> dict[str, object]:
    return {**asdict(one), "by": stockpile.names().of(one.by), "agrees": one.agrees}


def _fact_value(stockpile: Stockpile, fact: Fact) -> dict[str, object]:
    return {
        "kind": codec.kind_of(fact.body),
        "at": fact.at,
        "by": stockpile.names().of(fact.by),
        "node": fact.node,
        "hash": fact.hash,
        "said": fact_words.fact_sentence(fact, stockpile.names()),
    }
