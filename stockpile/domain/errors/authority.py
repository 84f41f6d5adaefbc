"""What can be wrong with a statement of the authority's officials."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class AttestationMissing(Refused):
    """A statement lacks signatures of the authority's keys: how many hold, how many it needs."""

    have: int
    needs: int


@dataclass(eq=False)
class StatementInvalid(Refused):
    """A statement of the authority would change nothing: why (``authority.Fault``)."""

    fault: str


@dataclass(eq=False)
class StatementDamaged(Refused):
    """A file of the authority is not what it should be, or was changed on the way."""

    path: str
    why: str


@dataclass(eq=False)
class LastGoodUnknown(Refused):
    """The last good entry that a revocation names is not the entry of that number held here."""

    node: str
    number: int


@dataclass(eq=False)
class EvidenceUnknown(Refused):
    """No entry of this hash is kept beside a node's chain."""

    digest: str


@dataclass(eq=False)
class NodeTrusted(Refused):
    """A node is neither revoked nor in quarantine: there is nothing to give back."""

    node: str


@dataclass(eq=False)
class CertificateForOther(Refused):
    """A certificate is for another node than this one."""

    node: str


@dataclass(eq=False)
class CertifierUnknown(Refused):
    """Nobody who may enrol signed a certificate: no registry, and no named enrolment key."""

    node: str


@dataclass(eq=False)
class EntriesUnsent(Refused):
    """The registry must hear of these entries first: the next key cannot send them."""

    count: int
