"""In words: what can be wrong with a chain of entries, and with what a registry signed for of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.ChainBroken: lambda: _(
            "Entry {number} of node {node} is not what it was sealed as ({why}). The record was changed"
            " or damaged. Stop work, keep this computer as it is and tell the registrar."
        ),
        errors.ChainForked: lambda: _(
            "Two different entries claim number {number} of node {node}. A copy of that computer was"
            " used beside it. What was held first stays; the other one is kept as evidence, and both"
            " stand side by side under Contradictions, or at the registry. Tell the registrar."
        ),
        errors.ChainGap: lambda: _(
            "Entries of node {node} are missing: {have} is the last one held, {offered} was offered."
            " Take in the earlier ones first."
        ),
        errors.FactUnreadable: lambda: _(
            "A record is not readable ({why}). Nothing of it was used. Keep the file as evidence."
        ),
        errors.RegisterDiffers: lambda: _(
            "The register shows weapon {weapon} otherwise than the ledger tells. Run rebuild; if it"
            " happens again, tell the registrar."
        ),
        errors.NodeOvertaken: lambda: _(
            "This stockpile is an old copy: its registry holds entries up to {number} that were not"
            " here any more. They were taken back, but nothing new is recorded with this key, or"
            " there would be two histories. Make a backup now and restore it: the restored stockpile"
            " goes on as a successor with a key of its own."
        ),
        errors.ReceiptContradicted: lambda: _(
            "The registry signed that it holds entry {number} of {node}, but the ledger here ends at"
            " entry {found} or holds another entry in its place: history was cut short or replaced."
            " Leave everything as it is and tell the registrar."
        ),
    }
)
