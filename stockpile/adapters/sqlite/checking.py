"""Proof: every chain from its first entry on, and the register against what the ledger makes.

1. Every entry continues its chain, its root covers its facts, its node signed it, and officers
   whose keys that same chain named signed what bears their names. An entry without right to what
   it says is evidence as it is, false signatures and all.
2. A fact that came in an excerpt is proved by its path, header and signature; of its chain no more
   is known here.
   What a node signed beside its chain is evidence that it signed.
3. What a registry signed for is held.
4. What the tables say of an entry is what its bytes say.
5. Deep: the register is derived anew, subject by subject, and compared with the one that stands.

Signatures are two thirds of the work; libsodium lets other threads run, so they are checked beside
the reading and hashing, in portions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Final, Self

from stockpile.adapters.sqlite import comparing, excerpted, forks, peers, verdicts
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Store
from stockpile.domain import ledger
from stockpile.domain.errors import BooksDamaged, ChainBroken, ChainGap
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.values import NodeId, OfficerId
from stockpile.services.ports import Checked, Progress

PORTION: Final = 64
_WAITING: Final = 4
OfficerKeys = dict[OfficerId, tuple[tuple[int, bytes], ...]]
"""Each officer's keys as one chain named them, with the number of the fact that did."""


@dataclass(frozen=True, slots=True)
class _Signers:
    """Whose signatures may stand under a chain, and which of its entries are mere evidence."""

    keys: OfficerKeys
    passed_over: frozenset[int]


def check(store: Store, chains: Chains, *, deep: bool, progress: Progress) -> Checked:
    """Verify everything.

    Raises ChainBroken, FactUnreadable, ReceiptContradicted, RegisterDiffers, BooksDamaged.
    """
    with store.reading() as connection:
        (total,) = connection.execute("SELECT count(*) FROM cm").fetchone() or (0,)
        short = verdicts.all_unheeded(connection)
        done = 0
        for node in sorted(chains.held):
            passed_over = frozenset(one.number for one in short if one.node == node)
            signers = _Signers(verdicts.officer_keys(connection, node), passed_over)
            done = _check_chain(chains, node, signers, (done, total, progress))
        excerpted.check(connection, chains)
        forks.check(connection, chains)
        peers.demand_kept(connection, chains)
        _demand_nothing_beside(store)
        if deep:
            comparing.compare(store, chains, progress)
            _demand_pages_sound(store)
    return counted(store, chains)


def check_tail(chains: Chains, node: NodeId, most: tuple[int, int]) -> None:
    """Verify the last entries of a chain, and that it ends where the books think it ends.

    ``most`` says how many entries, and about how many facts in them.
    """
    end = chains.tip(node)
    start = chains.before_the_last(node, *most)
    tip = chains.tip_at(node, start)
    with closing(chains.all_entries(node, start)) as entries:
        for entry, _ in entries:
            ledger.check_signature(entry, chains.held[node].public_key)
            tip = _followed(entry, tip, node)
    if tip != end:
        raise ChainBroken(node, tip.number, "tip")


def _followed(entry: Entry, tip: Tip, node: NodeId) -> Tip:
    """Return the next tip; an entry missing from a chain that is held is damage, not a gap."""
    try:
        return ledger.follow(entry, tip, node)
    except ChainGap as error:
        raise ChainBroken(node, tip.number + 1, "missing") from error


def counted(store: Store, chains: Chains) -> Checked:
    """Count what the books hold."""
    with store.reading() as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM cm), (SELECT count(*) FROM held_fact), "
            "(SELECT count(*) FROM weapon WHERE registered), (SELECT count(*) FROM conflict)"
        ).fetchone()
    entries, known, weapons, conflicts = row or (0, 0, 0, 0)
    tips = tuple(sorted((node, chain.tip) for node, chain in chains.held.items()))
    return Checked(entries, known, weapons, conflicts, tips)


def _check_chain(
    chains: Chains,
    node: NodeId,
    signers: _Signers,
    so_far: tuple[int, int, Progress],
) -> int:
    """Verify one chain and return how many entries have been verified with it."""
    done, total, progress = so_far
    key = _key_of(chains, node)
    tip = Tip()
    with _Beside(key, signers) as beside, closing(chains.all_entries(node)) as entries:
        for portion in _portions(entries):
            for entry, filed in portion:
                tip = _followed(entry, tip, node)
                _demand_filed(node, tip, filed)
            beside.check([entry for entry, _ in portion])
            done += len(portion)
            progress(done, total)
    if tip != chains.tip(node):
        raise ChainBroken(node, tip.number, "tip")
    return done


class _Beside:
    """Signatures checked beside the reading; whoever reads too far ahead checks some itself.

    One thread is enough: each row read is a chance for another to take the interpreter, and with
    more of them the reading waits for it more than it gains.
    """

    def __init__(self, key: bytes, signers: _Signers) -> None:
        self._key = key
        self._signers = signers
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def check(self, entries: Sequence[Entry]) -> None:
        """Check the signatures under these entries, now or soon; raises ChainBroken of earlier."""
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft().result()
        if len(self._waiting) < _WAITING:
            self._waiting.append(
                self._pool.submit(_check_signatures, entries, self._key, self._signers)
            )
        else:
            _check_signatures(entries, self._key, self._signers)

    def __exit__(self, kind: type[BaseException] | None, *trouble: object) -> None:
        """Wait for what is under way; raises ChainBroken unless something was raised already."""
        with self._pool:
            if kind is None:
                for future in self._waiting:
                    future.result()


def _key_of(chains: Chains, node: NodeId) -> bytes:
    """Return the key of a chain; raises ChainBroken where it is not the node's."""
    key = chains.held[node].public_key
    if ledger.node_id(key) != node:
        raise ChainBroken(node, 0, "key")
    return key


def _portions(entries: Iterable[tuple[Entry, Tip]]) -> Iterator[list[tuple[Entry, Tip]]]:
    portion = []
    for one in entries:
        portion.append(one)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _demand_filed(node: NodeId, tip: Tip, filed: Tip) -> None:
    """Demand that the columns beside a header say what the header says."""
    if filed != tip:
        raise ChainBroken(node, tip.number, "filed wrongly")


def _check_signatures(entries: Sequence[Entry], key: bytes, signers: _Signers) -> None:
    for entry in entries:
        if not ledger.is_signed(entry, key):
            header = ledger.read_header(entry.header)
            raise ChainBroken(header.n, header.c, "signature")
        if entry.officer_signatures:
            _check_officers(entry, signers)


def _check_officers(entry: Entry, signers: _Signers) -> None:
    """Check officers' signatures by the keys that this chain had named until then."""
    header = ledger.read_header(entry.header)
    if header.c in signers.passed_over:
        return
    last = header.f + header.k - 1
    message = ledger.officer_message(entry.header)
    for one in entry.officer_signatures:
        if not any(
            seq <= last and ledger.signed_by(key, message, one.signature)
            for seq, key in signers.keys.get(one.officer, ())
        ):
            raise ChainBroken(header.n, header.c, "officer signature")


def _demand_nothing_beside(store: Store) -> None:
    """Demand that no fact stands outside an entry, and no entry outside a known chain."""
    row = store.connection.execute(
        "SELECT (SELECT count(*) FROM ev) - (SELECT coalesce(sum(n), 0) FROM cm), "
        "(SELECT count(*) FROM cm WHERE node NOT IN (SELECT node FROM node))"
    ).fetchone()
    if row != (0, 0):
        raise BooksDamaged(str(store.file), "facts outside the chains")


def _demand_pages_sound(store: Store) -> None:
    """Verify every page's seal; it reads the main file, so the log file is emptied first."""
    store.checkpoint()
    found = store.connection.execute("PRAGMA cipher_integrity_check").fetchall()
    found += store.connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise BooksDamaged(str(store.file), str(found[0][0]))
