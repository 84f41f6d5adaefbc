"""One good question for each operation of a registry: signed, with values that are known there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.auth import AuthBase

from stockpile.domain import ledger, wire
from stockpile.domain.exchange import BlockRequest
from stockpile.domain.facts import Draft, SchemeSet, WeaponLost
from stockpile.domain.finds import FindsAsked
from stockpile.domain.history_messages import EntryNamed, HistoriesAsked
from stockpile.domain.photo_messages import PhotosAsked
from stockpile.domain.requests import Request, signing
from stockpile.domain.sharing import Shares
from stockpile.domain.witnessing import Witness, cosigned
from stockpile.registry import cosigning, intake
from tests.helpers.albums import a_photo, digest_of, shows
from tests.helpers.log_nodes import SECOND, WITNESS, WITNESS_KEY
from tests.helpers.registries import Registry
from tests.helpers.sites import CountingChance, SettableClock, Site, SiteKeys, a_weapon

SCHEME = "UG_STATE"
PHOTO = a_photo(1)
NAME = digest_of(PHOTO)


class SignedBy(AuthBase):
    """Signs what is sent, as it is sent."""

    def __init__(self, site: Site, clock: SettableClock) -> None:
        self._site, self._clock, self._chance = site, clock, CountingChance()

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(str(prepared.url))
        body = prepared.body or b""
        body = body.encode() if isinstance(body, str) else bytes(body)
        asked = Request(str(prepared.method), unquote(parts.path), parts.query, body)
        nonce, now = self._chance.bytes(16).hex(), self._clock.now()
        for name, value in signing(asked, self._site.node, now, nonce, self._site.keys.sign):
            prepared.headers[name] = value
        return prepared


@dataclass(frozen=True)
class Good:
    """What is put into one question: path, query, body."""

    path: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None


def squeezed(*entries: ledger.Entry) -> bytes:
    return wire.squeeze(wire.pack(entries))


def plain(message: object) -> Any:
    return json.loads(wire.encode(message))


@dataclass
class Country:
    """A registry that knows a site, a witness, a photo's record and a computer of two histories."""

    registry: Registry
    site: Site = field(default_factory=Site)

    def __post_init__(self) -> None:
        site = self.site
        self.registry.enrol(site)
        site.found()
        site.write(Draft(SCHEME, SchemeSet("Uganda", "{iso2} {seq}")))
        site.write(a_weapon("w1"), a_weapon("w2"))
        site.write(shows("w1", PHOTO))
        intake.take(self.registry.books, site.node, squeezed(*site.entries))
        self.next = site.write(a_weapon("w3"))
        registered = next(one for one in site.facts if one.subject == "w2")
        self.lost = site.write(Draft("w2", WeaponLost("lost"), (registered.hash,)))
        cosigning.name_witness(self.registry.books, "Inspectorate", WITNESS_KEY)
        self.third = Site()
        self.registry.enrol(self.third)
        self.third.found()
        mine, beside = self.third.copy(), self.third.copy()
        mine.write(a_weapon("m1"))
        beside.write(a_weapon("b1"))
        intake.take(self.registry.books, mine.node, squeezed(*mine.entries))
        self.beside = beside.entries[-1]

    def goods(self) -> Iterator[tuple[str, Good]]:
        """Each operation with its good question, in the order in which they are good."""
        own, photo = {"node": self.site.node}, {"digest": NAME}
        size = self.registry.books.head().size
        hashed = ledger.entry_hash(self.beside.header)
        yield from ((f"GET {path}", Good()) for path in (
            "/v1/hello", "/v1/hotlist", "/v1/feed", "/v1/checkpoint", "/v1/cosign", "/v1/cosigned",
            "/v1/photos/wanted", "/healthz", "/readyz",
        ))  # fmt: skip
        code = self.registry.enrolment.make_code("Gulu")
        yield "POST /v1/enrol", Good(body=plain(SiteKeys().request(code)))
        yield "GET /v1/nodes/{node}/tip", Good(own)
        yield "POST /v1/nodes/{node}/urgent", Good(own, body=squeezed(self.lost))
        yield "POST /v1/nodes/{node}/commits", Good(own, body=squeezed(self.next))
        yield "GET /v1/nodes/{node}/commits", Good(own, {"after": 1})
        yield "POST /v1/nodes/{node}/shares", Good(own, body=plain(Shares("", 0)))
        yield "POST /v1/blocks", Good(body=plain(BlockRequest(SCHEME, 10, 0)))
        yield "GET /v1/consistency", Good(query={"old": 1, "size": size})
        yield "GET /v1/tile/{path}", Good({"path": f"0/000.p/{size}"})
        yield "POST /v1/cosign", Good(body=self._cosigned())
        yield "GET /v1/inclusion", Good(query={"position": 1, "size": size})
        yield "POST /v1/photos/held", Good(body=plain(PhotosAsked((NAME,))))
        yield "GET /v1/photos/{digest}", Good(photo)
        whole = {"offset": 0, "total": len(PHOTO)}
        yield "PUT /v1/blobs/{digest}", Good(photo, whole, PHOTO)
        yield "GET /v1/blobs/{digest}", Good(photo, {"offset": 0, "most": 10})
        proofs = plain(FindsAsked((bytes(32),)))
        yield "POST /v1/nodes/{node}/finds", Good(own, body=proofs)
        asked = HistoriesAsked(self.third.node, (EntryNamed(2, hashed),))
        yield "POST /v1/histories/wanted", Good(body=plain(asked))
        yield "POST /v1/histories", Good(body=squeezed(self.beside))

    def _cosigned(self) -> str:
        self.registry.clock.at += 2_000
        offer = cosigning.offer(self.registry.books, 0)
        key = Witness("Inspectorate", WITNESS_KEY, is_attested=False).keys[0]
        note = cosigned(offer, key, SECOND, lambda said: WITNESS.sign(said).signature)
        return note.to_bytes().decode()
