"""What a node asks of its registry before it reads the feed: lost weapons, numbers, records.

What the registry grants or tells stands in the feed that is read next. No refusal of what is asked
for here stops an exchange: it is asked again another day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from stockpile.domain.errors import (
    HotListForged,
    Refused,
    RegistryNonsense,
    RegistryRefused,
    RegistrySlow,
)
from stockpile.domain.exchange import BlockAnswer, BlockRequest
from stockpile.domain.finds import MOST_ASKED, FindsAsked, FindsHeard
from stockpile.domain.values import NodeId
from stockpile.services.hot_list import HotLists
from stockpile.services.numbers import Numbers
from stockpile.services.ports import Peer, RegistryLink
from stockpile.services.turns import TooMuch, Turn, turn, unless_refused, unless_too_much

Then = Callable[[], Turn]


def ask_hot_list(lists: HotLists, link: RegistryLink, peer: Peer, then: Then) -> Turn:
    """Return the turn that fetches the list of lost weapons, then what comes next.

    A line too thin goes without. Raises RegistryNonsense for a list that the registry never signed.
    """
    have = lists.number(peer.registry)

    def heard(answer: bytes | TooMuch) -> Turn:
        if isinstance(answer, bytes) and answer:
            try:
                lists.accept(answer)
            except HotListForged as error:
                raise RegistryNonsense(peer.url, f"hot list: {error.why}") from error
        return then()

    return turn(lambda: unless_too_much(lambda: link.hot_list(have)), heard)


def ask_numbers(numbers: Numbers, link: RegistryLink, registry: NodeId, then: Then) -> Turn:
    """Return the turns that ask for every block of numbers that is due, then what comes next."""
    due = iter(numbers.due(registry))

    def ask(request: BlockRequest | None) -> Turn:
        if request is None:
            return then()

        def heard(answer: BlockAnswer | Refused | RegistrySlow) -> Turn:
            if not isinstance(answer, RegistrySlow):
                numbers.answered(request.scheme)
            return ask(next(due, None))

        return turn(lambda: unless_refused(lambda: link.ask_block(request)), heard)

    return ask(next(due, None))


def ask_finds(
    lists: HotLists, link: RegistryLink, registry: NodeId, node: NodeId, then: Then
) -> Turn:
    """Return the turns that ask for the records of what was read here, then what comes next.

    What the registry did not look at waits for the next exchange.
    """
    portions = _portions(lists.finds(registry))

    def ask(portion: tuple[bytes, ...]) -> Turn:
        if not portion:
            return then()

        def heard(answer: FindsHeard | RegistryRefused | RegistrySlow) -> Turn:
            if not isinstance(answer, FindsHeard) or not answer.heard:
                return then()
            lists.answered(registry, answer.heard)
            return ask(next(portions, ()))

        return turn(lambda: _unless_refused(link, node, FindsAsked(portion)), heard)

    return ask(next(portions, ()))


def _unless_refused(
    link: RegistryLink, node: NodeId, asked: FindsAsked
) -> FindsHeard | RegistryRefused | RegistrySlow:
    """Return the answer or the no: a registry of an earlier version knows no such question."""
    try:
        return link.ask_finds(node, asked)
    except (RegistryRefused, RegistrySlow) as error:
        return error


def _portions(proofs: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Give what is asked, a request at a time."""
    left = iter(proofs)
    while portion := tuple(islice(left, MOST_ASKED)):
        yield portion
