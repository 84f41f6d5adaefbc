"""The ledger and the register in one file: a fact and what it makes of the register, or neither.

1. ``record`` and ``receive`` write a chain's entries and fold them in, in one transaction.
2. What is durable is anchored outside the database.
3. A transaction that came to nothing leaves nothing behind, in memory either.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from stockpile.adapters.sqlite import (
    checking,
    contradictions,
    erasing,
    excerpted,
    folding,
    forks,
    judging,
    outgoing,
    rebuilding,
    verdicts,
)
from stockpile.adapters.sqlite.incoming import Arrival, judged
from stockpile.adapters.sqlite.lookups import Lookups
from stockpile.adapters.sqlite.store import Connection, Store
from stockpile.adapters.sqlite.verdicts import Unheeded
from stockpile.domain import authority, codec, ledger, mandates
from stockpile.domain.codec import Encoded, Stamp
from stockpile.domain.errors import (
    Cancelled,
    ChainBroken,
    ChainForked,
    ChainGap,
    FactUnreadable,
    NodeOvertaken,
    StockpileError,
)
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.facts import (
    Draft,
    EntryJudged,
    Fact,
    NodeCertified,
    PersonErased,
)
from stockpile.domain.ledger import MOST_FACTS, Entry, Tip, TreeHead
from stockpile.domain.mandates import REVOKED
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId
from stockpile.services.ports import (
    Chance,
    Checked,
    Clock,
    Keys,
    OfficerKey,
    Peer,
    Progress,
    Recorded,
    silent,
)

FACTS_A_TRANSACTION: Final = 5000
"""Received facts are written in portions of about so many: a small log file, and no long wait."""

TIDIED: Final = 250
"""Pages in the log file that are worth bringing in: a quarter of what makes a write do it."""

_OF_TRUST: Final = tuple(one for one in authority.STATEMENTS if one is not NodeCertified)
"""What registries say that decides which entries count."""

Told = Callable[[Sequence[int] | None], None]
"""Told the rows of the weapons that were written; None where all of them were."""


class Anchor(Protocol):
    """Where the tip is kept outside the database."""

    def read(self) -> Tip | None:
        """Return the tip anchored last."""
        ...

    def write(self, tip: Tip) -> None:
        """Anchor the tip."""
        ...


def kept_nowhere(_photo: str) -> None:
    """Forget a photo where none are kept."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the books need from outside; ``forget_photo`` lets a photo of an erased person go."""

    keys: Keys
    clock: Clock
    chance: Chance
    anchor: Anchor
    forget_photo: erasing.ForgetPhoto = kept_nowhere


class SqliteBooks(Lookups):
    """The books of one node; every method runs on the lane that opened them."""

    def __init__(self, store: Store, surroundings: Surroundings) -> None:
        super().__init__(store, surroundings.keys.node)
        self._keys = surroundings.keys
        self._clock = surroundings.clock
        self._chance = surroundings.chance
        self._anchor = surroundings.anchor
        self._forget_photo = surroundings.forget_photo
        self._names = folding.PlaceNames()
        self._written: list[Told] = []
        self._register_due = False
        if self._keys.node not in self._chains.held:
            self._chains.trust(self._keys.node, self._keys.public_key)

    def when_written(self, call: Told) -> None:
        """Call back after each write, so that lists forget what they remember of these rows."""
        self._written.append(call)

    def refresh(self) -> None:
        """Read anew what is held in memory."""
        self._chains.refresh()
        self._shelf.forget(None)
        with self._store.reading() as connection:
            self._names.refresh(connection)
        self.forget_peers()

    # --- writing --------------------------------------------------------------------------------

    def record(
        self,
        drafts: Sequence[Draft],
        *,
        by: OfficerId | None,
        witnesses: Sequence[OfficerId] = (),
        signers: Sequence[OfficerKey] = (),
    ) -> Recorded:
        """Write one act of this node, in one transaction, as entries of at most 1,000 facts.

        Raises SecondOfficerMissing, OfficerNotAuthorised or ActUnsigned where the act wants what
        the signers do not give, NodeOvertaken where this is an old copy of a node that went on
        elsewhere, and DiskFull or DiskTrouble; each with nothing written.
        """
        overtaken = self.overtaken(self._keys.node)
        if overtaken is not None:
            raise NodeOvertaken(overtaken.number)
        at, zone, head = self._clock.now(), self._clock.zone(), self.tree_head()
        entries: list[Entry] = []
        facts: list[Fact] = []
        with self._writing() as connection:
            for start in range(0, len(drafts), MOST_FACTS):
                stamp = Stamp(
                    self._keys.node, self.tip().seq + 1, self._chains.lamport + 1, at, zone, by,
                    tuple(witnesses),
                )  # fmt: skip
                encoded = outgoing.encoded(drafts[start : start + MOST_FACTS], stamp, self._chance)
                entries.append(self._append(connection, encoded, signers, head))
                facts.extend(one.fact for one in encoded)
            touched = self._fold_in(connection, facts, at)
        self._settled(touched, facts)
        return Recorded(tuple(entries), tuple(facts))

    def receive(self, entries: Sequence[Entry], progress: Progress = silent) -> Recorded:
        """Take entries of other nodes in; those held already are skipped.

        Where they say that a node was not to be trusted, the register is derived anew, which may
        take long: ``progress`` is told of that, and cannot stop it. Raises ChainBroken, ChainGap,
        ChainForked; what was good before the bad one stays. What a node wrote beside its chain is
        kept as evidence and makes a conflict; ChainForked then comes after all else was taken in.
        """
        taken: list[Arrival] = []
        portion: list[Arrival] = []
        beside: list[Entry] = []
        waiting = 0
        trouble: StockpileError | None = None
        try:
            for arrival in judged(self._store.connection, self._chains, entries, beside):
                portion.append(arrival)
                waiting += len(arrival.facts)
                if waiting >= FACTS_A_TRANSACTION:
                    taken += self._take(portion, progress)
                    portion, waiting = [], 0
        except (ChainBroken, ChainForked, ChainGap, FactUnreadable) as error:
            trouble = error
        taken += self._take(portion, progress)
        forked = self._keep_beside(beside)
        trouble = trouble or forked
        if trouble is not None:
            raise trouble
        return Recorded(
            tuple(one.entry for one in taken), tuple(fact for one in taken for fact in one.facts)
        )

    def receive_excerpts(
        self, excerpts: Sequence[Excerpt], progress: Progress = silent
    ) -> Recorded:
        """Take in single facts of chains that are not held whole; those held are skipped.

        ``progress`` as ``receive`` has it.
        Raises ChainBroken, ChainForked, FactUnreadable; what was good before the bad one stays.
        """
        taken: list[Fact] = []
        for portion in _portions(excerpts):
            fresh, trouble = self._take_excerpts(portion, progress)
            taken += fresh
            if trouble is not None:
                raise trouble
        return Recorded((), tuple(taken))

    def keep_peer(self, peer: Peer) -> None:
        """Remember how far the exchange got; what a registry new here says of trust counts now."""
        is_new = all(one.registry != peer.registry for one in self.peers())
        super().keep_peer(peer)
        if is_new:
            with self._writing() as connection:
                self._follow_authority(connection)
            self._derive_if_due()

    def trust(self, node: NodeId, public_key: bytes) -> None:
        """Accept a node's chain from now on (certified by the registry)."""
        self._chains.trust(node, public_key)

    def tidy(self) -> None:
        """Bring in what waits in the log file, before it is so much that a write has to."""
        self._store.bring_in(TIDIED)

    # --- proving --------------------------------------------------------------------------------

    def check(self, *, deep: bool, progress: Progress = silent) -> Checked:
        """Verify seals and signatures and, when deep, derive the register anew and compare.

        Raises ChainBroken, FactUnreadable, RegisterDiffers, BooksDamaged at the first damage.
        """
        checked = checking.check(self._store, self._chains, deep=deep, progress=progress)
        if deep:
            self.note_proved(self._clock.now(), checked)
        return checked

    def note_proved(self, at: Instant, checked: Checked) -> None:
        """Write down that the record was proved right as it stood at a moment."""
        tip = dict(checked.tips).get(self._keys.node, Tip())
        with self._store.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO proof (at, number) VALUES (?, ?)", (at, tip.number)
            )

    def proved(self) -> Instant:
        """Return when the whole record was last proved right; 0 for never."""
        with self._store.reading() as connection:
            row = connection.execute("SELECT coalesce(max(at), 0) FROM proof").fetchone()
        return row[0] if row else 0

    def rebuild(self, progress: Progress = silent) -> Checked:
        """Drop the register and derive it anew from the ledger."""
        self._register_due = False
        checked = rebuilding.rebuild(self._store, self._chains, self._clock.now(), progress)
        self.refresh()
        self._settled(None, ())
        return checked

    # --- in the back room -----------------------------------------------------------------------

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._store.writing() as connection:
                yield connection
        except BaseException:
            self._register_due = False
            self.refresh()
            raise

    def _append(
        self,
        connection: Connection,
        encoded: Sequence[Encoded],
        signers: Sequence[OfficerKey],
        head: TreeHead | None,
    ) -> Entry:
        entry, tip = outgoing.sealed(encoded, self.tip(), head, self._keys.sign, signers)
        known = [one.fact for one in encoded]
        mandates.demand_right(self._chains.roll(self._keys.node), entry, known)
        self._chains.append(connection, entry, tip, known)
        bodies = [one.detached for one in encoded if one.detached is not None]
        if bodies:
            self._chains.keep_bodies(connection, bodies)
        return entry

    def _take(self, portion: Sequence[Arrival], progress: Progress) -> Sequence[Arrival]:
        """Write entries that were checked, in one transaction."""
        if not portion:
            return portion
        now: Instant = self._clock.now()
        with self._writing() as connection:
            facts, short = self._append_all(connection, portion, now)
            contradictions.weigh(connection, short, now)  # the same portion may decide about it
            touched = self._fold_in(connection, facts, now)
        self._settled(touched, facts, progress)
        return portion

    def _keep_beside(self, beside: Sequence[Entry]) -> ChainForked | None:
        """Keep what is of no chain that is held, and return where the first of it parts."""
        if not beside:
            return None
        now = self._clock.now()
        with self._writing() as connection:
            nodes = forks.keep(connection, beside, now)
            contradictions.weigh_histories(connection, nodes, now)
            is_open = any(forks.open_of(connection, node) for node in nodes)
        header = ledger.read_header(beside[0].header)
        return ChainForked(header.n, header.c) if is_open else None

    def _append_all(
        self, connection: Connection, portion: Sequence[Arrival], now: Instant
    ) -> tuple[list[Fact], list[Unheeded]]:
        """Append entries; return the facts that are to be folded, and what fell short."""
        facts: list[Fact] = []
        short: list[Unheeded] = []
        for one in portion:
            held = self._demand_whole(connection, one, now)
            unheeded = self._chains.append(connection, one.entry, one.tip, one.facts, one.lacks)
            if held:
                excerpted.give_way(connection, one.facts[0].node, one.tip.number, held)
            if unheeded is not None:
                short.append(unheeded)
            if unheeded is None or unheeded.judged == "accepted":
                folded = {fact.seq for fact in held}
                facts.extend(fact for fact in one.facts if fact.seq not in folded)
            elif held:
                self._demand_register(connection)  # they counted, and do no longer
        return facts, short

    def _demand_whole(self, connection: Connection, one: Arrival, now: Instant) -> list[Fact]:
        """Return what of an entry was held in an excerpt; a verdict about that is dropped."""
        node, number = one.facts[0].node, one.tip.number
        if not self._chains.has_excerpts(node):
            return []
        held = excerpted.facts_held(connection, node, number)
        if held and self._chains.is_aside(node, number):
            verdicts.drop(connection, node, number)
            self._chains.reread_verdicts()
            aside = Unheeded(node, number, one.tip.hash, REVOKED, "accepted")
            contradictions.weigh(connection, [aside], now)
            self._demand_register(connection)
        return held

    def _take_excerpts(
        self, portion: Sequence[Excerpt], progress: Progress
    ) -> tuple[list[Fact], StockpileError | None]:
        """Keep excerpts in one transaction, up to the first bad one; return what was new."""
        now: Instant = self._clock.now()
        taken: list[Fact] = []
        heeded: list[Fact] = []
        trouble: StockpileError | None = None
        with self._writing() as connection:
            for excerpt in portion:
                try:
                    one = excerpted.take(connection, self._chains, excerpt)
                except (ChainBroken, ChainForked, FactUnreadable) as error:
                    trouble = error
                    break
                if one is not None:
                    taken += one.facts
                    heeded += self._heeded_of(connection, one, now)
            touched = self._fold_in(connection, heeded, now)
        self._settled(touched, heeded, progress)
        return taken, trouble

    def _fold_in(self, connection: Connection, facts: Sequence[Fact], now: Instant) -> list[int]:
        erasing.erase(connection, self._chains, facts, self._forget_photo)
        touched = folding.fold_in(connection, self._chains, self._names, facts, now)
        touched += self._decide(connection, facts, now)
        if any(isinstance(one.body, _OF_TRUST) for one in facts):
            self._follow_authority(connection)
        return touched

    def _decide(self, connection: Connection, facts: Sequence[Fact], now: Instant) -> list[int]:
        """Heed what these facts accepted, and settle the conflicts of what they decided."""
        touched: list[int] = []
        for entry in sorted({one.subject for one in facts if isinstance(one.body, EntryJudged)}):
            one = verdicts.decided(connection, Digest(entry))
            if one is None:
                continue
            contradictions.weigh(connection, [one], now)
            self._chains.reread_verdicts()
            if one.judged == "accepted":
                touched += self._heed(connection, one, now)
            elif one.shortfall == verdicts.REJECTED:
                self._demand_register(connection)
        return touched

    def _heed(self, connection: Connection, one: Unheeded, now: Instant) -> list[int]:
        """Fold in an entry that was accepted; what it decided about others counts from now on."""
        known = self._facts_in(connection, one)
        subjects = sorted({fact.subject for fact in known})
        self._shelf.forget(None)
        erasing.erase(connection, self._chains, known, self._forget_photo)
        touched = folding.fold_again(connection, self._chains, self._names, subjects, now)
        return touched + self._decide(connection, known, now)

    def _facts_in(self, connection: Connection, one: Unheeded) -> list[Fact]:
        """Return the facts of an entry, or what is held of them."""
        if one.number <= self._chains.tip(one.node).number:
            return [codec.decode(raw) for raw in self._chains.entry(one.node, one.number).facts]
        return excerpted.facts_held(connection, one.node, one.number)

    def _heeded_of(
        self, connection: Connection, one: excerpted.Cutting, now: Instant
    ) -> tuple[Fact, ...]:
        """Return what an excerpt brought where it counts; what is put aside has its verdict."""
        if self._chains.is_aside(one.node, one.number):
            return ()
        cut = self._chains.cuts_off(one.node, one.number, one.hash, self._chains.authority)
        judged = verdicts.judgement(connection, one.hash)
        if not cut and judged != "rejected":
            return one.facts
        lacks = REVOKED if cut else verdicts.REJECTED
        short = Unheeded(one.node, one.number, one.hash, lacks, judged)
        verdicts.keep(connection, short)
        self._chains.reread_verdicts()
        contradictions.weigh(connection, [short], now)
        return one.facts if judged == "accepted" else ()

    def _follow_authority(self, connection: Connection) -> None:
        """Let what the registries said of trust count, also for what is held already."""
        before = self._chains.authority
        self._chains.forget_authority()
        if judging.trust_changed(connection, self._chains, before, self._chains.authority):
            self._demand_register(connection)
        contradictions.weigh_histories(connection, forks.nodes(connection), self._clock.now())

    def _demand_register(self, connection: Connection) -> None:
        """Have the register derived anew once this is written: facts no longer count in it."""
        rebuilding.demand_anew(connection)
        self._register_due = True

    def _derive_if_due(self, progress: Progress = silent) -> None:
        if self._register_due:
            self.rebuild(_going_on(progress))

    def _settled(
        self, touched: Sequence[int] | None, facts: Sequence[Fact], progress: Progress = silent
    ) -> None:
        """After a commit: anchor the tip outside, and tell whoever remembers lists."""
        self._anchor.write(self.tip())
        if any(isinstance(fact.body, PersonErased) for fact in facts):
            self._store.checkpoint()
        self._shelf.forget(
            {fact.subject for fact in facts if type(fact.body) in folding.REFERENCE_BODIES}
        )
        for call in self._written:
            call(touched)
        self._derive_if_due(progress)


def _going_on(progress: Progress) -> Progress:
    """Return a progress that tells the same and stops nothing: half a register shows nothing."""

    def step(done: int, total: int) -> None:
        with contextlib.suppress(Cancelled):
            progress(done, total)

    return step


def _portions(excerpts: Sequence[Excerpt]) -> Iterator[list[Excerpt]]:
    """Give excerpts in portions of about so many facts as a transaction may hold."""
    portion: list[Excerpt] = []
    facts = 0
    for one in excerpts:
        portion.append(one)
        facts += len(one.parts)
        if facts >= FACTS_A_TRANSACTION:
            yield portion
            portion, facts = [], 0
    if portion:
        yield portion
