"""How a weapon is shown on the command line, to programs and to people."""

from __future__ import annotations

from dataclasses import asdict

from stockpile import wording
from stockpile.domain import codec
from stockpile.domain.facts import Fact
from stockpile.language import _
from stockpile.services.ports import Hit, RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.services.tracing import Life


def weapon_value(stockpile: Stockpile, life: Life) -> dict[str, object]:
    """Return a weapon as JSON: its line, its description, its marks and its history."""
    weapon, row = life.weapon, life.row
    value: dict[str, object] = dict(asdict(row))
    value |= {
        "country": weapon.country,
        "year": weapon.year,
        "origin": weapon.origin,
        "remarks": weapon.remarks,
        "acquired": asdict(weapon.acquired),
        "marks": [asdict(mark) for mark in weapon.marks],
        "applied": [asdict(mark) for mark in weapon.applied],
        "source": asdict(weapon.source) if weapon.source else None,
        "conflicts": [one.kind for one in life.conflicts],
        "history": [_fact_value(stockpile, fact) for fact in life.facts],
    }
    return value


def weapon_text(stockpile: Stockpile, life: Life) -> str:
    """Return a weapon as a person reads it."""
    row = life.row
    facts = [
        (_("Number"), row.number), (_("Serial"), row.serial), (_("Mark"), row.mark),
        (_("Tag"), row.tag), (_("Type"), row.type), (_("Make"), row.make),
        (_("Model"), row.model), (_("Calibre"), row.calibre), (_("Condition"), row.condition),
        (_("Status"), row.status), (_("Place"), row.place),
    ]  # fmt: skip
    width = max(len(name) for name, _value in facts)
    lines = [f"{name.ljust(width)}  {value}" for name, value in facts if value]
    lines.append("")
    lines.extend(
        f"{wording.instant(fact.at)}  {wording.fact_sentence(fact, stockpile.names())}"
        for fact in life.facts
    )
    return "\n".join(lines)


def row_value(row: RegisterRow) -> dict[str, object]:
    """Return a line of the register as JSON."""
    return asdict(row)


def hit_value(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON."""
    said = {"score": round(hit.score, 3), "why": hit.why, "reasons": hit.reasons}
    return {**asdict(hit.row), **said, "matched": hit.mark, "at": hit.at}


def _fact_value(stockpile: Stockpile, fact: Fact) -> dict[str, object]:
    return {
        "kind": codec.kind_of(fact.body),
        "at": fact.at,
        "by": stockpile.names().of(fact.by),
        "node": fact.node,
        "hash": fact.hash,
        "said": wording.fact_sentence(fact, stockpile.names()),
    }
