"""The door of one process: each request is numbered, measured, bounded in size and time, told.

It stands outside every route, those of the pages too, so that whatever is added behind it is
guarded and counted alike. One address takes more than a batch: that of courier files. Its page asks
who brings one before it reads any of it.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stockpile.domain.errors import AskedTooOften, BatchTooLarge, RequestTooSlow
from stockpile.domain.exchange import MOST_BYTES
from stockpile.registry import journal
from stockpile.registry.answers import objection
from stockpile.registry.journal import Visit
from stockpile.registry.limits import COURIERS, HEARD_OUT, Limits, Rates, asker_at
from stockpile.registry.metrics import Figures

REQUEST_ID: Final = b"x-request-id"
NO_ROUTE: Final = "none"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_ID_LENGTH: Final = 8


class Doorman:
    """Wraps the application (ASGI)."""

    def __init__(self, app: ASGIApp, figures: Figures, limits: Limits) -> None:
        self._app = app
        self._figures = figures
        self._limits = limits
        self._rates = Rates(limits.address_rate, limits.address_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and write down how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in _METHODS else "other"
        visit = Visit(secrets.token_hex(_ID_LENGTH), method)
        began = time.monotonic()
        try:
            bringing = _Bounded(scope, receive, visit, self._limits)
            await self._admitted(scope, bringing, _told(send, visit, bringing))
        finally:
            seconds = time.monotonic() - began
            visit.milliseconds = round(seconds * 1000)
            visit.route = _route(scope)
            visit.node = scope.get("state", {}).get("node", "")
            self._figures.answered(visit.method, visit.route, visit.status, seconds)
            journal.note(visit)

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope.get("client") else ""
        try:
            self._rates.demand(asker_at(address))
            _demand_size(scope)
        except (AskedTooOften, BatchTooLarge) as error:
            await objection(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class _Bounded:
    """What a request brings: never more than a batch may be, never waited for without end."""

    def __init__(self, scope: Scope, receive: Receive, visit: Visit, limits: Limits) -> None:
        self._receive, self._visit, self._limits = receive, visit, limits
        self._most = _most(scope)
        self._is_whole = False
        names = {name for name, _value in scope["headers"]}
        self._brings = not names.isdisjoint((b"content-length", b"transfer-encoding"))

    @property
    def leaves_unread(self) -> bool:
        """Say whether there is a body that was not read to its end."""
        return self._brings and not self._is_whole

    async def __call__(self) -> Message:
        """Return the next part; raise RequestTooSlow, BatchTooLarge."""
        if self._is_whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._limits.stalled)
        except TimeoutError as error:
            raise RequestTooSlow(round(self._limits.stalled)) from error
        self._is_whole = not message.get("more_body", False)
        self._visit.bytes_in += len(message.get("body", b""))
        if self._visit.bytes_in > self._most:
            raise BatchTooLarge(self._most)
        return message


def _told(send: Send, visit: Visit, bringing: _Bounded) -> Send:
    """Return a sender that notes what is sent, and names the request in its answer.

    Who is answered before all that they bring was read is not waited for: the line ends.
    """

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            visit.status = message["status"]
            headers = [*message.get("headers", ()), (REQUEST_ID, visit.id.encode())]
            headers += [(b"connection", b"close")] if bringing.leaves_unread else []
            message = {**message, "headers": headers}
        visit.bytes_out += len(message.get("body", b""))
        await send(message)

    return sending


def _most(scope: Scope) -> int:
    """Return how many bytes a request may bring."""
    brings_file = scope["method"] == "POST" and scope["path"] == COURIERS
    return HEARD_OUT if brings_file else MOST_BYTES


def _demand_size(scope: Scope) -> None:
    """Raise BatchTooLarge where a request says beforehand that it is too large."""
    most = _most(scope)
    for name, value in scope["headers"]:
        if name == b"content-length" and int(value) > most:
            raise BatchTooLarge(most)


def _route(scope: Scope) -> str:
    """Return the template of the route that answered; what a stranger typed is no template."""
    return getattr(scope.get("route"), "path", None) or NO_ROUTE
