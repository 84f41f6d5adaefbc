"""The ledger as one file of plain lines, for whoever wants to prove it without this program.

1. Every chain held goes along, entry by entry and verbatim; what FORMAT.md beside the verifier says
   is all that anybody needs to read it.
2. Details of persons stand beside the chains: they are withheld, unless two officers hand them out,
   each of which is put on record first.
3. What a node wrote beside its chain goes along as the evidence that it is, apart from the chain.
4. The last line is this node's signature over all that comes before: nothing is left out on the way
   without a trace.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from stockpile import __version__
from stockpile.domain import codec, ledger, people, persons, wire
from stockpile.domain.codec import canonical
from stockpile.domain.errors import ChainBroken
from stockpile.domain.exchange import Receipt
from stockpile.domain.facts import Draft, NodeFounded, PersonRecorded, Withheld
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.log_proofs import KeptProof
from stockpile.domain.values import Digest, NodeId
from stockpile.services.log_proofs import LogProofs
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Clock, Keys, Progress, Recorded, silent
from stockpile.whole_files import beside, settle

EXTENSION: Final = ".chains.gz"
MAGIC: Final = b"STOCKPILE-CHAINS-1\n"
_LABEL: Final = b"stockpile-export-v1\x00"
_AT_ONCE: Final = 200
_PERSON: Final = b'"k":"person.recorded"'


@dataclass(frozen=True, slots=True)
class Disclosure:
    """To whom the details of persons are handed out, on what ground, and who else signs for it."""

    to: str
    ground: str
    witness: SignedIn


@dataclass(frozen=True, slots=True)
class Exported:
    """An export that was written: where it is, what is in it, its digest, and the chain's end.

    ``persons`` counts the details that went along, ``withheld`` those that did not, ``beside`` the
    entries that nodes wrote beside their chains.
    """

    file: Path
    chains: int
    entries: int
    facts: int
    receipts: int
    persons: int
    withheld: int
    size: int
    digest: Digest
    tip: Tip
    beside: int = 0


def no_receipts() -> tuple[tuple[bytes, Receipt], ...]:
    """Return no receipts: for books that hold none."""
    return ()


@dataclass(frozen=True, slots=True)
class ChainExport:
    """The desk where the ledger is copied out whole. Everything runs on the books lane.

    ``receipts`` are the registries' receipts on record, each with its registry's key.
    """

    books: Books
    keys: Keys
    clock: Clock
    receipts: Callable[[], Iterable[tuple[bytes, Receipt]]] = no_receipts
    log_proofs: LogProofs | None = None

    def write(
        self,
        file: Path,
        *,
        by: SignedIn,
        disclosing: Disclosure | None = None,
        progress: Progress = silent,
    ) -> tuple[Recorded, Exported]:
        """Write every chain to a file, whole or not at all.

        With a disclosure the details of persons go along, and it is put on record first for each of
        them, signed by both. Raises OfficerNotAuthorised, SecondOfficerMissing, FieldMissing,
        DiskFull, DiskTrouble, Cancelled.
        """
        people.authorise(by.officer, "sync")
        recorded = self._disclose(disclosing, by) if disclosing else Recorded((), ())
        with beside(file) as draft:
            made = self._written(draft, file, progress, with_persons=disclosing is not None)
            draft.replace(file)
            settle(file.parent)
        return recorded, made

    def _disclose(self, disclosing: Disclosure, by: SignedIn) -> Recorded:
        """Put on record that each person's details are handed out."""
        witness = disclosing.witness
        people.authorise(by.officer, "disclose_person", witness.officer)
        drafts = [self._disclosed(one, disclosing) for one in self._persons()]
        if not drafts:
            return Recorded((), ())
        return self.books.record(
            drafts, by=by.id, witnesses=[witness.id], signers=[by.key, witness.key]
        )

    def _persons(self) -> Iterator[str]:
        for reference in self.books.references(PersonRecorded):
            if isinstance(reference.now, PersonRecorded):
                yield reference.subject

    def _disclosed(self, person: str, disclosing: Disclosure) -> Draft:
        before = self.books.reference(persons.disclosure_subject(person))
        heads = before.heads if before else ()
        return persons.disclosed(person, disclosing.to, disclosing.ground, heads)

    def _written(
        self, draft: Path, file: Path, progress: Progress, *, with_persons: bool
    ) -> Exported:
        chains = [(node, tip) for node, tip in self.books.tips() if tip.number]
        total = sum(tip.number for _node, tip in chains)
        with draft.open("xb") as raw:
            with gzip.GzipFile("", "wb", 6, raw, mtime=0) as squeezed:
                out = _Lines(squeezed)
                out.line(b"M", canonical(self._about(chains)))
                for node, tip in chains:
                    self._chain(out, node, tip, (total, progress))
                self._pieces(out)
                kept = self._beside(out)
                held = self._details(out) if with_persons else 0
                count = self._receipts(out)
                self._proofs(out)
                self._seal(out)
            raw.flush()
            os.fsync(raw.fileno())
        digest, size = _digest(draft)
        return Exported(
            file, len(chains), total, out.facts, count, held, len(out.persons) - held, size, digest,
            self.books.tip(), kept,
        )  # fmt: skip

    def _about(self, chains: list[tuple[NodeId, Tip]]) -> dict[str, object]:
        return {
            "v": 1, "node": self.keys.node, "at": self.clock.now(), "app": __version__,
            "chains": [[node, tip.number, tip.hash] for node, tip in chains],
        }  # fmt: skip

    def _chain(self, out: _Lines, node: NodeId, tip: Tip, told: tuple[int, Progress]) -> None:
        """Write a chain up to its end as it was when the export began."""
        total, progress = told
        for after in range(0, tip.number, _AT_ONCE):
            entries = self.books.entries(node, after, min(_AT_ONCE, tip.number - after))
            if not after:
                out.line(b"C", canonical({"key": _key_of(node, entries[0]).hex(), "n": node}))
            for entry in entries:
                out.entry(entry)
            progress(out.entries, total)

    def _pieces(self, out: _Lines) -> None:
        """Write the single facts that are held of other chains, with the paths that prove them."""
        for key, excerpt in self.books.pieces():
            said = {
                "key": key.hex(), "h": excerpt.header.decode(), "s": excerpt.signature.hex(),
                "f": [part.raw.decode() for part in excerpt.parts],
                "p": [[step.hex() for step in part.path] for part in excerpt.parts],
                "x": [part.index for part in excerpt.parts],
            }  # fmt: skip
            out.line(b"P", canonical(said))

    def _beside(self, out: _Lines) -> int:
        """Write what nodes signed beside their chains, the evidence that they did; how many."""
        begun: dict[str, tuple[Digest, int]] = {}
        for key, entry in self.books.evidence():
            header, digest = ledger.read_header(entry.header), ledger.entry_hash(entry.header)
            first, number = begun[digest] = begun.get(header.p, (digest, header.c))
            said = {
                "n": header.n, "key": key.hex(), "b": first, "c": number,
                "h": entry.header.decode(), **_signatures(entry),
            }  # fmt: skip
            out.line(b"K", canonical(said))
            for raw in entry.facts:
                out.line(b"G", raw)
        return len(begun)

    def _details(self, out: _Lines) -> int:
        """Write the details of persons that are held; return how many."""
        count = 0
        for start in range(0, len(out.persons), _AT_ONCE):
            for body in self.books.details(out.persons[start : start + _AT_ONCE]):
                out.line(b"B", body)
                count += 1
        return count

    def _receipts(self, out: _Lines) -> int:
        count = 0
        for key, receipt in self.receipts():
            said = wire.encode({**asdict(receipt), "key": key.hex()})
            out.line(b"R", said)
            count += 1
        return count

    def _proofs(self, out: _Lines) -> None:
        """Write the heads that witnesses cosigned, each with the paths from a receipt to it."""
        if self.log_proofs is None:
            return
        for peer in self.books.peers():
            for proof, _head in self.log_proofs.proofs(peer):
                out.line(b"T", canonical(_told(proof, peer.registry_key)))

    def _seal(self, out: _Lines) -> None:
        signature = self.keys.sign(_LABEL + out.digest())
        said = {"key": self.keys.public_key.hex(), "signature": signature.hex()}
        out.line(b"Z", canonical(said))


class _Lines:
    """The lines of an export on their way out, counted and hashed."""

    def __init__(self, out: gzip.GzipFile) -> None:
        self._out = out
        self._hash = hashlib.sha256(MAGIC)
        self.entries = self.facts = 0
        self.persons: list[Digest] = []
        """Digests of the details that facts name, in their order."""
        out.write(MAGIC)

    def digest(self) -> bytes:
        """Return the digest of all lines until now."""
        return self._hash.digest()

    def line(self, letter: bytes, raw: bytes) -> None:
        """Write one record."""
        line = letter + b" " + raw + b"\n"
        self._hash.update(line)
        self._out.write(line)

    def entry(self, entry: Entry) -> None:
        """Write an entry: its header, its signatures, its facts, each verbatim."""
        self.line(b"E", entry.header)
        self.line(b"S", canonical(_signatures(entry)))
        for raw in entry.facts:
            self.line(b"F", raw)
            if _PERSON in raw:
                self._note_person(raw)
        self.entries += 1
        self.facts += len(entry.facts)

    def _note_person(self, raw: bytes) -> None:
        body = codec.decode(raw).body
        if isinstance(body, Withheld):
            self.persons.append(body.digest)


def _signatures(entry: Entry) -> dict[str, object]:
    """Return the signatures under an entry as the verifier reads them."""
    signatures: dict[str, object] = {"s": entry.signature.hex()}
    if entry.officer_signatures:
        signed = [[one.officer, one.signature.hex()] for one in entry.officer_signatures]
        signatures["o"] = signed
    return signatures


def _key_of(node: NodeId, first: Entry) -> bytes:
    """Return a chain's public key, which its first fact says; raises ChainBroken for another's."""
    body = codec.decode(first.facts[0]).body
    key = bytes.fromhex(body.public_key) if isinstance(body, NodeFounded) else b""
    if ledger.node_id(key) != node:
        raise ChainBroken(node, 1, "key")
    return key


def _told(proof: KeptProof, registry_key: bytes) -> dict[str, object]:
    """Return a proof as the verifier reads it; without paths where no receipt was old enough."""
    said: dict[str, object] = {"key": registry_key.hex(), "note": proof.note}
    receipt = proof.receipt
    if receipt is not None:
        said |= {
            "node": receipt.node, "number": receipt.number, "position": receipt.position,
            "log_size": receipt.log_size, "log_root": receipt.log_root,
            "inclusion": [step.hex() for step in proof.inclusion],
            "consistency": [step.hex() for step in proof.consistency],
        }  # fmt: skip
    return said


def _digest(file: Path) -> tuple[Digest, int]:
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256")
        return Digest(found.hexdigest()), stream.tell()
