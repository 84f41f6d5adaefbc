"""What the books answer: the register's rows and the facts behind them, read and never written."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from stockpile.adapters.sqlite import excerpted, forks, rows, shelf, verdicts
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.peers import PeerBooks
from stockpile.adapters.sqlite.store import Store
from stockpile.adapters.sqlite.tables import ConflictRow
from stockpile.domain import codec
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.facts import Fact, Horizon
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, NodeId, SchemeId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import HeldSerial


class Lookups(PeerBooks):
    """The reading half of a node's books."""

    def __init__(self, store: Store, own: NodeId) -> None:
        super().__init__(store)
        self._own = own
        self._chains = Chains(store, own)
        self._shelf = shelf.Shelf()

    @property
    def chains(self) -> Chains:
        """The chains, for checks at the door."""
        return self._chains

    def weapon(self, weapon: WeaponId) -> Weapon:
        """Return the weapon as it stands; raises WeaponUnknown."""
        with self._store.reading() as connection:
            row = connection.execute("SELECT state FROM weapon WHERE id = ?", (weapon,)).fetchone()
        if row is None:
            raise WeaponUnknown(weapon)
        return rows.decode_weapon(row[0])

    def weapons(self, ids: Sequence[WeaponId]) -> tuple[Weapon, ...]:
        """Return several weapons, in the order asked; raises WeaponUnknown."""
        with self._store.reading() as connection:
            found: dict[str, bytes] = dict(
                connection.execute(
                    "SELECT id, state FROM weapon WHERE id IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(ids)),),
                ).fetchall()
            )
        missing = next((one for one in ids if one not in found), None)
        if missing is not None:
            raise WeaponUnknown(missing)
        return tuple(rows.decode_weapon(found[one]) for one in ids)

    def history(self, subject: str) -> tuple[Fact, ...]:
        """Return the subject's facts in causal order."""
        return tuple(self._chains.facts_of(subject))

    def since(self, known: Sequence[Horizon], kinds: Sequence[type] = ()) -> tuple[Fact, ...]:
        """Return the facts of every chain after what was known of it, chain by chain, in order."""
        names = [name for name, body in codec.KINDS.items() if body in kinds]
        return tuple(self._chains.facts_after({one.node: one.seq for one in known}, names))

    def horizons(self) -> tuple[Horizon, ...]:
        """Return how far every chain is known here, also where only single facts of it are."""
        return tuple(Horizon(node, seq) for node, seq in self._chains.known_up_to())

    def excerpts(self, about: Sequence[WeaponId]) -> tuple[Excerpt, ...]:
        """Return the whole record of some weapons, cut out of the entries that hold it."""
        with self._store.reading() as connection:
            subjects = excerpted.named_by(connection, about)
            return tuple(excerpted.cut(connection, self._chains, subjects))

    def naming(self, id_: str) -> tuple[Fact, ...]:
        """Return the facts that name an id anywhere, chain by chain."""
        return tuple(self._chains.facts_naming(id_))

    def count_naming(self, id_: str) -> int:
        """Return how many facts name an id anywhere."""
        return self._chains.count_naming(id_)

    def reference(self, subject: str) -> Reference | None:
        """Return a place, officer, scheme, block, machine or lot as it stands."""
        with self._store.reading() as connection:
            row = connection.execute(
                "SELECT state FROM reference WHERE subject = ?", (subject,)
            ).fetchone()
        return rows.decode_reference(subject, row[0]) if row else None

    def references(self, *kinds: type, about: str = "", newest: int = 0) -> tuple[Reference, ...]:
        """Return references that were opened by a body of one of these kinds."""
        names = [name for name, body in codec.KINDS.items() if body in kinds]
        with self._store.reading() as connection:
            if not about and not newest:
                return self._shelf.all(connection, names)
            found = [one for name in names for one in shelf.read(connection, name, about, newest)]
        found.sort(key=lambda one: one.subject, reverse=bool(newest))
        return tuple(found[:newest] if newest else found)

    def held_sources(self, keys: Sequence[Digest]) -> frozenset[Digest]:
        """Return which of these source keys stand on record already."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT key FROM source WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keys)),),
            ).fetchall()
        return frozenset(Digest(key) for (key,) in found)

    def held_serials(self, keys: Sequence[str]) -> tuple[HeldSerial, ...]:
        """Return the weapons in account that are known by a serial with one of these keys."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT mark.key, weapon.id, weapon.number, weapon.make, weapon.model "
                "FROM mark JOIN weapon ON weapon.row = mark.weapon "
                "WHERE mark.key IN (SELECT value FROM json_each(?)) AND mark.is_identity = 1 "
                "AND weapon.registered = 1 ORDER BY weapon.row",
                (json.dumps(list(keys)),),
            ).fetchall()
        return tuple(HeldSerial(*row) for row in found)

    def numbers_used(self, scheme: SchemeId) -> frozenset[int]:
        """Return every number of the scheme that any weapon on record has drawn, for good."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT DISTINCT number FROM number WHERE scheme = ?", (scheme,)
            ).fetchall()
        return frozenset(number for (number,) in found)

    def first_free(self, scheme: SchemeId, lo: int, hi: int) -> int:
        """Return the lowest number from lo to hi that no weapon on record has drawn; 0 for none."""
        free = lo
        with self._store.reading() as connection:
            drawn = connection.execute(
                "SELECT DISTINCT number FROM number WHERE scheme = ? AND number BETWEEN ? AND ? "
                "ORDER BY number",
                (scheme, lo, hi),
            )
            with contextlib.closing(drawn):
                for (used,) in drawn:
                    if used > free:
                        break
                    free = used + 1
        return free if free <= hi else 0

    def count_used(self, scheme: SchemeId, lo: int, hi: int) -> int:
        """Return how many numbers from lo to hi weapons on record have drawn."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT count(DISTINCT number) FROM number WHERE scheme = ? "
                "AND number BETWEEN ? AND ?",
                (scheme, lo, hi),
            ).fetchone()
        return int(found[0]) if found else 0

    def conflicts(self, weapon: WeaponId | None = None) -> tuple[Conflict, ...]:
        """Return the open conflicts, the longest open one first; or those of one weapon."""
        wanted = select(ConflictRow).order_by(col(ConflictRow.opened_at), ConflictRow.id)
        if weapon is not None:
            wanted = wanted.where(col(ConflictRow.weapons).contains(f'"{weapon}"', autoescape=True))
        with self.session() as session:
            return tuple(row.conflict() for row in session.exec(wanted).all())

    def count_conflicts(self) -> int:
        """Return how many conflicts are open; none of them is read."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT count(*) FROM conflict").fetchone()
        return int(found[0]) if found else 0

    def clock_entries(self) -> dict[Digest, NodeId]:
        """Return the entries of revoked nodes that speak of their clock alone, with their nodes."""
        with self._store.reading() as connection:
            return verdicts.of_clocks(connection)

    def tip(self) -> Tip:
        """Return the end of this node's own chain."""
        return self._chains.tip(self._own)

    def tips(self) -> tuple[tuple[NodeId, Tip], ...]:
        """Return the end of every chain held, by node."""
        return tuple(sorted((node, chain.tip) for node, chain in self._chains.held.items()))

    def newest_headers(self) -> tuple[bytes, ...]:
        """Return the header of each node's newest entry that is held, whole or in excerpt."""
        return self._chains.newest_headers()

    def latest_headers(self, node: NodeId, most: int) -> tuple[bytes, ...]:
        """Return the headers of a chain's last entries, the newest first."""
        asked = "SELECT header FROM cm WHERE node = ? ORDER BY no DESC LIMIT ?"
        with self._store.reading() as connection:
            return tuple(raw for (raw,) in connection.execute(asked, (node, most)).fetchall())

    def entries(self, node: NodeId, after: int, limit: int) -> tuple[Entry, ...]:
        """Return a chain's entries after a number, in order."""
        return self._chains.entries(node, after, limit)

    def pieces(self) -> Iterator[tuple[bytes, Excerpt]]:
        """Walk the excerpts that are held and heeded, each with its node's public key."""
        with self._store.reading() as connection:
            for excerpt, (node, number, *_filed), _rows in excerpted.walk(connection):
                if not self._chains.is_aside(node, number):
                    yield self._chains.held[node].public_key, excerpt

    def beside(self, node: NodeId) -> tuple[Entry, ...]:
        """Return what a node wrote beside its chain, by number: evidence that counts nowhere."""
        with self._store.reading() as connection:
            return forks.kept(connection, node)

    def forked(self) -> tuple[NodeId, ...]:
        """Return the nodes beside whose chains anything is kept."""
        with self._store.reading() as connection:
            return tuple(forks.nodes(connection))

    def evidence(self) -> Iterator[tuple[bytes, Entry]]:
        """Walk what nodes wrote beside their chains, each with its node's public key."""
        with self._store.reading() as connection:
            for node in forks.nodes(connection):
                for entry in forks.kept(connection, node):
                    yield self._chains.held[node].public_key, entry

    def held_of(self, node: NodeId, number: int) -> Entry | None:
        """Return an entry, or one with those facts of it that are held in an excerpt; else None."""
        if number <= self._chains.tip(node).number:
            return self._chains.entry(node, number)
        with self._store.reading() as connection:
            held = excerpted.held(connection, node, number)
        if held is None:
            return None
        facts = tuple(part.raw for part in held.parts)
        return Entry(held.header, held.signature, facts, held.officer_signatures)

    def details(self, digests: Sequence[Digest]) -> tuple[bytes, ...]:
        """Return the detached bodies with these digests that are held, verbatim, in no order."""
        return self._chains.bodies(digests)

    def tally(self, after: int) -> tuple[tuple[str, int], ...]:
        """Return how many facts of each kind this node wrote after an entry's number."""
        return self._chains.tally(self._own, after)
