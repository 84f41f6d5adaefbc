"""One question to a witness by net (c2sp.org/tlog-witness, ``add-checkpoint``), bounded in all.

However a witness answers, or does not, the call ends: after so many seconds from its beginning,
whatever trickles in until then, and after so many bytes.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal

import httpx

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.tlog import MOST_NOTE
from stockpile.trust import trusted_for

PATIENCE: Final = 10.0
"""Seconds for one question, from finding the address to the last byte."""
OK: Final = 200
CONFLICT: Final = 409
_HEADERS: Final = {"user-agent": "stockpile", "accept-encoding": "identity"}
_HOST: Final = re.compile(rb"[A-Za-z0-9._:-]+")
_LARGEST_PORT: Final = 65_535
_SIZE: Final = re.compile(rb"(0|[1-9][0-9]{0,15})\n?")


Silence = Literal["", "unreachable", "slow", "long", "nonsense"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: the status and body, or, with no status, why none came."""

    status: int = 0
    body: bytes = b""
    silence: Silence = ""

    @property
    def size(self) -> int | None:
        """The size that a witness holds of the log, where it says so (status 409)."""
        told = _SIZE.fullmatch(self.body) if self.status == CONFLICT else None
        return int(told[1]) if told else None


def read_url(text: str) -> str:
    """Return a witness's address as it is asked at; raises FieldUnreadable for none of the web."""
    bare = text.strip().rstrip("/")
    try:
        url = httpx.URL(bare)
    except httpx.InvalidURL as error:
        raise FieldUnreadable("url", text) from error
    is_plain = not (url.userinfo or url.query or url.fragment)
    is_place = _HOST.fullmatch(url.raw_host) and (url.port is None or url.port <= _LARGEST_PORT)
    if url.scheme not in ("http", "https") or not is_plain or not is_place:
        raise FieldUnreadable("url", text)
    return bare


def ask(offers: Sequence[tuple[str, bytes]], patience: float = PATIENCE) -> Sequence[Answer]:
    """Ask witnesses at their addresses, all at the same time; return the answers in their order.

    On a thread of its own: who asks may itself stand in a loop of coroutines.
    """
    if not offers:
        return ()
    with ThreadPoolExecutor(1, "witnesses") as aside:
        return aside.submit(lambda: asyncio.run(_ask(offers, patience))).result()


async def _ask(offers: Sequence[tuple[str, bytes]], patience: float) -> Sequence[Answer]:
    async with httpx.AsyncClient(
        timeout=patience, trust_env=False, follow_redirects=False,
        verify=trusted_for(*(url for url, _offer in offers)), headers=_HEADERS,
    ) as client:  # fmt: skip
        return await asyncio.gather(
            *(_answer(client, url, offer, patience) for url, offer in offers)
        )


async def _answer(client: httpx.AsyncClient, url: str, offer: bytes, patience: float) -> Answer:
    try:
        async with (
            asyncio.timeout(patience),
            client.stream("POST", f"{url}/add-checkpoint", content=offer) as answer,
        ):
            body = bytearray()
            async for chunk in answer.aiter_raw():
                body += chunk
                if len(body) > MOST_NOTE:
                    return Answer(silence="long")
            return Answer(answer.status_code, bytes(body))
    except (TimeoutError, httpx.TimeoutException):
        return Answer(silence="slow")
    except httpx.RemoteProtocolError:
        return Answer(silence="nonsense")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError):
        return Answer(silence="unreachable")
