"""What lies on the counter, as a note in the settings: it is still there after the plug is pulled.

Ids only, no names: the note lies in the open beside the store. What is put back is read and judged
anew, and what has gone since is left out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from stockpile.domain.errors import StockpileError
from stockpile.domain.values import PersonId, WeaponId
from stockpile.services.stockpile import Stockpile
from ui.view_models.counter import Ammunition, Counter, Header
from ui.view_models.counter_reading import Facing, read_person, read_weapon


def note(counter: Counter) -> str:
    """Return the note of what is to be handed out; empty where nothing lies there.

    What comes back is not kept: it is scanned again in the time that it took.
    """
    if counter.is_empty or counter.mode == "return":
        return ""
    said = {
        "items": [
            [one.weapon.id, one.holder.id if one.holder else "", list(one.counts), one.override]
            for one in counter.items
            if not one.waits
        ],
        "rounds": [
            [one.lot.id, one.holder.id if one.holder else "", one.quantity]
            for one in counter.rounds
        ],
        "leader": counter.leader.id if counter.leader else "",
        "header": [counter.header.due, counter.header.purpose, counter.header.patrol],
    }
    return json.dumps(said, ensure_ascii=False)


def put_back(stockpile: Stockpile, facing: Facing, text: str) -> Counter | None:
    """Return the counter that a note tells of, on the books lane; None for no note."""
    try:
        said = json.loads(text)
        return _told(stockpile, facing, said)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None  # a damaged note is no reason not to work


def _told(stockpile: Stockpile, facing: Facing, said: Any) -> Counter:  # noqa: ANN401 - from JSON
    due, purpose, patrol = map(str, said["header"])
    counter = Counter("issue", header=Header(due, purpose, patrol))
    for weapon, holder, counts, override in said["items"]:
        try:
            facing.turn()
            if holder:
                read_person(stockpile, facing, PersonId(holder))
            item = read_weapon(stockpile, facing, WeaponId(weapon)).item
        except StockpileError:
            continue
        if item is None or item.is_barred:
            continue
        kept = tuple(counts) if len(counts) == len(item.kit) else item.counts
        counter = counter.put(replace(item, counts=kept, override=str(override)))
    for lot, holder, quantity in said["rounds"]:
        try:
            who = stockpile.holders.known(PersonId(holder)) if holder else None
            rounds = Ammunition(stockpile.ammunition.one(lot), who, int(quantity))
        except StockpileError:
            continue
        counter = counter.put_rounds(rounds)
    facing.turn()
    leader = next((one for one in counter.takers if one.id == said["leader"]), counter.leader)
    return replace(counter, leader=leader)
