"""A registry's public pages over HTTPS: heads offered to witnesses, cosigned heads handed in."""

from __future__ import annotations

from typing import Final

import httpx

from stockpile.domain import wire
from stockpile.domain.errors import (
    FieldUnreadable,
    MessageUnreadable,
    RegistryNonsense,
    RegistryRefused,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.domain.exchange import Objection
from stockpile.domain.witnessing import MOST_OFFER
from stockpile.trust import trusted_for

PATIENCE: Final = 30.0
"""Seconds without a byte before a call counts as timed out."""
_OK: Final = 200
_SERVER_TROUBLE: Final = 500


class HttpPublicLogs:
    """The port `PublicLogs`."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience

    def offer(self, url: str, old: int) -> bytes:
        """Ask for the newest head, and the proof that it goes on from the one of this size."""
        return self._asked("GET", url, f"/v1/cosign?old={old}", b"")

    def hand_in(self, url: str, note: bytes) -> None:
        """Hand in a cosigned head."""
        self._asked("POST", url, "/v1/cosign", note)

    def _asked(self, method: str, url: str, path: str, body: bytes) -> bytes:
        """Return the answer's body, never more of it than an offer may be."""
        try:
            with (
                httpx.Client(
                    timeout=self._patience, trust_env=False, follow_redirects=False,
                    verify=trusted_for(url), headers={"user-agent": "stockpile"},
                ) as client,
                client.stream(method, f"{url.rstrip('/')}{path}", content=body or None) as answer,
            ):  # fmt: skip
                raw = _bounded(url, answer)
                status = answer.status_code
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise FieldUnreadable("registry", url) from error
        except httpx.ConnectError as error:
            raise RegistryUnreachable(url, str(error)) from error
        except httpx.TimeoutException as error:
            raise RegistrySlow(url, "no answer in time") from error
        except httpx.HTTPError as error:
            raise RegistryUnreachable(url, str(error)) from error
        if status != _OK:
            raise _no(url, status, raw)
        return raw


def _bounded(url: str, answer: httpx.Response) -> bytes:
    raw = bytearray()
    for chunk in answer.iter_raw():
        raw += chunk
        if len(raw) > MOST_OFFER:
            raise RegistryNonsense(url, "too long an answer")
    return bytes(raw)


def _no(url: str, status: int, raw: bytes) -> RegistryRefused | RegistryUnreachable:
    try:
        return RegistryRefused(url, wire.decode(raw, Objection).reason)
    except MessageUnreadable:
        if status >= _SERVER_TROUBLE:
            return RegistryUnreachable(url, f"HTTP {status}")
        return RegistryRefused(url, f"HTTP {status}")
