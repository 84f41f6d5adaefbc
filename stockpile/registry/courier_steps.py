"""A courier file is taken in step by step, each by whichever process is asked, and may be stopped.

1. What is to be done with each chain is settled once, as it stands then; how far each one got is
   kept beside the file. A process opens the file, goes on from there, and says how far it came.
2. What was taken in stays. Two processes that go on from one place take the same entries, which is
   once; how far it is counts the one that said so first.
3. What the sender said of itself is kept, and numbers are granted, once all of it was gone through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain import ledger
from stockpile.domain.courier import Content
from stockpile.domain.errors import (
    ChainForked,
    CourierIncomplete,
    NodeQuarantined,
    StockpileError,
)
from stockpile.domain.ledger import Entry
from stockpile.domain.values import NodeId
from stockpile.registry import intake
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_taking import Tally, nobody, settle
from stockpile.registry.couriers import Preview, Stands
from stockpile.registry.statements import Signers, Statements

FACTS_AT_ONCE: Final = 1_000
"""Facts after which it is asked whether there is time for more: most of a second on a slow disk."""

State = Literal["going", "stopped", "done"]
Why = Literal["", "gap", "forked", "untrusted", "other"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chain of a file: gone through up to ``place``, to be gone through up to ``last``."""

    node: NodeId
    place: int
    last: int
    stands: Stands


@dataclass(frozen=True, slots=True)
class Way:
    """How far a courier file is taken in: ``passed`` of ``total`` facts that were new in it.

    Of those ``facts`` count; ``evidence`` entries are kept beside, ``ahead`` with losses were told
    ahead of their chain; ``why`` says what stands against the rest. ``number`` is up to where the
    sender's chain is held.
    """

    node: NodeId
    name: str
    stretches: tuple[Stretch, ...]
    total: int
    passed: int = 0
    facts: int = 0
    number: int = 0
    ahead: int = 0
    evidence: int = 0
    numbers: int = 0
    why: Why = ""
    state: State = "going"

    @property
    def part(self) -> int:
        """How far it is in parts of a hundred."""
        return self.passed * 100 // max(self.total, 1)


def begin(books: RegistryBooks, preview: Preview, signers: Signers = ()) -> Way:
    """Settle what is to be done with a file; nothing of it is taken in yet.

    ``signers`` sign the certificate of a sender that an enrolment officer let in.
    Raises CertifierUnknown, RegistryBusy.
    """
    if preview.certificate is not None:
        Statements(books).publish(preview.certificate, signers)
    chains = [one for one in preview.chains if one.stands not in ("known", "aside")]
    return Way(
        preview.sender, preview.name,
        tuple(
            Stretch(one.node, one.last - len(one.fresh), one.last, one.stands) for one in chains
        ),
        sum(one.facts for one in chains if one.stands != "gap"),
        why=why(preview.trouble),
    )  # fmt: skip


def steps(
    books: RegistryBooks, content: Content, way: Way, counted: intake.Counted = nobody
) -> Iterator[Way]:
    """Go on from where a file is, and say after each batch how far it is; the last one is done.

    Raises RegistryBusy, ChainBroken, FactUnreadable; what was said last stands.
    """
    for at, stretch in enumerate(way.stretches):
        tally = Tally(books, counted)
        before = way
        for last, passed in tally.batches(
            stretch.node, stretch.stands, _left(content, stretch), FACTS_AT_ONCE
        ):
            gone = (*way.stretches[:at], replace(stretch, place=last), *way.stretches[at + 1 :])
            way = replace(
                way, stretches=gone, passed=way.passed + passed,
                facts=before.facts + tally.facts, ahead=before.ahead + tally.ahead,
                evidence=before.evidence + tally.evidence,
                why=_worse(before.why, tally.trouble),
            )  # fmt: skip
            yield replace(way, number=_held(books, way.node))
    numbers = settle(books, content)
    yield replace(way, number=_held(books, way.node), numbers=numbers, state="done")


def why(trouble: StockpileError | None) -> Why:
    """Return what stands against a chain, in a word that is kept."""
    match trouble:
        case None:
            return ""
        case CourierIncomplete():
            return "gap"
        case ChainForked():
            return "forked"
        case NodeQuarantined():
            return "untrusted"
        case _:
            return "other"


def _worse(known: Why, trouble: StockpileError | None) -> Why:
    """Return what stands against a file: what was found first, but for a piece that is missing."""
    return why(trouble) if trouble is not None and known in ("", "gap") else known


def _left(content: Content, stretch: Stretch) -> list[Entry]:
    """Return the entries of a chain that were not gone through yet."""
    headers = ((ledger.read_header(one.header), one) for one in content.entries)
    return [
        one for header, one in headers
        if header.n == stretch.node and stretch.place < header.c <= stretch.last
    ]  # fmt: skip


def _held(books: RegistryBooks, node: NodeId) -> int:
    return books.tip(node).number
