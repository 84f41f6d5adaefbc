"""Who may ask: a signed request of a known node, fresh and heard for the first time.

The time that a request names is the registry's own, as the node was told it by hello; a node's
wrong clock shuts nobody out.

Nonces are remembered by each process alone. Every call may be repeated without harm, to another
process too: an entry sent twice is held once, numbers asked for twice are the same numbers, and
whoever repeats a question learns what its first answer said. So nothing that decides stands here,
and no request costs the database a writing.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from stockpile.domain.errors import RequestStale
from stockpile.domain.requests import WINDOW, Asked, Request, demand_asked, read_asked
from stockpile.domain.values import Instant, NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.limits import Limits, Rates
from stockpile.registry.rows import Known


class Gate:
    """Lets signed requests in, each once."""

    def __init__(self, books: RegistryBooks, limits: Limits | None = None) -> None:
        told = limits or Limits()
        self._books = books
        self._rates = Rates(told.node_rate, told.node_burst)
        self._heard: OrderedDict[tuple[NodeId, str], Instant] = OrderedDict()
        self._lock = Lock()

    def admit(self, request: Request, digest: str, signature_input: str, signature: str) -> Known:
        """Return the node that asks.

        Raises MessageUnreadable, NodeUnknown, SignatureWrong, AskedTooOften, RequestStale.
        """
        asked = read_asked(request, digest, signature_input, signature)
        known = self._books.node(asked.node)
        demand_asked(asked, known.public_key)
        self._rates.demand(known.node)
        self._demand_fresh(asked)
        return known

    def _demand_fresh(self, asked: Asked) -> None:
        now, once = self._books.now(), (asked.node, asked.nonce)
        with self._lock:
            while self._heard and next(iter(self._heard.values())) < now - 2 * WINDOW:
                self._heard.popitem(last=False)
            if abs(asked.at - now) > WINDOW or once in self._heard:
                raise RequestStale(asked.node)
            self._heard[once] = now
