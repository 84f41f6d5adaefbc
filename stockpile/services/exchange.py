"""The exchange with a registry: offer what is new, take what others did, never lose the place.

Nothing about the exchange is stored that could get stuck: what is unsent is what the registry does
not hold, and the registry is asked each time. A session is a row of *turns*: each says something
on the network and then writes down the answer, so that a desk may do the one on its network lane
and the other on its books lane. It may stop anywhere and be begun anew.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

from stockpile.domain import people
from stockpile.domain.errors import (
    CodeUnknown,
    NotEnrolled,
    RegistryNonsense,
    RegistryRefused,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.domain.exchange import EnrolRequest, code_names, signed
from stockpile.domain.values import NodeId
from stockpile.services.exchange_session import Session, demand_common
from stockpile.services.feeding import begun_anew
from stockpile.services.hot_list import HotLists
from stockpile.services.log_proofs import LogProofs
from stockpile.services.numbers import Numbers
from stockpile.services.people import SignedIn
from stockpile.services.photo_exchange import PhotoExchange
from stockpile.services.ports import (
    Books,
    Clock,
    Keys,
    Peer,
    Progress,
    RegistryLink,
    RegistryLinks,
    silent,
)
from stockpile.services.turns import Synced, Turn
from stockpile.services.waiting import Waits, untold


@dataclass(frozen=True, slots=True)
class Exchanging:
    """The talk with registries."""

    books: Books
    keys: Keys
    links: RegistryLinks
    clock: Clock
    hot_lists: HotLists | None = None
    numbers: Numbers | None = None
    log_proofs: LogProofs | None = None
    photos: PhotoExchange | None = None
    patience: float = 0.0
    """Seconds without a byte before the line counts as dead; 0 for the usual."""
    waits: Waits = untold
    """Is told where the registry asks for time, on the network lane."""

    def carrying_photos(self, *, carried: bool) -> Exchanging:
        """Return the same talk with photos after the record, or with the record alone."""
        photos = replace(self.photos, carried=carried) if self.photos else None
        return replace(self, photos=photos)

    def reaches(self) -> bool:
        """Say whether the registry answers now: one small question, on the network lane.

        The line's patience bounds it. Raises NotEnrolled.
        """
        with closing(self._opened(self._peer(None))) as link:
            try:
                link.hello()
            except (RegistryUnreachable, RegistrySlow, RegistryNonsense, RegistryRefused):
                return False
        return True

    def enrol(self, url: str, code: str, name: str, site: str = "", *, by: SignedIn) -> Peer:
        """Enrol this node by a one-time code and pin the registry's key.

        Enrolled again with the same registry, its log is read from the start and its history is
        believed as it is now: the code is the registrar's word that this is right.
        Raises OfficerNotAuthorised, CodeUnknown, ProtocolTooOld, NodeQuarantined,
        RegistryUnreachable, RegistryNonsense.
        """
        people.authorise(by.officer, "enrol")
        with closing(self.links.open(url, None)) as link:
            hello = link.hello()
            demand_common(hello)
            if not code_names(code, hello.registry):
                raise CodeUnknown
            said = EnrolRequest(self.keys.node, self.keys.public_key, name, site, code, b"")
            certificate = link.enrol(signed(said, self.keys.sign))
        if certificate.registry_key != hello.public_key:
            raise RegistryNonsense(url, "another registry's certificate")
        self.books.trust(certificate.registry, certificate.registry_key)
        peer = self._peer_of(url, certificate.registry, certificate.registry_key)
        self.books.keep_peer(peer)
        return peer

    def sync(self, url: str | None = None, progress: Progress = silent, *, by: SignedIn) -> Synced:
        """Send what is new and take what others did.

        ``progress`` counts entries and may raise Cancelled between two turns. Raises
        OfficerNotAuthorised, NotEnrolled, ProtocolTooOld, NodeQuarantined, ChainForked,
        NodeOvertaken (after everything missing here was taken back), BooksRolledBack,
        RegistryRewritten, RegistryUnreachable, RegistrySlow, RegistryNonsense, RegistryRefused.
        """
        with closing(self.session(url, progress, by=by)) as session:
            turn: Turn | Synced = session.first()
            waiting = session.waiting(self.waits)
            while isinstance(turn, Turn):
                turn = waiting.said(turn)()
            return turn

    def session(
        self, url: str | None = None, progress: Progress = silent, *, by: SignedIn
    ) -> Session:
        """Return a session with a registry, else with the first one this node is enrolled with.

        Raises OfficerNotAuthorised, NotEnrolled.
        """
        people.authorise(by.officer, "sync")
        found = self._peer(url)
        link = self._opened(found)
        return Session(
            self.books, self.keys, link, self.clock, found, progress, self.hot_lists,
            self.numbers, self.log_proofs, self.photos,
        )  # fmt: skip

    def _peer(self, url: str | None) -> Peer:
        peers = self.books.peers()
        found = (
            self.books.peer(_tidy(url)) if url else next((one for one in peers if one.url), None)
        )
        if found is None:
            raise NotEnrolled
        return found

    def _opened(self, peer: Peer) -> RegistryLink:
        if self.patience:
            return self.links.open(peer.url, peer.registry_key, self.patience)
        return self.links.open(peer.url, peer.registry_key)

    def _peer_of(self, url: str, registry: NodeId, key: bytes) -> Peer:
        """Return how far the exchange got: anew, but for what this very registry signed for."""
        known = self.books.peer(_tidy(url))
        if known is not None and known.registry_key == key:
            return begun_anew(replace(known, tree_head=None))
        return Peer(_tidy(url), registry, key, heard_at=self.clock.now())


def _tidy(url: str) -> str:
    return url.strip().rstrip("/")
