"""The line to a registry, and what is kept of what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from stockpile.domain.exchange import (
    BlockAnswer,
    BlockRequest,
    Certificate,
    EnrolRequest,
    FeedPage,
    Hello,
    Receipt,
    RemoteTip,
    Told,
    TreeProof,
)
from stockpile.domain.finds import FindsAsked, FindsHeard
from stockpile.domain.held_chains import NOTHING_HELD, Held
from stockpile.domain.history_messages import HistoriesAsked, HistoriesHeard, HistoriesWanted
from stockpile.domain.ledger import Entry
from stockpile.domain.log_proofs import LogMemory
from stockpile.domain.photo_messages import PhotoHave, PhotosHeld, PhotosWanted
from stockpile.domain.sharing import Shares
from stockpile.domain.values import Digest, NodeId
from stockpile.domain.witnessing import CosignedHeads, InclusionProof


class RegistryLink(Protocol):
    """The line to a registry; every call may be repeated without harm.

    Raises RegistryUnreachable, RegistryAsksToWait, RegistryNonsense, RegistryRefused and what each
    call names.
    """

    def hello(self) -> Hello:
        """Ask what the registry speaks, who it is and what its clock says."""
        ...

    def enrol(self, request: EnrolRequest) -> Certificate:
        """Ask to be enrolled; raises CodeUnknown."""
        ...

    def tip(self, node: NodeId) -> RemoteTip:
        """Ask how far the registry holds this node's chain."""
        ...

    def push(self, node: NodeId, entries: Sequence[Entry]) -> Receipt:
        """Offer entries that continue the chain; sent twice is the same as once."""
        ...

    def make_ready(self, entries: Sequence[Entry]) -> None:
        """Pack entries that are offered next, while others are under way."""
        ...

    def begin_push(self, node: NodeId, entries: Sequence[Entry]) -> Callable[[], Receipt]:
        """Offer entries and go on at once; what is returned waits for the answer to ``push``."""
        ...

    def tell_ahead(self, node: NodeId, entries: Sequence[Entry]) -> Told:
        """Tell losses and recoveries ahead of the chain; raises BatchTooLarge, ChainForked."""
        ...

    def hot_list(self, have: int) -> bytes:
        """Ask for the list of lost weapons; empty where the one of this number is the newest."""
        ...

    def ask_block(self, request: BlockRequest) -> BlockAnswer:
        """Ask for marking numbers; the grant itself comes by the feed, as a fact."""
        ...

    def consistency(self, old: int, size: int) -> TreeProof:
        """Ask for the proof that the log of one size begins that of another."""
        ...

    def cosigned(self) -> CosignedHeads:
        """Ask for the newest heads that witnesses cosigned; what they show is to be proved."""
        ...

    def inclusion(self, position: int, size: int) -> InclusionProof:
        """Ask for the proof that an entry stands in the log of a size."""
        ...

    def entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Ask for entries of this node's own chain that the registry holds after a number."""
        ...

    def feed(
        self, after: int, limit: int, most: int = 0, scope: str | None = None,
        held: Held = NOTHING_HELD,
    ) -> FeedPage:  # fmt: skip
        """Ask for what others wrote after a cursor, at most so many items and bytes.

        ``scope`` names the feed that the cursor belongs to, empty for none yet; None speaks to a
        registry that knows of no scopes, as does ``most`` 0. Whole entries of chains that are
        ``held`` so far need not be told again; a registry of before tells them all the same.
        """
        ...

    def shares(self, node: NodeId, said: Shares) -> Shares:
        """Say what was told here, and ask what should be held."""
        ...

    def photos_wanted(self) -> PhotosWanted:
        """Ask which photos of this node's site the registry lacks, newest first."""
        ...

    def photos_held(self, digests: Sequence[Digest]) -> PhotosHeld:
        """Ask which of these photos the registry has for this node."""
        ...

    def photo_piece(self, digest: Digest, offset: int, most: int) -> bytes:
        """Ask for a piece of a photo; nothing after its end."""
        ...

    def send_photo(self, digest: Digest, offset: int, total: int, piece: bytes) -> PhotoHave:
        """Send a piece of a photo; the answer says where to go on."""
        ...

    def ask_finds(self, node: NodeId, asked: FindsAsked) -> FindsHeard:
        """Ask for the records of lost weapons that were read here; they follow by the feed."""
        ...

    def histories_wanted(self, asked: HistoriesAsked) -> HistoriesWanted:
        """Ask which entries of a computer with two histories the registry lacks."""
        ...

    def tell_histories(self, entries: Sequence[Entry]) -> HistoriesHeard:
        """Show that a computer wrote two histories: entries of it, each proving itself."""
        ...

    def pause(self, seconds: float) -> None:
        """Let so much time pass before the registry is asked again."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...


class LogMemories(Protocol):
    """Keeps proofs about registries' logs beside the books; on any lane."""

    def read(self) -> LogMemory:
        """Return what is kept; one that cannot be read any more is left out."""
        ...

    def keep(self, memory: LogMemory) -> None:
        """Put the memory in the place of the one before, whole; raises DiskFull, DiskTrouble."""
        ...


class HotListFiles(Protocol):
    """Keeps each registry's list of lost weapons beside the books, sealed; on any lane."""

    def keep(self, registry: NodeId, raw: bytes) -> None:
        """Put a list in the place of the one before, whole; raises DiskFull, DiskTrouble."""
        ...

    def read(self) -> tuple[bytes, ...]:
        """Return every list that is kept; one that does not open any more is left out."""
        ...

    def keep_finds(self, raw: bytes) -> None:
        """Keep what waits to be asked, in the place of what did; raises DiskFull, DiskTrouble."""
        ...

    def finds(self) -> bytes:
        """Return what waits to be asked; nothing where it does not open any more."""
        ...


class RegistryLinks(Protocol):
    """Opens lines to registries."""

    def open(self, url: str, registry_key: bytes | None, patience: float = 0.0) -> RegistryLink:
        """Return a link; with a known key, every receipt must be signed by it.

        ``patience`` is in seconds without a byte; 0 for the usual.
        """
        ...
