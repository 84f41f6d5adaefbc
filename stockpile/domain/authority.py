"""The authority: whose offline keys speak for the country, and what their statements do.

1. National officials keep keys off every network, and so many of them together (two of three) say
   which keys are the registry's, the enrolment officers' and the witnesses', and which node is
   trusted no more. What they signed says it, not the computer that passes it on.
2. The keys themselves change by versions: version n + 1 wants enough of the keys of version n and
   enough of its own (The Update Framework, specification 1.0, 5.3). Version 1 wants enough of its
   own, and is believed because the registry that a node was enrolled with shows it first.
3. Without roots a registry's own word revokes and readmits, and says which witnesses its log has.
   With roots it wants two of their keys.
4. A registry's word certifies a node, and so does the signature of an enrolment officer's key that
   is named and not withdrawn. A key that was withdrawn never comes back.
5. The same statement counts once: an old one that is passed on again changes nothing.
6. What is not valid changes nothing, and is kept to be shown: somebody tried.

Statements are facts of the registries' own chains, heard whole and in order, so that what they make
is a function of the set of them on every node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from stockpile.domain import codec
from stockpile.domain.errors import StatementInvalid
from stockpile.domain.facts import (
    Attested,
    Fact,
    KeyNamed,
    NodeCertified,
    NodeReadmitted,
    NodeRevoked,
    RootsSet,
)
from stockpile.domain.ledger import Sign, signed_by
from stockpile.domain.values import Digest, NodeId

LEAST_THRESHOLD: Final = 2
"""One official alone is no authority: whoever has that key would have the country."""
REVOKING: Final = 2
"""Roots' keys that revoke or readmit a node: two, whatever other statements want."""
MOST_ROOTS: Final = 16
KEY_LENGTH: Final = 32
SUBJECT: Final = "authority"
"""What facts about roots and named keys are about."""
FINGERPRINT_BYTES: Final = 16
_FINGERPRINT_LABEL: Final = b"stockpile-fingerprint-v1\x00"

Statement = RootsSet | KeyNamed | NodeCertified | NodeRevoked | NodeReadmitted
Said = TypeVar("Said", bound=Statement)
Fault = Literal["no_roots", "too_few", "version", "weak", "withdrawn", "repeated", "registry"]
"""Why a statement changes nothing: nobody could attest it; too few did; not the next version; roots
that are no authority; the key was withdrawn; it was made before; it names a registry."""

STATEMENTS: Final = (RootsSet, KeyNamed, NodeCertified, NodeRevoked, NodeReadmitted)
KINDS: Final = tuple(kind for kind, body in codec.KINDS.items() if body in STATEMENTS)
"""Names on the wire of everything that an authority follows from."""
_LABELS: Final[Mapping[type, bytes]] = MappingProxyType(
    {
        RootsSet: b"stockpile-roots-v1\x00",
        KeyNamed: b"stockpile-key-named-v1\x00",
        NodeCertified: b"stockpile-node-certified-v1\x00",
        NodeRevoked: b"stockpile-node-revoked-v1\x00",
        NodeReadmitted: b"stockpile-node-readmitted-v1\x00",
    }
)


@dataclass(frozen=True, slots=True)
class Invalid:
    """A statement that changed nothing: the fact that made it, and why."""

    statement: Statement
    fault: Fault
    fact: Digest


@dataclass(frozen=True, slots=True)
class Authority:
    """What valid statements make: the roots, the keys they named, and the nodes that are cut off.

    ``heard`` are the digests of the statements that counted.
    """

    roots: RootsSet | None = None
    named: tuple[KeyNamed, ...] = ()
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    cuts: Mapping[NodeId, NodeRevoked] = field(default_factory=dict)
    heard: frozenset[str] = frozenset()
    invalid: tuple[Invalid, ...] = ()

    def keys(self, duty: str) -> frozenset[str]:
        """Return the keys that stand named for a duty (hexadecimal)."""
        return frozenset(one.key for one in self.named if one.duty == duty)

    def cuts_off(self, node: NodeId, number: int, digest: Digest) -> bool:
        """Say whether an entry of a node stands after the last good one of a revoked node."""
        cut = self.cuts.get(node)
        if cut is None:
            return False
        return number > cut.number or (number == cut.number and digest != cut.digest)

    def vouches(self, certificate: NodeCertified) -> bool:
        """Say whether a named enrolment key signed a certificate, whoever passes it on."""
        return bool(signers(certificate) & self.keys("enrolment"))

    def fault_of(self, statement: Statement) -> Fault | None:
        """Return why a registry's statement would change nothing; None where it is valid."""
        if isinstance(statement, NodeCertified):
            return None  # a registry certifies by its chain
        if statement_digest(statement) in self.heard:
            return "repeated"
        if isinstance(statement, RootsSet):
            return self._roots_fault(statement)
        if isinstance(statement, KeyNamed):
            return self._key_fault(statement)
        return self._trust_fault(statement)

    def after(self, fact: Fact, registries: Collection[NodeId] = ()) -> Authority:
        """Return the authority after a fact of a registry's chain."""
        statement = fact.body
        if not isinstance(statement, STATEMENTS) or isinstance(statement, NodeCertified):
            return self
        if self._is_registrys_own(statement):
            return self
        fault = self.fault_of(statement)
        if isinstance(statement, NodeRevoked) and statement.node in registries:
            fault = "registry"
        if fault is not None:
            invalid = Invalid(statement, fault, fact.hash)
            return replace(self, invalid=(*self.invalid, invalid))
        heard = self.heard | {statement_digest(statement)}
        return replace(_followed(self, statement), heard=heard)

    def _is_registrys_own(self, statement: Statement) -> bool:
        """Say whether a registry without roots above it names, or drops, a witness of its own log.

        Nobody signed it, so it says nothing in the authority's name: it counts for the log alone.
        """
        is_witness = isinstance(statement, KeyNamed) and statement.duty == "witness"
        return is_witness and self.roots is None and not statement.attested

    def _roots_fault(self, new: RootsSet) -> Fault | None:
        if new.version != (self.roots.version + 1 if self.roots else 1):
            return "version"
        if is_weak(new):
            return "weak"
        by = signers(new)
        if len(by & root_keys(new)) < new.threshold:
            return "too_few"
        if self.roots is not None and len(by & root_keys(self.roots)) < self.roots.threshold:
            return "too_few"
        return None

    def _key_fault(self, named: KeyNamed) -> Fault | None:
        if self.roots is None:
            return "no_roots"
        if (named.duty, named.key) in self.withdrawn:
            return "withdrawn"
        enough = len(signers(named) & root_keys(self.roots)) >= self.roots.threshold
        return None if enough else "too_few"

    def _trust_fault(self, statement: NodeRevoked | NodeReadmitted) -> Fault | None:
        if self.roots is None:
            return None
        enough = len(signers(statement) & root_keys(self.roots)) >= REVOKING
        return None if enough else "too_few"


def _followed(before: Authority, statement: Statement) -> Authority:
    match statement:
        case RootsSet():
            return replace(before, roots=statement)
        case KeyNamed():
            place = (statement.duty, statement.key)
            rest = tuple(one for one in before.named if (one.duty, one.key) != place)
            if statement.withdrawn:
                return replace(before, named=rest, withdrawn=before.withdrawn | {place})
            return replace(before, named=(*rest, statement))
        case NodeRevoked():
            return replace(before, cuts={**before.cuts, statement.node: statement})
        case NodeReadmitted():
            left = {node: cut for node, cut in before.cuts.items() if node != statement.node}
            return replace(before, cuts=left)
        case NodeCertified():
            return before


def authority_of(known: Iterable[Fact], registries: Collection[NodeId]) -> Authority:
    """Return what all known statements make, in whatever order they are given.

    Only what stands in the chains of these registries counts; of each it is taken in its order.
    """
    believed = [one for one in known if one.node in registries and isinstance(one.body, STATEMENTS)]
    authority = Authority()
    for fact in sorted(believed, key=lambda one: (one.lamport, one.node, one.seq)):
        authority = authority.after(fact, registries)
    return authority


def subject_of(statement: Statement) -> str:
    """Return the subject of the fact that makes a statement."""
    return SUBJECT if isinstance(statement, RootsSet | KeyNamed) else statement.node


def message(statement: Statement) -> bytes:
    """Return what is signed: a label of the statement's kind, then its canonical bytes."""
    said = codec.plain_body(replace(statement, attested=()))
    return _LABELS[type(statement)] + codec.canonical(said)


def statement_digest(statement: Statement) -> str:
    """Return what tells a statement from every other, whoever signed it."""
    return hashlib.sha256(message(statement)).hexdigest()


def attested(statement: Said, public_key: bytes, sign: Sign) -> Said:
    """Return the statement with this key's signature; one that it has stays as it is."""
    key = public_key.hex()
    if key in signers(statement):
        return statement
    others: tuple[Attested, ...] = tuple(one for one in statement.attested if one.key != key)
    added = Attested(key, sign(message(statement)).hex())
    return replace(statement, attested=(*others, added))


def signers(statement: Statement) -> frozenset[str]:
    """Return the keys whose signature under the statement holds, each once (hexadecimal)."""
    return frozenset(one.key for one in holding(statement))


def holding(statement: Statement) -> tuple[Attested, ...]:
    """Return the signatures under the statement that hold."""
    if not statement.attested:
        return ()
    said = message(statement)
    return tuple(one for one in statement.attested[: 2 * MOST_ROOTS] if _holds(one, said))


def joined(one: Said, other: Statement) -> Said:
    """Return a statement with the signatures that hold under either of two copies of it.

    Raises StatementInvalid where they are not copies of one statement.
    """
    if message(one) != message(other):
        raise StatementInvalid("another")
    by = {signature.key: signature for signature in (*holding(other), *holding(one))}
    return replace(one, attested=tuple(by[key] for key in sorted(by)))


def root_keys(roots: RootsSet) -> frozenset[str]:
    """Return the keys of the roots, each once, however often it is named."""
    return frozenset(one.key for one in roots.roots)


def is_weak(roots: RootsSet) -> bool:
    """Say whether roots are no authority: a lone key suffices, or their threshold is out of reach.

    A key written twice, or one that is none, is a mistake too, and nobody is to find out later.
    """
    keys = root_keys(roots)
    return (
        not LEAST_THRESHOLD <= roots.threshold <= len(keys)
        or len(keys) != len(roots.roots)
        or len(keys) > MOST_ROOTS
        or any(read_key(one) is None for one in keys)
    )


def read_key(text: str) -> bytes | None:
    """Return a public key as statements write it (64 lower-case hexadecimal digits), else None."""
    key = _unhexed(text)
    return key if key is not None and len(key) == KEY_LENGTH else None


def fingerprint(public_key: bytes) -> bytes:
    """Return 16 bytes that stand for a key where people compare it by voice, as eight words."""
    return hashlib.sha256(_FINGERPRINT_LABEL + public_key).digest()[:FINGERPRINT_BYTES]


def roots_fingerprint(roots: RootsSet) -> bytes:
    """Return 16 bytes that stand for a version of the roots where people compare it by voice."""
    return fingerprint(message(roots))


def _holds(one: Attested, said: bytes) -> bool:
    key, signature = read_key(one.key), _unhexed(one.signature)
    return key is not None and signature is not None and signed_by(key, said, signature)


def _unhexed(text: str) -> bytes | None:
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        return None
    return raw if raw.hex() == text else None
