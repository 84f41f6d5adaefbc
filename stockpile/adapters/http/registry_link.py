"""The registry's protocol over HTTP: every call bounded in size and time, every trouble named once.

No redirect is followed, no proxy or password is taken from the environment, and nothing that the
other side says is unpacked without a limit. Certificates are judged by the system's own store, so
that a ministry's own authority counts once it is installed there.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

import httpx

from stockpile.adapters.http.under_way import UnderWay
from stockpile.domain import wire
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    ChainGap,
    CodeUnknown,
    FieldUnreadable,
    MessageUnreadable,
    NodeQuarantined,
    NodeUnknown,
    NumbersUsedUp,
    PhotosFull,
    RegistryAsksToWait,
    RegistryNonsense,
    RegistryRefused,
    RegistrySlow,
    RegistryUnreachable,
    RegistryUntrusted,
    SchemeUnknown,
    SignatureWrong,
    StockpileError,
)
from stockpile.domain.exchange import (
    MOST_BYTES,
    MOST_FACTS_A_BATCH,
    BlockAnswer,
    BlockRequest,
    Certificate,
    EnrolRequest,
    FeedPage,
    Hello,
    Objection,
    Reason,
    Receipt,
    RemoteTip,
    Told,
    TreeProof,
    demand_certificate,
    demand_receipt,
    unpack_feed,
)
from stockpile.domain.finds import FindsAsked, FindsHeard
from stockpile.domain.held_chains import NOTHING_HELD, Held, held_text
from stockpile.domain.history_messages import HistoriesAsked, HistoriesHeard, HistoriesWanted
from stockpile.domain.hot_list import MOST_BYTES as MOST_HOT_LIST
from stockpile.domain.ledger import Entry
from stockpile.domain.photo_messages import (
    PhotoHave,
    PhotosAsked,
    PhotosHeld,
    PhotosWanted,
)
from stockpile.domain.requests import Request, signing
from stockpile.domain.sharing import Shares
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.domain.witnessing import CosignedHeads, InclusionProof
from stockpile.services.ports import Chance, Clock, Keys
from stockpile.trust import trusted_for

MOST_ANSWER: Final = 8 << 20
"""Bytes of one answer as it travels."""
LONGEST_ANSWER: Final = 600_000
"""Milliseconds that one answer may take from first to last byte."""
PATIENCE: Final = 30.0
"""Seconds without a byte before a call counts as timed out."""
_NONCE_LENGTH: Final = 16
_OK: Final = 200
_SERVER_TROUBLE: Final = 500
_COME_AGAIN: Final = (429, 503)
_TOO_LARGE: Final = 413
_TOO_SLOW: Final = (408, 504)
_LONGEST_WAIT: Final = 5  # digits
_BROKEN_OFF: Final = ("Server disconnected", "peer closed connection")

Shape = TypeVar("Shape")


class HttpRegistryLinks:
    """Opens lines to registries; requests are signed by the node's key."""

    def __init__(
        self, keys: Keys, clock: Clock, chance: Chance, patience: float = PATIENCE
    ) -> None:
        self._keys = keys
        self._clock = clock
        self._chance = chance
        self._patience = patience

    def open(self, url: str, registry_key: bytes | None, patience: float = 0.0) -> HttpRegistryLink:
        """Return a link; raises FieldUnreadable for an address that is none."""
        return HttpRegistryLink(
            _address(url), registry_key, self._keys, self._clock, self._chance,
            patience or self._patience,
        )  # fmt: skip


class HttpRegistryLink:
    """A line to one registry."""

    def __init__(
        self, url: str, registry_key: bytes | None, keys: Keys, clock: Clock, chance: Chance,
        patience: float,
    ) -> None:  # fmt: skip
        self._url = url
        self._registry_key = registry_key
        self._keys = keys
        self._clock = clock
        self._chance = chance
        self._offset = 0
        self._client = httpx.Client(
            timeout=patience,
            trust_env=False,
            follow_redirects=False,
            verify=trusted_for(url),
            headers={"accept-encoding": "identity", "user-agent": "stockpile"},
        )
        self._under_way = UnderWay(self._client.close)
        self._ready: tuple[Sequence[Entry], bytes] | None = None

    def hello(self) -> Hello:
        """Ask what the registry speaks, who it is and what its clock says."""
        said = self._decoded(self._answer(Request("GET", "/v1/hello"), signed=False), Hello)
        self._offset = said.now - self._clock.now()
        return said

    def enrol(self, request: EnrolRequest) -> Certificate:
        """Ask to be enrolled; raises CodeUnknown."""
        asked = Request("POST", "/v1/enrol", body=wire.encode(request))
        certificate = self._decoded(self._answer(asked, signed=False), Certificate)
        with self._no_nonsense():
            demand_certificate(certificate, request.node, request.public_key)
        return certificate

    def tip(self, node: NodeId) -> RemoteTip:
        """Ask how far the registry holds this node's chain; raises NodeUnknown."""
        return self._decoded(self._answer(Request("GET", f"/v1/nodes/{node}/tip")), RemoteTip)

    def push(self, node: NodeId, entries: Sequence[Entry]) -> Receipt:
        """Offer entries that continue the chain; sent twice is the same as once.

        Raises ChainGap, ChainForked, ChainBroken, NodeQuarantined, NodeUnknown, BatchTooLarge,
        RegistrySlow.
        """
        return self._offer(node, wire.squeeze(wire.pack(entries)))

    def make_ready(self, entries: Sequence[Entry]) -> None:
        """Pack entries that are offered next, while others are under way."""
        self._ready = entries, wire.squeeze(wire.pack(entries))

    def begin_push(self, node: NodeId, entries: Sequence[Entry]) -> Callable[[], Receipt]:
        """Offer entries and go on at once; what is returned waits for the answer to ``push``.

        Another offer may be begun meanwhile; each has a connection of its own.
        """
        ready, self._ready = self._ready, None
        if ready is None or ready[0] is not entries:
            return self._under_way.begin(partial(self.push, node, entries))
        return self._under_way.begin(partial(self._offer, node, ready[1]))

    def _offer(self, node: NodeId, body: bytes) -> Receipt:
        if len(body) > MOST_BYTES:
            raise BatchTooLarge(MOST_BYTES)
        answer = self._answer(Request("POST", f"/v1/nodes/{node}/commits", body=body))
        receipt = self._decoded(answer, Receipt)
        if self._registry_key is not None:
            with self._no_nonsense():
                demand_receipt(receipt, self._registry_key)
        return receipt

    def tell_ahead(self, node: NodeId, entries: Sequence[Entry]) -> Told:
        """Tell losses and recoveries ahead of the chain; told twice is the same as once.

        Raises ChainForked, ChainBroken, NodeQuarantined, NodeUnknown, BatchTooLarge, RegistrySlow.
        """
        body = wire.squeeze(wire.pack(entries))
        if len(body) > MOST_BYTES:
            raise BatchTooLarge(MOST_BYTES)
        answer = self._answer(Request("POST", f"/v1/nodes/{node}/urgent", body=body))
        return self._decoded(answer, Told)

    def hot_list(self, have: int) -> bytes:
        """Ask for the list of lost weapons; empty where the one of this number is the newest.

        Who signed it is for the asker to prove. Raises RegistrySlow.
        """
        return self._answer(Request("GET", "/v1/hotlist", f"have={have}"), most=MOST_HOT_LIST)

    def ask_block(self, request: BlockRequest) -> BlockAnswer:
        """Ask for marking numbers; the same request again gets the same numbers.

        Raises NodeQuarantined, SchemeUnknown, NumbersUsedUp, RegistryRefused, RegistrySlow.
        """
        answer = self._answer(Request("POST", "/v1/blocks", body=wire.encode(request)))
        said = self._decoded(answer, BlockAnswer)
        if (said.node, said.scheme) != (self._keys.node, request.scheme):
            raise RegistryNonsense(self._url, "numbers for something else")
        return said

    def cosigned(self) -> CosignedHeads:
        """Ask for the newest heads that witnesses cosigned; raises RegistrySlow.

        What they show is for the asker to prove.
        """
        return self._decoded(self._answer(Request("GET", "/v1/cosigned")), CosignedHeads)

    def inclusion(self, position: int, size: int) -> InclusionProof:
        """Ask for the proof that an entry stands in the log of a size; raises RegistrySlow."""
        asked = Request("GET", "/v1/inclusion", f"position={position}&size={size}")
        said = self._decoded(self._answer(asked), InclusionProof)
        if (said.position, said.size) != (position, size):
            raise RegistryNonsense(self._url, "a proof of something else")
        return said

    def entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Ask for entries of this node's own chain that the registry holds after a number.

        Whether they are ours is for the asker to prove. Raises RegistrySlow.
        """
        asked = Request("GET", f"/v1/nodes/{node}/commits", f"after={after}")
        squeezed = self._answer(asked)
        with self._no_nonsense():
            return wire.unpack(wire.unfold(squeezed), MOST_FACTS_A_BATCH)

    def consistency(self, old: int, size: int) -> TreeProof:
        """Ask for the proof that the log of one size begins that of another; raises RegistrySlow.

        What it shows is for the asker to work out.
        """
        answer = self._answer(Request("GET", "/v1/consistency", f"old={old}&size={size}"))
        said = self._decoded(answer, TreeProof)
        if (said.old, said.size) != (old, size):
            raise RegistryNonsense(self._url, "a proof of something else")
        return said

    def feed(
        self, after: int, limit: int, most: int = 0, scope: str | None = None,
        held: Held = NOTHING_HELD,
    ) -> FeedPage:  # fmt: skip
        """Ask for what others wrote after a cursor, of this feed; raises RegistrySlow."""
        query = f"after={after}&limit={limit}"
        if scope is not None:
            query += f"&most={most}&scope={scope}"
        if held:
            query += f"&have={held_text(held)}"
        squeezed = self._answer(Request("GET", "/v1/feed", query))
        with self._no_nonsense():
            return unpack_feed(wire.unfold(squeezed))

    def shares(self, node: NodeId, said: Shares) -> Shares:
        """Say what was told here, and ask what should be held; raises RegistrySlow."""
        asked = Request("POST", f"/v1/nodes/{node}/shares", body=wire.encode(said))
        return self._decoded(self._answer(asked), Shares)

    def photos_wanted(self) -> PhotosWanted:
        """Ask which photos of this node's site the registry lacks; raises RegistrySlow."""
        return self._decoded(self._answer(Request("GET", "/v1/photos/wanted")), PhotosWanted)

    def photos_held(self, digests: Sequence[Digest]) -> PhotosHeld:
        """Ask which of these photos the registry has for this node; raises RegistrySlow."""
        body = wire.encode(PhotosAsked(tuple(digests)))
        asked = Request("POST", "/v1/photos/held", body=body)
        return self._decoded(self._answer(asked), PhotosHeld)

    def photo_piece(self, digest: Digest, offset: int, most: int) -> bytes:
        """Ask for a piece of a photo, nothing after its end; raises RegistrySlow.

        What it is a piece of is for the asker to prove.
        """
        asked = Request("GET", f"/v1/blobs/{digest}", f"offset={offset}&most={most}")
        return self._answer(asked, most=most)

    def send_photo(self, digest: Digest, offset: int, total: int, piece: bytes) -> PhotoHave:
        """Send a piece of a photo of so many bytes; raises RegistrySlow, PhotosFull.

        RegistryRefused where the registry wants none of it, or it is not what it was to be.
        """
        query = f"offset={offset}&total={total}"
        answer = self._answer(Request("PUT", f"/v1/blobs/{digest}", query, piece))
        said = self._decoded(answer, PhotoHave)
        if said.digest != digest or not 0 <= said.have <= total:
            raise RegistryNonsense(self._url, "an answer about another photo")
        return said

    def ask_finds(self, node: NodeId, asked: FindsAsked) -> FindsHeard:
        """Ask for the records of lost weapons that were read here; they follow by the feed.

        Raises RegistrySlow, RegistryRefused where the registry does not know of such a question.
        """
        request = Request("POST", f"/v1/nodes/{node}/finds", body=wire.encode(asked))
        return self._decoded(self._answer(request), FindsHeard)

    def histories_wanted(self, asked: HistoriesAsked) -> HistoriesWanted:
        """Ask which entries of a computer with two histories the registry lacks.

        Raises RegistrySlow, RegistryRefused where the registry does not know of such a question.
        """
        request = Request("POST", "/v1/histories/wanted", body=wire.encode(asked))
        return self._decoded(self._answer(request), HistoriesWanted)

    def tell_histories(self, entries: Sequence[Entry]) -> HistoriesHeard:
        """Show that a computer wrote two histories: entries of it, each proving itself.

        Raises BatchTooLarge, RegistrySlow, RegistryRefused.
        """
        body = wire.squeeze(wire.pack(entries))
        if len(body) > MOST_BYTES:
            raise BatchTooLarge(MOST_BYTES)
        answer = self._answer(Request("POST", "/v1/histories", body=body))
        return self._decoded(answer, HistoriesHeard)

    def pause(self, seconds: float) -> None:
        """Let so much time pass before the registry is asked again."""
        time.sleep(seconds)

    def close(self) -> None:
        """Let go of the line; offers that are still under way end by themselves."""
        self._under_way.close()

    def _answer(self, request: Request, *, signed: bool = True, most: int = MOST_ANSWER) -> bytes:
        """Return the answer's body; raise what the registry objected to."""
        with self._translated(), self._client.stream(
            request.method,
            f"{self._url}{request.path}" + (f"?{request.query}" if request.query else ""),
            content=request.body or None,
            headers=self._signatures(request) if signed else None,
        ) as response:  # fmt: skip
            body = self._bounded(response, most)
        if response.status_code != _OK:
            seconds = _seconds_asked(response)
            if seconds:
                raise RegistryAsksToWait(self._url, f"HTTP {response.status_code}", seconds)
            raise self._objection(response.status_code, body)
        return body

    def _signatures(self, request: Request) -> list[tuple[str, str]]:
        at: Instant = self._clock.now() + self._offset
        nonce = self._chance.bytes(_NONCE_LENGTH).hex()
        return list(signing(request, self._keys.node, at, nonce, self._keys.sign))

    def _bounded(self, response: httpx.Response, most: int) -> bytes:
        begun = self._clock.now()
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > most:
                raise RegistryNonsense(self._url, "too long an answer")
            if self._clock.now() - begun > LONGEST_ANSWER:
                raise RegistrySlow(self._url, "answer does not end")
        return bytes(body)

    def _decoded(self, raw: bytes, shape: type[Shape]) -> Shape:
        with self._no_nonsense():
            return wire.decode(raw, shape)

    def _objection(self, status: int, body: bytes) -> StockpileError:
        """Return what the registry's no means here."""
        try:
            said = wire.decode(body, Objection)
        except MessageUnreadable:
            return _of_a_proxy(self._url, status)
        return _meaning(self._url, said)

    @contextmanager
    def _no_nonsense(self) -> Iterator[None]:
        try:
            yield
        except (MessageUnreadable, BatchTooLarge, SignatureWrong) as error:
            raise RegistryNonsense(self._url, str(error)) from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Give httpx's troubles our names."""
        try:
            yield
        except httpx.ConnectTimeout as error:
            raise RegistryUnreachable(self._url, "no connection in time") from error
        except httpx.TimeoutException as error:
            raise RegistrySlow(self._url, "no answer in time") from error
        except httpx.RemoteProtocolError as error:
            if str(error).startswith(_BROKEN_OFF):
                raise RegistryUnreachable(self._url, str(error)) from error
            raise RegistryNonsense(self._url, str(error)) from error
        except httpx.HTTPError as error:
            if _is_untrusted(error):
                raise RegistryUntrusted(self._url, str(error)) from error
            raise RegistryUnreachable(self._url, str(error)) from error


_MEANINGS: Final[Mapping[Reason, Callable[[Objection], StockpileError]]] = MappingProxyType(
    {
        "gap": lambda said: ChainGap(said.node, said.number, said.number + 1),
        "fork": lambda said: ChainForked(said.node, said.number),
        "broken": lambda said: ChainBroken(said.node, said.number, said.why),
        "quarantined": lambda said: NodeQuarantined(said.node),
        "node_unknown": lambda said: NodeUnknown(said.node),
        "code_unknown": lambda _said: CodeUnknown(),
        "too_large": lambda _said: BatchTooLarge(MOST_BYTES),
        "scheme_unknown": lambda said: SchemeUnknown(said.why),
        "numbers_out": lambda said: NumbersUsedUp(said.why),
        "no_room": lambda said: PhotosFull(said.why),
    }
)
_BUSY: Final = ("busy", "slow_down")


def _seconds_asked(response: httpx.Response) -> int:
    """Return the seconds that a busy registry asks for (Retry-After, RFC 9110 10.2.3), else 0.

    Its other form, a date, is not heeded: two clocks would have to agree.
    """
    said = response.headers.get("retry-after", "")
    is_asked = response.status_code in _COME_AGAIN and said.isascii() and said.isdigit()
    return int(said) if is_asked and len(said) <= _LONGEST_WAIT else 0


def _of_a_proxy(url: str, status: int) -> StockpileError:
    """Return what a status means that comes without the registry's words: a proxy's, on the way."""
    if status == _TOO_LARGE:
        return BatchTooLarge(MOST_BYTES)
    if status in _TOO_SLOW:
        return RegistrySlow(url, f"HTTP {status}")
    if status in _COME_AGAIN or status >= _SERVER_TROUBLE:
        return RegistryUnreachable(url, f"HTTP {status}")
    return RegistryNonsense(url, f"HTTP {status}")


def _is_untrusted(error: BaseException | None) -> bool:
    """Say whether a line broke because the other side's certificate was not believed."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def _meaning(url: str, said: Objection) -> StockpileError:
    if said.reason in _MEANINGS:
        return _MEANINGS[said.reason](said)
    if said.reason in _BUSY:
        return RegistryUnreachable(url, said.reason)
    return RegistryRefused(url, said.reason)


def _address(text: str) -> str:
    """Return a registry's address without its last slash."""
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise FieldUnreadable("registry", text) from error
    if any(map(str.isspace, text.strip())):
        raise FieldUnreadable("registry", text)
    if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
        raise FieldUnreadable("registry", text)
    return str(url).rstrip("/")
