"""What is kept of the proof of the record: how long ago it was, and what one found wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import Instant
from stockpile.services.proof_days import days_unproved
from stockpile.services.stockpile import Stockpile


@dataclass(frozen=True, slots=True)
class ProofDays:
    """When it is now, when the record was proved last (0: never), and the days without a proof."""

    now: Instant
    proved_at: Instant
    days: int


def proof_days(stockpile: Stockpile) -> ProofDays:
    """Return how long ago the record was proved; on the books lane."""
    books, now = stockpile.books, stockpile.days.clock.now()
    return ProofDays(now, books.proved(), days_unproved(books, stockpile.keys.node, now))


def written(error: StockpileError | None, at: Instant) -> str:
    """Return what a setting keeps of what was found wrong; nothing where nothing was."""
    if error is None:
        return ""
    return json.dumps({"at": at, "said": wording.error_sentence(error)}, ensure_ascii=False)


def read(kept: str) -> tuple[str, Instant]:
    """Return what was found wrong, and when; nothing where nothing was, or it cannot be read."""
    try:
        said = json.loads(kept)
        return str(said["said"]), int(said["at"])
    except (ValueError, KeyError, TypeError):
        return "", 0
