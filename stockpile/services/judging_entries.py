"""What was written without the right to it, and what two officers decide about it.

Such an entry is kept and shown, and nothing follows from it. Accepted, it counts as if it had
always been good; not accepted, it stays evidence. Every node comes to the same by that decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from stockpile.domain import codec, ledger
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import EntryNotInDoubt, HistoryUndecided, ReasonMissing
from stockpile.domain.facts import Draft, EntryJudged, Fact, NodeFounded
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, Instant, NodeId, WeaponId
from stockpile.plan_words import PlanLine
from stockpile.services import clock_entries
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.plan_lines import plan_lines
from stockpile.services.ports import Books, Recorded
from stockpile.services.signing import Second, authorise, sign

_SHOWN: Final = 8
"""Letters of a node's id that name it where nobody said what it is called."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """An entry without right: where it stands, the act, what it lacks, when it was written.

    ``lack`` is one of the domain's words (unsigned, no_office, no_right, one_officer); ``officer``
    is who it says did it, ``signed`` whose signatures stand under it, good or not; ``site`` is what
    the node is called that wrote it.
    """

    hash: Digest
    node: NodeId
    number: int
    act: str
    lack: str
    weapons: tuple[WeaponId, ...]
    at: Instant
    zone: int
    officer: str
    signed: tuple[str, ...]
    site: str


@dataclass(frozen=True, slots=True)
class InDoubtTogether:
    """Entries that are decided about as one, the first of them first; ``more`` come after these.

    ``conflict`` is the one by which the conflict room settles them: they are its card.
    """

    conflict: Digest
    entries: tuple[InDoubt, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class JudgingEntries:
    """The entries that wait for the decision of two officers."""

    books: Books

    def all(self, weapon: WeaponId | None = None) -> tuple[InDoubt, ...]:
        """Return what waits for a decision, the longest first; or what is about one weapon."""
        return self._in_doubt(self._conflicts(weapon))

    def together(self) -> tuple[InDoubtTogether, ...]:
        """Return what waits for a decision, as the conflict room has it on its cards."""
        cards = clock_entries.gathered(self.books, self._conflicts(None))
        found = (
            InDoubtTogether(one.leading.id, self._in_doubt(one.conflicts), one.more)
            for one in cards
        )
        return tuple(one for one in found if one.entries)

    def one(self, text: str) -> InDoubt:
        """Return the waiting entry of this hash, or of the only one that begins so.

        Raises EntryNotInDoubt.
        """
        known = [one for one in self.all() if text and one.hash.startswith(text.lower())]
        if len(known) != 1:
            raise EntryNotInDoubt(text)
        return known[0]

    def lines(self, doubt: InDoubt) -> tuple[PlanLine, ...]:
        """Return what the entry says, fact by fact, and what accepting it would change."""
        entry = self._entry(doubt.node, doubt.number)
        return plan_lines(self.books, _facts(entry)) if entry else ()

    def judge(
        self,
        text: str,
        reason: str,
        *,
        accepted: bool,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Decide about an entry, by two officers, with the reason.

        Raises OfficerNotAuthorised, SecondOfficerMissing, ReasonMissing, EntryNotInDoubt,
        HistoryUndecided.
        """
        authorise(by, "judge_entry", witness)
        doubt = self.one(text)
        if accepted:
            demand_one_history(self.books, doubt.node, doubt.number)
        if not reason.strip():
            raise ReasonMissing("judge_entry")
        body = EntryJudged(doubt.node, doubt.number, accepted, reason.strip())
        standing = self.books.reference(doubt.hash)
        draft = Draft(doubt.hash, body, standing.heads if standing else ())
        return sign(self.books, "judge_entry", [draft], by=by, second=witness)

    # --- inside -----------------------------------------------------------------------------

    def _conflicts(self, weapon: WeaponId | None) -> list[Conflict]:
        return [one for one in self.books.conflicts(weapon) if one.kind == "authority"]

    def _in_doubt(self, conflicts: Iterable[Conflict]) -> tuple[InDoubt, ...]:
        names = known_names(self.books)
        found = (self._entry_of(one, names) for one in conflicts)
        return tuple(one for one in found if one is not None)

    def _entry_of(self, conflict: Conflict, names: Mapping[str, str]) -> InDoubt | None:
        digest, node, number, act, lack = conflict.about
        entry = self._entry(NodeId(node), int(number))
        if entry is None or ledger.entry_hash(entry.header) != digest:
            return None
        first = _facts(entry)[0]
        signed = (one.officer for one in entry.officer_signatures)
        return InDoubt(
            Digest(digest), NodeId(node), int(number), act, lack, conflict.weapons, first.at,
            first.zone, names.get(first.by, first.by) if first.by else "",
            tuple(names.get(one, one) for one in signed), self._site(NodeId(node)),
        )  # fmt: skip

    def _site(self, node: NodeId) -> str:
        reference = self.books.reference(node)
        opened = reference.opened if reference else None
        return opened.name if isinstance(opened, NodeFounded) else node[:_SHOWN]

    def _entry(self, node: NodeId, number: int) -> Entry | None:
        return self.books.held_of(node, number)


def demand_one_history(books: Books, node: NodeId, number: int) -> None:
    """Refuse to accept what stands in one of two histories of which nobody rejected the other.

    Whoever holds the other one in the chain would not count it: registers would differ for ever.
    Raises HistoryUndecided.
    """
    beside = {ledger.entry_hash(one.header): one.header for one in books.beside(node)}
    for digest, raw in beside.items():
        header = ledger.read_header(raw)
        if header.c <= number and header.p not in beside and not _is_rejected(books, digest):
            raise HistoryUndecided(node, header.c)


def _is_rejected(books: Books, entry: Digest) -> bool:
    said = (one.body for one in books.history(entry))
    return any(isinstance(one, EntryJudged) and not one.accepted for one in said)


def _facts(entry: Entry) -> list[Fact]:
    return [codec.decode(raw) for raw in entry.facts]
