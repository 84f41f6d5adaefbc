"""One connection of HTTP/1.1 with limits on time that the server's own class lacks.

A head that does not come in time, and an answer that nobody takes off the line, end the connection:
otherwise a few hundred lines held open by anybody would keep everybody else out. What a body may
take is the doorman's business, because only it can say so in an answer.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS: Final = 30.0
"""Until a request's line and headers are whole."""
TAKING_SECONDS: Final = 120.0
"""Without a byte of the answer being taken: a line of 2G takes 64 KiB in 20 seconds."""
MOST_HEAD: Final = 16 << 10
"""Bytes of a request's line and headers."""


class PatientConnection(H11Protocol):
    """A connection that waits for each thing so long and no longer."""

    head_seconds = HEAD_SECONDS
    taking_seconds = TAKING_SECONDS

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - the server's own affair
        super().__init__(*given, **named)
        self._head_due: asyncio.TimerHandle | None = None
        self._taking_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent
        """Begin to wait for the first request; let answers go out as they are written.

        The kernel would hold an answer's body back until its head is acknowledged (asyncio lifts
        that only where it bound the socket itself): on a thin line one more second for each answer.
        """
        super().connection_made(transport)
        opened = transport.get_extra_info("socket")
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._watch_head()

    def data_received(self, data: bytes) -> None:
        """Take in what came; begin or end waiting for a head."""
        super().data_received(data)
        self._watch_head()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._watch_head()

    def pause_writing(self) -> None:
        """Begin to wait until what was sent is taken."""
        super().pause_writing()
        if self._taking_due is None:
            self._taking_due = self.loop.call_later(self.taking_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """End that wait."""
        super().resume_writing()
        self._end_taking()

    def connection_lost(self, exc: Exception | None) -> None:
        """End every wait."""
        self._end_head()
        self._end_taking()
        super().connection_lost(exc)

    def _watch_head(self) -> None:
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._end_head()
        elif self._head_due is None:
            self._head_due = self.loop.call_later(self.head_seconds, self._hang_up)

    def _hang_up(self) -> None:
        self._head_due = None
        self.transport.close()

    def _end_head(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _end_taking(self) -> None:
        if self._taking_due is not None:
            self._taking_due.cancel()
            self._taking_due = None
