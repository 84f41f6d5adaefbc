"""What can go wrong between a node and its registry."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused, Unavailable


@dataclass(eq=False)
class RegistryUnreachable(Unavailable):
    """No connection to the registry."""

    url: str
    why: str


@dataclass(eq=False)
class RegistryUntrusted(RegistryUnreachable):
    """Who answers there shows a certificate that this computer does not believe."""


@dataclass(eq=False)
class RegistryAsksToWait(RegistryUnreachable):
    """The registry has much to do and names the seconds after which it answers again."""

    seconds: int


@dataclass(eq=False)
class RegistryNonsense(Unavailable):
    """The registry answered something that is not its protocol."""

    url: str
    why: str


@dataclass(eq=False)
class RegistryRefused(Refused):
    """The registry understood and said no."""

    url: str
    reason: str


@dataclass(eq=False)
class NotEnrolled(Refused):
    """This node is not enrolled with a registry yet."""


@dataclass(eq=False)
class CodeUnknown(Refused):
    """The enrolment code is wrong, used or withdrawn."""


@dataclass(eq=False)
class NodeUnknown(Refused):
    """The registry knows no such node."""

    node: str


@dataclass(eq=False)
class NodeQuarantined(Refused):
    """The registry keeps what this node sends as evidence and no longer counts it."""

    node: str


@dataclass(eq=False)
class ProtocolTooOld(Refused):
    """The two sides speak no common version of the exchange."""

    ours: int
    theirs: int


@dataclass(eq=False)
class SignatureWrong(Refused):
    """A request or document is not signed by whom it names."""

    node: str


@dataclass(eq=False)
class RegistrySlow(RegistryUnreachable):
    """The registry did not answer in time; a smaller batch may get through."""


@dataclass(eq=False)
class RegistryRolledBack(Damaged):
    """The registry holds less than it signed for: it was restored, or somebody took entries out."""

    url: str
    had: int
    has: int


@dataclass(eq=False)
class RegistryRewritten(Damaged):
    """The registry shows another history than the one whose head it had signed."""

    url: str
    size: int


@dataclass(eq=False)
class SharesDiffered(Damaged):
    """This node and the registry did not hold the same; read anew from the start, they do.

    Each of ``lacking`` names a node and how many entries were here and there, or single facts.
    """

    url: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class RegistryWithholds(Damaged):
    """The registry says that it holds what it does not give, also when it was read anew."""

    url: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class RegistryContradicts(Damaged):
    """The registry holds another entry of a chain under the same number than this node does."""

    url: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class OfferElsewhere(Refused):
    """What was offered to a witness begins at another head than the one it saw last."""

    origin: str
    had: int
    begins: int


@dataclass(eq=False)
class MessageUnreadable(Damaged):
    """Bytes that claim to be a message of the exchange are not one."""

    why: str


@dataclass(eq=False)
class BatchTooLarge(Refused):
    """A batch is larger than the registry takes at once."""

    most: int


@dataclass(eq=False)
class TooManyTries(Refused):
    """Too many wrong codes in too short a time; wait a minute."""


@dataclass(eq=False)
class AskedTooOften(Refused):
    """Somebody asks more often than a service answers; in so many seconds it answers again."""

    seconds: int


@dataclass(eq=False)
class RequestTooSlow(Refused):
    """A request stopped coming in before it was whole; nothing of it was used. In seconds."""

    seconds: int


@dataclass(eq=False)
class RequestStale(Refused):
    """A signed request is too old, or was heard before."""

    node: str


@dataclass(eq=False)
class RegistryBusy(Unavailable):
    """The registry's own database does not answer in time; nothing was written."""

    why: str
